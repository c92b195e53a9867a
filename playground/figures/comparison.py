"""Several runs in one chart: their losses by epoch or by seconds, and their fits of a curve."""

import numpy as np

from playground.figures.base import axis_title, figure, round_up
from playground.figures.fit import fit_ranges, known
from playground.figures.loss import loss_ranges


def is_present(name):
    """Whether a name is that of the present run: pinned ones have a letter."""
    return len(name) > 1


def color_of(palette, name):
    """The colour of a run: the first of the series for A, the next for B; the last for the present one."""
    return palette.series[-1 if is_present(name) else "ABCDEF".index(name)]


def losses_figure(palette, runs, *, by):
    """The loss curves, each in its run's colour; the present one dashed, so that a pinned one under it is seen.

    Args:
        palette: a Palette.
        runs: objects with name, epochs, losses and seconds.
        by: "epochs" or "seconds".
    """
    data = [
        _line(palette, run.name, getattr(run, by), run.losses, f"{by[:-1]} %{{x:,.3~g}}: loss %{{y:.6g}}")
        for run in runs
    ]
    ranges = loss_ranges(np.array([0]), np.concatenate([run.losses for run in runs]))
    longest = max(float(getattr(run, by)[-1]) for run in runs)
    x = {"title": axis_title(palette, by), "range": [0, round_up(max(longest, 1e-3))]}
    y = {"title": axis_title(palette, "loss"), "type": "log", "range": ranges["log"], "tickmode": "array"}
    return figure(palette, data, x=x, y=y | ranges["ticks"])


def fits_figure(palette, runs):
    """The fits of runs with one input, over the last one's points and target."""
    problem, grid = runs[-1].problem, runs[-1].grid
    target = {"type": "scatter", "mode": "lines", "x": grid[0].tolist(), "y": known(problem.target(grid[0]))}
    target |= {"line": {"color": palette.target, "width": 2, "dash": "dot"}, "hoverinfo": "skip"}
    points = {"type": "scatter", "mode": "markers", "x": problem.samples[0].tolist(), "y": problem.samples[1].tolist()}
    points |= {"marker": {"color": palette.target, "size": 4, "opacity": 0.6}, "hoverinfo": "skip"}
    curves = [_line(palette, run.name, run.grid[0], run.output[0], "%{y:.4f} at x = %{x:.3f}") for run in runs]
    x, y = fit_ranges(problem, grid)
    x, y = x | {"title": axis_title(palette, "x")}, y | {"title": axis_title(palette, "y")}
    return figure(palette, [target, points, *curves], x=x, y=y)


def _line(palette, name, x, y, hover):
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": np.asarray(x, float).tolist(),
        "y": known(np.asarray(y, float)),
        "line": {"color": color_of(palette, name), "width": 2, "dash": "dash" if is_present(name) else "solid"},
        "hovertemplate": f"{name}: {hover}<extra></extra>",
    }
