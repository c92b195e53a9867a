"""The answer sheet: every stage of the step, each number of the walk, equations that browsers can draw."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from nn import ACTIVATIONS, LOSSES, OPTIMIZERS
from playground.analysis.walk import walk
from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.answer_sheet import answer_sheet
from playground.sharing.answer_sheet.mathml import to_mathml
from playground.sharing.answer_sheet.page import BLOCK_COLUMNS, MAX_NUMBERS, number
from tests.support.page import Page
from tests.support.runs import diverged

CASES = {
    "by hand": {"layers": (2,), "given": "0.5,0\n-1,1\n1,2,0.5", "target": "points"},
    "the posts'": {},
    "classes": {
        "problem": "rings",
        "loss": "cross_entropy",
        "dropout": 0.3,
        "layers": (3, 2),
        "activations": ("relu",) * 2,
    },
    "all that changes a step": {"l1": 0.1, "l2": 0.1, "clip": 0.01, "freeze": 1, "optimizer": "adam", "batch_size": 7},
}


class Tables(HTMLParser):
    """The texts of the cells of each table, and all text."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.text, self._in_cell = [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        self._in_cell = tag == "td"

    def handle_endtag(self, tag):
        self._in_cell = False

    def handle_data(self, data):
        self.text += data
        if self._in_cell:
            self.tables[-1][-1].append(data)


@pytest.mark.parametrize("example", [None, 0, 2])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_has_every_stage_and_every_matrix_of_the_walk(case, example):
    player = Player(Experiment(**case))
    player.train_one_frame()
    before = player.trainer.network.parameters.copy()
    sheet = Tables(answer_sheet(player, example))
    stages = walk(player.trainer, example)
    matrices = [matrix for stage in stages for matrix in stage.matrices]
    tables = iter(sheet.tables)
    for matrix in matrices:
        for first in range(0, matrix.values.shape[1], BLOCK_COLUMNS):
            block = matrix.values[:, first : first + BLOCK_COLUMNS]
            assert next(tables) == [[number(value) for value in row] for row in block]
    assert next(tables, None) is None
    for stage in stages:
        assert stage.name in sheet.text
        assert stage.source in sheet.text
    assert np.array_equal(player.trainer.network.parameters, before)


def test_a_wide_matrix_stands_in_blocks_whose_columns_are_named():
    page = answer_sheet(Player(Experiment(points=25, layers=(2,))))
    assert "columns 1 to 8</p>" in page
    assert "columns 17 to 24</p>" in page
    assert "column 25</p>" in page
    assert "numbers, more than" not in page
    assert "<p>column" not in answer_sheet(Player(Experiment(points=8, layers=(2,))))


def test_what_is_left_out_of_a_very_large_matrix_is_said():
    large = Experiment(points=500, layers=(21,))
    assert MAX_NUMBERS == 500 * 20
    page = answer_sheet(Player(large))
    assert "It has 10,500 numbers, more than 10,000: here are the first 21 rows and 8 columns." in page
    assert "numbers, more than" not in answer_sheet(Player(large.changed(layers=(20,))))


def test_an_example_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="example"):
        answer_sheet(Player(Experiment()), 100)


def test_it_runs_no_script_and_asks_nobody_and_what_the_visitor_wrote_is_text():
    page = answer_sheet(Player(Experiment(target="formula", formula="x < 1")))
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"https?://", page)


# --- Equations --------------------------------------------------------------------------------------------------------


EQUATIONS = {
    "Z^1 = W^1 A^0 + b^1": "Z1=W1A0+b1",
    r"\frac{1}{2m} \lVert A - Y \rVert_F^2": "12m‖A−Y‖F2",
    r"\tilde{A}^1 = A^1 * M^1 / (1 - p)": "A~1=A1∗M1/(1−p)",
    r"dZ^1 = dA^1 * g^1{}'(Z^1)": "dZ1=dA1∗g1′(Z1)",
    r"\begin{cases} r^2 / 2 & |r| \le 1 \\ |r| - 1/2 & |r| > 1 \end{cases}": "{r2/2|r|≤1|r|−1/2|r|>1",
    r"dW \leftarrow dW + \lambda_1 \operatorname{sign}(W)": "dW←dW+λ1sign(W)",
    r"\sqrt{s} + \varepsilon": "s+ε",
    r"1e-05 \to 0.25": "1e-05→0.25",
}


@pytest.mark.parametrize(("latex", "text"), EQUATIONS.items())
def test_an_equation_has_its_symbols_in_order(latex, text):
    assert "".join(ElementTree.fromstring(to_mathml(latex)).itertext()) == text


def test_scripts_and_fractions_have_their_places():
    squared = ElementTree.fromstring(to_mathml("x_k^2"))[0][0]
    assert (squared.tag, [part.text for part in squared]) == ("msubsup", ["x", "k", "2"])
    fraction = ElementTree.fromstring(to_mathml(r"\frac{a}{b}"))[0][0]
    assert (fraction.tag, ["".join(part.itertext()) for part in fraction]) == ("mfrac", ["a", "b"])


@pytest.mark.parametrize("unknown", [r"\href{x}{y}", r"\begin{matrix} 1 \end{matrix}"])
def test_a_command_that_no_stage_has_is_an_error(unknown):
    with pytest.raises(ValueError, match="stages"):
        to_mathml(unknown)


@pytest.mark.parametrize("latex", [
    *(f"g(z) = {g.equation}" for g in ACTIVATIONS.values()),
    *(text for loss in LOSSES.values() for text in (loss.equation, loss.derivative)),
    *(kind.equation for kind in OPTIMIZERS.values()),
])  # fmt: skip
def test_every_equation_of_a_registry_can_be_drawn(latex):
    ElementTree.fromstring(to_mathml(latex))


def test_the_walk_offers_it():
    page = Page(view="backprop")
    (offered,) = [button for button in page.app.get("download_button") if button.key == "answer_sheet"]
    assert offered.label == "Answer sheet, to print"


def test_the_rate_is_that_of_the_step_and_a_divergence_is_said():
    player = Player(Experiment(schedule="step", period=10, speed=12))
    assert "Learning rate 0.1, which the schedule makes of 0.1, gradient descent." in answer_sheet(player)
    player.train_one_frame()
    assert "Learning rate 0.05, which the schedule makes of 0.1, gradient descent." in answer_sheet(player)
    assert "Learning rate 0.1, gradient descent." in answer_sheet(Player(Experiment()))
    assert "The training diverged in the step to epoch" in answer_sheet(diverged(learning_rate=50.0))
