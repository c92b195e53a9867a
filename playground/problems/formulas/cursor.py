"""A place among the tokens of a formula: what comes next, and which brackets and bars are open there."""

from collections.abc import Sequence

from playground.problems.formulas.bars import BAR, can_balance, starts_value
from playground.problems.formulas.error import WrongAt
from playground.problems.formulas.hints import MARKS
from playground.problems.formulas.tokens import END, MARK, NAME, NUMBER, WRONG, Token

MAX_DEPTH = 30  # nested brackets, signs or powers; a sum of many terms is not deep


def deeper(depth: int, token: Token) -> int:
    """One level further down, at a token. Raises WrongAt below the last level."""
    if depth == MAX_DEPTH:
        words = f"This is nested too deeply: at most {MAX_DEPTH} levels of brackets, signs and powers."
        raise WrongAt(words, token.at)
    return depth + 1


class Cursor:
    """Goes through the tokens of one formula.

    Args:
        tokens: them.
        x: the name of an input, for sentences.
    """

    def __init__(self, tokens: Sequence[Token], x: str) -> None:
        self._tokens = tokens
        self._place = 0
        self._bars = [0]  # in each open bracket, how many bars are open
        self.x = x

    @property
    def next(self) -> Token:
        """The next token. Raises WrongAt if there is something wrong with it."""
        token = self._tokens[self._place]
        if token.kind == WRONG:
            raise WrongAt(token.text, token.at)
        return token

    @property
    def after_next(self) -> Token:
        """The token after it; the END after the END."""
        return self._tokens[min(self._place + 1, len(self._tokens) - 1)]

    @property
    def last(self) -> Token:
        """The token that was taken last."""
        return self._tokens[self._place - 1]

    def take(self) -> Token:
        """Takes the next token, and returns it."""
        token = self.next
        self._place += token.kind != END
        return token

    def takes(self, mark: str) -> bool:
        """Whether the next token is a mark, which is then taken."""
        found = self.next.kind == MARK and self.next.text == mark
        self._place += found
        return found

    def misplaced(self) -> WrongAt:
        """What is wrong with the next token, where a value or an operator should come."""
        token = self.next
        if token.text == "," and (self.last.kind in (NUMBER, NAME) or self.last.text in (")", BAR)):
            words = "A comma belongs between the values of a function, as in max(a, b); decimals take a point: 0.5."
        elif token.text in MARKS:
            words = f"{token.text!r} is not used here; use {MARKS[token.text]}."
        else:
            place = f"before {token.text!r}" if token.kind != END else "at the end"
            words = f"A value is missing {place}, such as {self.x} or 2."
        return WrongAt(words, token.at)

    def open(self) -> Token:
        """Takes an opening bracket."""
        token = self.take()
        if len(self._bars) > MAX_DEPTH:
            raise WrongAt(f"Brackets can be nested at most {MAX_DEPTH} deep.", token.at)
        self._bars.append(0)
        return token

    def close(self, opened: Token) -> None:
        """Takes the bracket that closes an opened one."""
        if not self.takes(")"):
            if self.next.kind == END:
                raise WrongAt("This bracket is never closed; each ( needs its ).", opened.at)
            raise self.misplaced()
        self._bars.pop()

    def open_bar(self) -> Token:
        """Takes the first bar of |a|."""
        self._bars[-1] += 1
        return self.take()

    def close_bar(self, opened: Token) -> None:
        """Takes the bar that closes an opened one."""
        if not self.takes(BAR):
            if self.next.kind == END or self.next.text == ")":
                words = "This | is never closed; |a| needs two. It is abs(a); between comparisons, write or."
                raise WrongAt(words, opened.at)
            raise self.misplaced()
        self._bars[-1] -= 1

    def at_closing_bar(self) -> bool:
        """Whether the next token, after a value, is a bar that closes one which is open."""
        opened, rest = self._bars[-1], self._place + 1
        if self.next.text != BAR or not opened:
            return False
        closes = can_balance(self._tokens, rest, opened - 1, valued=True)
        opens = can_balance(self._tokens, rest, opened + 1, valued=False)
        if closes and opens and starts_value(self.after_next):
            raise WrongAt("These bars can be paired in two ways; write abs(a) for |a|.", self.next.at)
        return closes or not opens

    def end(self) -> None:
        """Raises WrongAt unless all is read."""
        token = self.next
        if token.text == ")":
            raise WrongAt("This bracket closes none; each ) needs its (.", token.at)
        if token.kind != END:
            raise self.misplaced()
