"""It is the posts' program: the figures of a run of that program, reproduced."""

import json
from pathlib import Path

import numpy as np
import pytest

from nn import GradientDescent, Trainer

REFERENCE = json.loads((Path(__file__).parent / "reference" / "sine_1_20_1.json").read_text())


def compare(network, layers, rtol):
    for layer, reference in zip(network.layers, layers, strict=True):
        np.testing.assert_allclose(layer.W, reference["W"], rtol=rtol)
        np.testing.assert_allclose(layer.b, reference["b"], rtol=rtol)


def test_it_starts_from_exactly_the_same_parameters(posts):
    compare(posts[0], REFERENCE["initial"], rtol=0)


def test_the_first_gradient_is_the_same(posts):
    network, Xs, Ys = posts
    gradients = zip(*network.compute_gradient(network.evaluate(Xs), Ys), strict=True)
    for (dW, db), reference in zip(gradients, REFERENCE["gradient_at_epoch_0"], strict=True):
        np.testing.assert_allclose(dW, reference["dW"], rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(db, reference["db"], rtol=1e-12, atol=1e-14)


def test_the_losses_the_parameters_and_the_output_are_the_same_to_epoch_20000(posts):
    network, Xs, Ys = posts
    trainer = Trainer(network, Xs, Ys, optimizer=GradientDescent(0.1))
    for epoch, loss in REFERENCE["loss"].items():
        trainer.train(int(epoch) - trainer.epoch)
        assert trainer.loss == pytest.approx(loss, rel=1e-9 if trainer.epoch <= 1000 else 1e-6), epoch
    assert trainer.epoch == 20_000
    compare(network, REFERENCE["final"], rtol=1e-6)
    output = network.evaluate(Xs)[-1].A[:, ::10]
    np.testing.assert_allclose(output, REFERENCE["output_at_every_10th_x"], rtol=1e-6)
