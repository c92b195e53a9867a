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
BLOCK_COLUMNS = 8  # of a wide matrix beside each other, as many as a page of paper holds; the next ones stand below
MAX_NUMBERS = 10_000  # of a matrix; of a larger one the first rows and columns are shown, and that is said
CUT_ROWS = 24


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
        f'<pre>{escape(stage.source)}</pre><div class="matrices" tabindex="0">{matrices}</div></section>'
    )


def _matrix(matrix: Matrix) -> str:
    """The figure of a matrix: a wide one in blocks of columns, one under the other."""
    rows, columns = matrix.values.shape
    shown, note = matrix.values, ""
    if matrix.values.size > MAX_NUMBERS:
        shown = matrix.values[:CUT_ROWS, :BLOCK_COLUMNS]
        note = (
            f"<p>It has {matrix.values.size:,} numbers, more than {MAX_NUMBERS:,}: here are the first "
            f"{len(shown)} rows and {shown.shape[1]} columns.</p>"
        )
    starts = range(0, shown.shape[1], BLOCK_COLUMNS)
    blocks = "".join(_block(shown[:, first : first + BLOCK_COLUMNS], first, len(starts) > 1) for first in starts)
    wide = ' class="wide"' if len(starts) > 1 else ""
    head = f"<figcaption><b>{escape(matrix.name)}</b> ({rows:,}, {columns:,})</figcaption>"
    return f"<figure{wide}>{head}{blocks}{note}</figure>"


def _block(values: nn.arrays.Matrix, first: int, is_named: bool) -> str:
    """The table of some columns, of which the first has so many before it."""
    body = "".join(f"<tr>{''.join(f'<td>{number(value)}</td>' for value in row)}</tr>" for row in values.tolist())
    last = first + values.shape[1]
    which = f"columns {first + 1:,} to {last:,}" if values.shape[1] > 1 else f"column {last:,}"
    return f"<div>{f'<p>{which}</p>' * is_named}<table>{body}</table></div>"


def number(value: nn.arrays.Matrix | float) -> str:
    """A number with DIGITS digits and a true minus sign."""
    return f"{float(value):.{DIGITS}g}".replace("-", "−")
