"""The worker of a sweep: it answers line by line, checks what it is asked, and ends when it should."""

import json
import math
import subprocess
import sys
import time
from dataclasses import asdict

import pytest

from playground.compare import sweep_runner
from playground.compare.result import Result
from playground.compare.sweep_worker import answer
from playground.experiment import Experiment

pytestmark = pytest.mark.slow


def line_of(experiment, epochs):
    return json.dumps({"experiment": asdict(experiment), "epochs": epochs}).encode() + b"\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (json.dumps({"experiment": {"learning_rate": 1000}, "epochs": 5}), "Learning rate"),
        (json.dumps({"experiment": {"formula": "__import__('os')", "target": "formula"}, "epochs": 5}), ""),
        (json.dumps({"experiment": {"layers": [64] * 9}, "epochs": 5}), "hidden layers"),
        (json.dumps({"experiment": {"colour": 1}, "epochs": 5}), "colour"),
        (json.dumps({"experiment": {}, "epochs": 20_001}), "Epochs"),
        (json.dumps({"experiment": {}, "epochs": math.inf}), "Epochs"),
        (json.dumps({"experiment": {}}), "epochs"),
        (json.dumps([1, 2]), ""),
        ("{", ""),
    ],
)
def test_a_worker_checks_its_requests_again(line, message):
    result = Result(**json.loads(answer(line)))
    assert result.failed
    assert message in result.failed
    assert result[:-1] == (None,) * 6


def test_a_worker_imports_nothing_that_draws():
    drawing = "{'streamlit', 'plotly', 'pandas'}"
    code = f"import playground.compare.sweep_worker, sys; sys.exit(len({drawing} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=sweep_runner.ROOT, check=False).returncode == 0


@pytest.fixture
def worker():
    """Starts a worker by itself; `code` runs before its main."""
    processes = []

    def start(code="pass"):
        code = f"import playground.compare.sweep_worker as worker; {code}; worker.main()"
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        processes.append(subprocess.Popen([sys.executable, "-c", code], cwd=sweep_runner.ROOT, **pipes))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def test_a_worker_ends_when_nobody_is_there_to_ask_it_even_in_the_middle_of_a_run(worker):
    process = worker()
    process.stdin.write(line_of(Experiment(), 5) + line_of(Experiment(points=1000, batch_size=1), 20_000))
    process.stdin.flush()
    assert process.stdout.readline()  # it is at the second, which takes minutes
    process.stdin.close()
    assert process.wait(5) == 0
    process.stdin = None


def test_a_worker_ends_when_a_run_takes_too_long_and_not_when_many_do_or_nothing_is_asked(worker):
    process = worker("worker.RUN_SECONDS = 1.0")
    for _ in range(3):
        process.stdin.write(line_of(Experiment(), 5))
        process.stdin.flush()
        assert Result(**json.loads(process.stdout.readline())).failed is None
        time.sleep(0.6)
    assert process.poll() is None
    process.stdin.write(line_of(Experiment(points=1000, batch_size=1), 20_000))
    process.stdin.flush()
    assert process.wait(10) == 1
