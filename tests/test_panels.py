"""The panels on the page: each opens on any run, and its widgets do what they say."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playground.analysis.walk import walk
from playground.panels.inside import PANELS
from playground.player.line import Line
from playground.session import landscape
from playground.session.widget_values import MAIN
from tests.support.page import APP, Page

DEEP = {"layer_count": 3}


def page_with(*names, **values):
    page = Page(view=",".join(names))
    assert page.app.session_state["views"] == list(names)
    return page.set(**values) if values else page


@pytest.mark.parametrize(
    "values", [{}, DEEP, {"layer_count": 0}, {"learning_rate": 5.0}, {"batch_size": 30, "optimizer": "adam"}], ids=str
)
def test_every_panel_opens_before_during_and_after_training(values):
    page = page_with(*PANELS, **values)
    page.click("train")
    page.player.tick()
    page.run()
    if page.player.playing:
        page.click("pause")
    assert page.epoch > 0
    page.player.go_to(0)
    page.run()


PROBLEMS_2D = [
    {"problem": "rings", "loss": "cross_entropy", "dropout": "0.3", "layers": "5,4", "test_fraction": "0.3"},
    {"problem": "spiral", "loss": "cross_entropy", "features": "x1,product", "l2": "0.01", "batch_size": "20"},
    {"problem": "moons", "loss": "cross_entropy", "layers": ""},
    {"problem": "plane", "scaling": "standard", "layers": "3", "activations": "relu"},
    {"target": "formula", "formula": "x1 > x2", "output_activation": "tanh"},
]


@pytest.mark.parametrize("values", PROBLEMS_2D, ids=str)
def test_every_panel_opens_on_a_plane(values):
    page = Page(view=",".join(PANELS), **values)
    page.click("train")
    page.player.tick()
    page.run().click("pause")
    assert page.epoch > 0
    worst = lambda: float(page.app.container(key="gradient-check-worst").subheader[0].value)  # noqa: E731
    assert worst() < 1e-5
    page.set(check_mistake="m")
    assert worst() > 0.5


@pytest.mark.parametrize("values", PROBLEMS_2D, ids=str)
def test_every_stage_of_the_walk_is_shown_on_a_plane(values):
    page = Page(view="backprop", **values).click("step")
    stages = walk(page.player.trainer)
    for number, stage in enumerate(stages):
        page.visit.turn_walk(number)
        page.run()
        shown = page.app.container(key="backprop-stage").markdown[0].value
        assert shown == f"**{number + 1} of {len(stages)} · {stage.name}**"


def test_the_address_opens_panels_and_an_unknown_one_is_reported_and_left_out():
    app = AppTest.from_file(APP, default_timeout=20)
    app.query_params["view"], app.query_params["lesson"] = "units,<b>nonsense,network", "none"
    app.run()
    assert app.session_state["views"] == ["network", "units"]
    (warning,) = app.warning
    assert r"There is no view '\<b\>nonsense'" in warning.value
    assert "There is no lesson 'none'" in warning.value
    assert app.query_params["view"] == "network,units"
    assert "lesson" not in app.query_params
    app.button(key="step").click().run()
    assert not app.warning


# --- The network ------------------------------------------------------------------------------------------------------


def test_a_weight_set_by_hand_changes_the_network_and_the_page_says_so():
    page = page_with("network").click("step")
    page.set(select_unit=3)
    loss = page.player.trainer.loss
    page.set(hand_number=1.5)
    assert page.player.trainer.network.layers[0].W[3, 0] == 1.5
    assert page.player.trainer.loss != loss
    assert "Changed by hand from epoch 12 on" in page.message
    assert page.widget("hand_slider").value == 1.5
    page.set(hand_slider=-2.0)
    assert page.player.trainer.network.layers[0].W[3, 0] == -2.0
    page.click("undo")
    assert page.player.trainer.loss == loss
    assert "by hand" not in page.message


def test_a_value_without_a_finite_loss_is_rejected_and_changes_nothing():
    page = page_with("network").set(select_layer=2)
    before = page.player.trainer.network.parameters.copy()
    page.set(hand_number=1e308)
    assert page.said("error")
    assert "W2[0, 0] is unchanged" in page.message
    np.testing.assert_array_equal(page.player.trainer.network.parameters, before)


def test_the_old_value_in_a_late_message_is_not_taken_for_a_change():
    page = page_with("network")
    old, time = page.widget("hand_number").value, page.widget(MAIN).value
    page.set(hand_slider=1.0)
    page.set(**{"hand_number": old, MAIN: time})  # as a slider on its way would bring along
    assert page.player.trainer.network.layers[0].W[0, 0] == 1.0
    assert page.widget("hand_number").value == "1"
    page.set(hand_slider=1.5).set(hand_slider=1.0)  # but a slider may go back
    assert page.player.trainer.network.layers[0].W[0, 0] == 1.0


def test_the_slider_of_a_weight_is_the_same_one_to_its_end_and_another_one_for_a_larger_number():
    page = Page(view="network")
    before = page.widget("hand_slider")
    page.set(hand_slider=before.max)  # 1.2 times the largest weight is then more than its end
    assert (page.widget("hand_slider").id, page.widget("hand_slider").value) == (before.id, before.max)
    page.set(hand_number="5")
    assert page.widget("hand_slider").max > 5
    page.click("undo").click("step")
    assert page.widget("hand_slider").max == before.max


def test_an_emptied_number_changes_nothing():
    page = page_with("network")
    before = page.player.trainer.network.parameters.copy()
    page.set(hand_number=None)
    np.testing.assert_array_equal(page.player.trainer.network.parameters, before)


def test_the_widgets_select_parameters_that_exist():
    page = page_with("network", **DEEP).set(select_layer=2, layers_1=5)
    page.set(select_layer=2).set(select_unit=4).set(select_input=7)
    assert page.visit.selected.selection == (2, 4, 7)
    page.set(select_layer=4)  # the output, of one unit
    assert page.visit.selected.selection == (4, 0, 7)
    page.set(select_input=20)  # its bias
    page.set(select_layer=1)
    assert page.visit.selected.selection == (1, 0, 1)  # a bias as well
    page.set(layer_count=1)
    assert page.widget("select_layer").value == 1


def test_a_selection_is_dropped_with_its_unit():
    page = page_with("network", "units", "backprop", "gradient")
    page.set(select_unit=19)
    page.set(layers_0=3)
    assert page.widget("select_unit").value == 0


# --- The landscape ----------------------------------------------------------------------------------------------------


@pytest.fixture
def map_in_one_piece(monkeypatch):
    monkeypatch.setattr(landscape, "SECONDS_PER_PIECE", 60.0)  # however busy the machine is


@pytest.mark.usefixtures("map_in_one_piece")
def test_the_landscape_is_mapped_when_it_is_asked_for():
    page = page_with("landscape").click("step").click("map")
    requested = page.visit.landscape.requested
    assert requested.epoch == page.epoch
    assert requested.landscape.done
    assert "of the path" in page.app.main.caption[-1].value
    assert page.app.button(key="map").disabled
    page.click("step")
    assert not page.app.button(key="map").disabled  # the map is of another epoch
    assert f"around epoch {requested.epoch}" in page.app.main.caption[-1].value
    page.click("reset")
    assert "of the path" not in page.app.main.caption[-1].value


def test_a_map_under_way_shows_its_progress_and_can_be_cancelled(monkeypatch):
    page = page_with("landscape").click("step")
    monkeypatch.setattr(landscape, "SECONDS_PER_PIECE", 0.0)
    page.click("map")
    assert 0 < page.visit.landscape.requested.landscape.progress < 1
    page.click("cancel_map")
    assert page.visit.landscape.requested is None
    assert not page.app.button(key="map").disabled


def test_a_map_waits_its_turn_and_the_page_says_so(monkeypatch):
    line = Line(at_once=2, patience=60)
    monkeypatch.setattr(landscape, "LINE", line)
    others = [line.join() for _ in range(3)]
    page = page_with("landscape").click("step").click("map")
    for words in ("2 maps of others are before it", "1 map of another visitor is before it"):
        (progress,) = page.app.get("progress")
        assert (progress.proto.value, progress.proto.text) == (0, f"The map waits its turn: {words}")
        others.pop().leave()
        page.run().run()  # what is drawn is what was said a drawing ago
    assert page.visit.landscape.requested.landscape.progress > 0


@pytest.mark.usefixtures("map_in_one_piece")
def test_a_map_is_of_the_weights_as_they_were():
    page = page_with("network", "landscape").click("map")
    assert page.app.button(key="map").disabled
    page.set(hand_number=1.0)
    assert not page.app.button(key="map").disabled


# --- The timeline -----------------------------------------------------------------------------------------------------


def test_step_by_step_back_and_forth_and_on_from_there():
    page = Page().click("step").click("step").click("step")
    page.click("earlier").click("earlier")
    assert page.epoch == 12
    page.click("later")
    assert page.epoch == 24
    page.click("continue")
    assert page.player.playing
    assert page.epoch > 24
    assert [moment.epoch for moment in page.player.recording.checkpoints][:3] == [0, 12, 24]


def test_the_timeline_shows_its_moment_and_the_number_of_moments():
    page = Page().click("step").set(speed=1000).click("step").click("earlier")
    (slider,) = (each for each in page.app.select_slider if each.label.startswith("Timeline"))
    assert slider.options == ["1 · epoch 0", "2 · epoch 12", "3 · epoch 1,012"]
    assert slider.label == "Timeline: moment 2 of 3"
    assert slider.value == 12
