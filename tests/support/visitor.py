"""A visitor who speaks Streamlit's own protocol over its WebSocket, without a browser."""

import json

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.support.payload import unpack

MAX_SECONDS = 30
EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"  # the widget by which a component tells what happens


class Visitor:
    """A page that is open within a `with` block, by what the browser sends to open it.

    Args:
        host: the server's, such as "127.0.0.1:8501".
        cookie: the browser's.
        headers: others; an underscore in a name stands for its hyphen.

    Attributes:
        board: the header of the board that was drawn last (BoardHeader in playground/components/contract.py).
    """

    def __init__(self, host, cookie="", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()} | (
            {"Cookie": cookie} if cookie else {}
        )
        address = f"ws://{host}/_stcore/stream"
        self._opened = connect(address, subprotocols=["streamlit"], additional_headers=sent, max_size=None)
        self.socket = None
        self.session = ""
        self.board, self._board_id = None, ""

    def __enter__(self):
        self.socket = self._opened.__enter__()
        return self

    def __exit__(self, *what):
        self._opened.__exit__(*what)

    def draws(self, query=""):
        """Has the page drawn, and returns the session's name."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        return self._draw(asked)

    def ticks(self):
        """Asks for more frames, as the page's board does, and has the page drawn."""
        asked = BackMsg()
        event = asked.rerun_script.widget_states.widgets.add(id=EVENTS.format(self._board_id))
        event.json_trigger_value = json.dumps([{"event": "tick", "value": {"run_id": self.board["run_id"]}}])
        self._draw(asked)

    def _draw(self, asked):
        self.socket.send(asked.SerializeToString())
        kind, end = "", ForwardMsg.FINISHED_EARLY_FOR_RERUN
        while kind != "script_finished" or end == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(MAX_SECONDS))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            component = message.delta.new_element.bidi_component
            if component.component_name.endswith(".board"):
                self.board, self._board_id = unpack(component.bytes)[0], component.id
            end = message.script_finished
        assert end in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        return self.session
