"""The comparison of runs: what is pinned stays as it was, differs where it differs, and can be opened again."""

import re

import numpy as np
import plotly.graph_objects as go
import pytest

from playground.compare.comparison import differences, pin
from playground.experiment import Experiment
from playground.figures.comparison import fits_figure, losses_figure
from playground.figures.palette import PALETTES
from playground.session.pins import LETTERS
from tests.support.page import Page
from tests.support.runs import played


def test_a_pinned_run_stays_as_it_was():
    player = played(test_fraction=0.2)
    run = pin(player, "A")
    before = run.epoch, run.loss, run.test_loss, run.output.copy(), run.losses.copy(), run.seconds.copy()
    player.play()
    player.tick()
    player.change(player.experiment.changed(target="step"))
    for kept, now in zip(
        before, (run.epoch, run.loss, run.test_loss, run.output, run.losses, run.seconds), strict=True
    ):
        np.testing.assert_array_equal(kept, now)
    assert run.losses[-1] == run.loss
    assert (run.epochs[0], run.epochs[-1]) == (0, run.epoch)


def test_seconds_rise_with_the_epochs_and_forget_what_was_gone_back_on():
    player = played(ticks=3)
    run = pin(player, "A")
    assert run.seconds[0] == 0
    assert (np.diff(run.seconds) >= 0).all()
    assert run.seconds[-1] == player.clock.last > 0
    early = player.recording.checkpoints[5].epoch
    player.go_to(early)
    back = pin(player, "B")
    assert back.seconds[-1] <= run.seconds[-1]
    player.train_one_frame()
    assert player.clock.up_to(10**9)[-1, 0] == player.trainer.epoch
    assert player.clock.last < run.seconds[-1] + 1


def test_only_what_differs_is_listed_and_no_pace():
    runs = [
        pin(played(**changes), "A")
        for changes in ({}, {"learning_rate": 0.2, "speed": 25}, {"layers": (3, 4), "activations": ("tanh", "tanh")})
    ]
    assert differences(runs) == {
        "layers": [(20,), (20,), (3, 4)],
        "activations": [("sigmoid",), ("sigmoid",), ("tanh", "tanh")],
        "learning_rate": [0.1, 0.2, 0.1],
    }
    assert differences(runs[:1]) == {}
    waiting = pin(played(patience=5), "B")  # where a run stops, it has learned otherwise
    assert differences([runs[0], waiting]) == {"patience": [0, 5]}


def test_the_accuracy_is_that_of_the_training_points():
    player = played(problem="xor", features=("product",), loss="cross_entropy", test_fraction=0.3)
    run = pin(player, "A")
    problem = player.problem
    predicted = player.trainer.network.evaluate(problem.Xs)[-1].A[0] > 0.5
    assert run.accuracy == np.mean(predicted == problem.samples[-1])


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("by", ["epochs", "seconds"])
def test_every_run_has_its_line_and_colour(palette, by):
    runs = [pin(played(learning_rate=rate), name) for rate, name in ((0.1, "A"), (0.3, "B"), (0.2, "now"))]
    losses, fits = losses_figure(palette, runs, by=by), fits_figure(palette, runs)
    for figure in (losses, fits):
        go.Figure(figure)
    for run, trace, fit in zip(runs, losses["data"], fits["data"][2:], strict=True):
        assert (trace["name"], fit["name"]) == (run.name, run.name)
        assert trace["y"] == run.losses.tolist()
        assert trace["x"] == getattr(run, by).tolist()
        assert fit["y"] == run.output[0].tolist()
        assert losses["layout"]["xaxis"]["range"][1] >= max(trace["x"])
    assert len({trace["line"]["color"] for trace in losses["data"]}) == 3
    assert len(set(palette.series)) == len(palette.series) == len(LETTERS) + 1


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_a_pinned_run_is_seen_under_an_identical_present_one(palette):
    player = played()
    runs = [pin(player, name) for name in ("A", "now")]
    for figure in (losses_figure(palette, runs, by="epochs"), fits_figure(palette, runs)):
        under, over = figure["data"][-2:]
        assert under["y"] == over["y"]
        assert (under["line"]["dash"], over["line"]["dash"]) == ("solid", "dash")  # the later one is drawn on top


