"""Patterns of how the loss went: it left the finite numbers, swings, or rises on the points kept apart."""

import numpy as np

from playground.analysis.diagnosis.finding import Finding
from playground.analysis.diagnosis.rates import WITH_MOMENTUM, edge, gentler
from playground.experiment import CONTROLS

RECENT = 50  # records of the loss that are looked at for swings: several of them, even where one takes ten
SWINGS = 1 / 3  # of all the way the loss went, at least so much up and down; an idle to and fro has 1/2 of each
SWING = 0.02  # of the loss of the best constant, from record to record on average: smaller ones are fine tuning
USUAL = 0.9  # momentum: it carries on for about 1 / (1 - momentum) = 10 epochs
STUCK = 0.8  # of the mean loss of the first half of the records: where the second half is lower, it swings but falls
RISEN = 0.3  # of its minimum: by less, the test loss rises and falls by the choice of a few test points
FELT = 0.05  # of the loss of the best constant: a smaller rise makes no visible difference
LATEST = 5  # measurements of the test loss that must all have risen: one alone may be a spike
L2 = 0.01  # a first λ: so much dearer get weights of 1, which is about the loss of a good fit


def divergence(facts):
    """The training left the finite numbers."""
    if not facts.trainer.diverged:
        return None
    trainer, rate, limit = facts.trainer, facts.experiment.learning_rate, edge(facts, start=True)
    quantity = "the loss" if trainer.diverged.quantity == "loss" else trainer.diverged.quantity
    good = min(facts.player.recording.checkpoints, key=lambda moment: moment.loss)
    rose = f" and {trainer.loss:.4g} at epoch {trainer.epoch:,}" if trainer.epoch > good.epoch else ""
    change, label = gentler(facts, limit)
    return Finding(
        "divergence",
        "The training diverged",
        f"The loss was {good.loss:.4g} at epoch {good.epoch:,}{rose}, and in the next step {quantity} left the finite "
        f"numbers, with a learning rate of {rate:g}{_beyond(rate, limit, 'was stable, at the start,')}.",
        "learning_rate",
        change,
        label,
    )


def oscillation(facts):
    """The loss goes up and down instead of down."""
    recent, epochs = facts.losses[-RECENT:], facts.epochs[-RECENT:]
    if len(recent) < RECENT or not facts.varied:
        return None
    steps = np.diff(recent)
    way = np.abs(steps)
    swings = SWINGS < steps.clip(min=0).sum() / way.sum() < 1 - SWINGS and way.mean() > SWING * facts.constant(facts.Ys)
    first, second = recent[: RECENT // 2].mean(), recent[RECENT // 2 :].mean()
    if not (swings and second > STUCK * first):
        return None
    rate, limit = facts.experiment.learning_rate, edge(facts)
    lesson, change, label = _calmer(facts, limit)
    return Finding(
        "oscillation",
        "The loss goes up and down",
        f"From epoch {epochs[0]:,} to {epochs[-1]:,} it rose {np.sum(steps > 0)} times and fell "
        f"{np.sum(steps < 0)} times, between {recent.min():.4g} and {recent.max():.4g}, with a learning rate of "
        f"{rate:g}{_beyond(rate, limit, 'is stable')}.",
        lesson,
        change,
        label,
    )


def _beyond(rate, limit, is_stable):
    """What a learning rate is to be compared with, where it is the larger."""
    return f" where plain gradient descent {is_stable} up to about {limit:.2g}" if limit and rate > limit else ""


def _calmer(facts, limit):
    """The lesson, the change and the words of its button: what makes the loss swing, the rate if it is beyond its edge.

    Otherwise momentum that carries on too far, or batches that each want something else.
    """
    experiment = facts.experiment
    if limit and experiment.learning_rate <= limit and experiment.optimizer in WITH_MOMENTUM:
        momentum = USUAL if experiment.momentum > USUAL else experiment.momentum / 2
        return "momentum", {"momentum": momentum}, f"Try a momentum of {momentum:g}"
    within = limit is None or experiment.learning_rate <= limit
    return "mini_batches" if facts.in_batches and within else "learning_rate", *gentler(facts, limit)


def overfitting(facts):
    """The test loss rises from its minimum while the training loss still falls."""
    trainer = facts.trainer
    measured = facts.player.test_losses.up_to(trainer.epoch)
    if len(measured) < 2 * LATEST:
        return None
    epochs, losses = measured.T
    best, now = losses.argmin(), losses[-LATEST:].min()  # one high value alone is no rise
    _, Ys = facts.problem.test_set
    then = float(np.interp(epochs[best], facts.epochs, facts.losses))
    if not (now - losses[best] > max(RISEN * losses[best], FELT * facts.constant(Ys)) and trainer.loss < then):
        return None
    l2 = min(10 * facts.experiment.l2 or L2, CONTROLS["l2"].high)
    return Finding(
        "overfitting",
        "The network is over-fitting",
        f"On the test points the loss was lowest at epoch {epochs[best]:,.0f}, {losses[best]:.4g}, and is "
        f"{losses[-1]:.4g} now, while on the training points it fell on from {then:.4g} to {trainer.loss:.4g}.",
        "noise",
        {"l2": l2},
        f"Try L2 with λ = {l2:g}",
    )
