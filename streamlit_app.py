"""The entry: `streamlit run streamlit_app.py`."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products, many visitors: read when NumPy loads

from playground.page import draw_page

draw_page()
