"""A visitor who speaks Streamlit's own protocol over its WebSocket, without a browser."""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

MAX_SECONDS = 30


class Visitor:
    """A page that is open within a `with` block, by what the browser sends to open it.

    Args:
        host: the server's, such as "127.0.0.1:8501".
        cookie: the browser's.
        headers: others; an underscore in a name stands for its hyphen.
    """

    def __init__(self, host, cookie="", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()} | (
            {"Cookie": cookie} if cookie else {}
        )
        address = f"ws://{host}/_stcore/stream"
        self._opened = connect(address, subprotocols=["streamlit"], additional_headers=sent, max_size=None)
        self.socket = None
        self.session = ""

    def __enter__(self):
        self.socket = self._opened.__enter__()
        return self

    def __exit__(self, *what):
        self._opened.__exit__(*what)

    def draws(self):
        """Has the page drawn, and returns the session's name."""
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        self.socket.send(asked.SerializeToString())
        kind = ""
        while kind != "script_finished":
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(MAX_SECONDS))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
        assert message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        return self.session
