"""What the server does before the first visitor, who would have to wait for it; each minute; and at its end."""

import asyncio
import contextlib
import ctypes
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playground.compare.sweep_runner import end_all_sweeps
from playground.components.routes import announce_routes
from playground.server.first_page import files, first_page, index, needed
from playground.server.streamlit_files import compressed

SECONDS_BETWEEN_COLLECTIONS = 60.0


@asynccontextmanager
async def starting(_app: object) -> AsyncIterator[None]:
    """The lifespan of the app."""
    if index():  # otherwise the page is Streamlit's own, and brings all that it needs itself
        announce_routes()
    first_page("")  # and with it a first board
    files()
    for address in needed():
        compressed(address)
    collecting = asyncio.create_task(_collect_sessions())
    yield
    collecting.cancel()
    end_all_sweeps()


async def _collect_sessions() -> None:
    """Frees the sessions that have ended: their parts refer to one another, and Python looks only after some twenty."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_COLLECTIONS)
        free_memory()


def free_memory() -> None:
    """Frees what nobody uses, and gives it back to the system. Takes at most 0.06 s; pages have film for 0.2 s."""
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # not every C library has it, or keeps what is freed
            ctypes.CDLL(None).malloc_trim(0)
