"""The editor of exercises: its link opens what is on screen with what was chosen, and its frame is one element."""

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from playground.session.exercise_draft import (
    GOAL,
    MAX_ADDRESS,
    PART_MARK,
    PART_NUMBER,
    PART_OF,
    SHOW,
    SHOW_NOTHING,
    TASK,
    frame_of,
)
from tests.support.page import Page
from tests.support.visits import open_visit

BASE = "https://school.example/nn/"
TASK_TEXT = "Fit \"it\" & <b>tell</b>\n+ 100 % #why? 'é' \N{CJK UNIFIED IDEOGRAPH-4E00}"


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html):
    parser = Elements()
    parser.feed(html)
    return parser.found


def draft(show=(), task="", goal="", **query):
    opened = open_visit(**query)
    opened.state.update({SHOW: list(show), TASK: task, GOAL: goal})
    return opened


def test_the_link_opens_what_is_on_screen_with_what_was_chosen():
    opened = draft(["learning_rate", "network"], TASK_TEXT, "loss < 1e-2, epoch<=2000", target="step", layers="5,4")
    opened.visit.views.open_only(["network", "units"])
    address = opened.visit.exercise_draft.address(BASE)
    assert address.startswith(f"{BASE}?")
    query = dict(parse_qsl(urlsplit(address).query))
    again = open_visit(**query).visit
    assert again.player.experiment == opened.visit.player.experiment
    assert again.exercise.task == TASK_TEXT
    assert again.exercise.goal.text == "loss<0.01,epoch<=2000"
    assert again.exercise.visible.names == {"learning_rate", "network"}
    assert query["view"] == "network"
    assert again.controls.message is None
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?&=%,")


def test_all_can_be_out_of_sight_but_the_task_and_the_transport():
    opened = draft(task=TASK_TEXT, learning_rate="0.3")
    opened.visit.views.open_only(["network"])
    opened.state[SHOW_NOTHING] = True
    query = dict(parse_qsl(urlsplit(opened.visit.exercise_draft.address(BASE)).query, keep_blank_values=True))
    assert query == {"learning_rate": "0.3", "show": "none", "task": TASK_TEXT}
    assert open_visit(**query).visit.exercise.visible.names == frozenset()
    assert "&amp;embed=true" in opened.visit.exercise_draft.frame(BASE)
    opened.state[SHOW] = ["units"]
    assert opened.visit.exercise_draft.show == ["units"]
    page = Page()
    page.open("share")
    page.app.session_state["exercise_editor"] = True
    page.run().set(**{SHOW_NOTHING: True})
    assert "?show=none" in page.app.code[0].value
    page.set(**{SHOW: ["units"]})
    assert SHOW_NOTHING not in {each.key for each in page.app.checkbox}


@pytest.mark.parametrize(("show", "bare"), [((), False), (("speed", "timeline"), True), (("learning_rate",), False)])
def test_a_frame_is_one_element_with_the_address(show, bare):
    opened = draft(show, TASK_TEXT, "loss<1")
    address, frame = opened.visit.exercise_draft.address(BASE), opened.visit.exercise_draft.frame(BASE)
    ((tag, attributes),) = elements(frame)
    assert tag == "iframe"
    assert attributes["src"] == address + "&embed=true" * bare
    ((_, attributes),) = elements(frame_of('"><script>alert(1)</script>', None))
    assert attributes["src"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"goal": "lost<1"}, 'cannot be about "lost"'),
        ({"task": "x" * 1001}, "at most 1,000 characters, not 1,001"),
        ({"task": "\N{CJK UNIFIED IDEOGRAPH-4E00}" * 900}, f"only {MAX_ADDRESS:,} are sure to be kept"),
    ],
    ids=["goal", "task", "length"],
)
def test_why_there_is_no_link_is_said(typed, words):
    with pytest.raises(ValueError, match=words):
        draft(**typed).visit.exercise_draft.address(BASE)


def test_parts_are_added_to_the_goal():
    visit, state, _ = draft()
    state |= {PART_OF: "loss", PART_MARK: "<", PART_NUMBER: "0,01"}
    visit.exercise_draft.add_part()
    state |= {PART_OF: "epoch", PART_MARK: "<=", PART_NUMBER: "2 000"}
    visit.exercise_draft.add_part()
    assert state[GOAL] == "loss<0.01,epoch<=2000"
    for number, words in (("small", "is not a number"), ("", "is not a number"), ("-1", "of at least 0")):
        state[PART_NUMBER] = number
        visit.exercise_draft.add_part()
        assert words in visit.exercise_draft.refusal
    assert state[GOAL] == "loss<0.01,epoch<=2000"


def test_a_goal_about_what_the_run_has_no_value_of_is_named():
    assert draft(goal="test_r2>0.9,accuracy>0.9,r2>0.9").visit.exercise_draft.valueless == ["Test R²", "Accuracy"]
    assert draft(goal="accuracy>0.9,recall>0.1", problem="circle").visit.exercise_draft.valueless == []
    assert draft(goal="test_r2>0.9", test_fraction="0.2").visit.exercise_draft.valueless == []
    page = Page(problem="circle")
    page.open("share")
    page.app.session_state["exercise_editor"] = True
    page.run().set(**{GOAL: "rmse<0.1"})
    assert any("This run has no value of: RMSE" in each.value.replace("\\", "") for each in page.app.markdown)


def test_the_editor_on_the_page():
    page = Page(learning_rate="0.3")
    page.open("share")
    assert not page.app.code
    page.app.session_state["exercise_editor"] = True
    page.run()
    page.set(**{SHOW: ["learning_rate"], GOAL: "loss<0.1", TASK: "<b>Fit</b>"})
    link, frame = (each.value for each in page.app.code)
    assert dict(parse_qsl(urlsplit(link).query)) == {
        "learning_rate": "0.3", "show": "learning_rate", "task": "<b>Fit</b>", "goal": "loss<0.1",
    }  # fmt: skip
    assert elements(frame)[0][1]["src"] == link
    page.set(**{GOAL: "loss"})
    assert not page.app.code
    assert any("must be a name, a comparison" in each.value.replace("\\", "") for each in page.app.markdown)
