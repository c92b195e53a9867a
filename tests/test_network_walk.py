"""The walk on the network's drawing: in the order of a step, each place shows what is computed by then, and no more."""

import re

import numpy as np
import pytest

from playground.analysis.faces import (
    Walkthrough,
    curve_of,
    face_numbers,
    face_of,
    phase_of,
    sum_at,
    sums_of,
    traced_in,
)
from playground.analysis.faces.walkthrough import kind_of
from playground.analysis.selection import Selection
from playground.analysis.walk import walk
from playground.session.network_faces import FACE_KEY
from playground.session.network_walk import BY_LAYER, BY_UNIT, KEY, OFF
from tests.support.page import Page
from tests.test_network_faces import CASES, drawn_of, started

COMPUTED_BY = {  # of each number of the drawing, the kind of the result of the stage that computes it
    "z": "Z", "wa": "Z", "a": "A", "targets": "A - Y", "da": "dA", "dz": "dZ", "dw": "db",
    "b_after": "Wb after", "w_after": "Wb after",
}  # fmt: skip


def way_of(changes, *, by_unit, x=None):
    trainer, problem = started(changes)
    examples = traced_in(problem, x, None).examples(trainer, problem)
    drawn = drawn_of(trainer)
    return Walkthrough(walk(trainer, examples), drawn, by_unit=by_unit), trainer, examples, drawn


@pytest.mark.parametrize("by_unit", [False, True], ids=["layer by layer", "unit by unit"])
@pytest.mark.parametrize("changes", CASES, ids=str)
def test_a_number_appears_once_and_stays_until_its_phase_ends(changes, by_unit):
    way, trainer, examples, drawn = way_of(changes, by_unit=by_unit)
    phases = [phase_of(stage) for position in way.positions for stage in [way.stages[position.stage]]]
    assert [phase for i, phase in enumerate(phases) if i == 0 or phase != phases[i - 1]] == [
        "forward", "loss", "backward", "update",
    ]  # fmt: skip
    all_numbers = {face: face_numbers(face, trainer, drawn, examples) for face in ("forward", "backward", "step")}
    before = dict.fromkeys(all_numbers, -1)
    for position in way.positions:
        stage = way.stages[position.stage]
        face = face_of(stage)
        shown = way.computed(all_numbers[face], position)
        for name, values in shown.items():
            known = ~np.isnan(values)
            np.testing.assert_array_equal(values[known], all_numbers[face][name][known])
        count = sum(int((~np.isnan(values)).sum()) for values in shown.values())
        assert count >= before[face]
        before[face] = count
        if phase_of(stage) == "loss":
            assert way.units_at(position) == [(len(drawn) - 1, unit) for unit in drawn[-1]]
        if position.unit is not None:
            assert way.units_at(position) == [(stage.matrices[-1].layer, position.unit)]
    for face, count in before.items():
        assert count == sum(int((~np.isnan(values)).sum()) for values in all_numbers[face].values())


def test_unit_by_unit_only_one_more_unit_is_computed_at_each_place():
    way, trainer, examples, drawn = way_of({"layers": (3,), "activations": ("tanh",)}, by_unit=True)
    numbers = face_numbers("forward", trainer, drawn, examples)
    shown = [int((~np.isnan(way.computed(numbers, position)["z"])).sum()) for position in way.positions[:7]]
    assert shown == [1, 2, 3, 3, 3, 3, 4]


def test_each_number_appears_with_the_stage_that_computes_it():
    """dA before dZ, and b and W of the next step together with their matrix [W | b] after it."""
    for by_unit in (False, True):
        changes = {"layers": (3,), "activations": ("tanh",), "l2": 0.1, "optimizer": "momentum"}
        way, trainer, examples, drawn = way_of(changes, by_unit=by_unit)
        assert "dWb of the step" in map(kind_of, way.stages)  # what the face of the step shows comes after it
        numbers = {face: face_numbers(face, trainer, drawn, examples) for face in ("forward", "backward", "step")}
        done = dict.fromkeys(COMPUTED_BY, 0)
        for position in way.positions:
            stage = way.stages[position.stage]
            shown = way.computed(numbers[face_of(stage)], position)
            for name, kind in COMPUTED_BY.items():
                if name in shown:
                    known = int((~np.isnan(shown[name])).sum())
                    assert known == done[name] or kind_of(stage) == kind, (name, stage.name)
                    done[name] = known
        assert all(done.values())


def test_without_a_target_the_way_ends_before_the_loss():
    trainer, problem = started({"target": "points"})
    examples = traced_in(problem, (0.1,), None).examples(trainer, problem)
    way = Walkthrough(walk(trainer, examples), drawn_of(trainer), by_unit=False, to_loss=True)
    assert {phase_of(stage) for stage in way.stages} == {"forward"}


