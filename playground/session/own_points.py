"""The visitor's own points: from a file, a table or the fit chart; each change can be undone."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.experiment import DEFAULTS, Experiment
from playground.numerals import written
from playground.problems.data_settings import CURVE
from playground.problems.table import NAMES, Table, read_table, write_table
from playground.problems.typed_points import read_cells
from playground.session.player_controls import UNCHANGED, PlayerControls

FIRST_POINTS = {1: DEFAULTS["own"], 2: "x1,x2,y\n-1,-1,1\n-1,1,0\n1,-1,0\n1,1,1\n"}  # by number of inputs
MAX_UNDO = 20
FILE_KINDS = ("csv", "tsv", "txt")
MAX_FILE_NAME = 40  # characters of it that are repeated in a message


class OwnPoints:
    """The points as the widgets have them, and the changes to them."""

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls
        self._widgets = controls.widgets
        self._before: list[str] = []
        self._version = 0
        self._refused_files = 0

    @property
    def chosen(self) -> bool:
        """Whether own points are what is to be learnt."""
        widget_value = self._controls.widget_value
        return bool(widget_value("problem") == CURVE and widget_value("target") == "points")

    @property
    def table(self) -> Table:
        """The points, as a table."""
        return read_table(self._widgets["own"].encode())

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: the inputs and y."""
        return NAMES[1 + len(self.table.Xs)]

    @property
    def rows(self) -> list[list[float]]:
        """One row per point: the inputs and y."""
        table = self.table
        rows: list[list[float]] = np.vstack([table.Xs, table.Ys]).T.tolist()
        return rows

    @property
    def cells(self) -> list[list[str]]:
        """The same as the texts of the table's cells."""
        return [[written(value) for value in row] for row in self.rows]

    @property
    def editor_key(self) -> str:
        """The key of the table's widget: another one once the points were changed elsewhere."""
        return f"own_points_{self._version}"

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._before)

    def initialize_widgets(self) -> None:
        """Has the choice of the number of inputs show how many the points have."""
        self._widgets["own_inputs"] = len(self.table.Xs)

    @property
    def file_kinds(self) -> tuple[str, ...]:
        """The endings of files that can be read; in another order, and so for an empty uploader, after a refusal."""
        turn = self._refused_files % len(FILE_KINDS)
        return FILE_KINDS[turn:] + FILE_KINDS[:turn]

    def take_file(self) -> None:
        """Takes the points of an uploaded file, or reports what is wrong with it and has the uploader forget it."""
        file, self._controls.rejection = self._widgets["own_file"], None
        if file is not None:
            try:
                self._take(read_table(file.getvalue()))
            except ValueError as error:
                self._refused_files += 1
                self._controls.reject(f"{file.name[:MAX_FILE_NAME]}: {error} {UNCHANGED}")

    def take_edits(self) -> None:
        """Takes the points as edited in their table, once every row is complete; it keeps what cannot be taken."""
        edits, names, rows = self._widgets[self.editor_key], self.columns, self.cells
        self._controls.rejection = None
        for place, cells in edits["edited_rows"].items():
            for name, value in cells.items():
                rows[int(place)][names.index(name)] = value or ""
        deleted = set(edits["deleted_rows"])
        rows = [row for place, row in enumerate(rows) if place not in deleted]
        rows += [[row.get(name) or "" for name in names] for row in edits["added_rows"]]
        if not all(cell.strip() for row in rows for cell in row):
            return
        try:
            self._take(self._table_of(read_cells(names, rows)))
        except ValueError as error:
            self._controls.reject(f"{error} The points of the run are unchanged.")

    def change_point(self, change: object) -> None:
        """Adds, moves or removes a point, as the fit chart sent it: {"from", "to"}, each a row of numbers or None."""
        if not self.chosen or not isinstance(change, Mapping):
            return
        rows, width = self.rows, len(self.columns)
        old, new = (_point(change.get(end), width) for end in ("from", "to"))
        if old in rows:
            rows.remove(old)
        if new is not None:
            rows.append(new)
        try:
            self._take(self._table_of(rows))
        except ValueError as error:
            self._controls.player.invalidate_charts()  # with the point where it was
            self._controls.reject(f"{error} The points are unchanged.")

    def change_input_count(self) -> None:
        """Starts with other points, of the number of inputs that is chosen."""
        count = self._widgets["own_inputs"]
        if count in FIRST_POINTS:
            self._take(read_table(FIRST_POINTS[count].encode()))

    def undo(self) -> None:
        """Goes back to the points before the last change."""
        if self.can_undo:
            self._set(self._before.pop())

    def _take(self, table: Table) -> None:
        """Has the player learn other points.

        Raises:
            ValueError: when no experiment can have them; nothing is changed then.
        """
        text = write_table(NAMES[1 + len(table.Xs)], [*table.Xs, *table.Ys])
        Experiment(target="points", own=text)
        self._controls.rejection = None  # what was refused before is not in question any more
        if text != self._widgets["own"]:
            self._before = [*self._before, self._widgets["own"]][-MAX_UNDO:]
            self._set(text)

    def _set(self, text: str) -> None:
        self._widgets["own"] = text
        self._version += 1
        self._controls.apply_widgets()

    def _table_of(self, rows: Sequence[Sequence[float]]) -> Table:
        names = self.columns
        return read_table(write_table(names, list(zip(*rows, strict=True)) or [()] * len(names)).encode())


def _point(value: Any, width: int) -> list[float] | None:
    """A list of `width` finite numbers from what the browser sent, or None."""
    numbers = value if isinstance(value, list | tuple) and len(value) == width else ()
    finite = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    return list(map(float, finite)) if len(finite) == width else None
