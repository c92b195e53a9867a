"""What matters is in sight without scrolling, whole, on a desktop, a laptop and a phone; training moves none of it."""

import pytest

from tests.support.browser import button, wait_for_epoch, wait_until_idle

TRANSPORT = ".st-key-transport > *"
NUMBERS = ".board .numbers > div"
FIT, LOSS, LAYERS = ".board .card.fit", ".board .card.loss", ".board .layers .card"
ALL = (TRANSPORT, NUMBERS, FIT, LOSS, LAYERS)
PHONE = {"has_touch": True, "is_mobile": True}
PLANE = "/?problem=spiral&loss=cross_entropy&test_fraction=0.2"
SCREENS = [
    ("/", 1440, 900, {}, ALL),
    ("/", 1366, 768, {}, ALL),
    (PLANE, 1440, 900, {}, ALL),
    ("/?layers=8,8,6,4&activations=tanh,tanh,tanh,tanh", 1366, 768, {}, ALL),
    ("/", 390, 844, PHONE, (TRANSPORT, NUMBERS, FIT)),
    ("/", 844, 390, PHONE, (TRANSPORT, FIT)),
]
FIRST = ("problem", "target", "layer_count", "layers_0", "activations_0", "learning_rate", "optimizer")


def boxes_of(page, selector):
    """The boxes of the elements that are shown: [left, top, right, bottom] each, in whole pixels."""
    return page.eval_on_selector_all(
        selector,
        """elements => elements.map((element) => element.getBoundingClientRect()).filter(({ width }) => width)
           .map(({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round))""",
    )


def assert_whole(page, selector):
    size = page.viewport_size
    boxes = boxes_of(page, selector)
    assert boxes
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= size["width"], (selector, boxes)
        assert 0 <= top < bottom <= size["height"], (selector, boxes)


@pytest.mark.parametrize(("path", "width", "height", "device", "parts"), SCREENS)
def test_what_matters_is_in_sight_and_stays_where_it_is(open_page, path, width, height, device, parts):
    page = open_page(path, viewport={"width": width, "height": height}, **device)
    wait_until_idle(page)
    for selector in parts:
        assert_whole(page, selector)
    at_rest = {selector: boxes_of(page, selector) for selector in parts}
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    assert {selector: boxes_of(page, selector) for selector in parts} == at_rest
    button(page, "Pause").click()
    page.get_by_text("Paused at epoch").wait_for()
    wait_until_idle(page)
    assert {selector: boxes_of(page, selector) for selector in parts} == at_rest


def test_on_a_phone_the_loss_is_right_below_the_fit(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, **PHONE)
    (fit,), (loss,) = boxes_of(page, FIT), boxes_of(page, LOSS)
    assert fit[3] < loss[1] < 844
    assert loss[1] - fit[3] < 20


def test_the_sidebar_shows_what_a_beginner_turns_and_the_names_of_all_groups(open_page):
    page = open_page()
    for key in FIRST:
        assert_whole(page, f".st-key-{key}")
    assert len(boxes_of(page, "[data-testid=stSidebar] summary")) == 5
    assert_whole(page, "[data-testid=stSidebar] summary")


def test_a_group_opens_when_a_setting_in_it_is_changed_and_does_not_close_under_the_hand(open_page):
    page = open_page("/?noise=0.2")
    summary = page.locator("[data-testid=stSidebar] summary").first
    summary.get_by_text("Data · 1 changed").wait_for()
    noise = page.get_by_role("slider", name="Noise")
    noise.focus()
    noise.press("Home")
    summary.get_by_text("Data", exact=True).wait_for()
    assert page.locator("[data-testid=stSidebar] details").first.get_attribute("open") is not None


def test_keys_are_shown_where_there_are_keys(open_page):
    assert open_page().locator(".st-key-transport kbd:visible").count() == 4
    page = open_page(viewport={"width": 390, "height": 844}, **PHONE)
    assert page.locator(".st-key-transport kbd:visible").count() == 0
