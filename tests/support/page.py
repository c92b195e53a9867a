"""The page as AppTest draws it, with the few things that tests do to it and read from it.

AppTest runs the script and its callbacks without a browser. Nothing asks for frames, so tests call `player.tick`.
"""

import json
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.numerals import written
from playground.session.refusal import question_about_formula
from tests.support.still import figure_of

APP = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
ALONE = [name for name in CONTROLS if not isinstance(DEFAULTS[name], tuple)]  # of one widget, not one per layer
SOMETIMES = ("momentum", "decay", "beta1", "beta2", "epsilon", "formula", "own", "period")  # not on every page
ALWAYS = [name for name in ALONE if name not in SOMETIMES]


SIDEBAR = 1  # its place in the tree of AppTest
# What a widget is given once, and the number of a download.
SENT_ONCE = ("set_value", "value", "raw_value", "raw_values", "default", "deferred_file_id")


def _elements(block):
    """All elements of a block, in order."""
    for _, child in sorted(block.children.items()):
        yield from _elements(child) if hasattr(child, "children") else [child]


def _is_still(element):
    return _is_component(element, "still")


def _is_text(element):
    return element.type in ("text_input", "text_area")


def _is_component(element, name):
    return element.type == "bidi_component" and element.proto.component_name.endswith(f".{name}")


def _shown(block):
    """What a block shows: type, message and value of each element but a live component, whose frames are sent once."""
    shown = []
    for element in _elements(block):
        if element.type != "bidi_component" or _is_still(element):
            message = type(element.proto)()
            message.CopyFrom(element.proto)
            for field in SENT_ONCE:
                if field in message.DESCRIPTOR.fields_by_name:
                    message.ClearField(field)
            shown.append((element.type, str(message), _value(element)))
    return shown


def _value(element):
    """The value of an element but a button, whose value is a click, and a table, whose value is in its message."""
    value = None if element.type == "button" else getattr(element, "value", None)
    return value if isinstance(value, str | int | float | list | tuple) else None


class Page:
    """An open page. Every run checks that all of it was drawn and that the player plays the controls' values."""

    components = None  # Streamlit's registered components, shared by all pages as on a server: finding them takes 0.1 s

    def __init__(self, **address):
        self.app = AppTest.from_file(APP, default_timeout=20)
        for name, value in address.items():
            self.app.query_params[name] = value
        self.app._bidi_component_manager = Page.components
        self.run()
        Page.components = self.app._bidi_component_manager

    def run(self):
        before = self.app._tree.children
        in_sidebar = [_value(element) for element in _elements(before[SIDEBAR])] if SIDEBAR in before else []
        seen = {element.proto.id for block in before.values() for element in _elements(block) if _is_text(element)}
        self.app.run()
        self._see_no_fault()
        for element in filter(_is_text, _elements(self.app._tree)):
            if element.proto.id not in seen:  # a browser shows what it is given with a field that is new to it
                given = element.proto.value if element.proto.set_value else element.proto.default
                assert given == (element.value or ""), f"{element.key} is shown as {given!r}"
        if in_sidebar and not self.app.sidebar.children:
            self._see_the_rest(before)
            assert [_value(element) for element in _elements(self.app.sidebar)] == in_sidebar
        assert self.player.trainer.diverged or not self.app.warning
        transport = ("train", "pause", "step", "reset", "new_start")
        has_new_start = self.visit.exercise.visible.has("new_start")
        assert [button.label for button in self.app.button if button.key in transport] == [
            "Pause" if self.player.playing else "Train", "Step", "Reset", *["New start"] * has_new_start,
        ]  # fmt: skip
        assert np.isfinite(self.player.trainer.loss)
        assert np.isfinite(self.player.trainer.network.parameters).all()
        if question_about_formula(self.controls(), self.experiment):  # valid, and yet not taken
            return self
        try:
            shown = Experiment(**self.controls())
        except ValueError:
            return self
        assert self.experiment == shown
        return self

    def _see_no_fault(self):
        assert not self.app.exception
        assert not [error.value for error in self.app.error if "cannot be drawn" in error.value]

    def _see_the_rest(self, before):
        """Puts what was not redrawn beside what was, as a browser does; to draw the whole page must change nothing."""
        for block, drawn in self.app._tree.children.items():
            drawn.children = before[block].children | drawn.children
        tree, shown = self.app._tree, _shown(self.app._tree)
        self.app.run()
        self._see_no_fault()
        assert _shown(self.app._tree) == shown
        self.app._tree = tree

    def open(self, menu):
        """Opens a menu of the head of the page."""
        self.app.session_state[menu] = True
        return self.run()

    @property
    def visit(self):
        return self.app.session_state["visit"]

    @property
    def player(self):
        return self.visit.player

    @property
    def experiment(self):
        return self.player.experiment

    @property
    def epoch(self):
        return self.player.trainer.epoch

    @property
    def message(self):
        """The text of the status line, of all messages if there are several."""
        elements = self.app.container(key="message").children.values()
        return " ".join(element.value for element in elements).replace("\\", "")  # without the escapes of Markdown

    def said(self, kind):
        """Whether the status line has an "error", a "success", an "info" or a "caption"."""
        return kind in [element.type for element in self.app.container(key="message").children.values()]

    @property
    def text(self):
        """All Markdown on the page."""
        return "\n".join(element.value for element in self.app.markdown)

    def charts(self, palette="light"):
        """The figures that stand still, by what they are called for those who cannot see them."""
        payloads = [json.loads(each.proto.json) for each in _elements(self.app.main) if _is_still(each)]
        return {payload["alt"]: figure_of(payload, palette) for payload in payloads}

    def sent(self, component):
        """What a component on the page was sent, in JSON."""
        elements = [each for each in _elements(self.app.main) if _is_component(each, component)]
        return json.loads(elements[0].proto.json)

    def widget(self, name):
        return self.app.get_by_key(name)

    def controls(self):
        """The values of the controls, by field; hidden ones have their last value."""
        state = self.app.session_state
        layers = range(int(state["layer_count"]))
        each = {name: tuple(state[f"{name}_{layer}"] for layer in layers) for name in ("layers", "activations")}
        return {name: state[name] for name in ALONE} | each | {"features": tuple(state["features"])}

    def set(self, **values):
        for name, value in values.items():
            widget = self.widget(name)
            is_typed = widget.type == "text_input" and isinstance(value, int | float)
            widget.set_value(written(value) if is_typed else value)
        return self.run()

    def click(self, name):
        self.app.button(key=name).click()
        return self.run()

    def play_to_the_end(self):
        self.click("train")
        for _ in range(500):
            self.player.tick()
        assert not self.player.playing
        return self.run()
