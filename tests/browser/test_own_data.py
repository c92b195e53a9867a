"""One's own data in a browser: a formula, a file and a table, good and bad."""

from tests.browser.test_live_page import button, number, pause, wait_for_epoch


def choose(page, name, option):
    box = page.get_by_role("combobox", name=name, exact=True)
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name=option, exact=True).click()


def upload(page, text):
    page.locator("input[type=file]").set_input_files({"name": "own.csv", "mimeType": "text/csv", "buffer": text})


def points(page):
    """The training points that the fit chart shows."""
    return page.evaluate(
        """() => { const trace = document.querySelector('[data-testid=fit-chart] .still').data[1];
                   return [Array.from(trace.x), Array.from(trace.y)]; }"""
    )


def test_a_formula_of_ones_own_is_learnt_and_a_bad_one_is_pointed_at(open_page):
    page = open_page()
    choose(page, "Target", "Own formula")
    field = page.get_by_role("textbox", name="y =")
    field.fill("where(x < 0, -1, 1)")
    field.press("Enter")
    page.wait_for_function("document.querySelector('[data-testid=fit-chart] .still').data[1].y[0] === -1")
    button(page, "Train").click()
    wait_for_epoch(page, "e > 100")
    pause(page)
    epoch = number(page, "epoch")
    field.fill("__import__('os').system('ls')")
    field.press("Enter")
    page.locator(".st-key-message").get_by_text("Character 1").wait_for()
    assert number(page, "epoch") == epoch


def test_a_link_opens_its_experiment_and_follows_the_controls(open_page):
    page = open_page(path="/?target=step&layers=5,4&learning_rate=0.3&noise=maybe")
    page.get_by_text("Noise must be a number from 0 to 1, not 'maybe'.").wait_for()
    page.wait_for_selector("[data-testid=weights-chart-3] image")
    rate = page.get_by_role("spinbutton", name="Learning rate")
    assert rate.input_value() == "0.3"
    rate.fill("0.25")
    rate.press("Enter")
    page.wait_for_function("location.search.includes('learning_rate=0.25')")
    assert "noise" not in page.url
    button(page, "Step").click()
    wait_for_epoch(page, "e > 0")
    again = open_page(path="/" + page.url[page.url.index("?") :])
    button(again, "Step").click()
    wait_for_epoch(again, "e > 0")
    assert again.inner_text("[data-testid=loss]") == page.inner_text("[data-testid=loss]")


def test_a_file_is_learnt_and_a_broken_one_changes_nothing(open_page):
    page = open_page()
    choose(page, "Target", "Own points or file")
    page.locator("input[type=file]").wait_for(state="attached")
    upload(page, b"year;value\n1990;1.5\n2000;-2\n2010;4\n")
    page.wait_for_function("document.querySelector('[data-testid=fit-chart] .still').data[1].x[0] === 1990")
    assert points(page) == [[1990, 2000, 2010], [1.5, -2, 4]]
    page.get_by_text("target", exact=True).first.wait_for(state="hidden")
    choose(page, "Scaling", "Standardised")
    button(page, "Train").click()
    wait_for_epoch(page, "e > 100")
    pause(page)
    epoch = number(page, "epoch")
    upload(page, b"x,y\n1,2\n3,abc\n")
    page.locator(".st-key-message").get_by_text('Line 3, column 2 (y): "abc" is not a number').wait_for()
    assert number(page, "epoch") == epoch
    button(page, "Undo the last change of points").click()
    page.wait_for_function("document.querySelector('[data-testid=fit-chart] .still').data[1].x[0] === -2")


def test_test_points_have_a_loss_of_their_own_dashed(open_page):
    page = open_page()
    slider = page.get_by_role("slider", name="Test points")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowRight")
    page.wait_for_function("document.querySelector('[data-testid=fit-chart] .still').data[2].x.length === 20")
    button(page, "Train").click()
    wait_for_epoch(page, "e > 300")
    pause(page)
    tested = page.evaluate("document.querySelector('[data-testid=loss-chart] .plot').data[2]")
    assert tested["line"]["dash"] == "dash"
    assert float(page.get_attribute("[data-testid=test-loss]", "data-value")) > 0
    button(page, "Keep and share").click()
    with page.expect_download() as download:
        button(page, "Points and fit").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "x,y,network,test point"
    assert len(lines) == 101
    assert sum(line.endswith(",1") for line in lines[1:]) == 20


def place_of(page, x, y):
    """Where x and y are on the page, over the fit chart."""
    left, top = page.evaluate(
        """([x, y]) => { const { margin, xaxis, yaxis, width, height } =
             document.querySelector('[data-testid=fit-chart] .still').layout;
           const [[x0, x1], [y0, y1]] = [xaxis.range, yaxis.range];
           return [margin.l + ((x - x0) / (x1 - x0)) * (width - margin.l - margin.r),
                   margin.t + ((y1 - y) / (y1 - y0)) * (height - margin.t - margin.b)]; }""",
        [x, y],
    )
    box = page.locator("[data-testid=fit-chart]").bounding_box()
    return box["x"] + left, box["y"] + top


def wait_for_points(page, count):
    page.wait_for_function(
        f"document.querySelector('[data-testid=fit-chart] .still').data[1].x.length === {count}"
        " && !document.querySelector('[data-test-script-state=running]')"
    )


def test_points_are_put_moved_and_removed_by_mouse_and_key(open_page):
    page = open_page()
    choose(page, "Target", "Own points or file")
    wait_for_points(page, 5)
    page.wait_for_selector("[data-testid=fit-chart].editable")
    page.mouse.click(*place_of(page, 0.5, 0.6))
    wait_for_points(page, 6)
    assert [0.5, 0.6] in [[round(x, 1), round(y, 1)] for x, y in zip(*points(page), strict=True)]

    page.mouse.move(*place_of(page, -1, 0))
    page.mouse.down()
    page.mouse.move(*place_of(page, -1.4, 0.5), steps=5)
    page.mouse.up()
    page.wait_for_function(
        "Math.abs(document.querySelector('[data-testid=fit-chart] .still').data[1].x[1] + 1.4) < 0.03"
    )
    wait_for_points(page, 6)
    page.mouse.click(*place_of(page, 2, 1))
    page.keyboard.press("Delete")
    wait_for_points(page, 5)
    assert max(points(page)[0]) == 1
    for count in (6, 6, 5):
        button(page, "Undo the last change of points").click()
        wait_for_points(page, count)
    assert points(page) == [[-2, -1, 0, 1, 2], [1, 0, 1, 0, 1]]
