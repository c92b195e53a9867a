"""The face of the network and its input, as an address, a visitor or a browser asks for them."""

import math

import numpy as np
import pytest

from playground.analysis.faces import sums_of
from playground.analysis.selection import Selection
from playground.analysis.walk import walk
from playground.components.board import board_payload
from playground.session import face_film
from playground.session.network_faces import EXAMPLE_KEY, FACE_KEY, SCOPE_KEY, X_KEY
from playground.session.visit import Visit
from tests.support.page import Page
from tests.support.payload import places, unpack

PANELS = ("network", "units")
PLANE = {"problem": "circle", "loss": "cross_entropy"}
SOFTMAX = {"problem": "rings", "loss": "cross_entropy"}


def visit_of(**query):
    visit = Visit(query, {})
    visit.open_views(PANELS)
    return visit


@pytest.mark.parametrize("face", ["forward", "backward", "step", "weights"])
def test_the_address_opens_the_drawing_on_a_face(face):
    visit = visit_of(face=face)
    assert visit.faces.face == face
    assert visit.views.names == ["network"]
    assert not visit.controls.messages


@pytest.mark.parametrize(
    ("query", "x", "example"),
    [
        ({"x": "1.5"}, (1.5,), None),
        ({"x": "-2,5"}, (-2.5,), None),
        ({"x": "1.5,-2"} | PLANE, (1.5, -2.0), None),
        ({"x": "1,5; -2"} | PLANE, (1.5, -2.0), None),
        ({"x": "1.5, -2e-3"} | PLANE, (1.5, -0.002), None),
        ({"example": "7"}, None, 7),
    ],
    ids=str,
)
def test_the_address_says_what_goes_through_the_network(query, x, example):
    visit = visit_of(face="forward", **query)
    traced = visit.faces.traced
    assert traced.example == example
    assert traced.x == (x or tuple(visit.player.problem.samples[:-1, 7]))
    assert not visit.controls.messages
    numbers = visit.faces.numbers()
    Xs = visit.player.problem.network_inputs(np.array(traced.x)[:, None])
    np.testing.assert_array_equal(numbers["a"][-1], visit.player.trainer.network.evaluate(Xs)[-1].A)


STRANGE = ["", "abc", "1.5,2", "nan", "inf", "1e999", "-2e6", "1,5,2", "1 2", "9" * 10_000, "__import__('os')"]


@pytest.mark.parametrize("query", [{"x": text} for text in STRANGE] + [{"example": text} for text in (*STRANGE, "100")])
def test_what_is_no_input_is_answered_in_words(query):
    visit = visit_of(face="forward", **query)
    assert "Used instead: x = -2.5, example 25." in visit.controls.message.text
    assert len(visit.controls.message.text) < 400
    assert visit.faces.traced.example == 25


def test_an_unknown_face_is_answered_in_words():
    visit = visit_of(face="sideways")
    assert "There is no face 'sideways': there are weights, forward, backward, step." in visit.controls.message.text
    assert visit.faces.face == "weights"
    assert visit.views.names == []


@pytest.mark.parametrize(
    "sent",
    [None, "1", [], [1, 2], ["1"], [True], [math.nan], [math.inf], [1e7], {"x": 1}, [[1]], [10**400]]
    + [{"example": number} for number in (-1, 100, 10**400, 1.0, True, "3", [3], None)],
    ids=lambda sent: str(sent)[:30],
)
def test_what_no_click_can_send_changes_nothing(sent):
    visit = visit_of(face="forward", x="1.5")
    visit.faces.pick(sent)
    assert visit.faces.traced.x == (1.5,)


def test_a_click_on_a_point_of_ones_own_picks_that_example():
    visit = visit_of(face="backward", example="all", target="points")
    visit.faces.pick({"example": 3})
    assert (visit.faces.traced.example, visit.faces.is_of_step) == (3, False)
    visit.faces.pick([0.5])
    assert visit.faces.traced == ((0.5,), None)


def test_what_was_opened_by_link_button_or_switch_is_to_be_brought_into_view_and_nothing_else():
    assert visit_of(face="forward").faces.opened == 1
    assert visit_of(view="network").faces.opened == 0
    page = Page(view="units")
    for views, opened in ((["network", "units"], 1), (["network"], 1), ([], 1), (["network"], 2)):
        page.set(views=views)
        assert page.visit.faces.opened == opened
    page.set(**{FACE_KEY: "step"})
    assert page.visit.faces.opened == 3
    page.click("train").click("pause")
    assert page.sent("network")["opened"] == 3


def test_the_page_takes_what_is_typed_and_the_address_keeps_it():
    page = Page(view="network").set(**{FACE_KEY: "forward"})
    assert page.app.query_params["face"] == "forward"
    assert page.widget(EXAMPLE_KEY).value == "25"
    page.set(**{FACE_KEY: "weights"}).set(**{FACE_KEY: "forward"})
    assert page.widget(X_KEY).proto.default == page.widget(X_KEY).value  # the field comes again with what is in use
    page.set(**{X_KEY: "1,5"})
    assert page.widget(X_KEY).value == "1.5"
    assert page.widget(EXAMPLE_KEY).value == ""
    assert page.app.query_params["x"] == "1.5"
    page.set(**{X_KEY: "one and a half"})
    assert page.visit.faces.traced.x == (1.5,)
    assert any("one and a half" in each.value for each in page.app.main.markdown)
    page.set(**{EXAMPLE_KEY: "3"})
    assert page.app.query_params["example"] == "3"
    assert "x" not in page.app.query_params
    page.set(**{FACE_KEY: "backward"}).set(**{SCOPE_KEY: "the whole step"})
    assert page.app.query_params["example"] == "all"
    assert Visit({"face": "backward", "example": "all"}, {}).faces.is_of_step
    page.set(views=["units"])
    assert "face" not in page.app.query_params


