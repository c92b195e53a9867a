"""The sweep and the race on the page: what is asked for is trained, told, and opened again."""

import time

import plotly.graph_objects as go
import pytest

from playground.compare.knobs import KNOBS, read_values, with_values
from playground.compare.sweep import SweepPlan, summary
from playground.compare.sweep_worker import Result
from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from playground.figures.sweep import sweep_figure
from playground.state.sweeping import cell_in_words, chosen
from tests.test_app import Page

AXES = [("learning_rate", (0.1, 0.2), ["0.1", "0.2"]), ("units", (5, 10, 20), ["5", "10", "20"])]


def result(loss):
    return Result(loss=loss, diverged=loss == float("inf"), seconds=0.1, test_loss=None, accuracy=None,
                  test_accuracy=None, failed=None)  # fmt: skip


@pytest.mark.parametrize("axes", [AXES, AXES[1:]], ids=["two", "one"])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("losses", [[], [0.5, float("inf"), 1e-20]], ids=["none yet", "some"])
def test_the_figure_has_a_point_for_every_cell(palette, axes, losses):
    plan = SweepPlan(Experiment(), tuple((name, values) for name, values, _ in axes), 2, 10)
    cells = summary(plan, {(cell, 0): result(loss) for cell, loss in enumerate(losses)})
    figure = sweep_figure(palette, cells, [KNOBS[name].label for name, _, _ in axes], [words for _, _, words in axes])
    go.Figure(figure)
    assert len(figure["data"][-1]["x"]) == len(cells) == (6 if len(axes) == 2 else 3)
    if len(axes) == 2:
        places = list(zip(figure["data"][-1]["y"], figure["data"][-1]["x"], strict=True))
        assert [(plan.axes[0][1][row], plan.axes[1][1][column]) for row, column in places] == plan.values


def test_a_cell_is_told_by_its_values():
    plan = SweepPlan(Experiment(), tuple((name, values) for name, values, _ in AXES), 1, 10)
    for place, (rate, units) in enumerate(plan.values):
        assert cell_in_words(place, AXES) == f"Learning rate {rate}, Units {units}"


@pytest.mark.parametrize("points", [[], [{}], [{"point_index": 9}], [{"point_index": "1"}], [{"point_index": -1}]])
def test_what_is_no_cell_chooses_none(points):
    event = type("Event", (), {"selection": type("Selection", (), {"points": points})})
    assert chosen(event, [0] * 6) is None


def test_typed_values_are_read_and_bad_ones_refused():
    assert read_values("learning_rate", " 0.1, 0.2 ,1e-3,") == (0.1, 0.2, 0.001)
    assert read_values("units", "5,10") == (5, 10)
    for text in ("", "a", "0.1, 0.1", "1e9", "nan", "__import__('os')", "1," * 80):
        with pytest.raises(ValueError, match=r"\.$"):
            read_values("learning_rate", text)


def test_a_knob_of_all_layers_changes_each():
    experiment = Experiment(layers=(3, 4), activations=("relu", "tanh"))
    assert with_values(experiment, {"units": 7}).layers == (7, 7)
    assert with_values(experiment, {"activation": "sine"}).activations == ("sine", "sine")


def test_a_sweep_is_trained_while_the_page_goes_on_and_one_at_a_time():
    page = Page(view="sweep").set(sweep_learning_rate_values="0.1, 0.2", sweep_seeds=2, sweep_epochs=20)
    page.click("sweep_start")
    runner, _ = page.app.session_state["sweep"]
    assert len(runner.plan.runs()) == 4
    end = time.monotonic() + 60
    while runner.poll().ended is None and time.monotonic() < end:
        time.sleep(0.05)
    page.run()
    assert not page.widget("sweep_start").disabled
    trainer = Experiment(learning_rate=0.2, seed=1).trainer(Experiment().make_problem())
    trainer.step(20)
    assert runner.results[1, 1].loss == trainer.loss


def test_what_is_too_much_is_told_and_starts_nothing():
    page = Page(view="sweep").set(sweep_epochs=20_000, sweep_seeds=9)
    page.set(sweep_learning_rate_values=", ".join(f"0.0{i}" for i in range(1, 10)))
    page.set(points=1000, batch_size=10)
    page.click("sweep_start")
    if "sweep" in page.app.session_state:
        page.app.session_state["sweep"][0].cancel()
        pytest.fail("it was started")
    assert page.said("error")
    assert page.message.endswith("No sweep was started.")


def test_a_race_is_started_paused_and_gone_on_with():
    page = Page(view="race").click("race_start")
    race = page.app.session_state["race"]
    assert [e.learning_rate for e in race.experiments] == [0.032, 0.1, 0.32]
    race.tick()
    page.run().click("race_turn")
    assert not race.playing
    epoch = race.epoch
    assert epoch > 0
    page.click("race_turn")
    assert race.playing
    page.set(race_knob="optimizer")
    page.click("race_start")
    assert page.app.session_state["race"] is not race or page.widget("race_start").disabled


def test_values_that_cannot_be_are_told_beside_them():
    page = Page(view="race").set(race_learning_rate_values="0.1, fast")
    assert page.widget("race_start").disabled
    assert "fast" in " ".join(caption.value for caption in page.app.caption)
