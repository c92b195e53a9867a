"""The fixtures that several test modules use, and the settings of hypothesis."""

import gc

import numpy as np
import pytest

from nn import NeuralNetwork, identity, sigmoid
from tests.support.peers import stand_in_for_hypothesis

try:
    from hypothesis import HealthCheck, settings
except ImportError:
    stand_in_for_hypothesis()
else:
    # The same examples in every run, and no limit on the time of one: a busy machine is not a bug.
    settings.register_profile(
        "suite", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Collects without a search for garbage: of ten thousand tests none is any, and none is looked at again later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def posts():
    """The posts' own example, untrained: the network, Xs and Ys."""
    Xs = np.arange(-5, 5, 0.1)[None]
    return NeuralNetwork(1, [(20, sigmoid), (1, identity)], rng=np.random.RandomState(0)), Xs, np.sin(Xs)


@pytest.fixture
def page():
    """An open page with the defaults, as AppTest draws it."""
    from tests.support.page import Page  # here, so that tests of the network do not load Streamlit

    return Page()
