"""Saved runs: opened, a run goes on bit for bit as if it had never been saved; and no file breaks anything."""

import hashlib
import json
import math
import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn import OPTIMIZERS
from playground.compare.comparison import pin
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player import Player
from playground.sharing.saved import SavedError, read_run, write_run
from playground.sharing.saved.document import MAX_BYTES, check_digest, digest_of
from tests.support.strategies import experiments

SMALL = {"layers": (5,), "points": 40, "speed": 50}
ALL_AT_ONCE = {
    "dtype": "float32", "dropout": 0.2, "l2": 0.001, "clip": 1.0, "schedule": "cosine", "period": 1500, "noise": 0.1,
    "test_fraction": 0.3,
}  # fmt: skip


def stepped(steps, **changes):
    player = Player(Experiment(**SMALL | changes))
    for _ in range(steps):
        player.train_one_frame()
    return player


def opened(data):
    """A player that was at something else, and opened a file."""
    player = stepped(2, optimizer="momentum", test_fraction=0.5)
    player.open(read_run(data))
    return player


def fields(player):
    """All that the rest of a run depends on, and all that is told of it, in a form that is equal where they are."""
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


def same(one, other):
    one, other = fields(one), fields(other)
    assert [name for name in one if one[name] != other[name]] == []


# --- There and back ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes", [{}, ALL_AT_ONCE], ids=["plain", "all at once"])
@pytest.mark.parametrize("batch_size", [0, 20])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_saved_at_500_and_continued_to_1000_is_1000_straight(optimizer, batch_size, changes):
    settings = {"optimizer": optimizer, "batch_size": batch_size, "learning_rate": 0.01} | changes
    straight = stepped(10, **settings)
    saved = opened(write_run(straight))
    assert saved.trainer.epoch == 500
    for _ in range(10):
        straight.train_one_frame()
        saved.train_one_frame()
    assert saved.trainer.epoch == 1000
    assert saved.trainer.diverged is None
    same(saved, straight)


@given(experiments(), st.sampled_from((1, 2, 4)), st.integers(0, 3), st.none() | st.integers(0, 10**6))
@settings(max_examples=40)
def test_any_run_comes_back_in_every_field_and_is_saved_again_as_it_was(experiment, speed, frames, edited):
    player = Player(experiment.changed(speed=speed))
    for _ in range(frames):
        player.train_one_frame()
    if edited is not None:
        player.set_parameter(edited % player.trainer.network.parameters.size, 0.125)
        player.train_one_frame()
    player.pause()  # and it says whether there is anything left to train
    data = write_run(player)
    twin = opened(data)
    assert write_run(twin) == data
    same(twin, player)
    player.train_one_frame()
    twin.train_one_frame()
    same(twin, player)


def test_saving_changes_nothing():
    player, other = stepped(3, batch_size=9), stepped(3, batch_size=9)
    write_run(player)
    player.train_one_frame()
    other.train_one_frame()
    same(player, other)


def test_one_file_can_be_opened_twice():
    saved = read_run(write_run(stepped(3, batch_size=9, optimizer="adam")))
    one, other = Player(Experiment()), Player(Experiment())
    one.open(saved)
    one.train_one_frame()
    other.open(saved)
    other.train_one_frame()
    same(one, other)


def test_a_long_run_goes_on_with_the_thinned_history():
    player = stepped(5, speed=1000, l2=0.01)
    player.change(player.experiment.changed(speed=1))
    player.train_one_frame()  # the last epoch is none of those that stay
    player.set_parameter(3, 0.5)
    data = write_run(player)
    twin, history = opened(data), read_run(data).history
    assert write_run(twin) == data
    assert twin.trainer.history.stride == 2
    assert twin.trainer.history.objectives[-1] == player.trainer.objective
    assert history.epochs[-1] % 2 == 1
    assert (history.losses[-1], history.objectives[-1]) == (player.trainer.loss, player.trainer.objective)
    for _ in range(2):
        player.train_one_frame()
        twin.train_one_frame()
    same(twin, player)


def test_a_moment_that_is_looked_at_is_what_is_saved():
    player = stepped(6, batch_size=9, test_fraction=0.3)
    player.set_parameter(3, 0.5)
    player.go_to(player.recording.checkpoints[2].epoch)
    twin = opened(write_run(player))
    assert twin.trainer.epoch == player.trainer.epoch == 100
    player.train_one_frame()
    twin.train_one_frame()
    same(twin, player)


