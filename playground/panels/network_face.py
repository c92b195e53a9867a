"""The choice of the drawing's face, and of the input that goes through the network."""

import streamlit as st

from playground.analysis.faces import FACES
from playground.panels.text import escape_markdown, refusal_text
from playground.session.current import current_visit, safely
from playground.session.network_faces import EXAMPLE_KEY, FACE_KEY, SCOPE_KEY, SCOPES, X_KEY

LABELS = {"weights": "Weights", "forward": "Forward", "backward": "Backward", "step": "Step"}


def face_choice() -> None:
    """The switch, and beside it what goes through the network."""
    faces = current_visit().faces
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Show",
            FACES,
            key=FACE_KEY,
            required=True,
            format_func=LABELS.__getitem__,
            on_change=safely(faces.choose),
            help="Weights: what the network is. Forward: one input on its way to the output. Backward: how the loss "
            "changes with every number, from the output down. Step: what the next update changes.",
        )
        if faces.face == "backward":
            scope = current_visit().controls.widgets.get(SCOPE_KEY)
            st.segmented_control(
                "Of", SCOPES, default=scope, key=SCOPE_KEY, required=True, on_change=safely(faces.choose)
            )
        if faces.face != "weights" and (not faces.is_of_step or current_visit().network_walk.is_on):
            _input()
    if faces.refusal is not None:
        st.markdown(refusal_text(faces.refusal))


def _input() -> None:
    """The input, by number or as an example of the training set."""
    visit = current_visit()
    problem = visit.player.problem
    names = problem.names[:-1] or (("x",) if problem.n_inputs == 1 else ("x1", "x2"))
    values = visit.controls.widgets  # as defaults: a field that comes again is not sent what it had meanwhile
    st.text_input(
        escape_markdown(", ".join(names)),
        values.get(X_KEY, ""),
        key=X_KEY,
        width=170 if problem.n_inputs == 1 else 300,
        on_change=safely(visit.faces.type_x),
        help="Any input. Or click the fit; where a click puts points of your own, press Pick x on the fit before.",
    )
    st.text_input(
        "or example",
        values.get(EXAMPLE_KEY, ""),
        key=EXAMPLE_KEY,
        width=110,
        on_change=safely(visit.faces.type_example),
        help=f"One of the training set, from 0 to {problem.samples.shape[1] - 1:,}.",
    )
