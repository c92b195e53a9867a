"""Back and Forward: the page follows the address, and the controls, the run and the panels are those of then."""

from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.panels.inside import PANELS
from playground.session.control_values import values_of
from tests.support.visits import open_visit

FIRST = next(iter(LESSONS.values()))


def shown(visit, state):
    """Whether every widget shows the player's experiment."""
    return values_of(visit.player.experiment).items() <= state.items()


def gone_to(opened, **query):
    """A visit after Back or Forward to an address."""
    opened.query.clear()
    opened.query.update(query)
    opened.visit.follow_history(PANELS)
    return opened.visit


def test_back_to_another_learning_rate_goes_on_with_it_and_the_widgets_show_it():
    visit, state, _query = opened = open_visit(learning_rate="0.25")
    visit.player.train_one_frame()
    epoch = visit.player.trainer.epoch
    assert gone_to(opened).player.experiment == Experiment()
    assert shown(visit, state)
    assert visit.player.trainer.epoch == epoch
    assert gone_to(opened, target="step", view="network").player.experiment == Experiment(target="step")
    assert (visit.player.trainer.epoch, visit.views.names) == (0, ["network"])


def test_back_to_own_points_that_no_address_holds_has_them_still():
    visit, state, _query = opened = open_visit(target="points")
    state["own"] = "x,y\n" + "\n".join(f"{x / 7},{x}" for x in range(600))
    visit.controls.apply_widgets()
    own = visit.player.experiment.own
    assert gone_to(opened, target="sine").player.experiment.target == "sine"
    assert gone_to(opened, target="points").player.experiment.own == own
    assert shown(visit, state)


def test_back_out_of_a_lesson_and_into_it_begins_it_anew_with_what_was_predicted():
    visit, _, _query = opened = open_visit(lesson=FIRST.name)
    visit.lesson.predict(0)
    visit.lesson.reveal()
    assert gone_to(opened).lesson.lesson is None
    again = gone_to(opened, lesson=FIRST.name).lesson
    assert (again.predicted, again.revealed) == (0, False)
    assert visit.player.experiment == FIRST.experiment
