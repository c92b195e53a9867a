"""The arguments of the commands: an experiment as the query of an address, and how many epochs."""

import argparse
import re
import sys
from collections.abc import Callable
from typing import NoReturn

from playground.control import Control
from playground.experiment import CONTROLS, Experiment
from playground.sharing.address_names import MAX_QUOTED, sentences_on, unknown_names
from playground.sharing.links import from_query
from playground.sharing.typed_address import read_query

MAX_EPOCHS = int(CONTROLS["max_epochs"].high)


def parser(name: str, description: str) -> argparse.ArgumentParser:
    """A parser of `query` and `epochs`, for `python -m name`."""
    arguments = argparse.ArgumentParser(prog=f"python -m {name}", description=description, allow_abbrev=False)
    arguments.add_argument(
        "query",
        nargs="?",
        default="",
        help='the experiment, as in the page\'s address, or that address: "target=step&layers=20,10"',
    )
    arguments.add_argument(
        "--epochs", type=whole_number(0, MAX_EPOCHS), default=1000, help="how many (default: %(default)s)"
    )
    return arguments


def experiment_of(text: str) -> Experiment:
    """The Experiment of a query or a whole address.

    If something in it is unknown or invalid, says what on stderr and ends the program with exit code 2.
    """
    query, errors = read_query(text)
    unknown = unknown_names(query)
    errors += sentences_on(name for name in unknown if name != "epochs")
    if "epochs" in unknown:
        errors.append(f"Epochs are no part of the experiment: give --epochs {query['epochs'][:MAX_QUOTED]}.")
    start, invalid = from_query(query, replacing=False)
    if "lesson" in query and not query.keys() & CONTROLS.keys():
        errors.append("Lessons are for the page: open it there, and copy its address, which then has all settings.")
    if errors or invalid:
        refuse(errors + invalid)
    return start.experiment


def refuse(errors: list[str]) -> NoReturn:
    """Says on stderr what is wrong, a sentence per line, and ends the program with exit code 2."""
    sys.stderr.writelines(f"{error}\n" for error in errors)
    raise SystemExit(2)


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """What reads a whole number of an option, for argparse."""

    control = Control(int, "pace", "It", "", low=low, high=high)

    def read(text: str) -> int:
        try:
            number: int = control.check_entry(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(re.sub("^It:? ", "", str(error))) from None
        return number

    return read
