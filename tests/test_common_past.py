"""Up to where two pasts of a run are the same: so much of a history a browser has after a way back."""

import numpy as np
import pytest

from nn.history import LossHistory
from playground.session.sent_history import last_in_common


def range_of(count):
    return list(range(count))


@pytest.mark.parametrize(
    ("losses", "objectives", "last"),
    [
        ([5, 4, 3, 2], [np.nan] * 4, 3),
        ([5, 4, 3], [np.nan] * 3, 2),
        ([5, 4, 3, 2, 1], [np.nan] * 5, 3),
        ([5, 4, 2.5, 2], [np.nan] * 4, 1),
        ([5, 4, 3, 2], [np.nan, 4.5, 3.5, 2.5], 0),
        ([6, 4, 3, 2], [np.nan] * 4, -1),
        ([5 + 1e-15, 4, 3, 2], [np.nan] * 4, -1),
    ],
)
def test_two_pasts_are_the_same_up_to_the_first_number_that_differs(losses, objectives, last):
    one = LossHistory.of(1, range_of(4), [5, 4, 3, 2], [np.nan] * 4)
    other = LossHistory.of(1, range_of(len(losses)), losses, objectives)
    assert last_in_common(one, other) == last_in_common(other, one) == last


def test_pasts_of_other_epochs_have_nothing_in_common():
    one = LossHistory.of(1, range_of(3), [5, 4, 3], [np.nan] * 3)
    other = LossHistory.of(2, [0, 2], [5, 3], [np.nan] * 2)
    assert last_in_common(one, other) == -1
