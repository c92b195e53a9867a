"""The walk: one step of training in the stages of the posts, each with its equation, its source and its matrices."""

import inspect
import textwrap
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nn import NeuralNetwork, Rule, squared_error


class Matrix(NamedTuple):
    """A named matrix of a stage, with what its rows and columns are."""

    name: str
    values: np.ndarray
    rows: str
    columns: str


class Sum(NamedTuple):
    """How one entry comes about: products that are added, or one product alone.

    Attributes:
        name: of the matrix, e.g. "Z1".
        terms: pairs of factors.
        value: what the network has there.
    """

    name: str
    terms: list
    value: float


@dataclass(frozen=True)
class Stage:
    """One stage of a step.

    Attributes:
        name: e.g. "Z1: the weighted sums of layer 1".
        equation: as the posts write it, in LaTeX.
        why: a sentence for the learner.
        source: the lines of our own that compute it.
        matrices: what goes in and what comes out, the result last.
        entry: entry(unit, example) tells how one entry of the result comes about, as a Sum; None where it is no sum.
    """

    name: str
    equation: str
    why: str
    source: str
    matrices: tuple
    entry: object = None


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
        *_propagation(step),
        *_rule(step, trainer.rule),
        *_ending(step, trainer),
    ]


def source_line(function, comment):
    """The lines of a function from the comment's own line back to where its statement or its block begins."""
    lines = inspect.getsource(function).splitlines()
    end = next(number for number, line in enumerate(lines) if f"# {comment}" in line)
    start = end
    while lines[start - 1].rstrip().endswith(":") or "derivative(" in lines[start - 1]:
        start -= 1
    return textwrap.dedent("\n".join(lines[start : end + 1]))


def _evaluation(step):
    layers, values = step.before.layers, step.work.values
    for l, layer in enumerate(layers, start=1):
        below, (Z, A) = values[l - 1].A, values[l]
        yield Stage(
            f"Z{l}: the weighted sums of {_layer(l, layers)}",
            rf"Z^{l} = W^{l} A^{l - 1} + b^{l}",
            "Every unit weighs what comes from below, and adds its bias." + (" A⁰ is the input." if l == 1 else ""),
            source_line(NeuralNetwork.evaluate_into, "Z^l ="),
            (
                Matrix(f"W{l}", layer.W, "units", "units below"),
                Matrix(f"b{l}", layer.b, "units", ""),
                Matrix(f"A{l - 1}", below, "units below", "examples"),
                Matrix(f"Z{l}", Z, "units", "examples"),
            ),
            _weighted_sum(l, layer, below, Z),
        )
        yield Stage(
            f"A{l}: what {_layer(l, layers)} gives on",
            rf"A^{l} = g^{l}(Z^{l}), \quad g^{l}(z) = {layer.g.equation}",
            f"The activation, {layer.g.label}, applied to every entry.",
            source_line(NeuralNetwork.evaluate_into, "A^l =") + "\n\n" + _source(layer.g.value),
            (Matrix(f"Z{l}", Z, "units", "examples"), Matrix(f"A{l}", A, "units", "examples")),
        )


def _start(step, loss):
    layers, A = step.before.layers, step.work.values[-1].A
    L, Y = len(layers), step.Ys
    output = (Matrix(f"A{L}", A, "outputs", "examples"), Matrix("Y", Y, "outputs", "examples"))
    yield Stage(
        f"Loss: {loss.label.lower()}",
        rf"L = {loss.equation}, \quad m = {step.m}",
        f"Over all {step.m} examples of this step it is {step.loss!r}.",
        _source(loss.start),
        (*output, Matrix(f"A{L} - Y", A - Y, "outputs", "examples")),
    )
    yield Stage(
        f"dA{L}: where back-propagation starts",
        rf"dA^{L} = {loss.derivative.replace('A', f'A^{L}')}",
        "A special case: above the output there is no layer to come from, so dA is the derivative of the loss itself.",
        _source(loss.start),
        (*output, Matrix(f"dA{L}", step.work.dAs[L], "outputs", "examples")),
        _difference(f"dA{L}", A - Y, step) if loss is squared_error else None,
    )


