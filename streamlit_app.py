"""The entry: `streamlit run streamlit_app.py`."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products, many visitors: read when NumPy loads

if __name__ == "__main__":  # Streamlit runs this file as the page's script
    from playground.page import draw_page

    draw_page()
elif __name__ != "__mp_main__":  # a server imports it as its app; as __mp_main__, a process that trains for a sweep
    import streamlit as st
    from starlette.middleware import Middleware

    from playground.server import Admission, Draining, OneAct, Routes, Uploads, starting

    around = [Middleware(each) for each in (Draining, Routes, Uploads, Admission, OneAct)]
    app = st.App(__file__, lifespan=starting, middleware=around)
