"""The app as a visitor meets it: a Streamlit server of its own, on a free port."""

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_START_SECONDS = 60
STREAMLIT = """
from streamlit.web import cli

cli.main()
"""
WITHOUT_APPS = """
from streamlit.web.server import app_discovery

app_discovery.discover_asgi_app = lambda path: app_discovery.AppDiscoveryResult(False, None, None)
"""
WITHOUT_SMALL_SCRIPT = """
from playground.components import plotly_file

plotly_file.small_name = lambda: "nowhere"
"""
ANOTHER_VERSION = """
from playground.components import sources

sources.self_contained = lambda *name, joined=sources.self_contained, **html: joined(*name, **html) + "//"
"""


@contextlib.contextmanager
def running_app(
    script=ROOT / "streamlit_app.py",
    *,
    as_app=True,
    small_script=True,
    another_version=False,
    host="127.0.0.1",
    port=None,
    options=(),
):
    """Runs the app, or another script, and yields (address, process). The process and its log end with the block.

    Without `as_app` it is run as a Streamlit does that does not know st.App: as the page's script alone. Without
    `small_script` the page draws with the plotly package's own script, even where the small one has been fetched. In
    `another_version` the scripts of the components have other content, and so other names.

    Args:
        host: the address where it listens.
        port: and the port; None for any that is free.
        options: more of Streamlit's.
    """
    port = port or free_port()
    program = ("" if as_app else WITHOUT_APPS) + ("" if small_script else WITHOUT_SMALL_SCRIPT)
    program += (ANOTHER_VERSION if another_version else "") + STREAMLIT
    command = [sys.executable, "-c", program, "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", f"--server.address={host}", "--server.fileWatcherType=none", *options]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=Path(script).parent, stdout=log, stderr=subprocess.STDOUT)
        address = f"http://{host}:{port}"
        try:
            _wait_for_health(address, process, log)
            yield address, process
        finally:
            process.terminate()
            process.wait()


def free_port():
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for_health(address, process, log):
    end = time.monotonic() + MAX_START_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health") as answer:
            if answer.status == 200:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"The app does not start:\n{log.read()}")
