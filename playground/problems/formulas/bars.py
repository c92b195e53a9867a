"""The bars of |x|: which of them open and which close."""

from collections.abc import Sequence

from playground.problems.formulas.tokens import END, MARK, NAME, NUMBER, Token

BAR = "|"


def starts_value(token: Token) -> bool:
    """Whether a value begins with a token that is no bar."""
    return token.kind in (NUMBER, NAME) or token.text == "("


def can_balance(tokens: Sequence[Token], place: int, depth: int, *, valued: bool) -> bool:
    """Whether the bars from a place on, up to the end of these brackets, can be read as pairs.

    Args:
        tokens: of the formula.
        place: where the rest begins.
        depth: how many bars are open there.
        valued: whether a value ends there.
    """
    states, level = {(depth, valued)}, 0
    for token in tokens[place:]:
        if token.text == ")" or token.kind == END or (token.text == "," and not level):
            if not level:
                break
            level -= token.text == ")"
        elif token.text == "(":
            level += 1
            states = {(bars, True) for bars, _ in states}
        elif level:
            continue
        elif token.text == BAR:
            closing = {(bars - 1, True) for bars, after_value in states if after_value and bars}
            states = closing | {(bars + 1, False) for bars, _ in states}
        elif token.kind == MARK:
            states = {(bars, False) for bars, after_value in states if after_value or token.text in "+-"}
        else:
            states = {(bars, True) for bars, _ in states}
    return (0, True) in states
