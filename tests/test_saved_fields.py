"""Saved runs: a file is opened only if every field is one that a run can have, and if they fit one another."""

import json

import pytest

from playground.experiment import CONTROLS, DEFAULTS
from playground.sharing.saved import read_run, write_run
from tests.support.saved_files import (
    FILE,
    PLAYED,
    packed,
    rejection,
    small_run,
    with_value,
)

HERE = PLAYED.trainer.epoch
FIRST = json.loads(FILE)["edits"][0]
NOT_NUMBERS = [None, True, False, "1", "", [], [1], {}, 10**400, -(10**400), 10**4000]
NOT_WHOLE = [*NOT_NUMBERS, 0.5, 1.0, 1e300, -1, 2**63]
NOT_LISTS = [None, True, 1, "1", {}, {"0": 1}]
WRONG = {
    ("format",): [None, 1, "", "Neural-network-playground", ["neural-network-playground"]],
    ("version",): [None, True, "1", 0, -1, 1.0, 2, 10**400, [1], {}],
    ("experiment",): [*NOT_LISTS[:4], [], [1]],
    ("experiment", "learning_rate"): [*NOT_NUMBERS, 0, -1.0, 1e300],
    ("experiment", "points"): [*NOT_WHOLE, 39, 41, 10**6],
    ("experiment", "optimizer"): [None, 1, True, [], "sgd", "momentum", "\ud800"],
    ("experiment", "layers"): [*NOT_LISTS, [], [0], [True], ["5"], [5.0], [5] * 5, [4], [6], [[5]]],
    ("experiment", "activations"): [*NOT_LISTS, [], ["eval"]],
    ("experiment", "features"): [*NOT_LISTS, [], ["x3"]],
    ("experiment", "formula"): [None, 1, [], "x" * 10**6, "\ud800"],
    ("experiment", "own"): [None, 1, [], "1,2\n" * 10**6, "\ud800"],
    ("experiment", "data_seed"): [1],  # another data set
    ("experiment", "seed"): [1],  # another start
    ("experiment", "dtype"): ["float16"],
    ("experiment", "no_such"): [1],
    ("no such",): [1],
    ("epoch",): [*NOT_WHOLE, HERE - 1, HERE + 1, 10**7],
    ("loss",): [*NOT_NUMBERS, 0.0, -1.0, 1e308, 5e-324],
    ("diverged",): [True, 1, [], {}, "", "W3", "W0", "Z10", "os.system", "loss1"],
    ("parameters",): [*NOT_LISTS, [], [0.5] * 15, [0.5] * 17, [0.5] * 10**5, [0.5] * 16, [1e300] * 16],
    ("parameters", 0): [*NOT_NUMBERS, "nan", "inf", 9.0],
    ("optimizer",): [*NOT_LISTS[:4], []],
    ("optimizer", "kind"): [None, 1, [], "rmsprop", "Adam"],
    ("optimizer", "memory"): [*NOT_LISTS[:4], [], {"v": [0.5] * 16}],
    ("optimizer", "memory", "v"): [*NOT_LISTS, [], [0.5] * 15, [0.5] * 10**5],
    ("optimizer", "memory", "v", 0): [*NOT_NUMBERS, "inf", "-inf", "nan", "Infinity"],
    ("optimizer", "memory", "s", 0): [*NOT_NUMBERS, -1e-9, "-inf", "nan", "Infinity"],
    ("optimizer", "memory", "t"): [*NOT_WHOLE, 0, 10**15],
    ("generator",): [*NOT_LISTS[:4], []],
    ("generator", "kind"): [None, 1, [], "PCG64"],
    ("generator", "words"): [*NOT_LISTS, [], [1] * 623, [1] * 625, [0] * 624, [1] * 10**5],
    ("generator", "words", 0): [*NOT_WHOLE, 2**32],
    ("generator", "position"): [*NOT_WHOLE, 625],
    ("generator", "has_gauss"): [*NOT_WHOLE, 2],
    ("generator", "gauss"): NOT_NUMBERS,
    ("order",): [*NOT_LISTS, [], list(range(27)), list(range(29)), [0] * 28, list(range(1, 29)), [0] * 10**5],
    ("order", 0): [*NOT_WHOLE, 28],
    ("loss history",): [*NOT_LISTS[:4], []],
    ("loss history", "stride"): [*NOT_WHOLE, 0, 2, 10**7],
    ("loss history", "epochs"): [*NOT_LISTS, [], [HERE], [0, HERE], list(range(HERE)), [0] * 10**5],
    ("loss history", "epochs", 1): [*NOT_WHOLE, 0, 2],
    ("loss history", "losses"): [*NOT_LISTS, [], [0.5] * HERE, [0.5] * 10**5],
    ("loss history", "losses", 1): [*NOT_NUMBERS, "inf", "nan"],
    ("loss history", "losses", 0): [0.0, 1.0],
    ("loss history", "objectives"): [*NOT_LISTS, [], [0.5] * HERE, [0.5] * 10**5],
    ("loss history", "objectives", 1): [True, "1", "nan", "-inf", [], {}, 10**400],
    ("test-loss history",): [*NOT_LISTS[:4], []],
    ("test-loss history", "epochs"): [*NOT_LISTS, [], [0, 50, 50, 150, 200], [0, 50, 40, 150, 200], [0] * 10**5],
    ("test-loss history", "epochs", 4): [*NOT_WHOLE, HERE + 1],
    ("test-loss history", "losses"): [*NOT_LISTS, [], [0.5] * 10**5],
    ("test-loss history", "losses", 0): [*NOT_NUMBERS, "inf"],
    ("clock",): [*NOT_LISTS[:4], []],
    ("clock", "epochs"): [*NOT_LISTS, [], [50, 50, 150, 200], [50, 40, 150, 200], [0] * 10**5, list(range(3000))],
    ("clock", "epochs", 3): [*NOT_WHOLE, 150, HERE + 1],
    ("clock", "seconds"): [*NOT_LISTS, [], [0.5] * 3, [0.5] * 10**5, [0.3, 0.2, 0.4, 0.5]],
    ("clock", "seconds", 0): [*NOT_NUMBERS, "inf", -1e-9, 1e6],
    ("clock", "seconds", 3): [*NOT_NUMBERS, "nan", 0, 1.1e9, 1e300],
    ("edits",): [None, True, 1, "", {}, [1], [[]], [{}], [None] * 10**5, [FIRST | {"epoch": HERE}, FIRST]],
    ("edits", 0, "epoch"): [*NOT_WHOLE, 0, HERE + 1],
    ("edits", 0, "place"): [*NOT_WHOLE, 16],
    ("edits", 0, "before"): [*NOT_NUMBERS, "inf"],
    ("moments",): [
        *NOT_LISTS,
        [HERE],
        [0, 50],
        [100, 50],
        [50, 50],
        [0.5],
        ["50"],
        list(range(1, HERE + 2)),
        [1] * 10**5,
    ],
    ("start",): [True, 1, "", {}, [], [0.5] * 16],
}


