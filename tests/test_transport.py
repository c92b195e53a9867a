"""The transport trains, pauses, steps and starts again; after a divergence the page offers a way back."""

import numpy as np

from playground.experiment import DEFAULTS
from playground.settings import SPEEDS


def test_train_and_pause_take_turns(page):
    page.click("train")
    assert page.player.playing
    assert page.epoch > 0
    assert page.said("caption")
    assert "Training" in page.message
    epoch = page.epoch
    page.click("pause")
    assert (page.player.playing, page.epoch) == (False, epoch)
    assert page.message == f"Paused at epoch {epoch:,}."
    page.click("train")
    assert page.epoch > epoch


def test_a_step_trains_as_many_epochs_as_the_speed(page):
    for speed in (SPEEDS[0], DEFAULTS["speed"], SPEEDS[-1]):
        page.click("reset").set(speed=speed)
        for epoch in (speed, 2 * speed):
            page.click("step")
            assert page.epoch == epoch
            assert page.message == f"Paused at epoch {epoch:,}."


def test_a_step_pauses_a_running_training(page):
    page.click("train").click("step")
    assert not page.player.playing


def test_reset_goes_back_to_epoch_0_with_the_same_parameters(page):
    start = page.player.trainer.network.parameters.copy()
    for act in ("step", "train"):
        page.click(act).click("reset")
        assert (page.epoch, page.player.playing) == (0, False)
        np.testing.assert_array_equal(page.player.trainer.network.parameters, start)
        assert "Press Train" in page.message


def test_new_start_takes_another_seed_which_its_control_shows(page):
    start = page.player.trainer.network.parameters.copy()
    page.click("step").click("new_start")
    assert (page.epoch, page.player.playing) == (0, False)
    assert page.widget("seed").value == "1"
    assert page.experiment.seed == 1
    assert (page.player.trainer.network.parameters != start).any()
    page.set(seed=0)
    np.testing.assert_array_equal(page.player.trainer.network.parameters, start)


def test_training_stops_after_the_last_epoch_and_the_page_says_so(page):
    page.set(max_epochs=100).play_to_the_end()
    assert (page.epoch, page.player.playing) == (100, False)
    assert page.said("success")
    assert "100 epochs are done" in page.message
    page.click("train")
    assert page.epoch == 100
    assert "100 epochs are done" in page.message
    page.set(max_epochs=200)
    assert page.message == "Paused at epoch 100."
    page.play_to_the_end()
    assert page.epoch == 200


def test_training_stops_below_the_target_loss_and_the_page_says_so(page):
    page.set(target_loss=0.2).play_to_the_end()
    assert page.player.trainer.loss < 0.2 <= page.player.trainer.history.losses[-2]
    assert page.said("success")
    assert "The loss is below 0.2" in page.message


# --- Divergence -------------------------------------------------------------------------------------------------------


def test_a_divergence_is_reported_with_epoch_and_quantity_and_the_last_finite_state_stays(page):
    page.set(learning_rate=100.0).play_to_the_end()
    epoch, quantity = page.player.trainer.diverged
    assert not page.player.playing
    assert page.said("error")
    for words in (
        "Training diverged",
        f"epoch {epoch:,}",
        str(quantity),
        f"epoch {epoch - 1:,}",
        "learning rate",
        "Reset",
    ):
        assert words in page.message
    assert page.epoch == epoch - 1
    assert np.isfinite(page.player.frames[-1].loss)
    for act in ("train", "step"):
        page.click(act)
        assert page.epoch == epoch - 1
        assert "Training diverged" in page.message


def test_after_a_divergence_a_smaller_learning_rate_or_a_reset_continues(page):
    page.set(learning_rate=100.0).play_to_the_end()
    epoch = page.epoch
    page.set(learning_rate=1e-6).click("step")
    assert page.epoch == epoch + 12
    page.click("reset")
    assert page.epoch == 0
    assert "Press Train" in page.message


def test_the_post_mortem_offers_a_way_back_that_trains(page):
    page.set(learning_rate=5.0).play_to_the_end()
    assert page.player.trainer.diverged
    assert "What happened" in page.text
    page.click("recover")
    assert page.player.trainer.diverged is None
    assert page.experiment.learning_rate < 0.33
    assert float(page.widget("learning_rate").value) == page.experiment.learning_rate
    assert "What happened" not in page.text
    page.click("step")
    assert page.epoch > 0


def test_another_speed_does_not_undo_a_divergence(page):
    page.set(learning_rate=5.0).play_to_the_end()
    page.set(speed=100)
    assert page.player.trainer.diverged
    assert "Training diverged" in page.message
