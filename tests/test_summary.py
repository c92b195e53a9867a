"""The summary of a run: one file without scripts that says what was set, reached and predicted; every text is text."""

from html.parser import HTMLParser

import pytest

from playground.experiment import CONTROLS, Experiment
from playground.lessons import LESSONS
from playground.player import Player
from playground.session.summary import sections_of
from playground.sharing.export import numpy_script_of
from playground.sharing.replay import replay_page
from playground.sharing.summary import Section, summary_page
from tests.support.runs import diverged
from tests.support.visits import open_visit

LESSON = LESSONS["one_unit"]
ALLOWED = {
    *("html", "meta", "title", "style", "main", "h1", "h2", "div", "span", "section", "p", "table", "tr", "th", "td"),
    *("pre", "figure", "figcaption", "svg", "rect", "text", "polyline", "circle"),
}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.texts = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.texts.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


def trained(frames=3, **changes):
    player = Player(Experiment(**changes))
    for _ in range(frames):
        player.train_one_frame()
    return player


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"noise": 0.2, "test_fraction": 0.3},
        {"problem": "rings", "loss": "cross_entropy", "test_fraction": 0.2},
        {"problem": "plane"},
        {"target": "formula", "formula": "x**2 + 1"},
        {"learning_rate": 50.0, "speed": 1000},
    ],
    ids=["curve", "test points", "classes", "plane", "formula", "diverged"],
)
def test_it_has_settings_numbers_curves_and_code_and_nothing_else(changes):
    player = trained(**changes)
    reader = read(summary_page(player))
    text = " ".join(reader.texts)
    assert reader.tags <= ALLOWED
    assert not {name for name in reader.attributes if name.startswith("on") or name in ("src", "href")}
    assert all(control.label in text for name, control in CONTROLS.items() if name != "speed")
    assert f"{player.trainer.loss:.6g}" in text
    assert numpy_script_of(player) in "".join(reader.texts)
    assert {"polyline", "circle"} <= reader.tags
    assert "nan" not in summary_page(player).split("<pre>")[0].replace("naN", "")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{CODE}} &amp; </pre><b>", '"onload="x'])
def test_every_text_is_text(text):
    player = Player(Experiment())
    plain = read(summary_page(player, [Section("A", ["B"])]))
    page = summary_page(player, [Section(text, [text])])
    reader = read(page)
    assert reader.tags == plain.tags
    assert reader.attributes == plain.attributes
    assert "".join(reader.texts).count(text) == 2
    assert "default-src 'none'" in page


def test_it_says_what_was_asked_predicted_and_reached():
    visit = open_visit(lesson=LESSON.name, task="Fit <it>", goal="epoch>=12,loss<0").visit
    visit.lesson.predict(0)
    visit.step(None)
    visit.lesson.reveal()
    visit.check_goals()
    sections = sections_of(visit.player, visit.lesson, visit.exercise)
    text = "\n".join(line for section in sections for line in section.lines)
    assert f"Prediction: {LESSON.choices[0]}." in text
    assert f"Answer: {LESSON.choices[LESSON.right]}." in text
    assert "The goal was not reached yet." in text
    assert "Fit <it>" in text
    assert "✓ Epoch ≥ 12: now 12" in text
    assert "○ Loss < 0: now" in text
    assert "Not reached yet." in text
    visit = open_visit(goal="epoch>=12").visit
    visit.step(None)
    visit.check_goals()
    (section,) = sections_of(visit.player, visit.lesson, visit.exercise)
    assert "Reached at epoch 12." in section.lines
    assert sections_of(visit.player, open_visit().visit.lesson, open_visit().visit.exercise) == []


def test_it_says_how_the_run_was_trained_before_its_settings_were_changed_and_not_what_is_set_and_not_trained():
    player = trained(frames=2)
    player.change(player.experiment.changed(learning_rate=0.3))
    player.train_one_frame()
    player.change(player.experiment.changed(learning_rate=0.789, optimizer="adam"))
    text = " ".join(read(summary_page(player)).texts)
    assert "Up to epoch 24 Learning rate 0.1" in text
    assert "Learning rate * 0.3" in text
    assert "0.789" not in text
    assert "with every change of its settings" in text


@pytest.mark.parametrize("export", [summary_page, replay_page])
def test_of_an_untrained_or_diverged_run_it_says_so(export):
    assert "The network is not trained: this is epoch 0." in export(Player(Experiment()))
    player = diverged(learning_rate=50.0, activations=("relu",))
    epoch = player.trainer.epoch
    said = f"The training diverged in the step to epoch {player.trainer.diverged.epoch:,}: this is epoch {epoch:,}"
    assert said in export(player)
    assert "diverged in the step" not in export(trained())
    assert "not trained:" not in export(trained())
