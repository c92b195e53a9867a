"""The faces of the network's drawing: which numbers stand in its units and on its lines, from one input or a step."""

from playground.analysis.faces.numbers import FACES, Blocks, Drawn, Face, face_numbers
from playground.analysis.faces.traced import Traced, traced_in
from playground.analysis.faces.words import told

__all__ = ["FACES", "Blocks", "Drawn", "Face", "Traced", "face_numbers", "told", "traced_in"]
