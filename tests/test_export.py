"""Exported runs: each script, run by itself, prints the losses of the Trainer, and holds no more than the run needs."""

import ast
import contextlib
import io
import math
import re
import runpy
import sys

import numpy as np
import pytest

from nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground.experiment import LOSS_NAMES, Experiment
from playground.problems.features import FEATURES
from playground.problems.planes import PLANES
from playground.problems.targets import TARGETS
from playground.sharing.export import expressions, numpy_script, prediction_script, torch_script
from playground.sharing.export.literals import matrix
from playground.sharing.export.outline import epochs_per_report
from tests.support.peers import peer

SMALL = {"layers": (6, 5), "activations": ("tanh", "sigmoid"), "points": 40, "learning_rate": 0.05}
CLASSES = {"problem": "rings", "loss": "cross_entropy", "points": 50, "test_fraction": 0.2, "initializer": "xavier"}
OWN_CURVE = "x,y\n3,1\n-2,1\n-1,0\n0,1\n1,0\n2,1\n"
OWN_PLANE = "x1,x2,y\n" + "".join(f"{i % 4},{i // 4},{i % 3}\n" for i in range(16))

CASES = {
    "the posts' run": {},
    **{f"target {name}": {**SMALL, "target": name} for name in TARGETS},
    **{f"problem {name}": {"problem": name, "points": 40, "noise": 0.1} for name in PLANES},
    **{f"activation {name}": {**SMALL, "activations": (name, name), "initializer": "xavier"} for name in ACTIVATIONS},
    **{f"output {name}": {**SMALL, "output_activation": name, "target": "absolute", "seed": 1} for name in ACTIVATIONS},
    **{f"optimizer {name}": {**SMALL, "optimizer": name, "learning_rate": 0.003} for name in OPTIMIZERS},
    **{
        f"optimizer {name} as its rate changes": {**SMALL, "optimizer": name, "schedule": "cosine", "period": 60}
        for name in ("momentum", "nesterov")
    },
    "nesterov without momentum": {**SMALL, "optimizer": "nesterov", "momentum": 0.0},
    **{f"loss {name}": {"problem": "circle", "loss": name, "points": 40} for name in LOSS_NAMES},
    **{f"loss {name} of three": {**CLASSES, "loss": name, "test_fraction": 0.0} for name in LOSS_NAMES},
    "loss huber on either side": {**SMALL, "loss": "huber", "target": "x_sine"},
    **{f"start {name}": {**SMALL, "initializer": name, "scale": 1.5, "seed": 3} for name in INITIALIZERS},
    **{f"schedule {name}": {**SMALL, "schedule": name, "period": 37} for name in SCHEDULES},
    "formula": {**SMALL, "target": "formula", "formula": "sin(x) + 0.1 * x ** 2", "noise": 0.1},
    "formula of a plane": {**SMALL, "target": "formula", "formula": "x1 * x2 > 1", "loss": "cross_entropy"},
    "own points": {**SMALL, "target": "points", "own": OWN_CURVE, "scaling": "standard"},
    "own points of a plane": {**SMALL, "target": "points", "own": OWN_PLANE, "scaling": "standard"},
    "standardised": {**SMALL, "scaling": "standard", "target": "x_sine"},
    "an awkward range": {**SMALL, "low": -1.5, "high": 2.5, "points": 49},
    "every feature": {**SMALL, "problem": "multi_gaussian", "features": tuple(FEATURES), "scaling": "standard"},
    "one feature": {**SMALL, "problem": "plane", "features": ("x2",), "test_fraction": 0.5},
    "l1": {**SMALL, "l1": 0.001},
    "l2": {**SMALL, "l2": 0.01},
    "clip": {**SMALL, "clip": 0.05},
    "freeze": {**SMALL, "freeze": 2},
    "a frozen layer that is not there": {**SMALL, "freeze": 5},
    "all that changes a step": {
        **SMALL, "l1": 0.001, "l2": 0.01, "clip": 0.05, "freeze": 1, "schedule": "step", "period": 50, "batch_size": 7,
        "dropout": 0.2, "optimizer": "momentum",
    },
    "mini-batches": {**SMALL, "batch_size": 7, "seed": 5},
    "a batch of more than all": {**SMALL, "batch_size": 500},
    "dropout": {**SMALL, "dropout": 0.3, "seed": 4},
    "classes": {**CLASSES, "batch_size": 9, "dropout": 0.1, "l2": 0.001, "scaling": "standard"},
    "a run that makes one rounding large": {"activations": ("swish",)},
    "test points of a plain curve": {**SMALL, "test_fraction": 0.3},
    "test points": {**SMALL, "test_fraction": 0.3, "noise": 0.2, "data_seed": 2},
}  # fmt: skip
EACH = pytest.mark.parametrize("case", CASES)


