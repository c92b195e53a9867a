"""The stages of a step up to the loss: Z and A of every layer, and where back-propagation starts."""

from collections.abc import Iterator

from nn import Activation, NeuralNetwork, identity, softmax, squared_error
from nn.dropout import WithDropout
from nn.loss_types import Loss
from nn.step_trace import StepTrace
from nn.units_off import WithUnitsOff
from playground.analysis.walk.listings import Listing, line, whole
from playground.analysis.walk.matrices import Matrix
from playground.analysis.walk.stage import Stage
from playground.analysis.walk.sums import difference, product, weighted_sum
from playground.analysis.walk.words import has_mask, latex, of_units_off, off_in, place

FORWARD = NeuralNetwork.evaluate_into


def evaluation(step: StepTrace) -> Iterator[Stage]:
    """Z and A of every layer, and under dropout what it passes on."""
    layers, work = step.before.layers, step.work
    for l, layer in enumerate(layers, start=1):
        A_below, (Z, A), off = work.outputs[l - 1], work.values[l], off_in(l, step.before)
        assert Z is not None
        yield Stage(
            f"Z{l}: the weighted sums of {place(l, layers)}",
            rf"Z^{l} = W^{l} {latex('A', l - 1, work)} + b^{l}",
            "Every unit weights the values from below, and adds its bias." + (" A⁰ is the input." if l == 1 else ""),
            [line(FORWARD, "Z^l =")],
            [
                Matrix("W", l, layer.W, l),
                Matrix("b", l, layer.b, l),
                Matrix("Ã" if has_mask(l - 1, work) else "A", l - 1, A_below, l),
                Matrix("Z", l, Z, l),
            ],
            weighted_sum(l, layer, A_below, Z),
        )
        yield Stage(
            f"A{l}: the activations of {place(l, layers)}",
            rf"A^{l} = g^{l}(Z^{l}), \quad g^{l}(z) = {layer.g.equation}",
            f"The activation, {layer.g.label}, applied to every {'column' if layer.g is softmax else 'entry'}."
            + of_units_off(off, "A is 0"),
            _applied(layer.g, is_bare=not (has_mask(l, work) or off)) + [whole(WithUnitsOff.value)] * bool(off),
            [Matrix("Z", l, Z, l), Matrix("A", l, A, l)],
            off=off,
        )
        if has_mask(l, work):
            mask, output = work.masks[l - 1], work.outputs[l]
            yield Stage(
                f"A{l}: some units dropped",
                rf"\tilde{{A}}^{l} = A^{l} * M^{l} / (1 - p)",
                "In this step only, and drawn anew for every example: M is 0 where a unit is left out, 1 where it "
                "stays. Divided by the probability of staying, it is on average what the whole layer passes on.",
                [line(WithDropout.value, "Ã^l =")],
                [Matrix("A", l, A, l), Matrix("mask", l, mask, l), Matrix("Ã", l, output, l)],
                product(f"Ã{l}", A, mask, output),
            )


def _applied(g: Activation, *, is_bare: bool) -> list[Listing]:
    if g is identity and is_bare:
        return [line(FORWARD, "whose A is Z itself")]
    return [line(FORWARD, "A^l ="), whole(g.value)]


def loss_and_start(step: StepTrace, loss: Loss) -> Iterator[Stage]:
    """The loss, and dA of the output; dZ where the loss is fused with the activation of the output."""
    layers, A = step.before.layers, step.work.values[-1].A
    L, g = len(layers), layers[-1].g
    output = [Matrix("A", L, A, L, "outputs"), Matrix("Y", L, step.Ys, L, "outputs")]
    A_minus_Y = A - step.Ys
    yield Stage(
        f"Loss: {loss.label.lower()}",
        rf"L = {loss.equation}, \quad m = {step.m}",
        f"Over all {step.m} examples of this step it is {step.step_loss!r}."
        + (" It is the loss of the units that were not dropped." if step.work.masks else ""),
        [loss_listing(loss, g)],
        [*output, Matrix("A - Y", L, A_minus_Y, L, "outputs")],
    )
    if loss.fused is not None and loss.is_fused_with(g):
        yield Stage(
            f"dZ{L}: where back-propagation starts",
            rf"dZ^{L} = {loss.fused.derivative.replace('A', f'A^{L}')}",
            f"{loss.label} and {g.label} are computed as one, L = ${loss.fused.equation}$: dA = ${loss.derivative}$ "
            "grows without bound where g' vanishes, and in their product both cancel.",
            [loss_listing(loss, g)],
            [*output, Matrix("dZ", L, step.work.dZs[L], L, "outputs")],
            difference(f"dZ{L}", A_minus_Y, step),
        )
        return
    yield Stage(
        f"dA{L}: where back-propagation starts",
        rf"dA^{L} = {loss.derivative.replace('A', f'A^{L}')}",
        "A special case: there is no layer above the output, so dA is the derivative of the loss itself.",
        [loss_listing(loss, g)],
        [*output, Matrix("dA", L, step.work.dAs[L], L, "outputs")],
        difference(f"dA{L}", A_minus_Y, step) if loss is squared_error else None,
    )


def loss_listing(loss: Loss, g: Activation) -> Listing:
    """The lines that compute the loss of an output with activation g, and its derivative."""
    if loss.fused is not None and loss.is_fused_with(g):
        return whole(loss.fused.value_and_gradient)
    return whole(loss.value_and_gradient)
