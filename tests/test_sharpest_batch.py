"""The stable learning rate with mini-batches: that of the batch that curves most."""

import numpy as np
import pytest

from nn import GradientDescent, Trainer, curvature
from playground.analysis import limit_trial as module
from playground.analysis.sharpest_batch import curvatures_along, sharpest_batch
from playground.analysis.stability import measure_stability
from playground.experiment import Experiment
from playground.player import Player
from tests.support.runs import trained

BATCHES = {
    "a curve": (100, {}),
    "far inputs": (0, {"target": "points", "own": "x,y\n" + "".join(f"{i},{2 * i}\n" for i in range(100))}),
    "classes": (100, {"problem": "circle", "loss": "cross_entropy", "layers": (4, 4), "activations": ("tanh",) * 2}),
    "three classes": (100, {"problem": "rings", "loss": "cross_entropy", "layers": (5,), "activations": ("tanh",)}),
}


def measured(trainer, problem, examples):
    return curvature(
        trainer.network, problem.Xs[:, examples], problem.Ys[:, examples], loss=trainer.loss_function, tolerance=0.01
    )


@pytest.mark.parametrize(("epochs", "changes"), BATCHES.values(), ids=BATCHES)
@pytest.mark.parametrize("size", [1, 10])
def test_the_batch_that_curves_most_is_found(epochs, changes, size):
    _, problem, trainer = trained(epochs, learning_rate=1e-3, **changes)
    m, rng = problem.Xs.shape[1], np.random.RandomState(0)
    batches = [[i] for i in range(m)] if size == 1 else [rng.permutation(m)[:size] for _ in range(100)]
    largest = max(measured(trainer, problem, batch).lambda_max for batch in batches)
    found = sharpest_batch(
        trainer.network,
        problem.Xs,
        problem.Ys,
        trainer.loss_function,
        size,
        lambda Xs, Ys: curvature(trainer.network, Xs, Ys, loss=trainer.loss_function, tolerance=0.01),
    )
    assert found.lambda_max >= 0.95 * largest


def test_along_a_direction_the_curvatures_of_the_examples_average_to_that_of_all():
    _, problem, trainer = trained(100)
    found = curvature(trainer.network, problem.Xs, problem.Ys)
    along = curvatures_along(trainer.network, problem.Xs, problem.Ys, trainer.loss_function, found.direction)
    assert along.mean() == pytest.approx(found.lambda_max, rel=1e-5)


@pytest.mark.parametrize("batch_size", [1, 7, 33])
def test_just_below_the_limit_no_batch_leads_away_however_they_are_drawn(batch_size):
    """Only the output layer moves, so that each batch's loss is a quadratic; 100 = 3 * 33 + 1."""
    player = Player(Experiment(freeze=1, batch_size=batch_size))
    limit = measure_stability(player).limit
    one = measured(player.trainer, player.problem, slice(None)).stable_learning_rate
    assert limit < one
    for seed in range(3):
        experiment = player.experiment.changed(learning_rate=0.9 * limit, seed=0)
        trainer = experiment.make_trainer(player.problem)
        twin = Trainer(
            trainer.network, player.problem.Xs, player.problem.Ys, optimizer=GradientDescent(0.9 * limit),
            options=trainer.options, batch_size=batch_size, rng=np.random.RandomState(seed),
        )  # fmt: skip
        twin.train(50)
        assert twin.diverged is None
        assert twin.history.losses.max() < 10 * twin.history.losses[0]


def test_a_limit_below_which_steps_lead_far_off_is_not_given(monkeypatch):
    player = Player(Experiment(batch_size=10))
    assert measure_stability(player).limit is not None
    monkeypatch.setattr(module, "TRIED_SHARE", 50.0)
    assert "soon move to where the curvature is another" in measure_stability(player).explanation
