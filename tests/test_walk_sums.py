"""The stages of a step for each loss and under dropout: what is written out of every entry adds up to it."""

import numpy as np
import pytest

from nn import (
    LOSSES,
    GradientDescent,
    NeuralNetwork,
    Trainer,
    binary_cross_entropy,
    cross_entropy,
    identity,
    sigmoid,
    softmax,
    tanh,
)
from playground.analysis.walk import walk
from playground.analysis.walk.sums import written_out
from tests.support.networks import classes, dropout_trainer, plane_example

BATCHES = pytest.mark.parametrize("batch_size", [None, 7], ids=["full batch", "mini-batches"])


def assert_adds_up(stage, rounding):
    """What is written out of each entry adds up, and its value is the matrix's own."""
    values = next(matrix.values for matrix in stage.matrices if matrix.name == stage.entry(0, 0).name)
    for unit, j in np.ndindex(values.shape):
        total = stage.entry(unit, j)
        assert total.value == values[unit, j]
        assert sum(a * b for a, b in total.terms) == pytest.approx(total.value, rel=1e-9, abs=rounding)
        assert written_out(total).endswith(f" = {total.value:.6g}")


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("g", [identity, sigmoid, tanh, softmax], ids=repr)
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_the_walk_has_one_stage_where_loss_and_activation_are_fused_and_every_sum_adds_up(loss, g, outputs):
    if loss in (binary_cross_entropy, cross_entropy) and (g not in (sigmoid, softmax) or outputs == 1):
        g, outputs = loss.fused.g, 2
    rng = np.random.RandomState(0)
    network = NeuralNetwork(2, [(3, "tanh"), (outputs, g)], rng=rng)
    trainer = Trainer(
        network, rng.standard_normal((2, 5)), classes(outputs, 5, rng), optimizer=GradientDescent(), loss=loss
    )
    stages = walk(trainer)
    names = [stage.name.split(":")[0] for stage in stages]
    start = ["dZ2"] if loss.is_fused_with(g) else ["dA2", "dZ2"]
    assert names == ["Z1", "A1", "Z2", "A2", "Loss", *start, "dW2, db2", "dA1", "dZ1", "dW1, db1", *names[-2:]]
    for stage in filter(lambda stage: stage.entry, stages):
        assert_adds_up(stage, rounding=1e-15)
    if loss.is_fused_with(g):
        stage = stages[5]
        assert "(A^2 - Y)" in stage.equation
        assert loss.fused.value_and_gradient.__name__ in stage.source
        np.testing.assert_array_equal(
            stage.matrices[-1].values, (stage.matrices[0].values - trainer.training_set.Ys) / 5
        )


@pytest.mark.parametrize("g", ["tanh", "identity", "relu"])
@BATCHES
@pytest.mark.parametrize("example_shown", [None, 2])
def test_the_walk_shows_what_is_dropped_and_every_sum_adds_up(batch_size, example_shown, g):
    trainer = dropout_trainer(*plane_example(layers=((6, g), (5, g), (1, "identity"))), batch_size=batch_size)
    trainer.train(2)
    stages = walk(trainer, example_shown)
    names = [stage.name.split(":")[0] for stage in stages]
    upward = ["Z1", "A1", "A1", "Z2", "A2", "A2", "Z3", "A3", "Loss"]
    downward = ["dA3", "dZ3", "dW3, db3", "dÃ2", "dA2", "dZ2", "dW2, db2", "dÃ1", "dA1", "dZ1", "dW1, db1"]
    assert names == [*upward, *downward, "The step", "The loss after the step"]
    assert stages[2].name == "A1: some units dropped"
    for stage in filter(lambda stage: stage.entry, stages):
        assert_adds_up(stage, rounding=1e-14)
    shown = {matrix.name: matrix.values for stage in stages for matrix in stage.matrices}
    W1, b1, W2, b2, W3, b3 = (array for layer in trainer.network.layers for array in (layer.W, layer.b))
    g, slope = trainer.network.layers[0].g
    A1 = g(W1 @ shown["A0"] + b1) * shown["M1 / (1 - p)"]
    A2 = g(W2 @ A1 + b2) * shown["M2 / (1 - p)"]
    dZ3 = (W3 @ A2 + b3 - shown["Y"]) / (batch_size or 20)
    dA2 = W3.T @ dZ3 * shown["M2 / (1 - p)"]
    dZ2 = dA2 * slope(shown["Z2"])
    plain = {"Ã1": A1, "Ã2": A2, "dZ3": dZ3, "dÃ2": W3.T @ dZ3, "dA2": dA2, "dZ2": dZ2, "dW2": dZ2 @ A1.T}
    for name, values in plain.items():
        np.testing.assert_allclose(shown[name], values, rtol=1e-12, atol=1e-14, err_msg=name)
