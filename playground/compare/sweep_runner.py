"""Trains the sweeps of the page's visitors in the background, one after another, and ends those that nobody polls."""

import os
import threading
import time
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from playground.compare.processes import Processes
from playground.compare.result import Result, train
from playground.compare.sweep import Run, SweepPlan
from playground.compare.training import SECONDS_BETWEEN_CHECKS, GivenUpError, Training, seconds_left
from playground.player.line import Line

MAX_PROCESSES = 4  # that train, of all visitors together; each takes about 40 MB
PATIENCE = 30.0  # seconds without a poll after which the page counts as closed
RUN_SECONDS = 600  # that a run may take; twice what a whole sweep should take
BROKEN_OFF = "The sweep broke off, by a fault of this page, which the server's log has."

LINE = Line(at_once=1, patience=PATIENCE)  # of the sweeps of all visitors
_SWEEPS: set["SweepRunner"] = set()  # that train or wait


class Progress(NamedTuple):
    """How far a sweep is.

    Attributes:
        done, of: how many runs are done, of how many.
        seconds_left: an estimate from the runs that are done; None before the first.
        ended: why nothing is trained any more, a sentence; None while the sweep runs.
        before: how many sweeps of other visitors come first.
    """

    done: int
    of: int
    seconds_left: float | None
    ended: str | None
    before: int


class SweepRunner:
    """Trains a plan, from the moment at which no other sweep of this server is before it.

    Args:
        plan: what to train.
        processes: how many; one per core when None, and never more than MAX_PROCESSES or than there are runs.
        owner: the number of the visit whose sweep it is.
        results: of runs that were trained before, and are not trained again.
        stopped: why it was stopped before; nothing is trained then.

    Attributes:
        plan, owner: as given.
        results: the results as of the last poll.
    """

    def __init__(
        self,
        plan: SweepPlan,
        processes: int | None = None,
        *,
        owner: int = 0,
        results: Mapping[Run, Result] | None = None,
        stopped: str | None = None,
    ) -> None:
        self.plan, self.owner = plan, owner
        self._runs = plan.runs()
        self._finished: dict[Run, Result] = dict(results or {})
        self.results = self._finished.copy()
        self._processes = min(processes or os.cpu_count() or 1, MAX_PROCESSES, len(self._runs))
        self._ends_at: float | None = None  # by the clock of time.monotonic
        self._place = LINE.join()
        self._stopped = stopped  # why, if it was stopped before its end
        self._thread = threading.Thread(target=self._train, daemon=True)
        if stopped is None and len(self._finished) < len(self._runs):
            _SWEEPS.add(self)
            self._thread.start()
        else:
            self._place.leave()

    def poll(self) -> Progress:
        """Updates `results` and returns the Progress; never waits. Without polls a sweep is stopped soon."""
        before, over = self._place.ask(), not self._thread.is_alive()
        self.results = self._finished.copy()
        done, of = len(self.results), len(self._runs)
        if over:
            return Progress(done, of, 0.0, "The sweep is done." if done == of else self._stopped or BROKEN_OFF, 0)
        left = None if self._ends_at is None else max(0.0, self._ends_at - time.monotonic())
        return Progress(done, of, left, None, before)

    @property
    def stopped(self) -> str | None:
        """Why it was stopped before its end; None while it runs, and once it is done."""
        return self._stopped

    def cancel(self) -> None:
        """Ends the sweep at once and leaves no process, thread or pipe behind. Results stay."""
        self._stopped = self._stopped or "The sweep was cancelled."
        if self._thread.ident is not None:
            self._thread.join()

    def _train(self) -> None:
        """The thread: waits for its turn, and keeps the processes training."""
        training = Training(
            partial(train, epochs=self.plan.epochs, seconds=RUN_SECONDS),
            partial(Processes, self._processes),
            self._goes_on,
        )
        try:
            while self._goes_on() and self._place.before:
                time.sleep(SECONDS_BETWEEN_CHECKS)
            missing = {run: experiment for run, experiment in self._runs.items() if run not in self._finished}
            for run, result in training.results(missing, self._processes):
                self._finished[run] = result
                left = seconds_left(self.plan.seconds, self._finished, self._runs, self._processes)
                self._ends_at = None if left is None else time.monotonic() + left
        except GivenUpError as error:
            self._stopped = str(error)
        finally:
            self._place.leave()
            _SWEEPS.discard(self)

    def _goes_on(self) -> bool:
        """Whether there is still somebody who wants the results."""
        if self._place.is_lost and self._stopped is None:
            self._stopped = f"Nobody looked at the sweep for {LINE.patience:g} seconds, so it was ended."
        return self._stopped is None


def sweep_of(owner: int, plan: SweepPlan) -> SweepRunner | None:
    """The sweep of a visit that is still trained, or waits for that; None if there is none."""
    return next((sweep for sweep in _SWEEPS.copy() if (sweep.owner, sweep.plan) == (owner, plan)), None)


def end_all_sweeps() -> None:
    """Ends the sweeps of all visitors, for the server's end; Python would wait for what they train."""
    for sweep in _SWEEPS.copy():
        sweep.cancel()
