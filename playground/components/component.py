"""The live components, as Streamlit mounts them: the board, which plays the frames, and views that show them too."""

import streamlit as st

from playground.components.plotly_file import provide_plotly
from playground.components.sources import BOARD, FOLDER, RACE, read, script

_PLOTLY = provide_plotly(FOLDER.parent.parent / "static")


def _component(name, *scripts):
    return st.components.v2.component(
        f"neural_network_playground.{name}",
        html=read(f"{name}.html").replace("PLOTLY_FILE", _PLOTLY),
        css=read(f"{name}.css"),
        js=script(*scripts),
        isolate_styles=False,
    )


_LIVE = _component("live", *BOARD)
_RACE = _component("race", *RACE)
_NETWORK, _UNITS, _MAPS, _COPY = (_component(name, f"{name}.js") for name in ("network", "units", "maps", "copy"))


def live_board(payload, *, key, on_tick, on_select, on_point):
    """Mounts the board.

    Args:
        payload: from `board_payload`.
        key: of the component, and of its state.
        on_tick: called when the browser is running out of frames, with the run whose charts it has on screen.
        on_point: called with an own point that was put, moved or removed: {"from", "to"}, each [x, y] or None.
        on_select: called with what the visitor selected, as [layer, unit, input]; the input after the last is the bias.
    """
    _LIVE(
        key=key,
        data=payload,
        on_tick_change=lambda: on_tick(st.session_state[key].tick),
        on_select_change=lambda: on_select(st.session_state[key].select),
        on_points_change=lambda: on_point(st.session_state[key].points),
    )


def network_view(diagram, *, key, on_select):
    """Mounts the network's diagram, from `network_diagram`; `on_select` as in `live_board`."""
    _NETWORK(key=key, data=diagram, on_select_change=lambda: on_select(st.session_state[key].select))


def units_view(figures, *, key, on_select):
    """Mounts the contributions of the units, from `units_figures`; `on_select` as in `live_board`."""
    _UNITS(key=key, data=figures, on_select_change=lambda: on_select(st.session_state[key].select))


def maps_view(figures, *, key, on_select):
    """Mounts the maps of the units of a layer, from `unit_maps_figure`; `on_select` as in `live_board`."""
    _MAPS(key=key, data=figures, on_select_change=lambda: on_select(st.session_state[key].select))


def copy_link(*, key):
    """Mounts the button that copies the page's address."""
    _COPY(key=key)


def race_view(payload, *, key, on_tick):
    """Mounts a race, from `race_payload`; `on_tick` is called when the browser is running out of frames."""
    _RACE(key=key, data=payload, on_tick_change=on_tick)
