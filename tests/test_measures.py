"""Measures beside the loss: closed forms, scikit-learn's numbers, and what is undefined is so in words."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.arrays import Matrix
from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player
from playground.problems.measures import in_words, measure, measures_of, of_confusion, of_numbers
from tests.support.payload import unpack
from tests.support.peers import peer

NUMBERS = st.lists(st.tuples(*[st.floats(-1e3, 1e3).map(lambda x: round(x, 6))] * 2), min_size=2, max_size=30)
CLASSES = st.lists(st.tuples(*[st.integers(0, 2)] * 2), min_size=1, max_size=30)


def trained(**values) -> Player:
    player = Player(Experiment(**values))
    player.trainer.train(50)
    return player


def test_the_mean_has_an_r2_of_0_and_the_targets_themselves_have_1():
    y = np.array([1.0, 2.0, 6.0])
    assert of_numbers(np.full(3, 3.0), y) == pytest.approx([0, math.sqrt(14 / 3), 2])
    assert of_numbers(y, y).tolist() == [1, 0, 0]


@given(NUMBERS)
def test_numbers_are_those_of_scikit_learn(pairs):
    metrics = peer("sklearn.metrics")
    output, y = np.array(pairs).T
    r2, rmse, mae = of_numbers(output, y)
    assert rmse == pytest.approx(metrics.root_mean_squared_error(y, output))
    assert mae == pytest.approx(metrics.mean_absolute_error(y, output))
    if np.ptp(y):
        assert r2 == pytest.approx(metrics.r2_score(y, output), rel=1e-9, abs=1e-9)
    else:
        assert math.isnan(r2)


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e-9, 1e9, 1e200, 1e300])
def test_numbers_of_any_size_have_the_same_r2(size):
    y, output = np.array([1.0, 2.0, 6.0]), np.array([2.0, 2.0, 5.0])
    r2, rmse, mae = of_numbers(output, y)
    assert of_numbers(size * output, size * y) == pytest.approx([r2, size * rmse, size * mae], rel=1e-12, abs=0)


def test_rounding_is_no_spread_of_y():
    y = np.full(10, 0.1) + np.where(np.arange(10) % 2, 1.4e-17, 0)
    assert np.ptp(y) > 0
    assert math.isnan(of_numbers(np.zeros(10), y)[0])


@given(CLASSES)
def test_precision_and_recall_are_those_of_scikit_learn(pairs):
    metrics = peer("sklearn.metrics")
    actual, predicted = np.array(pairs).T
    counts = np.zeros((3, 3), int)
    np.add.at(counts, (actual, predicted), 1)
    scores = (metrics.precision_score, metrics.recall_score)
    for mine, score in zip(of_confusion(counts).reshape(2, 3), scores, strict=True):
        theirs = score(actual, predicted, labels=[0, 1, 2], average=None, zero_division=np.nan)
        np.testing.assert_allclose(mine, theirs, rtol=1e-12)


@pytest.mark.parametrize("standardised", ["none", "standard"])
def test_the_rmse_squared_is_the_mean_squared_error_which_is_twice_the_loss(standardised):
    player = trained(target="step", test_fraction=0.3, scaling=standardised)
    training, test = measure(player.problem, player.trainer.network)
    spread = float(np.squeeze(player.problem.y.spread))
    assert training[1] ** 2 == pytest.approx(2 * player.trainer.loss * spread**2)
    test_loss = player.test_losses.loss_of(player.trainer.network)
    assert test[1] ** 2 == pytest.approx(2 * test_loss * spread**2)


def test_the_mae_is_the_absolute_error_as_a_loss():
    player = trained(loss="absolute_error")
    ((_, _, mae),) = measure(player.problem, player.trainer.network)
    assert mae == pytest.approx(player.trainer.loss)


def test_recall_over_the_classes_by_their_sizes_is_the_accuracy():
    player = trained(problem="three_spirals", loss="cross_entropy", test_fraction=0.3)
    both = measure(player.problem, player.trainer.network)
    for measures, samples in zip(both, (player.problem.samples, player.problem.test_samples), strict=True):
        sizes = np.bincount(samples[-1].astype(int), minlength=3)
        accuracy = player.problem.accuracy(player.trainer.network, samples)
        assert np.dot(measures[3:], sizes) / sizes.sum() == pytest.approx(accuracy)


@pytest.mark.parametrize(
    ("counts", "words"),
    [([[3, 0], [2, 0]], ["60.0 %", "never predicted", "100.0 %", "0.0 %"]),
     ([[0, 0], [1, 4]], ["0.0 %", "100.0 %", "no such points", "80.0 %"])],
)  # fmt: skip
def test_what_is_undefined_of_classes_is_said_in_words(counts, words):
    measures = measures_of(Experiment(problem="xor").make_problem())
    values = of_confusion(np.array(counts))
    assert [in_words(*each) for each in zip(measures, values, strict=True)] == words


def test_an_r2_without_a_spread_in_y_is_undefined_and_what_overflows_is_not_finite():
    measures = measures_of(Experiment().make_problem())

    def words(output: Matrix, y: Matrix) -> list[str]:
        return [in_words(*each) for each in zip(measures, of_numbers(output, y), strict=True)]

    assert words(np.array([1.0, 3.0]), np.array([2.0, 2.0])) == ["all y are equal", "1", "1"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert words(np.array([np.nan, 1e200]), np.array([1.0, 2.0])) == ["not finite"] * 3


def test_a_board_that_shows_no_measures_is_sent_none():
    player = Player(Experiment(test_fraction=0.2))
    player.play()
    header, arrays = unpack(board_payload(player, with_figures=False))
    assert "measures" not in arrays
    assert "measure_rows" not in header


def test_each_of_the_frames_that_are_sent_has_the_measures_of_its_own_network():
    player = Player(Experiment(test_fraction=0.2))
    player.play()
    header, arrays = unpack(board_payload(player, with_figures=False, with_measures=True))
    rows = header["measure_rows"]
    assert rows[-1] == max(row for row in rows if row is not None)
    assert sum(row is not None for row in rows) < len(rows) or len(rows) == 1
    sent = np.asarray(arrays["measures"]).reshape(-1, 2, 3)
    own = [frame for frame, row in zip(player.frames, rows, strict=True) if row is not None]
    networks = [player.trainer.network.with_parameters(frame.parameters) for frame in own]
    np.testing.assert_array_equal(sent, [measure(player.problem, network) for network in networks])
    assert len(sent) > 1
    np.testing.assert_array_equal(sent[-1], measure(player.problem, player.trainer.network))
