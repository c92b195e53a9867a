"""The sweep and the race on the page: they train what is chosen, show it, and open it again."""

import math
import time

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.compare.cells import summary
from playground.compare.result import Result
from playground.compare.settings import SETTINGS, with_values
from playground.compare.sweep import SweepPlan
from playground.compare.sweep_runner import SweepRunner
from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from playground.figures.sweep import describe_cell, sweep_figure
from playground.session.sweep import Axis, cell_in_words
from tests.support.contrast import BACKGROUNDS, blend, contrast
from tests.support.page import Page
from tests.support.processes import until
from tests.support.sweeps import ENDLESS

AXES = [Axis("learning_rate", (0.1, 0.2), ["0.1", "0.2"]), Axis("units", (5, 10, 20), ["5", "10", "20"])]


def result(loss):
    return Result(loss=loss, diverged=loss == float("inf"), seconds=0.1, test_loss=None, accuracy=None,
                  test_accuracy=None, failed=None)  # fmt: skip


@pytest.mark.parametrize("axes", [AXES, AXES[1:]], ids=["two", "one"])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("losses", [[], [0.5, float("inf"), 1e-20]], ids=["none yet", "some"])
def test_the_figure_has_a_point_for_every_cell(palette, axes, losses):
    plan = SweepPlan(Experiment(), tuple((name, values) for name, values, _ in axes), 2, 10)
    cells = summary(plan, {(cell, 0): result(loss) for cell, loss in enumerate(losses)})
    figure = sweep_figure(
        palette, cells, [SETTINGS[name].label for name, _, _ in axes], [words for _, _, words in axes]
    )
    go.Figure(figure)
    assert len(figure["data"][-1]["x"]) == len(cells) == (6 if len(axes) == 2 else 3)
    if len(axes) == 2:
        places = list(zip(figure["data"][-1]["y"], figure["data"][-1]["x"], strict=True))
        assert [(plan.axes[0][1][row], plan.axes[1][1][column]) for row, column in places] == plan.values


def drawn(axes, losses, chosen=None, palette=PALETTES["light"]):
    """The figure of a sweep with the losses of each cell, one for each seed."""
    plan = SweepPlan(Experiment(), tuple((name, values) for name, values, _ in axes), len(losses[0]), 10)
    cells = summary(
        plan, {(cell, seed): result(loss) for cell, each in enumerate(losses) for seed, loss in enumerate(each)}
    )
    return sweep_figure(palette, cells, [name for name, _, _ in axes], [words for _, _, words in axes], chosen)


INF = math.inf
LOST = [[0.02, 0.01, 0.03], [0.5, INF, 0.4], [INF, 0.2, INF]]  # of 3 runs 0, 1 and 2 diverged


@pytest.mark.parametrize("losses", [LOST, [[INF] * 3] * 3, [[1e307, 1.0, INF]] * 3], ids=["some", "all", "huge"])
def test_every_value_at_which_runs_diverged_has_a_cross_that_says_so_above_all_losses(losses):
    figure = drawn(AXES[1:], losses)
    line, crosses, points = figure["data"]
    diverged = [each.count(INF) for each in losses]
    assert crosses["x"] == [place for place, count in enumerate(diverged) if count]
    for place, words in zip(crosses["x"], crosses["text"], strict=True):
        assert words == ("diverged" if diverged[place] == 3 else f"{diverged[place]} of 3<br>diverged")
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(low < math.log10(y) < high for y in (*crosses["y"], *points["y"]))
    highest = max((loss for each in losses for loss in each if loss < INF), default=0)
    assert all(y > highest for y in crosses["y"])
    for words, count in zip(points["customdata"], diverged, strict=True):
        assert ("diverged" in words) == (count > 0)
    for place, each in enumerate(losses):
        median = np.median(each)
        assert line["y"][place] == (median if median < INF else None)
        assert points["y"][place] == (median if median < INF else crosses["y"][0])
        if INF in each and median < INF:  # the greatest is out of sight: the bar goes to the cross
            assert median + line["error_y"]["array"][place] == pytest.approx(crosses["y"][0])


