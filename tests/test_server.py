"""The server around the page: what never changes is sent once, compressed, and not again to those who have it."""

import gzip
import re

import pytest
import streamlit as st

from playground.components.assets import COMPONENTS, component_asset, plotly_asset
from playground.server import Routes, streamlit_files
from tests.support.asgi import GZIP, ask, streamlit

SCRIPT = max(
    (path for path in streamlit_files.FOLDER.glob("static/js/index.*.js")), key=lambda path: path.stat().st_size
)


@pytest.fixture
def routes():
    return Routes(streamlit)


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


# --- Where the app is -------------------------------------------------------------------------------------------------


@pytest.fixture
def below(monkeypatch):
    """The routes of an app with a server.baseUrlPath."""
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "/deep/down/"}.get)
    return Routes(streamlit)


def test_the_page_works_below_another_address(below):
    assert "<title>Neural" in ask(below, "/deep/down/").text
    assert ask(below, f"/deep/down/{component_asset('board').address}").status == 200
    assert ask(below, f"/deep/down/static/js/{SCRIPT.name}", accept_encoding=GZIP).headers["content-encoding"] == "gzip"
    for path in ("/", "/deep/down", "/deep/downwards/", f"/static/js/{SCRIPT.name}"):
        assert ask(below, path, accept_encoding=GZIP).text == f"Streamlit {path}"


def test_the_page_works_where_another_app_mounts_it(routes):
    assert "<title>Neural" in ask(routes, "/", root="/school").text
    assert ask(routes, f"/{component_asset('board').address}", root="/school").status == 200
