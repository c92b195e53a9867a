"""The route by which a board asks for more frames: a run of the page by Streamlit would cost more than the frames."""

import asyncio
import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive

PATH = "/film"
MAX_REQUEST = 2000  # bytes
MAX_SECONDS = 5.0  # for all of a request to come
THREADS = 64  # most of them wait for their turn to train
LOG = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="film")


async def film(receive: Receive) -> Response:
    """The answer to a POST of {"ticket": of the visit, "request": a Request (playground/components/contract.py)}.

    On any status but 200 the browser asks through Streamlit, as it does where there is no such route.
    """
    try:
        async with asyncio.timeout(MAX_SECONDS):
            asked = await _asked(receive)
    except TimeoutError:
        return PlainTextResponse("The request did not come in time.", 408)
    if asked is None:
        return PlainTextResponse("This is no request for frames.", 400)
    return await asyncio.get_running_loop().run_in_executor(_threads, _answer, *asked)


def _answer(ticket: str, request: object) -> Response:
    from playground.page import film_answer  # only now: the components are made when they are imported

    try:
        frames = film_answer(ticket, request)
    except Exception:
        LOG.exception("A request for frames failed")
        return PlainTextResponse("That did not work, by a fault of this page.", 500)
    if frames is None:
        return PlainTextResponse("There is no such page, or it is being answered already.", 404)
    return Response(frames, headers={"Cache-Control": "no-store"}, media_type="application/octet-stream")


async def _asked(receive: Receive) -> tuple[str, object] | None:
    """The ticket and the request in a body; None if it is too long, or anything else."""
    body, is_whole = b"", False
    while not is_whole:
        message = await receive()
        body += message.get("body", b"")
        is_whole = not message.get("more_body")
        if len(body) > MAX_REQUEST:
            return None
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return None
    ticket = asked.get("ticket") if isinstance(asked, Mapping) else None
    return (ticket, asked.get("request")) if isinstance(ticket, str) else None
