"""Streamlit's scripts that our page needs at once, beside those that its index names: they are asked for together.

Streamlit asks for the script of a kind of element when it meets the first one: after the page's first messages.
"""

import re
from collections.abc import Iterator
from functools import cache

from playground.server.streamlit_files import FOLDER

NEEDED = ("BidiComponent", "Button", "ButtonGroup", "NumberInput", "Selectbox", "Slider")
_IMPORT = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_SCRIPTS = FOLDER / "static" / "js"


@cache
def chunks() -> tuple[str, ...]:
    """Their names in Streamlit's folder of scripts, what they import included; none where Streamlit has other names."""
    found: dict[str, None] = {}
    for name in _entries():
        _collect(name, found)
    return tuple(found)


def _entries() -> Iterator[str]:
    for stem in NEEDED:
        for path in _SCRIPTS.glob(f"{stem}.*.js"):
            yield path.name


def _collect(name: str, found: dict[str, None]) -> None:
    path = _SCRIPTS / name
    if name in found or not path.is_file():
        return
    found[name] = None
    for imported in _IMPORT.findall(path.read_text(encoding="utf-8")):
        _collect(imported, found)