def test_every_face_is_drawn_before_during_and_after_training():
    for query in ({}, PLANE, {"layers": "12,3", "activations": "tanh,relu", "dropout": "0.3", "batch_size": "30"}):
        page = Page(view="network", **query)
        for face in ("forward", "backward", "step", "weights"):
            page.set(**{FACE_KEY: face})
            page.click("train")
            page.player.tick()
            page.run()
            page.click("pause")


def frames_with_face(visit):
    """The places of the frames that bring numbers of the face, and these numbers."""
    header, arrays = unpack(board_payload(visit.player, with_figures=False, face_key=visit.faces.key))
    rows = arrays.get("face")
    if rows is not None:
        rows = rows * np.concatenate([np.full(*each) for each in header["face_scales"]])
    return places(header["face_rows"]), rows


@pytest.mark.parametrize("query", [{"x": "1.5"}, {"dropout": "0.3", "example": "3"}, PLANE, SOFTMAX], ids=str)
@pytest.mark.parametrize("face", ["weights", "forward", "backward", "step"])
def test_passing_frames_bring_what_the_walk_says_at_each_of_them_to_three_digits(face, query):
    visit = visit_of(face=face, **query)
    visit.player.play()
    assert frames_with_face(visit)[0][0] == 0  # at once
    visit.player.tick()
    with_face, rows = frames_with_face(visit)
    assert len(with_face) > 15 or query  # in half a second
    epochs = [visit.player.frames[i].epoch for i in with_face]
    again = visit_of(face=face, **query)
    for epoch, row in zip(epochs, rows, strict=True):
        again.player.trainer.train(epoch - again.player.trainer.epoch)
        exact = again.face_film.numbers()
        for name, found in zip(exact, np.split(row, np.cumsum([*map(len, exact.values())])[:-1]), strict=True):
            least = 1e-8 * np.nanmax(np.abs(exact[name]), initial=0.0)
            np.testing.assert_allclose(found, exact[name], rtol=1e-3, atol=least, err_msg=name)


def test_a_passing_step_brings_what_is_added_to_each_parameter():
    visit = visit_of(face="step", layers="3")
    visit.player.trainer.train(7)
    step = visit.player.trainer.next_step()
    changes = visit.player.trainer.network.matrices(step.after.parameters - step.before.parameters)
    brought = visit.face_film.numbers()
    np.testing.assert_array_equal(brought["b_change"], np.concatenate([change[:, -1] for change in changes]))
    np.testing.assert_array_equal(brought["w_change"], np.concatenate([change[:, :-1].ravel() for change in changes]))


@pytest.mark.parametrize("face", ["weights", "forward", "backward", "step"])
def test_a_tick_at_the_defaults_moves_at_most_25_kb_whatever_face_is_open(face):
    visit = visit_of(face=face)
    visit.selected.select([2, 0, 3])  # the longest sum
    visit.player.play()
    sizes = []
    for _ in range(4):
        before = visit.player.trainer.epoch
        visit.player.tick()
        payload = board_payload(visit.player, with_figures=False, face_key=visit.faces.key, after=before)
        sizes.append(len(payload))
    assert max(sizes) <= 25_000


@pytest.mark.parametrize("query", [{}, SOFTMAX, {"layers": "none"}], ids=str)
@pytest.mark.parametrize("face", ["forward", "backward"])
def test_the_sums_of_the_selected_unit_come_with_the_frames_and_are_the_walks(face, query):
    visit = visit_of(face=face, **query)
    layer = len(visit.player.trainer.network.layers)
    visit.selected.select([layer, 0, 0])
    visit.player.play()
    visit.player.tick()
    header, _ = unpack(board_payload(visit.player, with_figures=False, face_key=visit.faces.key))
    assert len(header["face_sums"]) == (2 if layer == 1 else 1)  # a sum of many terms comes once
    for frame, parameter, lines in header["face_sums"]:
        again = visit_of(face=face, **query)
        again.player.trainer.train(visit.player.frames[frame].epoch)
        assert parameter == [layer, 0, 0]
        stages = walk(again.player.trainer, again.faces.examples)
        assert lines == "\n".join(sums_of(stages, Selection(layer, 0, 0), face, is_bias=False))


def test_nothing_selected_has_no_sums_and_nor_has_a_whole_step():
    for query, selected in (({"face": "forward"}, None), ({"face": "backward", "example": "all"}, [1, 0, 0])):
        visit = visit_of(**query)
        visit.selected.select(selected)
        visit.player.play()
        visit.player.tick()
        header, _ = unpack(board_payload(visit.player, with_figures=False, face_key=visit.faces.key))
        assert header["face_sums"] == []


def test_a_closed_panel_costs_nothing_and_another_face_needs_other_frames():
    visit = visit_of(view="units")
    visit.player.play()
    assert frames_with_face(visit)[0] == []
    visit = visit_of(face="forward")
    visit.player.play()
    visit.faces.pick([0.5])
    assert frames_with_face(visit)[0] == []
    visit.player.tick()
    assert frames_with_face(visit)[0]


def test_a_large_drawing_is_sent_less_often():
    deep = {"layers": "64,64,64,64", "activations": "tanh,tanh,tanh,tanh"}
    visit = visit_of(face="step", **deep)
    visit.player.play()
    for _ in range(3):
        visit.player.tick()
    with_face, rows = frames_with_face(visit)
    assert rows is None or 2 * rows.size <= face_film.BYTES_PER_TICK + 2 * rows[0].size
    assert len(with_face) <= 3