def run(script, tmp_path, *arguments):
    """What a script prints, run by itself."""
    path, printed = tmp_path / "exported.py", io.StringIO()
    path.write_text(script, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, np.errstate(), contextlib.redirect_stdout(printed):
        patch.setattr(sys, "argv", [str(path), *arguments])
        runpy.run_path(str(path), run_name="__main__")
    return printed.getvalue()


def rows(printed):
    """The columns' names, and the numbers below them."""
    names, *lines = printed.splitlines()
    return names.split(), np.array([line.split() for line in lines], float)


def trained(experiment, epochs):
    """The same of the Trainer."""
    _, problem, trainer = experiment.start()
    sets = {"": (problem.samples, problem.Xs, problem.Ys)}
    if problem.test_samples.size:
        sets["test_"] = (problem.test_samples, *problem.test_set)
    numbers, names = [], ["epoch"]
    for prefix in sets:
        names += [f"{prefix}loss", f"{prefix}accuracy"] if problem.classes else [f"{prefix}loss"]
    for epoch in range(epochs + 1):
        if epoch % epochs_per_report(epochs) == 0 or epoch == epochs:
            trainer.train(epoch - trainer.epoch)
            row = [epoch]
            for points, Xs, Ys in sets.values():
                output, g = trainer.network.evaluate(Xs)[-1], trainer.network.layers[-1].g
                row.append(trainer.loss if points is problem.samples else trainer.loss_function.measure(output, g, Ys))
                if problem.classes:
                    row.append(np.mean(problem.predicted_class(output.A) == points[-1]))
            numbers.append(row)
    return names, np.array(numbers)


def check(script, experiment, epochs, tmp_path, tolerance):
    names, numbers = rows(run(script, tmp_path))
    expected_names, expected = trained(experiment, epochs)
    assert names == expected_names
    np.testing.assert_allclose(numbers, expected, rtol=tolerance, atol=1e-300)
    assert np.ptp(expected[:, 1]) > 0


@pytest.fixture
def torch():
    torch = peer("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield torch
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float32)


# --- The losses -------------------------------------------------------------------------------------------------------


@EACH
def test_the_script_prints_the_losses_of_the_trainer(case, tmp_path):
    experiment = Experiment(**CASES[case])
    check(numpy_script(experiment, 120), experiment, 120, tmp_path, 1e-9)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.startswith(("target", "problem"))]
)  # the same data
def test_so_does_that_of_pytorch(case, tmp_path, torch):
    experiment = Experiment(**CASES[case])
    check(torch_script(experiment, 30), experiment, 30, tmp_path, 1e-6)


@pytest.mark.parametrize(
    "case",
    ["the posts' run", "all that changes a step", "every feature", "a run that makes one rounding large"],
)
def test_it_does_over_a_thousand_epochs(case, tmp_path):
    experiment = Experiment(**CASES[case])
    check(numpy_script(experiment, 1000), experiment, 1000, tmp_path, 1e-9)


@pytest.mark.parametrize("case", ["the posts' run", "all that changes a step", "classes", "test points"])
def test_in_float32_they_agree_to_its_own_precision(case, tmp_path):
    experiment = Experiment(**CASES[case], dtype="float32")
    script = numpy_script(experiment, 100)
    check(script, experiment, 100, tmp_path, 1e-5)
    assert (
        np.abs(rows(run(script, tmp_path))[1] - trained(Experiment(**CASES[case]), 100)[1]).max() > 1e-9
    )  # not float64


@pytest.mark.parametrize("case", ["the posts' run", "classes"])
def test_pytorchs_too(case, tmp_path, torch):
    experiment = Experiment(**CASES[case], dtype="float32")
    check(torch_script(experiment, 50), experiment, 50, tmp_path, 1e-4)


