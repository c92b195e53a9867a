"""The faces of the network's drawing: which numbers stand in its units and on its lines, from one input or a step."""

from playground.analysis.faces.numbers import FACES, Blocks, Drawn, Face, face_numbers
from playground.analysis.faces.passing import STAYING, passing
from playground.analysis.faces.sums import Curve, curve_of, sum_at, sums_of
from playground.analysis.faces.traced import Traced, traced_in
from playground.analysis.faces.walkthrough import Position, Walkthrough, face_of, phase_of
from playground.analysis.faces.words import numbers_in_words

__all__ = [
    "FACES",
    "STAYING",
    "Blocks",
    "Curve",
    "Drawn",
    "Face",
    "Position",
    "Traced",
    "Walkthrough",
    "curve_of",
    "face_numbers",
    "face_of",
    "numbers_in_words",
    "passing",
    "phase_of",
    "sum_at",
    "sums_of",
    "traced_in",
]
