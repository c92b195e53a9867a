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
        headers: of each component that has been drawn, by its name, the last one (playground/components/contract.py).
        texts: what stands on the page as it was drawn last: of paragraphs and of bars of progress.
    """

    def __init__(self, host, cookie="", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()} | (
            {"Cookie": cookie} if cookie else {}
        )
        address = f"ws://{host}/_stcore/stream"
        self._opened = connect(address, subprotocols=["streamlit"], additional_headers=sent, max_size=None)
        self.socket = None
        self.session, self._query = "", ""
        self.headers, self.texts = {}, []
        self._components, self._buttons = {}, {}  # their widgets' names, by the component's name and the button's label

    def __enter__(self):
        self.socket = self._opened.__enter__()
        return self

    def __exit__(self, *what):
        self._opened.__exit__(*what)

    @property
    def board(self):
        """The header of the board."""
        return self.headers["board"]

    def draws(self, query=None):
        """Has the page drawn, at another address if there is one, and returns the session's name."""
        self._query = self._query if query is None else query
        return self._draw(BackMsg())

    def ticks(self, component="board"):
        """Asks for more frames, as a component that plays them does, and has the page drawn."""
        asked = BackMsg()
        event = asked.rerun_script.widget_states.widgets.add(id=EVENTS.format(self._components[component]))
        run_id = self.headers[component]["run_id"]
        event.json_trigger_value = json.dumps([{"event": "tick", "value": {"run_id": run_id}}])
        self._draw(asked)

    def presses(self, label):
        """Presses a button, and has the page drawn."""
        asked = BackMsg()
        asked.rerun_script.widget_states.widgets.add(id=self._buttons[label], trigger_value=True)
        self._draw(asked)

    def _draw(self, asked):
        asked.rerun_script.query_string = self._query
        self.socket.send(asked.SerializeToString())
        kind, end = "", ForwardMsg.FINISHED_EARLY_FOR_RERUN
        while kind != "script_finished" or end == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(MAX_SECONDS))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session, self.texts = message.new_session.initialize.session_id, []
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "delta":
                self._take(message.delta.new_element)
            end = message.script_finished
        assert end in (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
        return self.session

    def _take(self, element):
        kind = element.WhichOneof("type")
        if kind == "button":
            self._buttons[element.button.label] = element.button.id
        elif kind == "markdown":
            self.texts.append(element.markdown.body)
        elif kind == "progress":
            self.texts.append(element.progress.text)
        elif kind == "bidi_component":
            component = element.bidi_component
            name = component.component_name.rpartition(".")[2]
            self._components[name] = component.id
            if component.WhichOneof("data") == "bytes":
                self.headers[name] = unpack(component.bytes)[0]
