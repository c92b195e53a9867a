"""The results of a sweep: the median final loss of every cell, as a line over one parameter or a map over two."""

import math
import textwrap
from collections.abc import Collection, Sequence
from typing import Protocol, TypeVar

import numpy as np

from playground.figures.base import TRANSPARENT, Figure, Spec, dots, figure, heatmap, line, rectangle, scatter
from playground.figures.loss import loss_ranges
from playground.figures.palette import Palette

T = TypeVar("T")
MIN_LOSS = 1e-16  # a smaller loss is drawn here, and written as it is
LINE = "Each point is the median final loss of the seeds; its bar goes from the lowest to the highest."
MAP = (
    "Each cell shows the median final loss of the seeds, and below it the lowest and the highest. The stronger the "
    "orange, the lower the median."
)
LOSSES = {"test_loss": "the test loss", "loss": "the loss"}  # that early stopping waits for
HOVER_WIDTH = 22  # characters in a line: beside a point in the middle of a phone there is room for no more
HOVER_DISTANCE = 200  # pixels: a click anywhere in a cell is a click on its point


class SweepCell(Protocol):
    """What is drawn of a cell: the median, lowest and highest final loss, None before the first run has ended.

    Of `runs` that have ended, some may have `diverged`; their losses are inf. Others may have stopped early, at the
    epochs `stopped`, rising, since what they `waited_for` did not improve: "test_loss", "loss" or both.
    """

    @property
    def loss(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def diverged(self) -> int: ...
    @property
    def runs(self) -> int: ...
    @property
    def stopped(self) -> Sequence[int]: ...
    @property
    def waited_for(self) -> Collection[str]: ...


def sweep_figure(
    palette: Palette,
    cells: Sequence[SweepCell],
    labels: Sequence[str],
    ticks: Sequence[Sequence[str]],
    selected: int | None = None,
) -> Figure:
    """A line or a map of the cells that have a result.

    Args:
        palette: the colours.
        cells: the last parameter changes fastest.
        labels: the names of one or two parameters.
        ticks: for each parameter, its values in words.
        selected: the number of the cell that is outlined, or None.

    Returns:
        A figure whose last trace has one point per cell, in order, to be clicked.
    """
    if len(labels) == 1:
        chart = _line(palette, cells, labels[0], ticks[0], selected)
    else:
        chart = _map(palette, cells, labels, ticks, selected)
    chart["layout"]["hoverdistance"] = HOVER_DISTANCE
    chart["data"][-1] |= {
        "customdata": ["<br>".join(textwrap.wrap(describe_cell(cell), HOVER_WIDTH)) for cell in cells],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return chart


def _line(
    palette: Palette, cells: Sequence[SweepCell], label: str, ticks: Sequence[str], selected: int | None
) -> Figure:
    """Medians with bars from the lowest to the highest loss; crosses above all losses where runs diverged."""
    losses, low, high = ([_drawable(getattr(cell, name)) for cell in cells] for name in ("loss", "low", "high"))
    finite = [loss for loss in (*losses, *low, *high) if loss is not None]
    ranges = loss_ranges(np.array([0]), np.array(finite or [1.0]))
    bottom, edge = ranges["log"]
    diverged = [index for index, cell in enumerate(cells) if cell.diverged]
    room = 0.075 * (edge - bottom) if diverged else 0.0
    top, edge = 10.0 ** min(edge + 2 * room, 308), edge + 3 * room
    ends = [top if cell.diverged else highest for cell, highest in zip(cells, high, strict=True)]
    numbers = list(range(len(cells)))
    bars = {
        "type": "data",
        "symmetric": False,
        "array": [_distance(loss, end) for loss, end in zip(losses, ends, strict=True)],
        "arrayminus": [_distance(end, loss) for loss, end in zip(losses, low, strict=True)],
        "thickness": 1.2,
    }
    median_diverged = [cell.loss == math.inf for cell in cells]
    data = [
        line(numbers, losses, {"color": palette.output, "width": 2}, hoverinfo="skip", error_y=bars),
        scatter(
            "markers+text",
            diverged,
            [top] * len(diverged),
            hoverinfo="skip",
            text=[_diverged(cells[index], "<br>") for index in diverged],
            textposition="bottom center",
            textfont={"color": palette.text, "size": 12},
            marker={"symbol": "x", "size": 11, "color": palette.text},
        ),
        dots(
            numbers,
            [top if infinite else loss for infinite, loss in zip(median_diverged, losses, strict=True)],
            {
                "size": [16 if number == selected else 12 for number in numbers],
                "opacity": 1,
                "color": [TRANSPARENT if infinite else palette.output for infinite in median_diverged],
                "line": {"color": palette.text, "width": [2 if number == selected else 0 for number in numbers]},
            },
        ),
    ]
    y = {"title": "final loss", "type": "log", "range": [bottom, edge], "tickmode": "array", **ranges["ticks"]}
    return figure(palette, data, x=_axis(label, ticks), y=y)


def _map(
    palette: Palette,
    cells: Sequence[SweepCell],
    labels: Sequence[str],
    ticks: Sequence[Sequence[str]],
    selected: int | None,
) -> Figure:
    """Colours by the logarithm, the lowest loss most orange; the first parameter upwards, the second to the right."""
    columns = len(ticks[1])
    losses = [_drawable(cell.loss) for cell in cells]
    powers = [None if loss is None else math.log10(loss) for loss in losses]
    known = [power for power in powers if power is not None] or [0.0, 1.0]
    light, middle, strong = palette.diverging[3:6]
    rows, places = zip(*(divmod(index, columns) for index in range(len(cells))), strict=True)
    data = [
        heatmap(
            _in_rows(powers, columns),
            (min(known), max(max(known), min(known) + 1e-3)),
            hoverinfo="skip",
            colorscale=[(0, strong), (0.5, middle), (1, light)],
            opacity=0.7,  # text on the strongest colour stays readable
            xgap=2,
            ygap=2,
            text=_in_rows([_cell_text(cell) for cell in cells], columns),
            texttemplate="%{text}",
            textfont={"color": palette.text},  # Plotly finds a size that fits the cells
        ),
        dots(places, rows, {"size": 30, "color": TRANSPARENT}),
    ]
    chart = figure(palette, data, x=_axis(labels[1], ticks[1]), y=_axis(labels[0], ticks[0]))
    if selected is not None:
        row, place = divmod(selected, columns)
        edges = [place - 0.5, place + 0.5], [row - 0.5, row + 0.5]
        chart["layout"]["shapes"] = [rectangle(*edges, palette.text, 3)]
    return chart


def _distance(low: float | None, high: float | None) -> float:
    return 0 if low is None or high is None else high - low


def _in_rows(items: Sequence[T], columns: int) -> list[Sequence[T]]:
    return [items[start : start + columns] for start in range(0, len(items), columns)]


def _axis(label: str, ticks: Sequence[str]) -> Spec:
    return {
        "title": label,
        "range": [-0.5, len(ticks) - 0.5],
        "tickmode": "array",
        "tickvals": list(range(len(ticks))),
        "ticktext": list(ticks),
        "showgrid": False,
    }


def _drawable(loss: float | None) -> float | None:
    """A loss for a logarithmic axis; None where it is missing or infinite."""
    return max(loss, MIN_LOSS) if loss is not None and math.isfinite(loss) else None


def _cell_text(cell: SweepCell) -> str:
    """The median, and below it the lowest and the highest, in lines that are narrow enough for a phone."""
    if cell.loss is None:
        return ""
    if cell.loss == math.inf:
        return _diverged(cell, "<br>")
    spread = f"<br>{_number(cell.low)}–<br>{_number(cell.high)}" if cell.runs > 1 else ""
    return _number(cell.loss) + spread


def _diverged(cell: SweepCell, space: str = " ") -> str:
    return "diverged" if cell.diverged == cell.runs else f"{cell.diverged} of {cell.runs}{space}diverged"


def describe_cell(cell: SweepCell) -> str:
    """The result of a cell in words."""
    if cell.loss is None or cell.low is None:
        return "not trained yet"
    stopped = _stopped(cell)
    if cell.loss == math.inf:
        return _diverged(cell) + (f"; the lowest loss is {_number(cell.low)}" if cell.low < math.inf else "") + stopped
    spread = f", from {_number(cell.low)} to {_number(cell.high)}" if cell.runs > 1 else ""
    lost = f"; {_diverged(cell)}" if cell.diverged else ""
    return f"median loss {_number(cell.loss)}{spread}{lost}{stopped}"


def _stopped(cell: SweepCell) -> str:
    """Which runs stopped early, where and why; "" for none."""
    if not cell.stopped:
        return ""
    first, last = cell.stopped[0], cell.stopped[-1]
    which = "stopped early" if cell.runs == 1 else f"{len(cell.stopped)} of {cell.runs} stopped early"
    where = f"at epoch {first:,}" if first == last else f"at epochs {first:,} to {last:,}"
    why = " or ".join(LOSSES[each] for each in LOSSES if each in cell.waited_for)
    return f"; {which}, {where}, since {why} did not improve"


def _number(loss: float | None) -> str:
    """Three digits of any loss, so that the rounded median too lies in its range."""
    return "diverged" if loss == math.inf else f"{loss:#.3g}".rstrip(".")
