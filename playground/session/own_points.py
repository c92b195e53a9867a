"""The visitor's own points: from a file, a table or the fit chart; each change can be undone."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from playground.experiment import Experiment
from playground.numerals import NumeralError, quoted
from playground.problems.data_settings import CURVE
from playground.problems.tables import (
    NAMES,
    Table,
    TableError,
    read_cells,
    read_own,
    target_of,
    write_own,
)
from playground.session.own_changes import OwnChanges
from playground.session.own_data import MAX_KEPT
from playground.session.own_file import OwnFile
from playground.session.pasted import Row
from playground.session.player_controls import PlayerControls
from playground.session.point_rows import cells_of, point_in, point_sent
from playground.session.points_by_inputs import FIRST_POINTS, PointsByInputs
from playground.session.points_table import PointsTable
from playground.session.rows_aside import Aside, RowsAside

STILL_LEARNT = "The points of the run are unchanged."


class OwnPoints:
    """The points as the widgets have them, and the changes to them.

    Attributes:
        editor: the table in which they are typed.
        file: the last one that was uploaded.
        by_inputs: the points of the other number of inputs.
        refusal: why what stands in the table is not what is learnt; None if it is.
    """

    def __init__(self, controls: PlayerControls, changes: OwnChanges) -> None:
        self._controls = controls
        self._changes = changes
        self._widgets = controls.widgets
        self.by_inputs = PointsByInputs()
        self.editor = PointsTable()
        self.file = OwnFile(controls, self._take)
        self._in_editor: str | None = None  # the points that it stands for
        self._aside = RowsAside()
        self._noted: tuple[list[Row], bool, int] | None = None  # rows of the table, whether some are half, and a number
        self.refusal: str | None = None

    @property
    def chosen(self) -> bool:
        """Whether own points are what is to be learnt."""
        widget_value = self._controls.widget_value
        return bool(widget_value("problem") == CURVE and widget_value("target") == "points")

    @property
    def table(self) -> Table:
        """The points, as a table; the first ones where those of an address cannot be read."""
        try:
            return read_own(self._controls.widget_value("own"))
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
        classes = self.table.classes
        return [cells_of(row, classes) for row in self.rows]

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return self.refusal is not None or self._changes.can_undo("own")

    def initialize_widgets(self) -> None:
        """Has the choice of the number of inputs and the table show the points."""
        self._widgets.set_widget("own_inputs", len(self.table.Xs))
        self.file.show_columns()
        editor = self.editor
        if self._in_editor != self._controls.widget_value("own"):
            self._show_points()
        elif editor.rows is not editor.base and self._widgets.get(editor.key) is None:  # it was off the page meanwhile
            editor.show_as_typed(editor.rows)

    def _show_points(self) -> None:
        """Has the table show the points; what could not be learnt in it stays with those before."""
        editor, columns = self.editor, self.columns
        is_otherwise = len(columns) != len(editor.columns)
        if self._in_editor is not None and (self.refusal or (editor.half_rows and is_otherwise)):
            self._aside.put(self._in_editor, editor.rows, self.refusal)
        self._in_editor = self._controls.widget_value("own")
        aside = self._aside.take(self._in_editor)
        self.refusal = aside.refusal if aside else None
        editor.show(columns, self.cells)
        if aside is not None:
            editor.show_as_typed([*aside.rows, *(row for row in editor.half_rows if row not in aside.rows)])

    @property
    def unfinished_version(self) -> Hashable:
        """Differs where the rows that are not learnt differ; None where all rows are learnt."""
        editor = self.editor
        if self._noted is None or self._noted[0] is not editor.rows:
            self._noted = editor.rows, bool(editor.half_rows), (self._noted[2] if self._noted else 0) + 1
        _, has_half_rows, version = self._noted
        return (version, self.refusal) if has_half_rows or self.refusal else None

    @property
    def unfinished(self) -> Aside | None:
        """The rows of the table, where some of them are not learnt; None if there is no room for them either."""
        rows, is_unfinished = self.editor.rows, self.unfinished_version is not None
        fits = is_unfinished and sum(len(cell) for row in rows for cell in row) <= MAX_KEPT
        return Aside(rows, self.refusal) if fits else None

    def load_unfinished(self, kept: object) -> None:
        """Has the table show rows that a browser has kept, [rows, refusal]; anything else changes nothing."""
        aside = self._aside.read(kept, len(self.columns))
        if aside is not None and "own" not in self._controls.fixed:
            self._aside.put(self._controls.widget_value("own"), *aside)
            self._in_editor = None  # the table is made anew

    def take_edits(self, key: str) -> None:
        """Takes the complete rows of the table that has a key, as edited; what cannot be taken stays in the table."""
        is_present = key == self.editor.key
        if not self.editor.take(key, self._widgets.get(key)):
            self._controls.reject("The points had changed when this came: type it again.")
        elif is_present:
            self._controls.rejection = None
            self._take_rows()

    def answer_about_block(self, apart: bool) -> None:
        """Takes the block that was pasted as rows of several cells, or as it stands, with decimal commas."""
        question, self.editor.question = self.editor.question, None
        if question is not None:
            self._controls.rejection = None
            if apart:
                self.editor.take_apart(question)
            self._take_rows()

    def _take_rows(self) -> None:
        """Takes the complete rows of the table."""
        rows, before = self.editor.whole_rows, self.table.classes
        try:
            if self.editor.question is not None:
                raise TableError("The block that was pasted can be read in two ways: choose below the table.")
            read = read_cells(self.columns, list(rows.values()), list(rows), before)
            self._take(self._table_of(read.points, read.classes))
        except ValueError as error:
            self.refusal = str(error)
            self._controls.reject(f"{error} {STILL_LEARNT}")
        else:
            self._in_editor, self.refusal = self._controls.widget_value("own"), None
            if before and (new := sorted(set(read.classes) - set(before))):
                self._controls.inform(
                    f"{' and '.join(map(quoted, new))} {'is a new class' if len(new) < 2 else 'are new classes'}."
                )

    def change_point(self, change: object) -> None:
        """Adds, moves or removes a point, as the fit chart sent it: {"from", "to"}, each a row of numbers or None."""
        if not self.chosen or "own" in self._controls.fixed or not isinstance(change, Mapping):
            return
        rows, width, to = self.rows, len(self.columns), change.get("to")
        if isinstance(to, list) and len(to) == width == 3 and isinstance(to[-1], str):  # the y that new points get
            try:
                to = [*to[:-1], target_of(to[-1], self.table.classes)]
            except NumeralError as error:
                self._controls.reject(f"New points have y = {error}. The points are unchanged.")
                return
        old, new = (point_sent(point, width) for point in (change.get("from"), to))
        if old in rows:
            rows.remove(old)
        if new is not None:
            rows.append(new)
        refusal, in_table = self.refusal, self._in_editor == self._controls.widget_value("own")
        try:
            self._take(self._table_of(rows, self.table.classes))
        except ValueError as error:
            self._controls.player.invalidate_charts()  # with the point where it was
            self._controls.reject(f"{error} The points are unchanged.")
        else:
            if refusal is not None and in_table:  # what was refused there stays
                classes = self.table.classes
                cells = cells_of(new, classes) if new is not None else None
                self.editor.change_row(old, cells, partial(point_in, classes=classes))
                self._in_editor = self._controls.widget_value("own")

    def change_input_count(self) -> None:
        """Goes on with the last points of the number of inputs that is chosen."""
        self._widgets.restore_stale({"own_inputs": len(self.table.Xs)})
        count = self._widgets.get("own_inputs")
        if count in FIRST_POINTS and count != len(self.table.Xs):
            try:
                self._take(read_own(self.by_inputs.of(count)))
            except ValueError as error:
                self._controls.reject(f"{error} {STILL_LEARNT}")

    def undo(self) -> None:
        """Takes back what cannot be learnt in the table, or else the last change of the points."""
        if self.refusal is not None:
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
            before, count = self._controls.widget_value("own"), len(self.table.Xs)
            self._changes.change("own", text)
            if count != len(table.Xs):
                self.by_inputs.note(before)

    def _table_of(self, rows: Sequence[Sequence[float]], classes: tuple[str, ...]) -> Table:
        """A table of other points with the names of the present one."""
        table = self.table
        matrix = np.array(rows, float).reshape(len(rows), len(table.names)).T
        text = write_own(replace(table, Xs=matrix[:-1], Ys=matrix[-1:], classes=classes))
        return read_own(text)
