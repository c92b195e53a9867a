"""Changes that several patterns suggest, and the choice of the first that helps when it is tried."""

from collections.abc import Iterable, Iterator

import numpy as np

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Suggestion
from playground.analysis.diagnosis.trial import helps
from playground.analysis.learning_rate import Stability, highest_factor, lower_rate, settable_rate
from playground.experiment import CONTROLS
from playground.player.messages import finished

ORDINARY_RATE = 0.005  # where a lower one is needed, large or far data make the loss so steep
WIDE = 6.0  # the size of inputs and targets up to which ordinary weights and rates do; planes end there
MAX_TRIALS = 5
STANDARDISE = Suggestion({"scaling": "standard"}, "Try standardised data")
HIDDEN_LAYER = Suggestion(
    {"layers": (20,), "activations": ("tanh",), "initializer": "xavier"}, "Try a hidden layer of 20 tanh units"
)


def first_that_helps(
    facts: Facts, suggestions: Iterable[Suggestion], *, on_test_set: bool = False
) -> Suggestion | None:
    """The first of the suggestions that makes the run better when it is tried; None where none of a few does.

    What does not help from the present on is tried from the start, after all others; in its turn where the run is over.
    """
    own = facts.experiment
    suggestions = [
        each for each in suggestions if any(getattr(own, name) != value for name, value in each.changes.items())
    ]
    if finished(facts.trainer, own) is not None:  # nothing goes on from here
        suggestions = [each.from_epoch(0) if _goes_on(facts, each) else each for each in suggestions]
    later = [each.from_epoch(0) for each in suggestions if _goes_on(facts, each)]
    for suggestion in [*suggestions, *later][:MAX_TRIALS]:
        if helps(facts.player, suggestion, on_test_set=on_test_set):
            return suggestion
    return None


def _goes_on(facts: Facts, suggestion: Suggestion) -> bool:
    """Whether a change is to go on from the present, and there is another moment to go back to."""
    trained = facts.trainer.epoch > 0 and suggestion.go_back is None
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
