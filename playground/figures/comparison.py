"""Several runs side by side: their losses by epoch or by seconds, their fits of a curve, and maps of their output."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from nn.arrays import Matrix
from playground.figures.axes import readable_axis
from playground.figures.base import Figure, Spec, Values, dots, figure, line, round_up
from playground.figures.fit import fit_ranges
from playground.figures.loss import floor_of, loss_ranges
from playground.figures.palette import Palette
from playground.figures.plane import shades, small_figures
from playground.problems.grid import CELLS
from playground.problems.problem import Problem

LETTERS = "ABCDEF"  # the names of pinned runs


class ComparedRun(Protocol):
    """What is drawn of a run: a pinned one is named by a letter, the current one by a word.

    Its history is in `epochs`, `losses` and `seconds` of training, (n,) each. Its fit of a problem is an `output`
    (1, k) at the inputs of a `grid` (1, k).
    """

    @property
    def name(self) -> str: ...
    @property
    def epochs(self) -> npt.NDArray[np.generic]: ...
    @property
    def losses(self) -> npt.NDArray[np.floating]: ...
    @property
    def seconds(self) -> npt.NDArray[np.floating]: ...
    @property
    def problem(self) -> Problem: ...
    @property
    def grid(self) -> Matrix: ...
    @property
    def output(self) -> Matrix: ...


def is_current(name: str) -> bool:
    """Whether a name is that of the current run: pinned ones are named by a letter."""
    return len(name) > 1


def run_color(palette: Palette, name: str) -> str:
    """The colour of a run: the first of the series for A, the next for B; the last for the current run."""
    return palette.series[-1 if is_current(name) else LETTERS.index(name)]


def losses_figure(palette: Palette, runs: Sequence[ComparedRun], *, by: Literal["epochs", "seconds"]) -> Figure:
    """The loss curves, each in its run's colour. The current run's is dashed, to show a pinned one beneath it."""
    ranges = loss_ranges(np.array([0]), np.concatenate([run.losses for run in runs]))
    data = [
        _run_line(
            palette,
            run.name,
            getattr(run, by),
            np.maximum(run.losses, floor_of(ranges)),
            f"{by[:-1]} %{{x:,.3~g}}: loss %{{customdata:.6g}}",
        )
        | {"customdata": run.losses.tolist()}
        for run in runs
    ]
    longest = max(float(getattr(run, by)[-1]) for run in runs)
    return figure(
        palette,
        data,
        x={"title": by, "range": [0, round_up(max(longest, 1e-3))]},
        y={"title": "loss", "type": "log", "range": ranges["log"], "tickmode": "array", **ranges["ticks"]},
    )


def fits_figure(palette: Palette, runs: Sequence[ComparedRun]) -> Figure:
    """The fits of runs with one input, over the training points and the target of the last run."""
    problem, grid = runs[-1].problem, runs[-1].grid
    target = line(
        grid[0], problem.target(grid[0]), {"color": palette.target, "width": 2, "dash": "dot"}, hoverinfo="skip"
    )
    x, y = problem.samples
    points = dots(x, y, {"color": palette.target, "size": 4, "opacity": 0.6}, hoverinfo="skip")
    curves = [_run_line(palette, run.name, run.grid[0], run.output[0], "%{y:.4f} at x = %{x:.3f}") for run in runs]
    x_range, y_range = fit_ranges(problem, grid)
    return figure(palette, [target, points, *curves], x=readable_axis("x", x_range), y=readable_axis("y", y_range))


def output_map_figure(palette: Palette, run: ComparedRun) -> Figure:
    """The output of a run with two inputs as a small map, under its training points."""
    chart, points = small_figures(palette, run.problem)
    chart["data"][0]["z"] = shades(run.problem, run.output).reshape(CELLS, CELLS).tolist()
    return {"data": chart["data"] + points["data"], "layout": chart["layout"]}


def _run_line(palette: Palette, name: str, x: Values, y: Values, hover: str) -> Spec:
    style = {"color": run_color(palette, name), "width": 2, "dash": "dash" if is_current(name) else "solid"}
    return line(np.asarray(x, float), np.asarray(y, float), style, hover=f"{name}: {hover}", name=name)
