"""What stands in a file around its points: titles before the names, notes and totals at its end."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeAlias

Row: TypeAlias = tuple[int, list[str]]  # the line of the file on which it starts, and its cells
Test: TypeAlias = Callable[[str], bool]

MAX_KEY = 60  # characters of a name that are compared
MAX_AROUND = 20  # rows that are looked at on each side
MAX_TITLES = 3  # that are listed
NAMED = {"x", "x1", "x2", "y"}
TOTALS = {
    *("total", "totals", "sum", "sums", "mean", "average", "avg", "median", "std", "stdev", "count", "min", "max"),
    *("summe", "gesamt", "mittelwert", "somme", "moyenne", "suma", "promedio", "media", "totale", "somma", "itogo"),
}
_UNIT = re.compile(r"\s*(?:[\[(<].*[\])>]|/.*|\bin\b.*)$")


def length_of(cells: list[str]) -> int:
    """Up to the last cell that is not empty."""
    return max((i for i, cell in enumerate(cells, start=1) if cell), default=0)


def key_of(name: str) -> str:
    """A name as it is compared: X_1, x 1, x₁ and x1 [m] are x1."""
    plain = unicodedata.normalize("NFKC", name[:MAX_KEY]).casefold()
    key, bare = (re.sub(r"[\s_]", "", each) for each in (plain, _UNIT.sub("", plain)))
    return bare if bare in NAMED else key


def unwrapped(text: str) -> str:
    """A text of which every whole line stands in quotes, without these."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ends = all(line[0] == line[-1] == '"' and line.count('"') == 2 and re.search("[,;\t]", line) for line in lines)
    return text.replace('"', "") if ends and len(lines) > 1 else text


def names_among(rows: Sequence[Row], is_numeric: Test) -> int | None:
    """Which of the first rows names the columns: of several without numbers the one with x or y, or else the first.

    Before them there can be words with numbers beside them, if the rows after them begin with numbers. None where the
    first row has a number, and no names follow.
    """
    first = rows[:MAX_AROUND]
    begins = next((i for i, (_, cells) in enumerate(first) if is_numeric(cells[0])), 0)
    start = next((i + 1 for i in range(begins)[::-1] if any(map(is_numeric, first[i][1]))), 0)
    if start == begins:  # no names just before the numbers
        start = 0
    count = next((i for i in range(start, len(first)) if any(map(is_numeric, first[i][1]))), len(first))
    if count == start:
        return None
    is_header = count < len(first)
    named = [i for i in range(start, count) if NAMED & set(map(key_of, first[i][1]))] if is_header else []
    named += [i for i in range(start, count) if not first[i][1][0].endswith(":")]  # Operator: Kim
    return named[0] if named else start


def titles_left_out(lines: Sequence[int]) -> list[str]:
    """Clauses on the lines of titles."""
    if len(lines) > MAX_TITLES:
        return [f"lines {lines[0]} to {lines[-1]} left out: titles"]
    return [f"line {line} left out: a title" for line in lines]


def without_end(rows: Sequence[Row], is_value: Test, *, by_spaces: bool) -> tuple[list[Row], list[str]]:
    """The rows without notes and totals after them, and a clause on each that is left out.

    Args:
        rows: of a file.
        is_value: whether a cell is a number, or says that one is missing.
        by_spaces: whether spaces part the cells, and so the words of a sentence.
    """
    kept, left_out = list(rows), list[str]()
    while len(kept) > 2 and len(left_out) < MAX_AROUND:
        (_, before), (line, cells) = kept[len(kept) // 2], kept[-1]
        filled = [i for i, cell in enumerate(cells) if cell]
        first = cells[filled[0]] if filled else ""
        word = first.casefold().strip(" :.*")
        is_total = word in TOTALS and all(is_value(cells[i]) for i in filled[1:])
        is_word = not is_value(first) and re.match(r"[-+]? ?[.,]?\d", first) is None
        is_text = by_spaces and is_value(before[0])  # a sentence
        is_note = is_word and (is_text or (len(filled) == 1 and sum(map(bool, before)) > 1))
        if is_total and filled[0] < len(before) and (is_value(before[filled[0]]) or _all_differ(kept, filled[0])):
            left_out.append(f"line {line} left out: {word}")
        elif is_note:
            left_out.append(f"line {line} left out: a note")
        else:
            break
        kept.pop()
    return kept, left_out[::-1]


def _all_differ(rows: Sequence[Row], place: int) -> bool:
    """Whether the cells of a column name the rows, each another one, and no class."""
    cells = [cells[place].casefold() for _, cells in rows if len(cells) > place]
    return len(set(cells)) == len(cells)
