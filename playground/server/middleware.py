"""The routes: first page, /assets, the board's frames, Streamlit's own files compressed. The rest is Streamlit's."""

import streamlit as st
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from playground.components.assets import FOLDER_OF_ASSETS
from playground.server.answers import accepts_gzip
from playground.server.film import PATH, film
from playground.server.first_page import files, first_page
from playground.server.streamlit_files import compressed, compressible


class Routes:
    """An ASGI app that answers the requests it knows, and leaves the others to the app around which it stands."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        self._base = f"/{base}" if base else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI app."""
        if scope["type"] == "http" and scope["method"] == "POST" and self._path(scope) == PATH:
            await (await film(receive))(scope, receive, send)
            return
        known = await self._answer(scope) if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else None
        if known is not None and scope["method"] == "HEAD":
            known.body = b""  # its Content-Length stays
        await (known or self._app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        path, headers = self._path(scope), Headers(scope=scope)
        if path == "/":
            address = Request(scope).url
            page = await run_sync(first_page, str(address.replace(query="", fragment="")), address.query)
            return page.answer(headers) if page else None
        if path.startswith(f"/{FOLDER_OF_ASSETS}/"):
            file = files().get(path.removeprefix(f"/{FOLDER_OF_ASSETS}/"))
            return file.answer(headers) if file else PlainTextResponse("There is no such file.", 404)
        if path in compressible() and accepts_gzip(headers) and "range" not in headers:
            return (await run_sync(compressed, path)).answer(headers)
        return None

    def _path(self, scope: Scope) -> str:
        """The path below the app's own address, such as "/assets/board.js"; "" outside of it."""
        path: str = scope["path"]
        root: str = scope.get("root_path", "")
        if root and path.startswith(f"{root}/"):
            path = path.removeprefix(root)
        return path.removeprefix(self._base) if path.startswith(f"{self._base}/") else ""
