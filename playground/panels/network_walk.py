"""What stands under the network's drawing: the sums of the selected unit, or the walk through the next step."""

from functools import partial

import streamlit as st

from playground.analysis.faces import Position, Walkthrough, curve_of, phase_of, sum_at, sums_of
from playground.analysis.walk import Stage
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.figures.activation import activation_figure
from playground.panels.text import with_minus_sign
from playground.session.current import current_visit, safely
from playground.session.network_walk import CHOICES, KEY


def network_walk_panel(way: Walkthrough | None) -> None:
    """The choice of the walk and its buttons, and what the drawing shows of it; or the sums of the selected unit.

    Args:
        way: of the walk; None while it is off.
    """
    visit = current_visit()
    if visit.player.playing:
        st.caption("Pause the training to see the sums of a unit, and to step through forward, loss, backward, update.")
        return
    _buttons(way)
    if way is not None:
        _stage(way, *way.at(visit.network_walk.place))
    elif not visit.faces.is_of_step:
        _sums()


def _buttons(way: Walkthrough | None) -> None:
    visit = current_visit()
    walk, has_keys = visit.network_walk, "backprop" not in visit.views.names
    walk.prepare_widget()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Step through forward, loss, backward, update",
            CHOICES,
            key=KEY,
            required=True,
            on_change=safely(walk.choose),
        )
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


def _sums() -> None:
    """The sums of the selected unit with the numbers plugged in, and its place on the curve of its activation."""
    visit = current_visit()
    selection, network = visit.selected.selection, visit.player.trainer.network
    if visit.faces.face == "weights" or selection is None:
        return
    stages = visit.network_walk.stages()
    lines = sums_of(stages, selection, visit.faces.face, is_bias=selection.is_bias(network))
    if not lines:
        return
    left, right = st.columns([3, 2])
    with left, st.container(key="network-sums"):
        st.code(with_minus_sign("\n".join(lines)), language=None, wrap_lines=True)
    with right:
        Z = next(m.values for stage in stages for m in stage.matrices if (m.kind, m.layer) == ("Z", selection.layer))
        g = network.layers[selection.layer - 1].g
        curve = curve_of(g, Z, selection.unit, is_off=(selection.layer, selection.unit) in network.off)
        alt = f"{g.label} as a curve, with unit {selection.unit} at Z = {curve.Z:.4g}, A = {curve.A:.4g}"
        still_chart(still_payload(partial(activation_figure, **curve._asdict()), alt), key="network_curve")
