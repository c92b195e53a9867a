"""What a run costs: a rough forecast, made before anything is trained, of the seconds of one core it will take."""

from math import ceil

from nn import Trainer

SECONDS_PER_LAYER = 1e-5  # of a step; measured: 6e-6 of gradient descent, 2e-5 of Adam, dropout, penalties and clipping
SECONDS_PER_PRODUCT = 2.5e-10  # of one parameter and one example, in an epoch
SECONDS_PER_UNIT = 2e-9  # of one unit and one example, in an epoch


def expected_seconds(trainer: Trainer, m: int, epochs: int) -> float:
    """Seconds that `epochs` epochs over m examples should take."""
    layers = trainer.network.layers
    steps, units = ceil(m / trainer.batch_size), sum(len(layer.W) for layer in layers)
    products = trainer.network.parameters.size * SECONDS_PER_PRODUCT
    return epochs * (steps * len(layers) * SECONDS_PER_LAYER + m * (products + units * SECONDS_PER_UNIT))
