"""The sidebar's groups: they hold every control that a beginner does not turn, and open when one is not the default."""

import pytest

from playground.experiment import DEFAULTS
from tests.support.page import Page
from tests.support.visits import open_visit

FIRST = {"problem", "target", "layer_count", "layers_0", "activations_0", "learning_rate", "optimizer", "suit"}
GROUPS = ["Data", "Network", "Training", "Regularisation", "Stop conditions"]


def groups(page):
    """The label of each group with a change, and the names of those that the page opens."""
    blocks = list(page.app.sidebar.expander)
    assert [block.label.split(" · ")[0] for block in blocks] == GROUPS
    labels = [block.label for block in blocks if "·" in block.label]
    return labels, [block.label.split(" · ")[0] for block in blocks if block.proto.expanded]


def test_what_a_beginner_turns_stands_before_the_groups_and_they_are_closed(page):
    first = page.app.container(key="first")
    keys = {element.key for kind in ("selectbox", "text_input", "slider", "button") for element in first.get(kind)}
    assert keys == FIRST - {"layer_count"}
    assert page.widget("layer_count").value == 1
    assert groups(page) == ([], [])


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ({"noise": "0.2", "points": "50"}, "Data · 2 changed"),
        ({"problem": "spiral", "features": "x1,x2,sin_x1"}, "Data · 1 changed"),
        ({"seed": "3"}, "Network · 1 changed"),
        ({"optimizer": "adam", "beta1": "0.8", "schedule": "cosine"}, "Training · 2 changed"),
        ({"l2": "0.01", "freeze": "1"}, "Regularisation · 2 changed"),
        ({"max_epochs": "500"}, "Stop conditions · 1 changed"),
    ],
)
def test_a_link_opens_the_group_of_what_it_changes(address, label):
    assert groups(Page(**address)) == ([label], [label.split(" · ")[0]])


def test_what_is_not_on_the_page_opens_nothing(page):
    page.set(optimizer="momentum").set(momentum=0.5)
    assert groups(page) == (["Training · 1 changed"], ["Training"])
    assert groups(Page(momentum="0.5")) == ([], [])


def test_a_group_stays_open_when_its_change_is_taken_back_by_hand(page):
    page.set(noise=0.2)
    assert groups(page) == (["Data · 1 changed"], ["Data"])
    page.set(noise=DEFAULTS["noise"])
    assert groups(page) == ([], ["Data"])


def test_a_lesson_opens_what_it_changes_and_closes_what_it_does_not():
    visit = open_visit(l2="0.1").visit
    is_open = visit.groups.is_open
    assert (is_open("Regularisation", ["l2"]), is_open("Data", ["noise"])) == (True, False)
    visit.lesson.begin("noise")
    assert (is_open("Regularisation", ["l2"]), is_open("Data", ["noise"])) == (False, True)
