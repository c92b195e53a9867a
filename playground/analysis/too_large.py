"""Whether the numbers of a run are too large for differences of the loss."""

import numpy as np

from nn import Trainer

MAX_INSPECTED = 1e6  # of the loss and the parameters: beyond it, differences drown in rounding


def too_large(trainer: Trainer) -> bool:
    """Whether the loss or the parameters are too large for differences of the loss to mean anything."""
    return not max(np.abs(trainer.network.parameters).max(), trainer.loss) <= MAX_INSPECTED
