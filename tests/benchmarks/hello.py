"""The ceiling of the page's loading: what a page with one line of text takes by the same Streamlit."""

import contextlib
import tempfile
from pathlib import Path

from tests.support.server import running_app

SCRIPT = 'import streamlit as st\n\nst.write("hello")\n'

# As in watch.js: the first repaint at which the page shows what it has to show.
WATCH_HELLO = """(() => {
  const watch = (window.watch = { firstPaint: null });
  const look = (now) => {
    const text = document.querySelector("[data-testid=stMarkdown]")?.textContent;
    if (text === "hello") watch.firstPaint ??= now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();"""


@contextlib.contextmanager
def running_hello():
    """Runs the page and yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "hello.py"
        script.write_text(SCRIPT)
        with running_app(script) as (address, _):
            yield address
