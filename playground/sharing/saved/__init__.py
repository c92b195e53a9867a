"""A run as a file: written to its last bit, and opened again only when every field of it is one that a run can have."""

from playground.sharing.saved.reading import Saved, read_run
from playground.sharing.saved.values import SavedError
from playground.sharing.saved.writing import write_run

__all__ = ["Saved", "SavedError", "read_run", "write_run"]
