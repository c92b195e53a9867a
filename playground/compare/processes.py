"""The processes of this machine that train sweeps: Python's own pool, whose processes can be ended at once."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from playground.compare.sweep_worker import prepare


class Processes(ProcessPoolExecutor):
    """A pool of processes of the lowest priority, each with one BLAS thread.

    Args:
        count: how many at most; one is started when there is work for it.
    """

    def __init__(self, count: int) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process inherits it, and NumPy reads it when it loads
        self._context = _Context()
        super().__init__(count, mp_context=self._context, initializer=prepare)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends all processes at once, even in the middle of a run, and always waits until they are gone."""
        for process in self._context.started:
            if process.pid is not None:
                process.kill()
        super().shutdown(wait=True, cancel_futures=cancel_futures)
        while self._context.started:
            self._context.started.pop().close()


class _Context(SpawnContext):
    """Starts processes as new interpreters, and keeps them."""

    def __init__(self) -> None:
        self.started: list[SpawnProcess] = []

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # a class there
        """A new process, which is not started yet."""
        process = SpawnProcess(*args, **kwargs)
        self.started.append(process)
        return process
