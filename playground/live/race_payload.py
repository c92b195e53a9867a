"""What the race's component is sent: its charts once, and its frames."""

import numpy as np

from playground.figures.comparison import fits_figure, losses_figure
from playground.figures.loss import loss_ranges
from playground.figures.palette import PALETTES
from playground.live.payload import pack


class _Runner:
    """A runner as the comparison's charts take it."""

    def __init__(self, race, place):
        self.name = "ABCD"[place]
        self.problem, self.grid = race.problem, race.grid
        self.epochs, self.losses = race.epochs, race.losses[place]
        outputs = race.frames[0].outputs
        self.output = None if outputs is None else outputs[place : place + 1]


def race_payload(race, number):
    """The race's present frames, packed for race.js.

    Args:
        race: a Race.
        number: another one for another race.
    """
    runners = [_Runner(race, place) for place in range(len(race.names))]
    ranges = loss_ranges(np.array([0, race.epoch]), race.losses)
    header = {
        "race": number,
        "version": race.version,
        "playing": race.playing,
        "names": race.names,
        "ranges": {"epoch": ranges["epoch"], "log": ranges["log"], "ticks": ranges["ticks"]},
        "fits": race.problem.inputs == 1,
        "diverged": [divergence and divergence.epoch for divergence in race.diverged],
        "figures": {
            name: {
                "charts": [losses_figure(palette, runners, by="epochs")]
                + ([fits_figure(palette, runners)] if race.problem.inputs == 1 else []),
                "colors": palette.series,
            }
            for name, palette in PALETTES.items()
        },
    }
    arrays = {
        "epochs": [frame.epoch for frame in race.frames],
        "losses": np.stack([frame.losses for frame in race.frames]),
        "history_epochs": race.epochs,
        "history_losses": race.losses,
    }
    if race.problem.inputs == 1:
        arrays["outputs"] = np.stack([frame.outputs for frame in race.frames])
    return pack(header, arrays)
