"""The page: a small neural network, written in NumPy, learns a curve while you watch."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products, many visitors: read when NumPy loads

import streamlit as st

from playground.panels.controls import controls_panel
from playground.panels.header import header_panel
from playground.panels.inside import PANELS, inside_panel
from playground.panels.lesson import lesson_panel
from playground.panels.training import training_panel
from playground.session import controls, views, visitor

st.set_page_config("Neural network playground", page_icon="playground/icon.svg", layout="wide")
controls.prepare_controls()
views.prepare_views(PANELS)
if visitor.embedded():
    training_panel()
else:
    header_panel()
    controls_panel()
    lesson_panel()
    training_panel()
    inside_panel()
visitor.keep_address()
