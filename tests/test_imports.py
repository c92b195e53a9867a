"""Dependencies between packages point one way, down to nn; and no two modules import each other."""

import ast
import sys
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.imports import DYNAMIC, SOURCES, dependencies, imports, module_of, package_of

BASE = {"experiment", "settings", "control", "given_weights", "units_off", "numerals", "problems", "nn"}
LOWER = {"player", "figures"} | BASE
MAY_IMPORT = {  # for each package, the others of ours
    "streamlit_app": {"page", "server"},
    "server": {"page", "components", "compare"},
    "page": {"panels", "session", "components"},
    "panels": {"session", "components", "sharing", "compare", "analysis", "lessons", "exercises"} | LOWER,
    "session": {"sharing", "compare", "analysis", "lessons", "exercises"} | LOWER,
    "components": {"analysis"} | LOWER,
    "sharing": {"analysis"} | LOWER,
    "compare": LOWER,
    "analysis": LOWER,
    "lessons": LOWER,
    "exercises": LOWER,
    "run": {"sharing", "player", "experiment"},
    "sweep": {"compare", "sharing", "components", "figures", "experiment"},
    "plotly_script": {"components"},
    "export": {"sharing"},
    "player": BASE,
    "figures": BASE,
    "experiment": {"settings", "control", "given_weights", "units_off", "problems", "nn"},
    "settings": {"control", "given_weights", "units_off", "problems", "nn"},
    "control": {"numerals"},
    "given_weights": {"numerals", "nn"},
    "units_off": {"numerals", "nn"},
    "numerals": set(),
    "problems": {"control", "numerals", "nn"},
    "nn": set(),
}
EXCEPTIONS = {"playground/sharing/replay.py": {"components"}}  # a replay plays the board's scripts without a page
MAY_USE = {  # for each package, those that we did not write, beside the standard library
    "streamlit_app": {"streamlit", "starlette"},
    "server": {"streamlit", "starlette", "anyio"},
    "page": {"streamlit"},
    "panels": {"streamlit", "plotly", "numpy"},
    "session": {"streamlit", "numpy"},
    "components": {"streamlit", "plotly", "numpy"},
    "sharing": {"numpy"},
    "compare": {"numpy"},
    "analysis": {"numpy"},
    "lessons": set(),
    "exercises": {"numpy"},
    "run": set(),
    "sweep": {"distributed"},
    "plotly_script": set(),
    "export": set(),
    "player": {"numpy"},
    "figures": {"plotly", "numpy"},
    "experiment": {"numpy"},
    "settings": set(),
    "control": set(),
    "given_weights": {"numpy"},
    "units_off": set(),
    "numerals": set(),
    "problems": {"numpy"},
    "nn": {"numpy"},
}
NOT_IN_FIGURES = ("nn.training", "nn.Trainer", "nn.Divergence")  # a figure is drawn from arrays, not from a training


def faults(path, source):
    """What a file imports or touches against the rules, one sentence per fault."""
    package = package_of(module_of(path))
    for name in imports(path, source):
        target = package_of(name)
        if name == DYNAMIC:
            yield f"{path}: {DYNAMIC}"
        elif target in MAY_IMPORT:
            if target != package and target not in MAY_IMPORT[package] | EXCEPTIONS.get(path, set()):
                yield f"{path}: {package} must not import {target}"
            if package == "figures" and f"{name}.".startswith(tuple(f"{banned}." for banned in NOT_IN_FIGURES)):
                yield f"{path}: figures must not import {name}"
        elif target not in MAY_USE[package] and target not in sys.stdlib_module_names:
            yield f"{path}: {package} must not use {target}"
    if package != "session":
        yield from session_state_faults(path, source)


def session_state_faults(path, source):
    tree = ast.parse(source)
    own = ["st.session_state[key]"] if path == "playground/components/component.py" else []
    allowed = [node.value for node in ast.walk(tree) if isinstance(node, ast.Subscript) and ast.unparse(node) in own]
    for node in ast.walk(tree):
        names = (getattr(node, field, None) for field in ("attr", "id", "name"))
        if "session_state" in names and node not in allowed:
            yield f"{path}: line {node.lineno} touches st.session_state"


def find_cycle(sources):
    """Modules that import one another in a circle, the first again at the end; [] if there are none."""
    try:
        TopologicalSorter(dependencies(sources)).prepare()
    except CycleError as error:
        return error.args[1]
    return []


# --- Our own files ----------------------------------------------------------------------------------------------------


def test_every_package_has_its_rules():
    packages = {package_of(module_of(path)) for path in SOURCES}
    assert packages - {"playground"} == set(MAY_IMPORT) == set(MAY_USE)


