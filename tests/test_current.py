"""The visit in Streamlit: the address that the browser is given."""

from types import SimpleNamespace

import pytest

from playground.session import current
from playground.sharing.links import LEFT_OUT
from tests.support.visits import open_visit

LONG = "x,y\n" + "".join(f"{i / 7},{i % 5}\n" for i in range(600))


class Params(dict):
    """The query as a session has it, and what it has given to the browser."""

    def __init__(self, *args, **values):
        super().__init__(*args, **values)
        self.given = []

    def to_dict(self):
        return dict(self)

    def from_dict(self, query):
        self.clear()
        self.update(query)
        self.given.append(query)


@pytest.fixture
def params(monkeypatch):
    params = Params(target="points", own=LEFT_OUT)
    state = {current.KEY: open_visit(**params).visit}
    monkeypatch.setattr(current, "st", SimpleNamespace(query_params=params, session_state=state))
    return params


def test_the_address_is_given_once(params):
    current.keep_address()
    current.keep_address()
    assert params.given == [{"target": "points"}]  # the points are those of an example, until the tab has sent its own


def test_it_is_given_anew_where_the_browser_spoke_before_it_had_it(params):
    current.keep_address()
    visit = current.current_visit()
    visit.controls.take(visit.player.experiment.changed(own=LONG))
    params["own"] = LEFT_OUT  # as the tab that sent them knew it, since when it has had another
    current.keep_address()
    assert params.given[-1] == {"target": "points", "own": LEFT_OUT}
    current.keep_address()
    assert len(params.given) == 2
