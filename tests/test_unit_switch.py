"""Tests of the switch of units on the page: in the drawing, in the sidebar and by the timeline."""

from tests.support.page import Page


def captions(page):
    return " ".join(each.value for each in page.app.caption)


def test_the_page_switches_the_selected_unit_at_a_pause_and_while_it_trains():
    page = Page(view="network", layers="3,2", activations="tanh,tanh")
    loss = page.player.trainer.loss
    page.click("step")
    before = page.player.trainer.loss
    assert page.app.button(key="switch_unit").label == "Switch off unit 0 of layer 1"
    page.click("switch_unit")
    assert page.experiment.off == page.app.query_params["off"] == page.widget("off").value == "1.0"
    assert page.player.trainer.loss == page.player.frames[-1].loss != before
    assert "Off: unit 0 of layer 1." in captions(page)
    assert page.app.button(key="switch_unit").label == "Switch on unit 0 of layer 1"
    page.click("undo")
    assert (page.experiment.off, page.player.trainer.loss) == ("", before)
    page.click("train").click("switch_unit")
    assert page.player.playing
    assert page.experiment.off == "1.0"
    page.click("pause").set(off="2.1 1.0")
    assert page.experiment.off == "1.0,2.1"
    page.set(layer_count=1)
    assert page.experiment.off == page.widget("off").value == "1.0"
    assert "No longer off, as the network has no such unit any more: unit 1 of layer 2." in page.message
    page.click("all_units_on")
    assert page.experiment.off == ""
    assert "off" not in page.app.query_params
    assert page.player.trainer.loss != loss


def test_an_exercise_without_the_units_in_sight_has_no_switch():
    for show, has in (("learning_rate,network", False), ("off,network", True)):
        page = Page(view="network", show=show)
        assert any(each.key == "switch_unit" for each in page.app.button) == has


def test_without_a_hidden_layer_and_at_the_output_there_is_nothing_to_switch():
    page = Page(view="network", layers="3", activations="tanh")
    page.visit.selected.select([2, 0, 0])
    page.run()
    assert "switch_unit" not in [each.key for each in page.app.button]
    page.set(layer_count=0)
    assert "switch_unit" not in [each.key for each in page.app.button]


def test_what_is_typed_and_is_no_unit_is_answered_and_stays():
    page = Page(view="network", layers="3", activations="tanh", off="1.1")
    page.set(off="1.7")
    assert "there is no unit 7 in layer 1: its units are 0 to 2" in page.message
    assert (page.experiment.off, page.widget("off").value) == ("1.1", "1.7")
    page.set(learning_rate=0.02)
    assert page.experiment.learning_rate == 0.02
    assert "In use: Units off 1.1" in page.message
    page.click("switch_unit")
    assert page.experiment.off == page.widget("off").value == "1.0,1.1"


def test_the_timeline_of_the_page_has_the_units_of_each_moment():
    page = Page(view="network", layers="3", activations="tanh").click("step").click("switch_unit").click("step")
    for _ in page.player.recording.checkpoints[1:]:
        page.click("earlier")
    assert page.experiment.off == page.widget("off").value == ""
    for _ in page.player.recording.checkpoints[1:]:
        page.click("later")
    assert page.experiment.off == page.widget("off").value == "1.0"