@pytest.mark.parametrize("path", WRONG, ids=lambda path: " ".join(map(str, path)))
def test_an_impossible_value_is_rejected(path):
    for value in WRONG[path]:
        rejection(with_value(path, value))


def test_a_newer_version_is_reported_as_one():
    assert "newer version" in rejection(with_value(("version",), 2))


def test_every_field_is_needed():
    for path in [("format",), ("generator", "gauss"), ("edits", 0, "before"), *((name,) for name in json.loads(FILE))]:
        document = json.loads(FILE)
        where = document
        for name in path[:-1]:
            where = where[name]
        del where[path[-1]]
        if path not in (("experiment",), ("moments",)):  # of which one has defaults, and one is in no older file
            rejection(packed(document))


def test_no_name_appears_twice():
    for name in (b'"epoch":', b'"learning_rate":', b'"gauss":'):
        assert "twice" in rejection(FILE.replace(name, name + b"1," + name))


def test_of_a_files_text_only_plain_names_are_quoted():
    assert '"warmth"' in rejection(with_value(("experiment", "warmth"), 1))
    for name in ("![x](https://example.org)", "<b>", "a" * 10**6, "\u202e"):
        assert name not in rejection(with_value(("experiment", name), 1))
        assert name not in rejection(with_value((name,), 1))


def test_parameters_beyond_float32_are_rejected():
    document = json.loads(write_run(small_run(1, dtype="float32")))
    document["parameters"][0] = 1e39
    assert "float32" in rejection(packed(document))


def test_a_loss_history_that_is_too_long_is_rejected():
    document = json.loads(write_run(small_run(1)))
    document["epoch"] = 4096
    losses = [document["loss history"]["losses"][0]] * 4097
    document["loss history"] = {"stride": 1, "epochs": list(range(4097)), "losses": losses, "objectives": losses}
    assert "loss history" in rejection(packed(document))


def test_without_test_points_there_is_no_test_loss():
    document = json.loads(write_run(small_run(1)))
    document["test-loss history"] = {"epochs": [0], "losses": [0.5]}
    rejection(packed(document))


def test_the_loss_is_that_of_the_parameters_except_for_rounding():
    loss = json.loads(FILE)["loss"]
    assert read_run(with_value(("loss",), loss * (1 + 1e-9))).checkpoints[-1].loss != loss
    assert "another loss" in rejection(with_value(("loss",), loss * 1.001))
    assert "another loss" in rejection(with_value(("parameters", 3), 0.51))


def test_the_names_of_an_experiment_are_those_of_its_controls():
    assert set(json.loads(FILE)["experiment"]) == set(CONTROLS) == set(DEFAULTS)
