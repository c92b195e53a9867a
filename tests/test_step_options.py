"""Options of a step: penalties, clipping, frozen layers and schedules against their formulas written out."""

import math

import numpy as np
import pytest

from nn import OPTIMIZERS, SCHEDULES, GradientDescent, NeuralNetwork, StepOptions, Trainer, squared_error

BATCHES = pytest.mark.parametrize("batch_size", [None, 7], ids=["full batch", "mini-batches"])


def example(*layers, inputs=2, m=20, seed=0):
    rng = np.random.RandomState(seed)
    network = NeuralNetwork(inputs, layers or [(4, "tanh"), (1, "identity")], rng=rng, initializer="xavier")
    Xs = rng.standard_normal((inputs, m))
    return network, Xs, np.sin(Xs[:1]) + 0.1 * rng.standard_normal((1, m))


def gradient_of(network, Xs, Ys):
    dWs, dbs = network.compute_gradient(network.evaluate(Xs), Ys)
    return dWs, dbs


# --- Penalties --------------------------------------------------------------------------------------------------------


def test_a_step_written_out():
    network, Xs, Ys = example()
    by_hand = network.copy()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), options=StepOptions(l1=0.02, l2=0.3))
    for _ in range(5):
        dWs, dbs = gradient_of(by_hand, Xs, Ys)
        for layer, dW, db in zip(by_hand.layers, dWs, dbs, strict=True):
            layer.W = layer.W - 0.1 * (dW + 0.02 * np.sign(layer.W) + 0.3 * layer.W)
            layer.b = layer.b - 0.1 * db  # a bias is never penalised
        trainer.train(1)
    np.testing.assert_allclose(network.parameters, by_hand.parameters, rtol=1e-12, atol=1e-15)


def test_loss_and_objective_are_two():
    network, Xs, Ys = example()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), options=StepOptions(l1=0.02, l2=0.3))
    trainer.train(3)
    Ws = [layer.W for layer in network.layers]
    penalty = sum(0.02 * np.abs(W).sum() + 0.15 * (W**2).sum() for W in Ws)
    assert trainer.loss == pytest.approx(squared_error(network.evaluate(Xs)[-1].A, Ys))
    assert trainer.objective == pytest.approx(trainer.loss + penalty)
    assert trainer.history.losses[-1] == trainer.loss


@BATCHES
def test_the_objective_of_every_epoch_that_has_one_is_recorded(batch_size):
    network, Xs, Ys = example()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), batch_size=batch_size)
    expected = []
    for options in (StepOptions(), StepOptions(l2=0.3), StepOptions(l1=0.1, l2=0.3), StepOptions()):
        trainer.options = options
        for _ in range(3):
            trainer.train(1)
            penalty = sum(
                options.l1 * np.abs(layer.W).sum() + options.l2 / 2 * (layer.W**2).sum() for layer in network.layers
            )
            expected.append(trainer.loss + penalty if options.has_penalty else np.nan)
    np.testing.assert_allclose(trainer.history.objectives, [np.nan, *expected], rtol=1e-14)
    assert trainer.history.epochs.tolist() == list(range(13))


def test_going_back_cuts_the_objectives_as_it_does_the_losses():
    network, Xs, Ys = example()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), options=StepOptions(l2=0.3))
    trainer.train(4)
    checkpoint = trainer.checkpoint()
    trainer.train(6)
    whole = trainer.history
    trainer.restore(checkpoint, whole)
    np.testing.assert_array_equal(trainer.history.objectives, whole.objectives[:5])
    assert trainer.history.objectives[-1] == trainer.objective
    trainer.train(6)
    np.testing.assert_array_equal(trainer.history.objectives, whole.objectives)


