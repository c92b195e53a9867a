"""The values of the page's widgets, by key, and how values that are out of date are recognised."""

from collections.abc import Mapping, MutableMapping
from typing import Any, NamedTuple

SIDEBAR, MAIN = "seen_sidebar", "seen_main"  # the clocks, by the part of the page in which they stand, at its end
MAX_REPLACED = 20  # values of a widget that may still come back


class Replaced(NamedTuple):
    """A value that the server has replaced, and at which time of which clock."""

    value: Any
    clock: str
    time: int


class WidgetValues:
    """The values of widgets, and of whatever else Streamlit keeps by key.

    Each message from the browser carries the values of all widgets, as the browser knows them. If the server has just
    changed one, a message that left earlier, such as a request for more frames, brings the old value back, and
    Streamlit takes that for a change by the visitor. So each part of the page ends with a clock: a hidden widget whose
    value the server raises with every value that it sets there. The browser takes up both together, and its messages
    say so: the old value is out of date in a message of an earlier time, and the visitor's own choice in any other.

    Args:
        state: where they are kept: st.session_state, or a dict in tests.
    """

    def __init__(self, state: MutableMapping[str, Any]) -> None:
        self._state = state
        self._replaced: dict[str, list[Replaced]] = {}
        self._times = {SIDEBAR: 0, MAIN: 0}

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __setitem__(self, key: str, value: Any) -> None:
        """Sets a value of which the browser sends none, or after which all its values are welcome."""
        self._state[key] = value

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a widget, or `default` if it has none, as when it is no longer on the page."""
        return self._state.get(key, default)

    def initialize(self, values: Mapping[str, Any]) -> None:
        """Gives each widget that has no value yet its first one."""
        for key, value in values.items():
            self._state.setdefault(key, value)

    def set_widget(self, key: str, value: Any, clock: str = SIDEBAR) -> None:
        """Has a widget of a part of the page show a value. One that it shows already is not sent again."""
        if key in self._state and self._state[key] != value:
            self._times[clock] += 1
            replaced = Replaced(self._state[key], clock, self._times[clock])
            others = (old for old in self._replaced.get(key, ()) if old.value != value)  # what it shows is not late
            self._replaced[key] = [*others, replaced][-MAX_REPLACED:]
        if key not in self._state or self._state[key] != value:
            self._state[key] = value

    def show_time(self, clock: str) -> None:
        """Sets a clock before it is drawn."""
        if self._state.get(clock) != self._times[clock]:
            self._state[clock] = self._times[clock]

    def is_stale(self, key: str) -> bool:
        """Whether the browser sent a widget's value before it knew that the server had replaced it.

        To be asked while what the browser has sent is taken, and not while the page is drawn.
        """
        coming = [old for old in self._replaced.get(key, ()) if old.time > self._seen(old.clock)]
        self._replaced[key] = coming
        return any(old.value == self._state.get(key) for old in coming)

    def restore_stale(self, values: Mapping[str, Any]) -> None:
        """Gives the widgets whose values are stale those that they should have, {key: value}."""
        for key, value in values.items():
            if self.is_stale(key):
                self._state[key] = value

    def _seen(self, clock: str) -> int:
        """The time up to which the browser knows what the server has set; without a clock on the page it knows all."""
        seen = self._state.get(clock)
        now = self._times[clock]
        return seen if type(seen) is int and 0 <= seen < now else now
