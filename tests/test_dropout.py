"""Dropout: what a step drops, that it is the whole network on average, and that a run with it is reproducible."""

import numpy as np
import pytest

from nn import StepOptions, identity, squared_error
from nn import batch as nn_batch
from nn.dropout import draw_masks
from playground.analysis.walk import walk
from tests.support.networks import dropout_trainer, plane_example

BATCHES = pytest.mark.parametrize("batch_size", [None, 7], ids=["full batch", "mini-batches"])
RNGS = pytest.mark.parametrize("generator", [np.random.RandomState, np.random.default_rng])
EACH = pytest.mark.parametrize("dropout", [0.1, 0.5, 0.9])


def plain_gradient(network, Xs, Ys, masks):
    """The gradient with the masks written out, flat, in the layout of the parameters."""
    outputs, slopes, A = [Xs], [], Xs
    for i, layer in enumerate(network.layers):
        Z = layer.W @ A + layer.b
        A = layer.g[0](Z) * (masks[i] if i < len(masks) else 1)
        slopes.append(layer.g[1](Z) * (masks[i] if i < len(masks) else 1))
        outputs.append(A)
    dA, parts = (A - Ys) / Xs.shape[1], []
    for layer, below, slope in zip(network.layers[::-1], outputs[-2::-1], slopes[::-1], strict=True):
        dZ = dA * slope
        parts.insert(0, np.hstack([dZ @ below.T, dZ.sum(axis=1, keepdims=True)]).ravel())
        dA = layer.W.T @ dZ
    return np.concatenate(parts)


# --- What is drawn ----------------------------------------------------------------------------------------------------


@EACH
@RNGS
def test_the_mean_over_many_masks_is_the_layer_itself(dropout, generator):
    N = 20_000
    A, masks, rng = np.array([0.3, -2.0, 5.0])[:, None], [np.empty((3, N))], generator(0)
    draw_masks(rng, dropout, masks)
    assert set(np.unique(masks[0])) == {0, 1 / (1 - dropout)}
    # each A M has mean A and variance A^2 p / (1 - p); the mean of N is within 5 standard errors, but once in 10^6
    error = 5 * np.abs(A[:, 0]) * np.sqrt(dropout / (1 - dropout) / N)
    assert (np.abs((A * masks[0]).mean(axis=1) - A[:, 0]) < error).all()


def test_units_and_examples_are_dropped_independently_of_one_another():
    masks = [np.empty((40, 500)), np.empty((40, 500))]
    draw_masks(np.random.RandomState(0), 0.5, masks)
    rows = np.vstack(masks) - 1  # of +-1
    correlations = rows @ rows.T / 500
    np.fill_diagonal(correlations, 0)
    assert np.abs(correlations).max() < 6 / np.sqrt(500)
    columns = masks[0].T - 1
    correlations = columns @ columns.T / 40
    np.fill_diagonal(correlations, 0)
    assert np.abs(correlations).max() < 6 / np.sqrt(40)


def test_on_average_it_is_a_penalty_on_the_weights_of_a_linear_output():
    """E ||W (A * M) - Y||^2 = ||W A - Y||^2 + p / (1 - p) sum W^2 A^2 (Wager et al. 2013, section 2)."""
    network, Xs, _ = plane_example(m=1, layers=((4, "tanh"), (1, identity)))
    Ys = network.evaluate(Xs)[-1].A + 0.01
    A, W, N, p = network.evaluate(Xs)[1].A, network.layers[1].W, 50_000, 0.3
    masks = [np.empty((4, N))]
    draw_masks(np.random.RandomState(0), p, masks)
    losses = (network.evaluate(np.tile(Xs, N), masks=masks)[-1].A - Ys) ** 2 / 2
    whole, added = squared_error(network.evaluate(Xs)[-1].A, Ys), p / (1 - p) * (W.T * A) ** 2 / 2
    error = 5 * losses.std() / np.sqrt(N)
    assert losses.mean() == pytest.approx(whole + added.sum(), abs=error)
    assert added.sum() > 20 * error  # so that the bound would tell


# --- What a step is ---------------------------------------------------------------------------------------------------


@RNGS
@BATCHES
@pytest.mark.parametrize("part_bytes", [nn_batch.PART_BYTES, 6 * 8 * 4], ids=["whole", "in parts"])
def test_a_step_goes_along_the_gradient_of_the_masked_network(monkeypatch, batch_size, generator, part_bytes):
    monkeypatch.setattr(nn_batch, "PART_BYTES", part_bytes)
    network, Xs, Ys = plane_example()
    plain, rng, order = network.copy(), generator(1), np.arange(20)
    dropout_trainer(network, Xs, Ys, batch_size=batch_size, rng=generator(1), l2=0.1).train(4)
    for _ in range(4):
        if batch_size:
            rng.shuffle(order)
        for start in range(0, 20, batch_size or 20):
            chosen = order[start : start + (batch_size or 20)]
            masks = [(rng.random((units, len(chosen))) >= 0.4) / 0.6 for units in (6, 5)]
            gradient = plain_gradient(plain, Xs[:, chosen], Ys[:, chosen], masks)
            for rows, Wb in zip(plain.matrices(gradient), plain.matrices(plain.parameters), strict=True):
                rows[:, :-1] += 0.1 * Wb[:, :-1]
            plain.parameters -= 0.05 * gradient
    np.testing.assert_allclose(network.parameters, plain.parameters, rtol=1e-11, atol=1e-14)


