"""Results that take long, kept until what they depend on changes."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Result = TypeVar("Result")


class Memo:
    """Keeps the last result under each name."""

    def __init__(self) -> None:
        self._results: dict[str, tuple[Hashable, Any]] = {}

    def get(self, name: str, key: Hashable, compute: Callable[[], Result]) -> Result:
        """The result under a name; computed again only if `key` differs from the last time."""
        if name not in self._results or self._results[name][0] != key:
            self._results[name] = key, compute()
        result: Result = self._results[name][1]
        return result
