"""What is offered when a run is over, by a limit or by early stopping: it can be trained, and is not refused."""

import pytest

from playground.experiment import Experiment
from tests.support.runs import play_to_end
from tests.support.visits import open_visit


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 1e-3, "max_epochs": 1500},
        {"l1": 1.0, "stall_epochs": 20, "max_epochs": 1500},
        {"l2": 0.1, "max_epochs": 1500},
        {"learning_rate": 1e-3, "max_epochs": 20_000, "target_loss": 0.22},
    ],
    ids=["the limit", "no progress", "the limit and a penalty", "the loss"],
)
def test_what_is_offered_after_a_run_is_over_can_be_trained(changes):
    visit, _, _ = open_visit()
    visit.controls.take(Experiment(**changes, speed=50))
    play_to_end(visit.player)
    assert visit.player.message is not None
    found = visit.diagnosis.finding
    visit.diagnosis.take(found.offer)
    before = visit.player.trainer.epoch
    visit.controls.play()
    assert visit.player.trainer.epoch > before
