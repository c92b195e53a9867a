"""A line to a far server: a relay on this machine that delays what it carries and limits its rate, each way.

    with running_app() as (address, _), relayed(address, round_trip_ms=300, megabits=4) as line:
        page.goto(line.address)

In each direction, what is carried waits half a round trip, and all connections share the rate, as on a visitor's line.
A connection carries nothing for its first round trip, that of TCP's handshake. No packet is lost, and there is no slow
start: a real line is a little slower. The relay is a process of its own, so that it shares no interpreter with whoever
measures.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 8192  # bytes; connections take turns by the chunk
AHEAD_SECONDS = 0.01  # how much the line takes before it has sent it: more than the error of a sleep
MAX_CHUNKS = 256  # on their way per connection and direction; then the sender has to wait


class Line:
    """The relay's end in the test: its address, and what it has carried."""

    def __init__(self, process):
        self.process = process
        self.address = f"http://127.0.0.1:{int(process.stdout.readline())}"

    def carried(self):
        """{"up": bytes to the server so far, "down": bytes from it}, with all headers."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextlib.contextmanager
def relayed(address, round_trip_ms, megabits):
    """Puts a line before a server and yields it as a Line.

    `megabits` per second flow each way. The line ends with the block.
    """
    command = [sys.executable, "-m", "tests.support.relay", address, str(round_trip_ms), str(megabits)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        try:
            yield Line(process)
        finally:
            process.terminate()


class Direction:
    """One direction of the line, with a queue that all connections share."""

    def __init__(self, delay_seconds, bytes_per_second):
        self.delay_seconds = delay_seconds
        self.bytes_per_second = bytes_per_second
        self.free_at = 0.0  # when all that was taken will have been sent
        self.carried = 0

    def send(self, chunk):
        """Takes a chunk that is there now and returns when it arrives."""
        self.free_at = max(self.free_at, time.monotonic()) + len(chunk) / self.bytes_per_second
        self.carried += len(chunk)
        return self.free_at + self.delay_seconds

    async def wait_until_free(self):
        while self.free_at - time.monotonic() > AHEAD_SECONDS:
            await _sleep_until(self.free_at - AHEAD_SECONDS)

    async def carry(self, reader, writer, starts_at):
        """Carries all that comes from a reader to a writer, the end included."""
        chunks = asyncio.Queue(MAX_CHUNKS)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._take(reader, chunks, starts_at))
            group.create_task(self._deliver(chunks, writer))

    async def _take(self, reader, chunks, starts_at):
        await _sleep_until(starts_at)
        chunk = b"first"
        while chunk:
            await self.wait_until_free()
            chunk = await reader.read(CHUNK)
            await chunks.put((self.send(chunk), chunk))

    async def _deliver(self, chunks, writer):
        while True:
            arrives_at, chunk = await chunks.get()
            await _sleep_until(arrives_at)
            if not chunk:
                return writer.write_eof()
            writer.write(chunk)
            await writer.drain()


async def _sleep_until(moment):
    while (seconds := moment - time.monotonic()) > 0:
        await asyncio.sleep(seconds)


async def _serve(address, round_trip_ms, megabits):
    server = urlsplit(address)
    delay_seconds, bytes_per_second = round_trip_ms / 2000, megabits * 1e6 / 8
    up, down = Direction(delay_seconds, bytes_per_second), Direction(delay_seconds, bytes_per_second)

    async def connect(reader, writer):
        starts_at = time.monotonic() + 2 * delay_seconds
        transports = [writer.transport]
        try:
            far_reader, far_writer = await asyncio.open_connection(server.hostname, server.port)
            transports.append(far_writer.transport)
            async with asyncio.TaskGroup() as group:
                group.create_task(up.carry(reader, far_writer, starts_at))
                group.create_task(down.carry(far_reader, writer, starts_at))
            writer.close()
            far_writer.close()
        except* OSError:  # one end is gone, so the other end has to know
            for transport in transports:
                transport.abort()

    async with await asyncio.start_server(connect, "127.0.0.1", 0) as relay:
        _tell(relay.sockets[0].getsockname()[1])
        while await asyncio.to_thread(sys.stdin.readline):  # a line is a question; at the end whoever asked is gone
            _tell(json.dumps({"up": up.carried, "down": down.carried}))


def _tell(value):
    sys.stdout.write(f"{value}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])))
