"""What the server does while it runs: sessions that have ended are freed."""

import asyncio
import gc
import weakref

from playground.server import start

PATIENCE = 20  # seconds


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
