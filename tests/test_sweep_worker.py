"""The processes that train sweeps: they load little, and end with the page's process."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from playground.compare.sweep_runner import SweepRunner
from playground.server import starting
from tests.support.processes import PROCESSES, children, forget_earlier_children, is_running, until
from tests.support.sweeps import ENDLESS

pytestmark = [pytest.mark.slow, PROCESSES]
ROOT = Path(__file__).resolve().parent.parent

PAGE = """
import time
from playground.compare.sweep import SweepPlan
from playground.compare.sweep_runner import SweepRunner
from playground.experiment import Experiment
from tests.support.processes import children
runner = SweepRunner(SweepPlan(Experiment(points=1000, batch_size=1), (("l2", (0.0, 0.1)),), 1, 6000), 2)
while len(children()) < 3:  # one of them is multiprocessing's own
    time.sleep(0.01)
print(flush=True)
time.sleep(60)
"""


def test_when_the_page_s_process_is_killed_what_trains_ends():
    with subprocess.Popen([sys.executable, "-c", PAGE], cwd=ROOT, stdout=subprocess.PIPE) as page:
        page.stdout.readline()
        pids = children(page.pid)
        assert len(pids) == 3
        page.kill()
    until(lambda: not any(map(is_running, pids)), 10)


def test_when_the_server_ends_no_sweep_keeps_it():
    async def serve():
        async with starting(None):
            runners.extend(SweepRunner(ENDLESS, 2) for _ in range(2))
            until(lambda: len(children()) == 2)

    runners = []
    forget_earlier_children()
    asyncio.run(serve())
    assert children() == set()
    assert [runner.poll().ended for runner in runners] == ["The sweep was cancelled."] * 2


def test_what_trains_loads_nothing_that_draws():
    code = (
        "import runpy, sys; runpy.run_path('streamlit_app.py', run_name='__mp_main__')\n"
        "import playground.compare.sweep_worker; assert 'numpy' not in sys.modules\n"  # or it has many BLAS threads
        "import playground.compare.result; sys.exit(len({'streamlit', 'plotly', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
