"""Look inside: the panels under the charts. Any of them can be open; a closed one costs nothing."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from playground.panels.backprop import backprop_panel
from playground.panels.compare import compare_panel
from playground.panels.failure import guarded
from playground.panels.gradient import gradient_panel
from playground.panels.landscape import landscape_panel
from playground.panels.layers import layers_panel
from playground.panels.measures import measures_panel
from playground.panels.network import network_panel
from playground.panels.race import race_panel
from playground.panels.sweep import sweep_panel
from playground.panels.units import units_panel
from playground.session import views
from playground.session.current import current_visit, safely


class Panel(NamedTuple):
    """A panel: its name on the page, the function that draws it, and whether it is drawn while training runs."""

    label: str
    draw: Callable[[], None]
    live: bool


PANELS = {
    "network": Panel("Network", network_panel, live=True),
    "units": Panel("Units", units_panel, live=True),
    "layers": Panel("Layers", layers_panel, live=True),
    "measures": Panel("Measures", measures_panel, live=True),
    "backprop": Panel("Back-propagation", backprop_panel, live=False),
    "gradient": Panel("Gradient check", gradient_panel, live=False),
    "landscape": Panel("Landscape", landscape_panel, live=False),
    "compare": Panel("Compare", compare_panel, live=False),
    "race": Panel("Race", race_panel, live=True),
    "sweep": Panel("Sweep", sweep_panel, live=True),
}


def inside_panel() -> None:
    """The choice, which the address keeps as ?view=, and the open panels; nothing where none may be seen."""
    visit = current_visit()
    in_sight = tuple(filter(visit.exercise.visible.has_panel, PANELS))
    if not in_sight:
        return
    st.segmented_control(
        "Look inside",
        in_sight,
        key=views.KEY,
        selection_mode="multi",
        on_change=safely(visit.keep_views),
        format_func=lambda name: PANELS[name].label,
        help="A diagram of the network; what each unit contributes; the layers beside each other; R², precision and "
        "the like; one training step, number by number; a check of its gradient; the loss around the present weights; "
        "runs side by side; a race; a sweep over a range of values.",
    )
    for name in (name for name in visit.views.names if name in in_sight):
        with st.container(border=True, key=f"panel_{name}"):
            if PANELS[name].live or not visit.player.playing:
                guarded(PANELS[name].label)(PANELS[name].draw)()
            else:
                st.info(f"{PANELS[name].label}: pause the training to see this panel.", icon=":material/pause:")
