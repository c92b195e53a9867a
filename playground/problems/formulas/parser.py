"""From the tokens of a formula to its tree. What was left out is put in, where there is one way to read it.

either     = both, then any number of: or both
both       = truth, then any number of: and truth
truth      = not truth, or comparison
comparison = sum, then any number of: < <= > >= == != sum
sum        = product, then any number of: + - product
product    = signed, then any number of: * / % signed, or of powers with nothing before them
signed     = + - signed, or power
power      = value, then perhaps: ** signed
"""

import math
from collections.abc import Callable, Sequence

from playground.problems.formulas.bars import BAR, starts_value
from playground.problems.formulas.cursor import Cursor, deeper
from playground.problems.formulas.error import WrongAt
from playground.problems.formulas.macros import MACROS, TAKES, called, signature, wrong_count
from playground.problems.formulas.products import (
    Ending,
    brackets_needed,
    check_division,
    check_operator,
    check_product,
)
from playground.problems.formulas.tokens import MARK, NAME, NUMBER, Token
from playground.problems.formulas.tree import COMPARE, Call, Compared, Name, Node, Number, Pair, Signed
from playground.problems.formulas.words import INVERSES


class Parser:
    """Reads the tokens of one formula.

    Args:
        tokens: them.
        x: the name of an input, for sentences.

    Attributes:
        altered: whether something was put in: a *, the brackets of a function, or abs for bars.
        spaced: the place of the first * that was put in for a space; None without.
    """

    def __init__(self, tokens: Sequence[Token], x: str) -> None:
        self._cursor = Cursor(tokens, x)
        self._ending = Ending.CLOSED  # of the last factor
        self._bare = ""  # the last function without brackets
        self.altered = False
        self.spaced: int | None = None

    def formula(self) -> Node:
        """The whole formula.

        Raises:
            WrongAt: where it cannot be read.
        """
        node = self._either(0)
        self._cursor.end()
        return node

    # --- Operators ---

    def _either(self, depth: int) -> Node:
        return self._joined(depth, "or", "+", self._both)

    def _both(self, depth: int) -> Node:
        return self._joined(depth, "and", "*", self._truth)

    def _joined(self, depth: int, word: str, mark: str, part: Callable[[int], Node]) -> Node:
        """Comparisons with a word between them: a and b is a*b > 0, a or b is a + b > 0."""
        node, joined = part(depth), False
        while self._cursor.next.text == word:
            token = self._cursor.take()
            other = part(deeper(depth, token))
            if not (isinstance(other, Compared) and (joined or isinstance(node, Compared))):
                raise WrongAt(f"{word!r} stands between comparisons, as in {self._cursor.x} > 0.", token.at)
            node, joined = Pair(mark, node, other), True
        self.altered = self.altered or joined
        return Compared((">",), (node, Number("0"))) if joined else node

    def _truth(self, depth: int) -> Node:
        token = self._cursor.next
        if token.text != "not" or not self._cursor.takes("not"):
            return self._comparison(depth)
        node = self._truth(deeper(depth, token))
        if not isinstance(node, Compared):
            raise WrongAt(f"'not' stands before a comparison, as in not {self._cursor.x} > 0.", token.at)
        self.altered = True
        return Compared(("==",), (node, Number("0")))

    def _comparison(self, depth: int) -> Node:
        values, marks = [self._sum(depth)], []
        while self._cursor.next.text in COMPARE:
            token = self._cursor.take()
            marks.append(token.text)
            values.append(self._sum(deeper(depth, token)))
        return Compared(tuple(marks), tuple(values)) if marks else values[0]

    def _sum(self, depth: int) -> Node:
        node = self._product(depth)
        while self._cursor.next.text in ("+", "-"):
            token = self._cursor.take()
            node = Pair(token.text, node, self._product(deeper(depth, token)))
        return node

    def _product(self, depth: int) -> Node:
        cursor, divided = self._cursor, ""
        node = self._signed(depth)
        while True:
            token = cursor.next
            if token.kind == MARK and token.text in ("*", "/", "%"):
                check_operator(token, cursor.after_next, self._ending, self._bare)
                check_division(token, node, cursor.last, cursor.after_next, self._ending)
                cursor.take()
                divided = token.text.replace("*", "")
                node = Pair(token.text, node, self._signed(deeper(depth, token)))
            elif starts_value(token) or (token.text == BAR and not cursor.at_closing_bar()):
                self._put_product(token, divided=divided)
                node = Pair("*", node, self._power(deeper(depth, token)))
            else:
                return node

    def _put_product(self, token: Token, *, divided: str) -> None:
        """Puts in the * before a token."""
        check_product(self._cursor.last, token, self._ending, self._bare, divided=divided)
        self.altered = True
        if token.after_space and self.spaced is None:
            self.spaced = token.at

    def _signed(self, depth: int) -> Node:
        token = self._cursor.next
        if token.kind == MARK and token.text in ("+", "-"):
            self._cursor.take()
            return Signed(token.text, self._signed(deeper(depth, token)))
        return self._power(depth)

    def _power(self, depth: int) -> Node:
        cursor = self._cursor
        node = self._value(depth)
        token = cursor.next
        if token.text != "**":
            return node
        check_operator(token, cursor.after_next, self._ending, self._bare)
        if isinstance(node, Compared) and not token.as_typed:  # ^ in C and Python
            raise WrongAt("For one of two comparisons and not both, write (a) != (b); a power is **.", token.at)
        cursor.take()
        in_brackets = cursor.next.text == "("
        node = Pair("**", node, self._signed(deeper(depth, token)))
        self._ending = Ending.CLOSED if in_brackets and cursor.last.text == ")" else Ending.POWER
        return node

    # --- Values ---

    def _value(self, depth: int) -> Node:
        cursor, token = self._cursor, self._cursor.next
        node: Node
        if token.kind == NAME and token.text in TAKES:
            return self._call(depth)
        if token.text == "(":
            opened = cursor.open()
            node = self._either(depth)
            cursor.close(opened)
        elif token.text == BAR:
            opened = cursor.open_bar()
            node = Call("abs", (self._comparison(deeper(depth, opened)),))
            cursor.close_bar(opened)
            self.altered = True
        elif token.kind in (NUMBER, NAME):
            cursor.take()
            if token.kind == NUMBER and math.isinf(float(token.text)):
                raise WrongAt("This number is too large; the largest is about 1.8e308.", token.at)
            node = Number(token.text) if token.kind == NUMBER else Name(token.text, token.at)
        else:
            raise cursor.misplaced()
        self._ending = Ending.CLOSED
        return node

    def _call(self, depth: int) -> Node:
        cursor, token = self._cursor, self._cursor.take()
        name, exponent = token.text, None
        if cursor.next.text == "**" and TAKES[name] == 1:
            name, exponent = self._power_of(token)
        values: tuple[Node, ...]
        if cursor.next.text == "(":
            values = self._values(depth)
            takes = TAKES[name]
            if len(values) != takes:
                raise WrongAt(wrong_count(name, len(values)), token.at)
            self._ending = Ending.CLOSED
        else:
            values = (self._bare_value(token, name, depth),)
            self._ending, self._bare = Ending.ROOT if name == "sqrt" else Ending.ARGUMENT, name
        node = called(name, values)
        self.altered = self.altered or name in MACROS
        if node is None:
            raise WrongAt("With all that this function stands for, the formula is too long.", token.at)
        return node if exponent is None else Pair("**", node, exponent)

    def _values(self, depth: int) -> tuple[Node, ...]:
        """The values of a function, in brackets."""
        cursor = self._cursor
        opened = cursor.open()
        values: list[Node] = []
        if cursor.next.text != ")":
            values.append(self._either(deeper(depth, opened)))
            while cursor.takes(","):
                values.append(self._either(deeper(depth, opened)))
        cursor.close(opened)
        return tuple(values)

    def _power_of(self, function: Token) -> tuple[str, Number | None]:
        """The function and the power of sin^2; the inverse function of tan^-1."""
        cursor, name = self._cursor, function.text
        cursor.takes("**")
        in_brackets = cursor.takes("(")
        inverse = cursor.takes("-")
        number = cursor.take()
        if number.kind != NUMBER or not number.text.isdigit() or (in_brackets and not cursor.takes(")")):
            raise WrongAt(f"{name} needs its values in brackets: {signature(name)}.", function.at)
        self.altered = True
        if not inverse:
            return name, Number(number.text)
        if int(number.text) != 1 or name not in INVERSES:
            words = f"This can be read in two ways; write 1/{name}({cursor.x})**{number.text} for the power."
            raise WrongAt(words, function.at)
        return INVERSES[name], None

    def _bare_value(self, function: Token, name: str, depth: int) -> Node:
        """The value of a function without brackets: sin 2 pi x is sin(2*pi*x)."""
        cursor, token = self._cursor, self._cursor.next
        negative = token.kind == MARK and token.text == "-" and not cursor.after_next.after_space
        first = cursor.after_next if negative else token
        if TAKES[name] > 1 or not (starts_value(first) or first.text == BAR):
            raise WrongAt(f"{name} needs its values in brackets: {signature(name)}.", function.at)
        self.altered = True
        depth = deeper(depth, function)
        if negative:
            cursor.take()
        node = self._value(depth)
        if negative and first.text == "1" and name in INVERSES and starts_value(cursor.next):  # a copied tan⁻¹ x
            raise WrongAt(f"Is {INVERSES[name]}(a) meant? Write that, or {name}(-a).", first.at)
        if negative:
            node = Signed("-", node)
        while self._ending is Ending.CLOSED and starts_value(cursor.next) and cursor.next.text not in TAKES:
            token = cursor.next
            if token.text == "(" or name == "sqrt":
                raise WrongAt(brackets_needed(name), token.at)
            self._put_product(token, divided="")
            node = Pair("*", node, self._value(depth))
        return node
