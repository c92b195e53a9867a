"""Settings that are compared: the values worth trying."""

import numpy as np
import pytest

from playground.compare.settings import SETTINGS, spread_values, with_values
from playground.experiment import Experiment
from tests.support.sweeps import CLASSES, plan_of


@pytest.mark.parametrize("experiment", [Experiment(), CLASSES], ids=["posts", "classes"])
@pytest.mark.parametrize("name", SETTINGS)
def test_values_are_spread_around_the_present_one_and_can_all_be_swept(name, experiment):
    values = spread_values(name, 5, experiment)
    of = {"units": "layers", "activation": "activations"}.get(name)
    own = getattr(experiment, of)[0] if of else getattr(experiment, name)
    assert own in values
    assert plan_of((name, values), experiment=experiment)
    if not SETTINGS[name].choices:
        assert list(values) == sorted(set(values))
        assert len(values) == 5
        assert {type(value) for value in values} == {type(own)}


def test_what_is_spread_is_the_order_of_magnitude_of_a_rate_and_the_rest_that_a_momentum_forgets():
    np.testing.assert_allclose(
        spread_values("learning_rate", 5, Experiment()), 10 ** np.arange(-2, 0.5, 0.5), rtol=0.02
    )
    np.testing.assert_allclose(spread_values("l2", 3, Experiment(l2=0.01)), [0.001, 0.01, 0.1])
    assert spread_values("l2", 4, Experiment()) == (0.0, 1e-5, 1e-4, 1e-3)
    kept = np.array(spread_values("beta2", 5, Experiment()))
    np.testing.assert_allclose(np.log10(1 - kept), [-2, -2.5, -3, -3.5, -4], atol=0.01)
    assert spread_values("units", 4, Experiment()) == (5, 10, 20, 40)


def test_at_a_limit_values_are_spread_to_one_side():
    assert spread_values("units", 3, Experiment(layers=(64,))) == (16, 32, 64)
    assert spread_values("learning_rate", 3, Experiment(learning_rate=1e-6)) == (1e-6, 3.2e-6, 1e-5)
    assert spread_values("units", 9, Experiment(layers=(1,))) == (1, 2, 4, 8, 16, 32, 64)


def test_without_a_hidden_layer_there_are_no_units_to_compare():
    without = Experiment(layers=(), activations=())
    for name in ("units", "activation"):
        assert spread_values(name, 5, without) == ()
        with pytest.raises(ValueError, match="no hidden layer"):
            with_values(without, {name: SETTINGS[name].choices[0] if SETTINGS[name].choices else 5})
    assert with_values(without, {"layers": (3, 4)}) == Experiment(layers=(3, 4), activations=("sigmoid",) * 2)
    assert with_values(Experiment(), {"layers": ()}) == without


def test_of_choices_there_are_all_that_the_experiment_could_have():
    assert spread_values("activation", 2, Experiment()) == SETTINGS["activation"].choices
    assert "cross_entropy" not in spread_values("loss", 2, Experiment())
    assert "cross_entropy" in spread_values("loss", 2, CLASSES)
