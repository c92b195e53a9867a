"""The board: its charts and frames as the browser is sent them, and the scripts that draw and play them."""

from playground.components.board.payload import OUTSIDE, WEIGHTS_EVERY, board_payload, kept_payload
from playground.components.board.units import CURVE_STRIDE, CURVES_EVERY, UNIT_CELLS

__all__ = [
    "CURVES_EVERY",
    "CURVE_STRIDE",
    "OUTSIDE",
    "UNIT_CELLS",
    "WEIGHTS_EVERY",
    "board_payload",
    "kept_payload",
]
