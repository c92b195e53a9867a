"""A lesson: an experiment, a question to answer before it trains, what to look at, why it came so, and a goal."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.experiment import CONTROLS, DEFAULTS, Experiment


@dataclass(frozen=True)
class Lesson:
    """One idea, shown on one run.

    Args:
        name, title: for the link (?lesson=name), and for the page.
        experiment: what the lesson opens; all that is said of the run is true of its seeds.
        question: what to predict before training, in plain text.
        choices: 2 to 4 short answers.
        right: which of them is right, from 0.
        look: what to watch while it trains.
        views: the names of the panels that the explanation points to, one at least.
        stage: how the name of a stage of the walk begins that the explanation points to, or None.
        explanation: what was seen, and why, in Markdown.
        goal: what to reach or do afterwards.
        reached: reached(player) tells whether a Player has reached the goal; at any moment, in microseconds.
    """

    name: str
    title: str
    experiment: Experiment
    question: str
    choices: tuple
    right: int
    look: str
    views: tuple
    stage: str | None
    explanation: str
    goal: str
    reached: Callable


def learns_sine(player):
    """Whether it is the sine that a Player learns, over whatever range."""
    return all(getattr(player.experiment, name) == DEFAULTS[name] for name in ("problem", "target"))


def changed_alone(player, experiment, *names):
    """Whether a Player's experiment differs from another in nothing but the fields named, and the pace."""
    differing = player.experiment.differences(experiment)
    return all(name in names or CONTROLS[name].group == "pace" for name in differing)


def lowest_loss(player, by):
    """The lowest loss on record of a Player's run, up to the epoch `by`."""
    history = player.trainer.history
    return history.losses[history.epochs <= by].min()


def test_loss(player):
    """The present test loss of a Player; nan, which is neither above nor below anything, without one."""
    loss = player.frames[-1].test_loss
    return math.nan if loss is None else loss
