"""Every file is short, and its first line says what it is for."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [ROOT / name for name in ("nn", "playground", "tests")]
PYTHON = [ROOT / "streamlit_app.py", *(path for folder in FOLDERS for path in folder.rglob("*.py"))]
SCRIPTS = [path for folder in FOLDERS for path in folder.rglob("*.js")]
MAX_LINES = 250
MAX_REGISTRY_LINES = 400  # like entries, one after another, are one idea, and adding one shall take no other change


def each(paths):
    return pytest.mark.parametrize("path", sorted(paths), ids=lambda path: str(path.relative_to(ROOT)))


@each([*PYTHON, *SCRIPTS])
def test_no_file_is_too_long_to_hold_one_idea(path):
    text = path.read_text(encoding="utf-8")
    is_registry = re.search(r"^[A-Z]+(: .*)? = Registry\(", text, flags=re.MULTILINE)
    assert len(text.splitlines()) <= (MAX_REGISTRY_LINES if is_registry else MAX_LINES)


@each(path for path in PYTHON if path.stat().st_size)
def test_the_first_line_of_a_python_file_says_what_it_is_for(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":"))


@each(SCRIPTS)
def test_the_first_line_of_a_script_says_what_it_is_for(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(("//", "/*"))


@each(path for folder in FOLDERS for path in folder.rglob("*.css"))
def test_no_style_depends_on_what_an_element_holds(path):
    assert not re.search(r":has\([^)]", path.read_text(encoding="utf-8"))  # the browser would look again at every frame