def test_an_opened_run_can_be_gone_back_in_to_its_start():
    player, twin = stepped(4), opened(write_run(stepped(4)))
    assert [moment.epoch for moment in twin.recording.checkpoints] == [0, 200]
    for one in (player, twin):
        one.go_to(0)
        one.train_one_frame()
    same(twin, player)


@pytest.mark.parametrize("steps", [0, 2])
def test_a_start_by_hand_is_the_start(steps):
    player = Player(Experiment(**SMALL))
    player.set_parameter(3, 1.5)
    player.set_parameter(5, -0.1)
    for _ in range(steps):
        player.train_one_frame()
    twin = opened(write_run(player))
    assert twin.recording.edited_since == 0
    twin.go_to(0)
    player.go_to(0)
    same(twin, player)
    assert twin.trainer.network.parameters[3] == 1.5


def test_an_edit_of_an_opened_run_can_be_taken_back():
    player = stepped(2)
    loss = player.trainer.loss
    player.set_parameter(3, 1.5)
    twin = opened(write_run(player))
    twin.undo()
    assert twin.trainer.loss == loss
    assert twin.recording.edits == []


@pytest.mark.parametrize(
    "changes",
    [{"learning_rate": 50.0}, {"learning_rate": 50.0, "optimizer": "momentum"}, {"optimizer": "adam", "scale": 10.0}],
    ids=str,
)
def test_a_run_that_diverged_is_saved_with_its_divergence(changes):
    player = stepped(60, **{"activations": ("relu",), "learning_rate": 100.0, "speed": 1, "dtype": "float32"} | changes)
    if "scale" not in changes:  # the squares of Adam's gradients leave the finite numbers, and the run does not
        assert player.trainer.diverged
    data = write_run(player)
    assert b"NaN" not in data
    assert b"Infinity" not in data
    twin = opened(data)
    assert write_run(twin) == data
    assert (twin.trainer.diverged, twin.message) == (player.trainer.diverged, player.message)
    for one in (player, twin):
        one.change(one.experiment.changed(learning_rate=1e-6))
        one.train_one_frame()
    same(twin, player)


def test_a_square_that_has_left_the_finite_numbers_comes_back():
    player = stepped(2, optimizer="adam")
    player.trainer.optimizer.state["s"][:3] = np.inf  # 1e200 squared: the step there is 0, and the run goes on
    data = write_run(player)
    json.loads(data, parse_constant=pytest.fail)
    twin = opened(data)
    same(twin, player)
    for one in (player, twin):
        one.train_one_frame()
    assert player.trainer.diverged is None
    same(twin, player)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [0, 20])
def test_the_memory_of_a_run_that_diverged_is_finite(optimizer, batch_size):
    player = Player(Experiment(**SMALL | {"optimizer": optimizer, "batch_size": batch_size, "learning_rate": 100.0}))
    player.trainer.network.parameters[-1] = 1e153  # the loss is 5e305, and any step of a descent goes further
    for _ in range(3):
        player.train_one_frame()
    assert player.trainer.diverged or optimizer in ("rmsprop", "adam")  # whose steps are short
    for name, value in player.trainer.optimizer.state.items():
        assert np.isfinite(value).all() or name == "s"
    same(opened(write_run(player)), player)


def test_the_clock_goes_on_where_it_stood():
    player = stepped(4)
    player.go_to(player.recording.checkpoints[-2].epoch)
    twin, here = opened(write_run(player)), player.trainer.epoch
    np.testing.assert_array_equal(twin.clock.up_to(10**9), player.clock.up_to(here))
    np.testing.assert_array_equal(pin(twin, "A").seconds, pin(player, "A").seconds)
    assert twin.clock.last == player.clock.up_to(here)[-1, 1] > 0
    before = twin.clock.last
    twin.train_one_frame()
    assert twin.clock.last > before


def test_what_it_lacks_of_an_experiment_has_its_default():
    document = json.loads(write_run(stepped(2)))
    document["experiment"] = {name: document["experiment"][name] for name in SMALL}
    assert read_run(packed(document)).experiment == Experiment(**SMALL)