@pytest.mark.parametrize("epochs", [0, 1, 7, 19, 100, 101])
def test_about_ten_losses_the_first_and_the_last_are_printed(epochs, tmp_path):
    _, numbers = rows(run(numpy_script(Experiment(), epochs), tmp_path))
    assert numbers[0, 0] == 0
    assert numbers[-1, 0] == epochs
    assert min(epochs, 9) < len(numbers) <= 12


def test_a_run_that_diverges_says_so(tmp_path):
    script = numpy_script(Experiment(activations=("relu",), learning_rate=50), 1000)
    with pytest.raises(SystemExit, match="the loss is not finite at epoch 100"):
        run(script, tmp_path)


@pytest.mark.parametrize("write", [numpy_script, torch_script])
@pytest.mark.parametrize("epochs", [-1, 1.5, "10; import os", None])
def test_epochs_are_a_whole_number(write, epochs):
    with pytest.raises(ValueError, match="epochs must be a whole number of at least 0"):
        write(Experiment(), epochs)


# --- What is in them --------------------------------------------------------------------------------------------------


def test_every_name_can_be_written_out():
    assert set(expressions.ACTIVATIONS) == {*ACTIVATIONS, "softmax"}
    assert set(expressions.OPTIMIZERS) == set(OPTIMIZERS)
    assert set(expressions.LOSSES) == set(LOSSES)
    assert set(expressions.INITIALIZERS) == set(INITIALIZERS)
    assert set(expressions.SCHEDULES) == set(SCHEDULES)
    assert set(expressions.FEATURES) == set(FEATURES)


def names_in(script):
    """What a script defines and what it uses, of functions, classes and constants; and what it imports."""
    nodes = list(ast.walk(ast.parse(script)))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined |= {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store) and n.id.isupper()}
    used = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    used |= {n.attr for n in nodes if isinstance(n, ast.Attribute)}
    imported = {alias.name for n in nodes if isinstance(n, ast.Import | ast.ImportFrom) for alias in n.names}
    return defined, used, imported


@EACH
def test_a_script_holds_nothing_that_its_run_does_not_use(case):
    experiment = Experiment(**CASES[case])
    script = numpy_script(experiment, 1000)
    defined, used, imported = names_in(script)
    assert defined - used - {"Ys", "A", "Z", "Xs", "L"} <= {"__init__"}
    assert imported == {"numpy", "math"} & {"numpy", *used}
    defined, used, imported = names_in(torch_script(experiment, 1000))
    assert defined - used <= {"__init__", "forward", "W", "A"}
    assert imported == {"math", "numpy", "torch", "torch.nn.functional"}


def test_a_plain_curve_is_written_as_the_posts_have_it():
    script = numpy_script(Experiment(), 1000)
    assert "Xs = np.arange(-5, 5, 0.1).reshape(1, -1)\nYs = np.sin(Xs)\n" in script


HOSTILE = '"""\nraise SystemExit(66)\n"""\n# \\ $loss ${x} %s {0}'
WRITE = pytest.mark.parametrize("write", [numpy_script, torch_script])


@WRITE
@pytest.mark.parametrize("name", ['""""""";exit(66)#"', "';exit(66)#", '\\";exit(66)', "__import__('os')"])
def test_the_names_in_a_table_are_not_in_the_script(write, name):
    table = Experiment(target="points", own=f"x,{name}\n1,2\n2,3\n")
    assert write(table, 10) == write(table.changed(own="x,y\n1,2\n2,3\n"), 10)
    assert "?" not in ast.get_docstring(ast.parse(write(table, 10)))  # no link, which would open other points


@WRITE
def test_a_text_that_is_not_in_use_is_not_in_the_script(write):
    for experiment in (Experiment(), Experiment(problem="circle", target="formula"), Experiment(target="cosine")):
        hostile = experiment.changed(formula=HOSTILE, own=HOSTILE + "\ud800")
        assert write(hostile, 10) == write(experiment, 10)


@WRITE
def test_of_a_formula_there_are_its_points_alone(write):
    formula = Experiment(target="formula", formula="where(x > 0.4321, exp(sin(x)), cosh(x))", low=-1, high=1, points=5)
    script = write(formula, 10)
    table = formula.changed(target="points", own="x,y\n1,2\n2,3\n")
    assert names_in(script) == names_in(write(table, 10))
    body = script.split('"""', 2)[2]
    assert not re.search("where|cosh|4321", body)


