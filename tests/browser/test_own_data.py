"""The visitor's own data in a browser: formulas, files and tables, valid and invalid."""

from tests.support.browser import (
    STILL_FIT,
    button,
    choose,
    fill,
    go,
    number,
    only_chromium,
    open_group,
    pause,
    place_of,
    training_points,
    type_into,
    wait_for_address,
    wait_for_epoch,
    wait_for_points,
    wait_for_value,
    wait_until_idle,
    wait_until_still,
)

KEY_MS = 80  # from key to key: the table opens the field of a cell with the first one


def upload(page, text):
    page.locator("input[type=file]").set_input_files({"name": "own.csv", "mimeType": "text/csv", "buffer": text})


def test_a_custom_formula_is_learnt_test_points_have_a_loss_of_their_own_and_an_invalid_formula_is_reported(open_page):
    page = open_page()
    choose(page, "Target", "Own formula")
    fill(page, "textbox", "y =", "where(x < 0, -1, 1)")
    page.wait_for_function(f"{STILL_FIT}.data[1].y[0] === -1")
    open_group(page, "Data")
    slider = page.get_by_role("slider", name="Test points")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    page.wait_for_function(f"{STILL_FIT}.data[2].x.length === 20")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 300")
    pause(page)
    tested = page.evaluate("document.querySelector('[data-testid=loss-chart] .plot').data[2]")
    assert tested["line"]["dash"] == "dash"
    assert number(page, "test-loss") > 0
    button(page, "Keep and share").click()
    with page.expect_download() as download:
        button(page, "Points and fit").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "x,y,network,test point"
    assert len(lines) == 101
    assert sum(line.endswith(",1") for line in lines[1:]) == 20
    page.keyboard.press("Escape")

    epoch = number(page, "epoch")
    fill(page, "textbox", "y =", "__import__('os').system('ls')")
    page.locator(".st-key-message").get_by_text("Character 1").wait_for()
    assert number(page, "epoch") == epoch


def test_what_is_typed_and_stands_in_an_address_is_taken_as_meant_or_answered(open_page):
    page = open_page(path="/?target=step&layers=5,4&learning_rate=0.3&noise=maybe")
    page.get_by_text("Noise must be a number from 0 to 1, not 'maybe'.").wait_for()
    page.wait_for_selector("[data-testid=weights-chart-3] image")
    rate = page.get_by_role("textbox", name="Learning rate", exact=True)
    wait_for_value(rate, "0.3")
    type_into(rate, "0,05")  # a decimal comma
    page.wait_for_function("location.search.includes('learning_rate=0.05')")
    wait_for_value(rate, "0.05")
    assert "noise" not in page.url
    type_into(rate, "500")
    message = page.locator(".st-key-message")
    message.get_by_text("Learning rate must be a number from 1e-06 to 100, not '500'.").wait_for()
    wait_for_value(rate, "0.05")
    open_group(page, "Stop conditions")
    fill(page, "textbox", "Stop after epochs", "20.000")
    message.get_by_text('"20.000" can be 20 or 20000: write one of these.').wait_for()
    assert "max_epochs" not in page.url

    page.set_viewport_size({"width": 390, "height": 844})  # there the sidebar lies over the page
    if not page.get_by_test_id("stSidebarCollapseButton").is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
    type_into(rate, "500")
    refusal = message.locator(".stAlert")
    refusal.get_by_text("Learning rate must be a number").wait_for()
    box = refusal.bounding_box()
    assert page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('.st-key-message')",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )


def test_a_file_is_learnt_and_a_broken_one_changes_nothing(open_page):
    page = open_page()
    choose(page, "Target", "Own points or file")
    page.locator("input[type=file]").wait_for(state="attached")
    good = b"year;value\n1990;1.5\n2000;-2\n2010;4\n"
    upload(page, good)
    page.wait_for_function(f"{STILL_FIT}.data[1].x[0] === 1990")
    shown = page.get_by_test_id("stFileChip")
    shown.wait_for()
    assert training_points(page) == [[1990, 2000, 2010], [1.5, -2, 4]]
    page.get_by_text("target", exact=True).first.wait_for(state="hidden")
    open_group(page, "Data")
    choose(page, "Scaling", "Standardised")
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 100")
    pause(page)
    epoch = number(page, "epoch")
    upload(page, b"x,y\n1,2\n3,abc\n")
    error = page.locator(".st-key-message").get_by_text('Line 3, column 2 (y): "abc" is not a number')
    error.wait_for()
    shown.wait_for(state="detached")  # the refused file is not shown as if it were in use
    assert number(page, "epoch") == epoch
    upload(page, good)
    error.wait_for(state="detached")
    shown.wait_for()
    button(page, "Undo the last change to the points").click()
    page.wait_for_function(f"{STILL_FIT}.data[1].x[0] === -2")
    upload(page, b"a,b,kind\n1,2,Iris-versicolor\n2,4,Iris-virginica\n4,3,Iris-setosa of the north\n")
    page.locator(".beside-map th").get_by_text("Iris-setosa of the north").first.wait_for()
    beside = page.locator(".beside-map")
    assert beside.evaluate("element => element.scrollWidth <= element.clientWidth")  # the names stay in its tile


