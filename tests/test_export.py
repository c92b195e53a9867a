"""Exported runs: each script, run by itself, prints the losses of the Trainer, and the measures of the page."""

import numpy as np
import pytest
from hypothesis import assume, given, settings

from playground.experiment import Experiment
from playground.sharing.export import numpy_script, torch_script
from playground.sharing.export.outline import epochs_per_report
from tests.support.exports import CASES, measures, measures_of_the_page, rows, run
from tests.support.peers import peer
from tests.support.strategies import experiments

EACH = pytest.mark.parametrize("case", CASES)


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
            if numbers and numbers[-1][0] == trainer.epoch:
                break  # it has stopped early
            row = [trainer.epoch]
            for points, Xs, Ys in sets.values():
                output, g = trainer.network.evaluate(Xs)[-1], trainer.network.layers[-1].g
                row.append(trainer.loss if points is problem.samples else trainer.loss_function.measure(output, g, Ys))
                if problem.classes:
                    row.append(np.mean(problem.predicted_class(output.A) == points[-1]))
            numbers.append(row)
    return names, np.array(numbers), measures_of_the_page(problem, trainer.network)


def compare(script, experiment, epochs, tmp_path, tolerance, floor=1e-300):
    """What a script prints, with what the page shows; returns the losses."""
    printed = run(script, tmp_path)
    names, numbers = rows(printed)
    expected_names, expected, expected_measures = trained(experiment, epochs)
    assert names == expected_names
    np.testing.assert_allclose(numbers, expected, rtol=tolerance, atol=floor)
    _, measured = measures(printed)
    assert measured.keys() == expected_measures.keys()
    for points, values in expected_measures.items():
        np.testing.assert_allclose(measured[points], values, rtol=tolerance, atol=tolerance)  # of 1 - R2
    return expected


def check(script, experiment, epochs, tmp_path, tolerance):
    assert np.ptp(compare(script, experiment, epochs, tmp_path, tolerance)[:, 1]) > 0


@pytest.fixture(scope="module")
def torch_alone():
    """PyTorch, with one thread."""
    torch = peer("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield torch
    torch.set_num_threads(threads)
    torch.set_default_dtype(torch.float32)


@pytest.fixture
def torch(torch_alone):
    """The same, with its own kind of numbers again after each test."""
    yield torch_alone
    torch_alone.set_default_dtype(torch_alone.float32)


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


@given(experiments())
@settings(max_examples=40)
def test_so_does_the_script_of_any_experiment(tmp_path_factory, experiment):
    _, _, trainer = experiment.start()
    trainer.train(5)
    assume(not trainer.diverged)
    tolerance = 1e-9 if experiment.dtype == "float64" else 1e-4
    compare(numpy_script(experiment, 5), experiment, 5, tmp_path_factory.mktemp("any"), tolerance)


@given(experiments())
@settings(max_examples=15)
def test_so_does_that_of_pytorch_of_any_experiment(tmp_path_factory, torch_alone, experiment):
    experiment = experiment.changed(
        patience=0, stall_epochs=0
    )  # an epoch in which rounding decides: test_early_stopping.py
    _, _, trainer = experiment.start()
    trainer.train(5)
    assume(not trainer.diverged and trainer.loss < 1e100)  # it sums squares in another order, which may overflow
    tolerance = 1e-6 if experiment.dtype == "float64" else 1e-3
    floor = 1e-9 * np.nanmax(trained(experiment, 5)[1][:, 1])
    compare(torch_script(experiment, 5), experiment, 5, tmp_path_factory.mktemp("any"), tolerance, floor)


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
