"""The post-mortem: what it reports did happen, and what it suggests trains."""

import numpy as np
import pytest

from nn import curvature
from nn.divergence import LOSS, Quantity
from playground.analysis import post_mortem as module
from playground.analysis.learning_rate import lower_rate, settable_rate
from playground.analysis.post_mortem import MAX_EPOCHS_SHOWN, largest_entry, post_mortem
from playground.analysis.stability import StabilityMonitor, measure_stability
from playground.experiment import Experiment
from playground.player import Player
from tests.support.runs import diverged, play_to_end, stepped

CASES = {
    "loss": {"learning_rate": 5.0},
    "Z of a deep network": {"learning_rate": 0.5, "layers": (64, 64), "activations": ("relu", "relu")},
    "momentum": {"learning_rate": 0.5, "activations": ("tanh",), "optimizer": "momentum"},
    "mini-batches": {"learning_rate": 5.0, "batch_size": 10},
}


def take(player, offer):
    if offer.go_back is not None:
        player.go_to(offer.go_back)
    player.change(player.experiment.changed(**offer.changes))


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_the_growth_is_that_of_the_run(changes):
    player = diverged(**changes)
    found = post_mortem(player)
    assert (found.last, found.quantity) == (player.trainer.epoch, player.trainer.diverged.quantity)
    assert found.epochs == list(range(max(0, found.last - MAX_EPOCHS_SHOWN + 1), found.last + 1))

    straight = player.experiment.make_trainer(player.problem)
    losses = [straight.loss]
    while straight.train(1):
        losses.append(straight.loss)
    assert found.losses == losses[found.epochs[0] :]


def test_the_sizes_are_the_largest_entries_of_the_quantity():
    player = diverged(**CASES["Z of a deep network"])
    found = post_mortem(player)
    assert found.quantity.kind == "Z"
    layer = found.quantity.layer
    straight = player.experiment.make_trainer(player.problem)
    straight.train(found.epochs[1])
    Z = straight.network.evaluate(player.problem.Xs)[layer].Z
    assert found.sizes[1] == np.abs(Z).max()
    assert found.sizes[-1] > 1e10 * found.sizes[0]


def test_every_quantity_that_can_overflow_first_is_measured():
    player = Player(Experiment())
    step = player.trainer.next_step()
    dW, db = np.split(step.before.matrices(step.gradient)[1], [-1], axis=1)
    expected = {
        Quantity("Z", 1): step.work.values[1].Z,
        Quantity("A", 1): step.work.values[1].A,
        Quantity("dZ", 2): step.work.dZs[2],
        Quantity("dW", 2): dW,
        Quantity("db", 2): db,
        Quantity("W", 1): step.after.layers[0].W,
        Quantity("b", 1): step.after.layers[0].b,
        LOSS: np.array(step.loss_after),
    }
    for quantity, array in expected.items():
        assert largest_entry(step, quantity) == np.abs(array).max()


def test_the_good_epoch_has_the_lowest_recorded_loss_and_its_limit_is_two_over_lambda_max():
    player = diverged(learning_rate=0.5, activations=("relu",))
    found = post_mortem(player)
    good = min(player.recording.checkpoints, key=lambda moment: moment.loss)
    assert found.good == good.epoch > 0
    player.go_to(good.epoch)
    edge = curvature(player.trainer.network, player.problem.Xs, player.problem.Ys).stable_learning_rate
    assert found.stability.limit == edge
    assert found.offer.changes == {"learning_rate": settable_rate(edge / 2)}
    assert found.offer.go_back == good.epoch


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_what_it_suggests_trains(changes):
    player = diverged(**changes)
    found = post_mortem(player)
    take(player, found.offer)
    before = player.trainer.loss
    assert player.trainer.train(1000) == 1000
    assert player.trainer.loss < before


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
def test_what_it_suggests_is_the_rate_that_the_page_shows_as_safe(changes):
    player = diverged(**changes)
    found = post_mortem(player)
    player.go_to(found.good)
    assert found.stability == measure_stability(player)
    suggested = lower_rate(player.experiment.learning_rate, measure_stability(player))
    assert found.offer.changes == {"learning_rate": suggested.learning_rate}
    assert found.offer.reason == suggested.reason


