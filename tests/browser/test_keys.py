"""Keys that come faster than answers, and values that the server sets meanwhile: the last act of the visitor counts."""

import re

from tests.support.browser import (
    STILL_FIT,
    button,
    number,
    open_group,
    place_of,
    wait_for_epoch,
    wait_for_value,
    wait_until_idle,
)


def assert_has_a_tip_but_not_while_it_trains(page):
    """The point 30 of the fit's chart."""
    tips = page.locator("[data-testid=fit-chart] .hoverlayer .hovertext")
    x, y = page.evaluate(f"[{STILL_FIT}.data[1].x[30], {STILL_FIT}.data[1].y[30]]")
    page.mouse.move(*place_of(page, x, y))
    tips.first.wait_for()
    page.mouse.move(5, 5)
    tips.first.wait_for(state="detached")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 20")
    page.mouse.move(*place_of(page, x, y), steps=5)
    now = number(page, "epoch")
    wait_for_epoch(page, f"epoch > {now + 50}")
    assert tips.count() == 0


def test_twenty_quick_presses_are_twenty_steps_however_late_the_answers_and_a_point_of_a_plane_has_a_tip(open_page):
    page = open_page("/?problem=spiral")
    for epoch in (12, 24):
        button(page, "Step").click()
        wait_for_epoch(page, f"epoch === {epoch}")
    open_group(page, "Data")
    slider = page.get_by_role("slider", name="Points", exact=False).first
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('points=120')")
    speed = page.get_by_role("slider", name="Speed", exact=False)
    speed.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('speed=1000')")
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("location.search.includes('speed=1') && !location.search.includes('speed=10')")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("!location.search.includes('speed')")
    page.wait_for_function(f"{STILL_FIT}.data[1].x.length === 120")
    wait_until_idle(page)
    wait_for_value(slider, "120")
    assert_has_a_tip_but_not_while_it_trains(page)


def test_keys_move_the_slider_of_the_timeline_and_the_old_seed_soon_after_a_new_start_is_the_visitors(open_page):
    page = open_page()
    for epoch in (12, 24, 36, 48, 60):
        button(page, "Step").click()
        wait_for_epoch(page, f"epoch === {epoch}")
    slider = page.get_by_role("slider", name=re.compile("Timeline"))
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    wait_for_epoch(page, "epoch === 12")
    button(page, "Earlier").click()  # keys do not undo what another button did
    wait_for_epoch(page, "epoch === 0")
    wait_until_idle(page)
    wait_for_value(page.get_by_role("slider", name="Timeline: moment 1 of 6"), "0")

    assert_has_a_tip_but_not_while_it_trains(page)
    open_group(page, "Network")
    button(page, "New start").click()
    page.wait_for_function("location.search.includes('seed=1')")
    field = page.get_by_label("Weight seed", exact=True)
    wait_for_value(field, "1")
    field.fill("0")
    field.press("Enter")
    page.wait_for_function("!location.search.includes('seed=')")
    wait_until_idle(page)
    wait_for_value(field, "0")
