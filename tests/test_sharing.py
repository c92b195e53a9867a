"""The tables of a run: its loss by epoch, and its points with the outputs; and a saved run opened on the page."""

import csv
import io

import numpy as np
import pytest

from nn.losses import squared_error
from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.saved import write_run
from playground.sharing.tables import data_file, history_file
from tests.support.page import Page
from tests.support.runs import played


def columns(text):
    head, *rows = csv.reader(io.StringIO(text))
    return dict(zip(head, np.array([[cell or "nan" for cell in row] for row in rows], float).T, strict=True))


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
        assert found["test loss"][0] == player.test_losses.up_to(0)[0, 1]


def test_a_test_loss_stands_where_it_was_measured_and_nowhere_else():
    player = Player(Experiment(test_fraction=0.3))
    player.train_one_frame()
    player.train_one_frame()
    rows = list(csv.DictReader(io.StringIO(history_file(player))))
    assert [row["epoch"] for row in rows] == [str(epoch) for epoch in range(player.trainer.epoch + 1)]
    measured = {0, 12, 24}
    assert {int(row["epoch"]) for row in rows if row["test loss"]} == measured
    Xs, Ys = player.problem.test_set
    for moment in player.recording.checkpoints:
        player.go_to(moment.epoch)
        exact = squared_error(player.trainer.network.evaluate(Xs)[-1].A, Ys)
        assert float(rows[moment.epoch]["test loss"]) == exact


def test_a_long_run_keeps_every_test_loss_and_invents_no_loss():
    player = Player(Experiment(test_fraction=0.3, speed=50))
    player.trainer.train(10_001)  # of which every fourth loss is kept
    player.train_one_frame()
    player.train_one_frame()
    assert len(player.test_losses.up_to(player.trainer.epoch)) == 3
    found, history, tested = columns(history_file(player)), player.trainer.history, player.test_losses.up_to(10**9)
    known, measured = np.isfinite(found["loss"]), np.isfinite(found["test loss"])
    np.testing.assert_array_equal(found["epoch"][known], history.epochs)
    np.testing.assert_array_equal(found["loss"][known], history.losses)
    np.testing.assert_array_equal(np.stack([found["epoch"], found["test loss"]])[:, measured].T, tested)
    assert (known | measured).all()


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"test_fraction": 0.2}, ["x", "y", "network", "test point"]),
        ({"problem": "circle", "loss": "cross_entropy"}, ["x1", "x2", "y", "network", "test point"]),
        ({"problem": "rings", "loss": "cross_entropy"},
         ["x1", "x2", "y", "network, class 0", "network, class 1", "network, class 2", "test point"]),
    ],
)  # fmt: skip
def test_the_points_come_with_the_outputs_of_the_network(changes, names):
    player = played(**changes)
    assert {line.rpartition(",")[2] for line in data_file(player).splitlines()[1:]} <= {"0", "1"}
    found, problem = columns(data_file(player)), player.problem
    assert list(found) == names
    np.testing.assert_array_equal(found["y"], problem.all_samples[-1])
    assert found["test point"].sum() == problem.test_samples.shape[1]
    outputs = np.stack([values for name, values in found.items() if name.startswith("network")])
    learnt = found["test point"] == 0
    np.testing.assert_array_equal(outputs[:, learnt], player.trainer.network.evaluate(problem.Xs)[-1].A)


def test_a_file_can_be_opened_any_number_of_times():
    run = played(speed=50, learning_rate=0.05)
    page, data = Page(), write_run(run)
    for content in (data, data, b"{}", data):
        page.open("share").click("step")
        before = page.epoch
        page.app.file_uploader[0].upload("run.json", content)
        page.run()
        if content == data:
            assert not page.app.session_state["share"]  # closed, so that the run is seen
            assert page.epoch == run.trainer.epoch
            assert page.experiment == run.experiment
        else:
            assert page.epoch == before
            assert page.app.file_uploader[0].value is None


def test_an_invalid_file_is_reported_in_the_menu_until_another_is_opened():
    run = played()
    page, said = Page().open("share"), []
    for name, content in (("![a](b).json", b"{}"), ("run.json", b"["), ("run.json", write_run(run))):
        page.app.file_uploader[0].upload(name, content)
        page.run()
        said.append([error.value for error in page.app.error])
    first, second, none = said
    assert len(first) == len(second) == 1
    assert first[0].startswith(r"\!\[a\]\(b\).json\: This file is not a saved run")  # as text, not as a picture
    assert second[0].startswith(r"run.json\: ")
    page.open("share")
    assert none == [error.value for error in page.app.error] == []
