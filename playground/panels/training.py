"""The training panel: transport, message, live board and timeline, redrawn while the rest of the page stands."""

from collections.abc import Iterable, Mapping

import streamlit as st

from playground.components.board import board_payload, kept_payload
from playground.components.component import live_board
from playground.components.routes import has_routes
from playground.panels.failure import fragment
from playground.panels.post_mortem import post_mortem_panel
from playground.panels.timeline import timeline_panel
from playground.panels.transport import message_panel, transport_panel
from playground.session.current import allow_asking, current_visit, then_rerun, then_rerun_all_but_sidebar, tick
from playground.session.open_visits import open_visit
from playground.session.visit import Visit


@fragment("The training")
def training_panel() -> None:
    """All of it, as after a click."""
    current_visit().note_around_drawn()
    with st.container(key="training"):
        transport_panel()
        message_panel()
        with st.container():  # one element, with a message or without: the board below must not be mounted again
            post_mortem_panel()
        _board()
        timeline_panel()


@fragment("The charts")
def _board() -> None:
    """What moves. While training runs, the browser's requests for more frames redraw this and nothing else."""
    visit = current_visit()
    allow_asking()
    live_board(
        _answer(visit),
        key="live",
        on_tick=tick,
        on_pause=then_rerun_all_but_sidebar(visit.pause),
        on_play=then_rerun_all_but_sidebar(visit.play),
        on_step=then_rerun_all_but_sidebar(visit.step),
        on_select=then_rerun_all_but_sidebar(visit.selected.select),
        on_point=then_rerun(visit.own_points.change_point),
    )


def first_board(query: Mapping[str, str], views: Iterable[str]) -> bytes | None:
    """What the board of a new visit shows, for the first page to draw before there is a visit.

    Args:
        query: of the address.
        views: the names of all panels.

    Returns:
        Its payload, standing still; None where the board is not the first thing on the page.
    """
    if query.keys() & {"lesson", "show", "task", "goal"}:
        return None
    visit = Visit({name: value for name, value in query.items() if name != "play"}, {})
    visit.open_views(views)
    return _payload(visit)


def film_answer(ticket: str, request: object) -> bytes | None:
    """What the board is sent when it asks for more frames without Streamlit, which would run the page for that.

    Args:
        ticket: of the visit.
        request: a Request of the browser (playground/components/contract.py), or anything else.

    Returns:
        None where there is no such visit, or it is being answered already.
    """
    with open_visit(ticket) as visit:
        if visit is None:
            return None
        visit.tick(request)
        return _answer(visit)


def _answer(visit: Visit) -> bytes:
    """The payload of a board that is sent now, with what the browser is to keep of the visit."""
    payload = _payload(visit, kept_payload(visit.number, visit.keeping.parts()))
    visit.note_charts_sent()
    return payload


def _payload(visit: Visit, kept: bytes = b"") -> bytes:
    """What the browser does not have yet of what the board shows."""
    lineage, after, origin = visit.history.continuation(visit.player)
    return board_payload(
        visit.player,
        with_figures=visit.needs_charts,
        stability=visit.stability,
        units_of=visit.units_layer.number if "units" in visit.views.names else None,
        with_measures="measures" in visit.views.names or visit.exercise.needs_measures,
        with_layers="layers" in visit.views.names,
        slopes_of=visit.selected.shown[:2],
        selected=visit.selected.selection,
        face_key=visit.faces.key if "network" in visit.views.names else None,
        lineage=lineage,
        after=-1 if visit.needs_charts else after,
        origin=origin,
        answered=visit.answered,
        kept=kept,
        ticket=visit.access.ticket if has_routes() else None,
        serial=visit.history.answers,
        is_page_due=visit.around_drawn is not None and visit.around_board != visit.around_drawn,
        may_edit="own" not in visit.controls.fixed,
    )
