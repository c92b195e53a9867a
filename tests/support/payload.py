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
    arrays, start = {}, 4 + length
    for name, (kind, shape, *scale) in header.pop("arrays").items():
        numbers = np.frombuffer(packed, np.dtype(kind).newbyteorder("<"), math.prod(shape), start).reshape(shape)
        assert start % numbers.itemsize == 0  # as a typed array wants it
        start += numbers.nbytes
        arrays[name] = from_steps(numbers, *scale) if scale else numbers
    assert start == len(packed)
    if header.get("figures"):
        figures = header["figures"]
        header["figures"] = {"light": figures["light"], "dark": changed(figures["light"], figures["dark"])}
    return header, arrays


def changed(one, change):
    """What `changes` in themes.py describes."""
    if not isinstance(change, dict):
        return change
    if isinstance(one, list):
        return [changed(each, change[str(i)]) if str(i) in change else each for i, each in enumerate(one)]
    return {key: changed(value, change[key]) if key in change else value for key, value in one.items()}


def from_steps(codes, low, size):
    """The numbers that Steps stand for."""
    return np.where(codes == np.iinfo(codes.dtype).max, np.nan, low + size * codes.astype(float))


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
