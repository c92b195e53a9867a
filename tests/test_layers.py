"""The layers beside each other: every number is a direct calculation with NumPy, and what is known of layers holds."""

import numpy as np
import pytest

from nn import ACTIVATIONS
from nn.softmax import softmax
from playground.analysis.layers import MAX_MOMENTS, QUANTITIES, layer_numbers, moments_of
from playground.components.board import board_payload
from playground.components.layers import layers_payload
from playground.experiment import Experiment
from playground.player import Player
from tests.support.payload import unpack

A_SPREAD = QUANTITIES.index("A_spread")


def numbers(trainer):
    """A row per layer."""
    return layer_numbers(trainer, trainer.network.parameters)


CASES = {
    "the posts'": {},
    "four layers": {"layers": (5, 4, 3, 6), "activations": ("sigmoid", "tanh", "relu", "elu")},
    "other activations": {"layers": (5, 4, 3, 6), "activations": ("leaky_relu", "softplus", "swish", "sine")},
    "batches": {"batch_size": 7},
    "dropout": {"layers": (6, 6), "activations": ("tanh", "tanh"), "dropout": 0.3},
    "penalty": {"l2": 0.01},
    "two classes": {"problem": "rings", "loss": "cross_entropy", "output_activation": "sigmoid"},
    "three classes": {"problem": "three_spirals", "loss": "cross_entropy"},
    "absolute error": {"loss": "absolute_error"},
}


@pytest.mark.parametrize("values", CASES.values(), ids=CASES)
def test_every_number_is_that_of_a_direct_calculation(values):
    trainer = Experiment(**values).start().trainer
    trainer.train(20)
    layers, Xs, Ys = trainer.network.layers, trainer.training_set.Xs, trainer.training_set.Ys
    m = Xs.shape[1]
    A, Zs, As = Xs, [], [Xs]
    for layer in layers:
        Zs.append(layer.W @ A + layer.b)
        A = layer.g[0](Zs[-1])
        As.append(A)
    fused = values.get("loss") == "cross_entropy"  # and then A - Y is dZ, with g or without
    dZ = np.sign(A - Ys) / m if values.get("loss") == "absolute_error" else (A - Ys) / m
    if not fused:
        dZ = dZ * layers[-1].g[1](Zs[-1])
    found = numbers(trainer)
    assert found.shape == (len(layers), len(QUANTITIES))
    for l in range(len(layers), 0, -1):
        Z, A, layer = Zs[l - 1], As[l], layers[l - 1]
        slopes = np.abs(layer.g[1](np.linspace(-9, 9, 20001)[None, :]) if layer.g is not softmax else [[0.25]])
        flat = np.abs(layer.g[1](Z)) < 0.01 * slopes.max()
        expected = [np.sqrt(np.sum((dZ @ As[l - 1].T) ** 2)), np.sqrt(np.sum(dZ**2))]
        for values_ in (Z, A):
            expected += [np.quantile(values_, share) for share in (0.25, 0.5, 0.75)]
            expected.append(np.sqrt(np.mean((values_ - values_.mean()) ** 2)))
        expected += [np.count_nonzero(flat) / flat.size, np.mean([len(set(row)) == 1 for row in A.tolist()])]
        np.testing.assert_allclose(found[l - 1], expected, rtol=1e-9, atol=1e-15)
        if l > 1:
            dZ = (layer.W.T @ dZ) * layers[l - 2].g[1](Zs[l - 2])


def test_the_squares_of_dW_are_those_of_the_trainers_gradient():
    trainer = Experiment(layers=(5, 4), activations=("tanh", "tanh")).start().trainer
    trainer.train(30)
    for row, dWb in zip(numbers(trainer), trainer.network.matrices(trainer.gradient), strict=True):
        assert row[0] == np.linalg.norm(dWb[:, :-1])


