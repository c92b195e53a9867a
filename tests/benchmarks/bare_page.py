"""The ceiling of the page's rates: the same charts and updates on a bare page, with no server behind it."""

import base64
import contextlib
import functools
import http.server
import json
import tempfile
import threading
from pathlib import Path

from playground.components.board import board_payload
from playground.components.plotly_file import provide_plotly
from playground.components.sources import script
from playground.experiment import Experiment
from playground.player import Player

HERE = Path(__file__).resolve().parent
COMPONENTS = HERE.parents[1] / "playground/components"
ANY_REQUEST = 10**12  # a number as long as those of the browser, which the page puts in its place


@contextlib.contextmanager
def bare_page(seconds):
    """Serves the page with the frames of so many seconds of training, and yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for source in (HERE / "bare.html", *COMPONENTS.glob("board/board.*")):
            (site / source.name).write_bytes(source.read_bytes())
        (site / "board.js").write_text(script("board/board.js"))
        plotly = provide_plotly(site / "app/static")
        (site / "board.html").write_text((site / "board.html").read_text().replace("PLOTLY_FILE", plotly))
        payloads = [base64.b64encode(payload).decode() for payload in _payloads(seconds)]
        (site / "film.json").write_text(json.dumps(payloads))
        with _static_server(site) as address:
            yield f"{address}/bare.html"


def _payloads(seconds):
    """What the board receives in so many seconds of training, half a second each."""
    player = Player(Experiment())
    player.play()
    yield board_payload(player, with_figures=True, answered=ANY_REQUEST)
    for _ in range(2 * seconds - 1):
        player.tick()
        yield board_payload(player, with_figures=False, answered=ANY_REQUEST)


@contextlib.contextmanager
def _static_server(folder):
    class QuietHandler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = functools.partial(QuietHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
