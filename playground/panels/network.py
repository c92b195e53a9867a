"""The network panel: the diagram with its four faces, live, and a weight or bias set by hand."""

from collections.abc import Callable

import streamlit as st

from playground.analysis.faces import face_of, numbers_in_words
from playground.components.component import network_view
from playground.components.network import network_payload, unit_payload
from playground.components.view_contract import UnitPayload
from playground.panels.network_face import face_choice
from playground.panels.network_walk import network_walk_panel
from playground.panels.text import with_minus_sign
from playground.problems.features import FEATURES
from playground.session.current import current_visit, safely, then_rerun, then_rerun_all_but_sidebar
from playground.session.selected_parameter import MAX_LIMIT
from playground.units_off import in_words


def network_panel() -> None:
    """The diagram of the network on screen; under it the selected parameter."""
    visit = current_visit()
    faces, player = visit.faces, visit.player
    faces.prepare_widgets()
    face_choice()
    walk = visit.network_walk
    way = walk.way() if walk.is_on else None
    face, now = faces.face, None
    if way is None:
        numbers = faces.numbers()
    else:
        position, stage = way.at(walk.place)
        face, now = face_of(stage), way.units_at(position)
        numbers = way.computed(faces.numbers(face), position)
    diagram = network_payload(
        player,
        _input_names(),
        visit.selected.selection,
        face,
        numbers,
        key=faces.key,
        passing=visit.face_film.numbers(),
        unit=_unit() if way is None else None,
        now=now,
        x=None if face == "weights" or (faces.is_of_step and way is None) else faces.traced.x,
        film=walk.is_film and way is not None,
        opened=faces.opened,
        numbers_in_words=""
        if player.playing
        else f"{faces.in_words} {numbers_in_words(numbers, faces.drawn, player.trainer.network.off)}".strip(),
    )
    network_view(
        diagram,
        key="network_view",
        on_select=then_rerun_all_but_sidebar(visit.selected.select),
        on_input=then_rerun_all_but_sidebar(faces.pick),
        on_turn=safely(walk.turn),
    )
    if face != "weights":
        network_walk_panel(way)
    _selectors()
    if visit.unit_switch.is_there:
        _switches()
    _setters()


def _unit() -> UnitPayload | None:
    """The selected unit, where one input goes through the network."""
    visit = current_visit()
    selection, faces, player = visit.selected.selection, visit.faces, visit.player
    if selection is None or faces.examples is None:
        return None
    return unit_payload(
        player.trainer.network, visit.network_walk.stages(), selection, faces.face, playing=player.playing
    )


def _input_names() -> list[str]:
    """The names of the network's inputs."""
    return [FEATURES[name].label for name in current_visit().player.problem.features] or ["x"]


def _selectors() -> None:
    """Selection without a mouse, and of units that the diagram leaves out."""
    visit = current_visit()
    selected, network = visit.selected, visit.player.trainer.network
    selected.set_selectors()
    layer = selected.shown.layer
    rows, columns = network.layers[layer - 1].Wb.shape
    sources = _input_names() if layer == 1 else [f"unit {unit}" for unit in range(columns - 1)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Layer",
            range(1, len(network.layers) + 1),
            key="select_layer",
            width=140,
            on_change=safely(selected.select_by_widgets),
            format_func=lambda number: "Output" if number == len(network.layers) else f"Layer {number}",
        )
        st.selectbox("Unit", range(rows), key="select_unit", on_change=safely(selected.select_by_widgets), width=110)
        st.selectbox(
            "Weight or bias",
            range(columns),
            key="select_input",
            on_change=safely(selected.select_by_widgets),
            width=170,
            format_func=lambda place: "bias b" if place == columns - 1 else f"weight of {sources[place]}",
        )


def _switches() -> None:
    """The selected unit switched off or on, and which units are off."""
    switch = current_visit().unit_switch
    unit, off = switch.unit, switch.off
    with st.container(horizontal=True, vertical_alignment="center"):
        if unit is not None:
            is_off = unit in off
            st.button(
                f"Switch {'on' if is_off else 'off'} {in_words([unit])}",
                key="switch_unit",
                icon=f":material/toggle_{'off' if is_off else 'on'}:",
                on_click=then_rerun(switch.switch),
                args=(unit, not is_off),
                help="Off, a unit passes on 0, and its weights stay as they are: on again, it is what it was. While it "
                "trains, too.",
            )
        if off:
            st.button("All units on", key="all_units_on", on_click=then_rerun(switch.all_on))
            st.caption(f"Off: {in_words(off)}.")


def _setters() -> None:
    """The selected parameter's value, to be set by number or slider."""
    visit = current_visit()
    player, selected = visit.player, visit.selected
    selected.set_setters()
    name = selected.name
    limit = selected.limit
    set_by_hand = then_rerun_all_but_sidebar(selected.set_by_hand)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            f"Set {name} by hand",
            key="hand_number",
            on_change=set_by_hand,
            args=("hand_number",),
            disabled=player.playing,
            width=220,
            help="The fit follows at once, and the run is marked as changed by hand. Pause the training first.",
        )
        if limit <= MAX_LIMIT:
            _slider(limit, set_by_hand)
        st.button(
            "Undo",
            key="undo",
            icon=":material/undo:",
            on_click=then_rerun(visit.unit_switch.undo),
            disabled=player.playing or not visit.unit_switch.can_undo,
            help="Undoes the last change by hand.",
        )


def _slider(limit: float, set_by_hand: Callable[[str], None]) -> None:
    visit = current_visit()
    st.slider(
        f"{visit.selected.name}, from {with_minus_sign(f'{-limit:g}')} to {limit:g}",
        -limit,
        limit,
        visit.selected.value,
        step=limit / 200,
        format="%.3g",
        key="hand_slider",
        on_change=set_by_hand,
        args=("hand_slider",),
        width=340,
        disabled=visit.player.playing,
    )
