"""The page opens on what its address says, keeps its address up to date, and shares nothing between visitors."""

import importlib
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.web.server.app_discovery import discover_asgi_app

from playground.experiment import Experiment
from tests.support.page import APP, Page


def test_the_page_opens_on_the_posts_example_and_waits(page):
    assert page.experiment == Experiment()
    assert (page.epoch, page.player.playing) == (0, False)
    assert page.said("caption")
    assert "Press Train" in page.message
    assert page.widget("live")


def test_the_address_opens_an_experiment_which_the_controls_show():
    page = Page(target="step", layers="5,4", activations="tanh,relu", learning_rate="0.3", l2="0.001", view="network")
    assert page.experiment == Experiment(
        target="step", layers=(5, 4), activations=("tanh", "relu"), learning_rate=0.3, l2=0.001
    )
    assert page.widget("target").value == "step"
    assert page.widget("layers_1").value == 4
    assert page.widget("learning_rate").value == "0.3"
    page.click("step")
    assert page.epoch == 12


def test_the_address_follows_the_controls():
    page = Page(view="units")
    page.set(learning_rate=0.3, layer_count=2).set(activations_1="tanh").click("new_start")
    assert dict(page.app.query_params) == {
        "view": "units", "learning_rate": "0.3", "layers": "20,20", "activations": "sigmoid,tanh", "seed": "1",
    }  # fmt: skip
    page.set(learning_rate=0.1)
    assert "learning_rate" not in page.app.query_params


def test_invalid_parts_of_an_address_are_reported_once():
    app = AppTest.from_file(APP, default_timeout=20)
    for name, value in {"learning_rate": "-1", "target": "<b>nothing</b>", "points": "50", "nonsense": "1"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    (warning,) = app.warning
    assert "Learning rate must be" in warning.value
    assert "Target" in warning.value
    assert r"\<b\>nothing" in warning.value
    assert app.session_state["visit"].player.experiment == Experiment(points=50)
    app.button(key="step").click().run()
    assert not app.warning


def test_two_visitors_share_nothing(page):
    other = Page()
    page.set(layers_0=3, learning_rate=0.01).click("train")
    other.run()
    assert other.experiment == Experiment()
    assert (other.epoch, other.player.playing) == (0, False)
    other.click("step").click("step")
    assert page.player is not other.player
    assert not np.shares_memory(page.player.trainer.network.parameters, other.player.trainer.network.parameters)
    fresh = Page().click("step").click("step")
    assert other.player.trainer.loss == fresh.player.trainer.loss


def test_the_charts_are_sent_once_per_run(page):
    def size():
        return len(page.widget("live").proto.bytes)

    first = size()
    for _ in range(2):
        page.run()
        assert size() < first / 3
    page.click("reset")
    assert size() == pytest.approx(first, rel=0.01)


def test_streamlit_finds_an_app_in_the_entry_which_a_server_can_import():
    found = discover_asgi_app(Path(APP))
    assert (found.is_asgi_app, found.import_string) == (True, "streamlit_app:app")
    assert isinstance(importlib.import_module("streamlit_app").app, st.App)
