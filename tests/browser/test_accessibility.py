"""axe-core finds nothing in any state of the page but what is Streamlit's own, which is listed here.

An exercise and own points on a phone, and an embedded page that trains, are looked at by tests that visit them anyway.
"""

from pathlib import Path

import pytest

from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.answer_sheet import answer_sheet
from playground.sharing.replay import replay_page
from playground.sharing.summary import summary_page
from tests.support.browser import button, wait_for_epoch, wait_until_idle
from tests.support.peers import missing

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
FIND = """axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target, html }) => [id, target.join(" "), html])))"""
STREAMLITS = [  # (rule, what the element's HTML holds): Streamlit's markup, which nothing of ours can change
    ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"'),  # a role of none, and a name all the same
]
PANELS = "network,units,layers,measures,backprop,gradient,landscape,compare,race,sweep"


@pytest.fixture
def findings():
    """findings(page) gives what axe finds: the rule, where, and the element's HTML."""
    if not AXE.exists():
        missing("axe-core is not installed: npm install", "REQUIRE_NODE")
    axe = AXE.read_text(encoding="utf-8")

    def findings(page, *, idle=True):
        if idle:
            wait_until_idle(page)
        page.evaluate(axe)
        found = page.evaluate(FIND)
        return [each for each in found if not any(each[0] == rule and part in each[2] for rule, part in STREAMLITS)]

    return findings


def test_at_the_start_while_it_trains_in_the_menus_and_in_the_pages_that_are_made(open_page, findings):
    page = open_page("/?stall_epochs=2000&stall_share=0.9&test_fraction=0.2&view=measures")
    assert findings(page) == []
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 50")
    assert findings(page, idle=False) == []
    page.get_by_text("epochs the loss has not been lower by more than 90 %").wait_for()  # it has stopped early
    assert findings(page) == []
    button(page, "Keep and share").click()
    page.get_by_text("Open a saved run").wait_for()
    player = Player(Experiment())
    for made in (summary_page(player, []), answer_sheet(player, 0), replay_page(player)):
        page.goto("about:blank")
        page.set_content(made)
        assert findings(page, idle=False) == []


def test_in_a_lesson_and_in_a_race(open_page, findings):
    page = open_page("/?lesson=one_unit&view=race")
    button(page, "Start the race").click()
    page.wait_for_function("Number(document.querySelector('.race')?.dataset.epoch) > 50")
    button(page, "Pause the race").click()
    button(page, "Continue the race").wait_for()
    assert findings(page) == []


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"/?view={PANELS}&face=backward&x=1.5", {}),
        ("/?problem=spiral&loss=cross_entropy&test_fraction=0.2&noise=0.2&view=units", {"color_scheme": "dark"}),
    ],
    ids=["panels", "a plane in the dark"],
)
def test_other_states(open_page, findings, path, options):
    assert findings(open_page(path, **options)) == []
