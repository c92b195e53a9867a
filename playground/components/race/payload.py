"""What a race is sent: the frames of a tick, the history they continue, and the charts without what moves in them."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from nn.arrays import Matrix, Whole
from playground.components.board.payload import plane_of
from playground.components.payload import pack, rows_of
from playground.components.precision import curve_steps, map_steps, single
from playground.components.race_contract import RaceArrays, RaceFigures, RaceHeader
from playground.components.themes import themed
from playground.figures.comparison import fits_figure, losses_figure
from playground.figures.loss import loss_ranges
from playground.figures.palette import PALETTES, Palette
from playground.figures.plane import shade_limits, shades, small_figures
from playground.problems.grid import SMALL_CELLS
from playground.problems.problem import Problem


class RaceFrame(Protocol):
    """One moment of a race; `outputs` and `accuracies` may be None (playground/compare/race.py)."""

    @property
    def epoch(self) -> int: ...
    @property
    def losses(self) -> Matrix: ...
    @property
    def outputs(self) -> Matrix | None: ...
    @property
    def accuracies(self) -> Matrix | None: ...


class Race(Protocol):
    """What is read of a race (playground/compare/race.py)."""

    problem: Problem
    grid: Matrix
    epoch: int
    playing: bool
    frame_version: int
    continues_from: int | None

    @property
    def names(self) -> Sequence[str]: ...
    @property
    def frames(self) -> Sequence[RaceFrame]: ...
    @property
    def epochs(self) -> Whole: ...
    @property
    def losses(self) -> Matrix: ...
    @property
    def diverged(self) -> Sequence[Any]: ...
    @property
    def stopped(self) -> Sequence[tuple[int, str] | None]: ...


class _Contestant(NamedTuple):
    """A contestant as the comparison's charts take it."""

    name: str
    problem: Problem
    grid: Matrix
    epochs: Whole
    losses: Matrix
    seconds: Matrix
    output: Matrix


def race_payload(
    race: Race, run_id: int, *, with_figures: bool = True, after: int = -1, answered: int | None = None
) -> bytes:
    """The race's present frames, packed for race.js.

    The losses in the table are exact, and so is what stands still.

    Args:
        race: the race.
        run_id: another one for another race.
        with_figures: whether the charts themselves are sent as well, not only what moves in them.
        after: the epoch up to which the browser has the history of this race; -1 for all of it to be sent.
        answered: the number of the request that this answers; None for none.
    """
    frames, problem, exact = race.frames, race.problem, not race.playing
    places = [i for i, frame in enumerate(frames) if frame.outputs is not None]
    epochs, losses = race.epochs, race.losses
    ranges = loss_ranges(np.array([0, race.epoch]), losses)
    stride = int(epochs[1]) if len(epochs) > 1 else 1
    figures = {name: _figures(palette, race) for name, palette in PALETTES.items()} if with_figures else {}
    header: RaceHeader = {
        "run_id": run_id,
        "frame_version": race.frame_version,
        "continues_from": race.continues_from,
        "answered": answered,
        "playing": race.playing,
        "names": race.names,
        "history": {"lineage": run_id, "origin": None, "after": after, "until": race.epoch, "stride": stride},
        "ranges": {"epoch": ranges["epoch"], "log": ranges["log"], "ticks": ranges["ticks"]},
        "plane": plane_of(problem, SMALL_CELLS),
        "output_rows": rows_of(places, len(frames)),
        "stopped": race.stopped,
        "diverged": [divergence and divergence.epoch for divergence in race.diverged],
        "figures": themed(figures) if with_figures else None,
    }
    arrays: RaceArrays = {
        "epochs": [frame.epoch for frame in frames],
        "losses": np.stack([frame.losses for frame in frames]),
        "history_losses": single(losses[:, epochs > after]),
    }
    outputs = np.stack([frame.outputs for frame in frames if frame.outputs is not None])
    if problem.n_inputs == 1:
        span = float(np.ptp(problem.samples[-1])) or 1.0
        arrays["outputs"] = outputs[:, :, 0] if exact else curve_steps(outputs[:, :, 0], span)
    else:
        limits = shade_limits(problem)
        # What is beyond the colours has the last of them: outputs of a contestant that diverged may exceed float32.
        maps = np.array([[np.clip(shades(problem, A), *limits) for A in each] for each in outputs])
        arrays["shades"] = maps.astype(np.float32) if exact else map_steps(maps, limits)
    if problem.classes:
        arrays["accuracies"] = np.stack([frame.accuracies for frame in frames if frame.accuracies is not None])
    return pack(header, arrays)


def _figures(palette: Palette, race: Race) -> RaceFigures:
    """The losses, the fits of a curve or the map and points that all contestants on a plane share, and the colours."""
    contestants = _contestants(race)
    figures: RaceFigures = {"losses": losses_figure(palette, contestants, by="epochs"), "colors": palette.series}
    if race.problem.n_inputs == 1:
        figures["fits"] = fits_figure(palette, contestants)
    else:
        figures["small"] = small_figures(palette, race.problem, SMALL_CELLS)
        figures["classes"] = palette.classes
    return figures


def _contestants(race: Race) -> list[_Contestant]:
    """The contestants at the start of the race."""
    outputs, start = race.frames[-1].outputs, np.zeros(1)
    assert outputs is not None  # the last frame of a tick has them
    return [
        _Contestant("ABCD"[i], race.problem, race.grid, race.epochs[:1], race.losses[i, :1], start, output)
        for i, output in enumerate(outputs)
    ]
