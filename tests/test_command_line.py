"""The two commands: a run without a page, and a run as a script; both print the same, and neither needs Streamlit."""

import math
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.run import train_and_report
from playground.sharing.export import numpy_script, torch_script
from playground.sharing.export.command_line import experiment_of, parser
from tests.support.exports import measures, rows

ROOT = Path(__file__).resolve().parent.parent
QUERY = "target=step&layers=20,10&test_fraction=0.2"
EXPERIMENT = Experiment(target="step", layers=(20, 10), activations=("sigmoid", "sigmoid"), test_fraction=0.2)


def python(*arguments, directory=ROOT):
    return subprocess.run(
        [sys.executable, *arguments], cwd=directory, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def refused(capsys, monkeypatch):
    """refused(module, argument) is what a command says that ends with 2: in this process, a new one takes a second."""

    def refused(module, argument):
        monkeypatch.setattr(sys, "argv", [module, argument])
        with pytest.raises(SystemExit) as ended:
            import_module(module).main()
        printed = capsys.readouterr()
        assert (ended.value.code, printed.out) == (2, "")
        return printed.err

    return refused


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        (QUERY, ["epoch", "loss", "test_loss"]),
        (
            "problem=rings&loss=cross_entropy&test_fraction=0.2&learning_rate=0.5",
            ["epoch", "loss", "accuracy", "test_loss", "test_accuracy"],
        ),
    ],
)
def test_a_run_prints_what_its_exported_script_prints(query, columns, tmp_path):
    ran = python("-m", "playground.run", query, "--epochs", "50")
    exported = python("-m", "playground.export", f"?{query}", "--epochs", "50")
    assert (ran.returncode, ran.stderr, exported.returncode, exported.stderr) == (0, "", 0, "")
    (tmp_path / "run.py").write_text(exported.stdout, encoding="utf-8")
    alone = python("-I", "-W", "error", "run.py", directory=tmp_path)  # nothing of ours is on its path
    assert alone.stderr == ""
    names, numbers = rows(ran.stdout)
    expected_names, expected = rows(alone.stdout)
    assert names == expected_names == columns
    assert numbers[:, 0].tolist() == list(range(0, 51, 5))
    np.testing.assert_allclose(numbers, expected, rtol=1e-9)
    names, measured = measures(ran.stdout)
    expected_names, expected = measures(alone.stdout)
    assert names == expected_names
    assert list(measured) == list(expected) == ["training", "test"]
    for points, values in measured.items():
        np.testing.assert_allclose(values, expected[points], rtol=1e-9)


@pytest.mark.parametrize(("options", "write"), [([], numpy_script), (["--torch"], torch_script)])
def test_the_command_writes_the_script(options, write):
    assert python("-m", "playground.export", QUERY, "--epochs", "7", *options).stdout == write(EXPERIMENT, 7)


@pytest.mark.parametrize("module", ["playground.run", "playground.export"])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("layers=0", ["Units must be a whole number from 1 to 64, not '0'."]),
        ("target=formula&formula=__import__('os')", ["There is no '__import__' here"]),
        ("seed=-1&loss=cross_entropy", ["Weight seed must be", "Cross-entropy is for classes"]),
        ("layers", ["The query must be name=value&name=value, not 'layers'."]),
        ("lr=0.3", ["There is no setting 'lr'; did you mean learning_rate?"]),
        ("layers=5&layers=6", ["'layers' is given twice: as '5' and as '6'."]),
        ("lesson=one_unit", ["Lessons are for the page"]),
        ("'target=step", ["The query begins with a quotation mark and does not end with it"]),
    ],
)
def test_an_invalid_query_is_reported_in_sentences(refused, module, query, expected):
    for sentence, line in zip(expected, refused(module, query).splitlines(), strict=True):
        assert sentence in line


