"""Trains a sweep's plan in worker processes at the lowest priority, and ends them when nobody polls any more.

Why processes of our own and not a pool: a cancel must kill a run in the middle of its training; workers must not import
the `__main__` of the page, which is Streamlit's; and when a visitor is gone, or the page's process is killed, they must
stop by themselves.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from playground.compare.result import Result
from playground.compare.sweep import Run, SweepPlan
from playground.compare.sweep_worker import RUN_SECONDS
from playground.experiment import Experiment

COMMAND = (sys.executable, "-m", "playground.compare.sweep_worker")
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0  # seconds without a poll after which the page counts as closed
MAX_REPLACEMENTS = 3  # workers started in place of crashed ones
LOWEST_PRIORITY = 19


class Progress(NamedTuple):
    """How far a sweep is.

    Attributes:
        done, of: how many runs are done, of how many.
        seconds_left: an estimate from the runs that are done; None before the first.
        ended: why nothing is trained any more, a sentence; None while the sweep runs.
    """

    done: int
    of: int
    seconds_left: float | None
    ended: str | None


class Worker:
    """A worker process with the lowest priority and one BLAS thread.

    Raises:
        OSError: when it cannot be started.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            COMMAND,
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if hasattr(os, "setpriority"):  # from outside: code between fork and exec can deadlock in a threaded process
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LOWEST_PRIORITY)

    def train(self, experiment: Experiment, epochs: int) -> Result | None:
        """Waits for the Result of a run; None when the worker has crashed or was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = json.dumps({"experiment": asdict(experiment), "epochs": epochs})
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
            return Result(**json.loads(self._process.stdout.readline()))
        except (OSError, TypeError, ValueError):
            return None

    def kill(self) -> None:
        """Ends the process at once, from any thread; `close` must follow."""
        self._process.kill()

    def close(self) -> None:
        """Ends the process at once, reaps it and closes its pipes."""
        self._process.kill()
        self._process.communicate()


class SweepRunner:
    """Trains a plan, from the moment it is made.

    One thread per worker gives it run after run, so that no worker waits for a poll.

    Args:
        plan: what to train.
        workers: how many processes; one per core when None, and never more than there are runs.

    Attributes:
        plan: the SweepPlan.
        results: the results as of the last poll.
    """

    def __init__(self, plan: SweepPlan, workers: int | None = None) -> None:
        self.plan = plan
        self.results: dict[Run, Result] = {}
        self._waiting = plan.runs()
        self._of = len(self._waiting)
        self._started: dict[Run, float] = {}  # when, of each run that is being trained
        self._finished: dict[Run, Result] = {}
        self._workers: set[Worker] = set()
        self._replacements = MAX_REPLACEMENTS
        self._stopped: str | None = None  # why, if it was stopped before its end
        self._polled = time.monotonic()
        self._lock = threading.Lock()  # guards all of these
        count = min(workers or os.cpu_count() or 1, self._of)
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(count)]
        self._watchdog = threading.Thread(target=self._watch, daemon=True)
        for thread in (*self._threads, self._watchdog):
            thread.start()

    def poll(self) -> Progress:
        """Updates `results` and returns the Progress; never waits. Without polls a sweep is stopped soon."""
        self._polled = time.monotonic()
        serving = sum(thread.is_alive() for thread in self._threads)
        with self._lock:
            self.results = dict(self._finished)
            left = self._seconds_left(serving) if serving else 0.0
        done = len(self.results)
        ended = None if serving else self._stopped or _ending(done, self._of)
        return Progress(done, self._of, left, ended)

    def cancel(self) -> None:
        """Ends all workers at once and leaves no process, thread or pipe behind. Results stay."""
        self._stop("The sweep was cancelled.")
        for thread in (*self._threads, self._watchdog):
            thread.join()

    def _stop(self, why: str) -> None:
        with self._lock:
            if self._waiting or self._started:
                self._stopped = why
            self._waiting = {}
            for worker in self._workers:
                worker.kill()

    def _watch(self) -> None:
        """A thread: stops the sweep when nobody polls."""
        for thread in self._threads:
            while thread.is_alive():
                patience: float | None = self._polled + PATIENCE - time.monotonic()
                if patience is not None and patience <= 0:
                    self._stop(f"Nobody looked at the sweep for {PATIENCE:g} seconds, so it was ended.")
                    patience = None
                thread.join(patience)

    def _serve(self) -> None:
        """A thread: keeps one worker training while runs wait, and replaces it when it crashes."""
        worker = self._start(replaces=False)
        while worker is not None:
            crashed = self._feed(worker)
            with self._lock:
                self._workers.remove(worker)
            worker.close()
            worker = self._start(replaces=True) if crashed else None

    def _start(self, *, replaces: bool) -> Worker | None:
        """A new worker; None when no run waits, or too many workers have crashed."""
        with self._lock:
            if not self._waiting or (replaces and self._replacements == 0):
                return None
            self._replacements -= replaces
            try:
                worker = Worker()
            except OSError:
                return None
            self._workers.add(worker)
            return worker

    def _feed(self, worker: Worker) -> bool:
        """Trains one run after another, and returns whether the worker crashed, which costs only its present run."""
        while True:
            with self._lock:
                if not self._waiting:
                    return False
                run = next(iter(self._waiting))
                experiment = self._waiting.pop(run)
                start = self._started[run] = time.monotonic()
            result = worker.train(experiment, self.plan.epochs)
            with self._lock:
                del self._started[run]
                if result is None and self._stopped:
                    return False
                self._finished[run] = result or Result(failed=_failure(time.monotonic() - start))
            if result is None:
                return True

    def _seconds_left(self, workers: int) -> float | None:
        now = time.monotonic()
        training = [(cell, now - start) for (cell, _), start in self._started.items()]
        return seconds_left(self.plan.seconds, self._finished, training, [cell for cell, _ in self._waiting], workers)


def seconds_left(
    expected: Sequence[float],
    results: Mapping[Run, Result],
    training: Iterable[tuple[int, float]],
    waiting: Iterable[int],
    workers: int,
) -> float | None:
    """How long the rest of a sweep will take, judged by the runs that are done; None before the first.

    Args:
        expected: of a run of each cell, in seconds or any other unit.
        results: those that are done.
        training: (cell, seconds so far) of each run that is being trained.
        waiting: the cell of each run that waits.
        workers: how many there are.
    """
    done = [(expected[cell], result.seconds) for (cell, _), result in results.items() if result.seconds is not None]
    if not done:
        return None
    pace = sum(seconds for _, seconds in done) / sum(unit for unit, _ in done)
    rest = sum(pace * expected[cell] for cell in waiting)
    return (rest + sum(max(0.0, pace * expected[cell] - seconds) for cell, seconds in training)) / workers


def _failure(seconds: float) -> str:
    if seconds >= RUN_SECONDS:
        return f"It was not done after {RUN_SECONDS / 60:.0f} minutes."
    return "The process that trained it crashed."


def _ending(done: int, of: int) -> str:
    if done == of:
        return "The sweep is done."
    return "The processes that train kept crashing, so the sweep was given up."