def test_what_is_said_beside_a_point_fits_on_a_phone():
    plan = SweepPlan(Experiment(), (AXES[1][:2],), 3, 10_000)
    stopped = [result(loss)._replace(stopped=8888, waited_for="test_loss") for loss in (0.0123, 0.0145, INF)]
    cells = summary(plan, {(0, seed): each for seed, each in enumerate(stopped)})
    words = sweep_figure(PALETTES["light"], cells, ["Units"], [AXES[1].words])["data"][-1]["customdata"][0]
    assert words.replace("<br>", " ") == describe_cell(cells[0])
    assert len(words) > 100
    assert max(map(len, words.split("<br>"))) <= 22  # of 13 px, beside a point in the middle of 390 px


def test_where_nothing_diverged_there_is_no_cross_and_no_room_for_one():
    without, some = drawn(AXES[1:], [[0.02, 0.01, 0.03]] * 3), drawn(AXES[1:], [*LOST[:1] * 2, [INF] * 3])
    assert without["data"][1]["x"] == []
    (low, high), (same, higher) = without["layout"]["yaxis"]["range"], some["layout"]["yaxis"]["range"]
    assert low == same
    assert high < higher


def digits(number):
    return len(number.partition("e")[0].replace(".", "").lstrip("0"))


def test_as_written_too_a_median_is_in_its_range_and_has_as_many_digits():
    random = np.random.RandomState(0)
    spread = 10 ** random.uniform(-12, 4, (6, 1)) * (1 + 10 ** random.uniform(-4, 0, (6, 3)))
    losses = [*spread.tolist()[:3], [0.2502, 0.2498, 0.2511], [0.25, 0.25, 0.3], [0.026, 0.02314, 0.0209]]
    figure = drawn(AXES, losses)
    lines = [text.replace("–", "").split("<br>") for row in figure["data"][0]["text"] for text in row]
    for each, (median, low, high) in zip(losses, lines, strict=True):
        assert float(low) <= float(median) <= float(high)
        assert {digits(number) for number in (median, low, high)} == {3}
        np.testing.assert_allclose([float(low), float(median), float(high)], sorted(each), rtol=0.00501)
    assert lines[-1] == ["0.0231", "0.0209", "0.0260"]


@pytest.mark.parametrize("axes", [AXES, AXES[1:]], ids=["two", "one"])
def test_the_chosen_cell_is_outlined_and_the_others_stay_as_they_were(axes):
    losses = (LOST * 2)[: 6 if len(axes) == 2 else 3]
    before = drawn(axes, losses)
    for chosen in range(len(losses)):
        figure = drawn(axes, losses, chosen)
        go.Figure(figure)
        points = figure["data"][-1]
        if len(axes) == 2:
            (shape,) = figure["layout"]["shapes"]
            inside = [
                shape["x0"] < x < shape["x1"] and shape["y0"] < y < shape["y1"]
                for x, y in zip(points["x"], points["y"], strict=True)
            ]
            assert figure["data"] == before["data"]
        else:
            inside = [width > 0 for width in points["marker"]["line"]["width"]]
            assert figure["data"][:-1] == before["data"][:-1]
            assert points["marker"]["color"] == before["data"][-1]["marker"]["color"]
        assert [place for place, within in enumerate(inside) if within] == [chosen]


@pytest.mark.parametrize("name", PALETTES)
def test_what_is_written_on_the_map_can_be_read_on_all_its_colours(name):
    trace = drawn(AXES, LOST * 2, palette=PALETTES[name])["data"][0]
    for _, color in trace["colorscale"]:
        ground = blend(color, BACKGROUNDS[name], trace["opacity"])
        assert contrast(trace["textfont"]["color"], ground) >= 4.5  # WCAG 2.2, 1.4.3


def test_a_cell_is_described_by_its_values():
    plan = SweepPlan(Experiment(), tuple((name, values) for name, values, _ in AXES), 1, 10)
    for place, (rate, units) in enumerate(plan.values):
        assert cell_in_words(place, AXES) == f"Learning rate {rate}, Units {units}"


def test_a_setting_of_all_layers_changes_each():
    experiment = Experiment(layers=(3, 4), activations=("relu", "tanh"))
    assert with_values(experiment, {"units": 7}).layers == (7, 7)
    assert with_values(experiment, {"activation": "sine"}).activations == ("sine", "sine")