def test_a_link_is_of_harmless_characters_alone():
    script = numpy_script(
        Experiment(target="formula", formula="x % 2 <= 1 + max(1, 2)", layers=(3, 2), activations=("tanh", "tanh")), 1
    )
    link = re.search("again at (.*)", ast.get_docstring(ast.parse(script)))[1]
    assert re.fullmatch(r"\?[\w=&%,.+-]+", link, re.ASCII)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (3, 200), (30, 1)])
def test_numbers_read_back_as_the_same(shape, dtype):
    rng = np.random.RandomState(0)
    array = (rng.standard_normal(shape) * 10.0 ** rng.randint(-30, 30, shape)).astype(dtype)
    text = matrix(array).removesuffix(", np.float32)").removesuffix(")")
    read = np.array(ast.literal_eval(text.removeprefix("np.array(")), dtype)
    np.testing.assert_array_equal(read, array, strict=True)
    assert max(map(len, text.splitlines())) <= 120


# --- Predictions ------------------------------------------------------------------------------------------------------


def learnt(**values):
    experiment = Experiment(**values)
    _, problem, trainer = experiment.start()
    trainer.train(50)
    return experiment, problem, trainer.network


@pytest.mark.parametrize(
    ("values", "x"),
    [
        ({}, (0.5,)),
        ({**SMALL, "scaling": "standard", "target": "x_sine", "low": 3, "high": 9}, (-4.25,)),
        ({**SMALL, "dtype": "float32", "dropout": 0.2}, (1e-3,)),
        ({**CASES["every feature"]}, (0.5, -2)),
        ({"problem": "plane", "points": 1000, "layers": (30,)}, (6, 6)),
        *(({**SMALL, "activations": (name, name), "output_activation": name}, (-1.5,)) for name in ACTIVATIONS),
    ],
)
def test_a_prediction_is_the_networks_output_in_the_units_of_y(values, x, tmp_path):
    experiment, problem, network = learnt(**values)
    A = network.evaluate(problem.network_inputs(np.array(x).reshape(-1, 1)))[-1].A
    printed = run(prediction_script(experiment, network), tmp_path, *map(str, x))
    tolerance = 1e-5 if experiment.dtype == "float32" else 1e-12
    assert float(printed) == pytest.approx(float(problem.y.inverse_transform(A).item()), rel=tolerance)


@pytest.mark.parametrize("scaling", ["none", "standard"])
@pytest.mark.parametrize(
    ("problem", "loss"), [("circle", "cross_entropy"), ("rings", "cross_entropy"), ("rings", "huber")]
)
def test_a_class_is_told_with_its_probabilities(problem, loss, scaling, tmp_path):
    experiment, problem, network = learnt(problem=problem, loss=loss, scaling=scaling, points=100, learning_rate=0.5)
    script, told = prediction_script(experiment, network), set()
    for x1, x2 in ((0, 0), (0.5, -2), (3, 0), (-4, 2), (5, 5)):
        A = network.evaluate(problem.network_inputs(np.array([[x1], [x2]])))[-1].A
        first, second = run(script, tmp_path, str(x1), str(x2)).splitlines()
        assert first == f"class {problem.predicted_class(A)[0]}"
        told.add(first)
        shares = A[:, 0] if len(A) > 1 else [1 - A[0, 0], A[0, 0]]
        words, *numbers = second.split()
        assert words == ("probabilities" if loss == "cross_entropy" else "output")
        np.testing.assert_allclose(np.array(numbers, float), shares, rtol=1e-12)
        if loss == "cross_entropy":
            assert math.fsum(map(float, numbers)) == pytest.approx(1)
    assert len(told) > 1 or loss == "huber"


@pytest.mark.parametrize("arguments", [(), ("1", "2"), ("one",), ("__import__('os')",)])
def test_what_is_no_input_is_answered_with_how_to_use_it(arguments, tmp_path):
    experiment, _, network = learnt()
    with pytest.raises(SystemExit, match=r"^Usage: python predict.py x$"):
        run(prediction_script(experiment, network), tmp_path, *arguments)


def test_a_prediction_holds_nothing_that_it_does_not_use():
    for case in ("the posts' run", "classes", "every feature"):
        experiment, _, network = learnt(**CASES[case])
        defined, used, imported = names_in(prediction_script(experiment, network))
        assert defined - used <= {"A"}
        assert imported == {"numpy", "sys"}
