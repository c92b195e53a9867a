"""What the server does while it runs: sessions that have ended are freed, and their memory is given back."""

import asyncio
import gc
import platform
import weakref

import numpy as np
import pytest

from playground.server import start
from tests.support.processes import resident_mb

PATIENCE = 20  # seconds
MB = 40  # in pieces, as arrays of a run are


class Session:
    """Parts that know one another, as those of Streamlit's sessions do."""

    def __init__(self):
        self.part = [self]


def test_a_session_that_has_ended_is_freed_though_its_parts_know_one_another(monkeypatch):
    monkeypatch.setattr(start, "SECONDS_BETWEEN_COLLECTIONS", 0.01)

    async def serve():
        gone = asyncio.Event()
        gc.disable()  # as when too little has ended for Python to look
        try:
            weakref.finalize(Session(), gone.set)
            assert not gone.is_set()
            async with start.starting(None), asyncio.timeout(PATIENCE):
                await gone.wait()
        finally:
            gc.enable()

    asyncio.run(serve())


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps other memory")
def test_what_is_freed_between_what_is_still_used_is_given_back_to_the_system():
    gc.collect()
    pieces = [np.ones(1000) for _ in range(MB * 125)]
    used = pieces[::50]
    full = resident_mb()
    pieces.clear()
    assert resident_mb() > full - MB / 2
    start.free_memory()
    assert resident_mb() < full - MB / 2
    assert all(piece.sum() == 1000 for piece in used)
