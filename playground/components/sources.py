"""The sources of the components, as text: their HTML, CSS and scripts."""

from pathlib import Path

FOLDER = Path(__file__).parent
BOARD = ("points.js", "plane.js", "pictures.js", "frames.js", "weights.js", "live.js")
RACE = ("plane.js", "race_maps.js", "race.js")


def read(name):
    """The text of a file of this folder."""
    return (FOLDER / name).read_text(encoding="utf-8")


def script(*names):
    """One script of several, after what all of them share."""
    return "".join(map(read, ("page.js", *names)))
