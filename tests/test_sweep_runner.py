"""The runner of a sweep: results bit for bit as anywhere, and nothing left of it afterwards."""

import math
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from playground.compare import sweep_runner
from playground.compare.result import Result, train
from playground.compare.sweep import SweepPlan, summary
from playground.compare.sweep_runner import MAX_REPLACEMENTS, SweepRunner
from playground.experiment import Experiment
from tests.support.processes import (
    PROCESSES,
    LateThread,
    children,
    everything,
    forget_earlier_children,
    is_running,
    until,
)
from tests.support.sweeps import CLASSES, ENDLESS, LONG, MANY, SHORT, finished, under_way

pytestmark = pytest.mark.slow

pytestmark = PROCESSES


@pytest.fixture(autouse=True)
def own_children_only():
    """Other tests may have left a browser running."""
    forget_earlier_children()


@pytest.fixture
def nothing_left():
    """The test must leave nothing behind."""
    before = everything()
    yield
    until(lambda: everything() == before)


@pytest.fixture
def run(nothing_left):
    """Makes runners, which are cancelled in the end."""
    runners = []

    def make(plan, workers=2):
        runners.append(SweepRunner(plan, workers))
        return runners[-1]

    yield make
    for runner in runners:
        runner.cancel()


@pytest.mark.parametrize(
    "plan",
    [
        SweepPlan(CLASSES, (("learning_rate", (0.01, 0.1)), ("units", (3, 20))), 2, 40),
        SweepPlan(Experiment(), (("learning_rate", (0.1, 100.0)), ("dtype", ("float32", "float64"))), 2, 300),
        SweepPlan(
            Experiment(target="formula", formula="sin(x) * x", noise=0.2, test_fraction=0.3, scaling="standard"),
            (("optimizer", ("momentum", "rmsprop")),), 3, 50,
        ),
    ],
    ids=["classes", "diverging", "formula"],
)  # fmt: skip
def test_the_results_are_those_of_training_here_bit_for_bit(run, plan):
    runner = run(plan)
    progress = finished(runner)
    assert progress[:3] == (len(plan.runs()), len(plan.runs()), 0)
    assert set(runner.results) == set(plan.runs())
    for key, experiment in plan.runs().items():
        trainer = experiment.start().trainer
        trainer.train(plan.epochs)
        result = runner.results[key]
        assert result.failed is None
        assert result.diverged == (trainer.diverged is not None)
        assert result.loss == (math.inf if trainer.diverged else trainer.loss)
        assert result[:5] == train(experiment, plan.epochs)[:5]
    assert summary(plan, runner.results)[0].runs == plan.seeds


def test_workers_have_the_lowest_priority_and_one_thread_for_products_and_the_page_stays_as_it_was(run):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    pids = under_way(run(LONG))
    assert len(pids) == 2
    for pid in pids:
        assert {os.getpriority(os.PRIO_PROCESS, int(task)) for task in os.listdir(f"/proc/{pid}/task")} == {19}
        assert b"OPENBLAS_NUM_THREADS=1" in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.mark.parametrize("workers", [None, 50])
def test_there_are_as_many_workers_as_cores_and_no_more_than_runs(run, workers):
    plan = SweepPlan(Experiment(), (("learning_rate", (0.05, 0.06, 0.07)),), 1, 20_000)
    threads = set(threading.enumerate())
    run(plan, workers)
    count = min(workers or os.cpu_count(), 3)
    assert len(set(threading.enumerate()) - threads) == count + 1  # and the watchdog
    until(lambda: len(children()) == count)


def test_it_ends_by_itself_and_nothing_is_left(nothing_left):
    runner = SweepRunner(SHORT, 2)
    progress = finished(runner)
    assert progress == (36, 36, 0, "The sweep is done.")
    runner.cancel()  # too late, and harmless
    assert runner.poll() == progress


def test_runs_follow_one_another_without_waiting_for_a_poll(run):
    threads = set(threading.enumerate())
    runner = run(SHORT)
    until(lambda: not children() and set(threading.enumerate()) == threads)
    assert runner.results == {}
    assert runner.poll().done == 36
    assert len(runner.results) == 36


def test_cancelled_it_keeps_what_is_done_and_leaves_nothing(nothing_left):
    before = everything()
    runner = SweepRunner(LONG, 2)
    under_way(runner)
    runner.cancel()
    assert everything() == before
    done, of, left, ended = runner.poll()
    assert 0 < done < of == 36
    assert (left, ended) == (0, "The sweep was cancelled.")
    assert not any(result.failed for result in runner.results.values())
    runner.cancel()
    assert runner.poll().ended == ended


