"""Clients that no browser is: each is cut off or bounded, and the next visitor sees the page as ever."""

import contextlib
import http.client
import os
import socket
import time
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets import ClientProtocol, State
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.uri import parse_uri

from tests.support.processes import resident_mb, until
from tests.support.server import running_app
from tests.support.visitor import Visitor

TOO_BIG = 10 * 2**20 + 1  # bytes, more than server.maxMessageSize
SOCKETS = 500
KEPT_SESSIONS, SOCKETS_PER_SESSION = 128, 2  # of those that may come back, by Streamlit
PING_SECONDS = 3  # after which a client has to answer, and after twice that is cut off; 30 unless set
MAX_MEMORY_GROWTH = 100  # MB
LIMIT = 5000  # epochs
MAX_SECONDS_OF_A_FORMULA = 3.0


@pytest.fixture(scope="module")
def app():
    with running_app() as (address, process):
        yield address.removeprefix("http://"), process


@pytest.fixture
def host(app):
    """The server's; afterwards a visitor sees the page as ever."""
    host, process = app
    yield host
    with Visitor(host) as visitor:
        visitor.draws()
    assert process.poll() is None


def line_to(host):
    return connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None)


def read_all(line):
    while True:
        line.recv(30)


def rerun(**widget):
    message = BackMsg()
    message.rerun_script.query_string = ""
    if widget:
        message.rerun_script.widget_states.widgets.add(**widget)
    return message.SerializeToString()


@pytest.mark.parametrize(
    "sent",
    ["text", b"\xff" * 100, b"\xff" * TOO_BIG, os.urandom(1000), rerun(id="x", string_value="y" * TOO_BIG)],
    ids=["text", "no message", "huge", "random", "a huge value"],
)
def test_what_is_no_message_of_a_browser_ends_the_connection(host, sent):
    with line_to(host) as line:
        with contextlib.suppress(ConnectionClosed):  # while it is still being sent
            line.send(sent)
        with pytest.raises(ConnectionClosed):
            read_all(line)


@pytest.mark.parametrize(
    "widget",
    [
        {"id": "x", "trigger_value": True},
        {"id": "$$ID-0-train", "json_trigger_value": "[" * 5000},
        {"id": "$$ID-0-live__events", "json_trigger_value": '[{"event": "tick", "value": {"frames": 1e999}}]'},
        {"id": "$$ID-0-learning_rate", "bytes_value": b"\0" * 1000},
    ],
    ids=["unknown", "nested", "infinite", "another kind"],
)
def test_widgets_that_are_not_there_do_nothing(host, widget):
    with line_to(host) as line:
        line.send(rerun())
        line.send(rerun(**widget))
        with contextlib.suppress(ConnectionClosed):
            line.recv(30)


def many_files():
    message = BackMsg()
    message.file_urls_request.file_names.extend([""] * 500_000)
    return message.SerializeToString()


def many_acts():
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="$$ID-1-x", string_value="y" * 400_000)
    message.rerun_script.widget_states.widgets.add(id="$$ID-1-y", json_trigger_value=str([1] * 1000))
    return message.SerializeToString()


@pytest.mark.parametrize("asked", [many_files(), many_acts()], ids=["files", "acts"])
def test_a_message_that_asks_for_very_much_gets_nothing_and_nobody_waits(app, host, asked):
    before = resident_mb(app[1].pid)
    with line_to(host) as line, Visitor(host) as visitor:
        visitor.draws()
        line.send(asked)
        start = time.monotonic()
        for _ in range(3):
            visitor.draws()
        assert time.monotonic() - start < MAX_SECONDS_OF_A_FORMULA
    assert resident_mb(app[1].pid) - before < MAX_MEMORY_GROWTH