def test_a_run_too_large_for_a_file_is_told():
    with pytest.raises(SavedError, match="at most 5,000,000 bytes"):
        write_run(Player(Experiment(own="\0" * 1_000_000)))
    with pytest.raises(SavedError, match="at most 20,000 lists"):
        write_run(Player(Experiment(own="[" * 1_000_000)))


# --- What is no run ---------------------------------------------------------------------------------------------------


def signed(data):
    """The bytes of a file with the digest of what it now holds, if it holds anything: it is to be refused otherwise."""
    try:
        document = json.loads(data)
        return data.replace(document["digest"].encode(), digest_of(document).encode())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return data


def packed(document):
    return signed(json.dumps(document).encode())


PLAYED = stepped(3, optimizer="adam", learning_rate=0.01, batch_size=9, test_fraction=0.3, l2=0.001)
PLAYED.set_parameter(3, 0.5)
PLAYED.train_one_frame()
FILE = write_run(PLAYED)
HERE = PLAYED.trainer.epoch
FIRST = json.loads(FILE)["edits"][0]
NOT_NUMBERS = [None, True, False, "1", "", [], [1], {}, 10**400, -(10**400), 10**4000]
NOT_WHOLE = [*NOT_NUMBERS, 0.5, 1.0, 1e300, -1, 2**63]
NOT_LISTS = [None, True, 1, "1", {}, {"0": 1}]


def with_value(path, value):
    """The file with one value another; a number in the path is a place in a list."""
    document = json.loads(FILE)
    where = document
    for name in path[:-1]:
        where = where[name]
    where[path[-1]] = value
    return packed(document)


DAMAGED = "The file is damaged: something in it is not as it was saved."


def refused(data):
    """The sentence with which a file is refused, within a second, by another check than that of the digest."""
    start = time.process_time()
    with pytest.raises(SavedError) as caught:
        read_run(data)
    assert time.process_time() - start < 1
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence) < 300
    assert sentence != DAMAGED
    return sentence


