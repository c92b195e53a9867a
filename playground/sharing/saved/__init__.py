"""A run as a file: written to its last bit, and opened only if every field is one that a run can have."""

from playground.sharing.saved.field import SavedError
from playground.sharing.saved.reading import Saved, read_run
from playground.sharing.saved.writing import write_run

__all__ = ["Saved", "SavedError", "read_run", "write_run"]
