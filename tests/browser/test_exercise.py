"""An exercise in a browser: its text is text, its goal is live and marked, and both outlive what the page does."""

from urllib.parse import urlencode

from tests.browser.test_accessibility import findings
from tests.support.browser import button, number, wait_for_epoch, wait_until_idle

__all__ = ["findings"]

TASK = "<b id=mine>Fit</b> it, **please**.\n$x^2$ [here](javascript:alert(1)) :material/star:"
QUERY = urlencode({"task": TASK, "goal": "loss<0.2,epoch<=2000,layers<=10", "show": "learning_rate", "speed": "6"})


def test_an_exercise_from_its_link_to_its_goal(open_page, findings):
    page = open_page(f"/?{QUERY}", viewport={"width": 390, "height": 844})
    goal, task = page.get_by_test_id("goal"), page.get_by_test_id("task")
    assert task.evaluate("element => element.textContent") == TASK
    assert task.evaluate("element => element.childElementCount") == 0
    assert page.locator("#mine").count() == 0
    assert goal.get_attribute("data-reached") == "false"
    assert page.get_by_role("button", name="New start").count() == 0
    assert findings(page) == []
    top = page.get_by_test_id("fit-chart").bounding_box()["y"]
    button(page, "Train").click()
    wait_for_epoch(page, "epoch > 5")
    live = "value => document.querySelector('[data-testid=goal] [data-name=loss] b').textContent !== value"
    page.wait_for_function(live, arg=f"{0.70:.2f}")
    page.wait_for_selector("[data-testid=goal][data-reached=true]")
    page.get_by_text("Goal reached at epoch").wait_for()
    assert page.get_by_test_id("fit-chart").bounding_box()["y"] == top
    button(page, "Reset").click()
    wait_for_epoch(page, "epoch === 0")
    wait_until_idle(page)
    assert goal.get_attribute("data-reached") == "true"
    assert number(page, "epoch") == 0
    page.reload()
    page.wait_for_selector("[data-testid=goal]")
    assert task.evaluate("element => element.textContent") == TASK
    page.wait_for_selector("[data-testid=goal][data-reached=true]")  # kept in the browser
    page.goto(page.url.replace("speed=6", "speed=4"))  # another evening: nothing of the run is left
    page.wait_for_selector("[data-testid=goal][data-reached=true]")
    assert number(page, "epoch") == 0
    page.goto(page.url.partition("?")[0])
    button(page, "Lessons").click()  # on a phone, too, nothing of Streamlit's lies over it
    page.get_by_text("Kept in this browser: 1 exercise.").wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    button(other, "Lessons").click()
    button(other, "Forget my progress").click()
    page.get_by_text("Kept in this browser").wait_for(state="detached")  # in every tab that is open
    other.close()
