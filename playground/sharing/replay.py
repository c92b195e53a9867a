"""The replay: a page of its own that plays the recorded moments of a run with the board's charts, without a server."""

import base64
import copy
import html
import json

import numpy as np

from playground.analysis.learning_rate import StabilityMonitor
from playground.components.board import board_payload
from playground.components.plotly_file import provide_plotly
from playground.components.sources import BOARD, FOLDER, read, script
from playground.player import Frame
from playground.sharing.links import to_query

MOST_BYTES = 5_000_000
MOST_FRAMES = 160


def replay_page(player):
    """The page as text, under 5 MB, of the run as far as it is recorded.

    Args:
        player: a Player.
    """
    count = min(MOST_FRAMES, len(player.recording.checkpoints))
    page = _page(player, count)
    while len(page) > MOST_BYTES and count > 2:
        count = max(2, count // 2)
        page = _page(player, count)
    return page


def _page(player, count):
    film = copy.copy(player)
    film.frames, film.playing = _frames(player, count), False
    payload = board_payload(film, with_figures=True, stability=StabilityMonitor().measure(player), weights_every=1)
    static = FOLDER.parent.parent / "static"
    plotly = (static / provide_plotly(static)).read_bytes()
    query = "&".join(f"{name}={text}" for name, text in to_query(player.experiment).items())
    parts = {
        "BOARD_CSS": read("live.css"),
        "BOARD_HTML": read("live.html").replace("app/static/PLOTLY_FILE", ""),
        "EXPERIMENT": html.escape(query or "the posts' example"),
        "LAST_EPOCH": f"{film.frames[-1].epoch:,}",
        "LAST_LOSS": f"{film.frames[-1].loss:.6g}",
        "BOARD_SCRIPT": script(*BOARD, "replay.js"),
        "FILM": _base64(payload),
        "PLOTLY": _base64(plotly),
    }
    page = read("replay.html")
    for name, text in parts.items():
        page = page.replace(f"{{{{{name}}}}}", text)
    return page


def _base64(data):
    return json.dumps(base64.b64encode(data).decode())


def _frames(player, count):
    """Frames of so many of the recorded moments up to the present, the first and the last included."""
    moments = [moment for moment in player.recording.checkpoints if moment.epoch <= player.trainer.epoch]
    places = np.unique(np.linspace(0, len(moments) - 1, count).round().astype(int))
    frames = []
    for moment in (moments[place] for place in places):
        frames.append(_frame(player, moment, frames[-1] if frames else None))
    return frames


def _frame(player, moment, before):
    trainer, problem = player.trainer, player.problem
    network = trainer.network.copy()
    network.parameters[:] = moment.parameters
    values = network.evaluate(problem.Xs)
    dWs, dbs = network.compute_gradient(values, problem.Ys, loss=trainer.loss_function)
    gradient = np.concatenate([np.hstack(pair).ravel() for pair in zip(dWs, dbs, strict=True)])
    trainer.options.add_penalty(network, gradient)
    epochs = moment.epoch - before.epoch if before else 0
    return Frame(
        moment.epoch,
        moment.loss,
        (moment.loss - before.loss) / epochs if epochs else 0.0,
        float(np.linalg.norm(gradient)),
        problem.y.inverse_transform(network.evaluate(problem.network_inputs(player.grid))[-1].A),
        problem.confusions(network),
        moment.parameters,
        player.test_losses.loss_of(network),
        moment.loss + trainer.options.penalty(network),
    )
