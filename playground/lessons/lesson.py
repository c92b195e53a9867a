"""A lesson: a question about a run, to be answered before it trains; what happened and why; and a goal to reach."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player import Player


@dataclass(frozen=True)
class Lesson:
    """One idea, shown by one run.

    Args:
        name, title: for the link (?lesson=name), and for the page.
        experiment: what the lesson opens. Everything that the lesson says of the run is true for its seeds.
        question: what to predict before training, in plain text.
        choices: 2 to 4 short answers.
        right: the index of the right one.
        look: what to watch while it trains, in plain text.
        views: the names of the panels that the explanation refers to, at least one.
        stage: how the name of the stage of back-propagation begins that the explanation refers to, or None.
        explanation: what happened and why, in Markdown.
        goal: what to achieve afterwards, in plain text.
        reached: whether a player has achieved the goal. It may be asked at any moment, and takes microseconds.
    """

    name: str
    title: str
    experiment: Experiment
    question: str
    choices: tuple[str, ...]
    right: int
    look: str
    views: tuple[str, ...]
    stage: str | None
    explanation: str
    goal: str
    reached: Callable[[Player], bool]


def learns_sine(player: Player) -> bool:
    """Whether a player learns the sine, over whatever range."""
    return all(getattr(player.experiment, name) == DEFAULTS[name] for name in ("problem", "target"))


def only_changed(player: Player, experiment: Experiment, *names: str) -> bool:
    """Whether a player's experiment differs from another in no fields but those named, and in its pace."""
    differing = player.experiment.differences(experiment)
    return all(name in names or CONTROLS[name].group == "pace" for name in differing)


def lowest_loss(player: Player, by: int) -> float:
    """The lowest recorded loss of a player's run, up to the epoch `by`."""
    history = player.trainer.history
    return float(history.losses[history.epochs <= by].min())


def test_loss(player: Player) -> float:
    """A player's current test loss; without one nan, which is neither above nor below anything."""
    loss = player.frames[-1].test_loss
    return math.nan if loss is None else loss
