"""Saved files for the tests: runs to save, one file that was played and edited, and variants of it."""

import json
import time

import numpy as np
import pytest

from playground.sharing.saved import SavedError, read_run, write_run
from playground.sharing.saved.document import digest_of
from tests.support.runs import stepped

SMALL = {"layers": (5,), "points": 40, "speed": 50}


def small_run(frames, **changes):
    """A player of a small experiment with some changes, after so many single frames."""
    return stepped(frames, **SMALL | changes)


def opened(data):
    """A player that had another run, and opened a file."""
    player = small_run(2, optimizer="momentum", test_fraction=0.5)
    player.open(read_run(data))
    return player


def fields(player):
    """All that the rest of a run depends on, and all that is shown of it, in a form that can be compared."""
    trainer, recording, history = player.trainer, player.recording, player.trainer.history
    moments = [recording.checkpoints[0], recording.checkpoints[-1]]
    return {
        "experiment": player.experiment,
        "player": (player.playing, player.message, player.grid.tolist()),
        "trainer": (
            trainer.epoch,
            trainer.loss,
            trainer.objective,
            trainer.diverged,
            trainer.batch_size,
            trainer.options,
        ),
        "parameters": exact(trainer.network.parameters),
        "optimizer": (type(trainer.optimizer), trainer.optimizer.hyperparameters, remembered(trainer.optimizer)),
        "generator": repr_of(trainer.checkpoint().rng),
        "order": exact(trainer.checkpoint().order),
        "history": [history.stride, *map(exact, (history.epochs, history.losses, history.objectives))],
        "tested": exact(player.test_losses.up_to(10**9)),
        "edits": (recording.edits, recording.edited_since, recording.can_undo),
        "recording": [(moment.epoch, moment.loss, exact(moment.parameters)) for moment in moments],
        "frame": [(each.dtype, exact(each)) for each in map(np.asarray, player.frames[-1]._replace(change=0.0))],
    }


def exact(array):
    return (array.dtype.str, array.shape, array.tobytes() if array.dtype != object else array.tolist())


def remembered(optimizer):
    return {name: exact(np.asarray(value)) for name, value in optimizer.state.items()}


def repr_of(state):
    return state["bit_generator"], exact(state["state"]["key"]), state["state"]["pos"], state["gauss"]


def assert_same(one, other):
    """Two players whose runs are the same to the last bit, now and from here on."""
    one, other = fields(one), fields(other)
    assert [name for name in one if one[name] != other[name]] == []


def signed(data):
    """The bytes of a file with the digest of what it now holds, if it holds anything: or as it is."""
    try:
        document = json.loads(data)
        return data.replace(document["digest"].encode(), digest_of(document).encode())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return data


def packed(document):
    """The bytes of a file with this document and its digest."""
    return signed(json.dumps(document).encode())


PLAYED = small_run(3, optimizer="adam", learning_rate=0.01, batch_size=9, test_fraction=0.3, l2=0.001)
PLAYED.set_parameter(3, 0.5)
PLAYED.train_one_frame()
FILE = write_run(PLAYED)
DAMAGED = "The file is damaged: something in it is not as it was saved."


def with_value(path, value):
    """The file with one value another; a number in the path is an index of a list."""
    document = json.loads(FILE)
    where = document
    for name in path[:-1]:
        where = where[name]
    where[path[-1]] = value
    return packed(document)


def rejection(data):
    """The sentence with which a file is rejected: within a second, and by another check than that of the digest."""
    start = time.process_time()
    with pytest.raises(SavedError) as caught:
        read_run(data)
    assert time.process_time() - start < 1
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence) < 300
    assert sentence != DAMAGED
    return sentence
