"""The first page: Streamlit's own index, with a title, a preview, an outline of the page, and what it needs at once."""

import base64
import gzip
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

from playground.components.assets import Asset, asset_name, component_asset, plotly_asset, scripts
from playground.components.sources import script
from playground.server.answers import CHECKED, FOREVER, File
from playground.server.streamlit_chunks import bundle, chunks, is_small
from playground.server.streamlit_files import FOLDER, compressible

HERE = Path(__file__).parent
STYLE = HERE.parent / "page.css"  # after Streamlit's own styles, which are in the head, so that it decides
PICTURE = HERE.parents[1] / "docs" / "page.png"
MAX_BOARD = 100_000  # bytes; of a large network more would have to come than is worth waiting for
TITLE = "Neural network playground"
DESCRIPTION = "Watch a small neural network learn: the fit, the loss and every weight, while it trains."
_ANCHORS = ("<title>Streamlit</title>", "</head>", '<div id="root"></div>', '<script type="module"')
_LOAD = re.compile(r'\s*<(?:script type="module"[^>]*></script>|link rel="(?:modulepreload|stylesheet)"[^>]*>)')
_SCRIPT = re.compile(r'"\./static/js/([\w.-]+\.js)"')
_ADDRESS = re.compile(r"https?://(?:[\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?(?:/[\w./-]*)?", re.ASCII)


class Index(NamedTuple):
    """Streamlit's index: the page without what it loads, the elements that load, and the names of their scripts."""

    page: str
    loads: list[str]
    scripts: list[str]


@cache
def index() -> Index | None:
    """Streamlit's index, or None where it is not as expected."""
    text = (FOLDER / "index.html").read_text(encoding="utf-8")
    if any(text.count(anchor) != 1 for anchor in _ANCHORS):
        return None
    return Index(_LOAD.sub("", text), [load.strip() for load in _LOAD.findall(text)], _SCRIPT.findall(text))


@lru_cache(maxsize=64)
def first_page(address: str, query: str = "") -> File | None:
    """The page.

    The outline comes before all that is loaded, and the import map before all modules.

    Args:
        address: of the page as the visitor calls it, for the picture of its preview, which must be absolute.
        query: of the address, for the board.

    Returns:
        None where Streamlit's index is not as expected: then it is Streamlit's own page that a visitor gets.
    """
    found = index()
    if found is None:
        return None
    title, end_of_head, root, _ = _ANCHORS
    head = _head(address if _ADDRESS.fullmatch(address) else "")
    style = f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
    own = f"<script>{_scripts()}</script>"
    body = "".join([_read("outline.html"), root, style, _board(query), own, _loads(found, query)])
    page = found.page.replace(title, head).replace(root, body)
    page = page.replace(end_of_head, f"<style>{_read('outline.css')}</style>{end_of_head}")
    return File(gzip.compress(page.encode(), 9, mtime=0), "text/html; charset=utf-8", compressed=True, cache=CHECKED)


@cache
def files() -> dict[str, File]:
    """What the page asks for under /assets, by name: the scripts, and the picture."""
    every = [*scripts().values(), _small_scripts(), _picture()]
    return {asset.name: File(asset.body, asset.kind, asset.compressed, FOREVER) for asset in every if asset}


def needed() -> tuple[str, ...]:
    """The addresses of Streamlit's own scripts and styles that the page asks for at once."""
    page = first_page("")
    names = re.findall(r'"\.(/static/(?:js|css)/[\w.-]+)"', gzip.decompress(page.body).decode()) if page else ()
    return tuple(name for name in names if name in compressible())


@cache
def _small_scripts() -> Asset | None:
    """Those small scripts of Streamlit that the page needs, in one."""
    found = index()
    return bundle(filter(is_small, [*found.scripts, *chunks()])) if found else None


@cache
def _picture() -> Asset | None:
    """The picture of a link's preview; an installed package has none."""
    if not PICTURE.exists():
        return None
    body = PICTURE.read_bytes()
    return Asset(asset_name("page", "png", body), "image/png", body, compressed=False)


def _head(address: str) -> str:
    """Title and preview."""
    known = {"title": TITLE, "description": DESCRIPTION, "type": "website"}
    picture = _picture()
    if picture:
        known["image"] = escape(address, quote=True) + picture.address
    preview = "".join(f'<meta property="og:{name}" content="{text}">' for name, text in known.items())
    return (
        f'<title>{TITLE}</title><meta name="description" content="{DESCRIPTION}">{preview}'
        '<meta name="twitter:card" content="summary_large_image">'
    )


def _board(query: str) -> str:
    """What the board shows at first, and its script."""
    from playground.page import PANELS, first_board  # only now: the components are made when they are imported

    payload = first_board(dict(parse_qsl(query, keep_blank_values=True)), PANELS)
    if payload is None or len(payload) > MAX_BOARD:
        return ""
    script, data = component_asset("board").address, base64.b64encode(payload).decode()
    return f'<script type="text/plain" id="first-board" data-script="{script}">{data}</script>'


def _loads(found: Index, query: str) -> str:
    """What is asked for at once: Streamlit's scripts, those of its elements, the board, an exercise, and Plotly."""
    small = _small_scripts()
    first = f'<script src="{small.address}"></script>' if small else ""
    own = [load for load in found.loads if not any(map(is_small, _SCRIPT.findall(load)))]
    more = [f"./static/js/{name}" for name in chunks() if name not in found.scripts and not is_small(name)]
    exercise = ["exercise"] if {"task", "goal"} & dict(parse_qsl(query, keep_blank_values=True)).keys() else []
    modules = (*(component_asset(name).address for name in ("board", "keeper", *exercise)), *more)
    ahead = [f'<link rel="modulepreload" crossorigin href="{module}">' for module in modules]
    plotly = f'<link rel="preload" as="script" fetchpriority="low" href="{plotly_asset().address}">'
    return "".join([first, *own, *ahead, plotly])


def _scripts() -> str:
    """What the page does itself, before anything of Streamlit's runs."""
    translation = script("shared/translated.js")
    return f"{_read('outline.js')}{_read('early.js')}(() => {{\n{translation}allowTranslation();\n}})();\n"


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
