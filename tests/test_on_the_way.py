"""Each setting that can change while it trains: the script repeats it, and what is said is of the settings in use."""

import numpy as np
import pytest

from playground.analysis.stability import StabilityMonitor, measure_stability
from playground.compare.comparison import pin
from playground.compare.settings import SETTINGS, spread_values
from playground.experiment import CONTROLS, Experiment
from playground.player import Player
from playground.player.changes import changed_fields
from playground.sharing.export import numpy_script_of
from tests.support.exports import SMALL, rows, run

OTHERS = {"off": ("1.2", "2.0,2.1")}  # values of what a sweep has none of
NEEDED = {  # what a control has an effect with
    "momentum": {"optimizer": "momentum"}, "decay": {"optimizer": "rmsprop"}, "beta1": {"optimizer": "adam"},
    "beta2": {"optimizer": "adam"}, "epsilon": {"optimizer": "adam"}, "period": {"schedule": "exponential"},
}  # fmt: skip
LIVE = [name for name, control in CONTROLS.items() if not control.restarts and control.group != "pace"]


@pytest.mark.parametrize("name", LIVE)
def test_the_script_the_comparison_and_the_stable_rate_follow(name, tmp_path):
    start = Experiment(**SMALL | NEEDED.get(name, {}), speed=25)
    values = spread_values(name, 5, start) if name in SETTINGS else OTHERS[name]
    value = next(value for value in values if value != getattr(start, name))
    player, monitor = Player(start), StabilityMonitor()
    player.train_one_frame()
    monitor.measure(player)
    player.change(start.changed(**{name: value}))
    assert monitor.measure(player) == measure_stability(player)
    player.train_one_frame()
    _, numbers = rows(run(numpy_script_of(player), tmp_path))
    history = dict(zip(player.trainer.history.epochs.tolist(), player.trainer.history.losses.tolist(), strict=True))
    np.testing.assert_allclose(numbers[:, 1], [history[int(epoch)] for epoch in numbers[:, 0]], rtol=1e-9)
    assert numbers[-1, 0] == player.trainer.epoch == 50
    pinned = pin(player, "A")
    (change,) = pinned.changes
    assert (pinned.status, change.epoch) == ("settings changed", 25)
    assert name in changed_fields(change.before, pinned.experiment)


STOPPED = [  # how early stopping is set at the start, and how from epoch 25 on
    ({}, {"stall_epochs": 9}),
    ({"stall_epochs": 20}, {"stall_epochs": 9, "stall_share": 0.5}),
    ({"stall_epochs": 40, "stall_share": 0.5}, {"stall_epochs": 12}),
    ({"stall_epochs": 30}, {"stall_epochs": 30, "stall_share": 0.6}),
    ({"stall_epochs": 40, "stall_share": 0.5}, {"stall_epochs": 0}),
    ({"stall_epochs": 12}, {"stall_epochs": 30}),
    ({"test_fraction": 0.3}, {"patience": 7}),
    ({"test_fraction": 0.3, "patience": 30}, {"patience": 4}),
    ({"test_fraction": 0.3, "patience": 30}, {"patience": 0}),
]


@pytest.mark.parametrize(("before", "after"), STOPPED)
def test_early_stopping_that_is_changed_on_the_way_ends_the_script_where_the_run_ended(before, after, tmp_path):
    start = Experiment(**SMALL | before, speed=25)
    player = Player(start)
    player.train_one_frame()
    player.change(start.changed(**after))
    player.train_one_frame()
    assert player.trainer.epoch >= 25
    reason = player.trainer.stopping.reason(player.trainer.epoch)
    assert (player.trainer.epoch < 50) == (reason is not None)
    _, numbers = rows(run(numpy_script_of(player), tmp_path))
    assert (numbers[-1, 0], numbers[-1, 1]) == pytest.approx((player.trainer.epoch, player.trainer.loss), rel=1e-9)
