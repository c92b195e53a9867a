"""Diagnosed runs, and what their findings say."""

import re
from functools import cache

import numpy as np
import pytest

from playground.analysis.diagnosis import Finding, diagnose
from playground.experiment import Experiment
from playground.player import Player
from tests.support.diagnosis_cases import CASES, Case


@cache
def _trained(items, epochs):
    player = Player(Experiment(**dict(items), speed=25, max_epochs=epochs))
    while player.trainer.epoch < epochs and not player.trainer.diverged:
        player.train_one_frame()
    player.change(player.experiment.changed(max_epochs=2 * epochs))  # it has paused there, and is not over
    return player


def trained_player(epochs: int, **changes) -> Player:
    """A player of an experiment after some epochs, or where it diverged. It is shared, and must not be changed."""
    return _trained(tuple(sorted(changes.items())), epochs)


def player_of(case: Case) -> Player:
    """The player of a case; it is shared, and must not be changed."""
    return trained_player(case.epochs, **case.changes)


def finding_of(case: Case) -> Finding:
    """The finding of a case's pattern."""
    return next(finding for finding in diagnose(player_of(case)) if finding.name == case.pattern)


def diagnosed(name: str) -> tuple[Player, Finding]:
    """The player and the finding of a case, by its name."""
    return player_of(CASES[name]), finding_of(CASES[name])


def names(player: Player) -> list[str]:
    """The patterns that a run shows."""
    return [finding.name for finding in diagnose(player)]


def numbers(finding: Finding) -> list[float]:
    """All numbers of the evidence, in order; those in per cent as shares."""
    found = re.findall(r"(?<![\w.])(\d[\d,]*\.?\d*(?:e[+-]?\d+)?)( %)?", finding.evidence)
    return [float(number.rstrip(",").replace(",", "")) / (100 if percent else 1) for number, percent in found]


def unexplained(player: Player) -> float:
    """1 - R^2 over the training points."""
    Ys = player.problem.Ys
    with np.errstate(all="ignore"):
        errors = player.trainer.network.evaluate(player.problem.Xs)[-1].A - Ys
        return np.sum(errors**2) / np.sum((Ys - Ys.mean(axis=1, keepdims=True)) ** 2)


def close(value):
    """Equal to the digits that the evidence prints; a whole number exactly."""
    return value if isinstance(value, int | np.integer) else pytest.approx(float(value), rel=0.06, abs=1e-12)
