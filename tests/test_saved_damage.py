"""Saved runs: no damaged, foreign or oversized file opens, costs time, or changes the run on screen."""

import hashlib
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment import Experiment
from playground.player import Player
from playground.sharing.saved import SavedError, read_run, write_run
from playground.sharing.saved.document import MAX_BYTES, check_digest, digest_of
from tests.support.saved_files import (
    DAMAGED,
    FILE,
    SMALL,
    fields,
    rejection,
    signed,
    small_run,
    with_value,
)

BYTES = MAX_BYTES - 10
NOT_SAVED_RUNS = {
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


BITS = st.integers(0, 8 * len(FILE) - 1)
SHOWN = small_run(1)


def flipped(bit):
    data = bytearray(FILE)
    data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


def numbers(value, path=()):
    """The paths of all numbers in a document; of a list's, those of the first, of one in the middle and of the last."""
    if isinstance(value, dict):
        yield from (found for name in value for found in numbers(value[name], (*path, name)))
    elif isinstance(value, list) and value:
        yield from (found for i in {0, len(value) // 2, len(value) - 1} for found in numbers(value[i], (*path, i)))
    elif isinstance(value, int | float):
        yield path


@pytest.mark.parametrize("name", NOT_SAVED_RUNS)
def test_a_file_that_is_not_a_saved_run_is_rejected(name):
    assert NOT_SAVED_RUNS[name] != FILE
    rejection(signed(NOT_SAVED_RUNS[name]))


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
def test_the_error_says_what_is_wrong(name, words):
    assert words in rejection(NOT_SAVED_RUNS[name])


def test_a_file_cut_off_anywhere_is_rejected():
    for end in [*range(0, len(FILE), 97), *range(len(FILE) - 20, len(FILE))]:
        rejection(FILE[:end])


@given(BITS)
@settings(max_examples=300)
def test_a_flipped_bit_is_rejected_or_the_run_is_the_same(bit):
    try:
        saved = read_run(flipped(bit))
    except SavedError:
        return
    player = Player(Experiment())
    player.open(saved)
    assert write_run(player) == FILE  # 1e-05 as 1E-05


@given(BITS)
@settings(max_examples=200)
def test_a_forged_file_is_rejected_or_opens_as_a_run_that_trains_and_a_rejection_changes_nothing(bit):
    before, player, message = fields(SHOWN), Player(Experiment(**SMALL)), None
    try:
        player.open(read_run(signed(flipped(bit))))
    except SavedError as error:
        message = str(error)
    else:
        player.train_one_frame()
        assert write_run(player)
    assert message != DAMAGED
    assert fields(SHOWN) == before


def test_a_forged_file_whose_values_are_possible_opens():
    seconds = json.loads(FILE)["clock"]["seconds"][-1] + 1
    assert read_run(with_value(("clock", "seconds", -1), seconds)).clock[-1][1] == seconds


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


@pytest.mark.parametrize(
    "digest",
    [None, 1, "", [], {}, "0" * 64, json.loads(FILE)["digest"].upper()],
    ids=["none", "a number", "nothing", "a list", "an object", "another", "capitals"],
)
def test_the_digest_is_that_of_the_file(digest):
    with pytest.raises(SavedError, match=DAMAGED):
        read_run(json.dumps(json.loads(FILE) | {"digest": digest}).encode())


def test_the_digest_is_sha_256_of_the_rest_in_canonical_json():
    canonical = b'{"a":[true,null,"\\u00e9"],"b":{"c":-0.1,"d":1e+22}}'
    document = {"b": {"d": 1e22, "c": -0.1}, "digest": "any", "a": (True, None, "é")}
    assert digest_of(document) == hashlib.sha256(canonical).hexdigest()


def test_a_document_nested_too_deeply_for_a_digest_is_rejected():
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
