"""What is taken away: the loss by epoch and the points with what the network tells; and a saved run brought back."""

import csv
import io

import numpy as np
import pytest

from playground.sharing.saved import write_run
from playground.state.own_data import data_file
from playground.state.sharing import history_file
from tests.playing import played
from tests.test_app import Page


def columns(text):
    head, *rows = csv.reader(io.StringIO(text))
    return dict(zip(head, np.array(rows, float).T, strict=True))


@pytest.mark.parametrize(
    ("changes", "names"),
    [({}, ["epoch", "loss"]), ({"l2": 0.01, "test_fraction": 0.2}, ["epoch", "loss", "objective", "test loss"])],
)
def test_the_loss_by_epoch_is_the_history_to_the_last_bit(changes, names):
    player = played(**changes)
    found, history = columns(history_file(player)), player.trainer.history
    assert list(found) == names
    np.testing.assert_array_equal(found["epoch"], history.epochs)
    np.testing.assert_array_equal(found["loss"], history.losses)
    if "objective" in found:
        np.testing.assert_array_equal(found["objective"], history.objectives)
        assert found["test loss"][-1] == player.frames[-1].test_loss
        assert found["test loss"][0] == player.held_out.until(0)[0, 1]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"test_fraction": 0.2}, ["x", "y", "network", "test point"]),
        ({"problem": "circle", "loss": "cross_entropy"}, ["x1", "x2", "y", "network", "test point"]),
        ({"problem": "rings", "loss": "cross_entropy"},
         ["x1", "x2", "y", "network, class 0", "network, class 1", "network, class 2", "test point"]),
    ],
)  # fmt: skip
def test_the_points_come_with_what_the_network_tells_of_them(changes, names):
    player = played(**changes)
    found, problem = columns(data_file(player)), player.problem
    assert list(found) == names
    np.testing.assert_array_equal(found["y"], np.hstack([problem.points, problem.test_points])[-1])
    assert found["test point"].sum() == problem.test_points.shape[1]
    outputs = np.stack([values for name, values in found.items() if name.startswith("network")])
    learnt = found["test point"] == 0
    np.testing.assert_array_equal(outputs[:, learnt], player.trainer.network.evaluate(problem.Xs)[-1].A)


def test_a_file_can_be_opened_as_often_as_one_likes():
    run = played(speed=50, learning_rate=0.05)
    page, data = Page(), write_run(run)
    page.app.session_state["share"] = True  # the menu is open
    page.run()
    for content in (data, data, b"{}", data):
        page.click("step")
        before = page.epoch
        page.app.file_uploader[0].upload("run.json", content)
        page.run()
        if content == data:
            assert page.epoch == run.trainer.epoch
            assert page.experiment == run.experiment
        else:
            assert page.epoch == before
            assert page.said("error")
            assert page.message.startswith("run.json: This file is no saved run")
        assert page.app.file_uploader[0].value is None
