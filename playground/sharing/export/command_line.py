"""The arguments of the commands: an experiment as the query of an address, and how many epochs."""

import argparse
import sys
from typing import NoReturn
from urllib.parse import parse_qsl

from playground.experiment import CONTROLS, Experiment
from playground.sharing.links import from_query

MAX_EPOCHS = int(CONTROLS["max_epochs"].high)


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """A parser of `query` and `epochs`, for `python -m name`."""
    arguments = argparse.ArgumentParser(prog=f"python -m {name}", description=description)
    arguments.add_argument(
        "query", nargs="?", default="", help="the experiment, as in the page's address: 'target=step&layers=20,10'"
    )
    arguments.add_argument("--epochs", type=_epochs, default=1000, help="how many (default: %(default)s)")
    return arguments


def experiment_of(text: str) -> Experiment:
    """The Experiment of a query. If the query is invalid, says why on stderr and ends the program with exit code 2."""
    query = text.removeprefix("?")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        _fail([f"The query must be name=value&name=value, not {text[:40]!r}."])
    start, errors = from_query(dict(pairs))
    if errors:
        _fail(errors)
    return start.experiment


def _fail(errors: list[str]) -> NoReturn:
    sys.stderr.writelines(f"{error}\n" for error in errors)
    raise SystemExit(2)


def _epochs(text: str) -> int:
    epochs = int(text) if text.isdecimal() and len(text) <= len(str(MAX_EPOCHS)) else -1
    if not 0 <= epochs <= MAX_EPOCHS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to {MAX_EPOCHS:,}, not {text[:40]!r}.")
    return epochs
