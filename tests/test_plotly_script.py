"""The small script of Plotly: fetched at the version of the installed package, and refused if it is anything else."""

import gzip
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from playground import plotly_script
from playground.components.plotly_file import package_script, small_name
from playground.plotly_script import PACKAGE, TRACES, check, fetch, version_of_package

FIGURES = Path(__file__).parents[1] / "playground"
ROOMS = ("figures", "panels", "board", "race", "units", "maps")


def script(version, traces=TRACES, bundle=" (cartesian - minified)", size=1_500_000):
    text = f"/**\n* plotly.js{bundle} v{version}\n*/\n" + "".join(f'name:"{trace}",' for trace in traces)
    return text.ljust(size).encode()


@pytest.fixture
def npm(monkeypatch):
    """npm(content, code) stands for an npm that packs this as the script; npm.command is what it was called with."""

    def stand_in(content, code=0):
        def run(command, cwd, **_):
            stand_in.command = command[1:]
            path = Path(cwd, "plotly-cartesian.min.js")
            path.write_bytes(content)
            with tarfile.open(Path(cwd, "package.tgz"), "w:gz") as archive:
                archive.add(path, "package/plotly-cartesian.min.js")
            return subprocess.CompletedProcess(command, code, "", "npm error 404")

        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(subprocess, "run", run)

    return stand_in


def test_the_version_is_the_one_in_the_packages_script():
    head = package_script().read_text(encoding="utf-8")[:100]
    assert f"plotly.js v{version_of_package()}\n" in head
    check(script(version_of_package()), version_of_package())


def test_it_is_fetched_at_that_version_and_put_where_the_page_finds_it(npm, tmp_path):
    content = script(version_of_package())
    npm(content)
    path = fetch(tmp_path / "static")
    assert path == tmp_path / "static" / small_name()
    assert gzip.decompress(path.read_bytes()) == content
    assert npm.command[:2] == ["pack", f"{PACKAGE}@{version_of_package()}"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (script("4.0.0"), "What came is not"),
        (script("4.1.1", bundle=""), "What came is not"),
        (b"<html>", "What came is not"),
        (script("4.1.1", size=10_000), "10,000 bytes"),
        (script("4.1.1", size=4_700_000), "4,700,000 bytes"),
        (script("4.1.1", traces=["scatter"]), "no heatmap, contour"),
    ],
    ids=["another version", "another bundle", "no script", "cut off", "the whole library", "charts missing"],
)
def test_anything_else_is_refused_and_nothing_is_written(npm, tmp_path, monkeypatch, content, message):
    monkeypatch.setattr(plotly_script, "version_of_package", lambda: "4.1.1")
    npm(content)
    with pytest.raises(ValueError, match=message):
        fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_npm_that_fails_is_an_os_error_with_its_words(npm, tmp_path):
    npm(b"", code=1)
    with pytest.raises(OSError, match="npm error 404"):
        fetch(tmp_path)


def test_without_npm_the_command_says_so_and_what_the_page_does(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match=r"uses the plotly package's own script\. There is no npm"):
        plotly_script.main()


def test_the_figures_have_no_other_charts_than_those_it_draws():
    sources = "".join(path.read_text(encoding="utf-8") for path in FIGURES.rglob("*.py") if path.parent.name in ROOMS)
    not_charts = {"log", "data", "rect", "linear", "date", "category", "path", "line", "circle"}
    assert set(re.findall(r'"type": "(\w+)"', sources)) - not_charts == set(TRACES)
    assert {name.lower() for name in re.findall(r"\bgo\.([A-Z]\w+)\(", sources)} - {"figure", "layout"} <= set(TRACES)
