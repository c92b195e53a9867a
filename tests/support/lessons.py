"""What the claims of the lessons are checked against: their runs, trained, and the numbers in their texts."""

import re
from functools import lru_cache

import numpy as np

from nn import Trainer
from playground.analysis.walk import walk
from playground.experiment import Experiment
from playground.lessons import Lesson
from playground.player import Player
from playground.problems.problem import Problem

MAX_FRAMES = 3000  # a minute of training, at 50 frames per second
SINE = Experiment()


# --- Runs. They are cached, so tests must not change them. ------------------------------------------------------------


@lru_cache(maxsize=64)
def trained(experiment: Experiment, epochs: int) -> tuple[Trainer, Problem]:
    """The trainer of an experiment after some epochs, and its problem. A learner gets there within a minute."""
    _, problem, trainer = experiment.start()
    assert trainer.train(epochs) == epochs <= MAX_FRAMES * experiment.speed
    return trainer, problem


@lru_cache(maxsize=64)
def losses(experiment: Experiment, epochs: int) -> np.ndarray:
    """The loss at the start and after each epoch, (epochs + 1,)."""
    trainer = experiment.start().trainer
    found = [trainer.loss]
    for _ in range(epochs):
        trainer.train()
        found.append(trainer.loss)
    return np.array(found)


@lru_cache(maxsize=64)
def epochs_to(loss: float, experiment: Experiment, max_epochs: int = 7000) -> int:
    """The first epoch with a loss below some value, which there must be."""
    trainer = experiment.start().trainer
    trainer.train(max_epochs, stop_below=loss)
    assert trainer.loss < loss
    return trainer.epoch


def loss_after(epochs: int, experiment: Experiment) -> float:
    return trained(experiment, epochs)[0].loss


def output(trainer: Trainer, x) -> np.ndarray:
    """The network's output (n,) at x, a number or (n,)."""
    return trainer.network.evaluate(np.atleast_2d(x))[-1].A[0]


def walk_matrix(trainer: Trainer, stage: str, name: str) -> np.ndarray:
    """A matrix of a stage of back-propagation, both by name."""
    (matrix,) = [m for s in walk(trainer) if s.name == stage for m in s.matrices if m.name == name]
    return matrix.values


def play(player: Player, epoch: int, until=lambda player: False):
    """Plays at least up to an epoch, or until something is true, in frames as fine as the lesson's own."""
    player.play()
    while player.playing and player.trainer.epoch < epoch and not until(player):
        player.tick()


# --- Numbers in texts -------------------------------------------------------------------------------------------------


def numbers_in(text: str) -> set[str]:
    """The numbers in a text as they are written, but not those in names such as W2, dA^1 and x_1."""
    found = re.findall(r"(?<![\w^.])[-−]?\d[\d,]*(?:\.\d+)?(?!\w)", text)
    return {number.rstrip(",").replace("−", "-") for number in found}


def stated(lesson: Lesson) -> set[str]:
    """Every number that the question and the explanation state: each must be proved."""
    return numbers_in(f"{lesson.question} {lesson.explanation}")


def written(*numbers) -> set[str]:
    """Numbers, or texts of numbers, as a lesson writes them."""
    return {f"{number}" for number in numbers}


def answer(lesson: Lesson) -> str:
    return lesson.choices[lesson.right]


def number_of(choice: str) -> float:
    (number,) = numbers_in(choice)
    return float(number.replace(",", ""))


def nearest(lesson: Lesson, value: float) -> str:
    """The choice whose number is nearest in proportion."""
    return min(filter(numbers_in, lesson.choices), key=lambda choice: abs(np.log(number_of(choice) / value)))


def thousands(epochs: int, digits: int) -> str:
    """A number of epochs, rounded to 10 to the power of -digits: 2,600 of 2,583 and -2."""
    return f"{round(epochs, digits):,}"


def unproved(lessons: tuple[Lesson, ...], module: dict) -> set[str]:
    """The names of lessons without a test of their own, test_<name>, among the globals of a test module."""
    return {lesson.name for lesson in lessons} - {name.removeprefix("test_") for name in module}
