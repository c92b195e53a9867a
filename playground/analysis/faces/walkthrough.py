"""The walk on the drawing: the stages of a step one after another, or unit by unit, and what each has computed."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn.arrays import Flat
from playground.analysis.faces.numbers import Blocks, Drawn, Face
from playground.analysis.walk import Stage

FACE_OF: dict[str, Face] = {  # the face that shows what a stage computes, by the kind of its result
    "Z": "forward", "A": "forward", "Ã": "forward", "A - Y": "forward",
    "dA": "backward", "dÃ": "backward", "dZ": "backward", "db": "backward",
    "dWb of the step": "step", "Wb after": "step", "losses": "step",
}  # fmt: skip
PHASES = {"A - Y": "loss", "forward": "forward", "backward": "backward", "step": "update"}
RESULT_OF = {  # the kind of the result with which the numbers of a block are computed
    "z": "Z", "wa": "Z", "a": "A", "targets": "A - Y",
    "da": "dA", "dz": "dZ", "dw": "db",
    "b_after": "Wb after", "w_after": "Wb after",
}  # fmt: skip
OF_LINES = ("wa", "dw", "w_after")
BY_UNIT = ("Z", "A", "Ã", "dA", "dÃ", "dZ", "db")  # results of which a row belongs to a unit


class Position(NamedTuple):
    """A place on the way.

    Attributes:
        stage: its number.
        unit: up to which its result is computed, in the order of the drawing; None for all of it.
    """

    stage: int
    unit: int | None


class Walkthrough:
    """The way through the stages of one input's step.

    Args:
        stages: of the walk.
        drawn: the units that are drawn, first those of the input.
        by_unit: whether it goes unit by unit, and not only layer by layer.
        to_loss: whether it ends before the loss, which is unknown without a target.
    """

    def __init__(self, stages: Sequence[Stage], drawn: Drawn, *, by_unit: bool, to_loss: bool = False) -> None:
        self._drawn = drawn
        self.stages = [*stages]
        if to_loss:
            self.stages = [stage for stage in stages if kind_of(stage) in ("Z", "A", "Ã")]
        self.positions = [
            Position(number, unit) for number, stage in enumerate(self.stages) for unit in self._units(stage, by_unit)
        ]

    def at(self, place: int) -> tuple[Position, Stage]:
        """The position at a place on the way, or at its end, and the stage there."""
        position = self.positions[max(0, min(place, len(self.positions) - 1))]
        return position, self.stages[position.stage]

    def units_at(self, position: Position) -> list[tuple[int, int]]:
        """(layer, unit) of what is computed at a position."""
        result = self.stages[position.stage].matrices[-1]
        if result.kind == "A - Y":
            return [(len(self._drawn) - 1, unit) for unit in self._drawn[-1]]
        if result.kind not in BY_UNIT:
            return []
        units = self._drawn[result.layer] if position.unit is None else [position.unit]
        return [(result.layer, unit) for unit in units]

    def computed(self, blocks: Blocks, position: Position) -> Blocks:
        """The numbers of the face that the position shows: those that are computed by then, and nan for all others."""
        return {name: self._until(name, values, position) for name, values in blocks.items()}

    def _units(self, stage: Stage, by_unit: bool) -> Sequence[int | None]:
        result = stage.matrices[-1]
        return self._drawn[result.layer] if by_unit and result.kind in BY_UNIT else (None,)

    def _until(self, name: str, values: Flat, position: Position) -> Flat:
        """The numbers of a block that are computed, nan for the others; those of no stage are there from the start."""
        kind = RESULT_OF.get(name)
        if kind is None:
            return values
        if kind in ("A - Y", "Wb after"):
            return values if self._is_done(kind, None, position) else np.full_like(values, np.nan)
        known: list[bool] = []
        for l in range(1, len(self._drawn)):
            lines = len(self._drawn[l - 1]) if name in OF_LINES else 1
            for unit in self._drawn[l]:
                known += [self._is_done(kind, l, position, unit)] * lines
        return np.where(known, values, np.nan)

    def _is_done(self, kind: str, l: int | None, position: Position, unit: int | None = None) -> bool:
        """Whether the result of a kind, of a layer if one is given, is computed up to a unit."""
        for number, stage in enumerate(self.stages):
            if kind_of(stage) == kind and l in (None, stage.matrices[-1].layer):
                if number == position.stage and l is not None and unit is not None and position.unit is not None:
                    return self._drawn[l].index(unit) <= self._drawn[l].index(position.unit)
                return number <= position.stage
        return True


def kind_of(stage: Stage) -> str:
    """The kind of what a stage computes."""
    return stage.matrices[-1].kind


def face_of(stage: Stage) -> Face:
    """The face that shows what a stage computes."""
    return FACE_OF[kind_of(stage)]


def phase_of(stage: Stage) -> str:
    """Which part of a step a stage belongs to: forward, loss, backward or update."""
    return PHASES.get(kind_of(stage)) or PHASES[face_of(stage)]
