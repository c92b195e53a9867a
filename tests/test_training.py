"""The trainer: what a step and an epoch are, what is recorded, where it stops, what it refuses, what it allocates."""

import re
import tracemalloc

import numpy as np
import pytest

from nn import (
    ACTIVATIONS,
    OPTIMIZERS,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    NeuralNetwork,
    RMSProp,
    StepOptions,
    Trainer,
    identity,
    relu,
    sigmoid,
    squared_error,
)
from nn import batch as nn_batch

BATCHES = pytest.mark.parametrize("batch_size", [None, 30], ids=["full batch", "mini-batches"])
EACH_OPTIMIZER = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


def linear(units=1):
    """A network without a hidden layer, W and b zero."""
    return NeuralNetwork(1, [(units, identity)], rng=np.random.RandomState(0), initializer="zeros")


def gradient(network, Xs, Ys):
    """The gradient as compute_gradient gives it, flat, in the layout of the parameters."""
    dWs, dbs = network.compute_gradient(network.evaluate(Xs), Ys)
    return np.concatenate([np.hstack(pair).ravel() for pair in zip(dWs, dbs, strict=True)])


# --- Steps and epochs -------------------------------------------------------------------------------------------------


class Standstill(GradientDescent):
    """Moves nothing and remembers the gradients."""

    def __init__(self):
        super().__init__()
        self.gradients = []

    def step(self, parameters, gradient, factor=1.0):
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
            plain.parameters -= 0.1 * gradient(plain, Xs[:, chosen], Ys[:, chosen])
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
    np.testing.assert_allclose(parts.gradient, gradient(network, Xs, Ys), rtol=1e-11, atol=1e-15)
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
        np.testing.assert_allclose(trainer.gradient, gradient(network, Xs, Ys), rtol=1e-11, atol=1e-15)
        trainer.train(2)
    network.layers[0].W *= 2
    np.testing.assert_allclose(trainer.gradient, gradient(network, Xs, Ys), rtol=1e-11, atol=1e-15)


@BATCHES
def test_parameters_changed_by_hand_are_where_it_goes_on_from(posts, batch_size):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(), batch_size=batch_size, rng=np.random.RandomState(0))
    trainer.train(5)
    network.layers[0].W *= -1
    twin, rng = network.copy(), np.random.RandomState(0)
    trainer.train(1)
    if batch_size is None:
        twin.parameters -= 0.1 * gradient(twin, Xs, Ys)
    else:
        order = np.arange(100)
        for _ in range(6):
            rng.shuffle(order)
        for start in range(0, 100, batch_size):
            chosen = order[start : start + batch_size]
            twin.parameters -= 0.1 * gradient(twin, Xs[:, chosen], Ys[:, chosen])
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
        plain.parameters -= 0.3 * gradient(plain, Xs, Ys)
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


# --- Divergence -------------------------------------------------------------------------------------------------------

WIDE = [(20, sigmoid), (1, identity)]
RECTIFIED = [(20, relu), (20, relu), (1, identity)]
DEEP = [(10, "swish"), (10, "elu"), (10, "softplus"), (1, identity)]


@pytest.mark.parametrize(
    ("layers", "optimizer", "options", "batch_size"),
    [
        (WIDE, GradientDescent, {"learning_rate": 1e308}, None),
        (WIDE, GradientDescent, {"learning_rate": 1e200}, None),
        (WIDE, GradientDescent, {"learning_rate": 3}, None),
        (WIDE, GradientDescent, {"learning_rate": 3}, 30),
        (WIDE, Momentum, {"learning_rate": 3}, None),
        (WIDE, Nesterov, {"learning_rate": 1, "momentum": 0.99}, 30),
        (WIDE, RMSProp, {"learning_rate": 1e307}, None),
        (WIDE, Adam, {"learning_rate": 1e200}, 30),
        (RECTIFIED, GradientDescent, {"learning_rate": 5}, None),
        (RECTIFIED, GradientDescent, {"learning_rate": 5}, 30),
        (RECTIFIED, Momentum, {"learning_rate": 20}, 30),
        (DEEP, GradientDescent, {"learning_rate": 10}, None),
        (DEEP, GradientDescent, {"learning_rate": 10}, 7),
        ([(1, identity)], GradientDescent, {"learning_rate": 2}, None),
    ],
)
def test_divergence_leaves_the_network_as_the_last_good_epoch_left_it(posts, layers, optimizer, options, batch_size):
    _, Xs, Ys = posts
    network = NeuralNetwork(1, layers, rng=np.random.RandomState(0))
    twin = network.copy()
    trainer = Trainer(network, Xs, Ys, optimizer=optimizer(**options), batch_size=batch_size)
    done = trainer.train(2000)
    epoch, quantity = trainer.diverged
    assert done == trainer.epoch == epoch - 1 < 2000
    assert re.fullmatch(r"(Z|A|dZ|dW|db|W|b)[1-4]|loss", str(quantity))
    assert np.isfinite(network.parameters).all()
    assert np.isfinite(trainer.history.losses).all()
    assert trainer.history.epochs[-1] == trainer.epoch
    assert trainer.loss == trainer.history.losses[-1]

    undisturbed = Trainer(twin, Xs, Ys, optimizer=optimizer(**options), batch_size=batch_size)
    assert undisturbed.train(epoch - 1) == epoch - 1
    assert undisturbed.diverged is None
    np.testing.assert_array_equal(network.parameters, twin.parameters)
    assert trainer.loss == undisturbed.loss

    assert trainer.train(10) == 0
    assert (trainer.epoch, trainer.diverged) == (epoch - 1, (epoch, quantity))
    np.testing.assert_array_equal(network.parameters, twin.parameters)


