"""The first page is Streamlit's index with title, preview and outline, and asks at once for all that the page needs."""

import base64
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from playground.components.board import board_payload
from playground.server import Routes, first_page, streamlit_chunks, streamlit_files
from playground.server.streamlit_chunks import NEEDED, SCRIPTS, chunks, is_small
from playground.session.visit import Visit
from tests.support.asgi import GZIP, ask, streamlit

INDEX = (streamlit_files.FOLDER / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def routes():
    return Routes(streamlit)


@pytest.fixture
def changed_index(monkeypatch, tmp_path):
    """changed_index(text) puts another index in the place of Streamlit's."""

    def change(text):
        (tmp_path / "index.html").write_text(text, encoding="utf-8")
        monkeypatch.setattr(first_page, "FOLDER", tmp_path)
        clear()

    def clear():
        first_page.index.cache_clear()
        first_page.first_page.cache_clear()

    yield change
    clear()


def test_the_first_page_is_streamlits_index_with_title_preview_and_outline(routes):
    found = ask(routes, "/", query="target=step&embed=true", accept_encoding=GZIP)
    assert found.headers["cache-control"] == "no-cache"
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Neural network playground</title>" in found.text
    assert 'name="description"' in found.text
    assert '<div id="outline"' in found.text
    loads = ("<link rel", "<script type", "<title>", "</head>")
    for line in INDEX.splitlines():
        assert line.strip() in found.text or line.strip().startswith(loads)


def test_another_process_has_the_same_page_so_that_a_browser_may_keep_its_copy(routes, monkeypatch):
    tag = ask(routes, "/").headers["etag"]
    first_page.first_page.cache_clear()
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert ask(routes, "/").headers["etag"] == tag


def test_the_picture_of_the_preview_is_the_readmes_with_its_whole_address(routes):
    page = ask(routes, "/", host="school.example:8501").text
    address = re.search(r'property="og:image" content="http://school\.example:8501(/[^"]*)"', page)[1]
    found = ask(routes, address)
    assert found.headers["content-type"] == "image/png"
    assert found.body == (Path(__file__).parents[1] / "docs" / "page.png").read_bytes()


def test_an_invalid_host_does_not_get_into_the_page(routes):
    page = ask(routes, "/", host='"><script>alert(1)</script>').text
    assert "alert(1)" not in page


def test_everything_that_the_page_names_is_there(routes):
    page = ask(routes, "/").text
    addresses = [each.removeprefix(".") for each in re.findall(r'(?:src|href)="(\.?/?(?:static|assets)/[^"]+)"', page)]
    assert len(addresses) > 15
    for address in addresses:
        path = f"/{address.removeprefix('/')}"
        found = ask(routes, path, accept_encoding=GZIP)
        assert found.status == 200
        assert "woff2" in path or found.headers["content-encoding"] == "gzip"


def test_every_script_of_streamlits_index_and_of_what_the_page_draws_is_asked_for_at_once(routes):
    page = ask(routes, "/").text
    small = scripts_in_one(routes, page)
    named = set(re.findall(r"static/js/([\w.-]+\.js)", page))
    assert not small & named
    assert small | named >= {*re.findall(r"static/js/([\w.-]+\.js)", INDEX), *chunks()}
    assert len(named) < 20
    for stem in NEEDED:
        assert any(name.startswith(f"{stem}.") for name in small | named)


def scripts_in_one(routes, page):
    """The names of the small scripts that come in one file, each of which has to be as Streamlit has it."""
    address = re.search(r'src="(assets/chunks-[0-9a-f]{16}\.js)"', page)[1]
    text = ask(routes, f"/{address}", accept_encoding=GZIP).text
    texts = json.loads(text.rpartition("mapScripts(")[2].removesuffix(");\n"))
    assert all(text == (SCRIPTS / name).read_text(encoding="utf-8") for name, text in texts.items())
    return set(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('import{a}from"./b.js";import"./c.js";', True),
        ('import{a}from"./b.js";new URL("./d.png",x)', False),
        ("import.meta.url", False),
        ("import(`./b.js`)", False),
        (" " * 30_001, False),
    ],
    ids=["imports alone", "another address", "its own address", "imports later", "large"],
)
def test_only_small_scripts_that_can_be_anywhere_come_in_one(monkeypatch, tmp_path, text, expected):
    monkeypatch.setattr(streamlit_chunks, "SCRIPTS", tmp_path)
    (tmp_path / "a.js").write_text(text, encoding="utf-8")
    assert is_small("a.js") is expected
    assert not is_small("nowhere.js")


def test_what_is_loaded_comes_after_the_outline_and_modules_after_the_import_map(routes):
    page = ask(routes, "/").text
    outline, root, chunks_at = (page.index(text) for text in ('id="outline"', 'id="root"', "assets/chunks-"))
    assert outline < root < chunks_at < page.index('type="module"')
    assert chunks_at < page.index('rel="modulepreload"')
    assert "stylesheet" not in page[:outline]


@pytest.mark.parametrize("text", ["", INDEX.replace("<title>Streamlit</title>", "<title>Other</title>"), INDEX * 2])
def test_an_index_that_is_not_as_expected_is_left_to_streamlit(routes, changed_index, text):
    changed_index(text)
    assert ask(routes, "/").text == "Streamlit /"


def board_of(page):
    """The payload of the board in the page, or None."""
    found = re.search(r'id="first-board" data-script="([^"]+)">([^<]*)<', page)
    return found and base64.b64decode(found[2])


@pytest.mark.parametrize("query", [{}, {"problem": "moons", "layers": "4,3"}, {"learning_rate": "loud"}])
def test_the_board_in_the_page_is_that_of_a_new_visit_of_this_address(routes, query):
    visit = Visit(dict(query), {})
    expected = board_payload(
        visit.player,
        with_figures=True,
        stability=visit.stability,
        selected=visit.selected.selection,
        lineage=visit.history.continuation(visit.player)[0],
    )
    assert board_of(ask(routes, "/", query=urlencode(query)).text) == expected


def test_the_board_in_the_page_has_what_the_open_panels_show(routes):
    payload = board_of(ask(routes, "/", query="view=units").text)
    assert b'"hidden"' in payload
    assert b'"hidden"' not in board_of(ask(routes, "/").text)


def test_the_board_in_the_page_stands_still_whatever_the_address_asks_for(routes):
    page = ask(routes, "/", query="play=1&target=step").text
    assert board_of(page) == board_of(ask(routes, "/", query="target=step").text)


@pytest.mark.parametrize("query", ["lesson=one_unit", "task=Fit", "goal=loss<0.1", "show="])
def test_a_page_that_begins_with_a_lesson_or_an_exercise_has_no_board_in_it(routes, query):
    page = ask(routes, "/", query=query).text
    assert board_of(page) is None
    assert ("assets/exercise-" in page) == query.startswith(("task", "goal"))  # no other page waits for it


def test_a_board_that_is_large_to_send_is_not_in_the_page(routes):
    assert board_of(ask(routes, "/", query="layers=60,60,60&activations=tanh,tanh,tanh").text) is None


def test_nothing_of_the_address_gets_into_the_page(routes):
    page = ask(
        routes, "/", query=urlencode({"formula": "<script>alert(1)</script>", "<b>": "</script>", "lesson": ""})
    ).text
    assert "alert(1)" not in page
