"""The last file that the visitor uploaded: what was read of it, what the page asks about it, and its columns."""

from collections.abc import Callable

from playground.numerals import written
from playground.problems.tables import (
    Reading,
    Sheet,
    Table,
    TableError,
    TwoMeaningsError,
    choose_columns,
    open_sheet,
    table_of,
)
from playground.session.player_controls import UNCHANGED, PlayerControls

AS_NUMBER = "Learn y as a number"
KINDS = ("csv", "tsv", "txt")
MAX_NAME = 40  # characters of a file's name that are repeated in a message
NO_INPUT = -1  # the choice of no second input
PICKERS = ("own_file_x1", "own_file_x2", "own_file_y")  # keys of the widgets that choose the columns


class OwnFile:
    """A file and how it is read.

    Args:
        controls: of the player.
        learn: has the player learn a table; raises a ValueError when it cannot.

    Attributes:
        name: what it is called.
        reading: the visitor's answers.
        question: what has to be asked before it can be read; None for nothing.
        taken: the text of the own points that were made of it; None where it was refused.
        places: of its columns, those of the inputs and, last, of the target; () where they are not known.
    """

    def __init__(self, controls: PlayerControls, learn: Callable[[Table], None]) -> None:
        self._controls = controls
        self._learn = learn
        self._refused = 0
        self._clear("")

    def _clear(self, name: str) -> None:
        self.name = name
        self.reading = Reading()
        self.question: TwoMeaningsError | None = None
        self.taken: str | None = None
        self.places: tuple[int, ...] = ()
        self._sheet: Sheet | None = None
        self._table: Table | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The endings of files that can be read; in another order, and so for an empty uploader, after a refusal."""
        turn = self._refused % len(KINDS)
        return KINDS[turn:] + KINDS[:turn]

    @property
    def columns(self) -> tuple[str, ...]:
        """What its columns are called, where there are more than a curve needs and it is known which are learnt."""
        has_choice = self._sheet is not None and len(self._sheet.columns) > 2 and self.places
        return self._sheet.labels if self._sheet is not None and has_choice else ()

    def take(self) -> None:
        """Takes the points of an uploaded file, or reports what is wrong with it and has the uploader forget it."""
        file, self._controls.rejection = self._controls.widgets.get("own_file"), None
        if file is None:
            self._clear("")
            return
        self._clear(file.name[:MAX_NAME])
        try:
            self._sheet = open_sheet(file.getvalue())
        except TableError as error:
            self._refuse(error)
        else:
            self._take_read()

    def answer(self, reading: Reading) -> None:
        """Takes the points of the file as the visitor says that they are meant."""
        self.reading = reading
        self._take_read()

    def choose(self, key: str) -> None:
        """Takes the points of the columns that are chosen in the widgets of PICKERS.

        Args:
            key: of the widget that was changed. If another one had the column that is chosen there, the two swap.
        """
        if not self.columns:
            return
        before = self._picked
        self._controls.widgets.restore_stale(before)
        chosen = {name: self._controls.widgets.get(name) for name in PICKERS}
        for other, place in before.items():
            if other != key and place == chosen[key]:
                chosen[other] = before[key]
        x1, x2, y = chosen.values()
        if x1 == NO_INPUT:
            x1, x2 = x2, x1
        places = tuple(place for place in (x1, x2, y) if place != NO_INPUT)
        valid = all(type(place) is int and 0 <= place < len(self.columns) for place in places)
        if valid and len(set(places)) == len(places) >= 2 and y != NO_INPUT:
            same_target = places[-1] == self.places[-1]
            reading = self.reading._replace(places=places, classes=self.reading.classes if same_target else None)
            in_use = (self.reading, self.places, self.taken, self._table, self._refused)
            self.answer(reading)
            if self.taken is None and self.question is None and in_use[2] is not None:
                self.reading, self.places, self.taken, self._table, self._refused = in_use
        self.show_columns()

    @property
    def _picked(self) -> dict[str, int]:
        """What the widgets of PICKERS show."""
        inputs = [*self.places[:-1], NO_INPUT][:2]
        return dict(zip(PICKERS, [*inputs, self.places[-1]], strict=True))

    def show_columns(self) -> None:
        """Has the widgets of PICKERS show which columns are learnt."""
        for key, place in self._picked.items() if self.columns else ():
            self._controls.widgets.set_widget(key, place)

    def _take_read(self) -> None:
        """Takes the points in it, or reports why not."""
        if self._sheet is None:
            return
        self.question, self.taken, self._table = None, None, None
        try:
            choice = choose_columns(self._sheet, self.reading)
            self.places = choice.places
            self._table = table_of(self._sheet, choice, self.reading)
            self._learn(self._table)
        except ValueError as error:
            self.question = error if isinstance(error, TwoMeaningsError) else None
            self._refuse(error)
        else:
            self.taken = self._controls.widget_value("own")

    def _refuse(self, error: ValueError) -> None:
        self._refused += 1
        self._controls.reject(f"{self.name}: {error} {UNCHANGED}")

    def words(self, own: str) -> str | None:
        """What was read of it, while these own points are still those; None otherwise."""
        return self._table.words if self._table is not None and own == self.taken else None

    def answers(self, own: str) -> dict[str, Reading]:
        """What can be said about it: for each what to press, and the Reading that is then meant."""
        if self.question is not None:
            return self.question.answers
        if self.words(own) is None or self._table is None:
            return {}
        if self._table.numbered_classes:
            return {AS_NUMBER: self.reading._replace(classes=False)}
        *others, last = map(written, self._table.class_numbers or (0.0,))
        as_classes = f"Learn y as classes: {', '.join(others)} or {last}"
        return {as_classes: self.reading._replace(classes=True)} if others else {}