WRONG = {
    ("format",): [None, 1, "", "Neural-network-playground", ["neural-network-playground"]],
    ("version",): [None, True, "1", 0, -1, 1.0, 2, 10**400, [1], {}],
    ("experiment",): [*NOT_LISTS[:4], [], [1]],
    ("experiment", "learning_rate"): [*NOT_NUMBERS, 0, -1.0, 1e300],
    ("experiment", "points"): [*NOT_WHOLE, 39, 41, 10**6],
    ("experiment", "optimizer"): [None, 1, True, [], "sgd", "momentum", "\ud800"],
    ("experiment", "layers"): [*NOT_LISTS, [], [0], [True], ["5"], [5.0], [5] * 5, [4], [6], [[5]]],
    ("experiment", "activations"): [*NOT_LISTS, [], ["eval"]],
    ("experiment", "features"): [*NOT_LISTS, [], ["x3"]],
    ("experiment", "formula"): [None, 1, [], "x" * 10**6, "\ud800"],
    ("experiment", "own"): [None, 1, [], "1,2\n" * 10**6, "\ud800"],
    ("experiment", "data_seed"): [1],  # another data set
    ("experiment", "seed"): [1],  # another start
    ("experiment", "dtype"): ["float16"],
    ("experiment", "no_such"): [1],
    ("no such",): [1],
    ("epoch",): [*NOT_WHOLE, HERE - 1, HERE + 1, 10**7],
    ("loss",): [*NOT_NUMBERS, 0.0, -1.0, 1e308, 5e-324],
    ("diverged",): [True, 1, [], {}, "", "W3", "W0", "Z10", "os.system", "loss1"],
    ("parameters",): [*NOT_LISTS, [], [0.5] * 15, [0.5] * 17, [0.5] * 10**5, [0.5] * 16, [1e300] * 16],
    ("parameters", 0): [*NOT_NUMBERS, "nan", "inf", 9.0],
    ("optimizer",): [*NOT_LISTS[:4], []],
    ("optimizer", "kind"): [None, 1, [], "rmsprop", "Adam"],
    ("optimizer", "memory"): [*NOT_LISTS[:4], [], {"v": [0.5] * 16}],
    ("optimizer", "memory", "v"): [*NOT_LISTS, [], [0.5] * 15, [0.5] * 10**5],
    ("optimizer", "memory", "v", 0): [*NOT_NUMBERS, "inf", "-inf", "nan", "Infinity"],
    ("optimizer", "memory", "s", 0): [*NOT_NUMBERS, -1e-9, "-inf", "nan", "Infinity"],
    ("optimizer", "memory", "t"): [*NOT_WHOLE, 0, 10**15],
    ("generator",): [*NOT_LISTS[:4], []],
    ("generator", "kind"): [None, 1, [], "PCG64"],
    ("generator", "words"): [*NOT_LISTS, [], [1] * 623, [1] * 625, [0] * 624, [1] * 10**5],
    ("generator", "words", 0): [*NOT_WHOLE, 2**32],
    ("generator", "position"): [*NOT_WHOLE, 625],
    ("generator", "has_gauss"): [*NOT_WHOLE, 2],
    ("generator", "gauss"): NOT_NUMBERS,
    ("order",): [*NOT_LISTS, [], list(range(27)), list(range(29)), [0] * 28, list(range(1, 29)), [0] * 10**5],
    ("order", 0): [*NOT_WHOLE, 28],
    ("loss history",): [*NOT_LISTS[:4], []],
    ("loss history", "stride"): [*NOT_WHOLE, 0, 2, 10**7],
    ("loss history", "epochs"): [*NOT_LISTS, [], [HERE], [0, HERE], list(range(HERE)), [0] * 10**5],
    ("loss history", "epochs", 1): [*NOT_WHOLE, 0, 2],
    ("loss history", "losses"): [*NOT_LISTS, [], [0.5] * HERE, [0.5] * 10**5],
    ("loss history", "losses", 1): [*NOT_NUMBERS, "inf", "nan"],
    ("loss history", "losses", 0): [0.0, 1.0],
    ("loss history", "objectives"): [*NOT_LISTS, [], [0.5] * HERE, [0.5] * 10**5],
    ("loss history", "objectives", 1): [True, "1", "nan", "-inf", [], {}, 10**400],
    ("test-loss history",): [*NOT_LISTS[:4], []],
    ("test-loss history", "epochs"): [*NOT_LISTS, [], [0, 50, 50, 150, 200], [0, 50, 40, 150, 200], [0] * 10**5],
    ("test-loss history", "epochs", 4): [*NOT_WHOLE, HERE + 1],
    ("test-loss history", "losses"): [*NOT_LISTS, [], [0.5] * 10**5],
    ("test-loss history", "losses", 0): [*NOT_NUMBERS, "inf"],
    ("clock",): [*NOT_LISTS[:4], []],
    ("clock", "epochs"): [*NOT_LISTS, [], [50, 50, 150, 200], [50, 40, 150, 200], [0] * 10**5, list(range(3000))],
    ("clock", "epochs", 3): [*NOT_WHOLE, 150, HERE + 1],
    ("clock", "seconds"): [*NOT_LISTS, [], [0.5] * 3, [0.5] * 10**5, [0.3, 0.2, 0.4, 0.5]],
    ("clock", "seconds", 0): [*NOT_NUMBERS, "inf", -1e-9, 1e6],
    ("clock", "seconds", 3): [*NOT_NUMBERS, "nan", 0, 1.1e9, 1e300],
    ("edits",): [None, True, 1, "", {}, [1], [[]], [{}], [None] * 10**5, [FIRST | {"epoch": HERE}, FIRST]],
    ("edits", 0, "epoch"): [*NOT_WHOLE, 0, HERE + 1],
    ("edits", 0, "place"): [*NOT_WHOLE, 16],
    ("edits", 0, "before"): [*NOT_NUMBERS, "inf"],
    ("start",): [True, 1, "", {}, [], [0.5] * 16],
}


@pytest.mark.parametrize("path", WRONG, ids=lambda path: " ".join(map(str, path)))
def test_a_value_that_no_run_has_is_refused(path):
    for value in WRONG[path]:
        refused(with_value(path, value))


def test_a_newer_version_is_told_as_such():
    assert "newer version" in refused(with_value(("version",), 2))


def test_every_field_is_needed():
    for path in [("format",), ("generator", "gauss"), ("edits", 0, "before"), *((name,) for name in json.loads(FILE))]:
        document = json.loads(FILE)
        where = document
        for name in path[:-1]:
            where = where[name]
        del where[path[-1]]
        if path != ("experiment",):
            refused(packed(document))


