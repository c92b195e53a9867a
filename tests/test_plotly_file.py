"""Plotly's script for the browser: the installed package's own, compressed once; or a smaller one put there."""

import gzip
import os
from importlib.metadata import version
from pathlib import Path

import plotly
import pytest

from playground.components import assets, component, plotly_file
from playground.components.plotly_file import compressed_plotly, provide_plotly, small_name

SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@pytest.fixture(scope="module")
def provided(tmp_path_factory):
    """The folder, which was not there before, and the name of the script in it."""
    folder = tmp_path_factory.mktemp("app") / "not" / "yet"
    return folder, provide_plotly(folder)


def test_it_decompresses_to_the_packages_own_script_byte_for_byte(provided):
    folder, name = provided
    assert gzip.decompress((folder / name).read_bytes()) == SCRIPT.read_bytes()


def test_the_name_has_the_version_so_that_no_cache_keeps_an_old_one(provided):
    _, name = provided
    assert name == f"plotly-{version('plotly')}.min.js.gz"


def test_nothing_but_the_script_is_left_in_the_folder_and_everyone_may_read_it(provided):
    folder, name = provided
    assert [path.name for path in folder.iterdir()] == [name]
    assert (folder / name).stat().st_mode & 0o444 == 0o444


def test_what_is_there_is_not_written_again(provided, monkeypatch):
    folder, name = provided
    before = (folder / name).stat()
    monkeypatch.setattr(plotly_file, "find_spec", lambda _: pytest.fail("read again"))
    assert provide_plotly(folder) == name
    after = (folder / name).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_small_script_for_the_installed_version_is_preferred(tmp_path):
    (tmp_path / "plotly-cartesian-1.0.0.min.js.gz").write_bytes(b"for another version")
    own = provide_plotly(tmp_path)
    (tmp_path / small_name()).write_bytes(b"small")
    assert own == f"plotly-{version('plotly')}.min.js.gz"
    assert provide_plotly(tmp_path) == small_name() == f"plotly-cartesian-{version('plotly')}.min.js.gz"


def test_a_folder_may_be_given_as_a_string(provided):
    folder, name = provided
    assert provide_plotly(str(folder)) == name


def test_a_folder_that_cannot_be_is_an_os_error(tmp_path):
    (tmp_path / "static").write_text("a file, not a folder")
    with pytest.raises(OSError, match="static"):
        provide_plotly(tmp_path / "static")
    with pytest.raises(OSError, match="static"):
        provide_plotly(tmp_path / "static" / "below")


def test_where_the_folder_cannot_be_written_the_app_has_the_script_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "static").write_text("a file, not a folder")
    assert gzip.decompress(compressed_plotly(tmp_path / "static")) == SCRIPT.read_bytes()
    monkeypatch.setattr(assets, "STATIC", tmp_path / "static")
    assert gzip.decompress(assets.plotly_asset.__wrapped__().body) == SCRIPT.read_bytes()


def test_where_streamlit_would_serve_it_the_page_is_told_why_it_cannot(tmp_path, monkeypatch):
    (tmp_path / "static").write_text("a file, not a folder")
    monkeypatch.setattr(component, "STATIC", tmp_path / "static")
    for name in ("board", "race", "units", "maps", "still"):
        html = component._html(name)
        assert 'data-no-plotly="the server cannot put Plotly' in html
        assert "folder static/ (File exists)" in html
    assert "plotly" not in component._html("network")


@pytest.mark.parametrize("failing", ["find_spec", "os.replace"])
def test_when_it_fails_half_way_nothing_is_left_behind(tmp_path, monkeypatch, failing):
    def fail(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(plotly_file if failing == "find_spec" else os, failing.removeprefix("os."), fail)
    with pytest.raises(OSError, match="No space left"):
        provide_plotly(tmp_path)
    assert list(tmp_path.iterdir()) == []
