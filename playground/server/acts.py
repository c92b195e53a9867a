"""What a visitor does, passed to Streamlit one act after another.

Streamlit merges the messages that come while it draws the page into one: with the latest value of every widget, and the
latest event of every button and component. Of two acts, the earlier event of the same component is lost, and callbacks
are called in an order of its own: an undo that is pressed right after a point was moved comes before the move. So what
follows an act waits here until that is drawn.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

TRIGGERS = ("trigger_value", "string_trigger_value", "json_trigger_value")
MAX_START_SECONDS = 1.0  # a message of a fragment that is gone starts nothing
MAX_RUN_SECONDS = 10.0
MAX_WAITING = 64  # messages; what comes after them waits in the connection
MAX_WAITING_BYTES = 1_000_000
MAX_DIVIDED_BYTES = 20_000_000  # of one message's acts, each with all of its values
MAX_LIFECYCLE_BYTES = 20_000  # of a message that says that a run begins or ends; larger ones are parts of the page


def acts_in(states: Sequence[WidgetState]) -> list[WidgetState]:
    """The acts among the values of a message, in their order: presses of buttons, and events of components."""
    return [state for state in states if state.WhichOneof("value") in TRIGGERS and _is_active(state)]


def one_each(data: bytes) -> list[tuple[bytes, bool]]:
    """A message from the browser as messages of one act each; and whether each has one.

    The first also carries all changed values: a field is left before a button is pressed.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except Exception:  # protobuf's own kinds: Streamlit answers it
        return [(data, False)]
    if message.WhichOneof("type") != "rerun_script":
        return [(data, False)]
    states = list(message.rerun_script.widget_states.widgets)
    acts = list(islice((event for act in acts_in(states) for event in _events_of(act)), MAX_WAITING + 1))
    if len(acts) < 2:
        return [(data, bool(acts))]
    if len(acts) > MAX_WAITING or len(acts) * len(data) > MAX_DIVIDED_BYTES:  # no hand does so much at once
        return [(data, True)]
    names = {act.id for act in acts}
    values = [state for state in states if state.id not in names]
    found: list[tuple[bytes, bool]] = []
    for act in acts:
        del message.rerun_script.widget_states.widgets[:]
        message.rerun_script.widget_states.widgets.extend([*values, act])
        message.rerun_script.ClearField("fragment_id")  # it is that of one of them
        found.append((message.SerializeToString(), True))
    return found


def _is_active(state: WidgetState) -> bool:
    kind = state.WhichOneof("value")
    if kind == "string_trigger_value":
        return state.string_trigger_value.HasField("data")
    return bool(getattr(state, str(kind)))


def _events_of(act: WidgetState) -> Iterator[WidgetState]:
    """The events that a component sent at once, one by one."""
    events: Any = None
    if act.WhichOneof("value") == "json_trigger_value":
        with suppress(ValueError, RecursionError):  # Streamlit answers it
            events = json.loads(act.json_trigger_value)
    if not isinstance(events, list) or len(events) < 2:
        yield act
        return
    for event in events:
        yield WidgetState(id=act.id, json_trigger_value=json.dumps([event]))


class ScriptRun:
    """The script run that Streamlit is in, as its answers show.

    Attributes:
        is_act: whether it is drawing an act, or is about to.
        until: the time up to which that is waited for.
    """

    def __init__(self) -> None:
        self.is_act = False
        self.until = 0.0
        self._under_way: str | None = None
        self._begun: set[str] = set()  # since the last message was given to it

    def given(self, is_act: bool, now: float) -> None:
        """It was given a message."""
        self.is_act = is_act
        self.until = now + (MAX_START_SECONDS if self._under_way is None else MAX_RUN_SECONDS)
        self._begun.clear()

    def answered(self, data: bytes, now: float) -> bool:
        """Takes what it sends to the browser; returns whether an act is done with that."""
        if len(data) > MAX_LIFECYCLE_BYTES:
            return False
        message = ForwardMsg()
        message.ParseFromString(data)
        kind, run = message.WhichOneof("type"), message.metadata.run.script_run_id
        if kind == "new_session":
            self._under_way = run
            self._begun.add(run)
            self.until = now + MAX_RUN_SECONDS
        if kind != "script_finished":
            return False
        self._under_way = None
        if not self.is_act or run not in self._begun:
            return False
        self.is_act = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN  # another follows
        return not self.is_act


class OneAct:
    """An ASGI app around Streamlit's, for its connections to browsers alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI app."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        connection = _Connection(receive, send)
        try:
            await self._app(scope, connection.receive, connection.send)
        finally:
            connection.close()


class _Connection:
    """The connection to one browser."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._waiting: deque[tuple[Message, bool]] = deque()  # each with whether it is an act
        self._run = ScriptRun()
        self._changed = asyncio.Event()  # set when the act is done
        self._reading: asyncio.Task[Message] | None = None
        self._end: Message | None = None  # the browser is gone

    def close(self) -> None:
        """Ends with the connection."""
        if self._reading is not None:
            self._reading.cancel()

    async def send(self, message: Message) -> None:
        """Sends Streamlit's message to the browser."""
        data = message.get("bytes")
        if data is not None and self._run.answered(data, asyncio.get_running_loop().time()):
            self._changed.set()
        await self._send(message)

    async def receive(self) -> Message:
        """What Streamlit is to do next."""
        clock = asyncio.get_running_loop().time
        while True:
            wait = self._run.until - clock() if self._run.is_act else 0.0
            if self._waiting and (wait <= 0 or self._end is not None):
                message, is_act = self._waiting.popleft()
                self._run.given(is_act, clock())
                return message
            if self._end is not None:
                return self._end
            await self._listen(wait if self._waiting else None)

    async def _listen(self, seconds: float | None) -> None:
        """Reads on until another message is here, the act is done, or the time is over."""
        self._changed.clear()
        done = asyncio.ensure_future(self._changed.wait())
        tasks: set[asyncio.Task[Any]] = {done}
        if not self._is_full:
            self._reading = self._reading or asyncio.ensure_future(self._receive())
            tasks.add(self._reading)
        try:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            done.cancel()
        if self._reading is not None and self._reading.done():
            message, self._reading = self._reading.result(), None
            self._take(message)

    @property
    def _is_full(self) -> bool:
        size = sum(len(message["bytes"]) for message, _ in self._waiting)
        return len(self._waiting) >= MAX_WAITING or size >= MAX_WAITING_BYTES

    def _take(self, message: Message) -> None:
        data = message.get("bytes")
        if message["type"] == "websocket.disconnect":
            self._end = message
        elif data is None:
            self._waiting.append((message, False))
        else:
            self._waiting.extend(({**message, "bytes": part}, is_act) for part, is_act in one_each(data))
