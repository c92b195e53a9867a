"""The visitor's own points: from a file, a table or the fit chart; each change can be undone."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.experiment import DEFAULTS, Experiment
from playground.numerals import written
from playground.problems.data_settings import CURVE
from playground.problems.table import NAMES, Table, TableError, read_table, write_table
from playground.problems.typed_points import read_cells
from playground.session.own_changes import OwnChanges
from playground.session.player_controls import UNCHANGED, PlayerControls
from playground.session.points_table import PointsTable

FIRST_POINTS: Mapping[int, str] = {  # by number of inputs
    1: DEFAULTS["own"],
    2: "x1,x2,y\n-1,-1,1\n-1,1,0\n1,-1,0\n1,1,1\n",
}
STILL_LEARNT = "The points of the run are unchanged."
FILE_KINDS = ("csv", "tsv", "txt")
MAX_FILE_NAME = 40  # characters of it that are repeated in a message


class OwnPoints:
    """The points as the widgets have them, and the changes to them.

    Attributes:
        editor: the table in which they are typed.
    """

    def __init__(self, controls: PlayerControls, changes: OwnChanges) -> None:
        self._controls = controls
        self._changes = changes
        self._widgets = controls.widgets
        self._refused_files = 0
        self._last = dict(FIRST_POINTS)
        self.editor = PointsTable()
        self._in_editor: str | None = None  # the points that it stands for
        self._is_refused = False  # whether it has rows that cannot be learnt

    @property
    def chosen(self) -> bool:
        """Whether own points are what is to be learnt."""
        widget_value = self._controls.widget_value
        return bool(widget_value("problem") == CURVE and widget_value("target") == "points")

    @property
    def table(self) -> Table:
        """The points, as a table; the first ones where those of an address cannot be read."""
        try:
            return read_table(self._widgets["own"].encode())
        except TableError:
            return read_table(FIRST_POINTS[1].encode())

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
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return self._is_refused or self._changes.can_undo("own")

    def initialize_widgets(self) -> None:
        """Has the choice of the number of inputs and the table show the points."""
        self._widgets.set_widget("own_inputs", len(self.table.Xs))
        if self._in_editor != self._widgets["own"]:
            self._in_editor, self._is_refused = self._widgets["own"], False
            self.editor.show(self.columns, self.cells)

    @property
    def file_kinds(self) -> tuple[str, ...]:
        """The endings of files that can be read; in another order, and so for an empty uploader, after a refusal."""
        turn = self._refused_files % len(FILE_KINDS)
        return FILE_KINDS[turn:] + FILE_KINDS[:turn]

    def take_file(self) -> None:
        """Takes the points of an uploaded file, or reports what is wrong with it and has the uploader forget it."""
        file, self._controls.rejection = self._widgets.get("own_file"), None
        if file is not None:
            try:
                self._take(read_table(file.getvalue()))
            except ValueError as error:
                self._refused_files += 1
                self._controls.reject(f"{file.name[:MAX_FILE_NAME]}: {error} {UNCHANGED}")

    def take_edits(self, key: str) -> None:
        """Takes the complete rows of the table that has a key, as edited; what cannot be taken stays in the table."""
        if not self.editor.take(key, self._widgets.get(key)):
            self._controls.reject("The points had changed when this came: type it again.")
        elif key == self.editor.key:
            self._controls.rejection = None
            rows = self.editor.whole_rows
            try:
                self._take(self._table_of(read_cells(self.columns, list(rows.values()), list(rows))))
            except ValueError as error:
                self._is_refused = True
                self._controls.reject(f"{error} {STILL_LEARNT}")
            else:
                self._in_editor, self._is_refused = self._widgets["own"], False

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
        """Goes on with the last points of the number of inputs that is chosen."""
        self._widgets.restore_stale({"own_inputs": len(self.table.Xs)})
        count = self._widgets.get("own_inputs")
        if count in self._last and count != len(self.table.Xs):
            self._last[len(self.table.Xs)] = self._widgets["own"]
            try:
                self._take(read_table(self._last[count].encode()))
            except ValueError as error:
                self._controls.reject(f"{error} {STILL_LEARNT}")

    def undo(self) -> None:
        """Takes back what cannot be learnt in the table, or else the last change of the points."""
        if self._is_refused:
            self._in_editor = None  # the table is made anew
            self._controls.rejection = None
        else:
            self._changes.undo("own")

    def _take(self, table: Table) -> None:
        """Has the player learn other points.

        Raises:
            ValueError: when it cannot; nothing is changed then.
        """
        text = _text_of(table)
        Experiment(target="points", own=text)
        self._controls.rejection = None  # what was refused before is not in question any more
        if text != _text_of(self.table):
            self._changes.change("own", text)

    def _table_of(self, rows: Sequence[Sequence[float]]) -> Table:
        names = self.columns
        return read_table(write_table(names, list(zip(*rows, strict=True)) or [()] * len(names)).encode())


def _text_of(table: Table) -> str:
    return write_table(NAMES[1 + len(table.Xs)], [*table.Xs, *table.Ys])


def _point(value: Any, width: int) -> list[float] | None:
    """A list of `width` finite numbers from what the browser sent, or None."""
    numbers = value if isinstance(value, list | tuple) and len(value) == width else ()
    finite = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    return list(map(float, finite)) if len(finite) == width else None