@BATCHES
def test_the_gradient_is_that_of_the_objective(batch_size):
    network, Xs, Ys = example()
    options = StepOptions(l1=0.02, l2=0.3)
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), options=options, batch_size=batch_size)
    for _ in range(2):
        dWs, dbs = gradient_of(network, Xs, Ys)
        penalized = [
            dW + 0.02 * np.sign(layer.W) + 0.3 * layer.W for layer, dW in zip(network.layers, dWs, strict=True)
        ]
        np.testing.assert_allclose(trainer.gradient, network.flatten(penalized, dbs), rtol=1e-12)
        trainer.train(1)


def test_l2_reaches_the_closed_form_of_ridge_regression():
    """W = (Xc Xc^T / m + l2)^-1 Xc Yc^T / m with centred data, b = mean(Y) - W mean(X) (Hoerl and Kennard 1970)."""
    network, Xs, Ys = example((1, "identity"), inputs=3, m=50)
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.3), options=StepOptions(l2=0.2))
    trainer.train(5000)
    Xc, Yc = Xs - Xs.mean(axis=1, keepdims=True), Ys - Ys.mean()
    W = np.linalg.solve(Xc @ Xc.T / 50 + 0.2 * np.eye(3), Xc @ Yc.T / 50).T
    np.testing.assert_allclose(network.layers[0].W, W, rtol=1e-9)
    np.testing.assert_allclose(network.layers[0].b, Ys.mean() - W @ Xs.mean(axis=1, keepdims=True), rtol=1e-9)


def test_without_a_penalty_a_linear_network_reaches_least_squares():
    network, Xs, Ys = example((1, "identity"), inputs=3, m=50)
    network.train(Xs, Ys, 5000, 0.3)
    solution = np.linalg.lstsq(np.vstack([Xs, np.ones(50)]).T, Ys[0], rcond=None)[0]
    np.testing.assert_allclose(network.layers[0].Wb[0], solution, atol=1e-6)


def test_l1_leaves_weights_that_do_not_matter_at_almost_nothing():
    network, Xs, _ = example((1, "identity"), inputs=4, m=200)
    Ys = 2 * Xs[:1] - Xs[1:2]
    Trainer(network, Xs, Ys, optimizer=GradientDescent(0.01), options=StepOptions(l1=0.1)).train(4000)
    matter, idle = np.split(np.abs(network.layers[0].W[0]), 2)
    assert matter.min() > 0.5
    assert idle.max() < 0.002  # the step that goes to and fro over 0 is 0.01 0.1


# --- Clipping and freezing --------------------------------------------------------------------------------------------


@BATCHES
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_frozen_layer_stays_and_the_others_move(optimizer, batch_size):
    network, Xs, Ys = example((4, "tanh"), (3, "tanh"), (1, "identity"))
    before = [layer.Wb.copy() for layer in network.layers]
    options = StepOptions(frozen=(2,), l2=0.1)
    Trainer(network, Xs, Ys, optimizer=OPTIMIZERS[optimizer](0.01), options=options, batch_size=batch_size).train(5)
    moved = [not np.array_equal(layer.Wb, kept) for layer, kept in zip(network.layers, before, strict=True)]
    assert moved == [True, False, True]


def test_a_long_gradient_is_cut_to_its_limit_and_a_short_one_is_not():
    for clip in (0.01, 1e6):
        network, Xs, Ys = example()
        before = network.parameters.copy()
        trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(1.0), options=StepOptions(clip=clip))
        gradient = trainer.gradient.copy()
        trainer.train(1)
        length = min(clip, np.linalg.norm(gradient))
        np.testing.assert_allclose(before - network.parameters, gradient * length / np.linalg.norm(gradient), rtol=1e-9)


