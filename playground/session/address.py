"""The address of the page: the experiment that it opens, what it cannot use, and the experiment that it keeps."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from playground.experiment import CONTROLS, Experiment
from playground.lessons import LESSONS
from playground.player import Player
from playground.session.given_weights import GivenWeights
from playground.sharing.address_names import MAX_NAMED, MAX_QUOTED, sentences_on, unknown_names
from playground.sharing.links import LEFT_OUT, OpenedLink, from_query, left_out, to_query

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")  # whether the page plays at once


def opened_by(query: Mapping[str, str]) -> OpenedLink:
    """What an address opens: the experiment that it describes, or else its lesson's; and what is invalid in it."""
    lesson = LESSONS.get(query.get("lesson", ""))
    if lesson is not None and not query.keys() & CONTROLS.keys():
        return OpenedLink(lesson.experiment.start(), [])
    start, errors = from_query(query)
    if lesson is not None and start.experiment == Experiment():
        start = lesson.experiment.start()
    return OpenedLink(start, errors)


def player_from(query: Mapping[str, str]) -> tuple[Player, list[str]]:
    """The player of what an address opens; and what is invalid in it."""
    start, errors = opened_by(query)
    return Player(start), errors


def gone_back_to(query: Mapping[str, str], own: str | None, given: GivenWeights) -> Experiment:
    """The experiment of an address that the visitor has gone back to, with what is too long for the address.

    Args:
        query: of the address.
        own: the latest own points that no address holds; None for none.
        given: the given weights that no address holds, of which the latest that fit are taken.
    """
    experiment = opened_by(query).start.experiment
    if query.get("own") == LEFT_OUT and own is not None:
        experiment = experiment.changed(own=own)
    if query.get("given") == LEFT_OUT:
        experiment = experiment.changed(given=given.remembered(experiment.units))
    return experiment


@runtime_checkable
class _Repeating(Protocol):
    """A query that can have a name more than once, as st.query_params."""

    def get_all(self, key: str) -> list[str]: ...


def plays_at_once(query: Mapping[str, str]) -> tuple[bool, list[str]]:
    """Whether the address asks for training at once; and a sentence if what it says is neither yes nor no."""
    said = query.get("play", "").strip().lower()
    if said in (*YES, *NO):
        return said in YES, []
    return False, [f"play must be 1 or 0, not {said[:MAX_QUOTED]!r}. Used instead: 0."]


def unused_names(query: Mapping[str, str]) -> list[str]:
    """A sentence on each name in the address that means nothing here, or that stands there more than once."""
    sentences = sentences_on(unknown_names(query))
    if isinstance(query, _Repeating):
        repeated = [name for name in query if len(set(query.get_all(name))) > 1]
        for name in repeated[:MAX_NAMED]:
            last = query[name]
            sentences.append(f"{name[:MAX_QUOTED]} is there more than once. Used: {last[:MAX_QUOTED]!r}, the last.")
    return sentences


def query_of(experiment: Experiment, query: Mapping[str, str]) -> dict[str, str]:
    """The query with which the address describes an experiment; whatever else the query says stays.

    Where a text is too long for it, the query says so; opened elsewhere, the page then says that something is missing.
    """
    unused = {"own"} if experiment.target != "points" else set()
    missing = {name: LEFT_OUT for name in left_out(experiment) if name not in unused}
    return to_query(experiment) | missing | {name: value for name, value in query.items() if name not in CONTROLS}
