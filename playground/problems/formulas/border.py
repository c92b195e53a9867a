"""The border between the two classes of a formula: where it turns from 0 to 1, as lines on the plane."""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from nn.arrays import Flat, Matrix
from playground.problems.formulas.formula import Formula

CELLS = 120  # along each side of the grid on which a border is sought
HALVINGS = 30  # of an edge of the grid, to find where the border crosses it
MAX_PIECES = 3000  # of a border; one of more would be a texture, and is not drawn

Edge: TypeAlias = tuple[int, int, int]  # the place along x1, along x2, and 0 for an edge along x1, 1 along x2


class Border(NamedTuple):
    """Points (n,) along lines on the plane; nan between two lines."""

    x1: Flat
    x2: Flat


NONE = Border(np.zeros(0), np.zeros(0))


@lru_cache(maxsize=16)
def border_of(formula: Formula, first: tuple[float, float], second: tuple[float, float]) -> Border:
    """The Border of a formula whose values are 0 and 1 between the limits of x1 and x2; none if it is too fine."""
    x1, x2 = (np.linspace(low, high, CELLS + 1) for low, high in (first, second))
    classes = formula(*np.meshgrid(x1, x2, indexing="ij")) > 0.5
    crossed = {0: classes[1:, :] != classes[:-1, :], 1: classes[:, 1:] != classes[:, :-1]}
    if sum(int(each.sum()) for each in crossed.values()) > MAX_PIECES:
        return NONE
    crossings: dict[Edge, tuple[float, float]] = {}
    for along, each in crossed.items():
        places = np.argwhere(each)
        start = np.stack([x1[places[:, 0]], x2[places[:, 1]]])
        end = np.stack([x1[places[:, 0] + (along == 0)], x2[places[:, 1] + (along == 1)]])
        found = _crossing(formula, start, end).T.tolist()
        crossings |= {(i, j, along): (a, b) for (i, j), (a, b) in zip(places.tolist(), found, strict=True)}
    lines = _lines(_pieces(crossings, classes))
    points = [point for line in lines for point in [*(crossings[edge] for edge in line), (np.nan, np.nan)]][:-1]
    return Border(*np.array(points).T) if points else NONE


def _crossing(formula: Formula, start: Matrix, end: Matrix) -> Matrix:
    """Where the class changes between the points of `start` and of `end`, all (2, n)."""
    of_start = formula(*start) > 0.5
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        same = (formula(*middle) > 0.5) == of_start
        start, end = np.where(same, middle, start), np.where(same, end, middle)
    return (start + end) / 2


def _pieces(crossings: dict[Edge, tuple[float, float]], classes: npt.NDArray[np.bool_]) -> list[tuple[Edge, Edge]]:
    """In each cell, the pairs of its crossed edges that the border joins."""
    cells = {(i - (along == 1) * k, j - (along == 0) * k) for i, j, along in crossings for k in (0, 1)}
    pieces: list[tuple[Edge, Edge]] = []
    for i, j in sorted(cells):
        left, right, below, above = (i, j, 1), (i + 1, j, 1), (i, j, 0), (i, j + 1, 0)
        edges = [edge for edge in (left, right, below, above) if edge in crossings]
        if not (0 <= i < CELLS and 0 <= j < CELLS) or not edges:
            continue
        if len(edges) == 2:
            pieces.append((edges[0], edges[1]))
        elif classes[i, j]:  # a saddle: two opposite corners are 1, and taken for parts of one region
            pieces += [(left, above), (below, right)]
        else:
            pieces += [(left, below), (above, right)]
    return pieces


def _lines(pieces: list[tuple[Edge, Edge]]) -> list[list[Edge]]:
    """The pieces, joined to lines as long as possible."""
    joined: dict[Edge, list[Edge]] = defaultdict(list)
    for one, other in pieces:
        joined[one].append(other)
        joined[other].append(one)
    left = {frozenset(piece) for piece in pieces}
    lines = []
    for start in [*(edge for edge, ends in joined.items() if len(ends) == 1), *joined]:  # open lines first, then rings
        line = [start]
        while ahead := next((edge for edge in joined[line[-1]] if frozenset((line[-1], edge)) in left), None):
            left.discard(frozenset((line[-1], ahead)))
            line.append(ahead)
        if len(line) > 1:
            lines.append(line)
    return lines
