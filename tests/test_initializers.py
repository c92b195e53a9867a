"""Initializers: each draws what its paper says, from the generator that it is given."""

import numpy as np
import pytest

from nn import INITIALIZERS, NeuralNetwork, sigmoid

UNITS_OUT, UNITS_IN = 400, 100
EACH = pytest.mark.parametrize("initializer", INITIALIZERS.values(), ids=INITIALIZERS)


def draw(name, rng=None):
    return INITIALIZERS[name].draw(rng or np.random.RandomState(0), (UNITS_OUT, UNITS_IN))


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no initializer named 'best'.*normal, uniform, xavier"):
        NeuralNetwork(1, [(1, "sigmoid")], rng=np.random.RandomState(0), initializer="best")


@EACH
@pytest.mark.parametrize("generator", [np.random.RandomState, np.random.default_rng])
def test_the_seed_decides_and_nothing_else(initializer, generator):
    W, b = draw(initializer.name, generator(1))
    assert (W.shape, b.shape) == ((UNITS_OUT, UNITS_IN), (UNITS_OUT, 1))
    np.testing.assert_array_equal(W, draw(initializer.name, generator(1))[0])
    assert initializer.name == "zeros" or not np.array_equal(W, draw(initializer.name, generator(2))[0])


def test_the_default_is_the_posts_own_draw_W_then_b_layer_by_layer():
    network = NeuralNetwork(3, [(5, "sigmoid"), (2, "identity")], rng=np.random.RandomState(7))
    rng = np.random.RandomState(7)
    for layer, shape in zip(network.layers, [(5, 3), (2, 5)], strict=True):
        np.testing.assert_array_equal(layer.W, 0.2 * rng.standard_normal(shape))
        np.testing.assert_array_equal(layer.b, 0.2 * rng.standard_normal((shape[0], 1)))


@pytest.mark.parametrize(
    ("name", "spread"),
    [
        ("normal", 0.2),
        ("he", np.sqrt(2 / UNITS_IN)),
        ("lecun", np.sqrt(1 / UNITS_IN)),
    ],
)
def test_normal_draws_have_the_published_spread(name, spread):
    W, _ = draw(name)  # 40,000 of them: one standard error of the spread is 0.35 %, of a share 0.25 %
    assert abs(W.mean()) < spread * 0.02
    assert W.std() == pytest.approx(spread, rel=0.015)
    assert np.mean(np.abs(W) < spread) == pytest.approx(0.6827, abs=0.01)


@pytest.mark.parametrize(("name", "limit"), [("uniform", 0.5), ("xavier", np.sqrt(6 / (UNITS_IN + UNITS_OUT)))])
def test_uniform_draws_fill_the_published_range(name, limit):
    W, _ = draw(name)
    assert limit * 0.999 < np.abs(W).max() <= limit
    assert np.mean(np.abs(W) < limit / 2) == pytest.approx(0.5, abs=0.01)
    assert abs(W.mean()) < limit * 0.02


@EACH
def test_biases_start_at_zero_but_for_the_two_that_draw_them(initializer):
    assert draw(initializer.name)[1].any() == (initializer.name in ("normal", "uniform"))


@pytest.mark.parametrize(("name", "spread"), [("normal", 0.2), ("uniform", 1 / np.sqrt(12))])
def test_the_others_draw_biases_as_they_draw_weights(name, spread):
    assert draw(name)[1].std() == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize(("name", "g"), [("he", "relu"), ("lecun", "identity"), ("xavier", "identity")])
def test_signals_keep_their_size_through_ten_layers_as_the_papers_promise(name, g):
    rng = np.random.RandomState(0)
    network = NeuralNetwork(256, [(256, g)] * 10, rng=rng, initializer=name)
    values = network.evaluate(rng.standard_normal((256, 100)))
    assert 0.5 < np.mean(values[10].A ** 2) / np.mean(values[0].A ** 2) < 2


def test_zeros_keep_all_units_of_a_layer_copies_of_one_another():
    network = NeuralNetwork(1, [(4, sigmoid), (1, "identity")], rng=np.random.RandomState(0), initializer="zeros")
    Xs = np.linspace(-1, 1, 9)[None]
    network.train(Xs, 1 + Xs, epochs=50, learning_rate=0.5)
    hidden, output = network.layers
    assert hidden.W.any()
    assert output.W.any()
    for parameters in (hidden.W, hidden.b, output.W.T):
        assert np.ptp(parameters, axis=0) == pytest.approx(0, abs=1e-15)