def test_nothing_is_said_twice():
    for name in (b'"epoch":', b'"learning_rate":', b'"gauss":'):
        assert "twice" in refused(FILE.replace(name, name + b"1," + name))


def test_a_stranger_is_not_quoted_but_for_a_name():
    assert '"warmth"' in refused(with_value(("experiment", "warmth"), 1))
    for name in ("![x](https://example.org)", "<b>", "a" * 10**6, "\u202e"):
        assert name not in refused(with_value(("experiment", name), 1))
        assert name not in refused(with_value((name,), 1))


BYTES = MAX_BYTES - 10
NO_FILES = {
    "nothing": b"",
    "a space": b" ",
    "an object": b"{}",
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "a text": b'"neural-network-playground"',
    "NaN": FILE.replace(b'"learning_rate":0.01', b'"learning_rate":NaN'),
    "another NaN": FILE.replace(b'"gauss":0.0', b'"gauss":NaN'),
    "Infinity": FILE.replace(b'"gauss":0.0', b'"gauss":-Infinity'),
    "1e400": FILE.replace(b'"gauss":0.0', b'"gauss":1e400'),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a pickle": b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
    "UTF-16": FILE.decode().encode("utf-16"),
    "a mark before it": b"\xef\xbb\xbf" + FILE,
    "something after it": FILE + b"{}",
    "twice": FILE * 2,
    "too long": FILE + b" " * MAX_BYTES,
    "deep lists": b"[" * BYTES,
    "deep lists, closed": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * (BYTES // 5),
    "lists": b"[" + b"[]," * (BYTES // 3) + b"[]]",
    "objects": b"[" + b"{}," * (BYTES // 3) + b"{}]",
    "numbers": b"[" + b"1.5," * (BYTES // 4) + b"1]",
    "names": b"{" + b",".join(b'"%x":1' % i for i in range(400_000)) + b"}",
    "a long number": b"1" * BYTES,
    "a long number, in its place": FILE.replace(b'"epoch":', b'"epoch":' + b"9" * 4_000_000),
    "a long fraction": FILE.replace(b'"gauss":0.0', b'"gauss":1.' + b"5" * 4_000_000 + b"e999999"),
    "many long numbers": b"[" + (b"1" * 4299 + b",") * (BYTES // 4300 - 1) + b"1]",
    "millions of layers": FILE.replace(b'"layers":[5]', b'"layers":[' + b"5," * 2_400_000 + b"5]"),
    "millions of features": FILE.replace(b'"features":["x1","x2"]', b'"features":[' + b'"x1",' * 900_000 + b'"x2"]'),
    "many names, in their place": FILE.replace(
        b'"start":null', b'"start":{' + b",".join(b'"%05x":1' % (i * 2654435761 % 2**20) for i in range(450_000)) + b"}"
    ),
    "many long numbers, in their place": FILE.replace(
        b'"start":null', b'"start":[' + (b"1" * 4299 + b",") * (BYTES // 4300 - 10) + b"1]"
    ),
    "deep, in its place": FILE.replace(b'"diverged":null', b'"diverged":' + b"[" * 900 + b"]" * 900),
    "deeper, in its place": FILE.replace(b'"diverged":null', b'"diverged":' + b"[" * 9000 + b"]" * 9000),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_saved_run_is_refused(name):
    assert NO_FILES[name] != FILE
    refused(signed(NO_FILES[name]))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("UTF-16", "UTF-8"),
        ("nothing", "JSON"),
        ("an object", "not a saved run"),
        ("too long", "5 MB"),
        ("lists", "20,000 lists"),
        ("deeper, in its place", "nested"),
        ("a long number", "digits"),
    ],
)
def test_what_is_wrong_is_said(name, words):
    assert words in refused(NO_FILES[name])


def test_parameters_that_float32_has_not_are_refused():
    document = json.loads(write_run(stepped(1, dtype="float32")))
    document["parameters"][0] = 1e39
    assert "float32" in refused(packed(document))


def test_a_loss_history_longer_than_any_is_refused():
    document = json.loads(write_run(stepped(1)))
    document["epoch"] = 4096
    losses = [document["loss history"]["losses"][0]] * 4097
    document["loss history"] = {"stride": 1, "epochs": list(range(4097)), "losses": losses, "objectives": losses}
    assert "loss history" in refused(packed(document))


def test_without_test_points_there_is_no_test_loss():
    document = json.loads(write_run(stepped(1)))
    document["test-loss history"] = {"epochs": [0], "losses": [0.5]}
    refused(packed(document))


def test_a_file_cut_off_anywhere_is_refused():
    for end in [*range(0, len(FILE), 97), *range(len(FILE) - 20, len(FILE))]:
        refused(FILE[:end])


def flipped(rng):
    data = bytearray(FILE)
    data[rng.randrange(len(FILE))] ^= 1 << rng.randrange(8)
    return bytes(data)


def test_a_flipped_bit_is_refused_or_the_run_is_the_same():
    rng = random.Random(0)
    for _ in range(300):
        data = flipped(rng)
        try:
            saved = read_run(data)
        except SavedError:
            continue
        one = Player(Experiment())
        one.open(saved)
        assert write_run(one) == FILE  # 1e-05 as 1E-05


def test_what_is_forged_is_refused_or_leaves_a_run_and_a_refusal_changes_nothing():
    rng, player = random.Random(0), stepped(1)
    before, opens, sentences = fields(player), 0, []
    for _ in range(200):
        try:
            saved = read_run(signed(flipped(rng)))
        except SavedError as error:
            sentences.append(str(error))
            continue
        one = Player(Experiment(**SMALL))
        one.open(saved)
        one.train_one_frame()
        assert write_run(one)
        opens += 1
    assert fields(player) == before
    assert 0 < opens < 200
    assert DAMAGED not in sentences


def numbers(value, path=()):
    """The paths of all numbers in a document; of a list's, those of the first, of one in the middle and of the last."""
    if isinstance(value, dict):
        yield from (found for name in value for found in numbers(value[name], (*path, name)))
    elif isinstance(value, list) and value:
        yield from (found for i in {0, len(value) // 2, len(value) - 1} for found in numbers(value[i], (*path, i)))
    elif isinstance(value, int | float):
        yield path


def test_the_last_bit_of_any_number_is_under_the_digest():
    paths = [path for path in numbers(json.loads(FILE)) if path != ("version",)]
    assert len(paths) > 60
    for path in paths:
        document = json.loads(FILE)
        where = document
        for name in path[:-1]:
            where = where[name]
        value = where[path[-1]]
        where[path[-1]] = math.nextafter(value, math.inf) if isinstance(value, float) else value + 1
        with pytest.raises(SavedError, match=DAMAGED):
            read_run(json.dumps(document).encode())


@pytest.mark.parametrize("digest", [None, 1, "", [], {}, "0" * 64, json.loads(FILE)["digest"].upper()])
def test_the_digest_is_that_of_the_file(digest):
    with pytest.raises(SavedError, match=DAMAGED):
        read_run(json.dumps(json.loads(FILE) | {"digest": digest}).encode())


def test_the_digest_is_sha_256_of_the_rest_in_canonical_json():
    canonical = b'{"a":[true,null,"\\u00e9"],"b":{"c":-0.1,"d":1e+22}}'
    document = {"b": {"d": 1e22, "c": -0.1}, "digest": "any", "a": (True, None, "é")}
    assert digest_of(document) == hashlib.sha256(canonical).hexdigest()


def test_what_is_nested_too_deeply_for_a_digest_is_refused():
    value = 1
    for _ in range(100_000):
        value = [value]
    with pytest.raises(SavedError, match="nested"):
        check_digest({"digest": "", "a": value})


def test_a_file_laid_out_in_another_way_is_the_same_run():
    document = json.loads(FILE)
    saved = read_run(json.dumps(dict(reversed(document.items())), indent=1).encode())
    one = Player(Experiment())
    one.open(saved)
    assert write_run(one) == FILE


def test_the_loss_is_that_of_the_parameters_but_for_rounding():
    loss = json.loads(FILE)["loss"]
    assert read_run(with_value(("loss",), loss * (1 + 1e-9))).checkpoints[-1].loss != loss
    assert "another loss" in refused(with_value(("loss",), loss * 1.001))
    assert "another loss" in refused(with_value(("parameters", 3), 0.51))


def test_the_names_of_an_experiment_are_those_of_its_controls():
    assert set(json.loads(FILE)["experiment"]) == set(CONTROLS) == set(DEFAULTS)
