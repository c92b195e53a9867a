"""The output on a grid: what the network itself would answer, at its present parameters, in bounded memory."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.player import output_on_grid
from playground.player.output_on_grid import OutputOnGrid


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    "changes", [{}, {"problem": "rings", "layers": (5, 3), "activations": ("relu", "tanh")}], ids=str
)
@pytest.mark.parametrize("part_bytes", [output_on_grid.PART_BYTES, 4096, 1])
def test_in_parts_or_at_once_it_is_the_networks_answer(monkeypatch, changes, dtype, part_bytes):
    monkeypatch.setattr(output_on_grid, "PART_BYTES", part_bytes)
    _, problem, trainer = Experiment(**changes, dtype=dtype).start()
    inputs = problem.network_inputs(np.random.RandomState(0).uniform(-6, 6, (problem.n_inputs, 101)))
    output = OutputOnGrid(trainer.network, inputs)
    before = output.evaluate()
    for _ in range(3):
        trainer.train(5)
        expected = trainer.network.evaluate(inputs.astype(dtype))[-1].A
        tolerance = 1e-12 if dtype == "float64" else 1e-5
        np.testing.assert_allclose(output.evaluate(), expected, rtol=tolerance, atol=tolerance)
    assert not np.array_equal(before, output.evaluate())  # and what it returned before stays
    np.testing.assert_array_equal(before.dtype, np.dtype(dtype))
