"""A file on the page: what was read stands in a line, what is unclear is asked, and its names stand in the charts."""

from types import SimpleNamespace

from playground.components.board.payload import plane_of
from playground.figures.fit import fit_figure
from playground.figures.palette import PALETTES
from playground.figures.plane import points_figure
from playground.sharing.saved import read_run, write_run
from tests.support.visits import open_visit

CLASSES = b"kind,length,width\ncat,1,2\ndog,2,3\ncat,4,<b>1\n"
THOUSANDS = b'week,visitors\n1,"812"\n2,"956"\n3,"1,104"\n'


def uploaded(data):
    visit, state, _ = open_visit(target="points")
    state["own_file"] = SimpleNamespace(name="own.csv", getvalue=lambda: data)
    visit.own_points.file.take()
    return visit, visit.own_points.file, state


def titles(figure):
    return [figure["layout"][axis]["title"]["text"] for axis in ("xaxis", "yaxis")]


def test_names_of_columns_stand_on_the_axes_as_text():
    visit, file, state = uploaded(b"a <b>,price\n1,2\n3,4\n")
    assert file.words(state["own"]) == "2 points of a <b> (x) and price (y)."
    assert titles(fit_figure(PALETTES["light"], visit.player.problem, visit.player.grid)) == ["a &lt;b&gt;", "price"]


def test_names_of_classes_stand_in_legend_and_matrix_after_a_saved_run_too():
    visit, file, state = uploaded(CLASSES.replace(b"<b>", b""))
    assert file.words(state["own"]) == "3 points of length (x1), width (x2) and kind (y), which is cat or dog."
    for problem in (visit.player.problem, read_run(write_run(visit.player)).experiment.make_problem()):
        assert titles(points_figure(PALETTES["light"], problem)) == ["length", "width"]
        assert plane_of(problem, 10)["class_names"] == ["cat", "dog"]
        assert problem.samples[-1].tolist() == [0, 1, 0]


def test_what_has_two_meanings_is_asked_and_the_answer_taken():
    visit, file, state = uploaded(THOUSANDS)
    assert '"1,104" can be 1.104 or 1104' in visit.controls.message.text
    visit.own_points.file.answer(file.answers(state["own"])["1,104 is 1104"])
    assert visit.controls.message is None
    assert visit.player.problem.samples.tolist() == [[1, 2, 3], [812, 956, 1104]]
    assert file.words(state["own"]) == "3 points of week (x) and visitors (y)."
    visit.own_points.change_point({"from": None, "to": [4, 5]})
    assert file.words(state["own"]) is None  # the points are no longer those of the file


def test_an_answer_that_gives_the_points_that_are_learnt_already_leaves_no_refusal():
    visit, file, state = uploaded(THOUSANDS)
    for _ in range(2):
        file.answer(file.answers(state["own"])["1,104 is 1104"])
        assert visit.controls.message is None
        file.take()
        assert "can be" in visit.controls.message.text
