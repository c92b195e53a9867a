"""What is done before the first visitor comes, who would have to wait for it, and once the last one has gone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playground.compare.sweep_runner import end_all_sweeps
from playground.components.routes import announce_routes
from playground.server.first_page import files, first_page, index, needed
from playground.server.streamlit_files import compressed


@asynccontextmanager
async def starting(_app: object) -> AsyncIterator[None]:
    """The lifespan of the app."""
    if index():  # otherwise the page is Streamlit's own, and brings all that it needs itself
        announce_routes()
    first_page("")  # and with it a first board
    files()
    for address in needed():
        compressed(address)
    yield
    end_all_sweeps()
