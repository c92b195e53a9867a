"""The visits that are open, by the ticket that their page alone knows: it asks for its film without Streamlit."""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from playground.session.visit import Visit

_visits: WeakValueDictionary[str, "Visit"] = WeakValueDictionary()


class Access:
    """How a visit is reached: by Streamlit's runs of its page, and without them.

    Attributes:
        lock: held by whatever reads or changes the visit: a callback, a part that is drawn, an answer.
        asking: held while a request of the page is answered without Streamlit.
        ticket: by which it is found; nobody can guess it. None until it is given.
        enter: has the present thread see the values of the page's widgets.
    """

    def __init__(self) -> None:
        self.lock, self.asking = threading.RLock(), threading.Lock()
        self.ticket: str | None = None
        self.enter: Callable[[], object] = lambda: None


def give_ticket(visit: "Visit", enter: Callable[[], object]) -> None:
    """Has a visit be found by a ticket; `enter` as in Access, from now on."""
    access = visit.access
    access.enter = enter
    if access.ticket is None:
        access.ticket = secrets.token_urlsafe(16)
        _visits[access.ticket] = visit


@contextmanager
def open_visit(ticket: str) -> Iterator["Visit | None"]:
    """The visit with a ticket; None if there is none, or it is answering already. Nobody else changes it meanwhile."""
    visit = _visits.get(ticket)
    if visit is None or not visit.access.asking.acquire(blocking=False):
        yield None
        return
    try:
        with visit.access.lock:
            visit.access.enter()
            yield visit
    finally:
        visit.access.asking.release()
