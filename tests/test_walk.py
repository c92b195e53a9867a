"""The walk through a step: what it shows is what trains."""

import re

import numpy as np
import pytest

from nn import ACTIVATIONS, LOSSES, OPTIMIZERS
from playground.analysis.walk import walk
from playground.analysis.walk.sums import written_out
from playground.experiment import Experiment


def trainer_of(**changes):
    return Experiment(**changes).start().trainer


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_step_shown_is_the_step_taken(optimizer):
    trainer = trainer_of(optimizer=optimizer, learning_rate=0.01)
    trainer.train(7)
    shown = trainer.next_step()
    np.testing.assert_array_equal(shown.before.parameters, trainer.network.parameters)
    trainer.train(1)
    np.testing.assert_array_equal(shown.after.parameters, trainer.network.parameters)
    assert shown.loss_after == trainer.loss


def test_the_step_shown_of_mini_batches_is_the_first_of_the_next_epoch(monkeypatch):
    trainer = trainer_of(batch_size=30, noise=0.2)
    trainer.train(3)
    shown, taken = trainer.next_step(), []
    update = trainer.update

    def watched(batch, factor):
        failed = update(batch, factor)
        taken.append(trainer.network.parameters.copy())
        return failed

    monkeypatch.setattr(trainer, "update", watched)
    trainer.train(1)
    assert len(taken) == 4
    np.testing.assert_array_equal(shown.after.parameters, taken[0])


def test_a_walk_changes_nothing():
    looked_at, left_alone = trainer_of(batch_size=30), trainer_of(batch_size=30)
    for trainer in (looked_at, left_alone):
        trainer.train(2)
    walk(looked_at)
    walk(looked_at, example=5)
    for trainer in (looked_at, left_alone):
        trainer.train(2)
    np.testing.assert_array_equal(looked_at.network.parameters, left_alone.network.parameters)


def test_every_number_is_that_of_a_plain_evaluation():
    trainer = trainer_of(layers=(5, 3), activations=("tanh", "sigmoid"), points=11)
    trainer.train(20)
    shown = {m.name: m.values for stage in walk(trainer) for m in stage.matrices}

    (W1, b1), (W2, b2), (W3, b3) = ((layer.W, layer.b) for layer in trainer.network.layers)
    problem = Experiment(points=11).make_problem()
    X, Y = problem.Xs, problem.Ys
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    Z3 = W3 @ A2 + b3
    dZ3 = dA3 = (Z3 - Y) / 11
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * A2 * (1 - A2)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (1 - A1**2)
    plain = {"A0": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": Z3, "Y": Y, "dA3": dA3, "dZ3": dZ3}
    plain |= {"dW3": dZ3 @ A2.T, "dA2": dA2, "dZ2": dZ2, "dW2": dZ2 @ A1.T, "dA1": dA1, "dZ1": dZ1, "dW1": dZ1 @ X.T}
    plain |= {f"db{l}": dZ.sum(axis=1, keepdims=True) for l, dZ in ((1, dZ1), (2, dZ2), (3, dZ3))}
    for name, values in plain.items():
        np.testing.assert_allclose(shown[name], values, rtol=1e-12, atol=1e-15, err_msg=name)


def test_the_shares_of_the_examples_add_up_to_the_gradient():
    trainer = trainer_of(points=9)
    whole = trainer.next_step()
    shares = sum(trainer.next_step(example).work.gradient for example in range(9))
    np.testing.assert_allclose(shares, whole.gradient, rtol=1e-12, atol=1e-15)


def test_an_example_outside_the_step_is_an_error():
    with pytest.raises(ValueError, match="0 to 99, not 100"):
        trainer_of().next_step(100)


@pytest.mark.parametrize("hidden", [0, 1, 2, 3, 4])
def test_the_stages_come_in_the_order_of_the_posts(hidden):
    trainer = trainer_of(layers=(3,) * hidden, activations=("sigmoid",) * hidden)
    names = [stage.name.split(":")[0] for stage in walk(trainer)]
    L = hidden + 1
    upward = [f"{kind}{l}" for l in range(1, L + 1) for kind in "ZA"]
    downward = [name for l in range(L, 0, -1) for name in (f"dA{l}", f"dZ{l}", f"dW{l}, db{l}")]
    assert names == [*upward, "Loss", *downward, "The step", "The loss after the step"]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_sum_adds_up_at_the_digits_shown(activation):
    trainer = trainer_of(layers=(6,), activations=(activation,), points=13)
    trainer.train(5)
    for stage in filter(lambda stage: stage.entry, walk(trainer)):
        values = next(m.values for m in stage.matrices if m.name == stage.entry(0, 0).name)
        for unit, j in np.ndindex(values.shape):
            total = stage.entry(unit, j)
            assert total.value == values[unit, j]
            terms, result = written_out(total).rsplit(" = ", 1)
            arithmetic = re.sub(r"[^0-9e.+\-*() ]", "", terms.replace("·", "*"))
            added = sum(np.prod([float(f.strip("() ")) for f in term.split("*")]) for term in arithmetic.split(" + "))
            assert float(f"{added:.6g}") == pytest.approx(float(result), rel=1e-12, abs=1e-300)
            assert float(result) == pytest.approx(total.value, rel=1e-5)


@pytest.mark.parametrize("loss", ["huber", "absolute_error"])
def test_other_losses_start_with_their_own_derivative(loss):
    trainer = trainer_of(loss=loss)
    stage = next(stage for stage in walk(trainer) if stage.name.startswith("dA2: where"))
    assert "A^2" in stage.equation
    A, Y = (matrix.values for matrix in stage.matrices[:2])
    np.testing.assert_array_equal(stage.matrices[-1].values, LOSSES[loss].dA(A, Y))


def test_penalty_and_clipping_are_a_stage_of_their_own_and_the_step_follows_its_result():
    trainer = trainer_of(l2=0.1, l1=0.01, clip=0.05, freeze=1, schedule="exponential", period=10)
    names = [stage.name for stage in walk(trainer)]
    assert len(names) == 14
    stage = walk(trainer)[names.index("What is added to the gradient, and cut from it")]
    assert "add_penalty" in stage.source
    assert "clip_and_freeze" in stage.source
    taken = np.concatenate([matrix.values.ravel() for matrix in stage.matrices[1::2]])
    assert not stage.matrices[1].values.any()
    assert np.linalg.norm(taken) == pytest.approx(0.05)
    before = trainer.network.parameters.copy()
    trainer.train(1)
    np.testing.assert_allclose(trainer.network.parameters, before - 0.1 * taken, rtol=1e-12, atol=1e-15)
