"""The runner of a sweep: results bit for bit as anywhere, and nothing left of it afterwards."""

import gc
import math
import os
import signal
import threading
import time

import pytest

from playground.compare import sweep_runner
from playground.compare.cells import summary
from playground.compare.result import train
from playground.compare.sweep import SweepPlan
from playground.compare.sweep_runner import MAX_PROCESSES, SweepRunner
from playground.experiment import Experiment
from tests.support.processes import (
    PROCESSES,
    children,
    everything,
    forget_earlier_children,
    until,
)
from tests.support.sweeps import CLASSES, ENDLESS, LONG, MANY, SHORT, finished, under_way

pytestmark = [pytest.mark.slow, PROCESSES]


@pytest.fixture(autouse=True)
def own_children_only():
    """Other tests may have left a browser running."""
    forget_earlier_children()


@pytest.fixture
def nothing_left():
    """The test must leave nothing behind."""
    before = everything()
    yield
    gc.collect()
    until(lambda: everything() == before)


@pytest.fixture
def run(nothing_left):
    """Makes runners, which are cancelled in the end."""
    runners = []

    def make(plan, processes=2):
        runners.append(SweepRunner(plan, processes))
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
    assert progress == (len(plan.runs()), len(plan.runs()), 0, "The sweep is done.", 0)
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


def test_what_trains_has_the_lowest_priority_and_one_thread_for_products_and_the_page_stays_as_it_was(run):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    pids = under_way(run(LONG))
    assert len(pids) == 2
    for pid in pids:
        assert {os.getpriority(os.PRIO_PROCESS, int(task)) for task in os.listdir(f"/proc/{pid}/task")} == {19}
        assert len(os.listdir(f"/proc/{pid}/task")) == 2  # it trains in one, and the other watches the page's process
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_it_ends_by_itself_and_nothing_is_left(nothing_left):
    runner = SweepRunner(SHORT, 2)
    progress = finished(runner)
    assert progress == (36, 36, 0, "The sweep is done.", 0)
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
    done, of, left, ended, _ = runner.poll()
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
    assert runner.poll() == (0, 2, 0, "The sweep was cancelled.", 0)  # none of the two runs was waited for


def test_cancelled_before_its_processes_have_started_nothing_is_left(nothing_left):
    for pause in (0, 0, 0.001, 0.003, 0.01, 0.1):
        before = everything()
        runner = SweepRunner(LONG, 2)
        time.sleep(pause)
        runner.cancel()
        assert everything() == before


def test_processes_that_stand_still_keep_neither_a_poll_nor_a_cancel(nothing_left):
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
    monkeypatch.setattr(sweep_runner.LINE, "patience", 0.8)
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


@pytest.mark.parametrize("runs", [MAX_PROCESSES + 1, 3])
@pytest.mark.parametrize("processes", [None, 50])
def test_there_are_as_many_processes_as_cores_up_to_a_limit_and_no_more_than_runs(run, processes, runs):
    count = min(processes or os.cpu_count(), MAX_PROCESSES, runs)
    runner = run(
        SweepPlan(Experiment(points=1000, batch_size=1), (("l2", tuple(0.01 * n for n in range(runs))),), 1, 1000),
        processes,
    )
    until(lambda: len(children()) == count)
    time.sleep(0.5)
    assert runner.poll().ended is None
    assert len(children()) == count


def test_a_process_that_is_killed_costs_no_run(run):
    plan = SweepPlan(Experiment(), MANY["axes"], 2, 2000)
    runner = run(plan)
    os.kill(under_way(runner)[0], signal.SIGKILL)
    assert finished(runner)[:2] == (8, 8)
    for key, experiment in plan.runs().items():
        assert runner.results[key][:5] == train(experiment, 2000)[:5]


def test_one_sweep_trains_at_a_time_and_the_others_wait_their_turn(run):
    first, second, third = run(LONG), run(SHORT), run(SHORT)
    until(lambda: len(children()) == 2)
    assert [runner.poll().before for runner in (first, second, third)] == [0, 1, 2]
    assert [runner.poll()[:4] for runner in (second, third)] == [(0, 36, None, None)] * 2
    second.cancel()  # while it waits
    assert second.poll()[:4] == (0, 36, 0, "The sweep was cancelled.")
    assert third.poll().before == 1
    assert len(children()) == 2
    first.cancel()
    assert finished(third) == (36, 36, 0, "The sweep is done.", 0)


def test_one_that_waits_and_that_nobody_looks_at_keeps_nobody_waiting(run, monkeypatch):
    monkeypatch.setattr(sweep_runner.LINE, "patience", 0.5)
    first, left, third = run(ENDLESS), run(ENDLESS), run(SHORT)
    until(lambda: first.poll() and third.poll().before == 1)
    until(lambda: third.poll().ended is not None)  # the first, too, is looked at no more
    assert third.poll().done == 36
    assert left.poll().ended == first.poll().ended == "Nobody looked at the sweep for 0.5 seconds, so it was ended."
