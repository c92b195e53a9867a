"""What of a browser's messages reaches Streamlit: those of this page, no larger and no faster than a page sends them.

Streamlit does whatever a message of its protocol asks for, as often as it is asked: it draws the page anew, looks for a
repository of git, empties what all visitors share, or names a million places for files, while nobody else is answered.
What a message says that is of no use to it stands in its log, with what the visitor sent.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

KINDS = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request")
MAX_FILES = 10  # that are about to be sent; the page's fields take one each
MAX_WIDGETS = 2000  # the page has less than 500
MAX_NAME = 500  # characters of a widget's name
NAMED_BY_STREAMLIT = "$$"  # widgets; a name without it would be taken for a value of the session
AT_ONCE = 200  # messages that come together, as when a line was slow; a long one counts as several
PER_SECOND = 20
MAX_LATE = 200  # of the messages that had to wait, less those that had not: ten seconds of that is no visitor
BYTES_PER_MESSAGE = 30_000
REFUSED = 1008  # the code of a WebSocket that ends since it does what it must not


def of_page(data: bytes | None) -> bytes | None:
    """What a message has that is of use to the page; None for nothing.

    Args:
        data: its bytes; None of a text, which no browser sends.

    Raises:
        ValueError: when no browser sends that.
    """
    if data is None:
        raise ValueError("This is a text.")
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # protobuf's own kinds
        raise ValueError("This is no message.") from None
    kind = message.WhichOneof("type")
    if kind not in KINDS:
        return None
    if kind == "backend_operation_request":
        return data if message.backend_operation_request.WhichOneof("payload") == "deferred_file" else None
    if kind == "file_urls_request":
        return data if len(message.file_urls_request.file_names) <= MAX_FILES else None
    if kind == "rerun_script":
        states = message.rerun_script.widget_states.widgets
        known = [state for state in states if state.id.startswith(NAMED_BY_STREAMLIT) and len(state.id) <= MAX_NAME]
        if len(known) > MAX_WIDGETS:
            raise ValueError("No page has so many widgets.")
        if len(known) < len(states):
            del states[:]
            states.extend(known)
            return bytes(message.SerializeToString())
    return data


class Allowance:
    """How much may be sent now: AT_ONCE at the beginning and after a rest, and PER_SECOND more."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._left, self._at = clock, float(AT_ONCE), clock()

    def take(self, size: int) -> float:
        """Takes what a message of so many bytes needs; returns the seconds that it has to wait."""
        now = self._clock()
        self._left = min(AT_ONCE, self._left + PER_SECOND * (now - self._at)) - 1 - size / BYTES_PER_MESSAGE
        self._at = now
        return max(0.0, -self._left / PER_SECOND)


class Admission:
    """An ASGI middleware, for connections to browsers alone. Who sends what no browser sends is cut off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI app."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        allowance, late, is_refused = Allowance(asyncio.get_running_loop().time), 0, False

        async def admitted() -> Message:
            nonlocal late, is_refused
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                data = message.get("bytes")
                seconds = allowance.take(len(data or b""))
                late = late + 1 if seconds else max(0, late - 1)  # a busy server sleeps longer, so not each one waits
                try:
                    part, is_refused = of_page(data), late > MAX_LATE
                except ValueError:
                    is_refused = True
                if is_refused:
                    await send({"type": "websocket.close", "code": REFUSED})
                    return {"type": "websocket.disconnect", "code": REFUSED}
                await asyncio.sleep(seconds)
                if part is not None:
                    return {**message, "bytes": part}

        async def answer(message: Message) -> None:
            if is_refused:  # Streamlit may have been about to answer
                return
            with suppress(OSError):  # the visitor is gone; Streamlit would take that for a fault of the page
                await send(message)

        await self._app(scope, admitted, answer)