def test_every_file_imports_only_what_its_package_may():
    assert [fault for path, source in SOURCES.items() for fault in faults(path, source)] == []


def test_no_modules_import_one_another_in_a_circle():
    assert find_cycle(SOURCES) == []


# --- The rules themselves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("nn/losses.py", "import streamlit as st"),
        ("nn/losses.py", "import plotly.graph_objects as go"),
        ("nn/losses.py", "from playground import experiment"),
        ("nn/losses.py", "import scipy"),
        ("playground/problems/problems_2d.py", "from playground.experiment import Experiment"),
        ("playground/experiment.py", "from playground.player import Player"),
        ("playground/experiment.py", "import streamlit"),
        ("playground/player/player.py", "from playground.figures.fit import fit_figure"),
        ("playground/player/player.py", "from playground.figures import fit"),
        ("playground/player/player.py", "from playground import figures"),
        ("playground/player/player.py", "from .. import figures"),
        ("playground/player/player.py", "from ..figures.fit import fit_figure"),
        ("playground/player/player.py", "import playground.figures.fit"),
        ("playground/player/player.py", "def draw():\n    from playground.figures import fit"),
        ("playground/player/player.py", "if True:\n    import streamlit.runtime"),
        ("playground/player/player.py", "__import__('playground.figures')"),
        ("playground/player/player.py", "import importlib\nimportlib.import_module('playground.figures')"),
        ("playground/figures/fit.py", "import streamlit as st"),
        ("playground/figures/fit.py", "from playground.player import Player"),
        ("playground/figures/fit.py", "from ..player import Player"),
        ("playground/figures/fit.py", "from nn import Trainer"),
        ("playground/figures/fit.py", "from nn.training import Trainer"),
        ("playground/figures/fit.py", "import nn.training"),
        ("playground/figures/fit.py", "from playground.components.payload import pack"),
        ("playground/player/player.py", "from playground.analysis.learning_rate import StabilityMonitor"),
        ("playground/components/board.py", "from playground import session"),
        ("playground/components/board.py", "from playground.sharing.links import to_query"),
        ("playground/sharing/links.py", "from playground.components.sources import script"),
        ("playground/components/board.py", "from playground.panels.controls import controls_panel"),
        ("playground/session.py", "from playground.panels import controls"),
        ("streamlit_app.py", "from playground.session import current"),
        ("playground/page.py", "from playground.player import Player"),
        ("streamlit_app.py", "import nn"),
        ("streamlit_app.py", "import streamlit as st\nst.session_state.seed = 1"),
        ("playground/panels/controls.py", "import streamlit as st\nst.session_state['seed'] = 1"),
        ("playground/panels/controls.py", "from streamlit import session_state"),
        ("playground/panels/controls.py", "import streamlit as st\nstate = st.session_state\nstate.seed = 1"),
        ("playground/components/component.py", "import streamlit as st\nst.session_state.seed = 1"),
        ("playground/components/component.py", "import streamlit as st\nst.session_state['seed'] = 1"),
    ],
)
def test_a_wrong_import_is_found(path, line):
    assert list(faults(path, f'"""A docstring."""\n\n{line}\n'))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("nn/losses.py", "import math\nimport numpy as np\nfrom nn.registry import Registry\nfrom . import registry"),
        ("playground/player/player.py", "from playground.experiment import Experiment\nfrom nn import Trainer"),
        ("playground/figures/fit.py", "from playground.figures.base import figure\nfrom nn.activations import sigmoid"),
        ("playground/figures/fit.py", "import plotly.graph_objects as go\nfrom .base import figure"),
        ("playground/components/component.py", "import streamlit as st\n\ndef f(key):\n    st.session_state[key].tick"),
        ("playground/session.py", "import streamlit as st\nst.session_state.seed = 1"),
        ("playground/page.py", "from playground.panels.controls import controls_panel\nfrom playground import session"),
        ("streamlit_app.py", "import os\n\nfrom playground.page import draw_page"),
    ],
)
def test_a_right_import_is_accepted(path, line):
    assert list(faults(path, f'"""A docstring."""\n\n{line}\n')) == []


def test_a_circle_of_modules_is_found():
    sources = {
        "playground/player/one.py": "from playground.player.two import f",
        "playground/player/two.py": "from . import three",
        "playground/player/three.py": "import playground.player.one",
    }
    assert len(set(find_cycle(sources))) == 3


@pytest.mark.parametrize(
    "line",
    [
        "def f():\n    from nn import one",
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from nn import one",
    ],
    ids=["in a function", "for types alone"],
)
def test_an_import_that_does_not_happen_at_the_start_makes_no_circle(line):
    assert find_cycle({"nn/one.py": "import nn.two", "nn/two.py": line}) == []
