"""What a saved run is made of: JSON, checked value by value, and refused in a sentence."""

import json
import math
import sys
from itertools import pairwise

import numpy as np

MAX_BYTES = 5_000_000
MOST_LISTS = 20_000  # and objects, in a file: an edit by hand is one; millions would take Python seconds
MOST_NAMES = 200  # in an object: an experiment has some forty
TOO_DEEP = "The file is no saved run: its lists are nested too deeply."


class SavedError(ValueError):
    """What is wrong with a file, in a sentence for the visitor."""


def listed(array):
    """Numbers for JSON, those that it has not as texts."""
    return [each if math.isfinite(each) else str(each) for each in array.tolist()]


def check_size(data):
    """Refuses what is too large to be opened."""
    if len(data) > MAX_BYTES:
        raise SavedError(f"A saved run has at most {MAX_BYTES:,} bytes (5 MB), not {len(data):,}.")
    if data.count(b"[") + data.count(b"{") > MOST_LISTS:
        raise SavedError(f"A saved run has at most {MOST_LISTS:,} lists and objects.")


def parse(data):
    """The JSON in the bytes of a file."""
    check_size(data)
    try:
        return json.loads(data.decode(), object_pairs_hook=_once)
    except SavedError:
        raise
    except UnicodeDecodeError:
        raise SavedError("The file is damaged, or no saved run: it is not text in UTF-8.") from None
    except json.JSONDecodeError as error:
        raise SavedError(f"The file is damaged, or no saved run: it is not JSON at character {error.pos:,}.") from None
    except RecursionError:
        raise SavedError(TOO_DEEP) from None
    except ValueError:  # Python's own, on more than 4300 digits
        raise SavedError("The file is no saved run: it holds a number of thousands of digits.") from None


def _once(pairs):
    if len(pairs) > MOST_NAMES:
        raise SavedError("The file is no saved run: it names more than a run has.")
    values = dict(pairs)
    if len(values) < len(pairs):
        raise SavedError("The file is damaged, or no saved run: it says something twice.")
    return values


def quoted(name):
    """A name that a stranger gave, if it is one."""
    return f'"{name}"' if name.isidentifier() and len(name) <= 30 else "something"


def object_of(value, what):
    """A value that is an object."""
    if type(value) is not dict:
        raise SavedError(f"{what}: named fields are wanted.")
    return value


def fields_of(value, names, what):
    """The fields of an object that has these and no others, in their order."""
    for name in names:
        if name not in object_of(value, what):
            raise SavedError(f"{what} has no {name}.")
    for name in value:
        if name not in names:
            raise SavedError(f"{what} has {quoted(name)}, which does not belong there.")
    return [value[name] for name in names]


def list_of(value, what, most):
    """A value that is a list, not too long."""
    if type(value) is not list or len(value) > most:
        raise SavedError(f"{what}: a list of at most {most:,} is wanted.")
    return value


def whole_of(value, what, low, high):
    """A value that is a whole number within limits."""
    if type(value) is not int or not low <= value <= high:
        raise SavedError(f"{what}: a whole number from {low:,} to {high:,} is wanted.")
    return value


def wholes_of(values, what, most, high):
    """Whole numbers from 0 on, not too many."""
    return [whole_of(value, what, 0, high) for value in list_of(values, what, most)]


def rising_of(values, what, most, high):
    """Whole numbers from 0 on, not too many, each above the one before."""
    values = wholes_of(values, what, most, high)
    if any(here >= there for here, there in pairwise(values)):
        raise SavedError(f"{what}: rising ones are wanted.")
    return values


def number_of(value, what):
    """A value that is a finite number, a float."""
    if type(value) not in (int, float) or not abs(value) <= sys.float_info.max:
        raise SavedError(f"{what}: a finite number is wanted.")
    return float(value)


def numbers_of(values, what, count, others=()):
    """As many finite numbers, or others: texts of numbers, and None for nan. A list of floats."""
    if len(list_of(values, what, count)) < count:
        raise SavedError(f"{what}: {count:,} numbers are wanted, not {len(values):,}.")
    return [
        number_of(value, what) if value not in others else math.nan if value is None else float(value)
        for value in values
    ]


def array_of(values, what, like, others=()):
    """As many finite numbers as an array has, or others, as such an array."""
    numbers = np.array(numbers_of(values, what, like.size, others))
    with np.errstate(over="ignore"):
        array = numbers.astype(like.dtype)
    if (np.isfinite(array) != np.isfinite(numbers)).any():
        raise SavedError(f"{what}: numbers that {like.dtype} has are wanted.")
    return array
