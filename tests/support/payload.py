"""Payloads, read by Python as their layout says."""

import json
import math
import struct

import numpy as np

from playground.components.board import board_payload
from playground.experiment import Experiment
from playground.player import Player


def unpack(packed):
    """The header and the arrays of a payload: the layout that `pack` writes."""
    (length,) = struct.unpack_from("<I", packed)
    assert (4 + length) % 8 == 0  # a Float64Array wants its numbers at a multiple of 8
    header = json.loads(packed[4 : 4 + length].decode())
    arrays, start, float32 = {}, 4 + length, header.pop("float32")
    for name, shape in header.pop("arrays").items():
        kind = np.dtype("<f4" if name in float32 else "<f8")
        assert start % kind.itemsize == 0  # as a Float64Array or a Float32Array wants it
        arrays[name] = np.frombuffer(packed, kind, math.prod(shape), start).reshape(shape)
        start += arrays[name].nbytes
    assert start == len(packed)
    return header, arrays


def places(rows):
    """The frames that have a row, in the order of the rows."""
    found = [place for place, row in enumerate(rows) if row is not None]
    assert [rows[place] for place in found] == list(range(len(found)))
    return found


def played(changes):
    """A player that has played a little."""
    player = Player(Experiment(**changes).start())
    player.play()
    player.tick()
    return player


def board(player, *, with_figures=False):
    """The header and the arrays of a player's board."""
    return unpack(board_payload(player, with_figures=with_figures))
