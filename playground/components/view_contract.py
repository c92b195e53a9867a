"""What the views around the board are sent: the same names as in contract.js, as in contract.py."""

from collections.abc import Sequence
from typing import TypedDict

from playground.analysis.faces import Face
from playground.figures.base import Figure, Range
from playground.figures.network import Diagram


class UnitPayload(TypedDict):
    """The selected unit on the network's drawing.

    Attributes:
        sums: how its numbers are computed; "" where that comes with the board's frames.
        label: of its activation g.
        is_off: whether it is switched off, so that its A is 0.
        moves: whether g at its Z depends on other units, too, so that the curve moves.
        Zs, As, slopes: g and g' as curves, A = g(Z).
    """

    sums: str
    label: str
    is_off: bool
    moves: bool
    Zs: list[float]
    As: list[float]
    slopes: list[float]


class DiagramPayload(Diagram):
    """The network's diagram.

    Attributes:
        face: which numbers it shows.
        key: what the numbers in the board's frames are recognised by.
        blocks: the names and lengths of their blocks.
        numbers: those of a run that stands still, None for an unknown one; None where they come with the board's
            frames.
        passing: the names and lengths of the blocks of which those frames have the numbers.
        staying: the numbers that are the same in all of them.
        unit: the selected one, where its sums are shown.
        numbers_in_words: what they are, for those who cannot see them.
        now: (layer, unit) of what a walk computes at its present place; None where there is no walk.
        film: whether the walk goes on by itself.
        x: the inputs that go through it, in the units of the problem; None where none do.
        opened: how often the visitor has opened the drawing, or a face of it: it is brought into view then.
        takes_input: whether a click on the fit or the plane picks the input.
    """

    run_id: int
    face: Face
    key: int
    blocks: list[tuple[str, int]]
    numbers: list[float | None] | None
    passing: list[tuple[str, int]]
    staying: dict[str, list[float | None]]
    unit: UnitPayload | None
    numbers_in_words: str
    opened: int
    takes_input: bool
    now: list[tuple[int, int]] | None
    film: bool
    x: list[float] | None


class UnitsColors(TypedDict):
    """The colours of the curves that are added up, and of those that are not yet."""

    added: str
    waiting: str


class UnitsPayload(TypedDict):
    """What each unit of the last hidden layer contributes to a curve; the curves come with the board's frames.

    Attributes:
        columns: of the layer's [W | b].
        selected: the selected unit.
        range: of y, in which the sum is drawn at least.
        note: what the output does with the sum.
        figures: by palette, the weighted curves and the curves themselves.
    """

    run_id: int
    units: int
    layer: int
    columns: int
    selected: int | None
    range: Range
    note: str
    figures: dict[str, Sequence[Figure]]
    colors: dict[str, UnitsColors]


class MapsPayload(TypedDict):
    """The maps of a layer's units; their values come with the board's frames.

    Attributes:
        columns: of the layer's [W | b].
        cells: along each side of a map.
        selected: the selected unit.
        figures: by palette.
    """

    run_id: int
    units: int
    layer: int
    columns: int
    cells: int
    selected: int | None
    figures: dict[str, Figure]


class ConditionPayload(TypedDict):
    """One part of the goal of an exercise.

    Attributes:
        name: of its quantity.
        words: as the page shows it.
        mark, bound: the comparison, and the number that the quantity is compared with.
        value: the present one; None where there is none.
        moves: whether the value comes with the board's frames, too.
        places: of a measure, where in a frame's measures its values stand, of which the lowest counts; else [].
    """

    name: str
    words: str
    mark: str
    bound: float
    value: float | None
    moves: bool
    places: list[int]


class ExercisePayload(TypedDict):
    """The exercise that the address names.

    Attributes:
        task: the teacher's text; "" for none.
        conditions: the parts of the goal; [] for none.
        reached: the epoch at which the goal was reached; None if it was not.
    """

    run_id: int
    task: str
    conditions: list[ConditionPayload]
    reached: int | None


class MeasuresPayload(TypedDict):
    """The table of measures; its numbers come with the board's frames.

    Attributes:
        names: of the measures, one row each.
        meaning: what they are, in sentences.
        undefined: what is written where one has no value.
        shares: whether each is a share from 0 to 1.
        sets: of points, one column each.
    """

    run_id: int
    names: list[str]
    meaning: str
    undefined: list[str]
    shares: list[bool]
    sets: list[str]


class SlopesPayload(TypedDict):
    """A unit's g and g', with its places on them; the places come with the layers' numbers.

    Attributes:
        of: "layer,unit".
        where: whose they are, in words.
        Zs, slopes: g' as a curve; [] where it depends on more than the unit's own Z, and is then A (1 - A).
        flat: below which size g' is almost 0.
        Z, A: of every training example; [] where they come with the frames.
        figures: by palette.
    """

    of: str
    where: str
    Zs: list[float]
    slopes: list[float]
    flat: float
    Z: list[float]
    A: list[float]
    figures: dict[str, Figure]


class LayersPayload(TypedDict):
    """The charts of the layers; what moves comes with the board's frames.

    Attributes:
        names, activations: of the layers, the output last.
        quantities: the names of the numbers of each layer, in their order.
        epochs: of the history, rising.
        history: at each of them the numbers, layer by layer; None for what is not finite.
        figures: by palette, the history's and the moment's.
        colors: by palette, of the layers.
        slopes: of the selected unit.
    """

    run_id: int
    names: list[str]
    activations: list[str]
    quantities: list[str]
    epochs: list[int]
    history: list[list[float | None]]
    figures: dict[str, Sequence[Figure]]
    colors: dict[str, list[str]]
    slopes: SlopesPayload


class PackedArray(TypedDict):
    """An array of numbers as Plotly reads it.

    Attributes:
        dtype: "f8" or "f4", a float of so many bytes.
        bdata: the numbers as they lie in memory, in base64; nan where there is none.
        shape: the lengths of its axes, separated by commas.
    """

    dtype: str
    bdata: str
    shape: str


class StillPayload(TypedDict):
    """A chart that stands still.

    Attributes:
        alt: what it shows, for those who cannot see it.
        height: in pixels.
        clickable: whether a click on one of its points is sent.
        arrays: the numbers of its traces, by name.
        figures: by palette; the "arrays" of a trace are the names of its arrays.
    """

    alt: str
    height: int
    clickable: bool
    arrays: dict[str, PackedArray]
    figures: dict[str, Figure]
