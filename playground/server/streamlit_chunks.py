"""Streamlit's scripts that our page needs at once: found together, and the small ones sent in one file.

Streamlit asks for the script of a kind of element when it meets the first one: after the page's first messages. It has
some eighty scripts of 1 to 30 kB, each of which would cost a round trip, six at a time.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from playground.components.assets import Asset, asset_name
from playground.server.streamlit_files import FOLDER

NEEDED = ("BidiComponent", "Button", "ButtonGroup", "Html", "Selectbox", "Slider", "TextInput")
MAX_SMALL = 30_000  # bytes; of larger ones the browser had better keep the compiled code
SCRIPTS = FOLDER / "static" / "js"
_IMPORT = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_ANY_ADDRESS = re.compile(r"""["'`]\.{1,2}/|\bimport\.meta\b|\bimport\(""")


@cache
def chunks() -> tuple[str, ...]:
    """Their names in Streamlit's folder of scripts, what they import included; none where Streamlit has other names."""
    found: dict[str, None] = {}
    for name in _entries():
        _collect(name, found)
    return tuple(found)


def is_small(name: str) -> bool:
    """Whether a script is small and can be at any address: it uses its own only to import others."""
    path = SCRIPTS / name
    if not path.is_file() or path.stat().st_size > MAX_SMALL:
        return False
    text = path.read_text(encoding="utf-8")
    return len(_ANY_ADDRESS.findall(text)) == len(_IMPORT.findall(text))


def bundle(names: Iterable[str]) -> Asset:
    """One script that has those in it, and an import map which says so."""
    texts = {name: (SCRIPTS / name).read_text(encoding="utf-8") for name in sorted(set(names))}
    mapping = (Path(__file__).parent / "import_map.js").read_text(encoding="utf-8")
    text = f"{mapping}mapScripts({json.dumps(texts, ensure_ascii=False)});\n".encode()
    kind = "text/javascript; charset=utf-8"
    return Asset(asset_name("chunks", "js", text), kind, gzip.compress(text, 9, mtime=0), compressed=True)


def _entries() -> Iterator[str]:
    for stem in NEEDED:
        for path in SCRIPTS.glob(f"{stem}.*.js"):
            yield path.name


def _collect(name: str, found: dict[str, None]) -> None:
    path = SCRIPTS / name
    if name in found or not path.is_file():
        return
    found[name] = None
    for imported in _IMPORT.findall(path.read_text(encoding="utf-8")):
        _collect(imported, found)
