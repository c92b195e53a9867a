"""The walk: one step of training in the stages of the posts, each with its equation, its source and its matrices."""

import numpy as np

from nn import Activation, NeuralNetwork, StepOptions, softmax, squared_error
from nn.dropout import WithDropout
from playground.analysis.stages import (
    Matrix,
    Stage,
    bias_sum,
    difference,
    product,
    softmax_sum,
    source,
    source_line,
    transposed_sum,
    weighted_sum,
)


def walk(trainer, example=None):
    """The stages of the step that training would take next.

    Args:
        trainer: a Trainer.
        example: one example of the step, or None for all of them.

    Returns:
        A list of Stage, in the order in which the numbers come about.
    """
    step = trainer.next_step(example)
    return [
        *_evaluation(step),
        *_start(step, trainer.loss_function),
        *_propagation(step, trainer.loss_function),
        *_rule(step, trainer.options),
        *_ending(step, trainer),
    ]


def _evaluation(step):
    layers, work = step.before.layers, step.work
    for l, layer in enumerate(layers, start=1):
        below, (Z, A) = work.outputs[l - 1], work.values[l]
        yield Stage(
            f"Z{l}: the weighted sums of {_layer(l, layers)}",
            rf"Z^{l} = W^{l} {_given(l - 1, work, 'A')} + b^{l}",
            "Every unit weighs what comes from below, and adds its bias." + (" A⁰ is the input." if l == 1 else ""),
            source_line(NeuralNetwork.evaluate_into, "Z^l ="),
            (
                Matrix(f"W{l}", layer.W, "units", "units below"),
                Matrix(f"b{l}", layer.b, "units", ""),
                Matrix(_given_name(l - 1, work, "A"), below, "units below", "examples"),
                Matrix(f"Z{l}", Z, "units", "examples"),
            ),
            weighted_sum(l, layer, below, Z),
        )
        yield Stage(
            f"A{l}: what {_layer(l, layers)} gives on",
            rf"A^{l} = g^{l}(Z^{l}), \quad g^{l}(z) = {layer.g.equation}",
            f"The activation, {layer.g.label}, applied to every {'column' if layer.g is softmax else 'entry'}.",
            source_line(NeuralNetwork.evaluate_into, "A^l =") + "\n\n" + source(layer.g.value),
            (Matrix(f"Z{l}", Z, "units", "examples"), Matrix(f"A{l}", A, "units", "examples")),
        )
        if _dropped(l, work):
            mask, given = work.masks[l - 1], work.outputs[l]
            yield Stage(
                f"A{l}: some units dropped",
                rf"\tilde{{A}}^{l} = A^{l} * M^{l} / (1 - p)",
                "In this step only, and anew for every example: M is 0 where a unit is left out, 1 where it is kept. "
                "Divided by the probability of being kept, it is on average what the whole layer gives.",
                source_line(WithDropout.value, "Ã^l ="),
                (
                    Matrix(f"A{l}", A, "units", "examples"),
                    Matrix(f"M{l} / (1 - p)", mask, "units", "examples"),
                    Matrix(f"Ã{l}", given, "units", "examples"),
                ),
                product(f"Ã{l}", A, mask, given),
            )


def _start(step, loss):
    layers, A = step.before.layers, step.work.values[-1].A
    L, Y = len(layers), step.Ys
    g, joined = layers[-1].g, loss.fused
    started = source(joined.value_and_gradient if loss.is_fused_with(g) else loss.value_and_gradient)
    output = (Matrix(f"A{L}", A, "outputs", "examples"), Matrix("Y", Y, "outputs", "examples"))
    yield Stage(
        f"Loss: {loss.label.lower()}",
        rf"L = {loss.equation}, \quad m = {step.m}",
        f"Over all {step.m} examples of this step it is {step.step_loss!r}."
        + (" It is that of what was not dropped." if step.work.masks else ""),
        started,
        (*output, Matrix(f"A{L} - Y", A - Y, "outputs", "examples")),
    )
    if loss.is_fused_with(g):
        yield Stage(
            f"dZ{L}: where back-propagation starts",
            rf"dZ^{L} = {joined.derivative.replace('A', f'A^{L}')}",
            f"{loss.label} and {g.label} are taken as one, L = ${joined.equation}$: dA = ${loss.derivative}$ grows "
            "without bound where g' dies away, and in their product both cancel.",
            started,
            (*output, Matrix(f"dZ{L}", step.work.dZs[L], "outputs", "examples")),
            difference(f"dZ{L}", A - Y, step),
        )
        return
    yield Stage(
        f"dA{L}: where back-propagation starts",
        rf"dA^{L} = {loss.derivative.replace('A', f'A^{L}')}",
        "A special case: above the output there is no layer to come from, so dA is the derivative of the loss itself.",
        started,
        (*output, Matrix(f"dA{L}", step.work.dAs[L], "outputs", "examples")),
        difference(f"dA{L}", A - Y, step) if loss is squared_error else None,
    )


