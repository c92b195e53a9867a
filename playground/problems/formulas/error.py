"""What is wrong with a formula, in words, and where."""

MAX_LENGTH = 200  # characters of a formula


class FormulaError(ValueError):
    """An error in a formula.

    Args:
        message: a sentence for whoever typed it.
        typed: the text, as typed.
        position: the index of the invalid character; the length of the text if something is missing at its end.
    """

    def __init__(self, message: str, typed: str, position: int) -> None:
        super().__init__(message, typed, position)
        self.message, self.position = message, position
        self._typed = typed[: MAX_LENGTH + 1]

    def __str__(self) -> str:
        return f"Character {self.position + 1}: {self.message}"

    @property
    def pointed(self) -> str:
        """The text and, on the line below, a caret under the character."""
        shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in self._typed)
        return f"{shown}\n{' ' * self.position}^"


class WrongAt(Exception):  # noqa: N818
    """The same while a formula is read: a sentence and the index in what was typed."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.message, self.at = message, at
