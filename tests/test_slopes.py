"""g and g' with the Z of a unit on them: the curves are those of the registry, the places those of the trainer."""

import numpy as np
import pytest

from nn import ACTIVATIONS
from playground.analysis.contributions import is_flat
from playground.analysis.slopes import slopes_of
from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player
from tests.support.page import Page
from tests.support.payload import unpack


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


def test_the_curves_reach_as_far_as_the_examples():
    trainer = Experiment(layers=(2,), activations=("relu",)).start().trainer
    trainer.network.layers[0].W[:] = [[3.0], [-0.1]]
    for unit, half in enumerate((15, 4)):  # x is from -5 to 5
        slopes = slopes_of(trainer, 1, unit)
        assert slopes.Zs[0] <= min(slopes.Z.min(), -half + 1)
        assert slopes.Zs[-1] >= max(slopes.Z.max(), half - 1)
        assert np.abs(slopes.Zs).max() < half + 1


def test_a_softmax_has_places_and_no_curve_as_its_A_depends_on_the_whole_column():
    trainer = Experiment(problem="three_spirals", loss="cross_entropy").start().trainer
    slopes = slopes_of(trainer, len(trainer.network.layers), 2)
    assert slopes.Zs.size == 0
    np.testing.assert_allclose(slopes.slope, slopes.A - slopes.A**2)


@pytest.mark.parametrize("values", [{}, {"problem": "three_spirals", "loss": "cross_entropy"}, {"layers": ""}])
def test_the_panel_says_whose_they_are(values):
    page = Page(view="layers", **values)
    slopes = page.sent("layers")["slopes"]
    assert slopes["where"].startswith("unit 0 of ")
    found = slopes_of(page.player.trainer, 1, 0)
    assert (slopes["Z"], slopes["A"]) == (found.Z.tolist(), found.A.tolist())
    flat = np.mean(is_flat(page.player.trainer.network.layers[0].g, found.Z)) if found.Zs.size else 0
    assert np.mean(np.abs(found.slope) < slopes["flat"]) == flat
    page.click("train")
    assert page.sent("layers")["slopes"]["Z"] == []  # they come with the frames


@pytest.mark.parametrize("points", [100, 450])
def test_while_it_trains_the_frames_bring_the_places_of_their_own_network(points):
    player = Player(Experiment(layers=(5, 3), activations=("tanh", "sigmoid"), points=points))
    player.play()
    player.tick()
    header, arrays = unpack(board_payload(player, with_figures=False, with_layers=True, slopes_of=(2, 1)))
    assert header["slopes_of"] == [2, 1]
    places = arrays["unit_places"]
    assert places.shape[1:] == (2, 100 if points == 100 else 150)
    shown = [i for i, row in enumerate(header["layer_rows"]) if row is not None]
    for frame, (Z, A) in zip(shown, places, strict=True):
        network = player.trainer.network.with_parameters(player.frames[frame].parameters)
        exact = network.evaluate(player.trainer.training_set.Xs)[2]
        np.testing.assert_allclose(Z, exact.Z[1][:: 1 if points == 100 else 3], rtol=1e-6, atol=1e-30)
        np.testing.assert_allclose(A, exact.A[1][:: 1 if points == 100 else 3], rtol=1e-6, atol=1e-30)
