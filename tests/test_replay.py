"""The replay: one page under 5 MB that requests nothing and holds the recorded checkpoints."""

import base64
import re

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.figures.plane import shades
from playground.player import Player
from playground.sharing.replay import replay_page
from tests.support.payload import unpack
from tests.support.runs import stepped

LARGEST_RUN = {"layers": (64,) * 4, "activations": ("tanh",) * 4, "points": 1000, "learning_rate": 0.01}
RINGS = {"problem": "rings", "loss": "cross_entropy", "test_fraction": 0.3, "l2": 0.01}
EACH = pytest.mark.parametrize("changes", [{}, RINGS, LARGEST_RUN], ids=["curve", "plane", "largest"])


@pytest.fixture(scope="module")
def played():
    players = {}

    def played(changes):
        key = str(changes)
        if key not in players:
            players[key] = Player(Experiment(**changes))
            players[key].play()
            for _ in range(4):
                players[key].tick()
        return players[key]

    return played


def film_of(page):
    text = re.search(r'querySelector\("\.board"\), "([^"]+)"', page)[1]
    return unpack(base64.b64decode(text))


@EACH
def test_a_page_is_complete_small_and_requests_nothing(played, changes):
    page = replay_page(played(changes))
    assert len(page) <= 5_000_000
    assert not re.search(r"\{\{[A-Z_]+\}\}", page)
    assert not re.search(r"""(src|href)=["']?http""", page)
    assert "PLOTLY_FILE" not in page


@EACH
def test_the_frames_are_the_recorded_checkpoints(played, changes):
    player = played(changes)
    _, arrays = film_of(replay_page(player))
    checkpoints = {checkpoint.epoch: checkpoint for checkpoint in player.recording.checkpoints}
    assert (arrays["epochs"][0], arrays["epochs"][-1]) == (0, player.trainer.epoch)
    assert len(arrays["epochs"]) >= 2
    for epoch, loss, parameters in zip(arrays["epochs"], arrays["losses"], arrays["parameters"], strict=True):
        np.testing.assert_array_equal(parameters, checkpoints[int(epoch)].parameters)
        assert loss == checkpoints[int(epoch)].loss


@EACH
def test_the_last_frame_is_the_one_on_screen(played, changes):
    player = played(changes)
    frame = player.frames[-1]
    header, arrays = film_of(replay_page(player))
    last = {name: arrays[name][-1] for name in ("epochs", "losses", "outputs", "parameters", "gradient_norms")}
    if player.problem.n_inputs == 1:
        np.testing.assert_array_equal(last["outputs"], frame.output[0])
    else:
        np.testing.assert_array_equal(last["outputs"], shades(player.problem, frame.output).astype(np.float32))
    np.testing.assert_array_equal(last["parameters"], frame.parameters)
    if frame.confusion is not None:
        np.testing.assert_array_equal(arrays["confusions"][-1], frame.confusion)
    assert (last["epochs"], last["losses"], header["test_losses"][-1]) == (frame.epoch, frame.loss, frame.test_loss)
    assert last["gradient_norms"] == pytest.approx(frame.gradient_norm, rel=1e-9)
    if player.trainer.options.has_penalty:
        assert header["objectives"][-1] == pytest.approx(frame.objective, rel=1e-12)


def test_the_run_is_left_as_it_was(played):
    player = played({})
    before = player.frames, player.playing, player.frame_version, player.trainer.network.parameters.copy()
    replay_page(player)
    assert before[:3] == (player.frames, player.playing, player.frame_version)
    np.testing.assert_array_equal(before[3], player.trainer.network.parameters)


def test_a_visitors_text_is_escaped():
    player = Player(Experiment(target="formula", formula="x < 1", noise=0.2))
    page = replay_page(player)
    assert "formula=x &lt; 1" in page
    assert "formula=x < 1" not in page


def test_a_visitors_text_that_looks_like_a_placeholder_stays_text():
    page = replay_page(Player(Experiment(formula="{{FILM}}{{PLOTLY}}")))  # a formula not in use may be anything
    assert "<code>formula={{FILM}}{{PLOTLY}}</code>" in page


def test_a_replay_names_what_was_changed_on_the_way_and_has_the_objectives_of_then():
    player = stepped(2, l2=0.1)
    player.change(player.experiment.changed(l2=0.3))
    player.train_one_frame()
    page = replay_page(player)
    assert "changed on the way. It trained up to epoch 24 with <code>l2=0.1</code>." in page
    header, arrays = film_of(page)
    recorded = dict(
        zip(player.trainer.history.epochs.tolist(), player.trainer.history.objectives.tolist(), strict=True)
    )
    assert header["objectives"][1:] == pytest.approx([recorded[int(epoch)] for epoch in arrays["epochs"][1:]])
    assert "changed on the way" not in replay_page(stepped(2))
