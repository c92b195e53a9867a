"""Replicas behind HAProxy with the project's own configuration: who is sent where, and who is sent away."""

import contextlib
import gzip
import json
import re
import signal
import socket
import time

import pytest
import websockets

from tests.support.balancer import balanced, haproxy
from tests.support.payload import unpack
from tests.support.processes import until
from tests.support.replicas import HOSTS, Replicas, ask, upload
from tests.support.server import free_port
from tests.support.visitor import Visitor

DRAIN_SECONDS = 6
FOREIGN = "https://elsewhere.example"


@pytest.fixture(scope="module")
def running():
    haproxy()
    replicas = Replicas(free_port())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DRAIN_SECONDS", str(DRAIN_SECONDS))
        try:
            replicas.start(*HOSTS)
            names = {HOSTS[0]}
            with balanced(replicas.port, names) as replicas.host:
                names.update(HOSTS)  # as when there are more of a service; until the other is found, no test begins
                yield replicas
        finally:
            for host in HOSTS:
                replicas.signal(host, signal.SIGKILL)
            replicas.stop(*HOSTS)


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


# --- Who is sent away -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics?families=x",
        "/_stcore//metrics",
        "/_stcore/%6detrics",
        "/%5Fstcore/METRICS/",
    ],
)
def test_the_metrics_are_for_those_inside(replicas, path):
    assert ask(f"{HOSTS[0]}:{replicas.port}", "/_stcore/metrics").status == 200
    assert ask(replicas.host, path).status == 404


def test_another_site_can_neither_send_files_nor_connect(replicas):
    with Visitor(replicas.host, Origin=f"http://{replicas.host}") as visitor:
        path = f"/_stcore/upload_file/{visitor.draws()}/a-file"
        asked = {"origin": FOREIGN, "access_control_request_method": "PUT"}
        assert "access-control-allow-origin" not in ask(replicas.host, path, "OPTIONS", **asked).headers
        assert "access-control-allow-origin" not in ask(replicas.host, path, "DELETE", origin=FOREIGN).headers
    with pytest.raises(websockets.InvalidStatus, match="403"), Visitor(replicas.host, Origin=FOREIGN):
        pass
    assert upload(replicas.host, "00000000-0000-4000-8000-000000000000") == 400  # who does not know a session


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)), b"400"),
        (b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", b"400"),
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: here\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: here\r\n" + b"X: x\r\n" * 100 + b"\r\n", b"400"),
        (b"TRACE / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", b"405"),
        (b"POST / HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx", b"405"),
        (b"PUT /_stcore/upload_file/x/y HTTP/1.1\r\nHost: here\r\nContent-Length: 9000000\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: here\r\n", b"408"),
    ],
    ids=["garbage", "long header", "long address", "many headers", "TRACE", "POST", "large body", "slow headers"],
)
def test_a_request_that_no_browser_sends_is_refused_and_cut(replicas, sent, status):
    with reached(replicas) as client:
        client.settimeout(10)
        client.sendall(sent)
        with contextlib.suppress(ConnectionResetError):  # the rest of a long one was not read
            answer = b"".join(iter(lambda: client.recv(4096), b""))
            assert answer.split(b" ", 2)[1] == status
    assert ask(replicas.host, "/_stcore/health").status == 200


def reached(replicas):
    host, port = replicas.host.split(":")
    return socket.create_connection((host, int(port)))


def test_one_address_gets_so_many_connections_and_no_more(replicas):
    with contextlib.ExitStack() as opened, Visitor(replicas.host, ask(replicas.host, "/").cookie) as visitor:
        clients = [opened.enter_context(reached(replicas)) for _ in range(500)]
        until(lambda: sum(map(is_cut, clients)) >= 100)
        assert sum(map(is_cut, clients)) <= 105  # 400 stay, with those of this test
        assert visitor.draws()
    until(lambda: is_answered(replicas))


def is_cut(client):
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def is_answered(replicas):
    with contextlib.suppress(OSError):
        return ask(replicas.host, "/_stcore/health").status == 200
    return False


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
