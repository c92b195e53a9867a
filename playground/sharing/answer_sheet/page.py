"""The page of an answer sheet: what is trained, then stage after stage what training computes in its next step."""

import re
from html import escape
from pathlib import Path

import nn.arrays
from playground.analysis.learning_rate import rate_in_use
from playground.analysis.walk import Stage, walk
from playground.analysis.walk.matrices import Matrix
from playground.player import Player
from playground.sharing.answer_sheet.mathml import to_mathml
from playground.sharing.condition import condition_of
from playground.sharing.export.outline import layers_in_words, title

TEMPLATE = Path(__file__).with_name("answer_sheet.html")
DIGITS = 6  # of a number, as in the walk
MAX_COLUMNS = 12  # of a matrix; of a wider one the first are shown, and it is said how many there are
MAX_ROWS = 24


def answer_sheet(player: Player, example: int | None = None) -> str:
    """The page, of the step that training would take next.

    Args:
        player: the run.
        example: one example of the step; None for all of them.

    Raises:
        ValueError: when there is no such example.
    """
    trainer = player.trainer
    whose = f"of all {trainer.batch_size:,} examples" if example is None else f"of example {example:,} alone"
    parts = {
        "TITLE": f"The step after epoch {trainer.epoch:,}",
        "ABOUT": f"{title(player.experiment)}: {layers_in_words(trainer.network)}. Numbers {whose}. "
        f"{_settings(player)}",
        "STAGES": "".join(_stage(number, stage) for number, stage in enumerate(walk(trainer, example), 1)),
    }
    template = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(
        r"\{\{([A-Z]+)\}\}", lambda gap: parts[gap[1]] if gap[1] == "STAGES" else escape(parts[gap[1]]), template
    )


def _settings(player: Player) -> str:
    experiment, rate = player.experiment, rate_in_use(player.trainer)
    scheduled = f", which the schedule makes of {experiment.learning_rate:.12g}"
    scheduled = "" if experiment.schedule == "constant" else scheduled
    diverged = f" {condition_of(player)}" if player.trainer.diverged else ""
    return f"Learning rate {rate:.12g}{scheduled}, {experiment.optimizer.replace('_', ' ')}.{diverged}"


def _stage(number: int, stage: Stage) -> str:
    matrices = "".join(map(_matrix, stage.matrices))
    return (
        f"<section><h2>{number}. {escape(stage.name)}</h2><p>{to_mathml(stage.equation)}</p><p>{escape(stage.why)}</p>"
        f'<pre>{escape(stage.source)}</pre><div class="matrices">{matrices}</div></section>'
    )


def _matrix(matrix: Matrix) -> str:
    rows, columns = matrix.values.shape
    shown = matrix.values[:MAX_ROWS, :MAX_COLUMNS]
    body = "".join(f"<tr>{''.join(f'<td>{number(value)}</td>' for value in row)}</tr>" for row in shown)
    cut = []
    if rows > MAX_ROWS:
        cut.append(f"the first {MAX_ROWS} of {rows:,} rows")
    if columns > MAX_COLUMNS:
        cut.append(f"the first {MAX_COLUMNS} of {columns:,} columns")
    note = f"<p>{' and '.join(cut)}</p>" if cut else ""
    size = f"({rows:,}, {columns:,})"
    return f"<figure><figcaption><b>{escape(matrix.name)}</b> {size}</figcaption><table>{body}</table>{note}</figure>"


def number(value: nn.arrays.Matrix | float) -> str:
    """A number with DIGITS digits and a true minus sign."""
    return f"{float(value):.{DIGITS}g}".replace("-", "−")
