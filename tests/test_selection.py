"""The selection: what a visitor may name, and where it is in the parameters and in every matrix."""

import numpy as np
import pytest

from nn import gradient_check
from playground.analysis.selection import Selection
from playground.analysis.walk import walk
from playground.experiment import Experiment

DEEP = {"layers": (3, 2), "activations": ("tanh", "tanh")}


@pytest.fixture(scope="module")
def network():
    experiment = Experiment(**DEEP)
    return experiment.start().trainer.network


def test_every_parameter_can_be_selected_and_is_found_in_its_place(network):
    seen = {}
    for number, layer in enumerate(network.layers, start=1):
        for unit, row in enumerate(layer.Wb):
            for source, value in enumerate(row):
                selection = Selection.of(network, [number, unit, source])
                place = selection.place(network)
                assert network.parameters[place] == value
                seen[place] = selection.name(network)
    assert sorted(seen) == list(range(len(network.parameters)))
    assert len(set(seen.values())) == len(seen)


def test_the_names_are_those_of_the_gradient_check(network):
    names = gradient_check(network, np.ones((1, 2)), np.ones((1, 2))).names
    for number, layer in enumerate(network.layers, start=1):
        for unit in range(layer.unit_count):
            for source in range(layer.Wb.shape[1]):
                selection = Selection(number, unit, source)
                assert names[selection.place(network)] == selection.name(network)


@pytest.mark.parametrize(
    "choice",
    [
        None, 5, "abc", [], [1, 0], [1, 0, 0, 0], [0, 0, 0], [4, 0, 0], [-1, 0, 0], [1, 3, 0], [1, -1, 0], [1, 0, 2],
        [1.0, 0, 0], [True, 0, 0], ["1", 0, 0], [None] * 3, {"layer": 1}, [10**400, 0, 0], [[1], 0, 0],
    ],
)  # fmt: skip
def test_an_invalid_choice_selects_nothing(network, choice):
    assert Selection.of(network, choice) is None


def test_the_unit_it_belongs_to(network):
    assert Selection(2, 1, 2).unit_of(network, 2) == 1  # a weight ends at its unit
    assert Selection(2, 1, 2).unit_of(network, 1) == 2  # and comes from one below
    assert Selection(2, 1, 3).unit_of(network, 1) is None  # a bias comes from none
    assert Selection(2, 1, 2).unit_of(network, 3) is None


@pytest.mark.parametrize(
    ("selection", "cells"),
    [
        ((2, 1, 2), {"W2": (1, 2), "dW2": (1, 2), "b2": (1, None), "db2": (1, None), "[W2 | b2] before": (1, 2)}),
        ((2, 1, 3), {"W2": (1, None), "b2": (1, None), "[dW2 | db2]": (1, 3), "A1": (None, None)}),
        ((2, 1, 2), {"Z2": (1, None), "dA2": (1, None), "g'(Z2)": (1, None), "A1": (2, None), "Z3": (None, None)}),
        ((2, 1, 2), {"W1": (None, None), "W3": (None, None), "Y": (None, None), "loss before, after": (None, None)}),
    ],
)
def test_where_it_is_in_the_matrices_of_the_walk(network, selection, cells):
    trainer = Experiment(**DEEP).start().trainer
    matrices = {matrix.name: matrix for stage in walk(trainer) for matrix in stage.matrices}
    for name, cell in cells.items():
        assert Selection(*selection).cell_in(network, matrices[name]) == cell, name


def test_a_selected_cell_lies_inside_every_matrix_of_the_walk(network):
    trainer = Experiment(**DEEP).start().trainer
    for stage in walk(trainer):
        for matrix in stage.matrices:
            for selection in (Selection(1, 2, 0), Selection(2, 1, 2), Selection(2, 0, 3), Selection(3, 0, 1)):
                row, column = selection.cell_in(network, matrix)
                assert row is None or row < matrix.values.shape[0]
                assert column is None or column < matrix.values.shape[1]
