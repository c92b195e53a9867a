"""The replay: one HTML file that plays the recorded frames of a run with the board's charts, without a server."""

import base64
import copy
import html
import json
import re
from itertools import pairwise

import numpy as np

from nn.checkpoint import Checkpoint
from playground.analysis.stability import measure_stability
from playground.components.assets import plotly_asset
from playground.components.board import board_payload
from playground.components.sources import read, script
from playground.experiment import Experiment
from playground.player import Frame, Player
from playground.player.changes import changed_fields, phases
from playground.sharing.condition import condition_of
from playground.sharing.links import text_of, to_query

MAX_BYTES = 5_000_000
MAX_FRAMES = 160


def replay_page(player: Player) -> str:
    """The page, at most MAX_BYTES long, of the run up to the present. A page that is too long gets fewer frames."""
    count = min(MAX_FRAMES, len(player.recording.checkpoints))
    while len(page := _page(player, count)) > MAX_BYTES and count > 2:
        count = max(2, count // 2)
    return page


def _page(player: Player, count: int) -> str:
    film = copy.copy(player)
    film.frames, film.playing = _frames(player, count), False
    payload = board_payload(film, with_figures=True, stability=measure_stability(player), weights_every=1)
    _, experiment = player.recording.as_trained(player.experiment)
    query = "&".join(f"{name}={text}" for name, text in to_query(experiment).items())
    parts = {
        "BOARD_CSS": read("board/board.css"),
        "BOARD_HTML": read("board/board.html").replace("app/static/PLOTLY_FILE", ""),
        "CHANGED": " ".join(filter(None, [_changed(player), condition_of(player)])),
        "EXPERIMENT": html.escape(query or "the posts' example"),
        "LAST_EPOCH": f"{film.frames[-1].epoch:,}",
        "LAST_LOSS": f"{film.frames[-1].loss:.6g}",
        "BOARD_SCRIPT": script("replay/replay.js"),
        "FILM": _base64(payload),
        "PLOTLY": _base64(plotly_asset().body),
    }
    # One pass: what looks like a placeholder in a visitor's text stays text.
    return re.sub(r"\{\{([A-Z_]+)\}\}", lambda placeholder: parts[placeholder[1]], read("replay/replay.html"))


def _base64(data: bytes) -> str:
    return json.dumps(base64.b64encode(data).decode())


def _frames(player: Player, count: int) -> list[Frame]:
    """A frame for each of `count` recorded checkpoints up to the present, the first and the last included."""
    checkpoints = [each for each in player.recording.checkpoints if each.epoch <= player.trainer.epoch]
    chosen = np.unique(np.linspace(0, len(checkpoints) - 1, count).round().astype(int))
    frames: list[Frame] = []
    for index in chosen:
        frames.append(_frame(player, checkpoints[index], frames[-1] if frames else None))
    return frames


def _frame(player: Player, checkpoint: Checkpoint, before: Frame | None) -> Frame:
    with np.errstate(all="ignore"):  # next to a divergence
        return _computed(player, checkpoint, before)


def _computed(player: Player, checkpoint: Checkpoint, before: Frame | None) -> Frame:
    trainer, problem = player.trainer, player.problem
    network = checkpoint.network(trainer.network)
    values = network.evaluate(problem.Xs)
    gradient = network.flatten(*network.compute_gradient(values, problem.Ys, loss=trainer.loss_function))
    options = _experiment_at(player, checkpoint.epoch).make_step_options()
    options.add_penalty(network, gradient)
    epochs = checkpoint.epoch - before.epoch if before else 0
    return Frame(
        epoch=checkpoint.epoch,
        loss=checkpoint.loss,
        change=(checkpoint.loss - before.loss) / epochs if before and epochs else 0.0,
        gradient_norm=float(np.linalg.norm(gradient)),
        output=problem.y.inverse_transform(network.evaluate(problem.network_inputs(player.grid))[-1].A),
        confusion=problem.confusions(network),
        parameters=checkpoint.parameters,
        test_loss=player.test_losses.loss_of(network),
        objective=checkpoint.loss + options.penalty(network),
    )


def _experiment_at(player: Player, epoch: int) -> Experiment:
    """How the run trained to an epoch; to epoch 0, how it began."""
    changes = player.recording.changes
    return next((change.before for change in changes if change.epoch >= epoch), player.experiment)


def _changed(player: Player) -> str:
    """A sentence about how the run trained before its settings were the last ones; "" where it always did so."""
    changes, experiment = player.recording.as_trained(player.experiment)
    parts = []
    for part, after in pairwise(phases(changes, experiment)):
        others = [
            f"{name}={text_of(part.experiment, name)}" for name in changed_fields(part.experiment, after.experiment)
        ]
        parts.append(f"up to epoch {after.first:,} with <code>{' '.join(others)}</code>" if others else "")
    trained = ", ".join(filter(None, parts))
    return f"These are its last settings: they were changed on the way. It trained {trained}." if trained else ""
