"""Numbers such as -999 where a value is missing: asked about where they are far from the others, never just learnt."""

from types import SimpleNamespace

import pytest

from playground.problems.tables import Reading, TableError, TwoMeaningsError, read_own, read_table, write_own
from playground.session.own_file import AS_NUMBER
from tests.support.visits import open_visit

WEATHER = b"day,temp\n1,19.5\n2,-999\n3,21\n4,-999.0\n5,20\n"


def values(table):
    return [*table.Xs.tolist(), *table.Ys.tolist()]


def test_a_number_that_stands_for_a_missing_one_is_asked_about():
    with pytest.raises(TwoMeaningsError, match=r'In column 2 \(temp\), "-999" is far from the other numbers') as caught:
        read_table(WEATHER)
    assert "(19.5 to 21)" in str(caught.value)
    left_out, learnt = (read_table(WEATHER, reading) for reading in caught.value.answers.values())
    assert list(caught.value.answers) == ["-999 is missing: leave 2 rows out", "-999 is a number"]
    assert values(left_out) == [[1, 3, 5], [19.5, 21, 20]]
    assert left_out.words == (
        "3 points of day (x) and temp (y); 2 rows left out: -999 or -999.0 in column 2 (temp) is missing."
    )
    assert values(learnt)[1] == [19.5, -999, 21, -999, 20]
    assert learnt.words == "5 points of day (x) and temp (y)."


@pytest.mark.parametrize("code", ["-99", "-999", "-9999", "-999.9", "9999", "-99999", "-32768", "1e20", "−999"])
def test_the_usual_ones_are_known_in_inputs_too(code):
    data = f"a,b,c\n0.1,1,2\n0.2,3,3\n{code},2,1\n0.4,4,0\n".encode()
    with pytest.raises(TwoMeaningsError, match=r"column 1 \(a\)"):
        read_table(data)
    table = read_table(data, Reading(missing=True))
    assert table.Xs[0].tolist() == [0.1, 0.2, 0.4]
    assert f"line 4 left out: {code} in column 1 (a) is missing" in table.words


@pytest.mark.parametrize(
    "column", ["-99,-98,-50,-101", "900,950,999,1001", "99,1,2,3", "-999,-500,0,300", "-999,1100,1"]
)
def test_an_ordinary_number_is_learnt_without_a_question(column):
    ys = column.split(",")
    table = read_table("".join(f"{i},{y}\n" for i, y in enumerate(ys)).encode())
    assert table.Ys[0].tolist() == [float(y) for y in ys]


def test_missing_values_of_several_columns_are_one_question():
    data = b"a,b,kind\n1,2,cat\n-99,4,dog\n3,-9999,cat\n4,5,dog\n6,1,cat\n"
    with pytest.raises(TwoMeaningsError) as caught:
        read_table(data)
    assert "-99 is missing: leave 2 rows out" in caught.value.answers
    table = read_table(data, Reading(missing=True))
    assert (values(table), table.classes) == ([[1, 4, 6], [2, 5, 1], [0, 1, 0]], ("cat", "dog"))


def test_too_few_rows_that_are_left_are_refused_in_words():
    with pytest.raises(TableError, match="at least 2 rows of numbers, not 1"):
        read_table(b"1,2\n-99,3\n3,-99\n-99,4\n", Reading(missing=True))


def test_own_points_are_what_they_are():
    table = read_table(WEATHER, Reading(missing=False))
    assert values(read_own(write_own(table))) == values(table)


def uploaded(data):
    visit, state, _ = open_visit(target="points")
    state["own_file"] = SimpleNamespace(name="own.csv", getvalue=lambda: data)
    visit.own_points.file.take()
    return visit, visit.own_points.file, state


def test_the_page_asks_and_takes_the_answer():
    visit, file, state = uploaded(WEATHER)
    before = visit.player.experiment
    assert before.own == state["own"]
    assert "many programs write it where a value is missing" in visit.controls.message.text
    file.answer(file.answers(state["own"])["-999 is missing: leave 2 rows out"])
    assert visit.player.problem.samples.tolist() == [[1, 3, 5], [19.5, 21, 20]]
    assert "2 rows left out" in file.words(state["own"])


@pytest.mark.parametrize(
    ("ys", "offer"),
    [
        ("5 7 5 7", "Learn y as classes: 5 or 7"),
        ("10 30 20 10 20 30", "Learn y as classes: 10, 20 or 30"),
        ("-7 3 3 -7", "Learn y as classes: -7 or 3"),
        ("5 7 5 5", None), ("0.5 1.5 0.5 1.5", None), ("5 6 7 8", None), ("0 1 0 1", None), ("0 2 1 0 1 2", None),
        ("4 4 4 4", None),
    ],
)  # fmt: skip
def test_a_few_whole_numbers_are_offered_as_classes_and_back(ys, offer):
    rows = "".join(f"{i},{i * i},{y}\n" for i, y in enumerate(ys.split()))
    visit, file, state = uploaded(f"a,b,kind\n{rows}".encode())
    answers = file.answers(state["own"])
    assert list(answers) == ([offer] if offer else [])
    if offer is None:
        return
    numbers = visit.player.problem.samples[-1].tolist()
    file.answer(answers[offer])
    names = [f"class {y}" for y in ys.split()]
    classes = visit.player.problem.classes
    assert [visit.own_points.table.classes[int(k)] for k in visit.player.problem.samples[-1]] == names
    assert classes
    file.answer(file.answers(state["own"])[AS_NUMBER])
    assert visit.player.problem.samples[-1].tolist() == numbers


def test_one_input_gets_no_offer_of_classes():
    _, file, state = uploaded(b"a,b\n1,5\n2,7\n3,5\n4,7\n")
    assert file.answers(state["own"]) == {}
