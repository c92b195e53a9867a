"""Given weights of the network's field: set aside while the network has other layers, in use again when they fit."""

from collections.abc import Mapping
from typing import Any

from playground.experiment import CONTROLS, Experiment
from playground.given_weights import in_words, read_given
from playground.sharing.links import left_out

MAX_REMEMBERED = 4  # starts, each of at most playground.given_weights.MAX_LENGTH characters


class GivenWeights:
    """What the field of given weights holds while it is not in use."""

    def __init__(self) -> None:
        self._aside = ""
        self._too_long: list[str] = []  # for an address; the latest last
        self._asides: dict[Experiment, str] = {}  # what was set aside while an experiment was in the address

    def note(self, experiment: Experiment) -> None:
        """Remembers what no address holds, for the browser's Back: long weights, and those that are set aside."""
        text = experiment.given
        if "given" in left_out(experiment):
            self._too_long = [*(each for each in self._too_long if each != text), text][-MAX_REMEMBERED:]
        self._asides.pop(experiment, None)
        if self._aside:
            self._asides[experiment] = self._aside
            self._asides = dict(list(self._asides.items())[-MAX_REMEMBERED:])

    def remembered(self, units: tuple[int, ...]) -> str:
        """The latest of those for a network with such layers; "" for none."""
        return next((text for text in reversed(self._too_long) if fits(text, units)), "")

    def recall(self, experiment: Experiment) -> None:
        """Sets aside what was set aside while an experiment was in the address."""
        self._aside = self._asides.get(experiment, "")

    @property
    def aside(self) -> str:
        """What is set aside; "" for nothing."""
        return self._aside

    def load(self, aside: object) -> bool:
        """Takes what a browser has kept of it, if that is a text of such a length; returns whether it is set aside."""
        is_text = isinstance(aside, str) and 0 < len(aside) <= (CONTROLS["given"].max_length or 0)
        self._aside = aside if is_text and isinstance(aside, str) else ""
        return is_text

    def fit(self, values: dict[str, Any], present: Experiment) -> str:
        """Leaves given weights out of the values where they do not fit a changed network; returns a sentence on that.

        What has just been typed is left as it is: where it does not fit, that is an error.

        Args:
            values: of all fields.
            present: the run's experiment.
        """
        text, aside = values["given"], self._aside
        units = _units(values)
        if units is None or not text:
            return ""
        if fits(text, units):
            self._aside = ""
            return "The given weights fit again: the run starts from them." if text == aside else ""
        if text != aside and not (present.given and fits(text, present.units)):
            return ""
        self._aside, values["given"] = text, ""
        if text == aside:
            return ""
        return (
            f"The given weights are for the network {in_words(present.units)}. This one is {in_words(units)}: "
            "its start is drawn until they fit again."
        )


def on_return(experiment: Experiment) -> str:
    """What is said of given weights that no address holds, when the visitor has gone back to one of them."""
    if experiment.given:
        return "No address holds these given weights: they are those that this network had last."
    return "The given weights of then are not here any more: the start is drawn."


def fits(text: str, units: tuple[int, ...]) -> bool:
    """Whether a text has the weights of a network with such layers."""
    try:
        read_given(text, units)
    except ValueError:
        return False
    return True


def refusal(text: str, present: Experiment) -> str | None:
    """Why the text of the field is not in use in the run; None if it is, or if it is empty."""
    if not text.strip():
        return None
    try:
        read_given(text, present.units)
    except ValueError as error:
        return str(error)
    return None


def _units(values: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The layers that an experiment with these values would have; None where there is no such experiment."""
    try:
        return Experiment(**{**values, "given": ""}).units
    except ValueError:
        return None
