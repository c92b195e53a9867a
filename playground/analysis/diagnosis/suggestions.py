"""Changes that several patterns suggest, and the choice of the first that helps when it is tried."""

from collections.abc import Iterable, Iterator

import numpy as np

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Suggestion
from playground.analysis.diagnosis.trial import helps
from playground.analysis.learning_rate import Stability, highest_factor, lower_rate, rate_in_use, settable_rate
from playground.experiment import CONTROLS

ORDINARY_RATE = 0.005  # where a lower one is needed, large or far data make the loss so steep
WIDE = 6.0  # the size of inputs and targets up to which ordinary weights and rates do; planes end there
MAX_TRIALS = 5
STANDARDISE = Suggestion({"scaling": "standard"}, "Try standardised data")
ENOUGH = 0.1  # of what throws a weight as far beyond 0 as it was: a penalty that leaves room


def first_that_helps(
    facts: Facts, suggestions: Iterable[Suggestion], *, on_test_set: bool = False
) -> Suggestion | None:
    """The first of the suggestions that makes the run better when it is tried; None where none of a few does.

    What does not help from the present on is tried from the start, after all others.
    """
    own = facts.experiment
    suggestions = [
        each for each in suggestions if any(getattr(own, name) != value for name, value in each.changes.items())
    ]
    later = [each.from_epoch(0) for each in suggestions if each.go_back is None and _goes_on(facts, each)]
    for suggestion in [*suggestions, *later][:MAX_TRIALS]:
        if helps(facts.player, suggestion, on_test_set=on_test_set):
            return suggestion
    return None


def _goes_on(facts: Facts, suggestion: Suggestion) -> bool:
    """Whether a change needs no start from epoch 0, and there is another moment to go back to."""
    trained = facts.trainer.epoch > 0
    return trained and all(CONTROLS[name].group == "training" for name in suggestion.changes)


def try_rate(learning_rate: float, reason: str = "") -> Suggestion:
    """The suggestion of a learning rate."""
    return Suggestion({"learning_rate": learning_rate}, f"Try a learning rate of {learning_rate:g}", reason)


def shorter_steps(facts: Facts, stability: Stability, go_back: int | None = None) -> Iterator[Suggestion]:
    """Lower learning rates to train on with, or first standardised data, with which it need not be tiny.

    Args:
        facts: of the run.
        stability: at where it is to train on.
        go_back: the recorded epoch to train on from; None for the present.
    """
    epoch = facts.trainer.epoch if go_back is None else go_back
    in_use = facts.experiment.learning_rate
    rate, reason = lower_rate(in_use, stability, highest_factor(facts.trainer.options, epoch))
    tiny = rate == in_use or (rate < ORDINARY_RATE and stability.limit is not None)
    if facts.experiment.scaling == "none" and (tiny or data_are_wide(facts)):
        yield STANDARDISE
    for lower, why in ((rate, reason), (settable_rate(rate / 10), "")):
        if lower < in_use:
            suggestion = try_rate(lower, why)
            yield suggestion if go_back is None else suggestion.from_epoch(go_back)


def data_are_wide(facts: Facts) -> bool:
    """Whether inputs or targets are so large that ordinary learning rates are too large for them."""
    Ys = 0.0 if facts.problem.classes else float(np.abs(facts.Ys).max())
    return max(float(np.abs(facts.Xs).max()), Ys) > 2 * WIDE


def after_divergence(facts: Facts, stability: Stability) -> Iterator[Suggestion]:
    """Changes after a divergence, each from a moment at which it can work: a smaller penalty, data, or steps.

    Args:
        facts: of the run.
        stability: at its best recorded epoch.
    """
    good = facts.player.recording.best.epoch
    if penalty_overshoots(facts):
        rate, multiple = rate_in_use(facts.trainer), _multiple(facts)
        l2 = float(f"{ENOUGH * 2 * multiple / rate:.1g}")
        yield Suggestion({"l2": l2}, f"Try L2 with λ = {l2:g}").from_epoch(good)
    yield from shorter_steps(facts, stability, good)
    if good:
        yield from shorter_steps(facts, stability, 0)


def penalty_overshoots(facts: Facts) -> bool:
    """Whether L2 alone makes every weight swing beyond 0, further with each step."""
    return facts.experiment.l2 * rate_in_use(facts.trainer) > 2 * _multiple(facts)


def overshoot_in_words(facts: Facts) -> str:
    """That L2 alone makes the weights diverge, in a sentence."""
    l2, rate = facts.experiment.l2, rate_in_use(facts.trainer)
    return (
        f"L2 alone makes the weights diverge: λ = {l2:g} times the learning rate {rate:g} is {l2 * rate:.3g}, and "
        f"above {2 * _multiple(facts):.3g} each step throws every weight further beyond 0 than it was."
    )


def _multiple(facts: Facts) -> float:
    bound = facts.trainer.optimizer.stability_bound()
    return np.inf if bound is None else bound.multiple
