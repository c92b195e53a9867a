"""Back and Forward: the page follows the address, and the controls, the run and the panels are those of then."""

import base64

import pytest

from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.panels.inside import PANELS
from playground.session.control_values import values_of
from playground.session.going_back import LATEST, LOST
from playground.sharing.links import LEFT_OUT, to_query
from tests.support.kept import kept_of
from tests.support.visits import open_visit, trained

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
    assert gone_to(opened, target="points", own=LEFT_OUT).player.experiment.own == own
    assert shown(visit, state)


def test_the_face_and_the_exercise_are_those_of_the_address():
    opened = open_visit(task="Fit it.", goal="loss<0.1", view="network", face="forward", x="0.5")
    assert gone_to(opened, face="step").faces.face == "step"
    assert gone_to(opened).faces.face == "weights"
    assert opened.visit.exercise.task == ""
    visit = gone_to(opened, task="Fit it.", face="forward", x="0.5")
    assert (visit.exercise.task, visit.faces.face, visit.faces.traced.x) == ("Fit it.", "forward", (0.5,))


def test_back_out_of_a_lesson_and_into_it_begins_it_anew_with_what_was_predicted():
    visit, _, _query = opened = open_visit(lesson=FIRST.name)
    visit.lesson.predict(0)
    visit.lesson.reveal()
    assert gone_to(opened).lesson.lesson is None
    again = gone_to(opened, lesson=FIRST.name).lesson
    assert (again.predicted, again.revealed) == (0, False)
    assert visit.player.experiment == FIRST.experiment


def long_points(value):
    """Own points of which no address holds as many."""
    return "x,y\n" + "\n".join(f"{x / 7},{value}" for x in range(600))


def visit_with_points(*texts):
    """A visit whose own points were those of some texts, one after another."""
    opened = open_visit(target="points")
    for text in texts:
        opened.state["own"] = text
        opened.visit.controls.apply_widgets()
    return opened


def test_back_from_other_own_points_to_those_that_no_address_holds_has_them_as_the_next_forward_has_the_others():
    long, short = long_points(1), "x,y\n1,2\n3,5\n"
    opened = visit_with_points(long, short)
    visit = gone_to(opened, target="points", own=LEFT_OUT)
    own = visit.player.experiment.own
    assert own.count("\n") == 600
    assert visit.controls.message is None
    assert gone_to(opened, target="points", own=short).player.experiment.own == short
    assert gone_to(opened, target="points", own=LEFT_OUT).player.experiment.own == own


def test_back_to_the_first_points_has_these_and_not_the_many_that_came_after():
    opened = visit_with_points(long_points(1))
    visit = gone_to(opened, target="points")
    assert visit.player.experiment == Experiment(target="points")
    assert shown(visit, opened.state)


def test_of_several_own_points_that_no_address_holds_the_latest_come_and_none_come_in_silence():
    opened = visit_with_points(long_points(1), long_points(2))
    gone_to(opened, target="points", own="x,y\n1,2\n3,5\n")
    visit = gone_to(opened, target="points", own=LEFT_OUT)
    assert visit.player.experiment.own.endswith(",2")
    assert visit.controls.message.text == LATEST
    opened = visit_with_points()
    assert gone_to(opened, target="points", own=LEFT_OUT).controls.message.text == LOST


def test_forward_to_layers_that_had_set_given_weights_aside_has_them_aside_again():
    given = "0.5, 0\n-1, 1\n\n1, 2, 0.5"
    visit, state, _ = opened = open_visit(layers="2", given=given)
    visit.controls.given.note(visit.player.experiment)
    state |= {"layer_count": 3, **{f"layers_{i}": 2 for i in range(3)}}
    visit.controls.apply_widgets()
    visit.controls.given.note(visit.player.experiment)
    three = to_query(visit.player.experiment)
    assert visit.controls.given.aside == given
    gone_to(opened, layers="2", given=given)
    assert (visit.player.experiment.given, visit.controls.given.aside) == (given, "")
    gone_to(opened, **three)
    assert (visit.player.experiment.given, visit.controls.given.aside, state["given"]) == ("", given, given)
    gone_to(opened, layers="3")
    assert (visit.controls.given.aside, state["given"]) == ("", "")


