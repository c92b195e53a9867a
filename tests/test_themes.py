"""Charts in two themes: what the browser makes of the light ones and the changes is the dark ones."""

import json

import pytest

from playground.compare.race import Race
from playground.components.board.figures import board_figures
from playground.components.race import race_payload
from playground.components.themes import changes, themed
from playground.experiment import Experiment
from playground.figures.palette import PALETTES
from playground.player import Player
from tests.support.node import run_in_node
from tests.support.payload import unpack

SCRIPT = """
import { readFileSync } from "node:fs";
import { inTheme } from "components/shared/themes.js";
console.log(JSON.stringify(inTheme(JSON.parse(readFileSync(0)), "dark")));
"""
EACH = pytest.mark.parametrize(
    "experiment",
    [Experiment(), Experiment(problem="rings", test_fraction=0.3), Experiment(problem="plane")],
    ids=["curve", "classes", "number"],
)


@EACH
def test_the_browser_makes_the_dark_charts_of_the_light_ones(experiment):
    figures = board_figures(Player(experiment))
    assert set(PALETTES) == {"light", "dark"}
    sent = json.dumps(themed(figures))
    assert run_in_node(SCRIPT, sent.encode()) == json.loads(json.dumps(figures["dark"]))
    assert len(sent) < 0.7 * len(json.dumps(figures))


@EACH
def test_those_of_a_race_too(experiment):
    header, _ = unpack(race_payload(Race([experiment] * 2, ("a", "b")), 1))
    dark = header["figures"]["dark"]
    assert dark["colors"] == list(PALETTES["dark"].series)
    assert dark["losses"]["layout"]["font"]["color"] == PALETTES["dark"].text


def test_charts_of_another_structure_are_refused():
    for one, other in (({"a": 1}, {"b": 1}), ([[1]], [[1], [2]]), ({"a": {}}, {"a": 1})):
        with pytest.raises(ValueError, match="different"):
            changes(one, other)
