"""The contract with the browser: the types of the scripts have the fields of the types of the page."""

import re
import types
import typing

import numpy as np
import pytest

from playground.analysis.faces import face_numbers, traced_in
from playground.analysis.selection import Selection
from playground.analysis.walk import walk
from playground.compare.race import Race
from playground.components import contract, race_contract, view_contract
from playground.components.board import board_payload
from playground.components.layers import layers_payload
from playground.components.maps import maps_payload
from playground.components.measures import measures_payload
from playground.components.network import network_payload, unit_payload
from playground.components.race import race_payload
from playground.components.units import units_payload
from playground.experiment import Experiment
from playground.figures.network import Column, Diagram
from playground.player import Player
from playground.player.frame_sampler import Seen
from tests.support.node import COMPONENTS
from tests.support.payload import unpack

MODULES = (contract, race_contract, view_contract)
SOURCE = "".join(
    (COMPONENTS / f"{each.__name__.rpartition('.')[2]}.js").read_text(encoding="utf-8") for each in MODULES
)
PROPERTY = re.compile(r"^ \* @property \{(.+)\} (\[?)(\w+)", re.MULTILINE)
TYPEDEFS = {
    name: {field: (kind, bool(optional)) for kind, optional, field in PROPERTY.findall(body)}
    for name, body in re.findall(r"@typedef \{object\} (\w+)(.*?)\*/", SOURCE, re.DOTALL)
}
SENT = [kind for module in MODULES for kind in vars(module).values()]
CLASSES = [Column, *(kind for kind in SENT if typing.is_typeddict(kind) and kind is not Diagram)]
TYPED_DICTS = {kind.__name__: kind for kind in CLASSES}


def test_both_sides_have_the_same_types():
    assert set(TYPEDEFS) == set(TYPED_DICTS)


@pytest.mark.parametrize("name", TYPED_DICTS)
def test_a_type_has_the_same_fields_on_both_sides(name):
    kind, fields = TYPED_DICTS[name], TYPEDEFS[name]
    assert set(fields) == set(typing.get_type_hints(kind))
    assert {field for field, (_, optional) in fields.items() if optional} == kind.__optional_keys__
    for field, hint in typing.get_type_hints(kind).items():
        assert may_be_none(hint) == fields[field][0].endswith("| null"), field


def may_be_none(hint):
    return typing.get_origin(hint) in (types.UnionType, typing.Union) and type(None) in typing.get_args(hint)


@pytest.mark.parametrize(
    "changes", [{}, {"problem": "rings", "l2": 0.01, "test_fraction": 0.3}], ids=["curve", "plane"]
)
def test_what_is_sent_has_the_fields_of_its_type(changes):
    player = Player(Experiment(**changes).start())
    player.frames = [player.frames[0]._replace(seen=Seen(1, np.zeros(2), (2,)))]
    board = unpack(
        board_payload(player, with_figures=True, units_of=1, with_measures=True, with_layers=True, face_key=1)
    )
    race = unpack(race_payload(Race([Experiment(**changes)] * 2, ("a", "b")), 1, with_figures=True))
    for (header, arrays), name in ((board, "Board"), (race, "Race")):
        assert set(header) == set(TYPEDEFS[f"{name}Header"])
        fields = TYPEDEFS[f"{name}Arrays"] | (TYPEDEFS["UnitArrays"] if name == "Board" else {})
        assert {field for field, (_, optional) in fields.items() if not optional} <= set(arrays) <= set(fields)
        for figures in header["figures"].values():
            assert set(figures) <= set(TYPEDEFS[f"{name}Figures"])


def test_what_the_views_are_sent_has_the_fields_of_its_type():
    player = Player(Experiment().start())
    assert set(units_payload(player, None)) == set(TYPEDEFS["UnitsPayload"])
    assert set(maps_payload(player, 1, None)) == set(TYPEDEFS["MapsPayload"])
    assert set(measures_payload(player)) == set(TYPEDEFS["MeasuresPayload"])
    assert set(layers_payload(player)) == set(TYPEDEFS["LayersPayload"])
    numbers = face_numbers("weights", player.trainer, [[0], [*range(20)], [0]])
    diagram = network_payload(player, ["x"], None, "weights", numbers)
    assert set(diagram) == set(TYPEDEFS["DiagramPayload"])
    stages = walk(player.trainer, traced_in(player.problem, None, None).examples(player.trainer, player.problem))
    unit = unit_payload(player.trainer.network, stages, Selection(1, 0, 0), "forward", playing=False)
    assert set(unit) == set(TYPEDEFS["UnitPayload"])
    assert set(layers_payload(player)["slopes"]) == set(TYPEDEFS["SlopesPayload"])
    assert all(set(column) == set(TYPEDEFS["Column"]) for column in diagram["columns"])
