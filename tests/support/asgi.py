"""Asks an ASGI app for something without a server or a network."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from starlette.responses import PlainTextResponse

GZIP = "gzip, deflate, br, zstd"  # what a browser accepts


class Answer(NamedTuple):
    """What came back: the status, the headers by lower-case name, and the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        coded = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if coded else self.body).decode()


def ask(app, path, method="GET", *, query="", root="", body=b"", **headers):
    """The answer to one request; an underscore in a header's name stands for its hyphen."""
    sent = []
    scope = {
        "type": "http",
        "method": method,
        "path": root + path,
        "root_path": root,
        "query_string": query.encode(),
        "scheme": "http",
        "server": ("here", 80),
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "here", **headers}.items()
        ],
    }

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # the browser's tests have a running event loop in this one
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    start, *bodies = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], found, b"".join(each.get("body", b"") for each in bodies))


async def streamlit(scope, receive, send):
    """Stands for Streamlit: says which path it was asked for."""
    await PlainTextResponse(f"Streamlit {scope['path']}")(scope, receive, send)
