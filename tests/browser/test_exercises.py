"""The exercises of docs/exercises.md on the page: each from its link to its goal, as a learner would."""

from urllib.parse import urlencode

import pytest

from tests.support.browser import button, fill, open_group, wait_for_epoch
from tests.support.exercises import QUERIES, TITLES

REACHED = "[data-testid=goal][data-reached=true]"


def add_a_unit(page):
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 100")  # with one unit it is no bump
    units = page.get_by_role("slider", name="Units 1")
    units.focus()
    units.press("ArrowRight")
    wait_for_epoch(page, "epoch === 0")
    button(page, "Train").click()


def choose_squares(page):
    button(page, "Train").click()  # with the inputs themselves it does not come to its goal by then, and that is said
    page.get_by_text("Too late in this run: press Reset").wait_for()
    button(page, "Reset").click()
    wait_for_epoch(page, "epoch === 0")
    open_group(page, "Data")
    for name in ("x₁²", "x₂²", "x₁", "x₂"):
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_function("location.search.includes('features=x1_squared%2Cx2_squared')")
    button(page, "Train").click()


def lower_the_rate(page):
    fill(page, "textbox", "Learning rate", "0.125")
    button(page, "Train").click()


def add_a_penalty(page):
    open_group(page, "Regularisation")
    fill(page, "textbox", "L2", "0.01")
    button(page, "Train").click()


def give(text):
    def give(page):
        field = page.get_by_role("textbox", name="Given weights")
        field.fill(text)
        field.press("Control+Enter")

    return give


WAYS = dict(
    zip(
        TITLES,
        [add_a_unit, choose_squares, lower_the_rate, add_a_penalty, give("0.1, 0.9\n1.85, -1.05"), give("1.1, 1.1")],
        strict=True,
    )
)


@pytest.mark.parametrize("title", TITLES)
def test_each_exercise_from_its_link_to_its_goal(open_page, title):
    page = open_page(f"/?{urlencode(QUERIES[title] | {'speed': '100'})}")  # the same, in less time
    assert page.get_by_test_id("goal").get_attribute("data-reached") == "false"
    WAYS[title](page)
    page.wait_for_selector(REACHED)
