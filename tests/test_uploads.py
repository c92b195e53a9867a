"""What visitors send as files does not stay: the last ones of a session alone, and in all so many bytes."""

import contextlib
import http.client
import re
import socket

import pytest

from playground.server import uploads
from playground.server.uploads import given_up
from tests.support.processes import until
from tests.support.replicas import ask
from tests.support.server import running_app
from tests.support.visitor import Visitor

MEGABYTE = b"1" * 1_000_000
START = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
END = b"\r\n--x--\r\n"
KIND = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.fixture
def host():
    with running_app() as (address, _):
        yield address.removeprefix("http://")


def send(host, session, name, megabytes=1):
    """Sends a file, and returns the status."""
    with contextlib.closing(http.client.HTTPConnection(host, timeout=30)) as connection:
        connection.request("PUT", f"/_stcore/upload_file/{session}/{name}", START + megabytes * MEGABYTE + END, KIND)
        return connection.getresponse().status


def megabytes(host):
    """What the files take that the server has, by its own count."""
    metrics = ask(host, "/_stcore/metrics?families=cache_memory_bytes").body.decode()
    sizes = re.findall(r'cache_type="UploadedFileManager".*?} (\d+)', metrics)
    return sum(map(int, sizes)) / 1e6


def settled(host, expected):
    until(lambda: round(megabytes(host)) == expected, 20)  # what is counted is remembered for five seconds


def test_the_last_files_of_a_session_are_kept(host):
    with Visitor(host) as visitor:
        session = visitor.draws()
        assert {send(host, session, f"file-{i}") for i in range(10)} == {204}
        settled(host, uploads.MAX_PER_SESSION)


def test_in_all_so_many_bytes_are_kept(host):
    most, size = uploads.MAX_BYTES // 10**6, 4
    with contextlib.ExitStack() as opened:
        for _ in range(most // size // uploads.MAX_PER_SESSION + 2):
            session = opened.enter_context(Visitor(host)).draws()
            assert {send(host, session, f"file-{i}", size) for i in range(uploads.MAX_PER_SESSION)} == {204}
        settled(host, most)


def test_who_holds_little_keeps_it_whoever_fills_the_rest(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100)
    little = {("a pupil", "points"): 1}
    lot = {(f"session {i}", f"file {k}"): 20 for i in range(3) for k in range(2)}
    gone = given_up(little | lot, "session 2")
    assert gone == [("session 0", "file 0"), ("session 1", "file 0")]
    assert given_up({("one", f"file {k}"): 1 for k in range(5)} | little, "one") == [
        ("one", "file 0"),
        ("one", "file 1"),
    ]
    assert given_up(little, "a pupil") == []


def test_a_file_that_comes_in_after_its_session_does_not_stay(host):
    name, port = host.split(":")
    with Visitor(host) as visitor, socket.create_connection((name, int(port)), timeout=20) as late:
        session, body = visitor.draws(), START + MEGABYTE + END
        head = f"PUT /_stcore/upload_file/{session}/late HTTP/1.1\r\nHost: here\r\nContent-Length: {len(body)}\r\n"
        late.sendall(f"{head}Content-Type: {KIND['Content-Type']}\r\n\r\n".encode() + body[:-1])
        visitor.socket.close()
        until(lambda: send(host, session, "another") == 400)  # it is closed
        late.sendall(body[-1:])
        assert late.recv(100).startswith(b"HTTP/1.1 204")
    with Visitor(host) as visitor:
        assert send(host, visitor.draws(), "another") == 204
        settled(host, 1)