class Exploding(StepOptions):
    """Takes steps as usual up to epoch 100, and then one that nothing survives."""

    def learning_rate_factor(self, epoch):
        return 1e305 if epoch == 100 else super().learning_rate_factor(epoch)


@pytest.mark.parametrize(
    "rule", [Exploding(), Exploding(l2=0.01, clip=0.1, schedule="exponential"), Exploding(dropout=0.2)], ids=str
)
@pytest.mark.parametrize("stretch", [1, 7, 1000])
@EACH_OPTIMIZER
@BATCHES
def test_divergence_leaves_all_that_a_step_changes_as_the_last_good_epoch_left_it(
    posts, batch_size, optimizer, stretch, rule
):
    network, Xs, Ys = posts
    trainer, undisturbed = (
        Trainer(one, Xs, Ys, optimizer=optimizer(0.05), batch_size=batch_size, options=rule)
        for one in (network, network.copy())
    )
    while trainer.train(stretch):
        assert trainer.epoch <= 100
    assert undisturbed.train(100) == 100
    assert trainer.diverged.epoch == 101
    np.testing.assert_array_equal(trainer.network.parameters, undisturbed.network.parameters)
    told, wanted = trainer.optimizer.state, undisturbed.optimizer.state
    assert list(told) == list(wanted) == [*optimizer.state_names, *optimizer.counters]
    for name in wanted:
        np.testing.assert_array_equal(told[name], wanted[name])
    assert (trainer.loss, trainer.epoch) == (undisturbed.loss, 100)
    np.testing.assert_array_equal(trainer.history.losses, undisturbed.history.losses)
    np.testing.assert_array_equal(trainer.gradient, undisturbed.gradient)


@EACH_OPTIMIZER
def test_divergence_in_the_very_first_step_leaves_nothing_remembered(optimizer):
    few = {"epsilon": 1e-300} if "epsilon" in optimizer.constraints else {}
    trainer = Trainer(linear(), [[1.0]], [[1.0]], optimizer=optimizer(1e308, **few))
    assert trainer.train(3) == 0
    assert trainer.diverged.epoch == 1
    assert trainer.optimizer.state == {}
    trainer.diverged = None
    trainer.optimizer.configure(learning_rate=0.1)
    twin = Trainer(linear(), [[1.0]], [[1.0]], optimizer=optimizer(0.1, **few))
    assert trainer.train(3) == twin.train(3) == 3
    np.testing.assert_array_equal(trainer.network.parameters, twin.network.parameters)


@pytest.mark.parametrize(
    ("x", "y", "learning_rate", "quantity"),
    [
        # W = b = 0, so A = 0, dA = -y, dW = -y x and db = -y
        (1e200, 1e150, 1, "dW1"),  # 1e350
        (1, 1e150, 1e200, "W1"),  # dW = 1e150, W = 1e350
        (0, 1e150, 1e200, "b1"),  # dW = 0, b = 1e350
        (1e10, 1, 1e290, "Z1"),  # W = 1e300, Z = 1e310
        (1, 1, 1e160, "loss"),  # W = b = 1e160, Z = 2e160, loss = 2e320
    ],
)
def test_the_quantity_that_overflows_first_is_named(x, y, learning_rate, quantity):
    network = linear()
    trainer = Trainer(network, [[x]], [[y]], optimizer=GradientDescent(learning_rate))
    assert trainer.train() == 0
    assert (trainer.diverged.epoch, str(trainer.diverged.quantity)) == (1, quantity)
    assert not network.parameters.any()


def test_back_propagation_overflows_from_the_output_down():
    network = NeuralNetwork(1, [(1, identity), (1, identity)], rng=np.random.RandomState(0))
    network.parameters[:] = 1e-100, 0, 1e-100, 0  # W1, b1, W2, b2
    # A1 = 1e200, A2 = 1e100, dZ2 = 1e150: dW2 = 1e350 comes before dZ1 = 1e50, dW1 = 1e350
    trainer = Trainer(network, [[1e300]], [[-1e150]], optimizer=GradientDescent())
    assert trainer.train() == 0
    assert trainer.diverged == (1, ("dW", 2))


