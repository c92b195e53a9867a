"""The loss history: thinned evenly, bounded, with the first and the last epoch always in it."""

import numpy as np

from nn.history import LossHistory

CAPACITY = 8


def recorded(epochs, capacity=CAPACITY):
    """A history of the epochs 0 to `epochs`, each with its own square as the loss."""
    history = LossHistory(capacity)
    for epoch in range(epochs + 1):
        history.append(epoch, epoch**2)
    return history


def test_all_is_kept_while_there_is_room():
    for last in range(CAPACITY):
        assert recorded(last).epochs.tolist() == list(range(last + 1))


def test_at_any_length_it_is_bounded_even_and_whole():
    history = LossHistory(CAPACITY)
    for last in range(500):
        history.append(last, last**2)
        epochs = history.epochs
        assert (epochs[0], epochs[-1]) == (0, last)
        assert len(epochs) <= CAPACITY + 1  # the last may stand outside the even grid
        assert last < CAPACITY or len(epochs) > CAPACITY // 2
        gaps = np.diff(epochs)
        assert len(set(gaps[:-1])) <= 1  # one distance, and the last is no further off
        assert len(gaps) < 2 or gaps[-1] <= gaps[0]
        np.testing.assert_array_equal(history.losses, epochs**2)


def test_what_was_kept_can_be_read_without_disturbing_what_follows():
    history = recorded(20)
    history.losses[:] = history.epochs[:] = -1
    np.testing.assert_array_equal(history.losses, recorded(20).losses)


def test_the_usual_capacity_holds_a_posts_run_within_a_factor_of_two():
    history = LossHistory()
    for epoch in range(20_001):
        history.append(epoch, 1.0)
    assert 2000 < len(history.epochs) == len(history.losses) <= 4097


def test_objectives_stay_with_their_epochs_and_are_nan_where_there_was_none():
    history = LossHistory(CAPACITY)
    for last in range(300):
        history.append(last, last**2, *([-last] if last >= 40 else []))
        epochs = history.epochs
        np.testing.assert_array_equal(history.objectives, np.where(epochs < 40, np.nan, -epochs))
    cut = history.up_to(100, 100**2, -100)
    assert cut.epochs[-1] == 100
    np.testing.assert_array_equal(cut.objectives, np.where(cut.epochs < 40, np.nan, -cut.epochs))
    for later in range(101, 300):
        cut.append(later, later**2)
        expected = np.where((cut.epochs < 40) | (cut.epochs > 100), np.nan, -cut.epochs)
        np.testing.assert_array_equal(cut.objectives, expected)


def test_what_comes_after_an_epoch_is_what_is_recorded_there():
    for last in (0, 5, 20, 100):
        history = recorded(last)
        grid = history.epochs[history.epochs % history.stride == 0]
        for epoch in range(-1, last + 1):
            losses, objectives = history.after(epoch)
            np.testing.assert_array_equal(losses, grid[grid > epoch] ** 2)
            assert len(objectives) == len(losses)
