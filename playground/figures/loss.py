"""The loss by epoch, on a logarithmic or a linear scale."""

import math
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt

from playground.figures.base import Figure, Range, Spec, Values, dots, figure, line, round_up
from playground.figures.palette import Palette

MIN_LOSS = 1e-300  # a smaller loss counts as 0


class Ticks(TypedDict):
    """Where an axis has ticks, and what is written at them."""

    tickvals: list[float]
    ticktext: list[str]


class LossRanges(TypedDict):
    """Ranges of the axes; the logarithmic one is in powers of ten, as Plotly takes it, and the ticks belong to it.

    A loss of 0 is drawn at the tick "0", the lowest, if there is such a loss.
    """

    epoch: Range
    linear: Range
    log: Range
    ticks: Ticks


def loss_figure(
    palette: Palette, epochs: npt.NDArray[Any], losses: npt.NDArray[Any], *, tested: bool = False
) -> Figure:
    """The loss, and empty curves: a dotted one for the objective and, if `tested`, a dashed one for the test loss and a
    mark for the lowest.

    The ranges are those of `loss_ranges`.
    """
    ranges = loss_ranges(epochs, losses)
    data = [
        _curve("loss", {"color": palette.output, "width": 2}, epochs, np.maximum(losses, floor_of(ranges)))
        | {"marker": {"color": palette.output, "size": 8}},
        _curve("objective", {"color": palette.output, "width": 1.5, "dash": "dot"}),
    ]
    if tested:
        data.append(_curve("test loss", {"color": palette.text, "width": 1.5, "dash": "dash"}))
        mark = {"color": palette.edge, "size": 9, "line": {"color": palette.text, "width": 2}}
        data.append(dots((), (), mark, hover="lowest test loss %{y:.6g} at epoch %{x}", name="lowest test loss"))
    return figure(
        palette,
        data,
        x={"title": "epoch", "range": ranges["epoch"], "nticks": 6},
        y={"title": "loss", "type": "log", "range": ranges["log"], "tickmode": "array", **ranges["ticks"]},
    )


def _curve(name: str, style: Spec, epochs: Values = (), losses: Values = ()) -> Spec:
    hover = f"{name} %{{y:.6g}} at epoch %{{x}}"
    return line(epochs, losses, style | {"simplify": False}, hover=hover, name=name)


def loss_ranges(epochs: npt.NDArray[Any], losses: npt.NDArray[Any]) -> LossRanges:
    """Ranges that hold the curve and change only now and then, and the ticks of the logarithmic one."""
    positive = losses[losses >= MIN_LOSS]
    top, bottom = (float(positive.max()), float(positive.min())) if positive.size else (1.0, 1.0)
    low, high = math.floor(math.log10(bottom) - 0.02), min(math.floor(math.log10(top)) + 1, 308)
    ticks, has_zero = _ticks(low, high), positive.size < losses.size
    if has_zero:
        low -= max(1, (high - low) // 8)
        ticks = {"tickvals": [float(f"1e{low}"), *ticks["tickvals"]], "ticktext": ["0", *ticks["ticktext"]]}
    return {
        "epoch": [0, round_up(max(int(epochs[-1]), 100))],
        "linear": [0, round_up(top)],
        "log": [low - 0.03 * has_zero, high + 0.03],  # room for the lowest and the topmost tick
        "ticks": ticks,
    }


def floor_of(ranges: LossRanges) -> float:
    """Where a loss of 0 is drawn on the logarithmic axis; 0 where there is none."""
    ticks = ranges["ticks"]
    return ticks["tickvals"][0] if ticks["ticktext"][0] == "0" else 0.0


def _ticks(low: int, high: int) -> Ticks:
    """Ticks from 10^low to 10^high: at 1, 2 and 5 of every power if they are few, otherwise at every k-th power."""
    if high - low <= 2:
        steps = [(digit, power) for power in range(low, high) for digit in (1, 2, 5)] + [(1, high)]
    else:
        steps = [(1, power) for power in range(low, high + 1, -(-(high - low) // 8))]
    return {
        "tickvals": [float(f"{digit}e{power}") for digit, power in steps],
        "ticktext": [_label(digit, power) for digit, power in steps],
    }


def _label(digit: int, power: int) -> str:
    if -4 < power < 4:
        return f"{float(f'{digit}e{power}'):g}"
    return ("" if digit == 1 else f"{digit}·") + f"10<sup>{power}</sup>".replace("-", "−")