@BATCHES
def test_after_divergence_the_gradient_is_still_that_at_the_parameters_kept(posts, batch_size):
    _, Xs, Ys = posts
    network = NeuralNetwork(1, WIDE, rng=np.random.RandomState(0))
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(3), batch_size=batch_size)
    while trainer.train():
        pass
    assert np.isfinite(trainer.gradient).all()
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(trainer.gradient, gradient(network, Xs, Ys), rtol=1e-9)


# --- What it refuses --------------------------------------------------------------------------------------------------

ONES = np.ones((1, 5))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Xs": np.ones((2, 5))}, r"Xs must have shape \(1, m\), not \(2, 5\)"),
        ({"Xs": np.ones(5)}, r"Xs must have shape \(1, m\), not \(5,\)"),
        ({"Ys": np.ones((2, 5))}, r"Ys must have shape \(1, 5\), not \(2, 5\)"),
        ({"Ys": np.ones((1, 4))}, r"Ys must have shape \(1, 5\), not \(1, 4\)"),
        ({"Xs": np.ones((1, 0)), "Ys": np.ones((1, 0))}, r"Xs has no examples.* at least 1"),
        ({"Xs": ONES * np.nan}, r"Xs must be finite; Xs\[0, 0\] is nan"),
        ({"Ys": ONES * np.inf}, r"Ys must be finite; Ys\[0, 0\] is inf"),
        ({"Ys": [["a"] * 5]}, "Ys must be a matrix of real numbers"),
        ({"Ys": ONES * 1e200}, "the loss is inf"),
        ({"batch_size": 0}, "batch_size must be a whole number of at least 1, not 0"),
        ({"batch_size": 2.5}, "batch_size must be a whole number of at least 1, not 2.5"),
    ],
)
def test_an_impossible_training_is_refused_and_nothing_is_changed(change, message):
    network = NeuralNetwork(1, [(2, sigmoid), (1, identity)], rng=np.random.RandomState(0))
    before = network.parameters.copy()
    with pytest.raises(ValueError, match=message):
        Trainer(network, **({"Xs": ONES, "Ys": ONES, "optimizer": GradientDescent()} | change))
    np.testing.assert_array_equal(network.parameters, before)


@pytest.mark.parametrize("epochs", [-1, 1.0, "5", None, True])
def test_an_impossible_number_of_epochs_is_refused_and_nothing_is_changed(posts, epochs):
    network, Xs, Ys = posts
    before = network.parameters.copy()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent())
    with pytest.raises(ValueError, match="epochs must be a whole number of at least 0"):
        trainer.train(epochs)
    np.testing.assert_array_equal(network.parameters, before)
    assert trainer.epoch == 0


# --- What it allocates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part_bytes", [nn_batch.PART_BYTES, 40 * 40 * 8], ids=["whole", "in parts"])
@pytest.mark.parametrize("batch_size", [None, 80], ids=["full batch", "mini-batches"])
@pytest.mark.parametrize(
    ("g", "optimizer"),
    [(g, "gradient_descent") for g in ACTIVATIONS] + [("sigmoid", optimizer) for optimizer in list(OPTIMIZERS)[1:]],
)
def test_the_epoch_loop_allocates_no_array(monkeypatch, g, optimizer, batch_size, part_bytes):
    monkeypatch.setattr(nn_batch, "PART_BYTES", part_bytes)
    rng = np.random.RandomState(0)
    network = NeuralNetwork(40, [(40, g), (40, g), (40, identity)], rng=rng, initializer="lecun")
    Xs, Ys = rng.standard_normal((40, 120)), rng.standard_normal((40, 120))
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS[optimizer](1e-4), batch_size=batch_size)
    smallest = 40 * 40 * 8  # bytes: of one W, and of the A of the last batch, or of a part, 40 examples
    tracemalloc.start()
    trainer.train(3)
    rises = []
    for _ in range(4):  # the least of several: other threads allocate as well
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        trainer.train(50)
        rises.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    assert trainer.epoch == 203
    assert min(rises) < 0.7 * smallest


# --- Moments ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rng", [np.random.RandomState, np.random.default_rng])
@pytest.mark.parametrize("optimizer", OPTIMIZERS.values())
def test_a_moment_gone_back_to_is_followed_by_what_followed_it(posts, optimizer, rng):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=optimizer(learning_rate=0.01), batch_size=30, rng=rng(3))
    trainer.train(5)
    moment, history = trainer.checkpoint(), trainer.history
    trainer.train(4)
    after, loss = network.parameters.copy(), trainer.loss
    for _ in range(2):
        trainer.restore(moment, history)
        assert trainer.epoch == 5
        trainer.train(4)
        np.testing.assert_array_equal(network.parameters, after)
        assert trainer.loss == loss
