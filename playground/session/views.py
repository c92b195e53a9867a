"""The panels that are open under the charts; the address keeps them as ?view=."""

from collections.abc import Iterable, MutableMapping

from playground.session.widget_values import WidgetValues

KEY = "views"  # of the widget in which they are chosen


class OpenViews:
    """The names of the open panels."""

    def __init__(self, widgets: WidgetValues, query: MutableMapping[str, str]) -> None:
        self._widgets = widgets
        self._query = query

    @property
    def names(self) -> list[str]:
        """The names of the open panels, in the order of the page."""
        return self._widgets.get(KEY) or []

    def open_from_address(self, known: Iterable[str], default: Iterable[str]) -> list[str]:
        """Opens the panels that the address names, or else the default ones. Returns the names that are unknown."""
        known = list(known)
        named = self._query.get("view", ",".join(default)).split(",")
        self._widgets[KEY] = [name for name in known if name in named]
        unknown = [name for name in named if name and name not in known]
        if unknown:
            self.keep_in_address()
        return unknown

    def open_more(self, names: Iterable[str]) -> None:
        """Opens further panels."""
        self._widgets[KEY] = [*self.names, *(name for name in names if name not in self.names)]
        self.keep_in_address()

    def keep_in_address(self) -> None:
        """Writes the open panels into the address."""
        if self.names:
            self._query["view"] = ",".join(self.names)
        else:
            self._query.pop("view", None)
