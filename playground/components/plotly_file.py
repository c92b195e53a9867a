"""Plotly's script for the browser, from the app's own folder: the page fetches nothing from anywhere else.

It is the script of the installed plotly package, or a third of it, with the charts that the page has and few others,
where `python -m playground.plotly_script` has put that one.
"""

import gzip
import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


def provide_plotly(static_folder: str | Path) -> str:
    """Puts Plotly's script, compressed, into the folder that Streamlit serves as app/static; returns its name there.

    It is compressed once, here, since the server would otherwise compress it for every visitor.

    Raises:
        OSError: when the folder cannot be written.
    """
    folder = Path(static_folder)
    small, path = folder / small_name(), folder / f"plotly-{version('plotly')}.min.js.gz"
    if small.exists():
        return small.name
    if not path.exists():
        write_compressed(path, lambda: package_script().read_bytes())
    return path.name


def compressed_plotly(static_folder: str | Path) -> bytes:
    """Plotly's script, compressed: what `provide_plotly` puts into the folder, or the same where it cannot be written.

    Raises:
        OSError: when the plotly package has no script.
    """
    try:
        return (Path(static_folder) / provide_plotly(static_folder)).read_bytes()
    except OSError:
        return gzip.compress(package_script().read_bytes(), 9, mtime=0)


def small_name() -> str:
    """The name of the small script that goes with the installed package."""
    return f"plotly-cartesian-{version('plotly')}.min.js.gz"


def write_compressed(path: Path, read: Callable[[], bytes]) -> None:
    """Writes what `read` returns, compressed: the whole file or nothing.

    Raises:
        OSError: when the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(gzip.compress(read(), 9, mtime=0))
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        os.remove(part)
        raise


def package_script() -> Path:
    """plotly.min.js in the installed package, found without importing it, which would take longer than all the rest."""
    package = find_spec("plotly")
    if package is None or package.origin is None:
        raise FileNotFoundError("The plotly package is not installed.")
    return Path(package.origin).parent / "package_data" / "plotly.min.js"