def _propagation(step, loss):
    layers, work = step.before.layers, step.work
    for l in range(len(layers), 0, -1):
        layer, dZ, dWb, below = layers[l - 1], work.dZs[l], work.dWbs[l - 1], work.outputs[l - 1]
        if l < len(layers):
            yield from _down_to(l, layers, work)
        if l < len(layers) or not loss.is_fused_with(layer.g):
            yield _through(l, layer.g, work)
        yield Stage(
            f"dW{l}, db{l}: the gradient of {_layer(l, layers)}",
            rf"dW^{l} = dZ^{l} ({_given(l - 1, work, 'A')})^T, \quad db^{l} = dZ^{l} \mathbf{{1}}",
            "Summed over the examples. The row of ones under A makes one product of both: [dW | db] = dZ [A; 1]ᵀ.",
            source_line(NeuralNetwork.compute_gradient_into, "[dW | db]^l ="),
            (
                Matrix(f"dZ{l}", dZ, "units", "examples"),
                Matrix(_given_name(l - 1, work, "A"), below, "units below", "examples"),
                Matrix(f"dW{l}", dWb[:, :-1], "units", "units below"),
                Matrix(f"db{l}", dWb[:, -1:], "units", ""),
            ),
            bias_sum(l, dZ, dWb),
        )


def _down_to(l, layers, work):
    """The stages from the layer above down to a hidden layer's dA."""
    above, dZ_above, dA, d_given = layers[l], work.dZs[l + 1], work.dAs[l], work.d_outputs[l]
    name = _given_name(l, work, "dA")
    yield Stage(
        f"{name}: one layer down",
        rf"{_given(l, work, 'dA')} = (W^{l + 1})^T dZ^{l + 1}",
        f"Each unit of layer {l} answers for the units above, by the weights that lead to them.",
        source_line(NeuralNetwork.compute_gradient_into, "dA^l ="),
        (
            Matrix(f"W{l + 1}", above.W, "units above", "units"),
            Matrix(f"dZ{l + 1}", dZ_above, "units above", "examples"),
            Matrix(name, d_given, "units", "examples"),
        ),
        transposed_sum(name, above, dZ_above, d_given),
    )
    if work.masks:
        mask = work.masks[l - 1]
        yield Stage(
            f"dA{l}: only what was kept answers",
            rf"dA^{l} = d\tilde{{A}}^{l} * M^{l} / (1 - p)",
            "A unit that was dropped from an example had no part in its loss, and learns nothing from it.",
            source_line(WithDropout.backward, "dA^l ="),
            (
                Matrix(f"dÃ{l}", d_given, "units", "examples"),
                Matrix(f"M{l} / (1 - p)", mask, "units", "examples"),
                Matrix(f"dA{l}", dA, "units", "examples"),
            ),
            product(f"dA{l}", d_given, mask, dA),
        )


