"""The line to a far server keeps every byte in order, and takes the time that a line takes."""

import contextlib
import random
import socket
import threading
import time
from urllib.parse import urlsplit

from tests.support.relay import relayed

PATIENCE = 60  # seconds: for what never comes


@contextlib.contextmanager
def serving(answer):
    """A server that calls answer(connection) in a thread per connection; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server, contextlib.ExitStack() as connections:
        server.settimeout(PATIENCE)
        threads = []

        def accept():
            with contextlib.suppress(OSError):  # closed
                while True:
                    connection = connections.enter_context(server.accept()[0])
                    connection.settimeout(PATIENCE)
                    threads.append(threading.Thread(target=answer, args=(connection,)))
                    threads[-1].start()

        acceptor = threading.Thread(target=accept)
        acceptor.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            for thread in (acceptor, *threads):
                thread.join()


def connect(address):
    place = urlsplit(address)
    return socket.create_connection((place.hostname, place.port), timeout=PATIENCE)


def read_all(connection):
    return b"".join(iter(lambda: connection.recv(65536), b""))


def echo(connection):
    """Answers with all that came, once its end came."""
    connection.sendall(read_all(connection))
    connection.shutdown(socket.SHUT_WR)


def exchange(address, text):
    """Sends, ends, and returns the answer and the seconds that it took."""
    start = time.perf_counter()
    with connect(address) as connection:
        sender = threading.Thread(target=lambda: (connection.sendall(text), connection.shutdown(socket.SHUT_WR)))
        sender.start()
        answer = read_all(connection)
        sender.join()
    return answer, time.perf_counter() - start


def test_bytes_arrive_unchanged_in_order_and_are_counted():
    text = random.Random(0).randbytes(1_000_000)
    with serving(echo) as address, relayed(address, round_trip_ms=20, megabits=400) as line:
        assert exchange(line.address, text)[0] == text
        assert line.carried() == {"up": len(text), "down": len(text)}


def test_an_exchange_takes_two_round_trips_and_the_time_of_its_bytes():
    text = bytes(100_000)  # 0.1 s each way at 8 Mbit/s
    with serving(echo) as address, relayed(address, round_trip_ms=100, megabits=8) as line:
        answer, seconds = exchange(line.address, text)
    assert answer == text
    assert seconds >= 0.1 + 0.1 + 0.1 + 0.1  # the handshake, there and back, and the bytes twice


def test_an_open_connection_answers_after_one_round_trip():
    def reply(connection):
        while connection.recv(1):
            connection.sendall(b"!")

    times = []
    with (
        serving(reply) as address,
        relayed(address, round_trip_ms=80, megabits=8) as line,
        connect(line.address) as connection,
    ):
        for _ in range(3):
            start = time.perf_counter()
            connection.sendall(b"?")
            assert connection.recv(1) == b"!"
            times.append(time.perf_counter() - start)
    assert times[0] >= 0.16  # the first one waits for the handshake
    assert min(times) >= 0.08


def test_connections_share_the_rate():
    """Twice 50 kB at 4 Mbit/s take 0.2 s; each alone would take half of it."""
    finished = []

    def send(connection):
        connection.sendall(bytes(50_000))
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)

    def receive(connection):
        assert len(read_all(connection)) == 50_000
        finished.append(time.perf_counter())

    with serving(send) as address, relayed(address, round_trip_ms=0, megabits=4) as line:
        start = time.perf_counter()
        with connect(line.address) as first, connect(line.address) as second:
            readers = [threading.Thread(target=receive, args=(connection,)) for connection in (first, second)]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
    assert len(finished) == 2
    assert max(finished) - start >= 0.2


def test_a_sender_whose_receiver_does_not_read_has_to_wait():
    """Otherwise the relay would hold all of it."""
    sent, stop = [], threading.Event()

    def send(connection):
        connection.settimeout(0.5)  # no room for so long: it has to wait
        with contextlib.suppress(TimeoutError):
            while not stop.is_set() and len(sent) < 1000:
                sent.append(connection.send(bytes(1_000_000)))
        stop.set()

    with (
        serving(send) as address,
        relayed(address, round_trip_ms=0, megabits=100_000) as line,
        connect(line.address),
    ):
        assert stop.wait(PATIENCE)
    assert sum(sent) < 100_000_000  # the relay's and the kernel's buffers


def test_a_reset_of_one_end_reaches_the_other():
    ended = threading.Event()

    def wait_for_reset(connection):
        with contextlib.suppress(ConnectionResetError):
            read_all(connection)
        ended.set()

    with serving(wait_for_reset) as address, relayed(address, round_trip_ms=10, megabits=8) as line:
        with connect(line.address) as connection:
            connection.sendall(b"?")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # close by a reset
        assert ended.wait(PATIENCE)


def test_without_a_server_a_connection_ends():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    with relayed(address, round_trip_ms=0, megabits=8) as line, connect(line.address) as connection:
        assert read_all(connection) == b""
