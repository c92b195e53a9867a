"""A visitor without a browser: sends what a browser sent, and asks for frames as the page does."""

import asyncio
import contextlib
import http.client
import json
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.benchmarks.film_clock import Film
from tests.benchmarks.kept_visit import KeptVisit
from tests.support.payload import unpack

PATIENCE_SECONDS = 30  # for an answer
_threads = ThreadPoolExecutor(250)  # of those who wait for an answer


class Return(NamedTuple):
    """A visitor has come again.

    Attributes:
        at: when the page went on.
        before: the epoch that was on screen before.
        after: the epoch at which it went on.
    """

    at: float
    before: int
    after: int


class ProtocolVisitor:
    """One visitor, who may come again and goes on then.

    Args:
        address: of the page.
        recorded: a RecordedVisit.

    Attributes:
        pictures: the time of each picture that they saw.
        first_runs: the seconds of each coming, to the end of the page's first run.
        ticks: (time, seconds) of each answer to a request for frames, and what it took.
        went_on: the Return of each time that they came again.
    """

    def __init__(self, address, recorded):
        self._address, self._recorded = address, recorded
        self._socket, self._line, self._cookie, self._number, self._header = None, None, "", 0, None
        self._film, self._kept = Film(), KeptVisit()
        self.pictures, self.first_runs, self.ticks, self.went_on = [], [], [], []

    async def come(self):
        """Opens the page as a browser does: its first page, then the socket, with the cookie that came before."""
        start = time.perf_counter()
        self._cookie = await asyncio.to_thread(_cookie, self._address)
        self._socket = await websockets.connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": self._cookie} if self._cookie else {},
            max_size=None,
            compression=None,
            open_timeout=PATIENCE_SECONDS,
        )
        await self._send(self._recorded.opening)
        await self._read_run()
        self.first_runs.append(time.perf_counter() - start)

    async def come_again(self):
        """Loads the page again, after the connection ended; what it has kept goes on."""
        shown, kept = self._film.epoch, self._kept.sent(self._film.epoch)
        await self.come()
        if kept is not None:
            await self._send(self._recorded.bringing(kept))
            await self._read_run()
        self.went_on.append(Return(time.perf_counter(), shown, self._header["history"]["until"]))

    async def press_train(self):
        """Presses Train."""
        await self._send(self._recorded.train)
        await self._read_run()

    async def watch(self, until):
        """Asks for frames as they are shown, until the clock says so."""
        self._film = Film(self._header["history"]["until"])
        while time.perf_counter() < until:
            await asyncio.sleep(min(self._film.seconds_until_asking(time.perf_counter()), until - time.perf_counter()))
            asked = time.perf_counter()
            epochs = await asyncio.get_running_loop().run_in_executor(_threads, self._ask)
            now = time.perf_counter()
            self._film.put(epochs, now - asked, now)
            self.ticks.append((now, now - asked))
            self.pictures += self._film.take_shown()

    async def leave(self):
        """Closes the page."""
        if self._socket is not None:
            with contextlib.suppress(websockets.WebSocketException, OSError):
                await self._socket.close()
            self._socket = None
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self):
        """Asks for more frames, without Streamlit; returns their epochs."""
        self._line = self._line or http.client.HTTPConnection(urlsplit(self._address).netloc, timeout=PATIENCE_SECONDS)
        body = json.dumps({"ticket": self._header["ticket"], "request": self._request()})
        try:
            self._line.request("POST", self._recorded.film, body, {"Cookie": self._cookie} if self._cookie else {})
            answer = self._line.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            self._line.close()
            raise
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {content[:200]!r}")
        return self._take(content)

    def _take(self, payload):
        """Takes what the board is sent; returns the epochs of its frames."""
        self._header, arrays = unpack(payload)
        self._kept.take(self._header, arrays)
        return arrays["epochs"].astype(int).tolist()

    def _request(self):
        self._number += 1
        header, wait = self._header, self._film.expected_wait
        return {
            "run_id": header["run_id"],
            "lineage": header["history"]["lineage"],
            "until": header["history"]["until"],
            "epoch": self._film.epoch,
            "number": self._number,
            "frames": self._film.wanted,
            "wait_ms": None if wait is None else round(1000 * wait),
        }

    async def _send(self, message):
        await self._socket.send(message.SerializeToString())

    async def _read_run(self):
        """Reads the messages of one run of the page; returns the epochs of the frames that came with it."""
        epochs = None
        while True:
            async with asyncio.timeout(PATIENCE_SECONDS):
                message = ForwardMsg.FromString(await self._socket.recv())
            kind = message.WhichOneof("type")
            if kind == "script_finished" and epochs is not None:
                return epochs
            if kind != "delta":
                continue
            element = message.delta.new_element
            if element.HasField("exception"):
                raise RuntimeError(element.exception.message)
            if element.bidi_component.component_name.endswith(".board"):
                epochs = self._take(element.bidi_component.bytes)


def _cookie(address):
    """What the first page asks a browser to bring along."""
    with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
        answer.read()
        cookies = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(cookie.split(";")[0] for cookie in cookies)
