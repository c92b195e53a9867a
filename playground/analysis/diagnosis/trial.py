"""Whether a change helps: it is tried from where its button would act, for a bounded number of epochs."""

import math

import numpy as np

from nn import Trainer
from playground.analysis.diagnosis.finding import Suggestion
from playground.experiment import Experiment
from playground.player import Player
from playground.player.following import follow
from playground.player.loss_on_test_set import LossOnTestSet
from playground.problems.problem import Problem
from playground.problems.scale import vary

MAX_SECONDS = 0.1  # of a trial, about
SECONDS_PER_LAYER, SECONDS_PER_PRODUCT = 1.2e-5, 1.2e-9  # of a step; of a parameter and an example
ENOUGH = 50  # epochs of a run; of a shorter one it is tried for longer
MIN_EPOCHS, MAX_EPOCHS = 200, 2000  # epochs of a trial, where they fit in the time
WINDOW = 25  # epochs over which losses are averaged, as one may swing
MARGIN = 0.01  # by which it must be better, relative
FITTED = 1e-12  # of the loss of a constant: below it there is nothing to improve
LEAST = 5e-324  # the smallest number
UNSTOPPED = {"patience": 0, "stall_epochs": 0}  # a trial is as long as it is to be


def helps(player: Player, suggestion: Suggestion, *, on_test_set: bool = False) -> bool:
    """Whether the run would be better with a change than without it, after as many epochs as it has.

    A change that starts again, or goes back, is compared with what the run is now, or was as many epochs after that;
    one that goes on, with what it would become. It must also get below the present loss: a run that gets worse is no
    measure. After a divergence it must get below the lowest loss of the run.

    Args:
        player: the run, which is left as it is.
        suggestion: the change.
        on_test_set: whether the loss on the test points counts, and not that on the training points.
    """
    tried = _begun(player, suggestion)
    if tried is None:
        return False
    twin, problem, first = tried
    past = player.trainer.epoch - first or player.trainer.epoch
    epochs = min(past if past >= ENOUGH else MIN_EPOCHS, MAX_EPOCHS, most_epochs(twin, problem))
    twin.train(epochs)
    if twin.diverged:
        return False
    if player.trainer.diverged:
        lowest = player.recording.best.loss / loss_of_mean(player.trainer, player.problem)
        return _recent(twin, first) / loss_of_mean(twin, problem) < (1 - MARGIN) * lowest
    if on_test_set:
        other = _continued(player, first + epochs)
        return _test_loss(twin, problem) < (1 - MARGIN) * _test_loss(other, player.problem)
    without = min(_loss_without(player, first + epochs), _recent(player.trainer, -1))
    without /= loss_of_mean(player.trainer, player.problem)
    return _recent(twin, first) / loss_of_mean(twin, problem) < (1 - MARGIN) * without


def stays_finite(player: Player, suggestion: Suggestion) -> bool:
    """Whether a run that diverged does not when it is trained on with a change, and its objective falls."""
    tried = _begun(player, suggestion)
    if tried is None:
        return False
    twin, problem, first = tried
    before = twin.objective
    twin.train(min(max(MIN_EPOCHS, player.trainer.epoch - first), MAX_EPOCHS, most_epochs(twin, problem)))
    return not twin.diverged and twin.objective <= before


def _begun(player: Player, suggestion: Suggestion) -> tuple[Trainer, Problem, int] | None:
    """A twin of the run that follows a change, with its data and its epoch; None where the change is impossible."""
    try:
        experiment = player.experiment.changed(**suggestion.changes, **UNSTOPPED)
        start, problem, twin = experiment.start()
    except ValueError:
        return None
    first = 0
    if not start.restarts_from(player.experiment):
        first = player.trainer.epoch if suggestion.go_back is None else suggestion.go_back
        _take_to(twin, player, first)
        follow(twin, experiment, player.experiment)
    return twin, problem, first


def most_epochs(trainer: Trainer, problem: Problem) -> int:
    """How many epochs fit into a trial, by the size of the network and the data."""
    m, parameters = problem.Xs.shape[1], trainer.network.parameters.size
    steps = -(-m // trainer.batch_size)
    seconds = steps * SECONDS_PER_LAYER * len(trainer.network.layers) + SECONDS_PER_PRODUCT * parameters * m
    return max(1, int(MAX_SECONDS / seconds))


def loss_of_mean(trainer: Trainer, problem: Problem) -> float:
    """The loss of the best constant about, in whose terms runs with other data are compared.

    1 where that is 0, as all targets are equal; next to 0 where they are so small that their squares are 0.
    """
    Ys = problem.Ys
    mean = np.broadcast_to(Ys.mean(axis=1, keepdims=True), Ys.shape)
    return trainer.loss_function(mean, Ys) or (LEAST if vary(Ys).any() else 1.0)


def is_fitted(player: Player) -> bool:
    """Whether the loss is 0, or as good as that."""
    return bool(player.trainer.loss <= FITTED * loss_of_mean(player.trainer, player.problem))


def _take_to(twin: Trainer, player: Player, epoch: int) -> None:
    checkpoint = next(each for each in player.recording.checkpoints if each.epoch == epoch)
    twin.set_batch_size(player.experiment.batch_size or None)
    twin.restore(checkpoint, player.trainer.history)


def _continued(player: Player, epoch: int) -> Trainer:
    """The run as it stands, trained on to an epoch as it is set."""
    experiment: Experiment = player.experiment
    twin = experiment.changed(**UNSTOPPED).make_trainer(player.problem)
    _take_to(twin, player, player.trainer.epoch)
    follow(twin, experiment, experiment)
    twin.train(max(0, epoch - twin.epoch))
    return twin


def _loss_without(player: Player, epoch: int) -> float:
    """The loss of the run about an epoch: what it was, or what it would be; inf where it would diverge."""
    trainer = player.trainer
    if epoch > trainer.epoch:
        twin = _continued(player, epoch)
        return math.inf if twin.diverged else _recent(twin, trainer.epoch)
    epochs, losses = trainer.history.epochs, trainer.history.losses
    window = (epochs > epoch - WINDOW) & (epochs <= epoch)
    return float(losses[window].mean()) if window.any() else float(np.interp(epoch, epochs, losses))


def _recent(trainer: Trainer, since: int) -> float:
    """The mean of the last losses, at most WINDOW epochs of those after `since`."""
    epochs, losses = trainer.history.epochs, trainer.history.losses
    recent = losses[(epochs > since) & (epochs > trainer.epoch - WINDOW)]
    return float(recent.mean()) if recent.size else trainer.loss


def _test_loss(trainer: Trainer, problem: Problem) -> float:
    loss = LossOnTestSet(trainer.network, *problem.test_set, trainer.loss_function).loss_of(trainer.network)
    return math.inf if loss is None else loss
