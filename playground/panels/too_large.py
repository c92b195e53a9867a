"""The warning of panels that need finite differences, for a run whose numbers are too large."""

import numpy as np
import streamlit as st

from playground.session.current import current_visit

MAX_INSPECTED = 1e6  # of the loss and the parameters: beyond it, differences drown in rounding


def too_large_to_inspect() -> bool:
    """Whether the loss or the parameters on screen are too large for differences of the loss to mean anything."""
    trainer = current_visit().player.trainer
    return bool(max(np.abs(trainer.network.parameters).max(), trainer.loss) > MAX_INSPECTED)


def too_large_warning() -> None:
    """Explains that a panel cannot be drawn for this run."""
    st.warning(
        "The parameters have become so large that differences of the loss are lost in rounding. Press Reset, or go "
        "back on the timeline.",
        icon=":material/warning:",
    )