def _propagation(step):
    layers, work = step.before.layers, step.work
    for l in range(len(layers), 0, -1):
        layer, (Z, _), below = layers[l - 1], work.values[l], work.values[l - 1].A
        dA, dZ, dWb = work.dAs[l], work.dZs[l], work.dWbs[l - 1]
        if l < len(layers):
            above, dZ_above = layers[l], work.dZs[l + 1]
            yield Stage(
                f"dA{l}: one layer down",
                rf"dA^{l} = (W^{l + 1})^T dZ^{l + 1}",
                f"Each unit of layer {l} answers for the units above, by the weights that lead to them.",
                source_line(NeuralNetwork.compute_gradient_into, "dA^l ="),
                (
                    Matrix(f"W{l + 1}", above.W, "units above", "units"),
                    Matrix(f"dZ{l + 1}", dZ_above, "units above", "examples"),
                    Matrix(f"dA{l}", dA, "units", "examples"),
                ),
                _transposed_sum(l, above, dZ_above, dA),
            )
        slope = layer.g[1](Z)
        yield Stage(
            f"dZ{l}: through the activation",
            rf"dZ^{l} = dA^{l} * g^{l}{{}}'(Z^{l})",
            f"Where {layer.g.label} is flat, g' is near 0 and nothing comes through.",
            source_line(NeuralNetwork.compute_gradient_into, "dZ^l =") + "\n\n" + _source(layer.g.derivative),
            (
                Matrix(f"dA{l}", dA, "units", "examples"),
                Matrix(f"g'(Z{l})", slope, "units", "examples"),
                Matrix(f"dZ{l}", dZ, "units", "examples"),
            ),
            _product(f"dZ{l}", dA, slope, dZ),
        )
        yield Stage(
            f"dW{l}, db{l}: the gradient of {_layer(l, layers)}",
            rf"dW^{l} = dZ^{l} (A^{l - 1})^T, \quad db^{l} = dZ^{l} \mathbf{{1}}",
            "Summed over the examples. The row of ones under A makes one product of both: [dW | db] = dZ [A; 1]ᵀ.",
            source_line(NeuralNetwork.compute_gradient_into, "[dW | db]^l ="),
            (
                Matrix(f"dZ{l}", dZ, "units", "examples"),
                Matrix(f"A{l - 1}", below, "units below", "examples"),
                Matrix(f"dW{l}", dWb[:, :-1], "units", "units below"),
                Matrix(f"db{l}", dWb[:, -1:], "units", ""),
            ),
            _bias_sum(l, dZ, dWb),
        )


def _rule(step, rule):
    cuts = bool(rule.clip or rule.frozen)
    if not (rule.penalises or cuts):
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
        "\n".join(map(_source, [Rule.add_penalty] * rule.penalises + [Rule.cut] * cuts)),
        tuple(matrices),
    )


def _ending(step, trainer):
    optimizer, factor = trainer.optimizer, trainer.rule.factor(trainer.epoch)
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
        _source(optimizer._update),
        tuple(matrices),
    )
    yield Stage(
        "The loss after the step",
        rf"{step.loss!r} \to {step.loss_after!r}",
        f"It changes by {step.loss_after - step.loss:.6g} on the {step.m} examples of this step.",
        source_line(NeuralNetwork.evaluate_into, "Z^l ="),
        (Matrix("loss before, after", np.array([[step.loss, step.loss_after]]), "", ""),),
    )


def _weighted_sum(l, layer, below, Z):
    def entry(unit, j):
        terms = [*zip(layer.W[unit], below[:, j], strict=True), (layer.b[unit, 0], 1.0)]
        return Sum(f"Z{l}", terms, Z[unit, j])

    return entry


def _difference(name, difference, step):
    return lambda unit, j: Sum(name, [(difference[unit, j], 1 / step.m)], step.work.dAs[-1][unit, j])


def _transposed_sum(l, above, dZ_above, dA):
    return lambda unit, j: Sum(f"dA{l}", list(zip(above.W[:, unit], dZ_above[:, j], strict=True)), dA[unit, j])


def _product(name, left, right, result):
    return lambda unit, j: Sum(name, [(left[unit, j], right[unit, j])], result[unit, j])


def _bias_sum(l, dZ, dWb):
    return lambda unit, j: Sum(f"db{l}", [(value, 1.0) for value in dZ[unit]], dWb[unit, -1])


def _layer(l, layers):
    return "the output" if l == len(layers) else f"layer {l}"


def _source(function):
    return textwrap.dedent(inspect.getsource(function))


def written_out(total):
    """A Sum with its numbers plugged in, at so many digits that what is written adds up to the value that is written.

    Returns:
        One line of text, "0.3528·(-5) + ... = -2.274".
    """
    value = float(f"{total.value:.6g}")
    for digits in range(6, 18):
        factors = [(f"{a:.{digits}g}", f"{b:.{digits}g}") for a, b in total.terms]
        if float(f"{sum(float(a) * float(b) for a, b in factors):.6g}") == value:
            break
    written = [a if b == "1" else f"{_bracketed(a)}·{_bracketed(b)}" for a, b in factors]
    return " + ".join(_bracketed(term) if "·" not in term else term for term in written) + f" = {value:.6g}"


def _bracketed(number):
    return f"({number})" if number.startswith("-") else number