def test_cancelled_it_waits_for_no_run(nothing_left):
    before = everything()
    runner = SweepRunner(ENDLESS, 2)
    until(lambda: len(children()) == 2)
    time.sleep(0.5)  # by which they train
    runner.cancel()
    assert everything() == before
    assert runner.poll() == (0, 2, 0, "The sweep was cancelled.")  # none of the two runs was waited for


def test_cancelled_before_its_workers_have_started_nothing_is_left(nothing_left):
    for pause in (0, 0, 0.001, 0.003, 0.01, 0.1):
        before = everything()
        runner = SweepRunner(LONG, 2)
        time.sleep(pause)
        runner.cancel()
        assert everything() == before


def test_a_thread_that_is_late_starts_no_worker_once_the_sweep_is_cancelled(nothing_left, monkeypatch):
    started = []
    monkeypatch.setattr(threading, "Thread", LateThread)
    monkeypatch.setattr(sweep_runner, "Worker", lambda: started.append(True))
    SweepRunner(LONG, 1).cancel()
    assert started == []


def test_workers_that_stand_still_keep_neither_a_poll_nor_a_cancel(nothing_left):
    before = everything()
    runner = SweepRunner(LONG, 2)
    for pid in under_way(runner):
        os.kill(pid, signal.SIGSTOP)
    for _ in range(10):
        assert runner.poll().ended is None  # a poll or a cancel that waited for a worker would never end
    canceller = threading.Thread(target=runner.cancel)
    canceller.start()
    until(lambda: not canceller.is_alive())
    assert everything() == before


def test_one_that_nobody_looks_at_ends_by_itself_and_nothing_is_left(nothing_left, monkeypatch):
    monkeypatch.setattr(sweep_runner, "PATIENCE", 0.8)
    before = everything()
    runner = SweepRunner(LONG, 2)
    start = time.monotonic()
    while time.monotonic() - start < 1.2:  # longer than its patience
        assert runner.poll().ended is None
        time.sleep(0.1)
    until(lambda: everything() == before, 10.0)
    progress = runner.poll()
    assert progress.done < progress.of
    assert progress.ended == "Nobody looked at the sweep for 0.8 seconds, so it was ended."


def test_a_worker_that_crashes_costs_its_one_run_and_is_replaced(run):
    plan = SweepPlan(Experiment(), MANY["axes"], 2, 5000)
    runner = run(plan)
    killed = under_way(runner)[0]
    os.kill(killed, signal.SIGKILL)
    until(lambda: killed not in children() and len(children()) == 2)
    assert finished(runner)[:2] == (8, 8)
    failed = [key for key, result in runner.results.items() if result.failed]
    assert len(failed) == 1
    assert runner.results[failed[0]] == Result(failed="The process that trained it crashed.")
    assert [len(cell.failed) for cell in summary(plan, runner.results)].count(1) == 1
    for key, experiment in plan.runs().items():
        assert key in failed or runner.results[key].loss == train(experiment, 5000).loss


@pytest.mark.parametrize(
    "command",
    [(sys.executable, "-c", "1/0"), (sys.executable, "-c", "print([1])"), ("/nowhere",)],
    ids=["crash", "chatter", "are missing"],
)
def test_workers_that_keep_crashing_are_replaced_a_few_times_only(run, monkeypatch, command):
    monkeypatch.setattr(sweep_runner, "COMMAND", command)
    runner = run(SHORT)
    progress = finished(runner)
    assert progress.done == (0 if command == ("/nowhere",) else 2 + MAX_REPLACEMENTS)
    assert all(result.failed for result in runner.results.values())
    assert progress.ended == "The processes that train kept crashing, so the sweep was given up."
    assert progress.seconds_left == 0


def test_a_run_that_takes_too_long_has_failed(run, monkeypatch):
    code = "import playground.compare.sweep_worker as worker; worker.RUN_SECONDS = 0.5; worker.main()"
    monkeypatch.setattr(sweep_runner, "COMMAND", (sys.executable, "-c", code))
    monkeypatch.setattr(sweep_runner, "RUN_SECONDS", 0.5)
    runner = run(ENDLESS)
    assert finished(runner).done == 2
    assert {result.failed for result in runner.results.values()} == {"It was not done after 0 minutes."}


def test_when_the_page_s_process_is_killed_its_workers_end():
    code = (
        "import time; from playground.experiment import Experiment; from playground.compare.sweep import SweepPlan\n"
        "from playground.compare.sweep_runner import SweepRunner\n"
        "runner = SweepRunner(SweepPlan(Experiment(), (('l2', (0.0, 0.1)),), 9, 20_000), 2)\n"
        "while runner.poll().done == 0: time.sleep(0.01)\n"
        "print(flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=sweep_runner.ROOT, stdout=subprocess.PIPE) as page:
        page.stdout.readline()
        pids = children(page.pid)
        assert len(pids) == 2
        page.kill()
    until(lambda: not any(map(is_running, pids)))
