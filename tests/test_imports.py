"""The arrows between the rooms of the house (README, "How the code is laid out"): they run one way, down to nn."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [ROOT / "streamlit_app.py", *sorted((ROOT / "nn").rglob("*.py")), *sorted((ROOT / "playground").rglob("*.py"))]
SOURCES = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES}

BASE = {"experiment", "settings", "control", "problems", "nn"}
LOWER = {"player", "figures"} | BASE
ARROWS = {  # from each package to those it may import; from itself always
    "streamlit_app": {"panels", "session"},
    "panels": {"session", "components", "sharing", "compare", "analysis", "lessons"} | LOWER,
    "session": {"components", "sharing", "compare", "analysis", "lessons"} | LOWER,
    "components": {"analysis"} | LOWER,
    "sharing": {"components", "analysis"} | LOWER,
    "compare": LOWER,
    "analysis": LOWER,
    "lessons": LOWER,
    "run": {"sharing", "player", "experiment"},
    "export": {"sharing"},
    "player": BASE,
    "figures": BASE,
    "experiment": {"settings", "control", "problems", "nn"},
    "settings": {"control", "problems", "nn"},
    "control": set(),
    "problems": {"control", "nn"},
    "nn": set(),
}
PACKAGES = {  # what each may use that we did not write
    "streamlit_app": {"streamlit"},
    "panels": {"streamlit", "plotly", "numpy"},
    "session": {"streamlit", "numpy"},
    "components": {"streamlit", "plotly", "numpy"},
    "sharing": {"numpy"},
    "compare": {"numpy"},
    "analysis": {"numpy"},
    "lessons": set(),
    "run": set(),
    "export": set(),
    "player": {"numpy"},
    "figures": {"plotly", "numpy"},
    "experiment": {"numpy"},
    "settings": set(),
    "control": set(),
    "problems": {"numpy"},
    "nn": {"numpy"},
}
NOT_IN_FIGURES = ("nn.training", "nn.Trainer", "nn.Divergence")  # a figure is drawn from arrays, not from a training


def room_of(module):
    """The package of one of our modules, or None: "nn" of nn.losses, "components" of playground.components.board."""
    parts = module.split(".")
    if parts[0] == "playground":
        return parts[1] if len(parts) > 1 else "playground"
    return parts[0] if parts[0] in ARROWS else None


def imports(tree, module):
    """Every module that a file imports, in a function or not; `from a import b` as a.b, which may be either."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: -node.level] if node.level else []
            start = ".".join([*package, *filter(None, [node.module])])
            yield from (f"{start}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("__import__", "import_module")):
            yield "an import that only running it would show"


def wrong_arrows(path, source):
    """What a file does that its room must not, in words; nothing is right."""
    module = path.removesuffix(".py").replace("/", ".")
    tree, room = ast.parse(source), room_of(module)
    for name in imports(tree, module):
        there, package = room_of(name), name.split(".")[0]
        if there is None:
            if package not in PACKAGES.get(room, ()) and package not in sys.stdlib_module_names:
                yield f"{path}: {room} must not use {package}"
        elif there != room and there not in ARROWS.get(room, ()):
            yield f"{path}: {room} must not import {there}"
        elif room == "figures" and f"{name}.".startswith(tuple(f"{banned}." for banned in NOT_IN_FIGURES)):
            yield f"{path}: figures must not import {name}"
    own = ["st.session_state[key]"] if path == "playground/components/component.py" else []
    if room != "session":
        uses = [node.value for node in ast.walk(tree) if isinstance(node, ast.Subscript) and ast.unparse(node) in own]
        for node in ast.walk(tree):
            names = (getattr(node, field, None) for field in ("attr", "id", "name"))
            if "session_state" in names and node not in uses:
                yield f"{path}: line {node.lineno} touches st.session_state"


# --- Our own files ----------------------------------------------------------------------------------------------------


def test_every_file_is_in_a_room_of_the_house():
    rooms = {room_of(path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")) for path in SOURCES}
    assert rooms - {"playground"} == set(ARROWS) == set(PACKAGES)


@pytest.mark.parametrize("path", SOURCES)
def test_every_arrow_runs_the_right_way(path):
    assert list(wrong_arrows(path, SOURCES[path])) == []


@pytest.mark.parametrize("path", [path for path, source in SOURCES.items() if source.strip()])
def test_every_file_says_what_it_is_for_in_its_first_line(path):
    docstring = ast.get_docstring(ast.parse(SOURCES[path]))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":"))


def test_the_page_is_a_table_of_contents():
    assert len(SOURCES["streamlit_app.py"].splitlines()) < 100


# --- The walker itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("nn/losses.py", "import streamlit as st"),
        ("nn/losses.py", "import plotly.graph_objects as go"),
        ("nn/losses.py", "from playground import experiment"),
        ("nn/losses.py", "import scipy"),
        ("playground/problems/planes.py", "from playground.experiment import Experiment"),
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
        ("playground/components/board.py", "from playground import session"),
        ("playground/components/board.py", "from playground.panels.controls import controls_panel"),
        ("playground/session.py", "from playground.panels import controls"),
        ("streamlit_app.py", "from playground.player import Player"),
        ("streamlit_app.py", "import nn"),
        ("streamlit_app.py", "import streamlit as st\nst.session_state.seed = 1"),
        ("playground/panels/controls.py", "import streamlit as st\nst.session_state['seed'] = 1"),
        ("playground/panels/controls.py", "from streamlit import session_state"),
        ("playground/panels/controls.py", "import streamlit as st\nstate = st.session_state\nstate.seed = 1"),
        ("playground/components/component.py", "import streamlit as st\nst.session_state.seed = 1"),
        ("playground/components/component.py", "import streamlit as st\nst.session_state['seed'] = 1"),
    ],
)
def test_a_wrong_arrow_is_found(path, line):
    assert list(wrong_arrows(path, f'"""A docstring."""\n\n{line}\n'))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("nn/losses.py", "import math\nimport numpy as np\nfrom nn.registry import Registry\nfrom . import registry"),
        ("playground/player/player.py", "from playground.experiment import Experiment\nfrom nn import Trainer"),
        ("playground/figures/fit.py", "from playground.figures.base import figure\nfrom nn.activations import sigmoid"),
        ("playground/figures/fit.py", "import plotly.graph_objects as go\nfrom .base import figure"),
        ("playground/components/component.py", "import streamlit as st\n\ndef f(key):\n    st.session_state[key].tick"),
        ("playground/session.py", "import streamlit as st\nst.session_state.seed = 1"),
        ("streamlit_app.py", "from playground.panels.controls import controls_panel\nfrom playground import session"),
    ],
)
def test_a_right_arrow_is_left_alone(path, line):
    assert list(wrong_arrows(path, f'"""A docstring."""\n\n{line}\n')) == []
