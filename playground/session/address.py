"""The address of the page: the experiment that it opens, and the experiment that it keeps."""

from collections.abc import Mapping

from playground.experiment import CONTROLS, Experiment
from playground.lessons import LESSONS
from playground.player import Player
from playground.sharing.links import from_query, to_query


def player_from(query: Mapping[str, str]) -> tuple[Player, list[str]]:
    """The player of the experiment that an address describes, or else of its lesson's; and what is invalid in it."""
    lesson = LESSONS.get(query.get("lesson", ""))
    if lesson is not None and not query.keys() & CONTROLS.keys():
        return Player(lesson.experiment.start()), []
    start, errors = from_query(query)
    if lesson is not None and start.experiment == Experiment():
        start = lesson.experiment.start()
    return Player(start), errors


def query_of(experiment: Experiment, query: Mapping[str, str]) -> dict[str, str]:
    """The query with which the address describes an experiment; whatever else it says, it goes on saying."""
    return to_query(experiment) | {name: value for name, value in query.items() if name not in CONTROLS}
