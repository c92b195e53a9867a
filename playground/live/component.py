"""The live component, as Streamlit mounts it: draws the board's charts and plays the player's frames."""

from pathlib import Path

import streamlit as st

from playground.live.plotly_file import provide_plotly

_HERE = Path(__file__).parent
_ROOT = _HERE.parent.parent

_MOUNT = st.components.v2.component(
    "neural_network_playground.live",
    html=(_HERE / "live.html").read_text(encoding="utf-8").replace("PLOTLY_FILE", provide_plotly(_ROOT / "static")),
    css=(_HERE / "live.css").read_text(encoding="utf-8"),
    js=(_HERE / "live.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def live_board(payload, *, key, on_tick):
    """Mounts the board.

    Args:
        payload: from `board_payload`.
        key: of the component, and of its state.
        on_tick: called when the browser is running out of frames, with the run whose charts it has on screen.
    """

    def tick():
        on_tick(st.session_state[key].tick)

    _MOUNT(key=key, data=payload, on_tick_change=tick)
