"""Look inside: the panels under the charts, of which one is open, or none and then nothing is spent on them."""

import streamlit as st

from playground import state
from playground.panels.backprop import backprop_panel
from playground.panels.gradient import gradient_panel
from playground.panels.units import units_panel

PANELS = {
    "units": ("Units", units_panel),
    "backprop": ("Back-propagation", backprop_panel),
    "gradient": ("Gradient check", gradient_panel),
}


def inside_panel():
    """The choice, which the address keeps as ?view=, and the open panel."""
    state.prepare_view(PANELS)
    view = st.segmented_control(
        "Look inside", tuple(PANELS), key="view", format_func=lambda name: PANELS[name][0], on_change=state.keep_view,
        help="What each unit contributes; one step of training, number by number; whether its gradient is right.",
    )  # fmt: skip
    if view in PANELS:
        PANELS[view][1]()
