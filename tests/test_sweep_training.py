"""Training runs by an executor: any will do, what crashes costs one run, and nothing is trained twice or lost."""

import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from playground.compare.processes import Processes
from playground.compare.result import Result, train
from playground.compare.sweep import SweepPlan
from playground.compare.training import MAX_CRASHES, GivenUpError, Training, seconds_left
from tests.support.sweeps import CLASSES, crash, train_or_crash

PLAN = SweepPlan(CLASSES, (("learning_rate", (0.01, 0.05, 0.1)), ("units", (3, 20))), 2, 5)
RUNS = PLAN.runs()
CRASHING = {run for run, experiment in RUNS.items() if experiment.learning_rate == 0.05}


class Scripted(Executor):
    """Does what it is told to, one word per submission: train, or raise or break."""

    def __init__(self, words):
        self.words = words

    def submit(self, fn, *args):
        future, word = Future(), next(self.words, "train")
        if word == "train":
            future.set_result(fn(*args))
        elif isinstance(word, OSError):
            raise word
        elif word == "cancel":
            future.cancel()
            future.set_running_or_notify_cancel()
        else:
            future.set_exception(word)
        return future

    def shutdown(self, wait=True):
        pass


TRAIN = partial(train, epochs=5)


def results(open_executor, at_once=2, run=TRAIN):
    """{run: its Result}, where none may come twice."""
    found = {}
    for key, result in Training(run, open_executor).results(RUNS, at_once):
        assert key not in found
        found[key] = result
    return found


@pytest.mark.parametrize(
    ("open_executor", "at_once"),
    [(partial(ThreadPoolExecutor, 3), 3), (partial(Processes, 2), 2), (partial(Processes, 1), 50)],
    ids=["threads", "processes", "all at once"],
)
def test_any_executor_trains_every_run_once_as_it_is_trained_here(open_executor, at_once):
    found = results(open_executor, at_once)
    assert set(found) == set(RUNS)
    for run, experiment in RUNS.items():
        assert found[run][:5] == train(experiment, 5)[:5]


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_run_that_crashes_its_process_has_failed_and_no_other(at_once):
    found = results(partial(Processes, at_once), at_once, train_or_crash)
    assert set(found) == set(RUNS)
    for run, experiment in RUNS.items():
        if run in CRASHING:
            assert found[run] == Result(failed="The process that trained it crashed.")
        else:
            assert found[run][:5] == train(experiment, 5)[:5]


def test_where_every_process_crashes_it_is_given_up_soon():
    opened = []
    with pytest.raises(GivenUpError, match="kept crashing"):
        results(lambda: opened.append(True) or Processes(2), 2, crash)
    assert len(opened) == MAX_CRASHES


@pytest.mark.parametrize(
    ("word", "message"),
    [(OSError("no more processes"), "kept crashing"), ("cancel", "cancelled them")],
    ids=["start", "cancel"],
)
def test_an_executor_that_takes_or_keeps_no_runs_is_given_up_in_a_sentence(word, message):
    with pytest.raises(GivenUpError, match=rf"{message}.*\.$"):
        results(lambda: Scripted(iter([word] * 50)))


def test_crashes_with_results_in_between_are_no_reason_to_give_up():
    words = iter(["train", BrokenProcessPool("gone")] * 6)
    found = results(lambda: Scripted(words), 1)
    assert set(found) == set(RUNS)
    assert [result.failed is None for result in found.values()] == [True, False] * 6


def test_runs_that_crashed_beside_others_are_trained_again():
    words = iter(["train", BrokenProcessPool("gone")])
    found = results(lambda: Scripted(words), 3)
    assert [result.failed for result in found.values()] == [None] * len(RUNS)


@pytest.mark.parametrize(
    ("error", "words"), [(ValueError("It cannot start."), "It cannot start."), (KeyError(), "KeyError")]
)
def test_what_a_run_raises_is_why_it_has_failed(error, words):
    script = iter([error])
    found = results(lambda: Scripted(script), 1)
    assert [result.failed for result in found.values()] == [words] + [None] * (len(RUNS) - 1)


def test_where_one_run_after_the_other_fails_it_is_given_up_in_the_words_of_the_last():
    script = iter([ModuleNotFoundError("No module named 'playground'")] * 50)
    found = []
    with pytest.raises(GivenUpError, match="5 runs in a row have failed: No module named 'playground'"):
        found.extend(Training(TRAIN, lambda: Scripted(script)).results(RUNS, 1))
    script = iter((["train"] + [KeyError("x")] * 4) * 3)
    assert set(results(lambda: Scripted(script), 1)) == set(RUNS)


def test_nothing_is_trained_once_it_is_not_to_go_on():
    stopped = threading.Event()
    training = Training(partial(train, epochs=5), partial(ThreadPoolExecutor, 1), lambda: not stopped.is_set())
    found = training.results(RUNS, 1)
    next(found)
    stopped.set()
    assert list(found) == []


def test_the_time_left_is_that_of_what_is_left_at_the_pace_so_far():
    runs = [(cell, seed) for seed in range(2) for cell in range(3)]
    expected = (1.0, 2.0, 5.0)
    done = {(0, 0): Result(1.0, False, seconds=3.0), (1, 0): Result(1.0, False, seconds=6.0)}  # three times that
    assert seconds_left(expected, done, runs, 1) == 3 * (5 + 1 + 2 + 5)
    assert seconds_left(expected, done, runs, 2) == 3 * (5 + 1 + 2 + 5) / 2
    assert seconds_left(expected, dict.fromkeys(runs, Result(1.0, False, seconds=1.0)), runs, 2) == 0
    assert seconds_left(expected, {(0, 0): Result(failed="It broke.")}, runs, 2) is None
