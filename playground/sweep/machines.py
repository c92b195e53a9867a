"""What trains the runs of the command: processes of this machine, or a Dask cluster."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from playground.compare.processes import Processes

CONNECT_SECONDS = 5
AT_ONCE = 1000  # runs that a cluster is given ahead
NOT_INSTALLED = (
    "--dask needs Dask's package for clusters, here, at the scheduler and at each worker: pip install -e '.[dask]'"
)


class Machines(NamedTuple):
    """An executor to open; how many runs it is given at a time; and how many it can train at a time, at present."""

    open_executor: Callable[[], Executor]
    at_once: int
    places: Callable[[], int]


@contextmanager
def on_this_machine(processes: int) -> Iterator[Machines]:
    """Processes of the lowest priority."""
    yield Machines(partial(Processes, processes), processes, lambda: processes)


@contextmanager
def on_cluster(address: str) -> Iterator[Machines]:
    """The workers of a Dask scheduler. What a worker that is lost was training is trained by another.

    Raises:
        ValueError: where Dask is not installed.
        OSError: where there is no such scheduler.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ValueError(NOT_INSTALLED) from None
    for name in ("distributed", "distributed.client"):  # they would write pages about a scheduler that has gone
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except OSError as error:
        raise OSError(f"There is no scheduler at {address}: {error}.") from None
    with client:
        yield Machines(
            partial(client.get_executor, pure=False), AT_ONCE, lambda: max(1, sum(client.nthreads().values()))
        )
