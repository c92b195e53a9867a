"""A formula copied from LaTeX, a program or a spreadsheet: its plain text, rewritten as formulas are written here."""

import re
from collections.abc import Callable

from playground.problems.formulas.text import PlainText

Rewrite = str | Callable[[re.Match[str]], str]

_FUNCTION = (  # of R and Octave, before LaTeX's brackets are dropped
    r"^( *(?:[A-Za-z][A-Za-z0-9_]* *(?:=|<-) *)?)[@\\]\(([A-Za-z][A-Za-z0-9_ ,]*)\) *(?=[^ ])",
    r"\1function(\2) ",
)
_LATEX: tuple[tuple[str, Rewrite], ...] = (  # after { } have become ( )
    (r"\\int(?![A-Za-z])", "∫"),
    (r"\\(?:sum|prod)(?![A-Za-z])", "∑"),
    (r"\\(?:left|right|[bB]igg?[lr]?|displaystyle|textstyle|limits|q?quad|hspace\([^()]*\))(?![A-Za-z])", " "),
    (r"\\[,;:! ]", " "),
    (r"\\\\ *$", ""),
    (r"^ *(?:\$\$(.*)\$\$|\\\((.*)\\\)|\\\[(.*)\\\]) *$", lambda found: next(filter(None, found.groups()), "")),
    (r"\\(?=[()])", ""),
    (r"\\(?:mathrm|mathop|mathit|mathsf|mathbf|operatorname\*?|text|rm) *\(([A-Za-z]+)\)", r" \1"),
    (r"\\(?:cdot|times|ast)(?![A-Za-z])", "*"),
    (r"\\div(?![A-Za-z])", "/"),
    (r"\\(?:leqslant|leq|le)(?![A-Za-z])", "<="),
    (r"\\(?:geqslant|geq|ge)(?![A-Za-z])", ">="),
    (r"\\(?:neq|ne)(?![A-Za-z])", "!="),
    (r"\\lt(?![A-Za-z])", "<"),
    (r"\\gt(?![A-Za-z])", ">"),
    (r"\\(?:[lr]?vert|mid)(?![A-Za-z])", "|"),
    (r"\\lfloor(?![A-Za-z])", "floor("),
    (r"\\lceil(?![A-Za-z])", "ceil("),
    (r"\\r(?:floor|ceil)(?![A-Za-z])", ")"),
    (r"\\(?:land|wedge)(?![A-Za-z])", " and "),
    (r"\\(?:lor|vee)(?![A-Za-z])", " or "),
    (r"\\[dtc]?frac *([0-9])([0-9])", r"(\1/\2)"),
    (r"\\[dtc]frac(?![A-Za-z])", r"\\frac"),
    (r"\\b?mod(?![A-Za-z])", " mod "),
    (r"\\sqrt *\[ *2 *\]", " sqrt"),
    (r"\\sqrt *\[ *3 *\]", " cbrt"),
    (r"_\(([0-9]+)\)", r"_\1 "),
)
_PROGRAMS: tuple[tuple[str, Rewrite], ...] = (
    (r"^[`'\" ]*```[a-z]*|``` *$", ""),
    (r"/\*[^*]*\*/|#.*$", " "),
    (r"(?<=[^0-9 .,])[.,] *$|; *$", ""),
    (r"\( *return +([^;]*);? *\) *$", r"(\1)"),
    (r"(?<=[0-9a-z)]) +mod +(?=[0-9a-z(])", " % "),
    (r" *&&? *", " and "),
    (r"(?<![a-z0-9_)!])! *(?=[(a-z])", " not "),
    (
        r"(?<![0-9.,_'])[1-9][0-9]{0,2}(?:(?:_[0-9]{3})+|(?:'[0-9]{3})+)(?![0-9_'])",
        lambda found: re.sub("[_']", "", found[0]),
    ),
    (r"\b(pi|tau|e) *\( *\)", r"\1"),
    (r"([A-Za-z_][A-Za-z0-9_]*|[) ])\.(?=[*/^])", r"\1"),
    (r"^ *(?:const|let|var|auto) +(?=[A-Za-z][A-Za-z0-9_]* *=)", ""),
    (
        r"(?<=[0-9.])f(?![A-Za-z0-9])",
        lambda found: "" if re.search(r"\.[0-9]*$", found.string[: found.start()]) else "f",
    ),
    (r"%%", "%"),
    (r"(^|[-+*/(,= ])\^\(3\)√", r"\1cbrt "),
    (r"(?<=[A-Za-z])_(?=\])", ""),
    (r"=<", "<="),
    (r"<>", "!="),
    (r"(?<![a-z0-9_.,])([0-9][0-9.,]*) ?%(?= ?(?:[*/),<>]|$))", r"(\1/100)"),
)
_OF_BRACKETS = (  # Sin[x], from the inside; x[0] is none
    r"(?<![A-Za-z0-9_\\])((?![xyXY]\[)[A-Za-z][A-Za-z0-9]*)\[([^\[\]]*)\]",
    r"\1(\2)",
)
_BARS_FOR_OR = re.compile(r"[^|]+\|[^|]+|[^|]+(?:\|\|[^|]+)+")  # x < 0 || x > 1 can be no |a|
_CHOICE = (  # of two values by a condition
    (r"^ *if (.+?)(?: then | *: )(.+?),? else:? (.+)$", r"where(\1, \2, \3)"),
    (r"^ *([^?:]+?) if (.+?) else (.+)$", r"where(\2, \1, \3)"),
    (r"^ *([^?:]+?)\?([^?:]+):([^?:]+)$", r"where(\1, \2, \3)"),
    (r"^ *\(([^:,]*[<>=][^:,]*):([^:,]+),([^:,]+)\) *$", r"where(\1, \2, \3)"),
    (
        r"^ *\(([^:,]*[<>=][^:,]*):([^:,]+),([^:,]*[<>=][^:,]*):([^:,]+),([^:,]+)\) *$",
        r"where(\1, \2, where(\3, \4, \5))",
    ),
)


