"""Ways on after a divergence: a smaller penalty, standardised data or shorter steps, or several of them at once."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Suggestion, listed, rounded
from playground.analysis.diagnosis.suggestions import data_are_wide, first_that_helps, shorter_steps
from playground.analysis.diagnosis.trial import stays_finite
from playground.analysis.learning_rate import Stability, rate_in_use, settable_rate
from playground.experiment import CONTROLS

ENOUGH = 0.1  # of what throws a weight as far beyond 0 as it was: a penalty that leaves room
CALM_RATES = 0.1, 1e-2, 1e-3, 1e-4, 1e-6  # of the learning rate that is set
CALM_PENALTY = 0.01


def way_on(facts: Facts, stability: Stability) -> Suggestion:
    """What to do after a divergence: the first change that helps, or else the first with which it does not diverge.

    Args:
        facts: of the run.
        stability: at its best recorded epoch.
    """
    good = facts.player.recording.best.epoch
    found = first_that_helps(facts, _single_changes(facts, stability, good))
    calm = (each for each in _calmer(facts) if stays_finite(facts.player, each))
    return found or next(calm, Suggestion({}, f"Go back to epoch {good:,}", go_back=good))


def _single_changes(facts: Facts, stability: Stability, good: int) -> Iterator[Suggestion]:
    """One change at a time, each from a moment at which it can work: the best recorded epoch, or the start."""
    if penalty_overshoots(facts):
        rate, multiple = rate_in_use(facts.trainer), _multiple(facts)
        l2 = float(f"{ENOUGH * 2 * multiple / rate:.1g}")
        yield Suggestion({"l2": l2}, f"Try L2 with λ = {l2:g}").from_epoch(good)
    yield from shorter_steps(facts, stability, good)
    if good:
        yield from shorter_steps(facts, stability, 0)


def _calmer(facts: Facts) -> Iterator[Suggestion]:
    """Several changes at once, from the start: all that may have made it diverge, with ever shorter steps.

    Given weights stay where one of these is enough; where none is, the start is drawn.
    """
    own = facts.experiment
    yield from _shorter_and_shorter(facts, {}, [])
    if own.given:
        yield from _shorter_and_shorter(facts, {"given": ""}, ["a drawn start"])


def _shorter_and_shorter(facts: Facts, first: dict[str, Any], first_words: list[str]) -> Iterator[Suggestion]:
    own = facts.experiment
    calm = first | {name: CALM_PENALTY for name in ("l2", "l1") if getattr(own, name) > CALM_PENALTY}
    words = first_words + [f"{name.upper()} with λ = {calm[name]:g}" for name in ("l2", "l1") if name in calm]
    if own.scale > 1:
        calm["scale"] = 1.0
        words.append("initial weights of scale 1")
    if own.scaling == "none" and data_are_wide(facts):
        calm["scaling"] = "standard"
        words.append("standardised data")
    for share in CALM_RATES:
        rate = settable_rate(share * own.learning_rate)
        changes = calm | ({"learning_rate": rate} if rate < own.learning_rate else {})
        parts = [*words, f"a learning rate of {rate:g}"] if "learning_rate" in changes else words
        if changes:
            suggestion = Suggestion(changes, f"Try {listed(parts)}")
            restarts = any(CONTROLS[name].restarts for name in changes)
            yield suggestion if restarts else suggestion.from_epoch(0)


def penalty_overshoots(facts: Facts) -> bool:
    """Whether L2 alone makes every weight swing beyond 0, further with each step."""
    return facts.experiment.l2 * rate_in_use(facts.trainer) > 2 * _multiple(facts)


def overshoot_in_words(facts: Facts) -> str:
    """That L2 alone makes the weights diverge, in a sentence."""
    l2, rate = facts.experiment.l2, rate_in_use(facts.trainer)
    return (
        f"L2 alone makes the weights diverge: λ = {l2:g} times the learning rate {rate:g} is "
        f"{rounded(l2 * rate, 3)}, and above {rounded(2 * _multiple(facts), 3)} each step throws every weight "
        "further beyond 0 than it was."
    )


def _multiple(facts: Facts) -> float:
    bound = facts.trainer.optimizer.stability_bound()
    return np.inf if bound is None else bound.multiple