@pytest.mark.parametrize("changes", [CASES[2], CASES[5], CASES[6]], ids=str)
def test_the_sums_of_a_unit_are_the_walks(changes):
    trainer, problem = started(changes)
    stages = walk(trainer, traced_in(problem, None, 3).examples(trainer, problem))
    network = trainer.network
    for l, layer in enumerate(network.layers, start=1):
        selection = Selection(l, layer.unit_count - 1, layer.Wb.shape[1] - 2)
        lines = sums_of(stages, selection, "forward", is_bias=False)
        Z = next(m.values for stage in stages for m in stage.matrices if (m.kind, m.layer) == ("Z", l))
        assert lines[0].startswith(f"Z{l}[{selection.unit}] = ")
        assert lines[0].endswith(f" = {Z[selection.unit, 0]:.6g}")
        backward = sums_of(stages, selection, "backward", is_bias=False)
        dW = next(m.values for stage in stages for m in stage.matrices if (m.kind, m.layer) == ("dW", l))
        assert backward[-1].startswith(f"dW{l}[{selection.unit}, {selection.input}] = dZ·A = ")
        assert backward[-1].endswith(f" = {dW[selection.unit, selection.input]:.6g}")
        dZ, A_below = re.fullmatch(r".* dZ·A = \(?([^()]+)\)?·\(?([^()]+)\)? = .*", backward[-1]).groups()
        assert float(dZ) * float(A_below) == pytest.approx(dW[selection.unit, selection.input], rel=1e-5)
        found = {(m.kind, m.layer): m.values for stage in stages for m in stage.matrices}
        below = found["Ã", l - 1] if ("Ã", l - 1) in found else found["A", l - 1]
        assert float(A_below) == pytest.approx(below[selection.input, 0], rel=1e-5)
        assert len(sums_of(stages, selection, "backward", is_bias=True)) == len(backward) - 1
        curve = curve_of(layer.g, Z, selection.unit)
        A = next(m.values for stage in stages for m in stage.matrices if (m.kind, m.layer) == ("A", l))
        assert pytest.approx((Z[selection.unit, 0], A[selection.unit, 0]), rel=1e-12) == (curve.Z, curve.A)
        assert np.interp(curve.Z, curve.Zs, curve.As) == pytest.approx(curve.A, abs=0.02)
        Zs = Z.astype(float).repeat(2, axis=1)
        Zs[selection.unit] += [-1e-6, 1e-6]  # the others of the column stay
        slope = np.diff(layer.g[0](Zs)[selection.unit]).item() / 2e-6
        assert np.interp(curve.Z, curve.Zs, curve.slopes) == pytest.approx(slope, abs=0.02)
    for unit, (z, a) in enumerate(zip(*(m.values[:, 0] for m in stages[1].matrices), strict=True)):
        assert sum_at(stages[1], unit) == f"A1[{unit}] = g({z:.6g}) = {a:.6g}"


def test_the_page_walks_by_buttons_to_the_end_and_a_film_stops_there():
    page = Page(face="forward", x="1.5", layers="3", activations="tanh")
    page.set(**{KEY: BY_LAYER})
    title = lambda: page.app.container(key="network-walk-stage").markdown[0].value  # noqa: E731
    assert "1 of 13 · Forward · Z1" in title()
    page.click("network_walk_next").click("network_walk_next")
    assert "3 of 13 · Forward · Z2" in title()
    page.click("network_walk_back").click("network_walk_film")
    walk_on = page.visit.network_walk
    for _ in range(20):
        walk_on.turn(1)
    assert not walk_on.is_film
    page.run()
    assert "13 of 13 · Update · The loss after the step" in title()
    for sent in (None, 2, "1", True, [1], 10**30):
        walk_on.turn(sent)
    assert walk_on.place == 12
    page.set(**{KEY: BY_UNIT})
    assert "1 of " in title()
    assert "Z1[0] = " in "\n".join(code.value for code in page.app.main.code)
    page.click("train")
    page.run().click("pause")
    page.set(**{FACE_KEY: "weights"}).set(**{FACE_KEY: "backward"}).set(**{KEY: OFF})
    assert not walk_on.is_on


def test_a_walk_that_is_begun_while_it_trains_pauses_where_the_picture_is():
    page = Page(face="forward", x="1.5", layers="3", activations="tanh").click("train")
    player, controls = page.player, page.visit.controls
    player.tick()
    shown = player.film.epochs[3]
    controls.screen.note(player.run_id, shown, 0)
    page.run().set(**{KEY: BY_UNIT})
    assert not player.playing
    assert shown < player.trainer.epoch < player.recording.checkpoints[-1].epoch + 1000
    assert page.visit.network_walk.is_on
    assert "1 of " in page.app.container(key="network-walk-stage").markdown[0].value
    page.click("train")
    assert page.widget(KEY).value == OFF  # and the pause brings it back
    assert not page.visit.network_walk.is_on
    page.click("pause")
    assert page.widget(KEY).value == BY_UNIT


@pytest.mark.parametrize("face", ["forward", "backward"])
def test_the_drawing_is_sent_the_sums_and_the_place_of_the_selected_unit(face):
    page = Page(face=face, x="1.5", layers="3", activations="tanh")
    assert page.sent("network")["unit"] is None
    page.visit.selected.select([1, 2, 0])
    unit = page.run().sent("network")["unit"]
    Z = page.player.trainer.network.evaluate([[1.5]])[1].Z[2, 0]
    assert (f"= {Z:.6g}" in unit["sums"]) == (face == "forward")
    assert ("dW1[2, 0] = " in unit["sums"]) == (face == "backward")
    assert (unit["label"], unit["moves"]) == ("Tanh", False)
    np.testing.assert_allclose(np.tanh(unit["Zs"]), unit["As"], atol=1e-4)
    page.click("train")
    assert page.sent("network")["unit"]["sums"] == ""  # they come with the frames
    page.click("pause").set(**{KEY: BY_LAYER})
    assert page.sent("network")["unit"] is None


def test_without_a_target_the_page_says_why_nothing_flows_back():
    page = Page(target="points", face="backward", x="0.1")
    page.set(**{KEY: BY_LAYER})
    for _ in range(3):
        page.click("network_walk_next")
    assert "No target is known for this input" in page.text