def test_the_rate_for_small_batches_is_that_of_the_batch_that_curves_most():
    whole, batches = (post_mortem(diverged(learning_rate=5.0, batch_size=size)) for size in (0, 10))
    assert batches.offer.changes["learning_rate"] < whole.offer.changes["learning_rate"]
    assert "of the batch of 10 that curves most" in batches.offer.reason


HOPELESS = {  # where no single change is enough
    "a penalty and long steps": {
        "problem": "multi_gaussian", "layers": (8, 8), "activations": ("relu", "relu"), "learning_rate": 100.0,
        "l2": 10.0, "loss": "absolute_error",
    },
    "L1 and long steps": {"target": "step", "layers": (8, 8), "activations": ("identity",) * 2, "l1": 10.0,
        "learning_rate": 3.0},
    "L1, batches and very long steps": {
        "problem": "plane", "activations": ("relu",), "learning_rate": 100.0, "batch_size": 16, "l1": 1.0,
        "schedule": "cosine", "period": 10,
    },
    "huge targets and long steps": {
        "target": "points", "own": "x,y\n" + "".join(f"{x},{1e12 * x}\n" for x in range(-5, 6)),
        "layers": (3, 20, 8), "activations": ("tanh",) * 3, "learning_rate": 3.0, "dtype": "float32",
    },
    "dropout of single examples": {
        "target": "cosine", "layers": (20, 20), "activations": ("leaky_relu",) * 2, "optimizer": "nesterov",
        "learning_rate": 3.0, "batch_size": 1, "dropout": 0.9, "scale": 10.0,
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", HOPELESS.values(), ids=HOPELESS)
def test_where_no_single_change_is_enough_several_are_suggested_that_train(changes):
    player = diverged(**changes)
    found = post_mortem(player)
    assert found.offer.changes
    take(player, found.offer)
    before = player.trainer.objective
    assert player.trainer.train(200) == 200
    assert player.trainer.objective < before


@pytest.mark.parametrize("momentum", [0.5, 0.9, 0.98])
@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
@pytest.mark.parametrize("activations", [("relu",), ("tanh",), ("tanh", "tanh")], ids=str)
def test_what_it_suggests_with_momentum_trains(activations, optimizer, momentum):
    network = {"activations": activations, "layers": (10,) * len(activations)}
    player = diverged(**network, optimizer=optimizer, momentum=momentum, learning_rate=5.0)
    found = post_mortem(player)
    take(player, found.offer)
    before = player.trainer.loss
    assert player.trainer.train(1000) == 1000
    assert player.trainer.loss < before


@pytest.mark.parametrize(("optimizer", "momentum"), [("momentum", 0.9), ("nesterov", 0.9), ("momentum", 0.98)])
def test_half_of_the_limit_with_momentum_which_is_that_of_a_quadratic_diverges_again(optimizer, momentum):
    player = diverged(activations=("relu",), optimizer=optimizer, momentum=momentum, learning_rate=0.5)
    found = post_mortem(player)
    assert found.stability.limit is None  # so it is not shown
    limit = found.stability.bound.multiple * found.stability.plain_limit
    player.go_to(found.good)
    player.change(player.experiment.changed(learning_rate=limit / 2))
    assert player.trainer.train(1000) < 1000
    assert player.trainer.diverged


def test_a_run_whose_settings_were_changed_is_replayed_as_it_was():
    player = stepped(7, optimizer="momentum", learning_rate=0.01, speed=50)
    player.change(player.experiment.changed(learning_rate=2.0, speed=1))
    play_to_end(player)
    found = post_mortem(player)
    assert found.epochs[-1] == found.last
    assert found.losses[-1] == player.trainer.loss


def test_a_growth_that_takes_too_long_is_left_out(monkeypatch):
    monkeypatch.setattr(module, "MAX_SECONDS", 0.0)
    found = post_mortem(diverged(learning_rate=5.0))
    assert found.epochs == found.losses == found.sizes == []
    assert found.offer.changes["learning_rate"] > 0


def test_numbers_too_large_for_a_curvature_are_handled():
    player = diverged(target="points", own="x,y\n1e90,1e60\n-1e95,3\n", activations=("relu",))
    found = post_mortem(player)
    assert found.stability.limit is None
    assert StabilityMonitor().measure(player).limit is None
    take(player, found.offer)
