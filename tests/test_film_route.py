"""A board asks for its frames without Streamlit: they are the same run, nobody else gets them, and nothing is mixed."""

import asyncio
import gc
import json
import threading

import numpy as np
import pytest

from playground.components import routes
from playground.experiment import Experiment
from playground.page import film_answer
from playground.panels.training import first_board
from playground.server import film
from playground.server.middleware import Routes
from playground.session.current import safely
from playground.session.open_visits import give_ticket
from playground.session.visit import Visit
from tests.support.asgi import ask, streamlit
from tests.support.payload import unpack

PATIENCE_SECONDS = 20


@pytest.fixture
def visit():
    """A visit that trains, and whose board has its ticket."""
    visit = Visit({}, {})
    give_ticket(visit, lambda: None)
    visit.play({})
    visit.note_charts_sent()
    visit.note_around_drawn()
    return visit


@pytest.fixture
def app():
    return Routes(streamlit)


def request_of(visit, number=1, **changed):
    """What a browser that has shown the first frame of the film asks."""
    player = visit.player
    shown = {"run_id": player.run_id, "lineage": 0, "until": -1, "epoch": player.frames[0].epoch, "number": number}
    return shown | {"frames": 30, "wait_ms": 20} | changed


def posted(app, ticket, request, **headers):
    return ask(app, "/film", "POST", body=json.dumps({"ticket": ticket, "request": request}).encode(), **headers)


def test_what_the_route_trains_is_the_run_itself_to_the_last_bit(app, visit):
    for number in range(1, 6):
        answer = posted(app, visit.access.ticket, request_of(visit, number))
        header, arrays = unpack(answer.body)
        assert (answer.status, header["answered"]) == (200, number)
        assert answer.headers["cache-control"] == "no-store"
        assert arrays["epochs"][0] > header["continues_from"]
    trainer = Experiment().start().trainer
    trainer.train(int(arrays["epochs"][-1]))
    assert arrays["losses"][-1] == trainer.loss
    np.testing.assert_array_equal(visit.player.trainer.network.parameters, trainer.network.parameters)


def test_answers_are_numbered_and_a_request_that_was_overtaken_does_not_turn_that_back(visit):
    numbers = [unpack(film_answer(visit.access.ticket, request_of(visit, i)))[0]["serial"] for i in (1, 2)]
    assert numbers[1] == numbers[0] + 1
    visit.pause(request_of(visit, 7))
    assert unpack(film_answer(visit.access.ticket, request_of(visit, 6)))[0]["answered"] == 7


def test_the_page_is_due_where_more_than_the_board_has_changed(visit):
    assert not unpack(film_answer(visit.access.ticket, request_of(visit)))[0]["page_due"]
    visit.pause(request_of(visit, 2))
    assert unpack(film_answer(visit.access.ticket, request_of(visit, 3)))[0]["page_due"]
    visit.note_around_drawn()
    assert not unpack(film_answer(visit.access.ticket, request_of(visit, 4)))[0]["page_due"]


def test_a_board_has_a_ticket_where_the_server_has_the_route(visit, monkeypatch):
    assert unpack(film_answer(visit.access.ticket, {}))[0]["ticket"] is None
    serving = threading.Event()
    serving.set()
    monkeypatch.setattr(routes, "_serving", serving)
    assert unpack(film_answer(visit.access.ticket, {}))[0]["ticket"] == visit.access.ticket
    assert unpack(first_board({}, []))[0]["ticket"] is None  # nobody's yet


def test_tickets_are_long_and_no_other_visits():
    visits = [Visit({}, {}) for _ in range(50)]
    for each in visits:
        give_ticket(each, lambda: None)
    tickets = {each.access.ticket for each in visits}
    assert len(tickets) == 50
    assert min(map(len, tickets)) >= 22  # 128 bits in letters of six


def test_a_ticket_ends_with_its_visit():
    visit = Visit({}, {})
    give_ticket(visit, lambda: None)
    ticket = visit.access.ticket
    del visit
    gc.collect()
    assert film_answer(ticket, {}) is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'{"ticket": 7}',
        b'{"ticket": null, "request": {}}',
        b'{"ticket": ["a"]}',
        b"\xff\xfe",
        b'{"ticket": "' + b"x" * film.MAX_REQUEST + b'"}',
        b'{"ticket":' + b"[" * 1900,
    ],
)
def test_what_is_no_request_is_refused(app, body):
    assert ask(app, "/film", "POST", body=body).status == 400


@pytest.mark.parametrize("ticket", ["", "x", "a" * 22, "../film", "\u2028"])
def test_an_unknown_ticket_opens_nothing(app, visit, ticket):
    before = visit.player.trainer.epoch
    assert posted(app, ticket, request_of(visit)).status == 404
    assert visit.player.trainer.epoch == before


@pytest.mark.parametrize(
    "request_",
    [
        None,
        [],
        "x",
        7,
        {"epoch": "x"},
        {"frames": 1e300},
        {"run_id": True, "until": -9, "number": -1},
        {"frames": 10**9},
    ],
)
def test_a_strange_request_is_answered_as_one_that_says_nothing(app, visit, request_):
    answer = posted(app, visit.access.ticket, request_)
    assert answer.status == 200
    assert 1 <= len(unpack(answer.body)[1]["epochs"]) <= 90


@pytest.mark.parametrize(("method", "path"), [("GET", "/film"), ("POST", "/films"), ("POST", "/"), ("POST", "/a/film")])
def test_everything_else_is_left_to_streamlit(app, method, path):
    assert ask(app, path, method).text == f"Streamlit {path}"


def test_the_route_is_below_the_apps_own_address(app, visit):
    assert posted(app, visit.access.ticket, {}, root="/class").status == 200


def test_while_a_callback_changes_the_visit_an_answer_waits_and_a_second_one_is_refused(visit, monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {"visit": visit})
    inside, may_end, answers = threading.Event(), threading.Event(), []

    @safely
    def callback():
        inside.set()
        assert may_end.wait(PATIENCE_SECONDS)
        visit.pause(request_of(visit, 2))

    def answer():
        answers.append(film_answer(visit.access.ticket, request_of(visit, 1)))

    threads = [threading.Thread(target=callback), threading.Thread(target=answer)]
    threads[0].start()
    assert inside.wait(PATIENCE_SECONDS)
    threads[1].start()
    while not visit.access.asking.locked():
        pass
    assert film_answer(visit.access.ticket, request_of(visit, 1)) is None
    assert not answers
    may_end.set()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    header, _ = unpack(answers[0])
    assert (header["playing"], header["answered"]) == (False, 2)  # as the callback has left it


def test_a_request_that_does_not_come_to_its_end_is_given_up(monkeypatch):
    monkeypatch.setattr(film, "MAX_SECONDS", 0.05)

    async def receive():
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    assert asyncio.run(film.film(receive)).status_code == 408


def test_a_fault_is_logged_and_streamlit_is_asked_instead(app, visit, monkeypatch, caplog):
    def fails(_request):
        raise RuntimeError("a fault")

    monkeypatch.setattr(visit, "tick", fails)
    assert posted(app, visit.access.ticket, {}).status == 500
    assert "A request for frames failed" in caplog.text
    monkeypatch.undo()
    assert posted(app, visit.access.ticket, {}).status == 200  # nothing stays locked
