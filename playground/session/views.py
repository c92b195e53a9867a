"""The panels that are open under the charts; the address keeps them as ?view=."""

from collections.abc import Iterable, MutableMapping

from playground.session.widget_values import MAIN, WidgetValues

KEY = "views"  # of the widget in which they are chosen


class OpenViews:
    """The names of the open panels.

    Attributes:
        opened: those that were open before the last change of the widget.
    """

    def __init__(self, widgets: WidgetValues, query: MutableMapping[str, str]) -> None:
        self._widgets = widgets
        self._query = query
        self.opened: list[str] = []

    @property
    def names(self) -> list[str]:
        """The names of the open panels, in the order of the page."""
        return self._widgets.get(KEY) or []

    @property
    def in_address(self) -> list[str] | None:
        """The names in the address, known or not; None if it names none."""
        view = self._query.get("view")
        return None if view is None else [name for name in view.split(",") if name]

    def open_only(self, names: Iterable[str]) -> None:
        """Opens these panels and closes all others; the address stays."""
        self._widgets.set_widget(KEY, list(names), MAIN)
        self.opened = self.names

    def open_more(self, names: Iterable[str]) -> None:
        """Opens further panels."""
        self.open_only([*self.names, *(name for name in names if name not in self.names)])
        self.keep_in_address()

    def keep_in_address(self) -> None:
        """Writes the open panels into the address."""
        self._widgets.restore_stale({KEY: self.opened})
        self.opened = self.names
        if self.names:
            self._query["view"] = ",".join(self.names)
        else:
            self._query.pop("view", None)
