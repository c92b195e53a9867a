"""The entry: `streamlit run streamlit_app.py`."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products, many visitors: read when NumPy loads

if __name__ == "__main__":  # Streamlit runs this file as the page's script
    from playground.page import draw_page

    draw_page()
else:  # a server imports it as its app; where st.App is not known, that never happens
    import streamlit as st
    from starlette.middleware import Middleware

    from playground.server import Routes, starting

    app = st.App(__file__, lifespan=starting, middleware=[Middleware(Routes)])
