"""The stable learning rate of a run as it goes, measured no oftener than training can spare."""

import time

from nn import curvature

SHARE = 0.05  # of the time: what measuring may take while it trains


def stable_rate(trainer, problem, network):
    """The largest learning rate with which plain gradient descent of what a Trainer descends is stable at a network.

    None where no rate is too large, or where the curvature is no finite number.
    """
    try:
        found = curvature(network, problem.Xs, problem.Ys, loss=trainer.loss_function, rule=trainer.rule)
    except ValueError:
        return None
    return found.stable_learning_rate if found.largest > 0 else None


class StableRate:
    """Measures 2 / lambda_max of what a Trainer descends on a Problem, and remembers it."""

    def __init__(self, trainer, problem):
        self._trainer, self._problem = trainer, problem
        self._version, self._rate, self._next = None, None, 0.0

    def at(self, version, *, hurried):
        """The stable rate, as `stable_rate` gives it.

        Args:
            version: of the network's parameters; while it stays, the rate does.
            hurried: whether the rate of a moment ago will do.
        """
        start = time.perf_counter()
        if version != self._version and not (hurried and start < self._next):
            self._version = version
            self._rate = stable_rate(self._trainer, self._problem, self._trainer.network)
            end = time.perf_counter()
            self._next = end + (end - start) / SHARE
        return self._rate
