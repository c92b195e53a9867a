"""Links and saved runs of November 2026 (commit af20b93) still open, as what they were."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from playground.experiment import DEFAULTS, Experiment
from playground.player import Player
from playground.sharing.links import from_query
from playground.sharing.saved import read_run

REFERENCE = Path(__file__).parent / "reference"
STORED = json.loads((REFERENCE / "links_of_2026.json").read_text(encoding="utf-8"))
LINKS = STORED["links"]
LOSSES = json.loads((REFERENCE / "saved_2026_losses.json").read_text(encoding="utf-8"))


def as_stored(experiment):
    """What differs from the defaults, {field: value}, as JSON has it."""
    names = [name for name, default in DEFAULTS.items() if getattr(experiment, name) != default]
    return json.loads(json.dumps({name: getattr(experiment, name) for name in names}))


@pytest.mark.parametrize("link", LINKS, ids=[link["query"][:60] for link in LINKS])
def test_a_link_opens_the_experiment_it_was_made_for(link):
    start, errors = from_query(dict(parse_qsl(link["query"], keep_blank_values=True)))
    assert as_stored(start.experiment) == link["changes"]
    assert len(errors) == link["invalid"]


def test_the_defaults_that_links_leave_out_are_the_same():
    now = json.loads(json.dumps(dict(DEFAULTS)))
    assert {name: now[name] for name in STORED["defaults"]} == STORED["defaults"]


def test_the_stored_links_cover_every_field():
    assert set().union(*(link["changes"] for link in LINKS)) == set(STORED["defaults"])


@pytest.mark.parametrize("name", LOSSES)
def test_a_saved_run_opens_and_trains_on_exactly(name):
    player = Player(Experiment())
    player.open(read_run((REFERENCE / name).read_bytes()))
    assert player.trainer.epoch == LOSSES[name]["epoch"]
    losses = []
    for _ in LOSSES[name]["losses"]:
        player.trainer.train(1)
        losses.append(player.trainer.loss)
    # On the machine that recorded them they are equal to the last bit; another processor rounds differently.
    assert losses == pytest.approx(LOSSES[name]["losses"], rel=1e-12)
