"""The file of runs: CSV with a line per run, whose query says which run it is, so that a sweep can go on from it."""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from playground.compare.result import MEASURES, Result, WaitedFor
from playground.compare.settings import in_words
from playground.compare.sweep import Run, SweepPlan
from playground.experiment import Experiment
from playground.sharing.links import to_query

FIRST_FIELDS = Result._fields[: Result._fields.index("failed") + 1]  # all that files of earlier versions have
ONE_LINE = str.maketrans("\r\n", "  ")


def query_of(experiment: Experiment) -> str:
    """The experiment as in an address, to be opened on the page; "" for the defaults."""
    return urlencode(to_query(experiment), safe=",")


def header(plan: SweepPlan) -> str:
    """The first line."""
    return _csv(_columns(plan))


def line(
    plan: SweepPlan, run: Run, experiment: Experiment, result: Result, fields: Sequence[str] = Result._fields
) -> str:
    """The line of a run. Its numbers are exact: read as floats, they are those of the Result.

    Args:
        plan, run, experiment: which run it is.
        result: of it.
        fields: those of the result that the file has; see `fields_of`.
    """
    values = map(in_words, plan.values[run[0]])
    own = [getattr(result, name) for name in fields]
    texts = ["" if each is None else str(each).translate(ONE_LINE) for each in own]
    return _csv([*values, str(experiment.seed), str(plan.epochs), *texts, query_of(experiment)])


def read_runs(path: Path, plan: SweepPlan) -> tuple[dict[Run, Result], int]:
    """The plan's runs that a file has results of, and the length of its whole lines, in bytes.

    Runs that have failed are to be trained again, and those of other plans are left out.

    Raises:
        OSError: when it cannot be read.
        ValueError: when it is not a file of such runs.
    """
    if not path.exists():
        return {}, 0
    data = path.read_bytes()
    length = data.rfind(b"\n") + 1
    try:
        lines = data[:length].decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not in UTF-8; nothing was trained.") from None
    columns = next(csv.reader(lines[:1]), _columns(plan))
    if columns not in (_columns(plan), _columns(plan, FIRST_FIELDS)):
        wanted = ",".join(_columns(plan))
        raise ValueError(f"{path} is of another sweep: its first line is not {wanted}. Nothing was trained.")
    runs = {(str(plan.epochs), query_of(experiment)): run for run, experiment in plan.runs().items()}
    results: dict[Run, Result] = {}
    for number, cells in enumerate(csv.reader(lines[1:]), 2):
        try:
            key, result = _read(dict(zip(columns, cells, strict=True)))
        except ValueError:
            raise ValueError(f"Line {number:,} of {path} is not a run; nothing was trained.") from None
        if key in runs and result.failed is None:
            results[runs[key]] = result
    return results, length


def fields_of(path: Path, plan: SweepPlan) -> Sequence[str]:
    """The fields of a result that a file of runs has; new lines get the same, also in a file of an earlier version."""
    with path.open(encoding="utf-8-sig") as file:
        columns = next(csv.reader(file), [])
    return FIRST_FIELDS if columns == _columns(plan, FIRST_FIELDS) else Result._fields


def _read(cells: dict[str, str]) -> tuple[tuple[str, str], Result]:
    numbers = {
        name: _number(cells.get(name, ""))
        for name in ("loss", "test_loss", "accuracy", "test_accuracy", "seconds", *MEASURES)
    }
    diverged = {"True": True, "False": False, "": None}
    if cells["diverged"] not in diverged:
        raise ValueError
    stopped, waited_for = cells.get("stopped", ""), cells.get("waited_for", "")
    if waited_for not in ("", "loss", "test_loss"):
        raise ValueError
    result = Result(
        diverged=diverged[cells["diverged"]],
        failed=cells["failed"] or None,
        stopped=int(stopped) if stopped else None,
        waited_for=cast(WaitedFor, waited_for) if waited_for else None,
        **numbers,
    )
    if result.failed is None and (result.loss is None or result.diverged is None):
        raise ValueError
    return (cells["epochs"], cells["query"]), result


def _number(text: str) -> float | None:
    number = float(text) if text else None
    if number is not None and math.isnan(number):
        raise ValueError
    return number


def _columns(plan: SweepPlan, fields: Sequence[str] = Result._fields) -> list[str]:
    return [*(name for name, _ in plan.axes), "seed", "epochs", *fields, "query"]


def _csv(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