def _through(l, g, work):
    """The stage from dA to dZ of a layer with activation g."""
    (Z, A), dA, dZ = work.values[l], work.dAs[l], work.dZs[l]
    line = source_line(NeuralNetwork.compute_gradient_into, "dZ^l =")
    ends = Matrix(f"dA{l}", dA, "units", "examples"), Matrix(f"dZ{l}", dZ, "units", "examples")
    if g is softmax:
        return Stage(
            f"dZ{l}: through the activation",
            rf"dZ^{l} = A^{l} * (dA^{l} - \textstyle\sum_k dA^{l}_k A^{l}_k)",
            f"{g.label} ties the units together: what one gains the others lose, so each dZ depends on every dA of its "
            "column.",
            f"{line}\n\n{source(type(g).backward)}",
            (ends[0], Matrix(f"A{l}", A, "units", "examples"), ends[1]),
            softmax_sum(f"dZ{l}", A, dA, dZ),
        )
    slope = g[1](Z)
    return Stage(
        f"dZ{l}: through the activation",
        rf"dZ^{l} = dA^{l} * g^{l}{{}}'(Z^{l})",
        f"Where {g.label} is flat, g' is near 0 and nothing comes through.",
        f"{line}\n\n{source(Activation.backward)}\n{source(g.derivative)}",
        (ends[0], Matrix(f"g'(Z{l})", slope, "units", "examples"), ends[1]),
        product(f"dZ{l}", dA, slope, dZ),
    )


def _rule(step, rule):
    cuts = bool(rule.clip or rule.frozen)
    if not (rule.has_penalty or cuts):
        return
    matrices = []
    both = step.before.matrices(step.data_gradient), step.before.matrices(step.gradient)
    for l, (data, taken) in enumerate(zip(*both, strict=True), start=1):
        matrices += [
            Matrix(f"[dW{l} | db{l}] of the loss", data, "units", "units below, b"),
            Matrix(f"[dW{l} | db{l}] of the step", taken, "units", "units below, b"),
        ]
    yield Stage(
        "What is added to the gradient, and cut from it",
        r"dW \leftarrow dW + \lambda_1 \operatorname{sign}(W) + \lambda_2 W, \quad \lVert [dW \mid db] \rVert \le c",
        f"Over all {step.m} examples. λ₁ = {rule.l1:g}, λ₂ = {rule.l2:g}; c = {rule.clip:g}, and 0 never cuts. Biases "
        "are not penalised. The gradient of a frozen layer is 0.",
        "\n".join(map(source, [StepOptions.add_penalty] * rule.has_penalty + [StepOptions.clip_and_freeze] * cuts)),
        tuple(matrices),
    )


def _ending(step, trainer):
    optimizer, factor = trainer.optimizer, trainer.options.learning_rate_factor(trainer.epoch)
    matrices = []
    gradients = step.before.matrices(step.gradient)
    for l, (old, dWb, new) in enumerate(zip(step.before.layers, gradients, step.after.layers, strict=True), start=1):
        matrices += [
            Matrix(f"[W{l} | b{l}] before", old.Wb, "units", "units below, b"),
            Matrix(f"[dW{l} | db{l}]", dWb, "units", "units below, b"),
            Matrix(f"[W{l} | b{l}] after", new.Wb, "units", "units below, b"),
        ]
    yield Stage(
        f"The step: {optimizer.label}",
        optimizer.equation,
        f"Over all {step.m} examples, and for b as for W: {optimizer!r} ({optimizer.source})."
        + (f" The schedule multiplies the learning rate by {factor:.6g} here." if factor != 1 else ""),
        source(optimizer._update),
        tuple(matrices),
    )
    yield Stage(
        "The loss after the step",
        rf"{step.loss!r} \to {step.loss_after!r}",
        f"It changes by {step.loss_after - step.loss:.6g}".replace("-", "−")
        + f" on the {step.m} examples of this step"
        + (", measured in the whole network, with nothing dropped." if step.work.masks else "."),
        source_line(NeuralNetwork.evaluate_into, "Z^l ="),
        (Matrix("loss before, after", np.array([[step.loss, step.loss_after]]), "", ""),),
    )


def _dropped(l, work):
    return 0 < l <= len(work.masks)


def _given_name(l, work, name):
    """The name of what a layer gives on, or of the derivative by it: "A1", or "Ã1" where some of it is dropped."""
    return f"{name.replace('A', 'Ã') if _dropped(l, work) else name}{l}"


def _given(l, work, name):
    """The same in LaTeX."""
    return (name.replace("A", r"\tilde{A}") if _dropped(l, work) else name) + f"^{l}"


def _layer(l, layers):
    return "the output" if l == len(layers) else f"layer {l}"
