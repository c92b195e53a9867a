"""Advice is tried before it is given: an offer helps from where its button acts, and then the finding is gone."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.finding import Suggestion, percent, rounded
from playground.analysis.diagnosis.trial import MIN_EPOCHS, helps, loss_of_mean, most_epochs
from playground.analysis.post_mortem import post_mortem
from playground.experiment import Experiment
from playground.given_weights import as_text
from playground.player import Player
from tests.support.runs import diverged, play_to_end
from tests.support.strategies import experiments, parameter_count
from tests.support.visits import open_visit


def curve(y, xs=range(-50, 50)):
    return "x,y\n" + "".join(f"{x / 10},{y(x / 10)!r}\n" for x in xs)


def run(epochs, **changes):
    player = Player(Experiment(**changes, max_epochs=max(epochs, 1), speed=25))
    if epochs:
        play_to_end(player)
    return player


LINE = "x,y\n" + "".join(f"{x},{2 * x}\n" for x in range(200))
WAVE = "x,y\n" + "".join(f"{x},{math.sin(x / 80)}\n" for x in range(0, 1000, 10))
DEAD = {"activations": ("relu",), "optimizer": "adam", "learning_rate": 1.0}


def wide_weights(units, size=50.0):
    """Given weights of a network with such hidden layers, as large as makes every step too long."""
    shape = (1, *units, 1)
    return as_text(size * np.random.RandomState(0).standard_normal(parameter_count(shape)), shape)


def relative_loss(player):
    return player.trainer.loss / loss_of_mean(player.trainer, player.problem)


@pytest.mark.parametrize(
    "changes",
    [
        DEAD,
        DEAD | {"activations": ("tanh",)},
        {"activations": ("relu",), "learning_rate": 0.3},
        {"target": "points", "own": LINE},
        {"target": "points", "own": LINE, "activations": ("relu",)},
        {"target": "points", "own": LINE, "batch_size": 1},
        {"target": "points", "own": WAVE},
    ],
    ids=["ReLU and Adam", "tanh and Adam", "ReLU", "a line", "a line and ReLU", "a line by ones", "a wave"],
)
def test_what_is_offered_makes_the_run_better_when_its_button_is_pressed(changes):
    visit, _, _ = open_visit()
    visit.controls.take(Experiment(**changes, max_epochs=300, speed=25))
    play_to_end(visit.player)
    before, found = relative_loss(visit.player), visit.diagnosis.finding
    assert found.offer is not None
    visit.diagnosis.take(found.offer)
    assert visit.player.trainer.epoch == 0  # dead and saturated units have no way on from where they are
    assert visit.diagnosis.finding is None
    play_to_end(visit.player)
    assert relative_loss(visit.player) < 0.99 * before


@pytest.mark.parametrize("changes", [DEAD, DEAD | {"activations": ("tanh",)}], ids=["ReLU", "tanh"])
def test_units_without_a_gradient_are_offered_the_way_back_with_the_rate_though_the_run_could_go_on(changes):
    player = Player(Experiment(**changes, speed=25))
    for _ in range(12):
        player.train_one_frame()
    offer = diagnose(player)[0].offer
    assert offer.go_back == 0
    assert offer.changes["learning_rate"] < 1


@pytest.mark.parametrize("own", [LINE, WAVE], ids=["a line", "a wave"])
def test_standardised_data_are_offered_where_the_data_are_the_cause(own):
    assert diagnose(run(300, target="points", own=own))[0].suggested_changes == {"scaling": "standard"}


def test_a_divergence_that_the_data_cause_is_offered_standardised_data():
    player = diverged(target="points", own=curve(lambda x: 1e6 + math.sin(x)), activations=("relu",))
    assert post_mortem(player).offer.changes == {"scaling": "standard"}


@pytest.mark.parametrize(("optimizer", "limit"), [("gradient_descent", 2), ("momentum", 3.8)])
def test_a_penalty_that_makes_the_run_diverge_is_named_and_lowered(optimizer, limit):
    player = diverged(l2=10.0, learning_rate=0.5, optimizer=optimizer)
    found = post_mortem(player)
    assert f"λ = 10 times the learning rate 0.5 is 5, and above {limit:g}" in found.cause
    assert found.offer.changes.keys() == {"l2"}
    assert found.offer.changes["l2"] * 0.5 < limit
    player.go_to(found.offer.go_back)
    player.change(player.experiment.changed(**found.offer.changes))
    assert player.trainer.train(1000) == 1000


def test_a_divergence_without_such_a_penalty_names_none():
    assert post_mortem(diverged(l2=0.1, learning_rate=5.0)).cause == ""


@pytest.mark.parametrize(
    "y",
    [lambda x: 1e-9 * math.sin(x), lambda x: 1e6 + math.sin(x), lambda x: 1e-200 * math.sin(x), lambda x: 1e-300 * x],
    ids=["1e-9", "1e6 ± 1", "1e-200", "1e-300"],
)
@pytest.mark.parametrize("epochs", [0, 300])
def test_targets_that_vary_little_have_a_finding(y, epochs):
    (found,) = diagnose(run(epochs, target="points", own=curve(y)))
    assert found.name == "scale_of_targets"
    assert found.suggested_changes == {"scaling": "standard"}
    assert "worse than a constant" in found.evidence
    assert "deviation 0," not in found.evidence
    standardised = run(epochs, target="points", own=curve(y), scaling="standard")
    assert "scale_of_targets" not in [each.name for each in diagnose(standardised)]


@pytest.mark.parametrize("initializer", ["zeros", "normal"])
def test_at_a_loss_of_0_nothing_is_advised(initializer):
    player = Player(Experiment(target="points", own="x,y\n0,0\n1,0\n2,0\n", initializer=initializer))
    player.trainer.network.parameters[:] = 0
    player.trainer.train(0)
    assert player.trainer.loss == 0
    assert diagnose(player) == []


def test_a_change_that_makes_no_difference_is_not_offered():
    player = run(300, **DEAD)
    for rate in (0.1, 0.01, 1e-6):
        assert not helps(player, Suggestion({"learning_rate": rate}, "on from the dead network"))
    assert helps(player, Suggestion({"learning_rate": 0.1}, "from the start", go_back=0))


@pytest.mark.parametrize(
    ("value", "text"),
    [(4000.0, "4,000"), (-50123.0, "-50,100"), (0.0012344, "0.00123"), (1e6, "1e6"), (4.17e24, "4.17e24"), (12, "12")],
)
def test_numbers_are_written_as_people_write_them(value, text):
    assert rounded(value, 3) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (2.3e-7, "less than 0.01 %"), (0.0042, "0.42 %"), (0.374, "37 %")]
)
def test_a_share_has_few_digits(share, text):
    assert percent(share) == text


def test_trying_changes_nothing():
    player = run(300, **DEAD)
    before = player.trainer.checkpoint()
    helps(player, Suggestion({"learning_rate": 0.1}, "from the start", go_back=0))
    after = player.trainer.checkpoint()
    assert (after.parameters == before.parameters).all()
    assert (after.epoch, after.loss, str(after.rng)) == (before.epoch, before.loss, str(before.rng))


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 0.3, "activations": ("leaky_relu",)},
        {"layers": (20, 20, 20), "activations": ("sigmoid",) * 3},
        {"learning_rate": 1e-3},
        {"l2": 0.1},
    ],
    ids=["oscillation", "plateau", "slow", "penalty"],
)
def test_once_an_offer_is_taken_the_finding_is_gone(changes):
    visit, _, _ = open_visit()
    visit.controls.take(Experiment(**changes, max_epochs=1500, speed=50))
    play_to_end(visit.player)
    found = visit.diagnosis.finding
    assert found.offer is not None
    visit.diagnosis.take(found.offer)
    assert visit.diagnosis.finding is None


# --- Any run ----------------------------------------------------------------------------------------------------------

ENDLESS = {"patience": 0, "stall_epochs": 0, "target_loss": 0.0}


def lately(player):
    """The mean loss of the last 25 epochs, in terms of that of a constant."""
    history = player.trainer.history
    losses = history.losses[history.epochs > player.trainer.epoch - 25]
    return losses.mean() / loss_of_mean(player.trainer, player.problem)


@given(experiments())
@settings(max_examples=15)
def test_the_offer_of_any_run_changes_something_and_the_run_is_better_for_it(experiment):
    visit, _, _ = open_visit()
    visit.controls.take(experiment.changed(**ENDLESS, max_epochs=100, speed=25))
    play_to_end(visit.player)
    failed, found = visit.diagnosis.post_mortem, visit.diagnosis.finding
    offer = failed.offer if failed else found and found.offer
    assume(offer is not None)
    before, present, past = lately(visit.player), visit.player.experiment, visit.player.trainer.epoch
    visit.diagnosis.recover() if failed else visit.diagnosis.take(offer)
    player = visit.player
    assert player.experiment != present or (offer.go_back is not None and not offer.changes)
    assert not visit.controls.rejection or visit.controls.rejection.kind == "info"
    again = visit.diagnosis.finding
    assert found is None or again is None or again.name != found.name
    if offer.changes:
        epochs = min(MIN_EPOCHS if failed or past < 50 else past, most_epochs(player.trainer, player.problem))
        player.trainer.train(epochs)
        assert not player.trainer.diverged
        assert failed or found.name == "overfitting" or lately(player) < before


@pytest.mark.parametrize("changes", [{"learning_rate": 0.01}, {"l2": 0.5}, {"optimizer": "adam"}, {"freeze": 1}])
def test_a_finding_is_not_that_of_other_settings_than_those_in_use(changes):
    visit, _, _ = open_visit()
    visit.controls.take(Experiment(learning_rate=0.3, activations=("leaky_relu",), max_epochs=1000, speed=25))
    play_to_end(visit.player)
    assert visit.diagnosis.finding.name == "oscillation"
    visit.controls.take(visit.player.experiment.changed(speed=50))
    assert visit.diagnosis.finding.name == "oscillation"
    visit.controls.take(visit.player.experiment.changed(**changes))
    assert visit.diagnosis.finding is None  # nothing was trained so yet


def test_a_run_that_gets_worse_is_no_measure_of_an_offer():
    """The standardised run diverges, too, a little later than the other."""
    wild = {"target": "formula", "formula": "exp(5 * x)", "layers": (), "activations": (), "optimizer": "nesterov"}
    assert not helps(Player(Experiment(**wild, learning_rate=3.0)), Suggestion({"scaling": "standard"}, "standardise"))
    calm = Suggestion({"scaling": "standard", "learning_rate": 0.01}, "standardise, with short steps")
    assert helps(Player(Experiment(**wild, learning_rate=3.0)), calm)


def test_given_weights_that_no_step_is_short_enough_for_are_offered_a_drawn_start():
    units = (8, 1, 20, 8)
    deep = {"layers": units, "activations": ("identity",) * 4, "target": "bump", "given": wide_weights(units)}
    player = diverged(**deep, learning_rate=1e-5)
    offer = post_mortem(player).offer
    assert offer.changes["given"] == ""
    assert "a drawn start" in offer.label
