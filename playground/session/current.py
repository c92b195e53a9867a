"""The visit in Streamlit: where it is kept, what is drawn again after a callback, and whether it is framed."""

import logging
import threading
from collections.abc import Callable, Iterable, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, ParamSpec, cast

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from playground.experiment import Experiment
from playground.session.address import query_of
from playground.session.open_visits import give_ticket
from playground.session.visit import Visit

LOG = logging.getLogger(__name__)
KEY = "visit"
FAILED = "That did not work, by a fault of this page, which the server's log has. The run is kept; you can go on."
MENUS, MAIN = "menus", "main"  # the fragments of all but the sidebar

Arguments = ParamSpec("Arguments")


def current_visit() -> Visit:
    """The visitor's Visit, made of the page's address when it opens."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Visit(st.query_params, cast(MutableMapping[str, Any], st.session_state))
    visit: Visit = st.session_state[KEY]
    return visit


def allow_asking() -> None:
    """Has the page ask for its film by a ticket from now on, with its widgets as they are when it asks."""
    context = get_script_run_ctx()
    give_ticket(current_visit(), lambda: add_script_run_ctx(threading.current_thread(), context))


def prepare_page(views: Iterable[str]) -> None:
    """Brings the visit up to date, before the page is drawn.

    Args:
        views: the names of all panels.
    """
    is_new = KEY not in st.session_state
    visit = current_visit()
    visit.controls.initialize_widgets()
    if is_new:
        visit.open_views(views)
    elif visit.keeping.take_moved() or _is_history_navigation():
        visit.follow_history(views)


def prepare_main() -> None:
    """Brings the visit up to date, before the lesson, the training and the panels are drawn."""
    current_visit().check_goals()


def keep_address() -> None:
    """Keeps the experiment in the address, so that its link is the link to this page.

    What the browser said of its address may be older than what it was given last.
    """
    visit = current_visit()
    lasting = visit.controls.back.lasting
    query = query_of(lasting, st.query_params)
    visit.controls.given.note(lasting)
    if query != st.query_params.to_dict() or query != visit.address:
        st.query_params.from_dict(query)
        visit.address = query


def otherwise(
    answer: Callable[[], None], words: str
) -> Callable[[Callable[Arguments, None]], Callable[Arguments, None]]:
    """A decorator: where a function fails, of whatever kind, that is logged in words and answered.

    An error that escapes would replace the whole page.
    """

    def decorate(function: Callable[Arguments, None]) -> Callable[Arguments, None]:
        @wraps(function)
        def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
            with _alone():
                try:
                    function(*args, **kwargs)
                except Exception:
                    LOG.exception("%s", words)
                    answer()

        return call

    return decorate


def _alone() -> AbstractContextManager[object]:
    """Nobody else looks at the visit or changes it within; see Access."""
    visit: Visit | None = st.session_state.get(KEY)
    return visit.access.lock if visit is not None else nullcontext()


def safely(callback: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The callback of a widget; if it fails, the visitor is told in words, and the page goes on."""
    return otherwise(lambda: current_visit().controls.reject(FAILED), "A callback failed")(callback)


def start_afresh() -> None:
    """Forgets all of the visit: the page then opens as for a new visitor."""
    st.query_params.clear()
    st.session_state.clear()
    current_visit().taking_up.decline()


def then_rerun(callback: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The callback of a widget in a fragment, after which the whole page is drawn again: the experiment may change."""
    return _then(callback, "app")


def then_rerun_all_but_sidebar(callback: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The same for a callback that mostly leaves the experiment as it is; then the sidebar need not be drawn again.

    Without our server a click may arrive together with a request for more frames; Streamlit then draws the whole page.
    """
    return _then(callback, _all_but_sidebar())


def _all_but_sidebar() -> list[str]:
    return [MAIN] if is_embedded() else [MENUS, MAIN]


def _then(callback: Callable[Arguments, None], scope: str | list[str]) -> Callable[Arguments, None]:
    @wraps(callback)
    def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        before = _experiments()
        safely(callback)(*args, **kwargs)
        st.rerun(scope if _experiments() == before else "app")

    return call


def _experiments() -> tuple[Experiment, Experiment]:
    """What the sidebar shows, and what the address keeps."""
    controls = current_visit().controls
    return controls.player.experiment, controls.back.lasting


def tick(request: object) -> None:
    """The browser asks for more frames; see Visit.tick. When more than they change, all but the sidebar is redrawn."""
    visit = current_visit()
    safely(visit.tick)(request)
    if visit.around_board != visit.around_drawn:
        st.rerun(_all_but_sidebar())


def tick_race(request: object) -> None:
    """The browser asks for more frames of the race; see RaceControls.tick. When it ends, its buttons are redrawn."""
    race = current_visit().race
    was_playing = race.playing
    safely(race.tick)(request)
    if race.playing != was_playing:
        st.rerun(_all_but_sidebar())


def _is_history_navigation() -> bool:
    """Whether the page is drawn because the visitor went back or forward in the browser's history."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def page_address() -> str:
    """The address of the page in the visitor's browser, with a slash at its end and without its query."""
    return f"{(st.context.url or '').partition('?')[0].rstrip('/')}/"


def is_embedded() -> bool:
    """Whether the address asks for the charts and the transport alone, for a page that frames this one."""
    return bool(st.context.is_embedded)
