"""Patterns of the loss: it swings, or rises on the test points while it falls on the training points."""

from collections.abc import Iterable
from itertools import chain

import numpy as np

from playground.analysis.diagnosis.facts import Facts
from playground.analysis.diagnosis.finding import Finding, Suggestion, finding, rounded
from playground.analysis.diagnosis.suggestions import first_that_helps, shorter_steps
from playground.analysis.learning_rate import Stability, rate_in_use
from playground.experiment import CONTROLS

RECENT = 50  # records of the loss in which swings are looked for: several swings, even where one takes ten records
MIN_SHARE_EACH_WAY = 1 / 3  # of the loss's total movement, up and down; pure oscillation has 1/2 of each
MIN_SWING = 0.02  # of the loss of the mean, from record to record on average; smaller swings are fine tuning
MAX_DECLINE = 0.8  # of the mean loss, from the first to the second half of the records: below, it swings but falls
USUAL_MOMENTUM = 0.9  # which averages about 1 / (1 - momentum) = 10 epochs
MIN_RISE = 0.3  # of the test loss, relative to its minimum; a few test points make smaller ones by chance
MIN_VISIBLE_RISE = 0.05  # of the loss of the mean; a smaller rise cannot be seen in the fit
LATEST = 5  # measurements of the test loss that must all be higher; a single one may be a spike
FIRST_L2 = 0.01  # a first λ: weights of 1 then cost about as much as the loss of a good fit


def oscillation(facts: Facts) -> Finding | None:
    """The loss goes up and down instead of down."""
    losses, epochs = facts.losses[-RECENT:], facts.epochs[-RECENT:]
    if len(losses) < RECENT or not facts.targets_vary:
        return None
    steps = np.diff(losses)
    movement = np.abs(steps)
    rising = steps.clip(min=0).sum() / movement.sum()
    swings = MIN_SHARE_EACH_WAY < rising < 1 - MIN_SHARE_EACH_WAY
    if not (swings and movement.mean() > MIN_SWING * facts.loss_of_mean(facts.Ys)):
        return None
    first, second = losses[: RECENT // 2].mean(), losses[RECENT // 2 :].mean()
    if not second > MAX_DECLINE * first:
        return None
    rate = rate_in_use(facts.trainer)
    lesson, suggestions = _against_swings(facts)
    return finding(
        "oscillation",
        "The loss goes up and down",
        f"From epoch {epochs[0]:,} to {epochs[-1]:,} it rose {np.sum(steps > 0)} times and fell "
        f"{np.sum(steps < 0)} times, between {rounded(losses.min(), 4)} and {rounded(losses.max(), 4)}, with a "
        f"learning rate of {rate:g}{_beyond_limit(rate, facts.stability)}.",
        lesson,
        first_that_helps(facts, suggestions),
    )


def _beyond_limit(rate: float, stability: Stability) -> str:
    """The limit that a learning rate exceeds; "" where it does not."""
    if stability.bound is None or stability.limit is None or rate <= stability.limit:
        return ""
    return f", where {stability.bound.name} is stable up to {rounded(stability.limit, 4)}"


def _against_swings(facts: Facts) -> tuple[str, Iterable[Suggestion]]:
    """The lesson and the suggestions against what makes the loss swing.

    That is a learning rate beyond the limit or batches that disagree; below it, a momentum that lasts too long.
    """
    experiment, stability = facts.experiment, facts.stability
    plain_limit = stability.plain_limit if stability.bound else None
    within = plain_limit is None or rate_in_use(facts.trainer) <= plain_limit
    if within and plain_limit and facts.trainer.optimizer.momentum_factor:
        momentum = USUAL_MOMENTUM if experiment.momentum > USUAL_MOMENTUM else experiment.momentum / 2
        less = Suggestion({"momentum": momentum}, f"Try a momentum of {momentum:g}")
        return "momentum", chain([less], shorter_steps(facts, stability))
    return "mini_batches" if stability.batch else "learning_rate", shorter_steps(facts, stability)


def overfitting(facts: Facts) -> Finding | None:
    """The test loss rises from its minimum while the training loss still falls."""
    trainer = facts.trainer
    measured = facts.player.test_losses.up_to(trainer.epoch)
    measured = measured[measured[:, 0] >= facts.since]
    if len(measured) < 2 * LATEST:
        return None
    epochs, losses = measured.T
    best, latest = losses.argmin(), losses[-LATEST:].min()
    _, Ys = facts.problem.test_set
    rise = max(MIN_RISE * losses[best], MIN_VISIBLE_RISE * facts.loss_of_mean(Ys))
    training_loss_then = float(np.interp(epochs[best], facts.epochs, facts.losses))
    if not (latest - losses[best] > rise and trainer.loss < training_loss_then):
        return None
    l2 = min(10 * facts.experiment.l2 or FIRST_L2, CONTROLS["l2"].high)
    return finding(
        "overfitting",
        "The network is overfitting",
        f"On the test points the loss was lowest at epoch {epochs[best]:,.0f}, {rounded(losses[best], 4)}, and is now "
        f"{rounded(losses[-1], 4)}, while on the training points it fell from "
        f"{rounded(training_loss_then, 4)} to {rounded(trainer.loss, 4)}.",
        "noise",
        first_that_helps(facts, [Suggestion({"l2": l2}, f"Try L2 with λ = {l2:g}")], on_test_set=True),
    )
