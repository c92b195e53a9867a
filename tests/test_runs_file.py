"""The file of runs of a sweep: read back exactly, gone on with as it began, and refused where it is something else."""

import pytest

from playground.compare.result import Result, train
from playground.compare.sweep import ON_COMMAND, SweepPlan
from playground.experiment import Experiment
from playground.sweep.runs_file import FIRST_FIELDS, fields_of, header, line, read_runs

PLAN = SweepPlan(Experiment(), (("learning_rate", (0.1, 100.0)), ("layers", ((3, 5), (4,)))), 2, 10, ON_COMMAND)


def file_of(path, results):
    runs = PLAN.runs()
    path.write_text(
        header(PLAN) + "".join(line(PLAN, run, runs[run], result) for run, result in results), encoding="utf-8"
    )
    return path


def test_results_are_read_back_exactly_and_what_has_failed_is_tried_again(tmp_path):
    runs = PLAN.runs()
    results = {run: train(experiment, 10) for run, experiment in runs.items()}
    failed = [((0, 0), Result(failed='It broke,\n"so".'))]
    path = file_of(tmp_path / "runs.csv", failed + list(results.items())[1:])
    assert read_runs(path, PLAN) == ({run: results[run] for run in list(runs)[1:]}, path.stat().st_size)
    with path.open("a", encoding="utf-8") as file:
        file.write(line(PLAN, (0, 0), runs[0, 0], results[0, 0]))
    assert read_runs(path, PLAN)[0] == results
    other = SweepPlan(Experiment(seed=1), PLAN.axes, 2, 10, ON_COMMAND)
    assert {run[1] for run in read_runs(path, other)[0]} == {0}  # its seed 1 is there, its seed 2 is not
    assert read_runs(path, SweepPlan(Experiment(), PLAN.axes, 2, 11, ON_COMMAND))[0] == {}
    assert read_runs(tmp_path / "none.csv", PLAN) == ({}, 0)


def test_a_file_without_measures_and_stops_goes_on_as_it_began(tmp_path):
    runs, path = PLAN.runs(), tmp_path / "runs.csv"
    first, result = next(iter(runs)), Result(0.25, False, seconds=0.5)
    path.write_text(
        header(PLAN).replace(f",{','.join(Result._fields[len(FIRST_FIELDS) :])},", ",")
        + line(PLAN, first, runs[first], result, FIRST_FIELDS),
        encoding="utf-8",
    )
    assert "rmse" not in path.read_text()
    assert (read_runs(path, PLAN)[0], fields_of(path, PLAN)) == ({first: result}, FIRST_FIELDS)
    learned = train(runs[0, 1], 10)
    assert learned.rmse > 0
    with path.open("a", encoding="utf-8") as file:
        file.write(line(PLAN, (0, 1), runs[0, 1], learned, fields_of(path, PLAN)))
    again = read_runs(path, PLAN)[0][0, 1]
    assert (again.loss, again.rmse) == (learned.loss, None)
    assert fields_of(file_of(path, []), PLAN) == Result._fields


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data.replace(b"learning_rate,layers", b"learning_rate,units", 1), "is of another sweep"),
        (lambda data: b"x1,x2\n1,2\n", "is of another sweep"),
        (lambda data: data.decode().encode("utf-16"), "is not in UTF-8"),
        (lambda data: data.replace(b"False", b"maybe", 1), "Line 2 of"),
        (lambda data: data + b"1,2\n", "Line 3 of"),
        (lambda data: data + b"\n", "Line 3 of"),
        (lambda data: data.replace(b"0.", b"nan0.", 2), "Line 2 of"),
    ],
)
def test_a_file_of_something_else_or_a_damaged_one_is_refused_and_stays_as_it_is(damage, message, tmp_path):
    path = file_of(tmp_path / "runs.csv", [((0, 0), Result(0.25, False, seconds=0.5))])
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(ValueError, match=f"{message}.*othing was trained"):
        read_runs(path, PLAN)
    assert path.read_bytes() == before
