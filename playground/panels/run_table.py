"""A table of runs: a column per run and a row per number, and the rows of their measures."""

from collections.abc import Mapping, Sequence
from html import escape

from playground.panels.text import with_minus_sign
from playground.problems.measures import Measures, in_words, measures_of
from playground.problems.problem import Problem


def run_table(caption: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """The HTML of a table of texts; Streamlit's own would load 0.3 MB."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(text)}</td>" for text in texts)}</tr>'
        for name, texts in rows.items()
    )
    table = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="run-table" role="region" aria-label="{caption}" tabindex="0">{table}</div>'


def rows_of_measures(problems: Sequence[Problem], measures: Sequence[Measures]) -> dict[str, list[str]]:
    """R², precision and so on of each run, where all learn the same kind of thing; test points in rows of their own.

    Args:
        problems: of the runs.
        measures: of each on its training points and, if there are any, on its test points; () for none.
    """
    kinds = list(map(measures_of, problems))
    if any([each.label for each in kind] != [each.label for each in kinds[0]] for kind in kinds):
        return {}
    rows: dict[str, list[str]] = {}
    for place in range(max(map(len, measures))):
        for i, kind in enumerate(kinds[0]):
            values = [own[place][i] if place < len(own) else None for own in measures]
            label = f"{kind.label}, test points" if place else kind.label
            rows[label] = ["–" if each is None else with_minus_sign(in_words(kind, each)) for each in values]
    return rows
