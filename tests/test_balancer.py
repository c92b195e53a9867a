"""Replicas behind HAProxy with the project's own configuration: who is sent where, also when replicas come and go."""

import contextlib
import gzip
import json
import re
import signal
import time

import pytest
import websockets

from tests.support.payload import unpack
from tests.support.processes import until
from tests.support.replicas import HOSTS, ask, behind_haproxy, upload
from tests.support.visitor import Visitor

DRAIN_SECONDS = 6


@pytest.fixture(scope="module")
def running():
    with behind_haproxy(DRAIN_SECONDS) as replicas:
        yield replicas


@pytest.fixture
def replicas(running):
    running.ready()
    return running


def film_of(host, board, **headers):
    """The run of which a board is sent frames that asks for them without Streamlit."""
    answer = ask(host, "/film", "POST", json.dumps({"ticket": board["ticket"], "request": {}}).encode(), **headers)
    assert answer.status == 200
    return unpack(answer.body)[0]["run_id"]


# --- Who is sent where ------------------------------------------------------------------------------------------------


def test_visitors_are_shared_out_and_each_stays_by_its_cookie(replicas):
    cookies = {ask(replicas.host, "/").cookie for _ in range(4)}
    assert len(cookies) == 2
    for cookie in cookies:
        again = [ask(replicas.host, path, cookie=cookie) for path in ("/", "/_stcore/health", "/_stcore/host-config")]
        assert [(answer.status, answer.cookie) for answer in again] == [(200, "")] * 3  # it is right as it is
        for host in HOSTS:
            expected = 4 if cookie == replicas.cookie_of(host) else 0
            with contextlib.ExitStack() as visitors:
                assert all(visitors.enter_context(Visitor(replicas.host, cookie)).draws() for _ in range(4))
                until(lambda host=host, expected=expected: replicas.visits(host) == expected)


def test_the_cookie_is_not_for_scripts_and_comes_into_frames_where_the_line_is_encrypted(replicas):
    plain = ask(replicas.host, "/").headers["set-cookie"]
    assert re.fullmatch(r"replica=[0-9a-f]{16}; path=/; HttpOnly", plain)
    framed = ask(replicas.host, "/", x_forwarded_proto="https").headers["set-cookie"]
    assert re.fullmatch(r"replica=[0-9a-f]{16}; path=/; HttpOnly; Secure; SameSite=None; Partitioned", framed)


def test_a_frame_without_cookies_finds_its_session_again(replicas):
    for _ in range(4):
        with Visitor(replicas.host) as visitor:
            assert upload(replicas.host, visitor.draws()) == 204
            assert film_of(replicas.host, visitor.board) == visitor.board["run_id"]


def test_an_upload_and_a_request_for_frames_go_where_the_cookie_says(replicas):
    for host in HOSTS:
        cookie = replicas.cookie_of(host)
        with Visitor(replicas.host, cookie) as visitor:
            assert upload(replicas.host, visitor.draws(), cookie=cookie) == 204
            assert film_of(replicas.host, visitor.board, cookie=cookie) == visitor.board["run_id"]


