"""The visitor's own points: from a file, a table or the fit chart; each change can be undone."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from playground.experiment import DEFAULTS, Experiment
from playground.numerals import NumeralError, written
from playground.problems.data_settings import CURVE
from playground.problems.tables import NAMES, Reading, Table, TableError, read_cells, read_own, target_of, write_own
from playground.session.own_changes import OwnChanges
from playground.session.own_file import OwnFile
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
        file: the last one that was uploaded.
    """

    def __init__(self, controls: PlayerControls, changes: OwnChanges) -> None:
        self._controls = controls
        self._changes = changes
        self._widgets = controls.widgets
        self._refused_files = 0
        self._last = dict(FIRST_POINTS)
        self.editor = PointsTable()
        self.file = OwnFile()
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
            return read_own(self._widgets["own"])
        except TableError:
            return read_own(FIRST_POINTS[1])

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: the inputs and y; by their places where two have the same."""
        names = self.table.names
        return names if len(set(names)) == len(names) else NAMES[len(names)]

    @property
    def rows(self) -> list[list[float]]:
        """One row per point: the inputs and y."""
        table = self.table
        rows: list[list[float]] = np.vstack([table.Xs, table.Ys]).T.tolist()
        return rows

    @property
    def cells(self) -> list[list[str]]:
        """The same as the texts of the table's cells."""
        classes, rows = self.table.classes, self.rows
        if not classes:
            return [[written(value) for value in row] for row in rows]
        return [[*map(written, row[:-1]), classes[int(row[-1])]] for row in rows]

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
            self.file.open(file.name[:MAX_FILE_NAME], file.getvalue())
            self._take_read()

    def answer_about_file(self, reading: Reading) -> None:
        """Takes the points of the last file as the visitor says that they are meant."""
        self.file.reading, self._controls.rejection = reading, None
        self._take_read()

    def _take_read(self) -> None:
        try:
            self._take(self.file.read())
        except ValueError as error:
            self._refused_files += 1
            self._controls.reject(f"{self.file.name}: {error} {UNCHANGED}")
        else:
            self.file.taken = self._widgets["own"]

    def take_edits(self, key: str) -> None:
        """Takes the complete rows of the table that has a key, as edited; what cannot be taken stays in the table."""
        if not self.editor.take(key, self._widgets.get(key)):
            self._controls.reject("The points had changed when this came: type it again.")
        elif key == self.editor.key:
            self._controls.rejection = None
            rows = self.editor.whole_rows
            try:
                self._take(
                    self._table_of(read_cells(self.columns, list(rows.values()), list(rows), self.table.classes))
                )
            except ValueError as error:
                self._is_refused = True
                self._controls.reject(f"{error} {STILL_LEARNT}")
            else:
                self._in_editor, self._is_refused = self._widgets["own"], False

    def change_point(self, change: object) -> None:
        """Adds, moves or removes a point, as the fit chart sent it: {"from", "to"}, each a row of numbers or None."""
        if not self.chosen or not isinstance(change, Mapping):
            return
        rows, width, to = self.rows, len(self.columns), change.get("to")
        if isinstance(to, list) and len(to) == width == 3 and isinstance(to[-1], str):  # the y that new points get
            try:
                to = [*to[:-1], target_of(to[-1], self.table.classes)]
            except NumeralError as error:
                self._controls.reject(f"New points have y = {error}. The points are unchanged.")
                return
        old, new = (_point(point, width) for point in (change.get("from"), to))
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
                self._take(read_own(self._last[count]))
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
        text = write_own(table)
        Experiment(target="points", own=text)
        self._controls.rejection = None  # what was refused before is not in question any more
        if text != write_own(self.table):
            self._changes.change("own", text)

    def _table_of(self, rows: Sequence[Sequence[float]]) -> Table:
        """A table of other points with the names of the present one."""
        table = self.table
        matrix = np.array(rows, float).reshape(len(rows), len(table.names)).T
        text = write_own(replace(table, Xs=matrix[:-1], Ys=matrix[-1:]))
        return read_own(text)


def _point(value: Any, width: int) -> list[float] | None:
    """A list of `width` finite numbers from what the browser sent, or None."""
    numbers = value if isinstance(value, list | tuple) and len(value) == width else ()
    finite = [n for n in numbers if isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n)]
    return list(map(float, finite)) if len(finite) == width else None
