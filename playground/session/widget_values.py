"""The values of the page's widgets, by key, and how values that are out of date are recognised."""

import time
from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple

STALE_SECONDS = 2.0  # after which a return to the old value is the visitor's own


class Replaced(NamedTuple):
    """A value that the server has replaced, and until when its return is taken for a late message."""

    value: Any
    until: float


class WidgetValues:
    """The values of widgets, and of whatever else Streamlit keeps by key.

    Each message from the browser carries the values of all widgets, as the browser knows them. If the server has just
    changed one, a message that left earlier, such as a request for more frames, brings the old value back, and
    Streamlit takes that for a change by the visitor. So `set_widget` remembers the value that it replaces, `is_stale`
    recognises it for two seconds, and `restore_stale` puts the new value back.

    Args:
        state: where they are kept: st.session_state, or a dict in tests.
    """

    def __init__(self, state: MutableMapping[str, Any]) -> None:
        self._state = state
        self._replaced: dict[str, list[Replaced]] = {}

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __setitem__(self, key: str, value: Any) -> None:
        """Sets a value when no message with the old one can be on its way."""
        self._state[key] = value

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a widget, or `default` if it has none."""
        return self._state.get(key, default)

    def initialize(self, values: Mapping[str, Any]) -> None:
        """Gives each widget that has no value yet its first one."""
        for key, value in values.items():
            self._state.setdefault(key, value)

    def set_widget(self, key: str, value: Any) -> None:
        """Sets a value while messages with the old one may be on their way."""
        if key in self._state and self._state[key] != value:
            now = time.monotonic()
            recent = [old for old in self._replaced.get(key, ()) if old.until > now]
            self._replaced[key] = [*recent, Replaced(self._state[key], now + STALE_SECONDS)]
        self._state[key] = value

    def is_stale(self, key: str) -> bool:
        """Whether a widget's value is one that the server has just replaced."""
        now = time.monotonic()
        return any(old.until > now and old.value == self._state[key] for old in self._replaced.get(key, ()))

    def restore_stale(self, values: Mapping[str, Any]) -> None:
        """Gives the widgets whose values are stale those that they should have, {key: value}."""
        for key, value in values.items():
            if self.is_stale(key):
                self._state[key] = value