def test_the_legend_names_the_first_things_in_which_runs_differ():
    page = Page(view="compare").click("step").click("pin")
    assert legend_of(page) == ["A", "now"]
    page.set(learning_rate=0.3).click("reset").click("step")
    assert legend_of(page) == ["A · learning rate 0.1", "now · learning rate 0.3"]
    page.set(layers_0=5, l2=0.01)
    assert legend_of(page) == ["A · units 20, learning rate 0.1", "now · units 5, learning rate 0.3"]


def test_a_formula_is_text_and_no_markup():
    page = Page(view="compare", target="formula", formula="x * 2 ** x * (x < 3)").click("step").click("pin")
    page.set(formula="x * 2 ** x")
    assert legend_of(page) == ["A · y = x * 2 ** x * (x &lt; 3)", "now · y = x * 2 ** x"]
    assert table_of(page)[0] == ["y =", "x * 2 ** x * (x &lt; 3)", "x * 2 ** x"]


def legend_of(page):
    """What the legend says of each run, its colours aside."""
    words, *_ = (each.proto.body for each in page.app.get("html") if "</span>" in each.proto.body)
    return [part.split("&nbsp;")[0] for part in words.split("</span> ")[1:]]


def table_of(page):
    """The table's rows as texts, without its head; [] without a table."""
    tables = [each.proto.body for each in page.app.get("html") if "<table>" in each.proto.body]
    rows = re.findall("<tr>(.*?)</tr>", "".join(tables))[1:]
    return [re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_a_run_is_pinned_compared_opened_again_and_taken_off():
    page = Page(view="compare")
    assert page.widget("pin").disabled
    page.click("step").click("pin").set(learning_rate=0.3)
    page.click("reset").click("step")
    assert table_of(page)[0] == ["Learning rate", "0.1", "0.3"]
    page.click("open_A")
    assert page.experiment == Experiment()
    assert page.widget("learning_rate").value == "0.1"
    page.click("unpin_A")
    assert not table_of(page)


def test_there_are_six_at_most():
    page = Page(view="compare").click("step")
    for _ in range(6):
        page.click("pin")
    assert page.widget("pin").disabled
    assert [run.name for run in page.visit.pins.pinned] == list("ABCDEF")
    page.click("unpin_C").click("pin")
    assert [run.name for run in page.visit.pins.pinned] == list("ABDEFC")


def test_problems_2d_and_curves_can_be_pinned_together():
    page = Page(view="compare", problem="circle", loss="cross_entropy").click("step").click("pin")
    page.click("step")
    page.set(problem="curve").click("step")
    assert page.experiment.loss == "squared_error"
    page.click("pin")
    assert [run.problem.n_inputs for run in page.visit.pins.pinned] == [2, 1]
    charts = page.charts()
    losses, plane = ([(trace["type"], trace.get("name")) for trace in figure["data"]] for figure in charts.values())
    assert losses == [("scatter", name) for name in ("A", "B", "now")]  # the losses of planes and curves are comparable
    assert plane[0][0] == "heatmap"  # the fits are not: a plane has its map


def test_settings_that_were_changed_on_the_way_are_named_and_those_that_have_not_trained_are_not():
    page = Page(view="compare")
    page.click("step").set(learning_rate=0.3).click("step").set(optimizer="adam").click("pin")
    (run,) = page.visit.pins.pinned
    assert run.experiment.optimizer == "gradient_descent"
    assert run.experiment.learning_rate == 0.3
    assert run.status == "settings changed"
    table = next(element.proto.body for element in page.app.get("html") if "run-table" in element.proto.body)
    assert "<td>to epoch 12: learning rate 0.1</td>" in table
