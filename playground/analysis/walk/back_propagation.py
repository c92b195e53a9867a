"""The stages of back-propagation: dA, dZ, dW and db of every layer, from the output down."""

from collections.abc import Iterator

from nn import Activation, Layer, NeuralNetwork, identity, softmax
from nn.dropout import WithDropout
from nn.loss_types import Loss
from nn.softmax import Softmax
from nn.step_trace import StepTrace
from nn.units_off import WithUnitsOff
from nn.workspace import Workspace
from playground.analysis.walk.listings import line, whole
from playground.analysis.walk.matrices import Matrix
from playground.analysis.walk.stage import Stage
from playground.analysis.walk.sums import bias_sum, product, softmax_sum, transposed_sum
from playground.analysis.walk.words import has_mask, latex, of_units_off, off_in, place

BACKWARD = NeuralNetwork.compute_gradient_into


def back_propagation(step: StepTrace, loss: Loss) -> Iterator[Stage]:
    """The stages of every layer, the output first."""
    layers, work = step.before.layers, step.work
    for l in range(len(layers), 0, -1):
        layer, dZ, dWb, A_below = layers[l - 1], work.dZs[l], work.dWbs[l - 1], work.outputs[l - 1]
        if l < len(layers):
            yield from _down_to(l, layers, work)
        if l < len(layers) or not loss.is_fused_with(layer.g):
            yield _through_activation(l, layer.g, work, off_in(l, step.before))
        yield Stage(
            f"dW{l}, db{l}: the gradient of {place(l, layers)}",
            rf"dW^{l} = dZ^{l} ({latex('A', l - 1, work)})^T, \quad db^{l} = dZ^{l} \mathbf{{1}}",
            "Summed over the examples. The row of ones under A makes both one product: [dW | db] = dZ [A; 1]ᵀ.",
            [line(BACKWARD, "[dW | db]^l =")],
            [
                Matrix("dZ", l, dZ, l),
                Matrix("Ã" if has_mask(l - 1, work) else "A", l - 1, A_below, l),
                Matrix("dW", l, dWb[:, :-1], l),
                Matrix("db", l, dWb[:, -1:], l),
            ],
            bias_sum(l, dZ, dWb),
        )


def _down_to(l: int, layers: list[Layer], work: Workspace) -> Iterator[Stage]:
    """The stages from the layer above down to a hidden layer's dA."""
    above, dZ_above, d_output = layers[l], work.dZs[l + 1], work.d_outputs[l]
    result = Matrix("dÃ" if has_mask(l, work) else "dA", l, d_output, l)
    yield Stage(
        f"{result.name}: one layer down",
        rf"{latex('dA', l, work)} = (W^{l + 1})^T dZ^{l + 1}",
        f"Each unit of layer {l} shares the responsibility of the units above, by the weights that lead to them.",
        [line(BACKWARD, "dA^l =")],
        [Matrix("W", l + 1, above.W, l), Matrix("dZ", l + 1, dZ_above, l), result],
        transposed_sum(result.name, above, dZ_above, d_output),
    )
    if has_mask(l, work):
        mask, dA = work.masks[l - 1], work.dAs[l]
        yield Stage(
            f"dA{l}: only the units that stayed",
            rf"dA^{l} = d\tilde{{A}}^{l} * M^{l} / (1 - p)",
            "A unit that was dropped from an example did not contribute to its loss, and learns nothing from it.",
            [line(WithDropout.backward, "dA^l =")],
            [Matrix("dÃ", l, d_output, l), Matrix("mask", l, mask, l), Matrix("dA", l, dA, l)],
            product(f"dA{l}", d_output, mask, dA),
        )


def _through_activation(l: int, g: Activation, work: Workspace, off: list[int]) -> Stage:
    """The stage from dA to dZ of a layer with activation g."""
    (Z, A), dA, dZ = work.values[l], work.dAs[l], work.dZs[l]
    assert Z is not None
    name, call = f"dZ{l}: through the activation", line(BACKWARD, "dZ^l =")
    if g is softmax:
        return Stage(
            name,
            rf"dZ^{l} = A^{l} * (dA^{l} - \textstyle\sum_k dA^{l}_k A^{l}_k)",
            f"{g.label} ties the units together: what one gains, the others lose. So each dZ depends on every dA of "
            "its column.",
            [call, whole(Softmax.backward)],
            [Matrix("dA", l, dA, l), Matrix("A", l, A, l), Matrix("dZ", l, dZ, l)],
            softmax_sum(f"dZ{l}", A, dA, dZ),
        )
    slope = g[1](Z)
    slope[off] = 0  # A = 0 whatever Z is
    called = [call, whole(Activation.backward), whole(g.derivative)] + [whole(WithUnitsOff.backward)] * bool(off)
    skipped = g is identity and not (has_mask(l, work) or off)
    return Stage(
        name,
        rf"dZ^{l} = dA^{l} * g^{l}{{}}'(Z^{l})",
        f"Where {g.label} is flat, g' is near 0 and nothing gets through.{of_units_off(off, 'the slope is 0')}",
        [line(BACKWARD, "whose derivative is 1")] if skipped else called,
        [Matrix("dA", l, dA, l), Matrix("slope", l, slope, l), Matrix("dZ", l, dZ, l)],
        product(f"dZ{l}", dA, slope, dZ),
        off,
    )
