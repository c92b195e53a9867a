"""Changes that several patterns suggest: another learning rate, or standardised data."""

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Suggestion
from playground.analysis.learning_rate import Stability, highest_factor, lower_rate

ORDINARY_RATE = 0.005  # where a lower one is needed, large or far inputs make the loss so steep
STANDARDISE = Suggestion({"scaling": "standard"}, "Try standardised data")


def try_rate(learning_rate: float, reason: str = "") -> Suggestion:
    """The suggestion of a learning rate."""
    return Suggestion({"learning_rate": learning_rate}, f"Try a learning rate of {learning_rate:g}", reason)


def shorter_steps(facts: Facts, stability: Stability) -> Suggestion:
    """A learning rate to train on with, or standardised data, with which it need not be tiny."""
    in_use = facts.experiment.learning_rate
    rate, reason = lower_rate(in_use, stability, highest_factor(facts.trainer.options, facts.trainer.epoch))
    tiny = rate == in_use or (rate < ORDINARY_RATE and stability.limit is not None)
    return STANDARDISE if tiny and facts.experiment.scaling == "none" else try_rate(rate, reason)
