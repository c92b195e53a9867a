"""The exercises of docs/exercises.md: each opens without complaint, and a way leads from its start to its goal."""

import re

import numpy as np
import pytest

from playground.exercises.goal import read_goal
from playground.exercises.quantities import QUANTITIES
from playground.exercises.visibility import PARTS
from playground.panels.inside import PANELS
from tests.support.exercises import LINKS, QUERIES, TEXT
from tests.support.visits import open_visit

MAX_LENGTH = 2000  # of an address that every mail program and every course page keeps whole


def opened(title):
    visit = open_visit(**QUERIES[title]).visit
    visit.open_views(PANELS)
    return visit


def train(visit, epochs):
    """Trains, as a visitor who watches; returns the epoch at which the goal was reached."""
    visit.check_goals()
    while visit.player.trainer.epoch < epochs and not visit.player.trainer.diverged and visit.exercise.reached is None:
        visit.step(None)
        visit.check_goals()
    return visit.exercise.reached


def change(visit, **values):
    """Sets controls that are in sight."""
    state = visit.controls.widgets
    for key, value in values.items():
        assert visit.exercise.visible.has(re.sub(r"_\d$", "", key))
        state[key] = value
    visit.controls.apply_widgets()


@pytest.mark.parametrize("title", QUERIES)
def test_each_opens_and_its_text_is_that_of_the_document(title):
    visit, query = opened(title), QUERIES[title]
    assert visit.controls.message is None
    assert visit.exercise.reached is None
    task, goal = re.findall(rf"## \d\. {re.escape(title)}\n\n.*?\n\n((?:>.*\n)+)\nGoal: `(.*)`", TEXT)[0]
    assert " ".join(query["task"].split()) == " ".join(task.replace(">", "").split())
    assert query["goal"] == goal == read_goal(goal).text
    assert max(map(len, LINKS.values())) < MAX_LENGTH


def test_one_hidden_unit_at_a_time():
    visit = opened("One hidden unit at a time")
    assert train(visit, 5000) is None
    assert visit.player.trainer.loss == pytest.approx(0.047, abs=0.001)
    change(visit, layers_0=2)
    assert train(visit, 5000) == pytest.approx(1350, abs=50)


def test_a_circle_by_chosen_features():
    visit = opened("A circle, by chosen features")
    assert train(visit, 600) is None
    assert visit.player.problem.accuracy(visit.player.trainer.network, visit.player.problem.samples) == 0.72
    change(visit, features=["x1_squared", "x2_squared"])
    assert train(visit, 600)


def test_the_rate_that_just_diverges():
    visit = opened("The rate that just diverges")
    assert train(visit, 500) is None
    assert visit.player.trainer.diverged
    for rate, diverges in (("0.05", False), ("0.12", False), ("0.125", True)):
        visit.controls.reset()
        change(visit, learning_rate=rate)
        assert (train(visit, 500) is not None) == diverges
    assert visit.exercise.reached <= 8


@pytest.mark.parametrize("way", [{"l2": "0.01"}, {"layers_0": 2}], ids=str)
def test_beating_over_fitting(way):
    visit = opened("Beating over-fitting")
    if way.get("l2"):
        assert train(visit, 2100) is None
        assert visit.player.frames[-1].test_loss > 0.3
        visit.controls.reset()
    change(visit, **way)
    assert 2000 <= train(visit, 2100) < 2020


def test_a_step_calculated_by_hand():
    visit = opened("A step, calculated by hand")
    network = visit.player.trainer.network
    (W1, b1), (W2, b2) = ((layer.Wb[:, :-1], layer.Wb[:, -1:]) for layer in network.layers)
    assert [each.item() for each in (W1, b1, W2, b2)] == [0.5, 1, 2, -1]
    X, Y = np.array([[0, 2]]), np.array([[2, 1]])
    A1 = W1 @ X + b1
    dA2 = (W2 @ A1 + b2 - Y) / 2
    dA1 = W2.T @ dA2
    steps = [dA1 @ X.T, dA1.sum(keepdims=True), dA2 @ A1.T, dA2.sum(keepdims=True)]
    by_hand = [round((before - 0.1 * step).item(), 9) for before, step in zip((W1, b1, W2, b2), steps, strict=True)]
    assert by_hand == [0.1, 0.9, 1.85, -1.05]
    assert train(visit, 0) is None
    change(visit, given="0.1, 0.9\n1.85, -1.06")  # one of them is wrong
    assert train(visit, 0) is None
    change(visit, given="{}, {}\n{}, {}".format(*by_hand))
    assert train(visit, 0) == 0
    assert visit.player.trainer.loss == pytest.approx(0.4796, abs=0.0001)


def test_training_alone_does_not_solve_the_step():
    assert train(opened("A step, calculated by hand"), 100) is None


def test_the_best_line_without_training():
    visit = opened("The best line, without training")
    x, y = np.array([0, 1, 2, 3]), np.array([1, 3, 2, 5])
    W, b = np.polyfit(x, y, 1)
    assert (W, b) == (pytest.approx(1.1), pytest.approx(1.1))
    assert train(visit, 100) is None
    change(visit, given="1, 1.2")
    assert train(visit, 0) is None
    change(visit, given="1.1, 1.1")
    assert train(visit, 0) == 0
    best = visit.player.trainer.loss
    visit.step(None)
    assert visit.player.trainer.loss == pytest.approx(best)


def test_the_document_has_every_quantity_and_every_part():
    assert all(f"`{name}`" in TEXT for name in (*QUANTITIES, *PARTS))