@pytest.mark.parametrize("initializer", ["normal", "xavier", "he", "lecun"])
@pytest.mark.parametrize("seed", range(5))
def test_a_sigmoid_layer_shrinks_dZ_to_at_most_a_quarter_of_the_norm_of_the_weights_above(initializer, seed):
    values = {"layers": (12,) * 4, "activations": ("sigmoid",) * 4, "initializer": initializer, "seed": seed}
    trainer = Experiment(**values).start().trainer
    dZ = numbers(trainer)[:, QUANTITIES.index("dZ")]
    for l, above in enumerate(trainer.network.layers[1:]):
        assert dZ[l] <= 0.25 * np.linalg.norm(above.W, 2) * dZ[l + 1] * (1 + 1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_with_he_and_relu_the_spread_of_A_stays_of_one_order_over_the_layers(seed):
    values = {"layers": (60,) * 4, "activations": ("relu",) * 4, "seed": seed}
    hidden = {
        name: numbers(Experiment(**values, initializer=name).start().trainer)[:-1, A_SPREAD]
        for name in ("he", "normal", "lecun")
    }
    assert hidden["he"].max() < 4 * hidden["he"].min()
    assert hidden["lecun"][0] / hidden["lecun"][-1] > 1.5 * hidden["he"][0] / hidden["he"][-1]


def test_dead_and_saturated_units_are_counted():
    trainer = Experiment(layers=(4,), activations=("relu",)).start().trainer
    trainer.network.layers[0].W[:] = 0
    trainer.network.layers[0].b[:] = [[-1], [-1], [2], [-1]]
    row = dict(zip(QUANTITIES, numbers(trainer)[0], strict=True))
    assert (row["saturated"], row["dead"]) == (0.75, 1)


@pytest.mark.parametrize("g", [*ACTIVATIONS.values(), softmax], ids=lambda g: g.name)
def test_the_steepest_slope_of_an_activation_is_the_largest_there_is(g):
    Z = np.vstack([np.linspace(-30, 30, 600_001)] + [np.zeros(600_001)] * (g is softmax))
    assert np.abs(g[1](Z)).max() == pytest.approx(g.steepest, rel=1e-9)


def test_looking_at_the_layers_leaves_the_run_as_it_is():
    one, other = (Player(Experiment(batch_size=9, dropout=0.2)) for _ in range(2))
    for player in (one, other):
        player.trainer.train(5)
        if player is one:
            layers_payload(player)
        player.trainer.train(5)
    np.testing.assert_array_equal(one.trainer.network.parameters, other.trainer.network.parameters)


def test_the_history_is_that_of_the_recorded_checkpoints_and_goes_back_with_them():
    player = Player(Experiment(speed=6, max_epochs=600))
    player.play()
    while player.playing:
        player.tick()
    payload = layers_payload(player)
    assert payload["epochs"][0] == 0
    assert payload["epochs"][-1] == 600
    assert len(payload["epochs"]) <= MAX_MOMENTS
    np.testing.assert_allclose(payload["history"][-1], numbers(player.trainer).ravel(), rtol=1e-3)
    player.go_to(payload["epochs"][20])
    np.testing.assert_allclose(payload["history"][20], numbers(player.trainer).ravel(), rtol=1e-3)
    player.set_parameter(0, 3.0)  # a branch: what came later is gone
    assert layers_payload(player)["epochs"][-1] == payload["epochs"][20]


def test_the_history_of_a_large_network_has_fewer_moments():
    player = Player(Experiment(layers=(64,) * 4, activations=("tanh",) * 4, points=500))
    checkpoints = [player.trainer.checkpoint()] * 50
    assert 2 <= len(moments_of(player.trainer, checkpoints)) < 20


@pytest.mark.parametrize("with_layers", [True, False])
def test_the_board_brings_them_where_they_are_on_screen_and_the_last_frame_has_its_own(with_layers):
    player = Player(Experiment())
    player.play()
    header, arrays = unpack(board_payload(player, with_figures=False, with_layers=with_layers))
    assert ("layer_rows" in header, "layers" in arrays) == (with_layers, with_layers)
    if with_layers:
        assert header["layer_rows"][-1] == max(row for row in header["layer_rows"] if row is not None)
        sent = np.asarray(arrays["layers"]).reshape(-1, 2, len(QUANTITIES))
        np.testing.assert_array_equal(sent[-1], numbers(player.trainer))
        assert sent.nbytes < 2000


def test_a_large_network_is_looked_at_less_often():
    counts = []
    for layers in ((20,), (64,) * 4):
        player = Player(Experiment(layers=layers, activations=("tanh",) * len(layers)))
        player.frames *= 60
        header, _ = unpack(board_payload(player, with_figures=False, with_layers=True))
        counts.append(sum(row is not None for row in header["layer_rows"]))
    assert counts == [4, 1]
