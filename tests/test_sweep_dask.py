"""A sweep on a Dask cluster: a real scheduler and two workers, one of which is killed while it trains."""

import csv
import importlib
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from playground.compare.result import train
from playground.sweep.arguments import read_arguments
from playground.sweep.machines import NOT_INSTALLED
from tests.support.peers import missing
from tests.support.processes import until
from tests.support.server import free_port
from tests.test_sweep_command import COMMAND, ROOT

pytestmark = pytest.mark.slow
SWEEP = ("target=step", "learning_rate=0.01:1:log5", "layers=5,10,20;4", "--seeds", "2", "--epochs", "2000")


@pytest.fixture
def cluster(tmp_path):
    """A scheduler with two workers on this machine: (its address, the workers' processes)."""
    if find_spec("distributed") is None:
        missing(NOT_INSTALLED, "REQUIRE_PEERS")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    address = f"tcp://127.0.0.1:{free_port()}"
    processes = []

    def start(module, *options):
        command = [sys.executable, "-m", f"distributed.cli.{module}", *options, "--no-dashboard", "--host", "127.0.0.1"]
        with (tmp_path / "log").open("a") as log:
            processes.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=log))

    start("dask_scheduler", "--port", address.rpartition(":")[2])
    for _ in range(2):
        start("dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path))
    try:
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_costs_no_run_and_all_are_as_they_are_trained_here(cluster, tmp_path):
    address, workers = cluster
    path = tmp_path / "runs.csv"
    command = [*COMMAND, *SWEEP, "--resume", str(path), "--dask", address]
    client = importlib.import_module("distributed").Client(address, set_as_default=False)
    with client, subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: path.exists() and path.read_bytes().count(b"\n") > 4)
        until(lambda: [bool(runs) for runs in client.processing().values()] == [True, True])  # both train
        workers[0].kill()
        lines = path.read_bytes().count(b"\n")
        said = process.communicate(timeout=60)[1]
    plan = read_arguments(SWEEP).plan
    runs = plan.runs()
    assert lines < len(runs)  # or it was killed too late
    assert process.returncode == 0, said
    with path.open(encoding="utf-8", newline="") as file:
        found = [(row["learning_rate"], row["layers"], row["seed"], float(row["loss"])) for row in csv.DictReader(file)]
    expected = [
        (f"{e.learning_rate:g}", ",".join(map(str, e.layers)), str(e.seed), train(e, plan.epochs).loss)
        for e in runs.values()
    ]
    assert sorted(found) == sorted(expected)


def test_where_there_is_no_dask_or_no_scheduler_it_says_so():
    command = [*COMMAND, "units=5", "--dask", f"tcp://127.0.0.1:{free_port()}"]
    without = f"import sys, runpy; sys.modules['distributed'] = None; sys.argv = {['', *command[3:]]}\n"
    without += "runpy.run_module('playground.sweep', run_name='__main__')"
    for program, words in (
        ([sys.executable, "-c", without], NOT_INSTALLED),
        (command, "There is no scheduler at tcp://127"),
    ):
        if words == NOT_INSTALLED or find_spec("distributed") is not None:
            done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
            assert done.returncode == 2
            assert words in done.stderr
            assert "Traceback" not in done.stderr
