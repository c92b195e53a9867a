"""The page of a summary: what was set, what came of it, what was predicted and reached, and the code."""

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player import Player
from playground.player.changes import changed_fields, phases
from playground.problems.measures import in_words, measure, measures_of
from playground.sharing.condition import condition_of
from playground.sharing.export import numpy_script_of, repeats
from playground.sharing.links import text_of
from playground.sharing.summary.charts import fit_chart, loss_chart

TEMPLATE = Path(__file__).with_name("summary.html")
MAX_TEXT = 300  # characters of a setting
PACE = ("speed",)  # changes nothing of the result


class Section(NamedTuple):
    """A part of the summary about what the visitor was asked.

    Attributes:
        title: of the part.
        lines: its sentences, as text.
    """

    title: str
    lines: Sequence[str]


def summary_page(player: Player, sections: Sequence[Section] = ()) -> str:
    """The page, of the run up to the present epoch.

    Args:
        player: the run.
        sections: what the visitor was asked, and what came of it.
    """
    parts = {
        "SECTIONS": "".join(map(_section, sections)),
        "NUMBERS": _rows(_numbers(player)),
        "LOSS": loss_chart(player),
        "FIT": fit_chart(player),
        "TEST": "" if player.problem.test_samples.size else "hidden",
        "SETTINGS": _rows(_settings(player)),
        "REPEATS": escape(repeats(player)),
        "CODE": escape(numpy_script_of(player)),
    }
    # One pass: what looks like a placeholder in a visitor's text stays text.
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda placeholder: parts[placeholder[1]], TEMPLATE.read_text(encoding="utf-8"))


def _section(section: Section) -> str:
    lines = "".join(f"<p>{escape(line)}</p>" for line in section.lines if line)
    return f"<section><h2>{escape(section.title)}</h2>{lines}</section>"


def _rows(rows: Sequence[tuple[str, str]]) -> str:
    return "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)


def _numbers(player: Player) -> list[tuple[str, str]]:
    frame, problem = player.frames[-1], player.problem
    rows = [
        ("Epoch", f"{frame.epoch:,}"),
        ("Loss", f"{frame.loss:.6g}"),
        *([("Test loss", f"{frame.test_loss:.6g}")] if frame.test_loss is not None else []),
        ("Weights and biases", f"{player.trainer.network.parameters.size:,}"),
        ("Training points", f"{problem.samples.shape[1]:,}"),
    ]
    for name, samples in (("Accuracy", problem.samples), ("Test accuracy", problem.test_samples)):
        share = problem.accuracy(player.trainer.network, samples)
        if share is not None:
            rows.append((name, f"{100 * share:.1f} %"))
    for points, values in zip(("", ", test points"), measure(problem, player.trainer.network), strict=False):
        rows += [
            (f"{each.label}{points}", in_words(each, value))
            for each, value in zip(measures_of(problem), values, strict=True)
        ]
    if condition := condition_of(player):
        rows.append(("State", condition))
    edited = player.recording.edited_since
    if edited is not None:
        rows.append(("Changed by hand", f"from epoch {edited:,} on"))
    return rows


def _settings(player: Player) -> list[tuple[str, str]]:
    """How the run was trained last: what is not as on a new page, first; then the rest. Before it, what was changed."""
    changes, experiment = player.recording.as_trained(player.experiment)
    names = [name for name in CONTROLS if name not in PACE]
    names.sort(key=lambda name: getattr(experiment, name) == DEFAULTS[name])
    rows = []
    for part, after in pairwise(phases(changes, experiment)):
        others = changed_fields(part.experiment, after.experiment)
        texts = [f"{CONTROLS[name].label} {_text(part.experiment, name)}" for name in others]
        rows.append((f"Up to epoch {after.first:,}", ", ".join(texts)))
    for name in names:
        mark = "" if getattr(experiment, name) == DEFAULTS[name] else " *"
        rows.append((f"{CONTROLS[name].label}{mark}", _text(experiment, name)))
    return rows


def _text(experiment: Experiment, name: str) -> str:
    text = text_of(experiment, name)
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
