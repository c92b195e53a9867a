"""The panel of the gradient check: the number it shows, and what passes."""

import numpy as np
import pytest

from nn import gradient_check
from tests.support.page import Page


def test_the_number_shown_is_the_worst_of_the_check():
    page = Page(view="gradient").click("step")
    trainer, problem = page.player.trainer, page.player.problem
    worst = gradient_check(trainer.network, problem.Xs, problem.Ys).worst
    assert page.app.container(key="gradient-check-worst").subheader[0].value == f"{worst:.3e}"


@pytest.mark.parametrize("changes", [{"l2": "0.5"}, {"freeze": 1}, {"loss": "huber"}], ids=str)
def test_it_is_the_check_of_the_settings_in_use_and_follows_their_change_at_a_pause(changes):
    page = Page(view="gradient").click("step").set(**changes)
    trainer, problem = page.player.trainer, page.player.problem
    check = gradient_check(trainer.network, problem.Xs, problem.Ys, loss=trainer.loss_function, options=trainer.options)
    np.testing.assert_allclose(check.backpropagated, trainer.gradient, rtol=1e-9, atol=1e-15)
    assert page.app.container(key="gradient-check-worst").subheader[0].value == f"{check.worst:.3e}"


@pytest.mark.parametrize("changes", [{}, {"activations_0": "tanh"}], ids=str)
def test_a_correct_gradient_passes_however_long_it_has_trained(changes):
    page = Page(view="gradient").set(speed=1000, **changes)
    for _ in range(5):
        page.click("step")
    assert page.epoch >= 5000
    assert page.app.success
    assert not page.app.error
    page.set(check_mistake="early")
    assert page.app.error


def test_at_a_minimum_there_is_nothing_to_compare():
    page = Page(view="gradient").set(activations_0="identity", speed=1000)
    for _ in range(5):
        page.click("step")
    assert not page.app.error
    assert any("nothing to compare" in info.value for info in page.app.info)
