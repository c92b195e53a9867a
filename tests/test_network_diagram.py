"""The network's diagram: which units are drawn, and which are folded away."""

import json

import pytest

from playground.experiment import Experiment
from playground.figures.network import MAX_UNITS_ALONE, MAX_UNITS_PER_LAYER, network_diagram
from playground.figures.palette import PALETTES


def diagram_of(layers, selected=None):
    experiment = Experiment(layers=layers, activations=("tanh",) * len(layers))
    return network_diagram(experiment.start().trainer.network, ["x"], selected, PALETTES)


@pytest.mark.parametrize("layers", [(), (1,), (20,), (21,), (64,), (10, 11), (64, 64, 64, 64)])
def test_what_does_not_fit_is_folded_and_counted(layers):
    columns = diagram_of(layers)["columns"]
    for column, count in zip(columns, (1, *layers, 1), strict=True):
        assert len(column["units"]) + column["folded"] == count
        assert len(column["units"]) <= (MAX_UNITS_ALONE if len(layers) < 2 else MAX_UNITS_PER_LAYER)
        assert column["units"] == sorted(set(column["units"]))


@pytest.mark.parametrize(("selected", "column", "unit"), [((2, 50, 7), 2, 50), ((3, 0, 63), 2, 63), ((2, 3, 64), 2, 3)])
def test_a_selected_unit_is_always_drawn(selected, column, unit):
    columns = diagram_of((64, 64), selected)["columns"]
    assert unit in columns[column]["units"]
    assert len(columns[column]["units"]) == MAX_UNITS_PER_LAYER


def test_the_diagram_is_plain_json_and_says_what_it_is():
    diagram = diagram_of((20, 5))
    assert json.loads(json.dumps(diagram))["shapes"] == [[20, 2], [5, 21], [1, 6]]
    assert diagram["description"].endswith("Input, Layer 1 20 Tanh, Layer 2 5 Tanh, Output 1 Identity")
