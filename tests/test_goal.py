"""The goal of an exercise: what it may say, what each quantity is, and at which epoch it is reached."""

import re

import numpy as np
import pytest

from playground.exercises.goal import MAX_CONDITIONS, MAX_LENGTH, read_goal
from playground.exercises.quantities import QUANTITIES
from playground.experiment import Experiment
from playground.player import Player
from tests.support.visits import open_visit

GOAL = "loss<0.01,epoch<=2000,layers<=10"


def test_a_goal_is_read_part_by_part_and_written_as_it_was():
    goal = read_goal(GOAL)
    assert [(each.quantity.name, each.mark, each.bound) for each in goal.conditions] == [
        ("loss", "<", 0.01), ("epoch", "<=", 2000), ("layers", "<=", 10),
    ]  # fmt: skip
    assert goal.text == GOAL
    assert goal.in_words == "Loss < 0.01, Epoch ≤ 2,000, Hidden layers ≤ 10"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" Loss < 1e-2 ", "loss<0.01"), ("epoch ≤ 20", "epoch<=20"), ("loss=<1", "loss<=1"), ("units==4", "units=4"),
        ("accuracy>=0.95", "accuracy>=0.95"), ("test_loss&lt;2", "test_loss<2"),
        ("R²>0.95", "r2>0.95"), ("test_r2>-0.5", "test_r2>-0.5"), ("precision>=.9", "precision>=0.9"),
        ("loss>0,loss<2", "loss>0,loss<2"),
        ("loss<0,01", "loss<0.01"), ("loss<0,01,epoch<=2000", "loss<0.01,epoch<=2000"), ("loss<0.01,", "loss<0.01"),
        ("loss<1,5e-3; epoch<5", "loss<0.0015,epoch<5"), ("accuracy>=95%", "accuracy>=0.95"),
        ("loss<1/8", "loss<0.125"),
        ("loss<0.1 and epoch<5", "loss<0.1,epoch<5"), ("loss<10^-2 & epoch<2e3", "loss<0.01,epoch<2000"),
        ("recall>=95%", "recall>=0.95"), ("Test loss<0.1", "test_loss<0.1"), ("R^2 > 0.9", "r2>0.9"),
    ],
)  # fmt: skip
def test_a_goal_is_taken_where_it_has_one_meaning(text, meant):
    assert read_goal(text).text == meant
    assert read_goal(meant) == read_goal(text)


def test_each_comparison_holds_on_its_side_of_the_bound_and_never_of_what_is_unknown():
    held = {"<": [1, 0, 0], "<=": [1, 1, 0], ">": [0, 0, 1], ">=": [0, 1, 1], "=": [0, 1, 0]}
    for mark, expected in held.items():
        (condition,) = read_goal(f"loss{mark}1").conditions
        assert [condition.holds(value) for value in (0.5, 1.0, 2.0)] == expected
        assert not condition.holds(None)
        assert not condition.holds(float("nan"))


