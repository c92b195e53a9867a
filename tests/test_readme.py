"""The README and the other documents are true: their code, links and files; and requirements.txt is the project's."""

import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from playground.lessons import LESSONS
from playground.sharing.links import from_query

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
OWN_PARAMETERS = (
    "lesson",
    "view",
    "play",
    "show",
    "task",
    "goal",
    "face",
    "x",
    "embed",
)  # of an address, beside the experiment's


def requirements():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 120


def test_the_code_of_the_network_alone_runs_as_it_stands():
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    printed = []
    names = {"print": lambda epoch, loss: printed.append((epoch, loss))}
    exec(code, names)
    assert [epoch for epoch, _ in printed] == list(range(1001))
    assert printed[-1][1] < printed[0][1]
    assert [dW.shape for dW in names["dWs"]] == [(20, 1), (1, 20)]


@pytest.mark.parametrize("query", [query for query in re.findall(r"`\?([^`]*)`", README) if not query.endswith("=")])
def test_every_link_opens(query):
    parameters = dict(parse_qsl(query, strict_parsing=True))
    start, errors = from_query(parameters)
    assert errors == []
    assert parameters.get("lesson", "one_unit") in LESSONS
    settings = {name: value for name, value in parameters.items() if name not in OWN_PARAMETERS}
    assert all(hasattr(start.experiment, name) for name in settings)


def test_every_file_of_the_table_exists():
    (tree,) = re.findall(r"\n\n(    streamlit_app\.py.*?)\n\n", CONTRIBUTING, flags=re.DOTALL)
    names, folder = [], ROOT
    for line in tree.splitlines():
        name = line.split()[0]
        inside = line.startswith("      ")
        path = (folder if inside else ROOT) / name
        folder = folder if inside else path
        names.append(name)
        assert path.exists(), name
    packages = {f"{path.parent.name}/" for path in (ROOT / "playground").glob("*/__init__.py")}
    assert packages <= set(names)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(document):
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_is_named_exists(document):
    paths = re.findall(r"`((?:nn|playground|tests|docs|\.ci)/[\w./-]*)`", document.read_text(encoding="utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_decision_is_in_the_index():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((\d{4}-.*?)\)", index) == sorted(path.name for path in folder.glob("0*.md"))


def test_requirements_are_the_projects_dependencies_and_pytest():
    (pytest_requirement,) = (line for line in PROJECT["optional-dependencies"]["dev"] if line.startswith("pytest>"))
    assert requirements() == [*PROJECT["dependencies"], pytest_requirement]
