"""The charts of a summary: the loss by epoch, and what the network learnt."""

from itertools import pairwise

import numpy as np

from playground.figures.fit import fit_ranges
from playground.figures.palette import PALETTES
from playground.figures.plane import scales, shade_limits, shades
from playground.player import Player
from playground.problems.grid import CELLS
from playground.sharing.summary.svg import Chart

PALETTE = PALETTES["light"]
LEVELS = 24  # of a map's colours


def loss_chart(player: Player) -> str:
    """The loss of the training set, and of the test set if there is one, on a logarithmic axis."""
    history, tested = player.trainer.history, player.test_losses.up_to(player.trainer.epoch)
    with np.errstate(divide="ignore"):
        losses, test_losses = (np.log10(values) for values in (history.losses, tested[:, 1]))
    known = np.concatenate([losses, test_losses])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    alt = (
        f"The loss from epoch 0 to {player.trainer.epoch:,}: from {history.losses[0]:.4g} to {player.trainer.loss:.4g}"
    )
    y = (low - 0.1, high + 0.1)
    chart = Chart((0, max(1, player.trainer.epoch)), y, x_name="epoch", y_name="loss", alt=alt, powers=True)
    if len(tested):
        chart.curve(tested[:, 0], test_losses, "test")
    chart.curve(history.epochs, losses, "training")
    return chart.element


def fit_chart(player: Player) -> str:
    """The points with the output of the network: its curve, or its map of the plane."""
    return _curve(player) if player.problem.n_inputs == 1 else _map(player)


def _curve(player: Player) -> str:
    problem, output = player.problem, player.frames[-1].output
    assert output is not None, "the last frame of a player always has its output"
    across, up = fit_ranges(problem, player.grid)
    names = problem.names or ("x", "y")
    chart = Chart(
        (float(across[0]), float(across[1])),
        (float(up[0]), float(up[1])),
        x_name=names[0],
        y_name=names[-1],
        alt="The network's output over the points",
    )
    chart.curve(player.grid[0], problem.target(player.grid[0]), "target")
    chart.marks(problem.samples[0], problem.samples[-1], "point")
    chart.marks(problem.test_samples[0], problem.test_samples[-1], "test point")
    chart.curve(player.grid[0], output[0], "training")
    return chart.element


def _map(player: Player) -> str:
    problem, output, grid = player.problem, player.frames[-1].output, player.grid
    assert output is not None, "the last frame of a player always has its output"
    spans = [float(np.ptp(axis)) / (CELLS - 1) for axis in grid]
    ranges = [
        (float(axis.min()) - span / 2, float(axis.max()) + span / 2) for axis, span in zip(grid, spans, strict=True)
    ]
    names = problem.names or ("x1", "x2", "y")
    chart = Chart(ranges[0], ranges[1], x_name=names[0], y_name=names[1], alt="The network's output over the plane")
    low, high = shade_limits(problem)
    places = (shades(problem, output) - low) / (high - low)
    chart.cells(grid[0], grid[1], spans[0], spans[1], (_color(player, place) for place in places))
    samples = np.concatenate([problem.samples, problem.test_samples], axis=1)
    if problem.classes:
        colors = [PALETTE.classes[int(k)] for k in samples[-1]]
    else:
        colors = [_color(player, (value - low) / (high - low)) for value in samples[-1]]
    chart.marks(samples[0], samples[1], colors)
    return chart.element


def _color(player: Player, place: float) -> str:
    """The colour of a place between 0 and 1 on the scale of the map."""
    place = float(np.clip(np.nan_to_num(place), 0, 1))
    place = round(place * LEVELS) / LEVELS
    scale = [(float(at), str(color)) for at, color in scales(PALETTE, player.problem)["smooth"]]
    for (before, first), (after, second) in pairwise(scale):
        if before <= place <= after and after > before:
            return _mixed(first, second, (place - before) / (after - before))
    return scale[-1][1]


def _mixed(first: str, second: str, share: float) -> str:
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


def _channels(color: str) -> list[int]:
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]