# --- Schedules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "factors"),
    [
        ("constant", [1, 1, 1, 1, 1]),
        ("step", [1, 1, 0.5, 0.25, 2**-10]),
        ("exponential", [1, 2**-0.5, 0.5, 0.25, 2**-10]),
        ("cosine", [1, 0.5, 0, 0, 0]),
        ("warm_up", [1 / 101, 51 / 101, 1, 1, 1]),
    ],
)
def test_a_schedule_is_its_formula(name, factors):
    found = [SCHEDULES[name].factor(epoch, 100) for epoch in (0, 50, 100, 200, 1000)]
    assert found == pytest.approx(factors, abs=1e-15)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_step_is_scaled_by_the_epoch_it_starts_from(schedule):
    network, Xs, Ys = example()
    options = StepOptions(schedule=schedule, period=3)
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1), options=options)
    for epoch in range(8):
        before, gradient = network.parameters.copy(), trainer.gradient.copy()
        trainer.train(1)
        rate = 0.1 * SCHEDULES[schedule].factor(epoch, 3)
        np.testing.assert_allclose(network.parameters, before - rate * gradient, rtol=1e-12, atol=1e-16)
    assert trainer.optimizer.learning_rate == 0.1


# --- Together ---------------------------------------------------------------------------------------------------------


@BATCHES
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_step_shown_is_the_step_taken(optimizer, batch_size):
    network, Xs, Ys = example(m=7)
    options = StepOptions(l1=0.01, l2=0.02, clip=0.05, frozen=(1,), schedule="exponential", period=4)
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS[optimizer](0.01), options=options, batch_size=batch_size)
    for _ in range(4):
        step = trainer.next_step()
        trainer.train(1)
        np.testing.assert_array_equal(step.after.parameters, network.parameters)


def test_other_options_act_from_the_next_step_on():
    network, Xs, Ys = example()
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1))
    trainer.train(3)
    trainer.options = StepOptions(l2=0.5)
    before = network.parameters.copy()
    gradient = trainer.gradient.copy()
    trainer.train(1)
    np.testing.assert_allclose(network.parameters, before - 0.1 * gradient, rtol=1e-12)
    straight, *_ = example()
    other = Trainer(straight, Xs, Ys, optimizer=GradientDescent(0.1))
    other.train(3)
    other.options = StepOptions(l2=0.5)
    other.train(1)  # without anybody having looked at the gradient
    np.testing.assert_array_equal(straight.parameters, network.parameters)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"l1": -1}, "l1 must be a number of at least 0, not -1"),
        ({"l2": np.nan}, "l2 must be a number of at least 0, not nan"),
        ({"clip": np.inf}, "clip must be a number of at least 0, not inf"),
        ({"l2": "1"}, "l2 must be a number of at least 0, not '1'"),
        ({"l1": True}, "l1 must be a number of at least 0, not True"),
        ({"frozen": (0,)}, "a frozen layer must be a whole number of at least 1, not 0"),
        ({"frozen": (1.5,)}, "a frozen layer must be a whole number of at least 1, not 1.5"),
        ({"schedule": "never"}, "no schedule named 'never'; the names are constant, step"),
        ({"period": 0}, "period must be a whole number of at least 1, not 0"),
        ({"period": 2.5}, "period must be a whole number of at least 1, not 2.5"),
        ({"dropout": -0.1}, "dropout must be a number from 0 to below 1, not -0.1"),
        ({"dropout": 1}, "dropout must be a number from 0 to below 1, not 1"),
        ({"dropout": np.nan}, "dropout must be a number from 0 to below 1, not nan"),
        ({"dropout": "0.5"}, "dropout must be a number from 0 to below 1, not '0.5'"),
        ({"dropout": False}, "dropout must be a number from 0 to below 1, not False"),
    ],
    ids=str,
)
def test_invalid_options_are_refused_and_named(values, message):
    with pytest.raises(ValueError, match=message):
        StepOptions(**values)


def test_the_default_changes_nothing():
    options, (network, Xs, Ys) = StepOptions(), example()
    gradient = network.flatten(*gradient_of(network, Xs, Ys))
    kept = gradient.copy()
    options.add_penalty(network, gradient)
    options.clip_and_freeze(network, gradient)
    np.testing.assert_array_equal(gradient, kept)
    assert options.penalty(network) == 0
    assert math.prod(options.learning_rate_factor(epoch) for epoch in range(100)) == 1
