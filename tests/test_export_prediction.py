"""Exported networks: the script predicts what the network does, in the units of y."""

import math

import numpy as np
import pytest

from nn import ACTIVATIONS
from playground.experiment import Experiment
from playground.sharing.export import prediction_script
from tests.support.exports import CASES, SMALL, names_in, run


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
def test_a_class_is_printed_with_its_probabilities(problem, loss, scaling, tmp_path):
    experiment, problem, network = learnt(problem=problem, loss=loss, scaling=scaling, points=100, learning_rate=0.5)
    script, printed = prediction_script(experiment, network), set()
    for x1, x2 in ((0, 0), (0.5, -2), (3, 0), (-4, 2), (5, 5)):
        A = network.evaluate(problem.network_inputs(np.array([[x1], [x2]])))[-1].A
        first, second = run(script, tmp_path, str(x1), str(x2)).splitlines()
        assert first == f"class {problem.predicted_class(A)[0]}"
        printed.add(first)
        shares = A[:, 0] if len(A) > 1 else [1 - A[0, 0], A[0, 0]]
        words, *numbers = second.split()
        assert words == ("probabilities" if loss == "cross_entropy" else "output")
        np.testing.assert_allclose(np.array(numbers, float), shares, rtol=1e-12)
        if loss == "cross_entropy":
            assert math.fsum(map(float, numbers)) == pytest.approx(1)
    assert len(printed) > 1 or loss == "huber"


@pytest.mark.parametrize("arguments", [(), ("1", "2"), ("one",), ("__import__('os')",)])
def test_an_invalid_input_is_answered_with_the_usage(arguments, tmp_path):
    experiment, _, network = learnt()
    with pytest.raises(SystemExit, match=r"^Usage: python predict.py x$"):
        run(prediction_script(experiment, network), tmp_path, *arguments)


def test_a_prediction_holds_nothing_that_it_does_not_use():
    for case in ("the posts' run", "classes", "every feature"):
        experiment, _, network = learnt(**CASES[case])
        defined, used, imported = names_in(prediction_script(experiment, network))
        assert defined - used <= {"A"}
        assert imported == {"numpy", "sys"}
