"""A step looked at under dropout: it is the step that training takes, and every number of it adds up."""

import numpy as np
import pytest

from playground.analysis.walk import walk
from playground.analysis.walk.sums import written_out
from tests.support.networks import dropout_trainer, plane_example

BATCHES = pytest.mark.parametrize("batch_size", [None, 7], ids=["full batch", "mini-batches"])
RNGS = pytest.mark.parametrize("generator", [np.random.RandomState, np.random.default_rng])
EACH = pytest.mark.parametrize("dropout", [0.1, 0.5, 0.9])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batch_size", [None, 7, 20])
def test_the_masks_shown_are_those_of_the_step_taken(monkeypatch, batch_size, dtype):
    network, Xs, Ys = plane_example(dtype=dtype)
    trainer = dropout_trainer(network, Xs, Ys, batch_size=batch_size, clip=0.5)
    trainer.train(3)
    shown, taken, update = trainer.next_step(), [], trainer.update

    def watched(batch, factor):
        failed = update(batch, factor)
        taken.append(([mask.copy() for mask in batch.masks], network.parameters.copy()))
        return failed

    monkeypatch.setattr(trainer, "update", watched)
    trainer.train(1)
    for mask, drawn in zip(shown.work.masks, taken[0][0], strict=True):
        np.testing.assert_array_equal(mask, drawn)
    np.testing.assert_array_equal(shown.after.parameters, taken[0][1])
    if batch_size != 7:
        assert shown.loss_after == trainer.loss
        assert shown.step_loss != shown.loss


def test_the_shares_of_the_examples_add_up_to_the_gradient():
    trainer = dropout_trainer(*plane_example())
    whole = trainer.next_step()
    shares = sum(trainer.next_step(j).work.gradient for j in range(20))
    np.testing.assert_allclose(shares, whole.gradient, rtol=1e-12, atol=1e-15)


def test_the_step_shown_is_the_step_taken_when_shuffled_batches_have_come_before():
    network, Xs, Ys = plane_example()
    trainer = dropout_trainer(network, Xs, Ys, batch_size=7)
    trainer.train(3)
    trainer.set_batch_size(None)
    shown = trainer.next_step()
    trainer.train(1)
    np.testing.assert_array_equal(network.parameters, shown.after.parameters)


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
        values = next(matrix.values for matrix in stage.matrices if matrix.name == stage.entry(0, 0).name)
        for unit, j in np.ndindex(values.shape):
            total = stage.entry(unit, j)
            assert total.value == values[unit, j]
            assert sum(a * b for a, b in total.terms) == pytest.approx(total.value, rel=1e-9, abs=1e-14)
            assert written_out(total).endswith(f" = {total.value:.6g}")
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