def test_a_sweep_is_trained_while_the_page_goes_on_and_one_at_a_time():
    page = Page(view="sweep").set(sweep_learning_rate_values="0.1, 0.2", sweep_seeds=2, sweep_epochs=20)
    page.click("sweep_start")
    runner = page.visit.sweep.runner
    assert len(runner.plan.runs()) == 4
    end = time.monotonic() + 60
    while runner.poll().ended is None and time.monotonic() < end:
        time.sleep(0.05)
    page.run()
    assert not page.widget("sweep_start").disabled
    trainer = Experiment(learning_rate=0.2, seed=1).make_trainer(Experiment().make_problem())
    trainer.train(20)
    assert runner.results[1, 1].loss == trainer.loss


def test_the_page_says_how_many_runs_diverged_and_what_is_chosen_can_be_opened_until_the_next_sweep():
    page = Page(view="sweep").set(sweep_learning_rate_values="0.1, 100", sweep_seeds=2, sweep_epochs=300)
    page.click("sweep_start")
    runner = page.visit.sweep.runner
    end = time.monotonic() + 60
    while runner.poll().ended is None and time.monotonic() < end:
        time.sleep(0.05)
    page.run()
    assert [runner.results[1, seed].diverged for seed in range(2)] == [True, True]
    captions = [caption.value for caption in page.app.caption]
    assert any(caption.endswith("4 of 4 runs were trained; 2 diverged.") for caption in captions)
    assert any("Click a point" in caption for caption in captions)
    page.visit.sweep.chosen = 1
    page.run()
    assert page.widget("sweep_open").label == "Open Learning rate 100"
    assert any(text.value == "**Learning rate 100**: diverged." for text in page.app.markdown)
    page.click("sweep_open")
    assert page.experiment.learning_rate == 100
    page.set(learning_rate=0.1)
    page.click("sweep_start")
    page.visit.sweep.cancel()
    assert page.visit.sweep.chosen is None


def test_a_sweep_waits_its_turn_and_the_page_says_so():
    others = [SweepRunner(ENDLESS, 1) for _ in range(2)]
    page = Page(view="sweep").set(sweep_learning_rate_values="0.1, 0.2", sweep_seeds=1, sweep_epochs=10)
    page.click("sweep_start")
    for words in ("2 sweeps of others are before it", "1 sweep of another visitor is before it"):
        (progress,) = page.app.get("progress")
        assert progress.proto.text == f"The sweep of 2 runs waits its turn: {words}"
        others.pop(0).cancel()
        page.run()
    until(lambda: page.visit.sweep.runner.poll().ended == "The sweep is done.")


def test_too_large_a_sweep_is_rejected_and_not_started():
    page = Page(view="sweep").set(sweep_epochs=20_000, sweep_seeds=9)
    page.set(sweep_learning_rate_values=", ".join(f"0.0{i}" for i in range(1, 10)))
    page.set(points=1000, batch_size=10)
    page.click("sweep_start")
    if page.visit.sweep.runner is not None:
        page.visit.sweep.cancel()
        pytest.fail("it was started")
    assert page.said("error")
    assert page.message.endswith("No sweep was started.")


def test_a_race_is_started_paused_and_continued():
    page = Page(view="race").click("race_start")
    race = page.visit.race.race
    assert [e.learning_rate for e in race.experiments] == [0.032, 0.1, 0.32]
    race.tick()
    page.run().click("race_turn")
    assert not race.playing
    epoch = race.epoch
    assert epoch > 0
    page.click("race_turn")
    assert race.playing
    page.set(race_knob="optimizer")
    assert not page.widget("race_start").disabled
    page.click("race_start")
    assert page.visit.race.race is not race
    assert len({experiment.optimizer for experiment in page.visit.race.race.experiments}) == 3


def test_invalid_values_are_reported_beside_them():
    page = Page(view="race").set(race_learning_rate_values="0.1, fast")
    assert page.widget("race_start").disabled
    assert "fast" in " ".join(each.value for each in page.app.markdown)
