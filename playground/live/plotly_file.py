"""Plotly's script for the browser, from the installed plotly package: the page fetches nothing from anywhere else."""

import gzip
import os
import tempfile
from pathlib import Path

import plotly
from plotly.offline import get_plotlyjs


def provide_plotly(static_folder):
    """Puts Plotly's script, compressed, into the folder that Streamlit serves as app/static; returns its name there.

    It is compressed once, here, since the server would otherwise do it anew for every visitor.

    Raises:
        OSError: when the folder cannot be written.
    """
    path = Path(static_folder) / f"plotly-{plotly.__version__}.min.js.gz"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(gzip.compress(get_plotlyjs().encode(), compresslevel=9))
        os.chmod(part, 0o644)
        os.replace(part, path)
    return path.name
