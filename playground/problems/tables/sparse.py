"""Rows as LIBSVM writes them: the target, then index:value for each feature that is not 0."""

import re

from playground.problems.tables.text import TableError

MAX_FEATURES = 99
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_ROW = re.compile(rf"[ \t]*({_NUMBER})((?:[ \t]+\d{{1,9}}:{_NUMBER})+)[ \t]*", re.ASCII)


def dense(text: str) -> str:
    """The same rows by semicolons, with 0 for what they leave out, and names; "" where the text has other rows.

    Raises:
        TableError: when there are too many features.
    """
    lines = text.rstrip().split("\n")
    if not (lines[0].strip() or len(lines) > 1) or ":" not in text:
        return ""
    rows: list[tuple[str, dict[int, str]] | None] = []
    for line in lines:
        match = _ROW.fullmatch(line)
        if match is None and line.strip():
            return ""
        pairs = (pair.split(":") for pair in match[2].split()) if match else ()
        rows.append((match[1], {int(index): value for index, value in pairs}) if match else None)
    indices = sorted({index for row in rows if row for index in row[1]})
    if not indices:
        return ""
    if len(indices) > MAX_FEATURES:
        raise TableError(f"The file must have at most {MAX_FEATURES} features, not {len(indices):,}.")
    names = ";".join([*(f"feature {index}" for index in indices), "target"])
    written = [";".join([*(row[1].get(i, "0") for i in indices), row[0]]) if row else "" for row in rows]
    return "\n".join([names, *written])
