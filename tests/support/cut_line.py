"""A line to a server that can be cut, and mended to the same server or to another one: a replica.

with cut_line(address) as line:
    page.goto(line.address)
    line.cut()
    line.mend(other_address)
"""

import contextlib
import socket
import threading
from urllib.parse import urlsplit

CHUNK = 65536  # bytes


class CutLine:
    """The line: its address stays the same. What is on its way when it is cut is lost."""

    def __init__(self, server):
        self._server = server
        self._listener = None
        self._sockets = []
        self._port = 0
        self.mend(server)

    @property
    def address(self):
        return f"http://127.0.0.1:{self._port}"

    def mend(self, server):
        """Leads to the server at this address from now on."""
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self):
        """Ends every connection, and takes no other."""
        for each in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._sockets = []

    def _accept(self, listener):
        server = urlsplit(self._server)
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection((server.hostname, server.port))
                except OSError:  # nobody is there
                    near.close()
                    continue
                self._sockets += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_carry, args=pair, daemon=True).start()


def _carry(here, there):
    """Carries all that comes, the end included."""
    with contextlib.suppress(OSError):
        try:
            while chunk := here.recv(CHUNK):
                there.sendall(chunk)
        finally:  # a server that was killed resets
            there.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def cut_line(server):
    """Puts a line before a server and yields it as a CutLine. It is cut at the end of the block."""
    line = CutLine(server)
    try:
        yield line
    finally:
        line.cut()
