"""Streamlit's own scripts and styles, compressed once: Streamlit sends them as they are, 2.3 MB at a first visit."""

import gzip
from functools import cache
from pathlib import Path

from streamlit.file_util import get_static_dir

from playground.server.answers import FOREVER, File

KINDS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FOLDER = Path(get_static_dir())


@cache
def compressible() -> frozenset[str]:
    """The addresses of those files, such as "/static/js/index.js"; the names have a hash of the content in them."""
    files = (FOLDER / "static").rglob("*")
    return frozenset(f"/{path.relative_to(FOLDER).as_posix()}" for path in files if path.suffix in KINDS)


@cache  # all of them together are 6 MB, compressed
def compressed(address: str) -> File:
    """One of them."""
    path = FOLDER / address.removeprefix("/")
    return File(gzip.compress(path.read_bytes(), 6, mtime=0), KINDS[path.suffix], compressed=True, cache=FOREVER)
