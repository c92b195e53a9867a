"""Back undoes a change and Forward redoes it, whatever the change was: controls, run and address are those of then."""

from urllib.parse import parse_qsl, urlsplit

from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.links import from_query
from playground.sharing.saved import write_run
from tests.support.browser import button, fill, go, open_group, wait_for_address, wait_for_number, wait_until_idle

CONTROLS = """() => JSON.stringify(
    [...document.querySelectorAll("[data-testid=stSidebar] :is(input:not([type=file]), [role=slider])")]
        .filter((field) => !field.closest("[class*=clock_]"))
        .map((field) => [field.ariaLabel, field.ariaValueNow, field.ariaChecked, field.checked, field.value]))"""
QUERY = """() => {
    const pairs = [...new URLSearchParams(location.search)].map((pair) => pair.join(" = ")).sort();
    const has_own_points = pairs.includes("target = points");
    return JSON.stringify(pairs.filter((pair) => has_own_points || !pair.startsWith("own = ")));
}"""  # however the address writes it, and without the points that wait behind another target
JSON = '[{"W": [[0.5], [1.0]], "b": [0.1, 0.2]}, {"W": [[1.0, -1.0]], "b": [0.3]}]'


def loss_of_address(page):
    """The loss before training of the experiment that the address describes, had without a page."""
    start, errors = from_query(dict(parse_qsl(urlsplit(page.url).query)))
    assert errors == []
    return start.trainer.loss


def is_undone_and_redone(page, act):
    """Asserts that what `act` does is one step, which Back takes back and Forward takes again."""
    button(page, "Recommended settings").wait_for()  # the sidebar comes last
    wait_until_idle(page)
    steps, before = page.evaluate("history.length"), [page.evaluate(each) for each in (QUERY, CONTROLS)]
    act()
    page.wait_for_function(f"query => ({QUERY})() !== query", arg=before[0])
    wait_until_idle(page)
    assert page.evaluate("history.length") == steps + 1
    after = [page.evaluate(each) for each in (QUERY, CONTROLS)]
    for go_there, shown in ((page.go_back, before), (page.go_forward, after)) * 2:
        go_there()
        for each, text in zip((QUERY, CONTROLS), shown, strict=True):
            page.wait_for_function(f"text => ({each})() === text", arg=text)
        wait_for_number(page, "loss", f"value === {loss_of_address(page)!r}")
        wait_until_idle(page)


def test_race_sweep_saved_run_exercise_and_given_weights_are_undone_and_redone(open_page, address, tmp_path):
    page = open_page("/?view=race&learning_rate=0.2", as_new=True)  # a history has fifty entries at most
    steps = page.evaluate("history.length")
    button(page, "Start the race").click()
    page.wait_for_function("Number(document.querySelector('.race')?.dataset.epoch) > 50")
    button(page, "Pause the race").click()
    button(page, "Continue the race").wait_for()
    wait_until_idle(page)
    assert page.evaluate("history.length") == steps  # a race is no other experiment
    is_undone_and_redone(page, lambda: fill(page, "textbox", "Learning rate", "0.3"))
    assert page.locator(".race").count() == 1

    go(page, f"{address}/?view=sweep&learning_rate=0.4")
    fill(page.locator(".st-key-panel_sweep"), "textbox", "Values, separated by commas", "0.1, 0.3")
    fill(page, "textbox", "Epochs", "20")
    button(page, "Start the sweep").click()
    page.get_by_text("6 of 6 runs were trained.").wait_for()
    chart = page.locator(".st-key-panel_sweep .js-plotly-plot")
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.6})
    is_undone_and_redone(page, button(page, "Open Learning rate 0.3").click)

    saved = Player(Experiment(target="points", own="x,y\n0,1\n1,3\n2,2\n").start())
    (tmp_path / "run.json").write_bytes(write_run(saved))

    def open_saved():
        button(page, "Keep and share").click()
        page.locator("[class*=st-key-saved_run] input[type=file]").set_input_files(tmp_path / "run.json")

    is_undone_and_redone(page, open_saved)

    go(page, f"{address}/?task=Fit%20it&goal=loss%3C0.01&target=step")
    is_undone_and_redone(page, button(page, "Recommended settings").click)
    assert page.get_by_test_id("goal").count() == 1

    go(page, f"{address}/?layers=2")
    open_group(page, "Network")

    def give():
        field = page.get_by_role("textbox", name="Given weights")
        field.fill(JSON)
        field.press("Control+Enter")

    is_undone_and_redone(page, give)
    units = page.get_by_role("slider", name="Units 1")
    is_undone_and_redone(page, lambda: units.press("ArrowRight"))
    wait_for_address(page, "layers=3")
