"""The command that sweeps: its runs are those of the page, bit for bit, and whatever ends it, it goes on from there."""

import csv
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from playground.compare.result import train
from playground.experiment import Experiment
from playground.sharing.links import from_query
from playground.sweep.arguments import read_arguments
from tests.support.processes import children, is_running, until

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "playground.sweep")
SWEEP = (
    "target=step&test_fraction=0.2&activations=relu",
    "learning_rate=0.01:100:log3",
    "layers=3,5;4",
    "--seeds",
    "2",
    "--epochs",
    "50",
)
LONG = ("target=step", "learning_rate=0.01:0.1:log9", "--seeds", "2", "--epochs", "1000", "--jobs", "2")


def sweep(*arguments):
    return subprocess.run([*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def rows_of(path):
    """The lines of a file of runs, each run once."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["query"] for row in rows}) == len(rows)
    return rows


def assert_trained_here(rows, epochs):
    """Each row has the numbers of its query trained here, to the last bit."""
    for row in rows:
        opened = from_query(dict(parse_qsl(row["query"], keep_blank_values=True)))
        assert opened.errors == []
        result = train(opened.start.experiment, epochs)
        assert float(row["loss"]) == result.loss
        assert row["diverged"] == str(result.diverged)
        assert row["test_loss"] == ("" if result.test_loss is None else repr(result.test_loss))


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A sweep to its end: (what it printed, its file, its page)."""
    folder = tmp_path_factory.mktemp("sweep")
    done = sweep(*SWEEP, "--html", str(folder / "page.html"), "--jobs", "2")
    assert done.returncode == 0, done.stderr
    (folder / "runs.csv").write_text(done.stdout, encoding="utf-8", newline="")
    return done, folder / "runs.csv", (folder / "page.html").read_text(encoding="utf-8")


def test_every_run_is_a_line_with_the_numbers_and_the_address_of_that_run(swept):
    done, path, _ = swept
    rows = rows_of(path)
    assert list(rows[0])[:4] == ["learning_rate", "layers", "seed", "epochs"]
    assert {(row["learning_rate"], row["layers"], row["seed"], row["epochs"]) for row in rows} == {
        (rate, layers, seed, "50") for rate in ("0.01", "1", "100") for layers in ("3,5", "4") for seed in "01"
    }
    assert_trained_here(rows, 50)
    assert {row["diverged"] for row in rows} == {"True", "False"}  # or it would prove less
    assert "12 runs: 3 x Learning rate, 2 x Units, 2 x seed; 50 epochs each, of target=step&" in done.stderr
    assert re.search(r"12 of 12 runs have a result, \d of them diverged\.\n$", done.stderr)


def test_the_page_has_the_heatmap_in_both_themes_and_asks_nobody_for_anything(swept):
    _, path, page = swept
    charts = json.loads(re.search(r"const charts = (.*);\n", page)[1])
    assert charts.keys() == {"light", "dark"}
    for chart in charts.values():
        heatmap, points = chart["data"]
        assert (len(heatmap["z"]), len(heatmap["z"][0]), len(points["customdata"])) == (3, 2, 6)
        low = min(
            float(row["loss"]) for row in rows_of(path) if row["learning_rate"] == "0.01" and row["layers"] == "4"
        )
        assert f"from {low:#.3g} to" in points["customdata"][1].replace("<br>", " ")
    assert "<code>target=step&amp;test_fraction=0.2&amp;activations=relu</code>" in page
    assert not re.search(r"<(script|link|img)[^>]*(src|href)=", page)


def test_what_is_in_the_file_is_not_trained_again_and_half_a_line_is(swept, tmp_path):
    _, whole, _ = swept
    data = whole.read_bytes()
    lines = data.splitlines(keepends=True)
    path = tmp_path / "runs.csv"
    for kept in (lines[0][:5], b"".join(lines[:6]) + lines[6][:20]):
        path.write_bytes(kept)
        done = sweep(*SWEEP, "--resume", str(path), "--jobs", "2")
        assert (done.returncode, done.stdout) == (0, "")
        assert ("5 of them are in" in done.stderr) == (len(kept) > len(lines[0]))
        assert path.read_bytes().startswith(kept[: kept.rfind(b"\n") + 1])
        assert {row["query"]: row["loss"] for row in rows_of(path)} == {
            row["query"]: row["loss"] for row in rows_of(whole)
        }
    before = path.read_bytes()
    assert sweep(*SWEEP, "--resume", str(path)).returncode == 0
    assert path.read_bytes() == before


def hear_interrupts():
    """In the new process: a shell that runs the tests in the background has it ignore them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_stopped_it_leaves_a_good_file_and_no_process_and_goes_on_from_there(by, tmp_path):
    path = tmp_path / "runs.csv"
    with subprocess.Popen(
        [*COMMAND, *LONG, "--resume", str(path)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_interrupts,
    ) as process:
        until(lambda: path.exists() and path.read_bytes().count(b"\n") > 3)
        pids = children(process.pid)
        process.send_signal(by)
        said = process.communicate(timeout=20)[1]
    until(lambda: not any(map(is_running, pids)))
    if by != signal.SIGKILL:
        assert process.returncode == 130
        assert re.search(r"Stopped\. --resume with the file goes on from here\. \d+ of 18 runs have a result", said)
        assert "Traceback" not in said
    before = path.read_bytes()
    done = sweep(*LONG, "--resume", str(path))
    assert done.returncode == 0
    rows = rows_of(path)
    assert len(rows) == 18
    assert path.read_bytes().startswith(before[: before.rfind(b"\n") + 1])
    assert_trained_here(rows[::5], 1000)


def test_a_reader_that_has_seen_enough_ends_it_without_a_traceback():
    command = [*COMMAND, "learning_rate=0.01:1:log9", "--epochs", "500", "--jobs", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 1
    assert "The runs cannot be written: Broken pipe." in said
    assert "Traceback" not in said
    assert "Exception" not in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["target=stp", "units=5"], "Target must be one of"),
        (["lr=1", "units=5"], "There is no setting 'lr'; did you mean learning_rate?"),
        (["", "lr=1,2"], "There is no setting 'lr'; did you mean learning_rate?"),
        (["", "seed=1,2"], "'seed' is not a setting that can be swept: give --seeds."),
        (["", "epochs=1,2"], "'epochs' is not a setting that can be swept: give --epochs."),
        (["", "formula=x"], "'formula' is not a setting that can be swept."),
        (["", "learning_rate"], "Values are written setting=values"),
        (["", "learning_rate=0.1,fast"], "not 'fast'"),
        (["", "'units=5,70'"], "Units must be a whole number from 1 to 64, not '70'."),
        (["", "units=5", "units=6"], "not units and units."),
        (["", "units=5", "l1=0", "l2=0", "clip=0", "decay=0"], "up to 4 different ones"),
        (["", "units=5", "l1=0", "l2=0", "--html", "x.html"], "--html shows one or two settings, not 3."),
        (["units=5", "--seeds", "0"], "must be a whole number from 1 to 1,000, not '0'"),
        (["units=5", "--jobs", "1e9"], "must be a whole number from 1 to 256, not '1e9'"),
        (["units=5", "--epochs", "-1"], "--epochs"),
        (["units=5", "--html", "x", "--resume", "x"], "--resume and --html must be two files"),
        (["units=5", "--html", "/nowhere/x.html"], "/nowhere/x.html cannot be written: there is no such folder."),
        (["units=5", "--resume", "/"], "/ cannot be written: it is a folder."),
        (["units=5", "--dask", "scheduler"], "must be an address such as tcp://scheduler:8786, not 'scheduler'"),
        (["units=5", "--dask", ""], "must be an address such as tcp://scheduler:8786, not ''"),
        (["units=5", "--dask", "tcp://a:1", "--jobs", "2"], "--jobs is for this machine"),
        ([], "setting=values"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_words(arguments, message, capsys):
    with pytest.raises(SystemExit) as ended:
        read_arguments(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_options_may_stand_anywhere():
    request = read_arguments(["target=step", "--seeds", "7", "units=5,6", "--epochs", "20", "l1=0"])
    assert (request.plan.experiment.target, request.plan.seeds, request.plan.epochs) == ("step", 7, 20)
    assert request.plan.axes == (("units", (5, 6)), ("l1", (0.0,)))
    assert read_arguments(["units=5"]).plan.experiment == Experiment()


def test_the_command_loads_no_streamlit_and_no_dask():
    code = "import sys, playground.sweep.__main__; sys.exit(len({'streamlit', 'distributed'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
