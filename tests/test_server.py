"""The server around the page: what never changes is sent once, compressed; the first page is Streamlit's, with ours."""

import gzip
import re
from pathlib import Path

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse

from playground.components.assets import COMPONENTS, component_asset, plotly_asset
from playground.server import Routes, first_page, streamlit_files
from playground.server.streamlit_chunks import NEEDED, chunks
from tests.support.asgi import ask

GZIP = "gzip, deflate, br, zstd"
INDEX = (streamlit_files.FOLDER / "index.html").read_text(encoding="utf-8")
SCRIPT = max(
    (path for path in streamlit_files.FOLDER.glob("static/js/index.*.js")), key=lambda path: path.stat().st_size
)


async def streamlit(scope, receive, send):
    """Stands for Streamlit: says which path it was asked for."""
    await PlainTextResponse(f"Streamlit {scope['path']}")(scope, receive, send)


@pytest.fixture
def routes():
    return Routes(streamlit)


@pytest.fixture
def below(monkeypatch):
    """The routes of an app with a server.baseUrlPath."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "/deep/down/"}.get)
    return Routes(streamlit)


@pytest.fixture
def changed_index(monkeypatch, tmp_path):
    """changed_index(text) puts another index in the place of Streamlit's."""

    def change(text):
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        monkeypatch.setattr(first_page, "FOLDER", tmp_path)
        first_page.first_page.cache_clear()

    yield change
    first_page.first_page.cache_clear()


# --- What never changes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plotly", *COMPONENTS])
def test_a_script_is_compressed_and_kept_for_ever_under_a_name_that_changes_with_it(routes, name):
    script = plotly_asset() if name == "plotly" else component_asset(name)
    assert re.fullmatch(rf"{name}-[0-9a-f]{{16}}\.js", script.name)
    found = ask(routes, f"/{script.address}", accept_encoding=GZIP)
    assert (found.status, found.body) == (200, script.body)
    assert found.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert found.headers["content-encoding"] == "gzip"
    assert found.headers["vary"] == "Accept-Encoding"
    assert found.headers["content-length"] == str(len(script.body))


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "deflate, gzip; q=0.0", "xgzip"])
def test_who_does_not_accept_gzip_gets_the_script_itself(routes, accepted):
    script = component_asset("copy")
    found = ask(routes, f"/{script.address}", accept_encoding=accepted)
    assert "content-encoding" not in found.headers
    assert found.body == gzip.decompress(script.body)


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "br, gzip", "gzip;q=1.0", "gzip; q=0.5"])
def test_who_accepts_gzip_however_it_is_written_gets_it(routes, accepted):
    found = ask(routes, f"/{component_asset('copy').address}", accept_encoding=accepted)
    assert found.headers["content-encoding"] == "gzip"


def test_head_says_the_same_without_the_body(routes):
    address = f"/{component_asset('board').address}"
    found, head = (ask(routes, address, method, accept_encoding=GZIP) for method in ("GET", "HEAD"))
    assert (head.status, head.headers, head.body) == (200, found.headers, b"")


@pytest.mark.parametrize("path", ["/", f"/{component_asset('board').address}", f"/static/js/{SCRIPT.name}"])
def test_what_the_browser_has_is_not_sent_again(routes, path):
    tag = ask(routes, path, accept_encoding=GZIP).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = ask(routes, path, accept_encoding=GZIP, if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert ask(routes, path, accept_encoding=GZIP, if_none_match='"other"').status == 200


@pytest.mark.parametrize(
    "path",
    ["/assets/", "/assets/board.js", "/assets/../streamlit_app.py", "/assets/..%2fREADME.md", "/assets//etc/passwd"],
)
def test_other_names_are_no_files(routes, path):
    assert ask(routes, path).status == 404


def test_a_component_makes_its_html_and_style_itself_and_plotly_comes_from_the_route():
    text = gzip.decompress(component_asset("board").body).decode()
    assert re.findall(r"^export .*", text, re.MULTILINE) == [text.rstrip("\n").rpartition("\n")[2]]
    assert 'class=\\"board\\"' in text
    assert plotly_asset().address in text
    assert "PLOTLY_FILE" not in text


# --- Streamlit's own files --------------------------------------------------------------------------------------------


def test_a_script_of_streamlit_comes_compressed_and_is_kept_as_long_as_streamlit_says(routes):
    found = ask(routes, f"/static/js/{SCRIPT.name}", accept_encoding=GZIP)
    assert len(found.body) < SCRIPT.stat().st_size / 2
    assert found.text == SCRIPT.read_text(encoding="utf-8")
    assert found.headers["cache-control"] == "public, immutable, max-age=31536000"
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/static/js/{SCRIPT.name}", {}),
        (f"/static/js/{SCRIPT.name}", {"accept_encoding": GZIP, "range": "bytes=0-9"}),
        ("/static/js/nowhere.js", {"accept_encoding": GZIP}),
        ("/static/js/../../index.html", {"accept_encoding": GZIP}),
        ("/_stcore/health", {"accept_encoding": GZIP}),
        ("/favicon.png", {"accept_encoding": GZIP}),
        ("/somewhere", {}),
    ],
    ids=["no gzip", "a range", "unknown", "upwards", "health", "a picture", "another page"],
)
def test_all_else_is_streamlits(routes, path, headers):
    assert ask(routes, path, **headers).text == f"Streamlit {path}"


