"""The field of given weights: a whole start, typed, pasted, or taken from the network on screen."""

import streamlit as st

from playground.given_weights import in_words
from playground.panels.fields import long_text
from playground.panels.text import refusal_text
from playground.session.current import current_visit, safely
from playground.session.given_weights import refusal
from playground.session.typed_start import give, take_present_weights
from playground.sharing.links import left_out

HEIGHT = 120  # pixels: four rows
SEEDS = "Other seeds change only what is drawn while it trains, such as batches."


def given_weights() -> None:
    """The field, what is said of the weights in it, and two ways to fill and to empty it."""
    controls = current_visit().controls
    experiment = controls.player.experiment
    long_text("given", HEIGHT, "0.5, 0\n-1, 1\n\n1, 2, 0.5")
    why = refusal(controls.widget_value("given") or "", experiment)
    if why is not None:
        st.markdown(refusal_text(why))
        st.caption("In use meanwhile: " + ("the weights given before." if experiment.given else "a drawn start."))
    elif experiment.given:
        st.caption(f"The run starts from these weights of {in_words(experiment.units)}. {SEEDS}")
        if "given" in left_out(experiment):
            st.caption("There are too many of them for a link: the address of this page does not hold them.")
    with st.container(horizontal=True):
        st.button(
            "Take the present weights",
            key="take_weights",
            type="tertiary",
            icon=":material/input:",
            help="Fills the field with W and b as they are on screen, and starts again from there.",
            on_click=safely(take_present_weights),
            args=(controls,),
        )
        st.button(
            "Draw the start",
            key="draw_start",
            type="tertiary",
            icon=":material/casino:",
            help="Empties the field: the start is drawn again.",
            on_click=safely(give),
            args=(controls, ""),
            disabled=not controls.widget_value("given"),
        )
