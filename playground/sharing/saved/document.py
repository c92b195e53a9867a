"""The document of a saved run: the names and types of its JSON, its limits, and its digest."""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any, NotRequired, TypeAlias, TypedDict

import numpy.typing as npt

from playground.sharing.saved.field import SavedError

FORMAT, VERSION = "neural-network-playground", 1

MAX_BYTES = 5_000_000
MAX_LISTS = 20_000  # lists and objects in a file; each edit by hand is one. Millions would take Python seconds
MAX_NAMES = 200  # in an object: an experiment has about forty
TOO_DEEP = "The file is not a saved run: its lists are nested too deeply."

Number: TypeAlias = float | str | None  # "inf" and None stand for inf and nan, which JSON does not have


class SavedOptimizer(TypedDict):
    kind: str
    memory: dict[str, Any]  # for each state array a list[Number], for each counter an int; {} before the first step


class SavedGenerator(TypedDict):
    kind: str
    words: list[Number]
    position: int
    has_gauss: int
    gauss: float


class SavedHistory(TypedDict):
    stride: int
    epochs: list[Number]
    losses: list[Number]
    objectives: list[Number]


class SavedTestLosses(TypedDict):
    epochs: list[Number]
    losses: list[Number]


class SavedClock(TypedDict):
    epochs: list[Number]
    seconds: list[Number]


class SavedChange(TypedDict):
    epoch: int
    before: dict[str, Any]  # the fields of training that were others up to there
    diverged: bool


class SavedEdit(TypedDict):
    epoch: int
    place: int
    before: float
    after: NotRequired[float]  # not in files that are older than it, and not where it does not repeat the edit


class SavedWaits(TypedDict):
    test: list[Number] | None  # of what is waited for its loss, the epoch of that, and the epoch when it began
    training: list[Number] | None


Document = TypedDict(
    "Document",
    {
        "format": str,
        "version": int,
        "experiment": dict[str, Any],
        "epoch": int,
        "loss": float,
        "diverged": str | None,
        "parameters": list[Number],
        "optimizer": SavedOptimizer,
        "generator": SavedGenerator,
        "order": list[Number],
        "loss history": SavedHistory,
        "test-loss history": SavedTestLosses,
        "clock": SavedClock,
        "edits": list[SavedEdit],
        "changes": NotRequired[list[SavedChange]],  # only where there are any, as in files that are older than they
        "moments": NotRequired[list[Number]],  # the epochs to look back to, between start and end; not in older files
        "waits": NotRequired[SavedWaits],  # only where training waits for a better loss
        "start": list[Number] | None,
        "digest": str,
    },
)


def listed(array: npt.NDArray[Any]) -> list[Number]:
    """The numbers of an array for JSON."""
    return [_listed(each) for each in array.tolist()]


def _listed(number: float) -> Number:
    if math.isfinite(number):
        return number
    return None if math.isnan(number) else str(number)


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of everything in a document but its digest.

    Canonical JSON has sorted names, no spaces, ASCII only, and numbers as Python writes them.

    The digest detects damage: with another digit in the generator or in the optimizer's state, a file would pass for
    another run. It does not prove who wrote the file, so every field is checked all the same.
    """
    rest = {name: value for name, value in document.items() if name != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def check_digest(document: Mapping[str, Any]) -> None:
    """Rejects a document whose digest is not that of its content."""
    try:
        damaged = document["digest"] != digest_of(document)
    except RecursionError:
        raise SavedError(TOO_DEEP) from None
    if damaged:
        raise SavedError("The file is damaged: something in it is not as it was saved.")


def check_size(data: bytes) -> None:
    """Rejects a file that is too large to be opened."""
    if len(data) > MAX_BYTES:
        raise SavedError(f"A saved run has at most {MAX_BYTES:,} bytes (5 MB), not {len(data):,}.")
    if data.count(b"[") + data.count(b"{") > MAX_LISTS:
        raise SavedError(f"A saved run has at most {MAX_LISTS:,} lists and objects.")


def parse(data: bytes) -> object:
    """The JSON in the bytes of a file."""
    check_size(data)
    try:
        return json.loads(data.decode(), object_pairs_hook=_unique)
    except SavedError:
        raise
    except UnicodeDecodeError:
        raise SavedError("The file is damaged or not a saved run: it is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise SavedError(
            f"The file is damaged or not a saved run: it is not JSON at character {error.pos:,}."
        ) from None
    except RecursionError:
        raise SavedError(TOO_DEEP) from None
    except ValueError:  # Python's own, on more than 4300 digits
        raise SavedError("The file is not a saved run: it has a number of thousands of digits.") from None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(pairs) > MAX_NAMES:
        raise SavedError("The file is not a saved run: an object has too many names.")
    values = dict(pairs)
    if len(values) < len(pairs):
        raise SavedError("The file is damaged or not a saved run: a name appears twice.")
    return values