def test_who_never_reads_is_cut_off_and_costs_little_memory_until_then():
    with running_app(options=[f"--server.websocketPingInterval={PING_SECONDS}"]) as (address, process):
        host, before = address.removeprefix("http://"), resident_mb(process.pid)
        with deaf(host) as send:
            until(lambda: not send(rerun()))
        assert resident_mb(process.pid) - before < MAX_MEMORY_GROWTH
        with Visitor(host) as visitor:
            visitor.draws()


@contextlib.contextmanager
def deaf(host):
    """A WebSocket from which nothing is read after the handshake: what sends a message, and says if there is a line."""
    protocol = ClientProtocol(parse_uri(f"ws://{host}/_stcore/stream"), subprotocols=["streamlit"])
    name, port = host.split(":")
    with socket.create_connection((name, int(port)), timeout=0.2) as line:
        protocol.send_request(protocol.connect())
        line.sendall(b"".join(protocol.data_to_send()))
        while protocol.state is State.CONNECTING:
            protocol.receive_data(line.recv(1))

        def send(message):
            protocol.send_binary(message)
            try:
                line.sendall(b"".join(protocol.data_to_send()))
            except TimeoutError:  # the server reads no more either
                return True
            except OSError:
                return False
            return True

        yield send


def test_a_message_without_an_end_is_cut_off(host):
    def pieces():
        while True:
            yield b"\0" * 2**16

    with line_to(host) as line, pytest.raises(ConnectionClosed):
        line.send(pieces())


def test_a_page_that_is_left_open_trains_to_its_own_limit_and_then_costs_no_training(host):
    with Visitor(host) as visitor:
        visitor.draws(urlencode({"max_epochs": LIMIT, "speed": 50, "play": 1}))
        assert visitor.board["playing"]
        for _ in range(20):  # 30 frames of 50 epochs, as often as they are asked for
            visitor.ticks()
        assert (visitor.board["playing"], visitor.board["history"]["until"]) == (False, LIMIT)


def test_a_file_that_is_too_large_is_refused_before_it_fills_the_memory(app, host):
    _, process = app
    before = resident_mb(process.pid)
    with Visitor(host) as visitor:
        path = f"/_stcore/upload_file/{visitor.draws()}/a-file"
        for megabytes in (6, 300):
            assert status_of_upload(host, path, (b"1" * 2**20 for _ in range(megabytes))) == 413
    assert resident_mb(process.pid) - before < MAX_MEMORY_GROWTH


def status_of_upload(host, path, pieces):
    """Sends a file in pieces, without its length, and returns the status of the answer."""
    start = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    connection = http.client.HTTPConnection(host, timeout=30)
    with contextlib.closing(connection):
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        connection.request("PUT", path, chain([start], pieces, [b"\r\n--x--\r\n"]), headers, encode_chunked=True)
        return connection.getresponse().status


@pytest.mark.parametrize(
    "formula",
    ["1" * 500_000, "(" * 50_000, "9**9**9**9**9", "sin(" * 500 + "x" + ")" * 500, "+".join(["sin(x)"] * 20_000)],
    ids=["digits", "brackets", "powers", "deep", "long"],
)
def test_a_formula_that_would_take_for_ever_is_refused_at_once(host, formula):
    with Visitor(host) as visitor:
        visitor.draws()
        start = time.monotonic()
        visitor.draws(urlencode({"target": "formula", "formula": formula}))
        assert time.monotonic() - start < MAX_SECONDS_OF_A_FORMULA


def test_five_hundred_sockets_are_closed_and_forgotten(app, host):
    _, process = app
    with contextlib.ExitStack() as stack:
        for _ in range(SOCKETS):
            stack.enter_context(line_to(host))
        with Visitor(host) as visitor:  # who comes meanwhile
            visitor.draws()
        assert open_sockets(process) >= SOCKETS
    until(lambda: open_sockets(process) < SOCKETS_PER_SESSION * KEPT_SESSIONS + 50)


def open_sockets(process):
    found = 0
    for each in Path(f"/proc/{process.pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # it was closed just now
            found += "socket" in os.readlink(each)
    return found
