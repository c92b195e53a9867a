"""The first page: Streamlit's own index, with a title, a preview, an outline of the page, and what it needs at once."""

import gzip
import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path

from playground.components.assets import Asset, asset_name, component_asset, plotly_asset, scripts
from playground.server.answers import CHECKED, FOREVER, File
from playground.server.streamlit_chunks import chunks
from playground.server.streamlit_files import FOLDER, compressible

HERE = Path(__file__).parent
PICTURE = HERE.parents[1] / "docs" / "page.png"
TITLE = "Neural network playground"
DESCRIPTION = "Watch a small neural network learn: the fit, the loss and every weight, while it trains."
_ANCHORS = ("<title>Streamlit</title>", "</head>", '<div id="root"></div>')  # each once in an index that we know
_HOST = re.compile(r"https?://(?:[\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?(?:/[\w./-]*)?", re.ASCII)


@lru_cache(maxsize=16)
def first_page(address: str) -> File | None:
    """The page.

    Args:
        address: of the page as the visitor calls it, for the picture of its preview, which must be absolute.

    Returns:
        None where Streamlit's index is not as expected: then it is Streamlit's own page that a visitor gets.
    """
    index = (FOLDER / "index.html").read_text(encoding="utf-8")
    if any(index.count(anchor) != 1 for anchor in _ANCHORS):
        return None
    title, end_of_head, root = _ANCHORS
    page = index.replace(title, _head(address if _HOST.fullmatch(address) else "", index))
    # Deferred: it is fetched at once, and runs after Streamlit's own script, which meanwhile waits for the server.
    plotly = f'<script defer data-plotly src="{plotly_asset().address}" onerror="this.remove()"></script>'
    page = page.replace(end_of_head, f"{plotly}<style>{_read('outline.css')}</style>{end_of_head}")
    page = page.replace(root, f"{_read('outline.html')}{root}<script>{_read('outline.js')}</script>")
    return File(gzip.compress(page.encode(), 9, mtime=0), "text/html; charset=utf-8", compressed=True, cache=CHECKED)


@cache
def files() -> dict[str, File]:
    """What the page asks for under /assets: the scripts, and the picture, by name."""
    found = {name: _file(script) for name, script in scripts().items()}
    picture = _picture()
    return found | ({picture.name: _file(picture)} if picture else {})


def needed() -> tuple[str, ...]:
    """The addresses of Streamlit's own scripts and styles that the page asks for at once."""
    page = first_page("")
    names = re.findall(r'"\.(/static/(?:js|css)/[\w.-]+)"', gzip.decompress(page.body).decode()) if page else ()
    return tuple(name for name in names if name in compressible())


def _file(asset: Asset) -> File:
    return File(asset.body, asset.kind, asset.compressed, FOREVER)


@cache
def _picture() -> Asset | None:
    """The picture of a link's preview; an installed package has none."""
    if not PICTURE.exists():
        return None
    body = PICTURE.read_bytes()
    return Asset(asset_name("page", "png", body), "image/png", body, compressed=False)


def _head(address: str, index: str) -> str:
    """Title and preview, and the scripts that are needed at once: Plotly, the board, and what draws the widgets."""
    picture = _picture()
    known = {"title": TITLE, "description": DESCRIPTION, "type": "website"}
    if picture:
        known["image"] = escape(address, quote=True) + picture.address
    preview = "".join(f'<meta property="og:{name}" content="{text}">' for name, text in known.items())
    modules = [component_asset("board").address]
    modules += [f"./static/js/{name}" for name in chunks() if name not in index]
    loading = "".join(f'<link rel="modulepreload" crossorigin href="{module}">' for module in modules)
    return (
        f"<title>{TITLE}</title>"
        f'<meta name="description" content="{DESCRIPTION}">{preview}'
        '<meta name="twitter:card" content="summary_large_image">'
        f"{loading}"
    )


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
