"""What a race is sent: the same names as in race_contract.js, as in contract.py."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from playground.components.contract import HistoryPart, Numbers, Plane, Rows
from playground.components.themes import Themed
from playground.figures.base import Figure, Range
from playground.figures.loss import Ticks


class RaceRanges(TypedDict):
    """The ranges of the axes of a race's losses."""

    epoch: Range
    log: Range
    ticks: Ticks


class RaceFigures(TypedDict):
    """A race's charts in one palette.

    Attributes:
        colors: of the contestants.
        fits: for a curve.
        small: for a plane, the map and the points that all contestants share.
        classes: their colours, for a plane.
    """

    losses: Figure
    colors: Sequence[str]
    fits: NotRequired[Figure]
    small: NotRequired[Sequence[Figure]]
    classes: NotRequired[Sequence[str]]


class RaceHeader(TypedDict):
    """What a race is sent beside its arrays.

    Attributes:
        run_id: another one for another race.
        frame_version: rises whenever there are new frames.
        continues_from: the epoch after which they continue the film; what is queued beyond it is dropped. None where
            they replace all that is queued.
        answered: the number of the request that this answers; None for none.
        names: of the contestants.
        plane: None for a curve.
        output_rows: per frame, its row in the outputs, shades and accuracies.
        diverged: per contestant the epoch at which it diverged, or None.
        stopped: per contestant the epoch at which it stopped early, and why; or None.
        figures: by theme; None where the browser has the charts already.
    """

    run_id: int
    frame_version: int
    continues_from: int | None
    answered: int | None
    playing: bool
    names: Sequence[str]
    history: HistoryPart
    ranges: RaceRanges
    plane: Plane | None
    output_rows: Rows
    diverged: list[int | None]
    stopped: Sequence[tuple[int, str] | None]
    figures: Themed[RaceFigures] | None


class RaceArrays(TypedDict):
    """A race's arrays: per frame, per frame with outputs, or per epoch of the HistoryPart."""

    epochs: Numbers
    losses: Numbers
    history_losses: Numbers
    outputs: NotRequired[Numbers]
    shades: NotRequired[Numbers]
    accuracies: NotRequired[Numbers]
