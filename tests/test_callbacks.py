"""No callback fails because its widget has gone, or the run that it was about; every callback of the page is tried."""

import ast
import inspect
from pathlib import Path
from types import SimpleNamespace

import pytest

from playground.compare.sweep_runner import Progress
from playground.experiment import Experiment
from playground.panels import inside
from playground.panels.inside import PANELS
from playground.player.line import Line
from playground.session.control_values import values_of
from playground.session.sweep import Axis
from tests.support.page import Page
from tests.support.runs import play_to_end

PANEL_FILES = sorted(Path(inside.__file__).parent.glob("*.py"))
GIVERS = {"safely", "then_rerun", "then_rerun_all_but_sidebar"}  # which give callbacks that do not fail
NEW_VISIT = {"start_afresh"}  # which needs Streamlit itself: test_guard.py
ALL = ",".join(PANELS)
SENT = None, True, -1, 1e300, "x", [], {}, {"run_id": "x", "epoch": -1, "frames": 1e300, "from": [1], "to": [None]}


class Runner:
    """What a sweep is followed by, without training anything."""

    def __init__(self, plan, owner):
        self.plan, self.results, self.stopped = plan, {}, {}

    def poll(self):
        return Progress(0, 2, None, None, 0)

    def cancel(self):
        pass


def at_an_earlier_moment(page):
    page.click("step").click("step").visit.controls.go_to(12)
    page.run()


def with_menus(page):
    page.visit.progress.take_up({"progress": '{"done.exclusive_or": 1}'})
    page.open("lessons").open("share").open("exercise_editor")


def at_work(page):
    page.click("step").click("pin").click("map").click("race_start")
    page.visit.sweep.start([Axis("learning_rate", (0.1, 0.2), ["0.1", "0.2"])], 1, 10)
    page.visit.sweep.chosen = 1
    page.run()


def at_its_end(page):
    play_to_end(page.player)
    page.run()


def with_questions(page):
    """A file of three columns that can be read in two ways, and such a block in the table."""
    own, widgets = page.visit.own_points, page.visit.controls.widgets
    kept, key = widgets._state, own.editor.key
    data = b'week,day,visitors\n1,3,"812"\n2,4,"956"\n3,5,"1,104"\n'
    rows = [{own.editor.columns[0]: text} for text in ("5,6", "7,8")]
    widgets._state = values_of(page.experiment) | {
        "own_file": SimpleNamespace(name="own.csv", getvalue=lambda: data),
        key: {"edited_rows": {}, "added_rows": rows, "deleted_rows": []},
    }
    own.take_edits(key)
    own.file.take()
    widgets._state = kept
    page.app.run()


STATES = {  # the query of an address, and what is done then: together they show every widget that has a callback
    "paused": ({"view": ALL, "test_fraction": "0.2", "off": "1.3"}, at_an_earlier_moment),
    "a plane": ({"view": ALL, "problem": "rings", "loss": "cross_entropy", "layers": "3,3"}, lambda page: None),
    "training": ({"view": ALL}, lambda page: page.click("train")),
    "a face": (
        {"view": "network", "face": "backward"},
        lambda page: page.set(network_walk="unit by unit"),
    ),
    "menus": ({}, with_menus),
    "at work": ({"view": "landscape,compare,race,sweep"}, at_work),
    "diverged": ({"learning_rate": "100"}, at_its_end),
    "a finding": ({"activations": "leaky_relu", "learning_rate": "0.3", "max_epochs": "300"}, at_its_end),
    "a lesson": ({"lesson": "zeros"}, lambda page: page.click("answer_0").click("step")),
    "a lesson, revealed": ({"lesson": "zeros"}, lambda page: page.click("step").click("lesson_reveal")),
    "a formula": ({"target": "formula", "formula": "x**2"}, lambda page: page.set(formula="sin(x) +")),
    "own points": ({"target": "points", "own": "x,y\n1,2\n3,4\n"}, with_questions),
}
ELSEWHERE = (  # where the visit may be by the time that a callback is called
    lambda visit: None,
    lambda visit: visit.controls.take(Experiment(problem="circle", loss="cross_entropy", layers=(), activations=())),
    lambda visit: visit.controls.take(Experiment(target="points", own="x,y\n1,2\n3,4\n")),
    lambda visit: (visit.controls.take(Experiment(learning_rate=100.0, max_epochs=300)), play_to_end(visit.player)),
    lambda visit: (visit.lesson.leave(), visit.race.leave(), visit.pins.load([]), visit.own_points.file.take()),
)


def calls_of(page):
    """All calls that Streamlit would make for the page as it is drawn, each once: (function, args)."""
    session = page.app.session_state._state
    found = {}
    for metadata in getattr(session, "_state", session)._new_widget_state.widget_metadata.values():
        for given in filter(None, [metadata.callback, *(metadata.callbacks or {}).values()]):
            function, args = inspect.unwrap(given), [tuple(metadata.callback_args or ())]
            if "take" in inspect.getclosurevars(function).nonlocals:  # of a component, with what the browser sends
                function = inspect.unwrap(inspect.getclosurevars(function).nonlocals["take"])
                args = [(sent,) for sent in SENT]
            found |= {(function.__qualname__, str(each)): (function, each) for each in args}
    return [call for call in found.values() if not call[0].__name__.startswith("tick")]  # needs Streamlit itself


def set_widgets(visit, values):
    """Gives a visit these values of its widgets, and no others, and an empty address."""
    visit.controls.widgets._state = values.copy()
    for holder in [visit, *vars(visit).values()]:
        if hasattr(holder, "_query"):
            holder._query = {}


@pytest.fixture(scope="module")
def seen():
    """The names of all callbacks that were tried."""
    return set()


@pytest.mark.parametrize(("query", "act"), STATES.values(), ids=STATES)
def test_no_callback_needs_its_widget_or_its_run(query, act, monkeypatch, seen):
    monkeypatch.setattr("playground.session.sweep.SweepRunner", Runner)
    monkeypatch.setattr("playground.session.landscape.SECONDS_PER_PIECE", 0)
    monkeypatch.setattr("playground.session.landscape.LINE", Line(at_once=2, patience=5.0))  # without others' maps
    page = Page(**query)
    act(page)
    calls, visit, values = calls_of(page), page.visit, page.app.session_state._state.filtered_state
    assert len(calls) > 10
    for go, widgets in [*((go, {}) for go in ELSEWHERE), (ELSEWHERE[1], values)]:
        visit.player.pause()
        go(visit)
        for function, args in calls:
            set_widgets(visit, widgets)
            try:
                function(*args)
            except Exception as error:
                error.add_note(f"{function.__qualname__}{args}")
                raise
            seen.add(function.__name__)


def written_callbacks():
    """The names of all callbacks in the source of the panels: what is given to `safely` and the like."""
    for path in PANEL_FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GIVERS:
                (given,) = node.args
                for each in [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]:
                    yield each.attr if isinstance(each, ast.Attribute) else ast.unparse(each)


def test_each_callback_of_the_panels_was_tried(seen):
    assert set(written_callbacks()) - seen <= NEW_VISIT
