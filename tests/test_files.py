"""Every file is short, and its first line says what it is for."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [ROOT / name for name in ("nn", "playground", "tests")]
PYTHON = [ROOT / "streamlit_app.py", *(path for folder in FOLDERS for path in folder.rglob("*.py"))]
SCRIPTS = [path for folder in FOLDERS for path in folder.rglob("*.js")]
MAX_LINES = 250
MAX_REGISTRY_LINES = 400  # like entries, one after another, are one idea, and adding one shall take no other change


def named(paths):
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def text_of(path):
    return path.read_text(encoding="utf-8")


def is_too_long(path):
    is_registry = re.search(r"^[A-Z]+(: .*)? = Registry\(", text_of(path), flags=re.MULTILINE)
    return len(text_of(path).splitlines()) > (MAX_REGISTRY_LINES if is_registry else MAX_LINES)


def says_what_it_is_for(path):
    first = (ast.get_docstring(ast.parse(text_of(path))) or "").partition("\n")[0]
    return first.endswith((".", ":"))


def test_no_file_is_too_long_to_hold_one_idea():
    assert named(filter(is_too_long, [*PYTHON, *SCRIPTS])) == []


def test_the_first_line_of_a_python_file_says_what_it_is_for():
    assert named(path for path in PYTHON if path.stat().st_size and not says_what_it_is_for(path)) == []


def test_the_first_line_of_a_script_says_what_it_is_for():
    assert named(path for path in SCRIPTS if not text_of(path).startswith(("//", "/*"))) == []


def test_no_style_depends_on_what_an_element_holds():  # the browser would look again at every frame
    styles = [path for folder in FOLDERS for path in folder.rglob("*.css")]
    assert styles
    assert named(path for path in styles if re.search(r":has\([^)]", text_of(path))) == []
