"""The last file that the visitor uploaded: what was read of it, and what the page asks about it."""

from playground.problems.tables import Reading, Table, TwoMeaningsError, read_table

AS_NUMBER = "Learn y as a number"


class OwnFile:
    """A file and how it is read.

    Attributes:
        name: what it is called.
        reading: the visitor's answers.
        question: what has to be asked before it can be read; None for nothing.
        taken: the text of the own points that were made of it; None where it was refused.
    """

    def __init__(self) -> None:
        self.name = ""
        self.reading = Reading()
        self.question: TwoMeaningsError | None = None
        self.taken: str | None = None
        self._data = b""
        self._table: Table | None = None

    def open(self, name: str, data: bytes) -> None:
        """Puts another file in its place."""
        self.name, self.reading, self._data = name, Reading(), data

    def read(self) -> Table:
        """The points in it.

        Raises:
            TableError: when there are none, or when the visitor has to be asked.
        """
        self.question, self.taken, self._table = None, None, None
        try:
            self._table = read_table(self._data, self.reading)
        except TwoMeaningsError as question:
            self.question = question
            raise
        return self._table

    def words(self, own: str) -> str | None:
        """What was read of it, while these own points are still those; None otherwise."""
        return self._table.words if self._table is not None and own == self.taken else None

    def answers(self, own: str) -> dict[str, Reading]:
        """What can be said about it: for each what to press, and the Reading that is then meant."""
        if self.question is not None:
            return self.question.answers
        if self.words(own) is not None and self._table is not None and self._table.numbered_classes:
            return {AS_NUMBER: self.reading._replace(classes=False)}
        return {}
