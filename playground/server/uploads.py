"""The files that visitors send: the last ones are kept, few of a session and few in all; the page reads each at once.

Streamlit keeps all files of a session until that has ended, however many come, and for ever what comes after its end.
"""

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

FOLDER = "/_stcore/upload_file/"
MAX_PER_SESSION = 3
MAX_IN_ALL = 40  # of 5 MB each at most (server.maxUploadSize)


class Uploads:
    """An ASGI middleware: after every file that has come it gives up the oldest ones that are too many."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[tuple[str, str], None] = {}  # (session, file), the oldest first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI app."""
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "http" and scope["method"] == "PUT" and FOLDER in scope["path"] and exists():
                session, _, file = scope["path"].partition(FOLDER)[2].partition("/")
                self._note(session, file)

    def _note(self, session: str, file: str) -> None:
        runtime = get_instance()
        files = runtime.uploaded_file_mgr
        if not isinstance(files, MemoryUploadedFileManager) or not files.get_files(session, [file]):  # it was refused
            return
        if not runtime.is_active_session(session):
            files.remove_session_files(session)
            return
        self._kept.pop((session, file), None)
        self._kept[session, file] = None
        own = [known for known in self._kept if known[0] == session]
        for known in [*own[:-MAX_PER_SESSION], *list(self._kept)[:-MAX_IN_ALL]]:
            self._kept.pop(known, None)
            files.remove_file(*known)
