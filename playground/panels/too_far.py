"""What panels say that look closely at a run which has been carried away."""

import numpy as np
import streamlit as st

from playground.session import visitor

LARGEST = 1e6  # of the loss and the parameters: beyond it, differences drown in rounding


def too_far():
    """Whether the parameters on screen are too large to be looked at closely; it is said, then."""
    trainer = visitor.player().trainer
    if max(np.abs(trainer.network.parameters).max(), trainer.loss) <= LARGEST:
        return False
    st.warning(
        "Training has carried the parameters too far for differences to be told from rounding. Reset, or go back on "
        "the timeline.",
        icon=":material/warning:",
    )
    return True
