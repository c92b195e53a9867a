"""What matters is in sight without scrolling, whole, on a desktop, a laptop and a phone; training moves none of it."""

from tests.support.browser import button, choose, resize, wait_for_epoch, wait_until_idle

TRANSPORT = ".st-key-transport > *"
NUMBERS = ".board .numbers > div"
FIT, LOSS, LAYERS = ".board .card.fit", ".board .card.loss", ".board .layers .card"
ALL = (TRANSPORT, NUMBERS, FIT, LOSS, LAYERS)
PHONE = {"has_touch": True, "is_mobile": True}
FIRST = ("problem", "target", "layer_count", "layers_0", "activations_0", "learning_rate", "optimizer")
GROUPS = "[data-testid=stSidebar] summary"
KEYS = ".st-key-transport kbd:visible"


def boxes_of(page, selector):
    """The boxes of the elements that are shown: [left, top, right, bottom] each, in whole pixels."""
    return page.eval_on_selector_all(
        selector,
        """elements => elements.map((element) => element.getBoundingClientRect()).filter(({ width }) => width)
           .map(({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round))""",
    )


def assert_whole(page, selector):
    size = page.viewport_size
    page.locator(selector).first.wait_for()
    boxes = boxes_of(page, selector)
    assert boxes
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= size["width"], (size, selector, boxes)
        assert 0 <= top < bottom <= size["height"], (size, selector, boxes)


def labels_cut_off(page):
    """The words above the numbers of the board that are wider than their room."""
    return page.eval_on_selector_all(
        ".board .numbers dt",
        """labels => labels.filter((label) => {
            const words = document.createRange();
            words.selectNodeContents(label.firstChild);
            return words.getBoundingClientRect().right > label.getBoundingClientRect().right + 0.5;
        }).map(({ firstChild }) => firstChild.data)""",
    )


def assert_in_sight_and_still(page, screens):
    """On every screen, {(width, height): parts}, all is whole at rest, and stands there while it trains and after."""
    page.wait_for_function("document.querySelectorAll('.st-key-transport button p').length >= 4")  # with their words
    places = {}
    for screen, parts in screens.items():
        resize(page, *screen)
        for selector in parts:
            assert_whole(page, selector)
        places[screen] = {selector: boxes_of(page, selector) for selector in parts}

    def assert_still(screen):
        assert {selector: boxes_of(page, selector) for selector in screens[screen]} == places[screen], screen

    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    for screen in reversed(screens):
        resize(page, *screen)
        assert_still(screen)
    button(page, "Pause").click()
    page.get_by_text("Paused at epoch").wait_for()
    wait_until_idle(page)
    for screen in screens:
        resize(page, *screen)
        assert_still(screen)


def test_a_curve_on_a_desktop_and_a_laptop_and_what_a_beginner_turns(open_page):
    page = open_page()
    wait_until_idle(page)
    for key in FIRST:
        assert_whole(page, f".st-key-{key}")
    page.locator(GROUPS).nth(4).wait_for()
    assert len(boxes_of(page, GROUPS)) == 5
    assert_whole(page, GROUPS)
    page.locator(KEYS).nth(3).wait_for()
    assert page.locator(KEYS).count() == 4  # keys are shown where there are keys
    assert_in_sight_and_still(page, {(1440, 900): ALL, (1366, 768): ALL})


def test_a_plane_on_a_desktop_four_layers_on_a_laptop_and_a_group_that_does_not_close_under_the_hand(open_page):
    four = "layers=8,8,6,4&activations=tanh,tanh,tanh,tanh"
    page = open_page(f"/?problem=spiral&loss=cross_entropy&test_fraction=0.2&{four}")
    wait_until_idle(page)
    data = page.locator(GROUPS).first
    data.get_by_text("Data · 1 changed").wait_for()  # a group opens when a setting in it is changed
    assert_in_sight_and_still(page, {(1440, 900): ALL})
    tested = page.get_by_role("slider", name="Test points")
    tested.focus()
    tested.press("Home")
    data.get_by_text("Data", exact=True).wait_for()
    assert page.locator("[data-testid=stSidebar] details").first.get_attribute("open") is not None
    choose(page, "Problem", "A curve, or your own data")
    page.wait_for_selector("[data-testid=fit-chart] .moving .js-line")
    wait_until_idle(page)
    assert_in_sight_and_still(page, {(1366, 768): ALL})


def test_a_phone_upright_and_on_its_side(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, **PHONE)
    wait_until_idle(page)
    (fit,), (loss,) = boxes_of(page, FIT), boxes_of(page, LOSS)
    assert fit[3] < loss[1] < 844  # the loss is right below the fit
    assert loss[1] - fit[3] < 20
    assert page.locator(KEYS).count() == 0
    assert labels_cut_off(page) == []
    assert_in_sight_and_still(page, {(390, 844): (TRANSPORT, NUMBERS, FIT), (844, 390): (TRANSPORT, FIT)})
