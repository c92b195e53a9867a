"""A step looked at under dropout: it is the step that training takes, and every number of it adds up."""

import numpy as np
import pytest

from tests.support.networks import dropout_trainer, plane_example


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batch_size", [None, 7, 20])
def test_the_masks_shown_are_those_of_the_step_taken(monkeypatch, batch_size, dtype):
    network, Xs, Ys = plane_example(dtype=dtype)
    trainer = dropout_trainer(network, Xs, Ys, batch_size=batch_size, clip=0.5)
    trainer.train(3)
    shown, taken, update = trainer.next_step(), [], trainer.update

    def watched(batch, factor):
        failed = update(batch, factor)
        taken.append(([mask.copy() for mask in batch.masks], network.parameters.copy()))
        return failed

    monkeypatch.setattr(trainer, "update", watched)
    trainer.train(1)
    for mask, drawn in zip(shown.work.masks, taken[0][0], strict=True):
        np.testing.assert_array_equal(mask, drawn)
    np.testing.assert_array_equal(shown.after.parameters, taken[0][1])
    if batch_size != 7:
        assert shown.loss_after == trainer.loss
        assert shown.step_loss != shown.loss


def test_the_shares_of_the_examples_add_up_to_the_gradient():
    trainer = dropout_trainer(*plane_example())
    whole = trainer.next_step()
    shares = sum(trainer.next_step(j).work.gradient for j in range(20))
    np.testing.assert_allclose(shares, whole.gradient, rtol=1e-12, atol=1e-15)


def test_the_step_shown_is_the_step_taken_when_shuffled_batches_have_come_before():
    network, Xs, Ys = plane_example()
    trainer = dropout_trainer(network, Xs, Ys, batch_size=7)
    trainer.train(3)
    trainer.set_batch_size(None)
    shown = trainer.next_step()
    trainer.train(1)
    np.testing.assert_array_equal(network.parameters, shown.after.parameters)