@pytest.mark.parametrize(
    "text",
    [
        QUERY,
        f"?{QUERY}",
        f"http://localhost:8501/?{QUERY}",
        f"https://example.org/a/page?{QUERY}&view=network&play=1&utm_source=mail&fbclid=IwAR0#top",
        f"localhost:8501/?{QUERY}",
        f"'{QUERY}'",  # as cmd passes what other shells take off
        f"‘{QUERY}’",
        f"“{QUERY}”",
        f"`{QUERY}`",
        f"{QUERY}\r\n",
        f'"{QUERY}"',
        f" {QUERY}\n",
        f"&{QUERY}&&",
        QUERY.replace("&", "&amp;"),
        QUERY.replace(",", "%2C"),
        f"'http://localhost:8501/?{QUERY.replace('&', '&#38;')}'",
        f"{QUERY}&target=step",
        f"«{QUERY}»",
        f"<http://localhost:8501/?{QUERY}>",
        f"\ufeff{QUERY.replace('&', ' & ')}\u200b",
        QUERY.replace("=", "\xa0="),
    ],
)
def test_a_query_is_taken_however_it_is_pasted(text):
    assert experiment_of(text) == EXPERIMENT


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("activation=relu", "There is no setting 'activation'; did you mean activations?"),
        ("Learning-Rate=0.3", "There is no setting 'Learning-Rate'; did you mean learning_rate?"),
        ("learning_rate=1,234", "Learning rate must be a number from 1e-06 to 100, not '1,234': write 1.234."),
        ("epochs=500", "Epochs are no part of the experiment: give --epochs 500."),
        ("target^=step", "There is no setting 'target^'; did you mean target?"),
        ('"target=step', 'In cmd, quotation marks are "double": "target=step&layers=20,10".'),
        ("‘target=step", 'In cmd, quotation marks are "double": "target=step&layers=20,10".'),
        ("target=step layers=20,10", "Target must be one of sine"),
        ("layers=20x10", "Units must be a whole number from 1 to 64, not '20x10'."),
        ("layers=[20;10]", "Units must be a whole number from 1 to 64, not '20;10'."),
    ],
)
def test_what_a_shell_or_a_hand_has_changed_is_answered(query, sentence, capsys):
    with pytest.raises(SystemExit):
        experiment_of(query)
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("optimizer=Adam&activations=[ReLU,Tanh]&layers=[20, 10]", "optimizer=adam&activations=relu,tanh&layers=20,10"),
        ("learning_rate=1/4&momentum=90%25&low=-pi", f"learning_rate=0.25&momentum=0.9&low={-math.pi!r}"),
        ("learning_rate=0,05&max_epochs=2e3&seed=%D9%A3", "learning_rate=0.05&max_epochs=2000&seed=3"),
        ("problem=Circle&irclickid=1&gad_source=2&hsCtaTracking=3&cm_mmc=4", "problem=circle"),
    ],
)
def test_a_query_is_taken_as_meant(query, meant):
    assert experiment_of(query) == experiment_of(meant)


@pytest.mark.parametrize("option", ["--epoch", "--ep"])
def test_half_an_option_is_not_taken_for_another(option, capsys):
    with pytest.raises(SystemExit):
        parser("playground.run", "").parse_args([option, "3"])
    assert "unrecognized arguments" in capsys.readouterr().err


@pytest.mark.parametrize(("text", "number"), [("1e3", 1000), ("2 000", 2000), ("2'000", 2000), ("٣", 3)])
def test_options_read_numbers_as_the_page_does(text, number):
    assert parser("playground.run", "").parse_args([f"--epochs={text}"]).epochs == number


@pytest.mark.parametrize("text", ["", "?", "http://localhost:8501", "http://localhost:8501/", "''"])
def test_an_address_alone_is_the_experiment_of_a_new_page(text):
    assert experiment_of(text) == Experiment()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Learning_Rate=0.3", "'Learning_Rate'; did you mean learning_rate?"),
        ("amp;layers=5", "'amp;layers'; did you mean layers?"),
        ("batch=5", "did you mean batch_size?"),
        ("hidden=5", "did you mean layers?"),
        ("learningrate=5", "did you mean learning_rate?"),
        ("activation=tanh", "did you mean activations?"),
        ("qqq=1", "'qqq'."),
        ("a=1&b=2&c=3&d=4&g=5", "2 more names are unknown."),
        ("target=formula&formula=x+1", "In an address a + is written %2B"),
        ("target=formula&formula=x+sin(x)", "In an address a + is written %2B"),
    ],
)
def test_unknown_names_are_refused_with_the_one_that_is_near(text, words, capsys):
    with pytest.raises(SystemExit) as ended:
        experiment_of(text)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_a_script_is_written_to_a_file_in_utf8(tmp_path):
    path = tmp_path / "run.py"
    done = python("-m", "playground.export", QUERY, "--epochs", "7", "--output", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_bytes().decode() == numpy_script(EXPERIMENT, 7)
    failed = python("-m", "playground.export", "--output", str(tmp_path))
    assert failed.returncode == 2
    assert "cannot be written" in failed.stderr


@pytest.mark.parametrize("epochs", ["-1", "1e7", "1000001", "9" * 5000, "²", "", "1; import os", "nan", "1.5", "½"])
def test_epochs_are_a_whole_number_within_the_pages_limit(refused, epochs):
    assert "must be a whole number from 0 to 1,000,000, not" in refused("playground.run", f"--epochs={epochs}")


def test_a_run_that_diverges_says_where():
    printed = train_and_report(Experiment(activations=("relu",), learning_rate=50.0), 1000)
    assert next(printed) == "epoch loss"
    next(printed)  # epoch 0
    with pytest.raises(SystemExit, match=r"diverged: in the step to epoch \d+, \w+ left the finite numbers"):
        next(printed)


def test_neither_command_imports_streamlit():
    code = "import sys, playground.run, playground.sharing.export.command_line; sys.exit('streamlit' in sys.modules)"
    assert python("-c", code).returncode == 0
