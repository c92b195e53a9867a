"""Given weights: the whole start of a network as a visitor types or pastes it, read, checked and written.

As text they are a table: a row per unit, first its weights and then its bias, layer after layer. Read row by row its
numbers are in the order of NeuralNetwork.parameters. JSON with the W and b of each layer is read as well.
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from nn.arrays import Flat
from playground.numerals import MAX_QUOTED, SIMPLE, NumeralError, quoted, read_number, written

MAX_LENGTH = 400_000  # characters; the largest network has 13,000 parameters
EXAMPLE = '[{"W": [[0.5], [-1]], "b": [0, 1]}, {"W": [[1, 2]], "b": [0.5]}]'
_BETWEEN = re.compile(r"[;\t ]+ *|, +")  # what parts numbers in any case; a comma without a space can be a decimal's


def as_text(parameters: Flat, units: Sequence[int]) -> str:
    """The flat parameters of a network as a table, which reads back as exactly the same numbers.

    Args:
        parameters: float64 or float32, as NeuralNetwork.parameters.
        units: of each layer, the input first.
    """
    layers, start = [], 0
    for units_in, units_out in pairwise(units):
        rows = parameters[start : start + units_out * (units_in + 1)].reshape(units_out, units_in + 1)
        layers.append("\n".join(", ".join(map(_shortest, row)) for row in rows))
        start += rows.size
    return "\n\n".join(layers)


@lru_cache(maxsize=16)
def read_given(text: str, units: tuple[int, ...]) -> Flat:
    """The parameters in a text, float64, as NeuralNetwork.parameters.

    Args:
        text: a table or JSON.
        units: of each layer, the input first.

    Raises:
        ValueError: when they are not those of such a network; the sentence says where.
    """
    is_json = text.lstrip()[:1] in ("[", "{")
    rows = list(_rows_of_json(text) if is_json else _rows_of_table(text))
    wanted = [
        (f"layer {l}, unit {unit + 1}", units_in + 1)
        for l, (units_in, units_out) in enumerate(pairwise(units), 1)
        for unit in range(units_out)
    ]
    if len(rows) != len(wanted):
        raise ValueError(
            f"Given weights: the network {in_words(units)} has {len(wanted):,} units after its input, each a row of "
            f"weights and a bias; there {_rows(len(rows))}."
        )
    for (place, row), (name, count) in zip(rows, wanted, strict=True):
        if len(row) != count:
            raise ValueError(
                f"Given weights: {place} must have {count:,} numbers for {name}, {_weights(count - 1)} and the bias, "
                f"not {len(row):,}."
            )
    parameters = np.array([number for _, row in rows for number in row])
    parameters.flags.writeable = False
    return parameters


def in_words(units: Sequence[int]) -> str:
    """The units of each layer, the input first: 1-20-1."""
    return "-".join(map(str, units))


def _rows_of_table(text: str) -> Iterator[tuple[str, list[float]]]:
    """(where it stands, its numbers) of each row that is not empty."""
    for number, line in enumerate(text.splitlines(), 1):
        parts = [part for part in _BETWEEN.split(line.strip()) if part]
        if len(parts) == 1:
            parts = [part.strip() for part in parts[0].split(",")]
        if parts:
            place = f"line {number:,}"
            parts_itself = re.search(r"[;\t]", line.strip()) is not None  # so a comma is a decimal one
            yield place, [_number(part.rstrip(","), place, decimal_comma=parts_itself) for part in parts]


def _number(text: str, place: str, *, decimal_comma: bool) -> float:
    if not decimal_comma and "," in text and SIMPLE.fullmatch(text.replace(",", ".", 1)):
        one = text.replace(",", ".")
        short = written(float(one)) if len(one) < MAX_QUOTED else one  # 1.000 could be a thousand
        raise ValueError(
            f"Given weights: {place} has {quoted(text)}, which can be one number or two: write {short} or "
            f"{text.replace(',', ', ')}."
        )
    try:
        number = read_number(text)
    except NumeralError as error:
        raise ValueError(f"Given weights: in {place}, {error}.") from None
    if not math.isfinite(number):
        raise ValueError(f"Given weights: in {place}, {quoted(text)} is too large.")
    return number


def _rows_of_json(text: str) -> Iterator[tuple[str, list[float]]]:
    try:
        layers: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno:,}, column {error.colno:,}" if isinstance(error, json.JSONDecodeError) else ""
        raise ValueError(f"Given weights: this is not valid JSON{where}; it would be such as {EXAMPLE}.") from None
    for l, layer in enumerate(layers if isinstance(layers, list) else [layers], 1):
        if not isinstance(layer, dict) or layer.keys() != {"W", "b"}:
            raise ValueError(f"Given weights: layer {l:,} must have W and b, and nothing else, such as {EXAMPLE}.")
        W, b = layer["W"], layer["b"]
        b = [
            entry[0] if isinstance(entry, list) and len(entry) == 1 else entry for entry in _list(b, f"b of layer {l}")
        ]
        W = _list(W, f"W of layer {l}")
        if len(W) != len(b):
            raise ValueError(f"Given weights: W of layer {l} has {len(W):,} rows, one per unit, and its b {len(b):,}.")
        for unit, (row, bias) in enumerate(zip(W, b, strict=True), 1):
            place = f"unit {unit:,} of layer {l}"
            yield place, [_json_number(entry, place) for entry in [*_list(row, f"a row of W of layer {l}"), bias]]


def _list(value: object, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"Given weights: {name} must be a list in square brackets, such as {EXAMPLE}.")
    return value


def _json_number(value: object, place: str) -> float:
    try:
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"Given weights: in {place}, {quoted(str(value)[:40])} is not a finite number.")
    return number


def _rows(count: int) -> str:
    return "is 1 row" if count == 1 else f"are {count:,} rows"


def _weights(count: int) -> str:
    return "1 weight" if count == 1 else f"{count:,} weights"


def _shortest(number: np.floating[Any]) -> str:
    """The shortest text that reads back as the same number of its type."""
    text = str(number)
    return text.removesuffix(".0")
