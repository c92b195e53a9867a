"""What is in an exported script: all that its run uses, nothing else, and nothing that a visitor wrote."""

import ast
import re

import numpy as np
import pytest

from nn import ACTIVATIONS, OPTIMIZERS
from playground.experiment import Experiment
from playground.problems.features import FEATURES
from playground.sharing.export import expressions, numpy_script, torch_script
from playground.sharing.export.literals import matrix
from tests.support.exports import CASES, names_in

EACH = pytest.mark.parametrize("case", CASES)
WRITE = pytest.mark.parametrize("write", [numpy_script, torch_script])


def test_every_feature_can_be_exported():
    assert set(expressions.FEATURES) == set(FEATURES)


@WRITE
def test_an_unknown_feature_is_an_error_and_never_left_out(write, monkeypatch):
    experiment = Experiment(problem="xor", features=("product",))
    assert write(experiment, 10)
    monkeypatch.delitem(expressions.FEATURES, "product")
    with pytest.raises(ValueError, match="product' cannot be exported"):
        write(experiment, 10)


@pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_an_activation_stands_in_the_scripts_as_its_entry_has_it(g):
    experiment = Experiment(activations=(g.name,))
    assert f"return {g.expression}\n" in numpy_script(experiment, 10)
    assert g.torch_module in torch_script(experiment, 10)


@pytest.mark.parametrize("kind", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_an_optimizer_stands_in_the_scripts_as_its_class_has_it(kind):
    experiment = Experiment(optimizer=kind.name)
    assert all(line in numpy_script(experiment, 10) for line in kind.update_code.splitlines())
    assert f"optimizer = {kind.torch_code}\n" in torch_script(experiment, 10)


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
