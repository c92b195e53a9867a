"""The warning of panels that need finite differences, for a run whose numbers are too large."""

import streamlit as st

from playground.analysis.too_large import too_large
from playground.session.current import current_visit


def too_large_to_inspect() -> bool:
    """Whether they are on screen."""
    return too_large(current_visit().player.trainer)


def too_large_warning() -> None:
    """Explains that a panel cannot be drawn for this run."""
    st.warning(
        "The parameters have become so large that differences of the loss are lost in rounding. Press Reset, or go "
        "back on the timeline.",
        icon=":material/warning:",
    )