# --- A look back at a moment with other units off ---------------------------------------------------------------------


def switched_and_looking_back():
    """A visit of which a unit was switched off on the way, and which looks at a moment before that."""
    opened = open_visit()
    visit = opened.visit
    for _ in range(3):
        visit.player.train_one_frame()
    visit.unit_switch.switch((1, 3), True)
    for _ in range(3):
        visit.player.train_one_frame()
    visit.keeping.parts()
    visit.controls.go_to(12)
    return opened


def test_a_look_back_is_no_change_of_the_experiment_that_address_and_tab_keep():
    visit = switched_and_looking_back().visit
    assert (visit.player.experiment.off, visit.controls.back.lasting.off) == ("", "1.3")
    other = open_visit(**to_query(visit.controls.back.lasting)).visit
    other.taking_up.take_up(kept_of_all(visit))
    assert (other.player.trainer.epoch, other.player.experiment.off) == (12, "")
    assert other.player.recording.epochs == visit.player.recording.epochs
    other.controls.go_to(72)
    assert other.player.experiment.off == "1.3"
    assert visit.player.recording.epochs[-1] == 72


def kept_of_all(visit):
    """What the browser has by now: what it had been given at the end, and what it is given of the look back."""
    visit.controls.go_to(72)
    message = kept_of(visit)
    visit.controls.go_to(12)
    message["parts"] |= {name: base64.b64encode(data).decode() for name, data in visit.keeping.parts().items()}
    return message


def test_to_train_on_from_there_is_one():
    visit = switched_and_looking_back().visit
    visit.player.train_one_frame()
    assert visit.controls.back.lasting == visit.player.experiment == Experiment()


def test_a_change_of_the_settings_there_is_one_too():
    visit = switched_and_looking_back().visit
    visit.controls.take(visit.player.experiment.changed(learning_rate=0.3))
    assert visit.controls.back.lasting == visit.player.experiment == Experiment(learning_rate=0.3)


def test_back_of_a_panel_leaves_the_moment_and_back_of_the_switch_goes_to_the_end_and_drops_nothing():
    visit, state, _ = opened = switched_and_looking_back()
    epochs = visit.player.recording.epochs
    gone_to(opened, off="1.3", view="units")
    assert (visit.player.trainer.epoch, visit.player.experiment.off) == (12, "")
    gone_to(opened)
    assert (visit.player.trainer.epoch, visit.player.experiment) == (72, Experiment())
    assert shown(visit, state)
    gone_to(opened, off="1.3")
    assert visit.player.experiment == Experiment(off="1.3")
    assert visit.player.recording.epochs == epochs


# --- Back while there is no line to the server ------------------------------------------------------------------------


def come_back(visited, said, **query):
    """The new session of a page that stayed open while its session ended, at the address at which it is by then."""
    opened = open_visit(**query)
    opened.visit.taking_up.take_up(kept_of(visited) | {"after": "line"} | said)
    return opened


def test_back_without_a_line_is_followed_by_the_next_session_and_the_run_goes_on():
    visited = trained(learning_rate="0.25").visit
    visit, state, _ = come_back(visited, {"moved": True})
    assert visit.player.experiment == Experiment()
    assert visit.player.trainer.epoch == visited.player.trainer.epoch > 0
    assert shown(visit, state)


def test_an_address_that_has_not_heard_of_the_last_change_is_not_taken_for_back():
    visited = trained(learning_rate="0.25").visit
    visit = come_back(visited, {}).visit
    assert visit.player.experiment == visited.player.experiment
    assert visit.player.trainer.epoch == visited.player.trainer.epoch


def test_after_a_reload_the_address_wins_whatever_is_said_of_it():
    visit = come_back(trained(learning_rate="0.25").visit, {"after": "load", "moved": True}).visit
    assert (visit.player.experiment, visit.player.trainer.epoch) == (Experiment(), 0)


@pytest.mark.parametrize(
    ("said", "moved"), [({"moved": True}, True), ({"moved": 1}, False), (None, False), ([], False)]
)
def test_the_session_that_is_still_there_is_told_once(said, moved):
    visit = open_visit().visit
    visit.keeping.come_back(said)
    assert [visit.keeping.take_moved(), visit.keeping.take_moved()] == [moved, False]