def as_written_here(plain: PlainText) -> PlainText:
    """A plain text without what only LaTeX, programs and spreadsheets have around a formula."""
    text = _rewritten(plain, *_FUNCTION)
    for pattern, rewrite in _LATEX if "\\" in plain.text or "_(" in plain.text or "$" in plain.text else ():
        text = _rewritten(text, pattern, rewrite)
    text = _roots(_fractions(text))
    if _BARS_FOR_OR.fullmatch(plain.text) and re.search("[<>=]", plain.text):
        text = _rewritten(text, r" *\|\|? *", " or ")
    for pattern, rewrite in _PROGRAMS:
        text = _rewritten(text, pattern, rewrite)
    before = None
    while before != text.text:
        before, text = text.text, _rewritten(text, *_OF_BRACKETS)
    return text


def as_choice(plain: PlainText, start: int) -> PlainText:
    """The same with a choice of two values, as x if x > 0 else 0, as where(x > 0, x, 0).

    Args:
        plain: the text.
        start: where in it the formula begins.
    """
    for pattern, rewrite in _CHOICE:
        if re.search(pattern, plain.text[start:], re.IGNORECASE):
            tail = PlainText(plain.text[start:], plain.places[start:], plain.altered)
            found = _rewritten(tail, pattern, rewrite)
            return PlainText(plain.text[:start] + found.text, plain.places[:start] + found.places, altered=True)
    return plain


def _rewritten(plain: PlainText, pattern: str, rewrite: Rewrite) -> PlainText:
    """A text with all that matches a pattern replaced; what replaces it has the places of what was there."""
    text, places, last = "", list[int](), 0
    for match in re.finditer(pattern, plain.text, re.IGNORECASE):
        new = match.expand(rewrite) if isinstance(rewrite, str) else rewrite(match)
        text += plain.text[last : match.start()] + new
        places += plain.places[last : match.start()] + _places(plain, match, new)
        last = match.end()
    if not last and not text and not re.search(pattern, plain.text, re.IGNORECASE):
        return plain
    text += plain.text[last:]
    return PlainText(text, places + plain.places[last:], altered=plain.altered or text != plain.text)


def _places(plain: PlainText, match: re.Match[str], new: str) -> list[int]:
    """Where the characters of a replacement come from: those of its groups from these, all others from the start."""
    places = [plain.places[match.start()]] * len(new)
    for group in range(1, (match.re.groups or 0) + 1):
        found = new.find(match[group]) if match[group] else -1
        for i in range(len(match[group]) if found >= 0 else 0):
            places[found + i] = plain.places[match.start(group) + i]
    return places


def _fractions(plain: PlainText) -> PlainText:
    r"""A text with ((a)/(b)) for \frac(a)(b)."""
    while match := re.search(r"\\frac *(?=\()", plain.text):
        first = _closing(plain.text, match.end())
        second = first and re.match(r" *\(", plain.text[first:])
        if not first or not second or not _closing(plain.text, first + second.end() - 1):
            return plain
        last = _closing(plain.text, first + second.end() - 1)
        text, places = plain.text, plain.places
        above, below = slice(match.end(), first), slice(first + second.end() - 1, last)
        at = places[match.start()]
        plain = PlainText(
            f"{text[: match.start()]}({text[above]}/{text[below]}){text[last:]}",
            [*places[: match.start()], at, *places[above], at, *places[below], at, *places[last:]],
            altered=True,
        )
    return plain


def _roots(plain: PlainText) -> PlainText:
    r"""A text with ((a)^(1/4)) for \sqrt[4](a), and so on; that of an odd one is also of what is below 0."""
    while match := re.search(r"\\sqrt *\[ *([1-9][0-9]?) *\] *(?=\()", plain.text):
        end = _closing(plain.text, match.end())
        if not end:
            return plain
        text, places, n = plain.text, plain.places, int(match[1])
        value, at = text[match.end() : end], places[match.start()]
        root = f"abs{value}^(1/{n})" if n % 2 else f"{value}^(1/{n})"
        new = f"(sign{value}*{root})" if n % 2 else f"({root})"
        plain = PlainText(
            text[: match.start()] + new + text[end:],
            [*places[: match.start()], *([at] * len(new)), *places[end:]],
            altered=True,
        )
    return plain


def _closing(text: str, opened: int) -> int:
    """The place after the bracket that closes the one at a place; 0 where none does."""
    depth = 0
    for i in range(opened, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i + 1
    return 0