def test_what_is_no_get_is_streamlits(routes):
    assert ask(routes, "/", "POST").text == "Streamlit /"


# --- The first page ---------------------------------------------------------------------------------------------------


def test_the_first_page_is_streamlits_index_with_title_preview_and_outline(routes):
    found = ask(routes, "/", query="target=step&embed=true", accept_encoding=GZIP)
    assert found.headers["cache-control"] == "no-cache"
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Neural network playground</title>" in found.text
    assert 'name="description"' in found.text
    assert '<div id="outline"' in found.text
    for line in INDEX.splitlines():
        assert line.strip().replace("<title>Streamlit</title>", "").replace("</head>", "") in found.text


def test_the_picture_of_the_preview_is_the_readmes_with_its_whole_address(routes):
    page = ask(routes, "/", host="school.example:8501").text
    address = re.search(r'property="og:image" content="http://school\.example:8501(/[^"]*)"', page)[1]
    found = ask(routes, address)
    assert found.headers["content-type"] == "image/png"
    assert found.body == (Path(__file__).parents[1] / "docs" / "page.png").read_bytes()


def test_a_host_that_is_none_does_not_get_into_the_page(routes):
    page = ask(routes, "/", host='"><script>alert(1)</script>').text
    assert "alert(1)" not in page


def test_everything_that_the_page_names_is_there(routes):
    page = ask(routes, "/").text
    addresses = [each.removeprefix(".") for each in re.findall(r'(?:src|href)="(\.?/?(?:static|assets)/[^"]+)"', page)]
    assert len(addresses) > 50
    for address in addresses:
        path = f"/{address.removeprefix('/')}"
        found = ask(routes, path, accept_encoding=GZIP)
        assert found.status == 200
        assert "woff2" in path or found.headers["content-encoding"] == "gzip"


def test_the_chunks_that_the_page_needs_at_once_are_asked_for_with_it(routes):
    page = ask(routes, "/").text
    for stem in NEEDED:
        assert len(re.findall(rf'modulepreload" crossorigin href="\./static/js/{stem}\.[\w-]+\.js"', page)) == 1
    assert all(f"/static/js/{name}" in page for name in chunks())


@pytest.mark.parametrize("text", ["", INDEX.replace("<title>Streamlit</title>", "<title>Other</title>"), INDEX * 2])
def test_an_index_that_is_not_as_expected_is_left_to_streamlit(routes, changed_index, text):
    changed_index(text)
    assert ask(routes, "/").text == "Streamlit /"


def test_the_page_works_below_another_address(below):
    assert "<title>Neural" in ask(below, "/deep/down/").text
    assert ask(below, f"/deep/down/{component_asset('board').address}").status == 200
    assert ask(below, f"/deep/down/static/js/{SCRIPT.name}", accept_encoding=GZIP).headers["content-encoding"] == "gzip"
    for path in ("/", "/deep/down", "/deep/downwards/", f"/static/js/{SCRIPT.name}"):
        assert ask(below, path, accept_encoding=GZIP).text == f"Streamlit {path}"


def test_the_page_works_where_another_app_mounts_it(routes):
    assert "<title>Neural" in ask(routes, "/", root="/school").text
    assert ask(routes, f"/{component_asset('board').address}", root="/school").status == 200
