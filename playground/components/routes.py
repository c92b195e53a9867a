"""Whether this process serves the scripts of the components by routes of its own.

A server knows that before it draws the first page, and nothing can change it afterwards. Streamlit passes a script
nothing about the server that runs it, so it is kept here.
"""

from threading import Event

_serving = Event()


def announce_routes() -> None:
    """Must be called before the components are imported, by the server that has the routes."""
    _serving.set()


def has_routes() -> bool:
    """Whether they were announced. Without them, Streamlit sends the scripts with every message."""
    return _serving.is_set()
