"""What the browser is sent once, by a route of the app, under names that change with what they name: the scripts."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

from playground.components.plotly_file import compressed_plotly
from playground.components.sources import FOLDER, read, self_contained

FOLDER_OF_ASSETS = "assets"  # below the address of the page
STATIC = FOLDER.parent.parent / "static"  # what Streamlit serves as app/static
COMPONENTS = tuple(sorted(path.stem for path in FOLDER.glob("*/*.css")))


@dataclass(frozen=True)
class Asset:
    """A file that never changes.

    Attributes:
        name: with a digest of its content.
        kind: its media type.
        body: its content.
        compressed: whether the body is compressed, with gzip.
    """

    name: str
    kind: str
    body: bytes
    compressed: bool

    @property
    def address(self) -> str:
        """Where it is, as seen from the page."""
        return f"{FOLDER_OF_ASSETS}/{self.name}"


def asset_name(stem: str, ending: str, content: bytes) -> str:
    """The name of a file with this content, the same on every machine."""
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{ending}"


@cache
def plotly_asset() -> Asset:
    """Plotly's script."""
    body = compressed_plotly(STATIC)
    return _script("plotly", body, gzip.decompress(body))


@cache
def component_asset(name: str) -> Asset:
    """The script of a component, which makes its HTML and its style itself."""
    text = self_contained(name, html=html_of(name, plotly_asset().address)).encode()
    return _script(name, gzip.compress(text, 9, mtime=0), text)


def html_of(name: str, plotly: str) -> str:
    """The HTML of a component, with the address of Plotly's script."""
    return read(f"{name}/{name}.html").replace("app/static/PLOTLY_FILE", plotly)


@cache
def scripts() -> dict[str, Asset]:
    """All of them, by name."""
    return {asset.name: asset for asset in (plotly_asset(), *map(component_asset, COMPONENTS))}


def _script(stem: str, body: bytes, content: bytes) -> Asset:
    return Asset(asset_name(stem, "js", content), "text/javascript; charset=utf-8", body, compressed=True)
