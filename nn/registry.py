"""Registries: what a network can be made of, by name."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Named(Protocol):
    """Anything with a name that code, links and files use."""

    @property
    def name(self) -> str: ...


Entry = TypeVar("Entry", bound=Named)


class Registry(dict[str, Entry]):
    """A dict from names to entries, in the order in which a menu shows them.

    Args:
        kind: what the entries are, for error messages: "activation".
        entries: objects with a `name`.

    Raises:
        ValueError: on looking up an unknown name; the message lists the known ones.
    """

    def __init__(self, kind: str, entries: Iterable[Entry]) -> None:
        super().__init__((entry.name, entry) for entry in entries)
        self.kind = kind

    def check(self, name: str) -> None:
        """Raises ValueError when there is no entry of this name."""
        self[name]

    def __missing__(self, name: str) -> Entry:
        raise ValueError(f"There is no {self.kind} named {name!r}; the names are {', '.join(self)}.")
