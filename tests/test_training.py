"""The trainer: what a step and an epoch are, what is recorded, and that a run continues from a checkpoint."""

import numpy as np
import pytest

from nn import (
    OPTIMIZERS,
    GradientDescent,
    Trainer,
    squared_error,
)
from nn import batch as nn_batch
from tests.support.networks import flat_gradient, linear

BATCHES = pytest.mark.parametrize("batch_size", [None, 30], ids=["full batch", "mini-batches"])
EACH_OPTIMIZER = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


# --- Steps and epochs -------------------------------------------------------------------------------------------------


class Standstill(GradientDescent):
    """Moves nothing and remembers the gradients."""

    def __init__(self):
        super().__init__()
        self.gradients = []

    def step(self, parameters, gradient, factor=1.0, held=None):
        self.gradients.append(gradient.copy())


def test_an_epoch_of_mini_batches_uses_every_example_once_and_shuffles_anew():
    m, sizes = 10, [4, 4, 2]
    Xs, Ys = np.zeros((1, m)), 2.0 ** np.arange(m)[None]
    optimizer = Standstill()
    trainer = Trainer(linear(), Xs, Ys, optimizer=optimizer, batch_size=4, rng=np.random.RandomState(0))
    trainer.train(20)
    # Where W = b = 0, db = -mean(Y), and a sum of different powers of two tells which ones they were.
    batches = [int(-db * size) for (_, db), size in zip(optimizer.gradients, sizes * 20, strict=True)]
    assert [batch.bit_count() for batch in batches] == sizes * 20
    epochs = {tuple(batches[i : i + 3]) for i in range(0, 60, 3)}
    assert all(sum(epoch) == 2**m - 1 for epoch in epochs)
    assert len(epochs) > 15


@pytest.mark.parametrize("generator", [np.random.RandomState, np.random.default_rng])
def test_mini_batches_are_steps_along_their_own_gradients(posts, generator):
    network, Xs, Ys = posts
    plain = network.copy()
    Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), batch_size=30, rng=generator(3)).train(5)
    rng, order = generator(3), np.arange(100)
    for _ in range(5):
        rng.shuffle(order)
        for chosen in (order[:30], order[30:60], order[60:90], order[90:]):
            plain.parameters -= 0.1 * flat_gradient(plain, Xs[:, chosen], Ys[:, chosen])
    np.testing.assert_allclose(network.parameters, plain.parameters, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("batch_size", [100, 101, 10**9])
def test_a_batch_of_all_examples_is_the_full_batch(posts, batch_size):
    network, Xs, Ys = posts
    twin = network.copy()
    Trainer(network, Xs, Ys, optimizer=GradientDescent()).train(20)
    Trainer(twin, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size).train(20)
    np.testing.assert_array_equal(twin.parameters, network.parameters)


@BATCHES
@EACH_OPTIMIZER
def test_a_run_cut_into_steps_is_the_same_run(posts, optimizer, batch_size):
    network, Xs, Ys = posts
    networks = network, network.copy()
    whole, cut = (Trainer(n, Xs, Ys, optimizer=optimizer(), batch_size=batch_size) for n in networks)
    assert whole.train(60) == 60
    assert [cut.train(epochs) for epochs in (1, 0, 37, 22)] == [1, 0, 37, 22]
    assert cut.epoch == whole.epoch == 60
    np.testing.assert_array_equal(networks[1].parameters, network.parameters)
    np.testing.assert_array_equal(cut.history.losses, whole.history.losses)


@BATCHES
def test_a_step_below_a_loss_stops_at_the_first_epoch_that_is(posts, batch_size):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size)
    assert trainer.train(1000, stop_below=0.2) == trainer.epoch < 1000
    *before, last = trainer.history.losses
    assert last == trainer.loss < 0.2 <= min(before)


@BATCHES
@pytest.mark.parametrize("part_bytes", [1, 20 * 8 * 7, 20 * 8 * 25])
def test_a_data_set_worked_on_in_parts_gives_what_the_whole_gives(posts, monkeypatch, part_bytes, batch_size):
    network, Xs, Ys = posts
    twin = network.copy()
    whole = Trainer(network, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size)
    monkeypatch.setattr(nn_batch, "PART_BYTES", part_bytes)
    parts = Trainer(twin, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size)
    assert parts.loss == pytest.approx(whole.loss, rel=1e-13)
    np.testing.assert_allclose(parts.gradient, flat_gradient(network, Xs, Ys), rtol=1e-11, atol=1e-15)
    whole.train(50)
    parts.train(50)
    np.testing.assert_allclose(twin.parameters, network.parameters, rtol=1e-10)
    np.testing.assert_allclose(parts.history.losses, whole.history.losses, rtol=1e-10)


# --- What it records, what may change on the way ----------------------------------------------------------------------


