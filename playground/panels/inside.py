"""Look inside: the panels under the charts. Any of them can be open; on a closed one nothing is spent."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from playground.panels.backprop import backprop_panel
from playground.panels.compare import compare_panel
from playground.panels.gradient import gradient_panel
from playground.panels.landscape import landscape_panel
from playground.panels.network import network_panel
from playground.panels.race import race_panel
from playground.panels.sweep import sweep_panel
from playground.panels.units import units_panel
from playground.session import views, visitor


class Panel(NamedTuple):
    """A panel: what it is called, what draws it, and whether it moves while training runs."""

    label: str
    draw: Callable
    live: bool


PANELS = {
    "network": Panel("Network", network_panel, live=True),
    "units": Panel("Units", units_panel, live=True),
    "backprop": Panel("Back-propagation", backprop_panel, live=False),
    "gradient": Panel("Gradient check", gradient_panel, live=False),
    "landscape": Panel("Landscape", landscape_panel, live=False),
    "compare": Panel("Compare", compare_panel, live=False),
    "race": Panel("Race", race_panel, live=True),
    "sweep": Panel("Sweep", sweep_panel, live=True),
}


def inside_panel():
    """The choice, which the address keeps as ?view=, and the open panels."""
    st.segmented_control(
        "Look inside", tuple(PANELS), key="views", selection_mode="multi", on_change=views.keep_views,
        format_func=lambda name: PANELS[name].label,
        help="The network drawn; what each unit contributes; one step of training, number by number; whether its "
        "gradient is right; the loss around where it stands; runs side by side; a knob swept over a range.",
    )  # fmt: skip
    for name in filter(PANELS.get, views.open_views()):
        with st.container(border=True, key=f"panel_{name}"):
            if PANELS[name].live or not visitor.player().playing:
                PANELS[name].draw()
            else:
                st.info(f"{PANELS[name].label}: pause the training to look at it.", icon=":material/pause:")
