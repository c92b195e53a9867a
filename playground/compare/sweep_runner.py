"""The runner: trains a plan in worker processes at the lowest priority, and ends them when nobody looks any more."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from playground.compare.sweep_worker import RUN_SECONDS, Result

COMMAND = (sys.executable, "-m", "playground.compare.sweep_worker")
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0  # seconds without a poll, after which the page is taken to be closed
REPLACEMENTS = 3  # workers that are started in place of those that crashed
LOWEST_PRIORITY = 19


class Progress(NamedTuple):
    """How far a sweep is.

    Attributes:
        done, of: runs.
        seconds_left: by what the runs so far have taken; None before the first is done.
        ended: why nothing is trained any more, a sentence; None while it goes on.
    """

    done: int
    of: int
    seconds_left: float | None
    ended: str | None


class Worker:
    """A worker process with the lowest priority and one BLAS thread. An OSError when it cannot be started."""

    def __init__(self):
        self._process = subprocess.Popen(
            COMMAND,
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if hasattr(os, "setpriority"):  # from outside, for code between fork and exec may stall among threads
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LOWEST_PRIORITY)

    def train(self, experiment, epochs):
        """The Result of a run, once it is there; None when the worker is not any more."""
        line = json.dumps({"experiment": asdict(experiment), "epochs": epochs})
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
            return Result(**json.loads(self._process.stdout.readline()))
        except (OSError, TypeError, ValueError):
            return None

    def kill(self):
        """Ends the process at once, from any thread; `close` is still wanted."""
        self._process.kill()

    def close(self):
        """Ends the process at once, reaps it and closes its pipes."""
        self._process.kill()
        self._process.communicate()


class Runner:
    """Trains a plan, from the moment it is made.

    A thread for each worker asks it one run after another, so that nothing waits for a poll.

    Args:
        plan: a SweepPlan.
        workers: how many processes; one for each core when None, and never more than there are runs.

    Attributes:
        plan: the SweepPlan.
        results: {(cell, seed): Result} as of the last poll.
    """

    def __init__(self, plan, workers=None):
        self.plan, self.results = plan, {}
        self._todo = plan.runs()  # what no worker has been asked yet
        self._of = len(self._todo)
        self._asked = {}  # {(cell, seed): when}
        self._taken = {}  # {(cell, seed): Result}
        self._workers = set()
        self._replacements = REPLACEMENTS
        self._stopped = None  # why, when it was not left to come to its end
        self._polled = time.monotonic()
        self._lock = threading.Lock()  # of all of these
        count = min(workers or os.cpu_count() or 1, self._of)
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(count)]
        self._watchdog = threading.Thread(target=self._watch, daemon=True)
        for thread in (*self._threads, self._watchdog):
            thread.start()

    def poll(self):
        """Takes what is ready into `results` and gives the Progress; never waits. Without polls a sweep ends soon."""
        self._polled = time.monotonic()
        serving = sum(thread.is_alive() for thread in self._threads)
        with self._lock:
            self.results = dict(self._taken)
            left = self._seconds_left(serving) if serving else 0.0
        done = len(self.results)
        ended = None if serving else self._stopped or _ending(done, self._of)
        return Progress(done, self._of, left, ended)

    def cancel(self):
        """Ends all workers at once; no process, thread or pipe of the sweep is left afterwards. Results stay."""
        self._stop("The sweep was cancelled.")
        for thread in (*self._threads, self._watchdog):
            thread.join()

    def _stop(self, why):
        with self._lock:
            if self._todo or self._asked:
                self._stopped = why
            self._todo = {}
            for worker in self._workers:
                worker.kill()

    def _watch(self):
        """A thread: ends the workers when nobody polls."""
        for thread in self._threads:
            while thread.is_alive():
                patience = self._polled + PATIENCE - time.monotonic()
                if patience <= 0:
                    self._stop(f"Nobody looked at the sweep for {PATIENCE:g} seconds, so it was ended.")
                    patience = None
                thread.join(patience)

    def _serve(self):
        """A thread: has a worker train while there is something to train, or another where that one crashes."""
        worker = self._start(replaces=False)
        while worker is not None:
            crashed = self._feed(worker)
            with self._lock:
                self._workers.remove(worker)
            worker.close()
            worker = self._start(replaces=True) if crashed else None

    def _start(self, *, replaces):
        """A new worker; None when there is nothing to do, or it has been tried often enough."""
        with self._lock:
            if not self._todo or (replaces and self._replacements == 0):
                return None
            self._replacements -= replaces
            try:
                worker = Worker()
            except OSError:
                return None
            self._workers.add(worker)
            return worker

    def _feed(self, worker):
        """Has a worker train one run after another. Whether it crashed, which costs the one that it was at."""
        while True:
            with self._lock:
                if not self._todo:
                    return False
                run = next(iter(self._todo))
                experiment = self._todo.pop(run)
                began = self._asked[run] = time.monotonic()
            result = worker.train(experiment, self.plan.epochs)
            with self._lock:
                del self._asked[run]
                if result is None and self._stopped:
                    return False
                self._taken[run] = result or Result(failed=_failure(time.monotonic() - began))
            if result is None:
                return True

    def _seconds_left(self, workers):
        now = time.monotonic()
        under_way = [(cell, now - began) for (cell, _), began in self._asked.items()]
        return seconds_left(self.plan.seconds, self._taken, under_way, [cell for cell, _ in self._todo], workers)


def seconds_left(expected, results, under_way, waiting, workers):
    """How long the rest of a sweep will take, by what it has taken so far; None before there is a result.

    Args:
        expected: of a run of each cell, in seconds or any other unit.
        results: {(cell, seed): Result}.
        under_way: (cell, seconds so far) of each run that is being trained.
        waiting: the cell of each run that is not.
        workers: how many there are.
    """
    done = [(expected[cell], result.seconds) for (cell, _), result in results.items() if result.failed is None]
    if not done:
        return None
    pace = sum(seconds for _, seconds in done) / sum(unit for unit, _ in done)
    rest = sum(pace * expected[cell] for cell in waiting)
    return (rest + sum(max(0.0, pace * expected[cell] - seconds) for cell, seconds in under_way)) / workers


def _failure(seconds):
    if seconds >= RUN_SECONDS:
        return f"It was not done after {RUN_SECONDS / 60:.0f} minutes."
    return "The process that trained it crashed."


def _ending(done, of):
    if done == of:
        return "The sweep is done."
    return "The processes that train kept crashing, so the sweep was given up."
