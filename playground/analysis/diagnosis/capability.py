"""Patterns of what a network cannot learn, however long it trains: its range, its shape, or a penalty excludes it."""

import numpy as np

from playground.analysis.diagnosis.facts import UNDERFIT, Facts
from playground.analysis.diagnosis.finding import Finding, Suggestion, finding, percent, rounded, still_unexplained
from playground.analysis.diagnosis.suggestions import HIDDEN_LAYER, first_that_helps

MIN_LOST = 0.05  # of the variance of y: a few points a little beyond the range, by noise, do no harm
MIN_GRADIENT = 0.5  # of the gradient of the loss: if less of it is left, the penalty undoes most of it
STRAIGHT_OUTPUTS = ("identity", "sigmoid", "tanh")  # that separate two classes along a straight line


def out_of_range(facts: Facts) -> Finding | None:
    """The output's activation excludes values of the targets."""
    output, Ys = facts.trainer.network.layers[-1].g, facts.Ys
    low, high = output.range
    if facts.experiment.loss == "cross_entropy" or not np.isfinite([low, high]).any():
        return None
    nearest = Ys.clip(low, high)
    if not facts.unexplained_by(nearest) > MIN_LOST:
        return None
    lowest_loss = facts.trainer.loss_function(nearest, Ys)
    outside = int(np.sum(nearest != Ys))
    range_ = f"from {low:.4g} to {high:g}" if np.isfinite(high) else f"from {low:.4g} up"
    return finding(
        "out_of_range",
        "The output cannot reach the targets",
        f"The output's {output.label} has values {range_}, but {outside:,} of {Ys.size:,} targets lie outside. So the "
        f"loss cannot fall below {rounded(lowest_loss, 4)}; it is {rounded(facts.trainer.loss, 4)} now.",
        "sigmoid_output",
        first_that_helps(facts, [Suggestion({"output_activation": "identity"}, "Try an identity output")]),
    )


def linear(facts: Facts) -> Finding | None:
    """Without a hidden layer, or a curved activation in one, the network is one linear map."""
    experiment, problem = facts.experiment, facts.problem
    output = facts.trainer.network.layers[-1].g.name
    if set(experiment.activations) - {"identity"}:
        return None
    if output not in ("softmax", *(STRAIGHT_OUTPUTS if problem.classes else ("identity",))):
        return None
    X1 = np.vstack([facts.Xs, np.ones(facts.Xs.shape[1])])
    best = np.linalg.lstsq(X1.T, facts.Ys.T, rcond=None)[0].T @ X1  # the linear map with the least squared error
    if problem.classes:
        wrong, wrong_here = (np.mean(problem.predicted_class(A) != problem.samples[-1]) for A in (best, facts.A))
        if not min(wrong, wrong_here) > UNDERFIT + 2 * facts.noise:  # p wrong at random: neighbours differ in 2 p (1-p)
            return None
        errors = f"misclassifies {percent(wrong)} of the points, and this network {percent(wrong_here)}"
    else:
        unexplained = facts.unexplained_by(best)
        if not unexplained - facts.noise > UNDERFIT:
            return None
        here = percent(facts.unexplained) if facts.unexplained <= 1 else "more than a constant would"
        errors = f"leaves {percent(unexplained)} of the variance of y unexplained, and this network {here}"
    can_only = "be a straight line" if len(X1) == 2 else "be a linear function of the inputs"
    if problem.classes:
        can_only = "separate classes by linear functions of the inputs"
    count = len(experiment.layers)
    if count:
        because = f"With {count} hidden layer{'s' * (count > 1)} of identity units"
        suggestion = Suggestion({"activations": ("tanh",) * count}, "Try tanh units")
    else:
        because, suggestion = "Without a hidden layer", HIDDEN_LAYER
    return finding(
        "linear",
        "The network can only be linear",
        f"{because} the network can only {can_only}: the best {errors}.",
        "twenty_units" if problem.n_inputs == 1 else "exclusive_or",
        first_that_helps(facts, [suggestion]),
    )


def penalty(facts: Facts) -> Finding | None:
    """The penalty on the weights cancels most of the gradient of the loss."""
    trainer, network, options = facts.trainer, facts.trainer.network, facts.trainer.options
    if not (options.has_penalty and facts.underfits):
        return None
    pull = np.zeros_like(network.parameters)
    options.add_penalty(network, pull)
    gradient = trainer.gradient
    of_both, of_loss, of_penalty = (float(np.linalg.norm(v)) for v in (gradient, gradient - pull, pull))
    if not (of_both < MIN_GRADIENT * of_loss or of_penalty > of_loss):  # at the kink of L1 the sum does not settle at 0
        return None
    smaller = {name: float(f"{getattr(options, name) / 100:.2g}") for name in ("l1", "l2") if getattr(options, name)}
    penalties = " and ".join(f"{name.upper()} with λ = {value:g}" for name, value in smaller.items())
    return finding(
        "penalty",
        "The penalty holds the weights down",
        f"The gradient of the loss has norm {rounded(of_loss, 2)}, and that of the penalty, against it, "
        f"{rounded(of_penalty, 2)}, while {still_unexplained(facts.unexplained)}.",
        "l2",
        first_that_helps(facts, [Suggestion(smaller, f"Try {penalties}")]),
    )