def test_what_the_app_leaves_plain_is_compressed_and_the_rest_is_passed_on(replicas):
    direct, here = (f"{HOSTS[0]}:{replicas.port}", replicas.host)
    page = ask(here, "/", accept_encoding="gzip")
    assert page.headers["content-encoding"] == "gzip"
    assert page.body == ask(direct, "/", accept_encoding="gzip", Host=here).body
    plain = ask(direct, "/_stcore/host-config", accept_encoding="gzip")
    packed = ask(here, "/_stcore/host-config", accept_encoding="gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in ask(here, "/_stcore/host-config").headers


def test_a_page_without_cookies_gets_the_files_of_its_version_while_another_one_comes(replicas):
    changing = HOSTS[1]
    replicas.stop(changing)
    replicas.start(changing, another_version=True)
    try:
        replicas.ready()
        pages = [ask(f"{host}:{replicas.port}", "/").body.decode() for host in HOSTS]
        files = [set(re.findall(r"assets/[\w.-]+\.js", page)) for page in pages]
        assert files[0] != files[1]
        for name in sorted(files[0] | files[1]) * 2:
            assert ask(replicas.host, f"/{name}").status == 200
        assert ask(replicas.host, "/assets/board-0.js").status == 404
    finally:
        replicas.stop(changing)


# --- Replicas that come and go ----------------------------------------------------------------------------------------


def newcomers(replicas):
    """Where those go who have no cookie."""
    return {ask(replicas.host, "/favicon.png").cookie for _ in range(6)}


def test_a_replica_that_is_told_to_stop_keeps_its_visitors_and_gets_no_new_ones(replicas):
    leaving, staying = HOSTS
    cookie, other = map(replicas.cookie_of, HOSTS)
    with Visitor(replicas.host, cookie) as visitor, Visitor(replicas.host, other), Visitor(replicas.host, other):
        session = visitor.draws()
        until(lambda: replicas.visits(staying) == 2)
        until(lambda: newcomers(replicas) == {cookie})  # to the emptier one, until that is told to stop
        replicas.signal(leaving, signal.SIGTERM)
        told = time.monotonic()
        until(lambda: ask(f"{leaving}:{replicas.port}", "/_stcore/health").status == 404)
        until(lambda: newcomers(replicas) == {other})
        assert visitor.draws() == session
        assert upload(replicas.host, session, cookie=cookie) == 204
        assert not replicas.has_ended(leaving)
    until(lambda: replicas.has_ended(leaving))
    assert time.monotonic() - told < DRAIN_SECONDS + 3
    answer = ask(replicas.host, "/", cookie=cookie)
    assert (answer.status, answer.cookie) == (200, other)


def test_newcomers_are_turned_away_for_a_moment_at_most_while_others_start(replicas):
    starting = {f"127.0.0.{i}" for i in range(4, 24)}  # there nobody listens yet
    with Visitor(replicas.host, replicas.cookie_of(HOSTS[0])), Visitor(replicas.host, replicas.cookie_of(HOSTS[1])):
        asked, statuses = replicas.names.asked, []

        def comes():
            statuses.append(ask(replicas.host, "/favicon.png").status)
            return replicas.names.asked > asked + 10

        replicas.names.update(starting)  # and nobody is connected, which draws newcomers there
        until(comes)
        replicas.names.difference_update(starting)
    assert statuses.count(200) > len(statuses) - 25  # 10; and 55 where HAProxy waits for the next question about health


def listen(visitor):
    while True:
        visitor.socket.recv(30)


def test_a_replica_that_hangs_is_left_by_its_visitors(replicas):
    hanging, staying = HOSTS
    cookie = replicas.cookie_of(hanging)
    with Visitor(replicas.host, cookie) as visitor:
        visitor.draws()
        replicas.signal(hanging, signal.SIGSTOP)
        try:
            with pytest.raises(websockets.ConnectionClosed):
                listen(visitor)
            assert ask(replicas.host, "/", cookie=cookie).cookie == replicas.cookie_of(staying)
        finally:
            replicas.signal(hanging, signal.SIGCONT)
    replicas.ready()  # and it gets visitors again


def test_a_killed_replica_sends_its_visitors_to_the_other(replicas):
    killed, staying = HOSTS
    cookie = replicas.cookie_of(killed)
    with Visitor(replicas.host, cookie) as visitor:
        visitor.draws()
        replicas.signal(killed, signal.SIGKILL)
        with pytest.raises(websockets.ConnectionClosed):
            visitor.draws()
    answers = [ask(replicas.host, "/", cookie=cookie) for _ in range(4)]  # at once, before it is known to be down
    assert {(answer.status, answer.cookie) for answer in answers} == {(200, replicas.cookie_of(staying))}
    with Visitor(replicas.host, cookie) as visitor:
        assert visitor.draws()
        until(lambda: replicas.visits(staying) == 1)