def test_shares_are_shown_in_percent():
    assert read_goal("accuracy>=95%,test_recall>0.125").in_words == "Accuracy ≥ 95 %, Lowest test recall > 12.5 %"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "must say what is to be reached"),
        (",", "must say what is to be reached"),
        ("loss", 'must be a name, a comparison (< <= > >= =) and a number, as loss<0.01,epoch<=2000, not "loss"'),
        ("loss<0.01,,epoch<9", 'not ""'),
        ("loss<1,2,3", 'not "2,3"'),
        ("epoch<2,000", '"2,000" can be 2 or 2000'),
        ("loss<5%", '"5%" can be 0.05 or 5'),
        ("accuracy>150%", '"150%" can be 1.5 or 150'),
        ("lost<1", 'cannot be about "lost": it can be about loss, test_loss,'),
        ("loss<small", 'loss must be compared with a number: "small" is not a number'),
        ("loss<", 'loss must be compared with a number: "" is not a number'),
        ("loss<0<1", 'loss must be compared with a number: "0<1" is not a number'),
        ("r2>=2", 'r2 must be compared with a number of at most 1, not "2"'),
        ("recall>95", 'recall must be compared with a number from 0 to 1, not "95"'),
        ("rmse<-1", 'rmse must be compared with a number of at least 0, not "-1"'),
        ("accuracy>95", 'accuracy must be compared with a number from 0 to 1, not "95"'),
        ("loss<-1", 'loss must be compared with a number of at least 0, not "-1"'),
        ("loss<1e999", "loss must be compared with a number"),
        ("loss<nan", "loss must be compared with a number"),
        ("__class__<1", 'cannot be about "__class__"'),
        (",".join(["loss<1"] * (MAX_CONDITIONS + 1)), f"at most {MAX_CONDITIONS} parts"),
        ("l" * (MAX_LENGTH + 1), f"at most {MAX_LENGTH} characters"),
    ],
)
def test_what_is_wrong_with_a_goal_is_said(text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        read_goal(text)
    opened = open_visit(goal=text, learning_rate="0.3")
    assert words in opened.visit.controls.message.text
    assert opened.visit.exercise.goal is None
    assert opened.query["goal"] == text
    assert opened.visit.player.experiment.learning_rate == 0.3


def measures_by_definition(problem, network):
    """Each measure that a goal can have, on the training and the test points; None where it is not of the problem."""
    found = {}
    for prefix, samples in (("", problem.samples), ("test_", problem.test_samples)):
        names = [f"{prefix}{name}" for name in ("r2", "rmse", "mae", "precision", "recall")]
        values = [None] * 5
        if samples.size:
            A, y = network.evaluate(problem.network_inputs(samples[:-1]))[-1].A, samples[-1]
            if problem.classes:
                of = A.argmax(axis=0)
                right, taken, own = (np.bincount(each.astype(int), minlength=3) for each in (y[of == y], of, y))
                values[3:] = [(right / taken).min() if taken.all() else None, (right / own).min()]
            else:
                errors = problem.y.inverse_transform(A)[0] - y
                values[:3] = 1 - np.mean(errors**2) / np.var(y), np.sqrt(np.mean(errors**2)), np.mean(abs(errors))
        found |= zip(names, values, strict=True)
    return found


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_has_its_value_at_every_moment(name):
    rings = Experiment(problem="rings", test_fraction=0.3, layers=(3, 2), activations=("tanh",) * 2)
    learned = rings.changed(loss="cross_entropy", optimizer="adam", speed=100)  # every class is predicted by then
    for experiment in (Experiment(), rings, learned, rings.changed(test_fraction=0.0)):
        player = Player(experiment)
        player.train_one_frame()
        trainer, problem = player.trainer, player.problem
        expected = {
            "loss": trainer.loss,
            "test_loss": player.test_losses.loss_of(trainer.network),
            "accuracy": problem.accuracy(trainer.network, problem.samples),
            "test_accuracy": problem.accuracy(trainer.network, problem.test_samples),
            **measures_by_definition(problem, trainer.network),
            "epoch": trainer.epoch,
            "layers": len(experiment.layers),
            "units": sum(experiment.layers),
            "parameters": sum(layer.Wb.size for layer in trainer.network.layers),
            "features": trainer.network.layers[0].Wb.shape[1] - 1,
            "points": problem.Xs.shape[1],
            "learning_rate": experiment.learning_rate,
            "diverged": 0,
        }[name]
        value = QUANTITIES[name].of(player, player.frames[-1])
        assert value == (pytest.approx(expected) if expected is not None else None)


@pytest.mark.parametrize(("speed", "at"), [(1, 100), (12, 100), (12, 97), (12, 96), (1000, 100), (1000, 1)])
def test_a_goal_for_the_loss_is_reached_at_the_very_epoch_whatever_the_speed(speed, at):
    player = Player(Experiment())
    player.trainer.train(at)
    bound = player.trainer.loss
    goal = read_goal(f"loss<={bound!r},epoch<={at}")
    visit = open_visit(goal=goal.text, speed=str(speed)).visit
    while visit.player.trainer.epoch < 150:
        assert visit.exercise.reached is None or visit.player.trainer.epoch >= at
        visit.step(None)
        visit.check_goals()
    assert visit.exercise.reached == at


def test_what_comes_anew_after_going_back_is_looked_at_from_there():
    twin = Player(Experiment(speed=25))
    twin.train_one_frame()
    twin.change(twin.experiment.changed(learning_rate=0.3))
    twin.trainer.train(25)
    losses = twin.trainer.history.losses[26:51].tolist()
    bound = losses[4]
    visit = open_visit(goal=f"loss<={bound!r},learning_rate=0.3", speed="25").visit
    for _ in range(4):
        visit.step(None)
        visit.check_goals()
    visit.player.go_to(25)
    visit.check_goals()
    visit.player.change(visit.player.experiment.changed(learning_rate=0.3))
    visit.step(None)
    visit.check_goals()
    assert visit.exercise.reached == 26 + next(i for i, loss in enumerate(losses) if loss <= bound)


def test_a_goal_counts_once_it_was_on_screen_and_then_stays_reached():
    visit = open_visit(goal="epoch>=50").visit
    visit.controls.play()
    visit.check_goals()
    assert visit.player.trainer.epoch > 50
    assert visit.exercise.reached is None
    run = visit.player.run_id
    visit.tick({"run_id": run, "epoch": 24, "number": 1, "lineage": 0, "until": 0})
    assert visit.exercise.reached is None
    around = visit.around_board
    visit.tick({"run_id": run, "epoch": 60, "number": 2, "lineage": 0, "until": 0})
    assert visit.exercise.reached == 50
    assert visit.around_board != around
    visit.controls.reset()
    visit.check_goals()
    visit.controls.new_start()
    visit.check_goals()
    assert visit.exercise.reached == 50


def test_a_film_that_was_stopped_before_the_goal_has_not_reached_it():
    visit = open_visit(goal="epoch>=50").visit
    visit.controls.play()
    visit.check_goals()
    visit.pause({"run_id": visit.player.run_id, "epoch": 36, "number": 1, "lineage": 0, "until": 0})
    visit.check_goals()
    assert (visit.player.trainer.epoch, visit.exercise.reached) == (36, None)
    visit.step(None)
    visit.step(None)
    visit.check_goals()
    assert visit.exercise.reached == 50


def test_weights_set_by_hand_can_reach_a_goal_without_training():
    after_a_step = Player(Experiment(layers=(1,), speed=1))
    after_a_step.train_one_frame()
    visit = open_visit(goal=f"epoch=0,loss<={after_a_step.trainer.loss!r}", layers="1").visit
    visit.check_goals()
    assert visit.exercise.reached is None
    for index, value in enumerate(after_a_step.trainer.network.parameters):
        visit.player.set_parameter(index, float(value))
    visit.check_goals()
    assert visit.exercise.reached == 0


def test_a_goal_can_ask_for_a_divergence():
    visit = open_visit(goal="diverged=1,learning_rate<60", learning_rate="50", speed="1000").visit
    visit.step(None)
    visit.check_goals()
    assert visit.exercise.reached == visit.player.trainer.epoch
