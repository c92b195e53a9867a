"""Equations of the stages as MathML, which browsers draw without a script: the part of LaTeX that the stages use."""

import re
from collections.abc import Iterator
from html import escape

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?(?:e[-+]?\d+)?|\S")
SYMBOLS = {
    r"\alpha": "α", r"\beta": "β", r"\lambda": "λ", r"\mu": "μ", r"\rho": "ρ", r"\varepsilon": "ε", r"\infty": "∞",
}  # fmt: skip
OPERATORS = {
    r"\leftarrow": "←", r"\to": "→", r"\le": "≤", r"\ge": "≥", r"\sum": "∑", r"\lVert": "‖", r"\rVert": "‖",
    r"\mid": "|", r"\cdot": "·", r"\times": "×", "*": "∗", "-": "−",
}  # fmt: skip
NAMES = {rf"\{name}": name for name in ("ln", "max", "min", "tanh", "sin", "cos", "exp", "log")}
SPACES = {r"\quad": 1.0, r"\,": 0.17, r"\;": 0.28}
STYLES = {r"\textstyle", r"\displaystyle", r"\left", r"\right"}  # the size of what follows is the browser's to choose


def to_mathml(latex: str) -> str:
    """An equation as a <math> element.

    Raises:
        ValueError: on a command that no stage uses.
    """
    tokens = _Tokens(TOKEN.findall(latex))
    return f'<math displaystyle="true">{_row(tokens, end="")}</math>'


class _Tokens:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def next(self) -> str:
        """The next token; "" after the last."""
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        """The next token, which is then passed."""
        token = self.next
        self._at += 1
        return token


def _row(tokens: _Tokens, end: str) -> str:
    """All up to a token, which is passed."""
    parts = list(_atoms(tokens, {end}))
    tokens.take()
    return f"<mrow>{''.join(parts)}</mrow>"


def _atoms(tokens: _Tokens, ends: set[str]) -> Iterator[str]:
    """Each atom with its scripts."""
    while tokens.next not in ends and tokens.next:
        atom = _atom(tokens)
        scripts: dict[str, str] = {}
        while tokens.next in ("^", "_", "'"):
            mark = tokens.take()
            if mark == "'":
                atom = f"<mrow>{_scripted(atom, scripts)}<mo>′</mo></mrow>"
                scripts = {}
            else:
                scripts[mark] = _atom(tokens)
        yield _scripted(atom, scripts)


def _scripted(atom: str, scripts: dict[str, str]) -> str:
    above, below = scripts.get("^"), scripts.get("_")
    if above and below:
        return f"<msubsup>{atom}{below}{above}</msubsup>"
    return f"<msup>{atom}{above}</msup>" if above else f"<msub>{atom}{below}</msub>" if below else atom


def _atom(tokens: _Tokens) -> str:
    token = tokens.take()
    if token == "{":
        return _row(tokens, "}")
    if token in STYLES:
        return _atom(tokens)
    if token == r"\frac":
        return f"<mfrac>{_atom(tokens)}{_atom(tokens)}</mfrac>"
    if token == r"\sqrt":
        return f"<msqrt>{_atom(tokens)}</msqrt>"
    if token == r"\tilde":
        return f"<mover>{_atom(tokens)}<mo>~</mo></mover>"
    if token in (r"\operatorname", r"\mathbf", r"\text"):
        return f"<mtext>{escape(_name(tokens))}</mtext>"
    if token == r"\begin":
        return _cases(tokens)
    if token in SPACES:
        return f'<mspace width="{SPACES[token]}em"></mspace>'
    if token in SYMBOLS or (len(token) == 1 and token.isalpha()):
        return f"<mi>{SYMBOLS.get(token, token)}</mi>"
    if token in NAMES:
        return f"<mi>{NAMES[token]}</mi><mo>&#x2061;</mo>"
    if token[:1].isdigit():
        return f"<mn>{token}</mn>"
    if token in OPERATORS or not token.startswith("\\"):
        return f"<mo>{escape(OPERATORS.get(token, token))}</mo>"
    raise ValueError(f"{token} is not a command that an equation of the stages has.")


def _name(tokens: _Tokens) -> str:
    """The text in braces."""
    letters = []
    assert tokens.take() == "{"
    while (letter := tokens.take()) not in ("}", ""):
        letters.append(letter)
    return "".join(letters)


def _cases(tokens: _Tokens) -> str:
    """A brace before rows, each a value and its condition."""
    if _name(tokens) != "cases":
        raise ValueError("Of the environments, only cases is one that an equation of the stages has.")
    rows, cells = [], []
    while True:
        cells.append(f"<mtd><mrow>{''.join(_atoms(tokens, {'&', chr(92) * 2, chr(92) + 'end'}))}</mrow></mtd>")
        mark = tokens.take()
        if mark != "&":
            rows.append(f"<mtr>{''.join(cells)}</mtr>")
            cells = []
        if mark in (r"\end", ""):
            break
    _name(tokens)
    return f"<mrow><mo>{{</mo><mtable>{''.join(rows)}</mtable></mrow>"
