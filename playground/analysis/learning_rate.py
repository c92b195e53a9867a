"""The stable learning rate of a run as it goes, measured no oftener than training can spare."""

import time

from nn import curvature

SHARE = 0.05  # of the time: what measuring may take while it trains


def bound(optimizer):
    """Up to which learning rate an Optimizer is stable, as a multiple of 2 / lambda_max, and that in words.

    The bound of full batches on a quadratic; the multiple is None where no such bound is known. Along an eigenvector
    with curvature lambda the distances w from the minimum follow one another linearly, with a = learning_rate lambda:

        gradient descent  w_t+1 = (1 - a) w_t
        momentum          w_t+1 = (1 + mu - a) w_t - mu w_t-1
        Nesterov          w_t+1 = (1 + mu) (1 - a) w_t - mu (1 - a) w_t-1

    and shrink while all roots of the characteristic polynomial lie within the unit circle: up to a = 2, 2 (1 + mu) and
    2 (1 + mu) / (1 + 2 mu) (Polyak 1964; Cohen et al. 2021, arXiv 2103.00065, section 2).
    """
    mu = optimizer.hyperparameters.get("momentum", 0.0)
    bounds = {
        "gradient_descent": (1.0, "2 / λmax", "plain gradient descent"),
        "momentum": (1 + mu, "2 (1 + μ) / λmax", f"gradient descent with momentum μ = {mu:g}"),
        "nesterov": ((1 + mu) / (1 + 2 * mu), "2 (1 + μ) / ((1 + 2 μ) λmax)", f"Nesterov momentum with μ = {mu:g}"),
    }
    if optimizer.name not in bounds:
        return None, f"Of {optimizer.label}, no stable learning rate is known that follows from λmax"
    multiple, formula, name = bounds[optimizer.name]
    return multiple, f"{formula}: up to here, {name} is stable at these weights"


def stable_rate(trainer, problem, network):
    """The largest learning rate with which plain gradient descent of what a Trainer descends is stable at a network.

    None where no rate is too large, or where the curvature is no finite number.
    """
    try:
        found = curvature(network, problem.Xs, problem.Ys, loss=trainer.loss_function, options=trainer.options)
    except ValueError:
        return None
    return found.stable_learning_rate if found.lambda_max > 0 else None


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
