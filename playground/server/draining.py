"""A replica that is told to stop keeps its visitors for a while, and gets no new ones from a load balancer."""

import asyncio
import os
import signal
import threading
import time
from types import FrameType

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE = "DRAIN_SECONDS"
MAX_SECONDS = 3600
NOTICED_SECONDS = 3.0  # within which a load balancer asks for the health
HEALTH = "/_stcore/health"


class Draining:
    """An ASGI middleware. From SIGTERM on, the app's health is answered with 404, and the server stops when the last
    WebSocket has closed, or after as many seconds as the environment variable DRAIN_SECONDS says.

    Without the variable SIGTERM stops the server at once, as usual.

    Raises:
        ValueError: when DRAIN_SECONDS is not a number from 0 to 3600.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._seconds = _seconds(os.environ.get(VARIABLE, "0"))
        self._open = 0  # WebSockets
        self._draining: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI app."""
        if scope["type"] == "lifespan" and self._seconds and threading.current_thread() is threading.main_thread():
            self._listen()
        if scope["type"] == "http" and self._draining and scope["path"].endswith(HEALTH):
            await PlainTextResponse("This replica is about to stop.", 404)(scope, receive, send)
            return
        is_socket = scope["type"] == "websocket"
        self._open += is_socket
        try:
            await self._app(scope, receive, send)
        finally:
            self._open -= is_socket

    def _listen(self) -> None:
        """Takes the place of the server's own handler of SIGTERM, which is called at the end, or by a second one."""
        loop, stop = asyncio.get_running_loop(), signal.getsignal(signal.SIGTERM)

        def begin() -> None:
            self._draining = loop.create_task(self._wait())
            self._draining.add_done_callback(lambda _: end(signal.SIGTERM, None))

        def end(number: int, frame: FrameType | None) -> None:
            signal.signal(signal.SIGTERM, stop)
            if callable(stop):
                stop(number, frame)
            else:
                signal.raise_signal(number)

        def drain(_number: int, _frame: FrameType | None) -> None:
            signal.signal(signal.SIGTERM, end)
            loop.call_soon_threadsafe(begin)

        signal.signal(signal.SIGTERM, drain)

    async def _wait(self) -> None:
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < self._seconds and (self._open or passed < NOTICED_SECONDS):
            await asyncio.sleep(0.1)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= MAX_SECONDS:
        raise ValueError(f"{VARIABLE} must be a number from 0 to {MAX_SECONDS}, and is {text[:40]!r}.")
    return seconds
