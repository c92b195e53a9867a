"""Trains runs by any executor of `concurrent.futures`; a crash costs one run, and the others go on."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import TypeAlias

from playground.compare.result import Result
from playground.compare.sweep import Run
from playground.experiment import Experiment

Results: TypeAlias = Generator[tuple[Run, Result], None, None]
MAX_CRASHES = 5  # or runs that fail, one after another, with no result in between
SECONDS_BETWEEN_CHECKS = 0.1  # whether it is to go on


class GivenUpError(Exception):
    """Nothing more can be trained; the message says why, in a sentence."""


class Training:
    """Trains runs by an executor, and opens another one when that is broken.

    Args:
        train: gives the Result of an experiment; it must be importable by the executor's processes.
        open_executor: gives a new executor. Its `shutdown(wait=False)` must cancel what it has not done.
        goes_on: asked ten times a second; nothing more is trained once it says no.
    """

    def __init__(
        self,
        train: Callable[[Experiment], Result],
        open_executor: Callable[[], Executor],
        goes_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._train, self._open, self._goes_on = train, open_executor, goes_on
        self._crashes = 0  # since the last result

    def results(self, runs: Mapping[Run, Experiment], at_once: int) -> Results:
        """Each run with its Result, in the order in which they are done, at most `at_once` at a time.

        Raises:
            GivenUpError: when one run after the other fails, or the executor has dropped its runs.
        """
        waiting = deque(runs.items())
        while waiting and self._goes_on():
            under_way: dict[Future[Result], tuple[Run, Experiment]] = {}
            executor, broken = self._open(), False
            try:
                while (waiting or under_way) and self._goes_on():
                    while waiting and len(under_way) < at_once:
                        under_way[executor.submit(self._train, waiting[0][1])] = waiting[0]
                        waiting.popleft()
                    for future in wait(under_way, SECONDS_BETWEEN_CHECKS, FIRST_COMPLETED).done:
                        result = _result_of(future)
                        yield under_way.pop(future)[0], result
                        self._crashes = 0 if future.exception() is None else self._crashes + 1
                        if self._crashes >= MAX_CRASHES:
                            raise GivenUpError(f"{MAX_CRASHES} runs in a row have failed: {result.failed}")
            except (BrokenExecutor, OSError):
                broken = True
            finally:
                executor.shutdown(wait=False)
            if broken:
                yield from self._after_crash(dict(under_way.values()), at_once)

    def _after_crash(self, suspects: Mapping[Run, Experiment], at_once: int) -> Results:
        """A crash breaks the whole executor: the runs that were under way are trained again, one at a time."""
        self._crashes += 1
        if at_once == 1:
            for run in suspects:
                yield run, Result(failed="The process that trained it crashed.")
        if self._crashes >= MAX_CRASHES:
            raise GivenUpError("The processes that train kept crashing, so the sweep was given up.")
        if at_once > 1:
            yield from self.results(suspects, 1)


def _result_of(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenExecutor:
        raise
    except CancelledError:
        raise GivenUpError("What trains the runs has gone, or has cancelled them.") from None
    except Exception as error:  # of whatever kind: it has failed where it was trained
        return Result(failed=str(error) or type(error).__name__)


def seconds_left(
    expected: Sequence[float], results: Mapping[Run, Result], runs: Iterable[Run], at_once: int
) -> float | None:
    """How long the rest of a sweep will take, at the pace of the runs that are done; None before the first.

    Args:
        expected: of a run of each cell, in seconds or any other unit.
        results: those that are done.
        runs: all of them.
        at_once: how many are trained at a time.
    """
    done = [(expected[cell], result.seconds) for (cell, _), result in results.items() if result.seconds is not None]
    if not done:
        return None
    pace = sum(seconds for _, seconds in done) / sum(unit for unit, _ in done)
    return pace * sum(expected[cell] for cell, seed in runs if (cell, seed) not in results) / at_once
