"""The sidebar's groups of settings: which of them stand open because something in them is not the default."""

from collections.abc import Collection

from playground.experiment import DEFAULTS
from playground.session.player_controls import PlayerControls


class SettingGroups:
    """Which groups the page opens by itself.

    A group opens when something in it departs from the default. It stays open when the visitor puts that back, since
    they are still working in it. When a link, a lesson or a run replaces all settings, this begins anew.
    """

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls
        self._open: set[str] = set()
        self._replacements = controls.replacements

    def changed(self, fields: Collection[str]) -> list[str]:
        """Those of some fields of the experiment that are not at their default."""
        experiment = self._controls.player.experiment
        return [name for name in fields if getattr(experiment, name) != DEFAULTS[name]]

    def is_open(self, group: str, fields: Collection[str]) -> bool:
        """Whether the page opens a group that has these fields."""
        if self._replacements != self._controls.replacements:
            self._replacements = self._controls.replacements
            self._open.clear()
        if self.changed(fields):
            self._open.add(group)
        return group in self._open
