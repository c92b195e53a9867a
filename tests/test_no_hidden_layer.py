"""A network without a hidden layer is linear, logistic or softmax regression, as theory and other libraries have it."""

import numpy as np
import pytest

from playground.analysis.stability import measure_stability
from playground.compare.result import train
from playground.experiment import Experiment
from playground.player import Player
from playground.sweep.arguments import read_arguments
from playground.sweep.runs_file import header, line, read_runs
from tests.support.page import Page
from tests.support.peers import peer

NONE = {"layers": (), "activations": ()}
LINEAR = [
    {"target": "noisy_sine"},
    {"target": "absolute", "noise": 0.3, "low": -2.0},
    {"problem": "plane", "noise": 0.2, "learning_rate": 0.05},
    {"problem": "multi_gaussian", "scaling": "standard", "features": ("x1", "x2", "product")},
]
CLASSES = [
    {"problem": "moons"},
    {"problem": "gaussians", "noise": 0.5, "features": ("x1", "product")},
    {"problem": "three_spirals", "scaling": "standard"},
]


def start(changes, **others):
    _, problem, trainer = Experiment(**NONE, **changes, **others).start()
    return problem, trainer


def with_ones(Xs):
    return np.vstack([Xs, np.ones(Xs.shape[1])])


@pytest.mark.parametrize("changes", LINEAR, ids=str)
def test_linear_regression_by_gradient_descent_ends_at_least_squares(changes):
    problem, trainer = start(changes)
    trainer.train(5000)
    best = np.linalg.lstsq(with_ones(problem.Xs).T, problem.Ys.T, rcond=None)[0].T
    np.testing.assert_allclose(trainer.network.layers[0].Wb, best, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("changes", LINEAR, ids=str)
def test_the_stable_rate_of_linear_regression_is_two_over_the_largest_eigenvalue_of_xx(changes):
    player = Player(Experiment(**NONE, **changes))
    X1 = with_ones(player.problem.Xs)
    largest = np.linalg.eigvalsh(X1 @ X1.T / X1.shape[1])[-1]
    assert measure_stability(player).limit == pytest.approx(2 / largest, rel=1e-9)


@pytest.mark.parametrize("changes", CLASSES, ids=str)
def test_the_gradient_of_logistic_and_softmax_regression_is_a_minus_y_times_x_over_n(changes):
    problem, trainer = start(changes, loss="cross_entropy")
    trainer.train(10)
    Z = trainer.network.layers[0].W @ problem.Xs + trainer.network.layers[0].b
    A = 1 / (1 + np.exp(-Z)) if len(Z) == 1 else np.exp(Z) / np.exp(Z).sum(axis=0)
    expected = (A - problem.Ys) @ with_ones(problem.Xs).T / Z.shape[1]
    np.testing.assert_allclose(trainer.network.matrices(trainer.gradient)[0], expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("changes", CLASSES, ids=str)
def test_logistic_regression_ends_where_that_of_scikit_learn_does(changes):
    """With L2 on W alone: there the mean loss + l2 / 2 |W|^2 is 1 / (C n) times what scikit-learn minimises."""
    l2 = 0.1
    problem, trainer = start(changes, loss="cross_entropy", l2=l2, learning_rate=0.1)
    trainer.train(20_000)
    labels, n = problem.samples[-1], problem.Xs.shape[1]
    model = peer("sklearn.linear_model").LogisticRegression(C=1 / (l2 * n), tol=1e-12, max_iter=10_000)
    model.fit(problem.Xs.T, labels)
    A = trainer.network.evaluate(problem.Xs)[-1].A
    shares = model.predict_proba(problem.Xs.T).T
    np.testing.assert_allclose(A, shares[1:] if len(A) == 1 else shares, atol=1e-6)


@pytest.mark.parametrize("changes", [LINEAR[0], {**CLASSES[0], "loss": "cross_entropy"}], ids=str)
def test_one_step_is_that_of_pytorch(changes):
    torch = peer("torch")
    problem, trainer = start(changes)
    model = torch.nn.Linear(*reversed(trainer.network.layers[0].W.shape)).double()
    with torch.no_grad():
        model.weight.copy_(torch.from_numpy(trainer.network.layers[0].W))
        model.bias.copy_(torch.from_numpy(trainer.network.layers[0].b[:, 0]))
    outputs, Ys = model(torch.from_numpy(problem.Xs.T)), torch.from_numpy(problem.Ys.T)
    of_classes = torch.nn.functional.binary_cross_entropy_with_logits
    loss = of_classes(outputs, Ys) if problem.classes else ((outputs - Ys) ** 2).mean() / 2
    loss.backward()
    assert trainer.loss == pytest.approx(loss.item(), rel=1e-12)
    torch.optim.SGD(model.parameters(), lr=trainer.optimizer.learning_rate).step()
    trainer.train(1)
    np.testing.assert_allclose(trainer.network.layers[0].W, model.weight.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(trainer.network.layers[0].b[:, 0], model.bias.detach().numpy(), rtol=1e-12)


def test_the_page_says_that_there_are_no_hidden_units_and_compares_none():
    page = Page(layers="", view="units,race,sweep,network").click("step")
    assert "There are no hidden units" in page.text
    assert page.widget("select_layer").options == ["Output"]
    for key, value in (("sweep_knob", "units"), ("race_knob", "activation")):
        page.set(**{key: value})
    assert page.widget("sweep_start").disabled
    assert page.widget("race_start").disabled
    said = " ".join(each.value for each in page.app.markdown)
    assert said.count("There is no hidden layer") == 2
    page.set(race_knob="learning_rate").click("race_start")
    assert page.visit.race.race is not None
    page.set(layer_count=1)
    assert "There are no hidden units" not in page.text
    assert not page.widget("sweep_start").disabled


def test_a_swept_network_without_a_hidden_layer_is_known_again_in_the_file(tmp_path):
    plan = read_arguments(["target=step", "layers=none;3,4", "--seeds", "1", "--epochs", "5"]).plan
    assert [cell.layers for cell in plan.cells()] == [(), (3, 4)]
    path, runs = tmp_path / "runs.csv", plan.runs()
    lines = [line(plan, run, experiment, train(experiment, 5)) for run, experiment in runs.items()]
    path.write_text(header(plan) + "".join(lines), encoding="utf-8", newline="")
    assert lines[0].startswith("none,0,5,")
    assert read_runs(path, plan)[0].keys() == runs.keys()