def test_points_are_put_moved_and_removed_by_mouse_and_key_and_a_list_of_them_is_typed(open_page):
    page = open_page()
    choose(page, "Target", "Own points or file")
    wait_for_points(page, 5)
    page.wait_for_selector("[data-testid=fit-chart].editable")
    page.mouse.click(*place_of(page, 0.5, 0.6))
    wait_for_points(page, 6)
    assert [0.5, 0.6] in [[round(x, 1), round(y, 1)] for x, y in zip(*training_points(page), strict=True)]

    page.mouse.move(*place_of(page, -1, 0))
    page.mouse.down()
    page.mouse.move(*place_of(page, -1.4, 0.5), steps=5)
    page.mouse.up()
    page.wait_for_function(f"Math.abs({STILL_FIT}.data[1].x[1] + 1.4) < 0.03")
    wait_for_points(page, 6)
    page.mouse.click(*place_of(page, 2, 1))
    page.keyboard.press("Delete")
    wait_for_points(page, 5)
    assert max(training_points(page)[0]) == 1
    for count in (6, 6, 5):
        button(page, "Undo the last change to the points").click()
        wait_for_points(page, count)
    assert training_points(page) == [[-2, -1, 0, 1, 2], [1, 0, 1, 0, 1]]

    canvas = page.locator("[data-testid=stDataFrame] canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + 60, box["y"] + 52)  # the first cell
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    editor = page.locator(".gdg-input")
    for count, (x, y) in enumerate([("3", "0,5"), ("4", "-1")], start=6):
        page.keyboard.press("Enter")  # on the row below the last: a new one
        editor.wait_for()
        page.keyboard.type(x, delay=KEY_MS)
        page.keyboard.press("Tab")
        page.get_by_text("A row that is not complete yet is left out.").wait_for()
        wait_until_idle(page)
        page.keyboard.type(y, delay=KEY_MS)
        page.keyboard.press("Enter")
        wait_for_points(page, count)
        assert page.evaluate("!!document.activeElement.closest('[data-testid=stDataFrame]')")
        page.keyboard.press("ArrowLeft")
    typed = [[-2, -1, 0, 1, 2, 3, 4], [1, 0, 1, 0, 1, 0.5, -1]]
    assert training_points(page) == typed

    page.emulate_media(reduced_motion="reduce")  # the page scrolls at once
    page.locator(".st-key-views").get_by_text("Network", exact=True).click()
    page.get_by_role("radio", name="Forward").click()
    for place, address in (((0.5, 0.6), r"&x=0\.(4[6-9]|5)"), ((1, 0), "&example=3")):
        button(page, "Pick x on the fit").click()  # and then a click puts no point
        page.wait_for_selector("[data-testid=fit-chart].picking")
        page.wait_for_function(FIT_IS_IN_SIGHT)
        wait_until_still(page)
        page.mouse.click(*place_of(page, *place))
        wait_for_address(page, address)
    assert training_points(page) == typed
    page.emulate_media(reduced_motion="null")


FIT_IS_IN_SIGHT = """() => {
    const { top, bottom } = document.querySelector("[data-testid=fit-chart]").getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
}"""
NO_STORAGE = (
    'Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError") } })'
)


@only_chromium("its driver lets a page read the clipboard")
def test_a_pasted_block_keeps_the_focus_and_long_points_are_warned_of_where_there_is_no_storage(open_page, address):
    permissions = ["clipboard-read", "clipboard-write"]
    page = open_page("/?target=points", prepare=lambda page: page.add_init_script(NO_STORAGE), permissions=permissions)
    canvas = page.locator("[data-testid=stDataFrame] canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(f"{i};{i % 7 / 8}" for i in range(400)))
    page.mouse.click(box["x"] + 60, box["y"] + 52)  # the first cell
    page.keyboard.press("Control+v")
    page.get_by_text("this browser allows the page no storage").wait_for()
    page.wait_for_function("!!document.activeElement.closest('[data-testid=stDataFrame]')")
    choose(page, "Target", "Sine")
    wait_until_idle(page)
    assert page.get_by_text("this browser allows the page no storage").is_visible()
    go(page, f"{address}/")
    button(page, "Step").click()
    page.get_by_text("Loaded again, this page begins anew: this browser allows the page no storage.").wait_for()
