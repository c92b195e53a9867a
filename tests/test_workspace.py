"""The workspace: training allocates its arrays once."""

import tracemalloc

import numpy as np
import pytest

from nn import (
    ACTIVATIONS,
    OPTIMIZERS,
    NeuralNetwork,
    Trainer,
    identity,
)
from nn import batch as nn_batch
from nn.memory import CACHE_LINE, Memory


@pytest.mark.parametrize("part_bytes", [nn_batch.PART_BYTES, 40 * 40 * 8], ids=["whole", "in parts"])
@pytest.mark.parametrize("batch_size", [None, 80], ids=["full batch", "mini-batches"])
@pytest.mark.parametrize(
    ("g", "optimizer"),
    [(g, "gradient_descent") for g in ACTIVATIONS] + [("sigmoid", optimizer) for optimizer in list(OPTIMIZERS)[1:]],
)
def test_the_epoch_loop_allocates_no_array(monkeypatch, g, optimizer, batch_size, part_bytes):
    monkeypatch.setattr(nn_batch, "PART_BYTES", part_bytes)
    rng = np.random.RandomState(0)
    network = NeuralNetwork(40, [(40, g), (40, g), (40, identity)], rng=rng, initializer="lecun")
    Xs, Ys = rng.standard_normal((40, 120)), rng.standard_normal((40, 120))
    trainer = Trainer(network, Xs, Ys, optimizer=OPTIMIZERS[optimizer](1e-4), batch_size=batch_size)
    smallest = 40 * 40 * 8  # bytes: of one W, and of the A of the last batch, or of a part, 40 examples
    tracemalloc.start()
    trainer.train(3)
    rises = []
    for _ in range(4):  # the least of several: other threads allocate as well
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        trainer.train(50)
        rises.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    assert trainer.epoch == 203
    assert min(rises) < 0.7 * smallest


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("shapes", [[(3, 5), (1, 1), (), (20, 100)], [(7,)] * 2000, [(300, 300), (2, 9), (300, 301)]])
def test_new_arrays_begin_at_cache_lines_and_share_nothing(dtype, shapes):
    memory = Memory(dtype)
    arrays = [memory.empty(*shape) for shape in shapes]
    for number, array in enumerate(arrays):
        assert (array.shape, array.dtype) == (shapes[number], dtype)
        assert array.flags.c_contiguous
        assert array.ctypes.data % CACHE_LINE == 0
        array[...] = number
    assert all((array == number).all() for number, array in enumerate(arrays))
