"""A server that is told to stop goes on for the visitors it has; with a balancer before it, tests/test_balancer.py."""

import pytest

from playground.server import Draining
from tests.support.asgi import ask, streamlit


def test_who_sets_nothing_gets_no_draining(monkeypatch):
    monkeypatch.delenv("DRAIN_SECONDS", raising=False)
    assert ask(Draining(streamlit), "/_stcore/health").text == "Streamlit /_stcore/health"


@pytest.mark.parametrize("text", ["", "soon", "-1", "nan", "inf", "3601", "1e9"])
def test_a_time_that_is_none_is_refused_at_the_start(monkeypatch, text):
    monkeypatch.setenv("DRAIN_SECONDS", text)
    with pytest.raises(ValueError, match="DRAIN_SECONDS must be a number from 0 to 3600"):
        Draining(streamlit)