@BATCHES
def test_the_loss_is_always_that_of_the_whole_set(posts, batch_size):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size)
    losses = []
    for epoch in range(8):
        assert trainer.epoch == epoch
        losses.append(squared_error(network.evaluate(Xs)[-1].A, Ys))
        assert trainer.loss == pytest.approx(losses[-1], rel=1e-12)
        trainer.train()
    assert trainer.history.epochs.tolist() == list(range(9))
    np.testing.assert_allclose(trainer.history.losses[:-1], losses, rtol=1e-12)


@BATCHES
def test_the_gradient_is_always_that_of_the_whole_set_at_the_present_parameters(posts, batch_size):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size)
    for _ in range(3):
        np.testing.assert_allclose(trainer.gradient, flat_gradient(network, Xs, Ys), rtol=1e-11, atol=1e-15)
        trainer.train(2)
    network.layers[0].W *= 2
    np.testing.assert_allclose(trainer.gradient, flat_gradient(network, Xs, Ys), rtol=1e-11, atol=1e-15)


@BATCHES
def test_parameters_changed_by_hand_are_where_it_goes_on_from(posts, batch_size):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size, rng=np.random.RandomState(0))
    trainer.train(5)
    network.layers[0].W *= -1
    twin, rng = network.copy(), np.random.RandomState(0)
    trainer.train(1)
    if batch_size is None:
        twin.parameters -= 0.1 * flat_gradient(twin, Xs, Ys)
    else:
        order = np.arange(100)
        for _ in range(6):
            rng.shuffle(order)
        for start in range(0, 100, batch_size):
            chosen = order[start : start + batch_size]
            twin.parameters -= 0.1 * flat_gradient(twin, Xs[:, chosen], Ys[:, chosen])
    np.testing.assert_allclose(network.parameters, twin.parameters, rtol=1e-11)


def test_parameters_that_overflow_are_refused_and_good_ones_put_back_are_as_before(posts):
    network, Xs, Ys = posts
    twin = network.copy()
    trainer, undisturbed = (Trainer(n, Xs, Ys, optimizer=GradientDescent()) for n in (network, twin))
    trainer.train(3)
    undisturbed.train(4)
    kept = network.parameters.copy()
    network.parameters[:] = 1e200
    with pytest.raises(ValueError, match="With these parameters the loss is inf"):
        trainer.train()
    network.parameters[:] = kept
    trainer.train()
    np.testing.assert_array_equal(network.parameters, twin.parameters)


def test_a_gradient_read_at_other_parameters_does_not_change_the_next_step(posts):
    network, Xs, Ys = posts
    trainer, undisturbed = (Trainer(n, Xs, Ys, optimizer=GradientDescent()) for n in (network, network.copy()))
    kept = network.parameters.copy()
    network.parameters[:] = 2 * kept
    assert trainer.gradient.any()
    network.parameters[:] = kept
    trainer.train()
    undisturbed.train()
    np.testing.assert_array_equal(network.parameters, undisturbed.network.parameters)


def test_batch_size_and_learning_rate_may_change_on_the_way(posts):
    network, Xs, Ys = posts
    optimizer = GradientDescent(0.1)
    trainer = Trainer(network, Xs, Ys, optimizer=optimizer, batch_size=30)
    trainer.train(2)
    plain = network.copy()
    trainer.set_batch_size(None)
    optimizer.configure(learning_rate=0.3)
    trainer.train(2)
    for _ in range(2):
        plain.parameters -= 0.3 * flat_gradient(plain, Xs, Ys)
    np.testing.assert_allclose(network.parameters, plain.parameters, rtol=1e-11)
    with pytest.raises(ValueError, match="batch_size must be a whole number of at least 1, not 0"):
        trainer.set_batch_size(0)
    assert trainer.batch_size == 100


def test_the_data_are_copied(posts):
    network, Xs, Ys = posts
    twin = network.copy()
    Trainer(twin, Xs, Ys, optimizer=GradientDescent()).train(5)
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent())
    Xs *= 0
    Ys += 9
    trainer.train(5)
    np.testing.assert_array_equal(network.parameters, twin.parameters)


# --- Checkpoints ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rng", [np.random.RandomState, np.random.default_rng])
@pytest.mark.parametrize("optimizer", OPTIMIZERS.values())
def test_a_restored_checkpoint_is_followed_by_what_followed_it(posts, optimizer, rng):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=optimizer(learning_rate=0.01), batch_size=30, rng=rng(3))
    trainer.train(5)
    checkpoint, history = trainer.checkpoint(), trainer.history
    trainer.train(4)
    after, loss = network.parameters.copy(), trainer.loss
    for _ in range(2):
        trainer.restore(checkpoint, history)
        assert trainer.epoch == 5
        trainer.train(4)
        np.testing.assert_array_equal(network.parameters, after)
        assert trainer.loss == loss
