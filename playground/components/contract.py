"""What the browser is sent: the same names as in contract.js, which the scripts are checked against.

Here the board; what a race is sent is in race_contract.py, and the views that show the board's frames in
view_contract.py.

Arrays are packed beside a header (payload.py). An array that does not come with every frame has its rows listed per
frame, None for a frame without one.
"""

from collections.abc import Sequence
from typing import NotRequired, TypeAlias, TypedDict

from numpy.typing import ArrayLike

from playground.components.precision import Steps
from playground.components.themes import Themed
from playground.figures.base import Figure
from playground.figures.loss import LossRanges
from playground.figures.plane import MapColors

Numbers: TypeAlias = ArrayLike | Steps
Rows: TypeAlias = list[int | None]
Selection: TypeAlias = tuple[int, int, int]  # layer, unit, input of a parameter; the input after the last is the bias


class LayerText(TypedDict):
    """The title of a layer's heatmap, what stands at its sides, and what it shows for those who cannot see it."""

    title: str
    rows: str
    columns: str
    widths: list[float]
    description: str


class Plane(TypedDict):
    """What is special about a problem with two inputs.

    Attributes:
        cells: along each side of a map.
        classes, class_names: how many there are, 0 for numbers; and what they are called.
        limits: of the colours.
    """

    cells: int
    classes: int
    class_names: list[str]
    limits: tuple[float, float]


class BoardFigures(TypedDict):
    """The board's charts in one palette.

    Attributes:
        charts: the fit, the output over it, the loss, the weights of each layer.
        diverging: the colours from negative to positive.
        colors: of the targets, points and output.
        scales: of a map.
        outside: the colour of what is outside the training range.
    """

    charts: list[Figure]
    diverging: Sequence[str]
    colors: dict[str, str]
    scales: MapColors
    outside: str


class HistoryPart(TypedDict):
    """Which part of what is on record comes with an answer.

    Attributes:
        lineage: another one where the past is another.
        origin: the lineage before, where that is the same up to `after`; None where it is not.
        after: the epoch that it begins after, up to which the browser has said to have it all; -1 for the beginning.
        until: the epoch that it ends with.
        stride: the distance of the epochs of the recorded losses, which are its multiples.
    """

    lineage: int
    origin: int | None
    after: int
    until: int
    stride: int


class Request(TypedDict):
    """What the browser sends when it is running out of frames, or when the visitor stops the film.

    Attributes:
        run_id: of the run whose charts are on screen; None for none.
        lineage, until: of the history that it has, as in HistoryPart.
        epoch: what is on screen; None for nothing.
        number: another one for every request.
        frames: how many are asked for.
        wait_ms: how long answers have taken; None where that is unknown.
    """

    run_id: int | None
    lineage: int
    until: int
    epoch: int | None
    number: int
    frames: int
    wait_ms: int | None


class BoardHeader(TypedDict):
    """What the board is sent beside its arrays. What the charts of a run have in common comes with its figures.

    Attributes:
        run_id: another one for another run.
        frame_version: rises whenever there are new frames.
        continues_from: the epoch after which they continue the film; what is queued beyond it is dropped. None where
            they replace all that is queued.
        answered: the number of the request that this answers; None for none.
        ticket: by which more frames are asked for without Streamlit; None where Streamlit has to be asked.
        serial: rises with every answer to a ticket's page; an earlier one may come later.
        page_due: whether more of the page has changed than its board: Streamlit has to be asked next.
        shapes: of each [W | b].
        limits: of the colours of each heatmap.
        objectives: the loss with its penalty, per frame; None while nothing is penalised.
        test_losses: per frame, None without test points.
        lowest_test: the epoch of the lowest test loss up to the last frame, and the loss; None without test points.
        outside: the share of the fit's width on either side of the training range.
        plane: None for a curve.
        learning_rate: of the next step.
        scheduled_rate: what the schedule makes it of; None without one.
        stable_bound: which bound the stable learning rate is, or why it is not known, in words.
        figures: by theme; None where the browser has the charts already.
        editable: whether the visitor may put, move and remove points.
        parameter_rows, output_rows, unit_rows, measure_rows, face_rows, layer_rows: per frame, its row in the arrays of
            that kind; the last three only where they are asked for.
        slopes_of: (layer, unit) of the unit whose places on its g come with the layers.
        face_key: by which the face of the network's drawing is recognised, where there is a drawing.
        face_scales: of each block of its numbers how many there are, and the unit in which they are sent.
        face_sums: how the numbers at the selected parameter are computed: of some frames, by their place, with which
            parameter it is.
    """

    run_id: int
    frame_version: int
    continues_from: int | None
    answered: int | None
    ticket: str | None
    serial: int
    page_due: bool
    playing: bool
    layers: NotRequired[list[LayerText]]
    shapes: NotRequired[list[tuple[int, ...]]]
    limits: list[float]
    history: HistoryPart
    ranges: LossRanges
    objectives: list[float | None] | None
    test_losses: list[float | None]
    lowest_test: tuple[int, float] | None
    outside: NotRequired[float]
    plane: NotRequired[Plane | None]
    learning_rate: float
    scheduled_rate: float | None
    stable_learning_rate: float | None
    stable_bound: str
    figures: Themed[BoardFigures] | None
    editable: bool
    parameter_rows: Rows
    output_rows: Rows
    unit_rows: Rows
    measure_rows: NotRequired[Rows]
    face_rows: NotRequired[Rows]
    layer_rows: NotRequired[Rows]
    slopes_of: NotRequired[tuple[int, int]]
    face_key: NotRequired[int]
    face_scales: NotRequired[list[tuple[int, float]]]
    face_sums: NotRequired[list[tuple[int, Selection, str]]]
    selected: Selection | None


class UnitArrays(TypedDict, total=False):
    """The units of the frames that come with them.

    Attributes:
        hidden: (frames, units, n), their outputs over the grid.
        unit_weights: (frames, units), the output's weight of each, for a curve.
        order: (frames, units), the unit that contributes most first, for a curve.
        biases: (frames,), of the output, for a curve.
    """

    hidden: Numbers
    unit_weights: Numbers
    order: Numbers
    biases: Numbers


class BoardArrays(TypedDict):
    """The board's arrays: per frame, per frame that has such a row, or per epoch of the HistoryPart; and kept bytes."""

    epochs: Numbers
    losses: Numbers
    changes: Numbers
    gradient_norms: Numbers
    outputs: Numbers
    parameters: Numbers
    history_losses: Numbers
    tested_epochs: Numbers
    tested_losses: Numbers
    history_objectives: NotRequired[Numbers]
    confusions: NotRequired[Numbers]
    measures: NotRequired[Numbers]
    face: NotRequired[Numbers]
    layers: NotRequired[Numbers]
    unit_places: NotRequired[Numbers]
    kept: NotRequired[Numbers]