@BATCHES
def test_loss_history_and_gradient_are_those_of_the_whole_network(batch_size):
    network, Xs, Ys = plane_example()
    trainer = dropout_trainer(network, Xs, Ys, batch_size=batch_size, l2=0.1)
    for epoch in range(4):
        loss = squared_error(network.evaluate(Xs)[-1].A, Ys)
        assert trainer.loss == trainer.history.losses[epoch] == pytest.approx(loss, rel=1e-13)
        gradient = plain_gradient(network, Xs, Ys, [])
        for rows, Wb in zip(network.matrices(gradient), network.matrices(network.parameters), strict=True):
            rows[:, :-1] += 0.1 * Wb[:, :-1]
        np.testing.assert_allclose(trainer.gradient, gradient, rtol=1e-11, atol=1e-14)
        trainer.train(1)


def test_a_network_without_a_hidden_layer_drops_nothing():
    network, Xs, Ys = plane_example(layers=((1, "identity"),))
    twin = network.copy()
    dropout_trainer(network, Xs, Ys).train(5)
    dropout_trainer(twin, Xs, Ys, dropout=0).train(5)
    np.testing.assert_allclose(network.parameters, twin.parameters, rtol=1e-14)


# --- A run ------------------------------------------------------------------------------------------------------------


@RNGS
@BATCHES
def test_the_seed_alone_decides_the_run(batch_size, generator):
    network, Xs, Ys = plane_example()
    runs = [network.copy() for _ in range(3)]
    for run, seed in zip(runs, (1, 1, 2), strict=True):
        dropout_trainer(run, Xs, Ys, batch_size=batch_size, rng=generator(seed)).train(10)
    np.testing.assert_array_equal(runs[1].parameters, runs[0].parameters)
    assert not np.array_equal(runs[2].parameters, runs[0].parameters)


@RNGS
@BATCHES
def test_a_restored_checkpoint_is_followed_by_what_followed_it(batch_size, generator):
    network, Xs, Ys = plane_example()
    trainer = dropout_trainer(network, Xs, Ys, batch_size=batch_size, rng=generator(1))
    trainer.train(5)
    checkpoint, history = trainer.checkpoint(), trainer.history
    trainer.next_step()
    trainer.train(4)
    after = network.parameters.copy()
    for _ in range(2):
        trainer.restore(checkpoint, history)
        walk(trainer, example=3)
        trainer.train(4)
        np.testing.assert_array_equal(network.parameters, after)


def test_going_back_to_before_dropout_began_is_followed_by_the_same_masks():
    network, Xs, Ys = plane_example()
    trainer, ends = dropout_trainer(network, Xs, Ys, dropout=0), []
    trainer.train(2)
    checkpoint = trainer.checkpoint()
    for _ in range(2):
        trainer.restore(checkpoint, trainer.history)
        trainer.options = StepOptions(dropout=0.4)
        trainer.train(3)
        ends.append(network.parameters.copy())
    np.testing.assert_array_equal(ends[1], ends[0])


@BATCHES
def test_it_may_begin_and_end_on_the_way(batch_size):
    network, Xs, Ys = plane_example()
    straight = network.copy()
    trainer = dropout_trainer(network, Xs, Ys, dropout=0, batch_size=batch_size)
    dropout_trainer(straight, Xs, Ys, dropout=0, batch_size=batch_size).train(3)
    trainer.train(3)
    np.testing.assert_array_equal(network.parameters, straight.parameters)
    trainer.options = StepOptions(dropout=0.4)
    shown = trainer.next_step()
    assert [mask.shape for mask in shown.work.masks] == [(6, batch_size or 20), (5, batch_size or 20)]
    trainer.train(1)
    if batch_size is None:
        np.testing.assert_array_equal(network.parameters, shown.after.parameters)
    trainer.options = StepOptions()
    shown = trainer.next_step()
    assert shown.work.masks == []
    assert shown.step_loss == shown.loss
    trainer.train(1)
    if batch_size is None:
        np.testing.assert_array_equal(network.parameters, shown.after.parameters)


def test_a_run_that_diverges_keeps_its_last_finite_parameters():
    network, Xs, Ys = plane_example()
    trainer = dropout_trainer(network, Xs, Ys, learning_rate=50.0)
    trainer.train(1000)
    assert trainer.diverged
    assert np.isfinite(network.parameters).all()
    assert trainer.loss == pytest.approx(squared_error(network.evaluate(Xs)[-1].A, Ys), rel=1e-12)
