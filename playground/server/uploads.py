"""The files that visitors send: of each session the last ones are kept, and of all sessions so many bytes.

Streamlit keeps all files of a session until that has ended, however many come, and for ever what comes after its end.
"""

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

FOLDER = "/_stcore/upload_file/"
MAX_PER_SESSION = 3  # files; the page has one or two fields at a time
MAX_BYTES = 100_000_000  # of all sessions

File: TypeAlias = tuple[str, str]  # (session, file)


def given_up(sizes: Mapping[File, int], session: str) -> list[File]:
    """What has to go now that a session has sent another file: its own oldest ones, and those of who holds the most.

    Args:
        sizes: of all files in bytes, the oldest first.
        session: whose file came last.
    """
    kept = dict(sizes)
    own = [file for file in kept if file[0] == session]
    gone = own[:-MAX_PER_SESSION]
    for file in gone:
        del kept[file]
    while sum(kept.values()) > MAX_BYTES:
        held = Counter[str]()
        for (owner, _), size in kept.items():
            held[owner] += size
        heaviest, _ = held.most_common(1)[0]
        file = next(file for file in kept if file[0] == heaviest)
        del kept[file]
        gone.append(file)
    return gone


class Uploads:
    """An ASGI middleware: after every file that has come it gives up what is too much."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files: list[File] = []  # the oldest first

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
        manager = runtime.uploaded_file_mgr
        if not isinstance(manager, MemoryUploadedFileManager) or not manager.get_files(session, [file]):  # refused
            return
        if not runtime.is_active_session(session):
            manager.remove_session_files(session)
            return
        files = [*(known for known in self._files if known != (session, file)), (session, file)]
        sizes = {known: len(found.data) for known in files for found in manager.get_files(known[0], [known[1]])}
        for known in given_up(sizes, session):
            del sizes[known]
            manager.remove_file(*known)
        self._files = list(sizes)
