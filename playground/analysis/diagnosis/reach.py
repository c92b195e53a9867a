"""Patterns of what a network cannot reach, however long it trains: values, bends, or weights that a penalty forbids."""

import numpy as np

from playground.analysis.diagnosis.facts import POOR
from playground.analysis.diagnosis.finding import Finding, percent

RANGES = {  # of the output's activation: what it can tell
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
    "sine": (-1, 1),
    "relu": (0, np.inf),
    "elu": (-1, np.inf),
    "softplus": (0, np.inf),
    "swish": (-0.2785, np.inf),  # its minimum, at z = -1.278
}
LOST = 0.05  # of the variance of y: some points a little beyond the range, as noise puts them, are no matter
HELD = 0.5  # of the gradient of the loss: where less of it is left, the penalty takes most of it back
RISING = ("identity", "sigmoid", "tanh")  # outputs that tell one class on one side of a straight line, the other beyond


def out_of_range(facts):
    """The output's activation cannot tell the values of the targets."""
    output, Ys = facts.trainer.network.layers[-1].g, facts.Ys
    if facts.experiment.loss == "cross_entropy" or output.name not in RANGES:
        return None
    low, high = RANGES[output.name]
    nearest = Ys.clip(low, high)
    lost = facts.share(nearest)
    if not lost > LOST:
        return None
    least = facts.trainer.loss_function(nearest, Ys)
    outside = int(np.sum(nearest != Ys))
    range_ = f"from {low:g} to {high:g}" if np.isfinite(high) else f"from {low:g} up"
    return Finding(
        "out_of_range",
        "The output cannot reach the targets",
        f"The output's {output.label} tells values {range_}, and {outside:,} of {Ys.size:,} targets lie outside, so "
        f"the loss cannot fall below {least:.4g}; it is {facts.trainer.loss:.4g} now.",
        "sigmoid_output",
        {"output_activation": "identity"},
        "Try an identity output",
    )


def linear(facts):
    """Without an activation that bends, all layers together are one linear map."""
    experiment, problem = facts.experiment, facts.problem
    output = facts.trainer.network.layers[-1].g.name
    if set(experiment.activations) != {"identity"}:
        return None
    if output not in ("softmax", *(RISING if problem.classes else ("identity",))):
        return None
    X1 = np.vstack([facts.Xs, np.ones(facts.Xs.shape[1])])
    line = np.linalg.lstsq(X1.T, facts.Ys.T, rcond=None)[0].T @ X1  # the linear map with the least squared error
    if problem.classes:
        wrong, own = (float(np.mean(problem.predicted_class(A) != problem.samples[-1])) for A in (line, facts.A))
        if not min(wrong, own) > POOR + 2 * facts.noise:  # p wrong at random: neighbours differ in 2 p (1 - p)
            return None
        told = f"tells {percent(wrong)} of the points wrong, and this network {percent(own)}"
    else:
        left = facts.share(line)
        if not left - facts.noise > POOR:
            return None
        told = f"leaves {percent(left)} of the variance of y, and this network {percent(facts.left)}"
    shape = "straight line" if len(X1) == 2 else "linear function of the inputs"
    count = len(experiment.layers)
    layers = "1 hidden layer" if count == 1 else f"{count} hidden layers"
    return Finding(
        "linear",
        "The network can only be linear",
        f"With {layers} of identity units the network is a {shape}: the best one {told}.",
        "twenty_units" if problem.n_inputs == 1 else "exclusive_or",
        {"activations": ("tanh",) * len(experiment.layers)},
        "Try tanh units",
    )


def penalty(facts):
    """The penalty on the weights takes back what the loss asks for."""
    trainer, network, rule = facts.trainer, facts.trainer.network, facts.trainer.options
    if not (rule.has_penalty and facts.poor):
        return None
    pull = np.zeros_like(network.parameters)
    rule.add_penalty(network, pull)
    sum_, of_loss, of_penalty = map(np.linalg.norm, (trainer.gradient, trainer.gradient - pull, pull))
    if not (sum_ < HELD * of_loss or of_penalty > of_loss):  # at the kink of L1 the sum does not come to rest
        return None
    smaller = {name: float(f"{getattr(rule, name) / 100:.2g}") for name in ("l1", "l2") if getattr(rule, name)}
    words = [f"{name.upper()} with λ = {value:g}" for name, value in smaller.items()]
    return Finding(
        "penalty",
        "The penalty holds the weights down",
        f"The gradient of the loss has norm {of_loss:.2g} and that of the penalty, against it, {of_penalty:.2g}, while "
        f"{percent(facts.left)} of the variance of y is left to explain.",
        "l2",
        smaller,
        f"Try {' and '.join(words)}",
    )
