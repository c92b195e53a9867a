"""A visit as tests open it, on plain dicts."""

from collections.abc import Callable
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


def typing_into_table(**query: str) -> Callable[..., Visit]:
    """type_in(edits) is what the visit of an address is after its table of own points has sent them."""
    visit, state, _ = open_visit(**query)
    visit.own_points.initialize_widgets()

    def type_in(key: str | None = None, **edits: Any) -> Visit:
        key = key or visit.own_points.editor.key
        state[key] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
        visit.own_points.take_edits(key)
        visit.own_points.initialize_widgets()
        return visit

    return type_in
