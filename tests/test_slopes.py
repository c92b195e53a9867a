"""g and g' with the Z of a unit on them: the curves are those of the registry, the places those of the trainer."""

import numpy as np
import pytest

from nn import ACTIVATIONS
from playground.analysis.slopes import slopes_of
from playground.experiment import Experiment
from tests.support.page import Page


@pytest.mark.parametrize("g", ACTIVATIONS.values(), ids=lambda g: g.name)
def test_every_example_lies_on_the_curves_of_its_activation(g):
    trainer = Experiment(layers=(5, 3), activations=("tanh", g.name)).start().trainer
    trainer.train(10)
    one, two, _ = trainer.network.layers
    Z = two.W @ np.tanh(one.W @ trainer.training_set.Xs + one.b) + two.b
    slopes = slopes_of(trainer, 2, 1)
    np.testing.assert_allclose(slopes.Z, Z[1], rtol=1e-12)
    np.testing.assert_allclose(slopes.A, g[0](Z)[1], rtol=1e-12)
    np.testing.assert_allclose(slopes.slope, g[1](Z)[1], rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(slopes.As, g[0](slopes.Zs))
    np.testing.assert_array_equal(slopes.slopes, g[1](slopes.Zs))
    assert slopes.Zs[0] <= slopes.Z.min()
    assert slopes.Zs[-1] >= slopes.Z.max()


def test_a_softmax_has_places_and_no_curve_as_its_A_depends_on_the_whole_column():
    trainer = Experiment(problem="three_spirals", loss="cross_entropy").start().trainer
    slopes = slopes_of(trainer, len(trainer.network.layers), 2)
    assert slopes.Zs.size == 0
    np.testing.assert_allclose(slopes.slope, slopes.A - slopes.A**2)


@pytest.mark.parametrize("values", [{}, {"problem": "three_spirals", "loss": "cross_entropy"}, {"layers": ""}])
def test_the_panel_says_whose_they_are(values):
    page = Page(view="layers", **values)
    assert not page.app.exception
    assert any("**g and g′** of unit 0 of" in each.value for each in page.app.markdown)
