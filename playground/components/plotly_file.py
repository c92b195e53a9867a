"""Plotly's script for the browser, from the installed plotly package: the page fetches nothing from anywhere else."""

import gzip
import os
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


def provide_plotly(static_folder: str | Path) -> str:
    """Puts Plotly's script, compressed, into the folder that Streamlit serves as app/static; returns its name there.

    It is compressed once, here, since the server would otherwise compress it for every visitor.

    Raises:
        OSError: when the folder cannot be written.
    """
    path = Path(static_folder) / f"plotly-{version('plotly')}.min.js.gz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(_script().read_bytes(), compresslevel=9))
            os.chmod(part, 0o644)
            os.replace(part, path)
        except BaseException:
            os.remove(part)
            raise
    return path.name


def _script() -> Path:
    """plotly.min.js in the installed package, found without importing it, which would take longer than all the rest."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise FileNotFoundError("The plotly package is not installed.")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"
