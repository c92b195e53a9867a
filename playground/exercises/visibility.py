"""What of the page an exercise leaves in sight: the names in ?show=, of controls, panels and other parts."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from playground.experiment import CONTROLS

PARTS: Mapping[str, str] = {  # of the page, beside controls and panels
    "new_start": "New start",
    "timeline": "Timeline",
    "recommended": "Recommended settings",
    "advice": "Advice on the run",
    "lessons": "Lessons",
    "share": "Keep and share",
}
MAX_NAMES = 100  # in an address
NOTHING = "none"  # of them; as an empty ?show=, which some programs drop from an address


class Visibility(NamedTuple):
    """What is in sight.

    Attributes:
        names: of controls, panels and parts; None for everything.
    """

    names: frozenset[str] | None = None

    def has_panel(self, panel: str) -> bool:
        """Whether a panel is in sight, by its name in ?view=."""
        return self.has(panel_name(panel))

    def has(self, name: str) -> bool:
        """Whether a control, a panel or a part of the page is in sight."""
        return self.names is None or name in self.names

    @property
    def fixed(self) -> frozenset[str]:
        """The fields of the experiment whose controls are out of sight."""
        return frozenset() if self.names is None else frozenset(CONTROLS) - self.names


def read_show(text: str) -> list[str]:
    """The names in ?show=, known or not; at most MAX_NAMES."""
    names = (name.strip().lower() for name in text.split(",")[:MAX_NAMES])
    return list(dict.fromkeys(name for name in names if name not in ("", NOTHING)))


def panel_name(panel: str) -> str:
    """The name of a panel in ?show=: another one than in ?view= where a control is called so."""
    return f"{panel}_panel" if panel in CONTROLS else panel


def known_names(panels: Collection[str]) -> list[str]:
    """All names that ?show= can have."""
    return [*CONTROLS, *PARTS, *map(panel_name, panels)]
