"""A host that runs the page's script without its server around it, as Streamlit Community Cloud may, is small."""

import contextlib
import re
from pathlib import Path

from tests.support.processes import PROCESSES, children
from tests.support.replicas import ask
from tests.support.server import running_app
from tests.support.visitor import Visitor

VISITORS = 5
MAX_MEGABYTES = 400


@PROCESSES
def test_five_visitors_of_one_process_fit_into_a_small_host():
    with running_app(as_app=False) as (address, process):
        host = address.removeprefix("http://")
        assert b"outline" not in ask(host, "/").body  # Streamlit's own first page
        with contextlib.ExitStack() as opened:
            visitors = [opened.enter_context(Visitor(host)) for _ in range(VISITORS)]
            assert len({visitor.draws() for visitor in visitors}) == VISITORS
            status = Path(f"/proc/{process.pid}/status").read_text()
            assert int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) < MAX_MEGABYTES * 1000
            assert children(process.pid) == set()
