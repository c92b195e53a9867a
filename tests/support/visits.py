"""A visit as tests open it, on plain dicts."""

from typing import Any, NamedTuple

from playground.session.visit import Visit


class Opened(NamedTuple):
    """A visit, the values of its widgets, and the query of its address."""

    visit: Visit
    state: dict[str, Any]
    query: dict[str, str]


def open_visit(**query: str) -> Opened:
    """A visit by the query of an address, whose widgets show its experiment."""
    state: dict[str, Any] = {}
    visit = Visit(query, state)
    visit.controls.initialize_widgets()
    return Opened(visit, state, query)


def trained(frames: int = 5, **query: str) -> Opened:
    """A visit that has trained some frames, and is paused."""
    opened = open_visit(**query)
    for _ in range(frames):
        opened.visit.player.train_one_frame()
    return opened
