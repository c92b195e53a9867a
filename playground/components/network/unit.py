"""The selected unit on the drawing: the sums of its numbers, and its place on its activation."""

from collections.abc import Sequence

from nn import NeuralNetwork
from nn.arrays import Flat
from nn.softmax import Softmax
from playground.analysis.faces import Face, curve_of, sums_of
from playground.analysis.selection import Selection
from playground.analysis.walk import Stage
from playground.components.view_contract import UnitPayload

DIGITS = 5  # of what is only drawn


def unit_payload(
    network: NeuralNetwork, stages: Sequence[Stage], selection: Selection, face: Face, *, playing: bool
) -> UnitPayload:
    """The unit of the selected parameter.

    Args:
        network: the run's.
        stages: of the walk of the input that goes through it.
        selection: the parameter.
        face: the forward or the backward one.
        playing: whether the sums come with the board's frames.
    """
    g = network.layers[selection.layer - 1].g
    Z = next(m.values for stage in stages for m in stage.matrices if (m.kind, m.layer) == ("Z", selection.layer))
    is_off = (selection.layer, selection.unit) in network.off
    curve = curve_of(g, Z, selection.unit, is_off=is_off)
    sums = [] if playing else sums_of(stages, selection, face, is_bias=selection.is_bias(network))
    return {
        "sums": "\n".join(sums),
        "label": g.label,
        "is_off": is_off,
        "moves": isinstance(g, Softmax),
        "Zs": _drawn(curve.Zs),
        "As": _drawn(curve.As),
        "slopes": _drawn(curve.slopes),
    }


def _drawn(values: Flat) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in values]
