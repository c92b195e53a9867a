"""The past of a run that was kept: all of its moments can be looked back to, to the last bit, or words say why not."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from playground.analysis.post_mortem import post_mortem
from playground.player import past
from playground.sharing.saved import read_run, write_run
from tests.support.kept import kept_of
from tests.support.page import APP
from tests.support.saved_files import assert_same, packed, small_run
from tests.support.strategies import experiments
from tests.support.visits import open_visit, trained


def reloaded(visit, **query):
    """The visit of the same page after a reload."""
    other = open_visit(**query).visit
    other.taking_up.take_up(kept_of(visit))
    return other


def opened(player):
    """A player that has opened the saved run of another."""
    other = small_run(1)
    other.open(read_run(write_run(player)))
    return other


def everything(checkpoint):
    """All that the rest of a run depends on at a checkpoint, in a form that can be compared."""
    state, rng = checkpoint.optimizer.state, checkpoint.rng["state"]
    return (
        (checkpoint.epoch, checkpoint.loss, checkpoint.diverged, checkpoint.waits),
        (checkpoint.parameters.tobytes(), checkpoint.order.tolist(), rng["key"].tolist(), rng["pos"]),
        {name: np.asarray(value).tobytes() for name, value in state.items()},
    )


def assert_same_past(player, original):
    """That a player can look back to the very moments of another."""
    assert player.recording.epochs == [moment.epoch for moment in original.recording.checkpoints]
    pairs = zip(player.recording.checkpoints, original.recording.checkpoints, strict=True)
    for one, other in list(pairs)[1:]:  # the optimizer at the start is that of the present settings
        assert everything(one) == everything(other)
    assert player.recording.gap is None


@given(experiments(), st.integers(3, 5))
@settings(max_examples=25, deadline=None)
def test_a_kept_run_has_every_moment_that_it_had(experiment, frames):
    player = small_run(1)
    player.change(experiment.changed(speed=4))
    player.reset()
    for _ in range(frames):
        player.train_one_frame()
    assert_same_past(opened(player), player)


def changed_on_the_way():
    """A run with other settings on the way, weights set by hand, a look back, and patience from an epoch on."""
    player = small_run(3, test_fraction=0.3, batch_size=9, learning_rate=0.02)
    player.set_parameter(3, 0.5)
    player.train_one_frame()
    player.change(player.experiment.changed(optimizer="adam", learning_rate=0.01))
    player.train_one_frame()
    player.train_one_frame()
    player.set_parameter(1, -0.25)
    player.change(player.experiment.changed(l2=0.001, batch_size=0, patience=10_000))
    for _ in range(3):
        player.train_one_frame()
    player.go_to(player.recording.epochs[-2])
    player.change(player.experiment.changed(learning_rate=0.003))
    player.train_one_frame()
    player.train_one_frame()
    return player


def test_settings_that_were_changed_and_weights_that_were_set_on_the_way_are_repeated():
    player = changed_on_the_way()
    assert len(player.recording.changes) == 3
    assert_same_past(opened(player), player)


def test_weights_that_were_set_at_the_start_are_there():
    player = small_run(0)
    player.set_parameter(2, 1.5)
    for _ in range(3):
        player.train_one_frame()
    assert_same_past(opened(player), player)


def test_a_run_that_diverged_on_the_way_and_went_on_has_its_past():
    player = small_run(2, batch_size=9)
    player.change(player.experiment.changed(learning_rate=100.0))
    player.train_one_frame()
    assert player.trainer.diverged
    player.change(player.experiment.changed(learning_rate=0.01))
    player.train_one_frame()
    player.train_one_frame()
    assert_same_past(opened(player), player)


def test_training_on_from_an_earlier_moment_is_what_it_was_without_the_reload():
    visit = trained(6, batch_size="20", noise="0.1").visit
    other = reloaded(visit, batch_size="20", noise="0.1")
    epoch = visit.player.recording.epochs[3]
    for player in (visit.player, other.player):
        player.go_to(epoch)
        player.train_one_frame()
    assert_same(other.player, visit.player)
    assert_same_past(other.player, visit.player)


def test_moments_outlive_a_second_reload_in_which_nobody_looked_back():
    visit = trained(6).visit
    second = reloaded(reloaded(visit))
    second.player.train_one_frame()
    visit.player.train_one_frame()
    assert_same_past(reloaded(second).player, visit.player)


def test_nothing_is_computed_until_somebody_looks_back(monkeypatch):
    monkeypatch.setattr(past.Past, "checkpoints", lambda self: pytest.fail("computed"))
    visit = reloaded(trained(6).visit)
    for epoch in (0, visit.player.recording.epochs[-1]):
        visit.player.go_to(epoch)
    assert visit.diagnosis.finding is None
    visit.keeping.parts()
    visit.player.play()
    visit.player.pause()


def test_a_diverged_run_has_the_same_post_mortem():
    player = small_run(4, activations=("relu",))
    player.change(player.experiment.changed(learning_rate=100.0))
    player.train_one_frame()
    found, again = post_mortem(player), post_mortem(opened(player))
    assert (again.good, again.epochs, again.sizes, again.offer) == (found.good, found.epochs, found.sizes, found.offer)


# --- What is not there is said ----------------------------------------------------------------------------------------


def test_what_another_machine_computes_otherwise_is_not_shown_as_the_past():
    document = json.loads(write_run(small_run(4)))
    document["loss history"]["losses"][60] *= 1 + 1e-15
    player = small_run(1)
    player.open(read_run(packed(document)))
    middle = player.recording.epochs[1]
    with pytest.raises(ValueError, match="this machine computes the run with other last digits"):
        player.go_to(middle)
    assert player.recording.epochs == [0, 200]
    assert "other last digits" in player.recording.gap.words
    assert player.trainer.epoch == 200


def gone_on_by_hand(batch_size):
    """A run that diverged at once with another rate, in which weights were set then."""
    player = small_run(3, activations=("relu",), batch_size=batch_size, optimizer="momentum")
    player.change(player.experiment.changed(learning_rate=100.0))
    player.train_one_frame()
    assert player.trainer.diverged
    player.set_parameter(2, 0.1)
    player.set_parameter(3, 0.1)
    player.undo()
    player.change(player.experiment.changed(learning_rate=1e-6, clip=0.1))
    player.train_one_frame()
    player.train_one_frame()
    return player


def test_weights_that_were_set_after_a_divergence_are_there():
    player = gone_on_by_hand(0)
    assert_same_past(opened(player), player)


def test_where_random_numbers_were_drawn_in_a_divergence_that_is_not_on_record_the_past_ends():
    player = gone_on_by_hand(9)
    other = opened(player)
    assert [moment.epoch for moment in other.recording.checkpoints] == [0, 50, 100, player.trainer.epoch]
    assert "how the run diverged" in other.recording.gap.words


def test_what_an_older_file_does_not_say_of_edits_ends_what_can_be_repeated():
    player = small_run(3)
    player.set_parameter(2, 0.1)
    player.recording.edits[-1] = player.recording.edits[-1]._replace(after=None)
    at = player.trainer.epoch
    player.train_one_frame()
    player.train_one_frame()
    other = opened(player)
    assert other.recording.epochs == [*(epoch for epoch in player.recording.epochs if epoch < at), at + 100]
    assert "how a weight was set by hand" in other.recording.gap.words
    other.go_to(100)
    other.train_one_frame()
    assert other.recording.gap is None


def test_what_would_take_too_long_is_not_offered(monkeypatch):
    player = small_run(8)
    half = player.clock.up_to(200)[-1, 1]
    monkeypatch.setattr(past, "MAX_SECONDS", half)
    other = opened(player)
    assert other.recording.epochs == [0, 50, 100, 150, 200, 400]
    assert "would take too long" in other.recording.gap.words
    other.go_to(100)
    monkeypatch.setattr(past, "MAX_SECONDS", -1.0)
    assert opened(player).recording.epochs == [0, 400]


def test_what_takes_longer_than_the_file_says_is_given_up(monkeypatch):
    other = opened(small_run(4))
    monkeypatch.setattr(past, "MAX_SECONDS", -1.0)
    with pytest.raises(ValueError, match="would take too long"):
        other.go_to(100)


def test_a_file_that_names_no_moments_has_its_start_and_its_end():
    document = json.loads(write_run(small_run(4)))
    document.pop("moments")
    player = small_run(1)
    player.open(read_run(packed(document)))
    assert player.recording.epochs == [0, 200]
    assert "does not have them" in player.recording.gap.words


def test_the_timeline_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(past, "MAX_SECONDS", -1.0)
    test = AppTest.from_file(APP, default_timeout=20).run()
    test.session_state["visit"].player.open(read_run(write_run(small_run(4))))
    (slider,) = [each for each in test.run().select_slider if each.label.startswith("Timeline")]
    assert slider.label == f"Timeline: moment 2 of 2; {past.TOO_LONG}"
