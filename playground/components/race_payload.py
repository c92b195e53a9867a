"""What the race's component is sent: its charts, without the lines and maps that move in them, and its frames."""

import numpy as np

from playground.components.payload import pack
from playground.figures.comparison import fits_figure, losses_figure
from playground.figures.loss import loss_ranges
from playground.figures.palette import PALETTES
from playground.figures.plane import shade_limits, shades, small_figures
from playground.problems.grid import SMALL_CELLS


class _Runner:
    """A runner as the comparison's charts take it, at the start."""

    def __init__(self, race, place):
        self.name = "ABCD"[place]
        self.problem, self.grid = race.problem, race.grid
        self.epochs, self.losses = race.epochs[:1], race.losses[place, :1]
        self.output = race.frames[-1].outputs[place]


def race_payload(race, number):
    """The race's present frames, packed for race.js.

    Args:
        race: a Race.
        number: another one for another race.
    """
    frames, problem = race.frames, race.problem
    pictured = [i for i, frame in enumerate(frames) if frame.outputs is not None]
    ranges = loss_ranges(np.array([0, race.epoch]), race.losses)
    header = {
        "race": number,
        "version": race.frame_version,
        "playing": race.playing,
        "names": race.names,
        "ranges": {"epoch": ranges["epoch"], "log": ranges["log"], "ticks": ranges["ticks"]},
        "plane": _plane(problem),
        "pictured": pictured,
        "diverged": [divergence and divergence.epoch for divergence in race.diverged],
        "figures": {name: _figures(palette, race) for name, palette in PALETTES.items()},
    }
    arrays = {
        "epochs": [frame.epoch for frame in frames],
        "losses": np.stack([frame.losses for frame in frames]),
        "history_epochs": race.epochs,
        "history_losses": race.losses,
    }
    outputs = np.stack([frames[i].outputs for i in pictured])
    if problem.n_inputs == 1:
        arrays["outputs"] = outputs[:, :, 0]
    else:
        arrays["shades"] = _shades(problem, outputs)
    if problem.classes:
        arrays["accuracies"] = np.stack([frames[i].accuracies for i in pictured])
    return pack(header, arrays)


def _plane(problem):
    """What is special about a plane; None of a curve."""
    if problem.n_inputs == 1:
        return None
    return {"cells": SMALL_CELLS, "classes": problem.classes, "limits": shade_limits(problem)}


def _shades(problem, outputs):
    """(k, runners, n), the shades of outputs (k, runners, outputs, n), to the digits of a picture.

    What is beyond the colours has the last of them: the outputs of a runner that diverged may not be float32's.
    """
    limits = shade_limits(problem)
    return np.array([[np.clip(shades(problem, A), *limits) for A in each] for each in outputs], np.float32)


def _figures(palette, race):
    """The losses, the fits of a curve or the map and points that all runners on a plane share, and the colours."""
    runners = [_Runner(race, place) for place in range(len(race.names))]
    figures = {"losses": losses_figure(palette, runners, by="epochs"), "colors": palette.series}
    if race.problem.n_inputs == 1:
        return figures | {"fits": fits_figure(palette, runners)}
    return figures | {"small": small_figures(palette, race.problem, SMALL_CELLS), "classes": palette.classes}
