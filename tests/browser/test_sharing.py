"""Keeping and sharing in a browser: the link, the framed page, pictures, and a replay without a server."""

import contextlib

import pytest

from tests.support.browser import button, fill, go, number, pause, saved_picture, wait_for_epoch

SPIRAL = "/?problem=spiral&loss=cross_entropy&layers=6&test_fraction=0.3"


def pasted(page):
    """What is in the clipboard, pasted into a field by keyboard: a page may not read it in every browser."""
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
    page.locator("#pasted").focus()
    page.keyboard.press("ControlOrMeta+v")
    page.wait_for_function("document.querySelector('#pasted').value")
    return page.locator("#pasted").input_value()


def test_the_link_is_copied_and_opens_the_same_run_in_another_browser(open_page, browser):
    page = open_page("/?target=step&layers=5,4", permissions=["clipboard-read", "clipboard-write"])
    fill(page, "textbox", "Learning rate", "0.25")
    page.wait_for_function("location.search.includes('learning_rate=0.25')")
    button(page, "Keep and share").click()
    button(page, "Copy link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    page.keyboard.press("Escape")
    link = pasted(page)
    with contextlib.closing(browser.new_context()) as another:  # it shares nothing with the page
        other = another.new_page()
        go(other, link)
        for each in (page, other):
            button(each, "Step").click()
            wait_for_epoch(each, "epoch > 0")
        assert page.inner_text("[data-testid=loss]") == other.inner_text("[data-testid=loss]")


def test_an_embedded_page_is_charts_and_transport_alone_and_can_play_at_once(open_page):
    page = open_page(path="/?embed=true&target=step&play=1")
    wait_for_epoch(page, "epoch > 100")
    page.keyboard.press("Space")
    button(page, "Train").wait_for()
    epoch = number(page, "epoch")
    button(page, "Step").click()
    wait_for_epoch(page, f"epoch > {epoch}")
    assert page.get_by_text("See a neural network learn").count() == 0
    assert page.get_by_text("Look inside").count() == 0
    assert page.locator("[data-testid=stSidebar]").count() == 0
    assert "embed=true" in page.url


@pytest.mark.parametrize("path", ["/", SPIRAL], ids=["curve", "plane"])
def test_every_chart_can_be_saved_as_a_picture_and_the_run_as_a_replay_without_a_server(
    open_page, browser, path, tmp_path
):
    page = open_page(path=path)
    button(page, "Step").click()
    wait_for_epoch(page, "epoch > 0")
    cards = page.locator(".board .card")
    names = set()
    for place in range(cards.count()):
        menu = cards.nth(place).locator(".picture")
        for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
            menu.locator("summary").click()
            picture, name = saved_picture(page, menu.get_by_role("button", name=kind).click)
            assert picture.startswith(start)
            names.add(name)
    assert len(names) == 2 * cards.count()
    assert "fit-at-epoch-12.png" in names

    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 500")
    epoch = pause(page)
    loss = number(page, "loss")
    button(page, "Keep and share").click()
    with page.expect_download() as download:
        button(page, "Replay").click()
    download.value.save_as(tmp_path / "replay.html")
    context = browser.new_context(offline=True)
    complaints = []
    alone = context.new_page()
    alone.on("pageerror", lambda error: complaints.append(error))
    alone.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    alone.goto((tmp_path / "replay.html").as_uri())
    alone.wait_for_selector(".reel button:enabled")
    assert number(alone, "epoch") == 0
    alone.get_by_role("slider").focus()
    alone.keyboard.press("End")
    assert (number(alone, "epoch"), number(alone, "loss")) == (epoch, loss)
    button(alone, "Play").click()
    wait_for_epoch(alone, f"20 < epoch && epoch < {epoch}")  # it begins anew
    button(alone, "Pause").click()
    assert number(alone, "epoch") > 20
    context.close()
    assert complaints == []


def test_a_panels_chart_can_be_saved_too_by_keyboard_and_by_mouse(open_page):
    page = open_page(path="/?view=landscape,units", as_new=True)  # in Firefox a used tab has no focus
    page.wait_for_selector("[data-testid=units-chart] .js-line")
    page.keyboard.press("Tab")
    menu = page.locator("[data-testid=units-chart] .picture")
    menu.locator("summary").focus()
    assert menu.evaluate("menu => getComputedStyle(menu).opacity") == "1"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    picture, _ = saved_picture(page, lambda: page.keyboard.press("Enter"))
    assert picture.startswith(b"\x89PNG")
    button(page, "Map the loss").click()
    page.wait_for_selector("[data-testid=still-chart] .js-plotly-plot .contourlayer")
    for chart in ("[data-testid=still-chart]", "[data-testid=units-chart]"):
        page.locator(chart).scroll_into_view_if_needed()
        page.locator(chart).hover()
        for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
            page.locator(f"{chart} .picture summary").click()
            picture, _ = saved_picture(page, page.locator(f"{chart} .picture").get_by_role("button", name=kind).click)
            assert picture.startswith(start)
