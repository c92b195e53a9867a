"""HAProxy with the project's own configuration: what it refuses, and whom it cuts off before a replica is asked."""

import contextlib
import socket

import pytest
import websockets

from tests.support.processes import until
from tests.support.replicas import HOSTS, ask, behind_haproxy, upload
from tests.support.visitor import Visitor

FOREIGN = "https://elsewhere.example"
REFUSED = b"GET /_stcore/metrics HTTP/1.1\r\nHost: here\r\n\r\n"  # by HAProxy itself


@pytest.fixture(scope="module")
def running():
    with behind_haproxy() as replicas:
        yield replicas


@pytest.fixture
def replicas(running):
    running.ready()
    return running


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


def reached(replicas, source="127.0.0.1"):
    host, port = replicas.host.split(":")
    return socket.create_connection((host, int(port)), source_address=(source, 0))


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


def test_one_address_may_connect_so_often_in_ten_seconds(replicas):
    def connects(source):
        with reached(replicas, source) as client, contextlib.suppress(ConnectionError):
            client.sendall(REFUSED)
            return bool(client.recv(4096))
        return False

    came = next(i for i in range(3000) if not connects("127.0.0.9"))
    assert came >= 2000
    assert connects("127.0.0.10")


def test_one_address_may_ask_so_much_in_ten_seconds(replicas):
    def answers(source, requests):
        with reached(replicas, source) as client:
            for _ in range(requests):
                client.sendall(REFUSED)
                yield client.recv(4096).split(b" ", 2)[1]

    statuses = list(answers("127.0.0.11", 6000))
    assert set(statuses[:5000]) == {b"404"}
    assert statuses[-1] == b"429"
    assert list(answers("127.0.0.12", 1)) == [b"404"]
