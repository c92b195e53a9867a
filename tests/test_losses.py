"""Losses: the value, the dA that back-propagation starts from, and that both are means over the examples."""

import numpy as np
import pytest

from nn import LOSSES, absolute_error, huber, squared_error

EACH = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)


@pytest.fixture(params=[1, 3], ids=["1 output", "3 outputs"])
def A_and_Y(request):
    rng = np.random.RandomState(0)
    return rng.uniform(0.1, 0.9, (request.param, 7)), rng.uniform(0.1, 0.9, (request.param, 7))


def test_squared_error_worked_by_hand():
    A, Y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 4.0], [0.0, 5.0]])
    # A - Y = [[0, -2], [3, -1]], ||A - Y||_F^2 = 0 + 4 + 9 + 1 = 14, m = 2: 14 / (2 m) = 3.5 and dA = (A - Y) / 2
    assert squared_error(A, Y) == 3.5
    np.testing.assert_array_equal(squared_error.dA(A, Y), [[0, -1], [1.5, -0.5]])


def test_huber_is_square_near_the_target_and_straight_far_from_it():
    # A - Y = 0.5, -1, 3: 0.125 + 0.5 + 2.5 = 3.125, over m = 3; dA = clip(A - Y, -1, 1) / 3
    A, Y = np.array([[0.5, -1.0, 3.0]]), np.zeros((1, 3))
    assert huber(A, Y) == pytest.approx(3.125 / 3)
    np.testing.assert_allclose(huber.dA(A, Y), [[0.5 / 3, -1 / 3, 1 / 3]])


def test_the_absolute_error_pulls_alike_from_near_and_far():
    A, Y = np.array([[0.5, -2.0], [0.0, 1e-9]]), np.zeros((2, 2))
    assert absolute_error(A, Y) == pytest.approx((0.5 + 2 + 1e-9) / 2)
    np.testing.assert_array_equal(absolute_error.dA(A, Y), [[0.5, -0.5], [0, 0.5]])


@EACH
def test_dA_is_the_derivative_of_the_loss(loss, A_and_Y):
    A, Y = A_and_Y
    h, numeric = 1e-5, np.empty_like(A)
    for place in np.ndindex(A.shape):
        step = np.zeros_like(A)
        step[place] = h
        numeric[place] = (loss(A + step, Y) - loss(A - step, Y)) / (2 * h)
    np.testing.assert_allclose(loss.dA(A, Y), numeric, rtol=1e-7, atol=1e-10)


@EACH
def test_repeating_the_examples_changes_nothing(loss, A_and_Y):
    A, Y = A_and_Y
    assert loss(np.tile(A, 3), np.tile(Y, 3)) == pytest.approx(loss(A, Y), rel=1e-14)


@EACH
def test_the_shares_of_parts_add_up_to_the_whole(loss, A_and_Y):
    A, Y = A_and_Y
    m, dA = A.shape[1], np.empty_like(A)
    parts = [loss.value_and_gradient(A[:, cut], Y[:, cut], m, dA[:, cut]) for cut in (slice(0, 4), slice(4, m))]
    assert sum(parts) == pytest.approx(loss(A, Y), rel=1e-14)
    np.testing.assert_array_equal(dA, loss.dA(A, Y))


@pytest.mark.parametrize("loss", [squared_error, huber, absolute_error])
def test_a_perfect_output_leaves_nothing_to_learn(loss, A_and_Y):
    _, Y = A_and_Y
    assert loss(Y, Y) == 0
    assert not loss.dA(Y, Y).any()


@EACH
def test_output_and_targets_are_left_as_they_were(loss, A_and_Y):
    A, Y = A_and_Y
    kept = A.copy(), Y.copy()
    loss(A, Y)
    loss.dA(A, Y)
    np.testing.assert_array_equal(np.stack([A, Y]), np.stack(kept))


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"no loss named 'cubed'.*squared_error"):
        LOSSES["cubed"]
