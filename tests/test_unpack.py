"""Unpacking: the browser's own script reads what `pack` writes, bit by bit."""

import numpy as np
import pytest

from playground.components.board import board_payload
from playground.components.payload import pack
from playground.components.precision import Steps, single
from playground.experiment import Experiment
from playground.player import Player
from tests.support.node import run_in_node

UNPACK = """
import { readFileSync } from "node:fs";
import { unpack } from "components/shared/unpack.js";

const file = readFileSync(0);
const bytes = new Uint8Array(file.length + 3).subarray(3); // at an odd place of a buffer, as a message may hold it
bytes.set(file);
const { arrays, ...header } = unpack(bytes);
const read = Object.entries(arrays).map(([name, array]) => [
  name, array.constructor.name, Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("hex"),
]);
console.log(JSON.stringify({ header, read }));
"""
KINDS = {"Float64Array": "<f8", "Float32Array": "<f4", "Uint16Array": "<u2", "Uint8Array": "<u1"}


def unpacked(packed):
    """The header, and the arrays as the script has them, all of one dimension."""
    found = run_in_node(UNPACK, packed)
    arrays = {name: np.frombuffer(bytes.fromhex(text), KINDS[kind]) for name, kind, text in found["read"]}
    return found["header"], arrays


@pytest.mark.parametrize("length", range(9))
def test_a_header_of_any_length_comes_back(length):
    header = {"text": "β" + "W" * length, "none": None, "list": [1, 2.5]}
    found, arrays = unpacked(pack(header, {"epochs": [0, 12]}))
    assert found == header
    assert arrays["epochs"].tolist() == [0, 12]


def test_arrays_of_any_kind_come_back_bit_by_bit():
    rng = np.random.RandomState(0)
    given = {
        "bytes": np.arange(3, dtype=np.uint8),
        "shorts": np.arange(5, dtype=np.uint16)[:, None],
        "single": rng.standard_normal((2, 5)).astype(np.float32),
        "double": rng.standard_normal((3, 4)),
        "special": np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324, 1.7976931348623157e308]),
        "empty": np.empty((0, 3)),
        "scalar": np.float64(7),
    }
    header, arrays = unpacked(pack({}, given))
    assert header == {}
    assert set(arrays) == set(given)
    for name, array in given.items():
        np.testing.assert_array_equal(arrays[name], np.ravel(array), strict=True)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_steps_come_back_as_the_numbers_that_they_stand_for(kind):
    largest = np.iinfo(kind).max
    _, arrays = unpacked(pack({}, {"curve": Steps(np.array([[0, 1], [largest - 1, largest]], kind), -0.3, 0.1)}))
    expected = [-0.3, -0.3 + 0.1, -0.3 + 0.1 * (largest - 1), np.nan]
    np.testing.assert_array_equal(arrays["curve"], expected, strict=True)


@pytest.mark.parametrize(
    "changes", [{}, {"problem": "rings", "l2": 0.01, "test_fraction": 0.3}], ids=["curve", "plane"]
)
@pytest.mark.parametrize("still", [True, False], ids=["still", "training"])
def test_what_the_board_is_sent_becomes_the_players_frames(changes, still):
    player = Player(Experiment(**changes).start())
    player.play()
    player.pause() if still else player.tick()
    script = UNPACK.split("const { arrays")[0] + (
        'import { framesOf } from "components/board/frames.js";\n'
        "const plain = (frame) => ({ ...frame, parameters: frame.parameters && [...frame.parameters] });\n"
        "console.log(JSON.stringify(framesOf(unpack(bytes)).map(plain)));"
    )
    frames = run_in_node(script, board_payload(player, with_figures=True, weights_every=1))
    assert len(frames) == len(player.frames)
    for found, frame in zip(frames, player.frames, strict=True):
        assert (found["epoch"], found["loss"], found["test_loss"]) == (frame.epoch, frame.loss, frame.test_loss)
        assert found["parameters"] == (frame.parameters if still else single(frame.parameters)).tolist()
        drawn = found["shades"] if player.problem.n_inputs > 1 else found["output"]
        assert (drawn is None) == (frame.output is None)


def test_half_precision_is_read_by_every_browser_exactly():
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    _, arrays = unpacked(pack({}, {"halves": every}))
    np.testing.assert_array_equal(arrays["halves"], every.astype(np.float32))
