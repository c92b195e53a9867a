"""The components, as Streamlit mounts them: the board, which plays the frames, and what stands around it."""

from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

import streamlit as st

from playground.components.assets import STATIC, component_asset, html_of
from playground.components.contract import Selection
from playground.components.plotly_file import provide_plotly
from playground.components.routes import has_routes
from playground.components.sources import read, script
from playground.components.view_contract import (
    DiagramPayload,
    ExercisePayload,
    LayersPayload,
    MapsPayload,
    MeasuresPayload,
    StillPayload,
    UnitsPayload,
)

Point: TypeAlias = list[float]  # [x, y], or [x1, x2, y] on a plane
OnRequest: TypeAlias = Callable[[object], object]  # with a Request, or whatever the browser sent
OnSelect: TypeAlias = Callable[[Selection], object]
OnPoint: TypeAlias = Callable[[dict[str, Point | None]], object]

LOADER = """\
const script = new URL({address!r}, document.baseURI);
export default async (mounting) => {{
  const module = await import(script).catch((error) => {{
    mounting.parentElement.textContent = `This part did not come: ${{error.message}}. Reload the page to try again.`;
  }});
  return module?.default(mounting);
}};
"""


def _component(name: str) -> Callable[..., Any]:
    """A component by the name of its folder, which holds its HTML, CSS and entry script.

    Streamlit repeats what it is given here in every message to the browser.
    """
    if has_routes():
        parts = {"js": LOADER.format(address=component_asset(name).address)}
    else:
        parts = {
            "html": _html(name),
            "css": read(f"{name}/{name}.css"),
            "js": script(f"{name}/{name}.js"),
        }
    return st.components.v2.component(f"neural_network_playground.{name}", isolate_styles=False, **parts)


def _html(name: str) -> str:
    """The HTML of a component, with the address of Plotly's script in Streamlit's static folder, or why it has none."""
    try:
        return html_of(name, f"app/static/{provide_plotly(STATIC)}")
    except OSError as error:
        reason = f"the server cannot put Plotly's script into its folder static/ ({error.strerror or error})"
        return html_of(name, "").replace('data-plotly=""', f'data-no-plotly="{escape(reason, quote=True)}"')


_BOARD, _RACE, _NETWORK, _UNITS, _MAPS = map(_component, ("board", "race", "network", "units", "maps"))
_MEASURES, _LAYERS, _STILL = map(_component, ("measures", "layers", "still"))
_COPY, _KEEPER, _EXERCISE = map(_component, ("copy", "keeper", "exercise"))


def _taking(key: str, name: str, take: Callable[[Any], object]) -> Callable[[], None]:
    """A callback that takes what a component has sent by a name; nothing where the component is gone by now."""

    def call() -> None:
        try:
            sent = st.session_state[key]
        except KeyError:
            return
        take(sent.get(name))

    return call


def live_board(
    payload: bytes,
    *,
    key: str,
    on_tick: OnRequest,
    on_pause: OnRequest,
    on_play: OnRequest,
    on_step: OnRequest,
    on_select: OnSelect,
    on_point: OnPoint,
) -> None:
    """Mounts the board.

    Args:
        payload: from `board_payload`.
        key: of the component, and of its state.
        on_tick: called when the browser is running out of frames, and when it has shown the last one of a run.
        on_pause, on_step: called when the visitor pauses or steps while frames are shown.
        on_play: called when the visitor has paused or stepped so, and goes on before that is answered.
        on_select: called with what the visitor selected.
        on_point: called with a point that the visitor put, moved or removed: {"from", "to"}, None for no point.
    """
    _BOARD(
        key=key,
        data=payload,
        on_tick_change=_taking(key, "tick", on_tick),
        on_pause_change=_taking(key, "pause", on_pause),
        on_play_change=_taking(key, "play", on_play),
        on_step_change=_taking(key, "step", on_step),
        on_select_change=_taking(key, "select", on_select),
        on_points_change=_taking(key, "points", on_point),
    )


def network_view(
    diagram: DiagramPayload,
    *,
    key: str,
    on_select: OnSelect,
    on_input: Callable[[object], object],
    on_turn: Callable[[object], object],
) -> None:
    """Mounts the network's diagram.

    Args:
        diagram: from `network_payload`.
        key: of the component.
        on_select: as in `live_board`.
        on_input: called with what the browser sends for a click on the fit or the plane: the inputs there.
        on_turn: called with 1 when a film of the walk goes on.
    """
    _NETWORK(
        key=key,
        data=diagram,
        on_select_change=_taking(key, "select", on_select),
        on_input_change=_taking(key, "input", on_input),
        on_turn_change=_taking(key, "turn", on_turn),
    )


def units_view(payload: UnitsPayload, *, key: str, on_select: OnSelect) -> None:
    """Mounts the contributions of the units to a curve; `on_select` as in `live_board`."""
    _UNITS(key=key, data=payload, on_select_change=_taking(key, "select", on_select))


def maps_view(payload: MapsPayload, *, key: str, on_select: OnSelect) -> None:
    """Mounts the maps of a layer's units; `on_select` as in `live_board`."""
    _MAPS(key=key, data=payload, on_select_change=_taking(key, "select", on_select))


def measures_view(payload: MeasuresPayload, *, key: str) -> None:
    """Mounts the table of measures."""
    _MEASURES(key=key, data=payload)


def layers_view(payload: LayersPayload, *, key: str) -> None:
    """Mounts the charts of the layers."""
    _LAYERS(key=key, data=payload)


def still_chart(payload: StillPayload, *, key: str, on_point: Callable[[object], object] | None = None) -> None:
    """Mounts a chart that stands still.

    Args:
        payload: from `still_payload`.
        key: of the component.
        on_point: called with what the browser sends for a click: the number of the point in its trace. Only a clickable
            chart sends any.
    """
    on_point_change = None if on_point is None else _taking(key, "point", on_point)
    _STILL(key=key, data=payload, height=payload["height"], on_point_change=on_point_change)


def exercise_view(payload: ExercisePayload, *, key: str) -> None:
    """Mounts the task and the goal of an exercise."""
    _EXERCISE(key=key, data=payload)


def copy_link(*, key: str) -> None:
    """Mounts the button that copies the page's address."""
    _COPY(key=key)


def keeper(
    visit: int,
    *,
    key: str,
    on_hello: Callable[[object], object],
    on_unkept: Callable[[object], object],
    on_forgotten: Callable[[], object],
) -> object:
    """Mounts what keeps the visit in the browser's tab.

    Args:
        visit: its number.
        key: of the component.
        on_hello: called when the connection was lost and is back, if the session is still the same: with {"moved":
            whether the visitor went back or forward meanwhile}.
        on_unkept: called with why the tab cannot keep the visit, "blocked" or "full", and with "" once it can.
        on_forgotten: called when the visitor's progress was forgotten in another tab.

    Returns:
        What the tab has kept of another visit, or whatever the browser sent, in the run for which it was sent.
    """
    return _KEEPER(
        key=key,
        data={"visit": visit},
        on_kept_change=_nothing,
        on_hello_change=_taking(key, "hello", on_hello),
        on_unkept_change=_taking(key, "unkept", on_unkept),
        on_forgotten_change=on_forgotten,
    ).kept


def _nothing() -> None:
    """What is to be done with what was kept is done as the page is drawn: a new session calls nothing back."""


def race_view(payload: bytes, *, key: str, on_tick: OnRequest) -> None:
    """Mounts a race, from `race_payload`; `on_tick` as in `live_board`."""
    _RACE(key=key, data=payload, on_tick_change=_taking(key, "tick", on_tick))
