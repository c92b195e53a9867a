"""What stands under the network's drawing: the walk through the next step."""

import streamlit as st

from playground.analysis.faces import Position, Walkthrough, phase_of, sum_at
from playground.analysis.walk import Stage
from playground.panels.text import with_minus_sign
from playground.session.current import current_visit, safely, then_rerun_all_but_sidebar
from playground.session.network_walk import CHOICES, KEY


def network_walk_panel(way: Walkthrough | None) -> None:
    """The choice of the walk and its buttons, and what the drawing shows of it.

    Args:
        way: of the walk; None while it is off.
    """
    _buttons(way)
    if way is not None:
        _stage(way, *way.at(current_visit().network_walk.place))


def _buttons(way: Walkthrough | None) -> None:
    visit = current_visit()
    walk, has_keys = visit.network_walk, "backprop" not in visit.views.names
    is_playing = visit.player.playing
    walk.prepare_widget()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Step through forward, loss, backward, update",
            CHOICES,
            key=KEY,
            required=True,
            on_change=then_rerun_all_but_sidebar(walk.choose) if is_playing else safely(walk.choose),
            help="One number after another, in the order of a step, with its equation and our own code.",
        )
        if is_playing:
            st.caption("Choosing one pauses the training.", width="content")
        if way is None:
            return
        place, last = min(walk.place, len(way.positions) - 1), len(way.positions) - 1
        st.button(
            "Back",
            key="network_walk_back",
            icon=":material/arrow_back:",
            shortcut="Left" if has_keys else None,
            disabled=place == 0,
            on_click=safely(walk.turn),
            args=(-1,),
        )
        st.button(
            "Next",
            key="network_walk_next",
            icon=":material/arrow_forward:",
            shortcut="Right" if has_keys else None,
            disabled=place == last,
            on_click=safely(walk.turn),
            args=(1,),
        )
        st.button(
            "Stop the film" if walk.is_film else "As a film",
            key="network_walk_film",
            icon=":material/stop:" if walk.is_film else ":material/movie:",
            shortcut="F",
            on_click=safely(walk.play_film),
        )


def _stage(way: Walkthrough, position: Position, stage: Stage) -> None:
    """The stage on screen: what it computes, by which equation and which lines of our own."""
    visit = current_visit()
    place = min(visit.network_walk.place, len(way.positions) - 1)
    with st.container(key="network-walk-stage"):
        unit = "" if position.unit is None else f" · unit {position.unit}"
        st.markdown(f"**{place + 1} of {len(way.positions)} · {phase_of(stage).capitalize()} · {stage.name}{unit}**")
    left, right = st.columns(2)
    with left:
        st.latex(stage.equation)
        if position.unit is not None:
            st.code(with_minus_sign(sum_at(stage, position.unit)), language=None, wrap_lines=True)
        st.markdown(stage.why)
        if place == len(way.positions) - 1 and phase_of(stage) == "forward":
            st.markdown("No target is known for this input, so there is no loss to go back from. Choose an example.")
    with right:
        st.code(stage.source, language="python", wrap_lines=True)
