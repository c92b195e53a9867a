"""The page's own points.csv is taken back as it was: every point, in its order, with names, classes and borders."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment import Experiment
from playground.player import Player
from playground.problems.tables import TableError, read_own, read_table, write_own
from playground.sharing.tables import data_file

WORDS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(',;"|# 0'), min_size=1, max_size=40)
NUMBERS = st.floats(-1e6, 1e6) | st.integers(-5, 5).map(float)


def taken_back(**fields):
    """The experiment, and the one of its own points.csv."""
    experiment = Experiment(**fields)
    table = read_table(data_file(Player(experiment)).encode())
    return experiment.make_problem(), Experiment(target="points", own=write_own(table)).make_problem(), table


def same(one, other):
    assert (one.names, one.classes, one.class_names) == (other.names, other.classes, other.class_names)
    np.testing.assert_array_equal(one.all_samples, other.all_samples)


@pytest.mark.parametrize("own", [
    "area,price\n1,2\n-3.25,4\n", "x,y\n1,2\n3,1e-300\n", "network,network\n1,2\n3,4\n", "y,x\n1,2\n3,4\n",
    "l,w,kind\n1,2,dog\n2,3,cat\n4,1,dog\n", "l,w,kind\n1,2,c\n2,3,a\n4,1,b\n", "a,b,c\n1,2,0\n2,3,1\n4,1,1\n",
    "a,b,kind\n1,2,1\n2,3,2\n4,1,3\n", "index,b,c\n0,2,0.5\n1,3,0.2\n2,1,0.1\n", 'a,b,"k;l"\n1,2,3\n2,3,4\n4,5,6\n',
 ";k,y\n1,2\n3,4\n", "@data,y\n1,2\n3,4\n", "│a│,y\n1,2\n3,4\n",
    "a,b,c\n1.125,2,0\n2.375,1234,1\n3.5,1,1\n",
])  # fmt: skip
@pytest.mark.parametrize("tested", [0.0, 0.5])
def test_own_points_are_taken_back_with_their_names_and_classes(own, tested):
    before, after, table = taken_back(target="points", own=own, test_fraction=tested)
    same(before, after)
    if before.n_inputs == 2:
        assert write_own(table) == write_own(read_own(own))
    assert table.words.endswith("what the network answered there left out.")


@pytest.mark.parametrize(
    "fields",
    [
        {"noise": 0.1},
        {"problem": "rings"},
        {"problem": "circle", "test_fraction": 0.3},
        {"target": "formula", "formula": "y > x**2"},
    ],
)
def test_the_points_of_any_problem_are_taken_back_classes_on_both_sides_of_a_border_too(fields):
    same(*taken_back(**fields)[:2])


@given(
    st.lists(WORDS, min_size=6, max_size=6), st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=9), st.data()
)
@settings(max_examples=150)
def test_any_names_are_taken_back(words, rows, data):
    width, classes = data.draw(st.sampled_from([2, 3])), data.draw(st.booleans())
    lines = [[*row[: width - 1], words[3 + i % 3] if classes else row[0]] for i, row in enumerate(rows)]
    text = io.StringIO()
    csv.writer(text).writerows([words[:width], *lines])
    try:
        table = read_table(text.getvalue().encode())
        experiment = Experiment(target="points", own=write_own(table))
    except TableError:
        return
    assert read_own(experiment.own).names == table.names
    same(experiment.make_problem(), taken_back(target="points", own=experiment.own)[1])


@pytest.mark.parametrize(("mark", "separator"), [(",", ";"), (".", ";"), (",", "\t")])
def test_a_spreadsheet_of_another_country_may_have_saved_it_meanwhile(mark, separator):
    own = "area,size,kind\n1.125,2,cat\n2.375,1234,dog\n3.5,1,dog\n"
    text = data_file(Player(Experiment(target="points", own=own)))
    rows = [[cell.replace(".", mark) for cell in row] for row in csv.reader(io.StringIO(text))]
    text = "\ufeff" + "\r\n".join(separator.join(row) for row in rows)
    assert write_own(read_table(text.encode())) == write_own(read_own(own))
