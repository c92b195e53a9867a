"""How the numbers of one unit or line are computed: the walk's own sums, and the unit's place on its activation."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn import Activation
from nn.arrays import Flat, Matrix
from playground.analysis.faces.numbers import Face
from playground.analysis.faces.walkthrough import BY_UNIT, face_of, kind_of
from playground.analysis.selection import Selection
from playground.analysis.walk import Stage
from playground.analysis.walk.sums import Sum, written_out

CURVE_POINTS = 121
CURVE_HALF = 6.0  # at least so far on either side of 0


class Curve(NamedTuple):
    """An activation and its slope as curves, A = g(Z) and g'(Z), and a unit's place on them."""

    Zs: Flat
    As: Flat
    slopes: Flat
    Z: float
    A: float


def sums_of(stages: Sequence[Stage], selection: Selection, face: Face, *, is_bias: bool) -> list[str]:
    """The stages of a face at the selected unit, each with its numbers plugged in; of a weight also its dW."""
    lines: list[str] = []
    for stage in stages:
        result = stage.matrices[-1]
        if face_of(stage) != face or result.kind not in BY_UNIT or result.layer != selection.layer:
            continue
        if result.kind == "db":
            if not is_bias:
                dZ, A, dW = (stage.matrices[i].values for i in range(3))
                terms = [(float(dZ[selection.unit, 0]), float(A[selection.input, 0]))]
                total = Sum(f"dW{result.layer}", terms, float(dW[selection.unit, selection.input]))
                lines.append(f"{total.name}[{selection.unit}, {selection.input}] = dZ·A = {written_out(total)}")
        else:
            lines.append(sum_at(stage, selection.unit))
    return lines


def sum_at(stage: Stage, unit: int) -> str:
    """How a stage computes the number of a unit of its result."""
    result = stage.matrices[-1]
    place = f"{result.name}[{unit}]"
    if stage.entry is not None and kind_of(stage) != "db":
        return f"{place} = {written_out(stage.entry(unit, 0))}"
    value = float(result.values[unit, 0])
    if result.kind == "A" and unit in stage.off:
        return f"{place} = 0, as the unit is off"
    if result.kind == "A":
        return f"{place} = g({float(stage.matrices[0].values[unit, 0]):.6g}) = {value:.6g}"
    return f"{place} = {value:.6g}"


def curve_of(g: Activation, Z: Matrix, unit: int, *, is_off: bool = False) -> Curve:
    """The activation of a unit over its own Z; of a softmax while the others of the column Z (units, 1) stay.

    A unit that is off has its place at A = 0, beside the curve.
    """
    z = float(Z[unit, 0])
    low, high = min(-CURVE_HALF, z - 1), max(CURVE_HALF, z + 1)
    Zs = np.linspace(low, high, CURVE_POINTS)
    columns = np.repeat(Z.astype(float), CURVE_POINTS, axis=1)
    columns[unit] = Zs
    A = 0.0 if is_off else float(g[0](Z.astype(float))[unit, 0])
    return Curve(Zs, g[0](columns)[unit], g[1](columns)[unit], z, A)
