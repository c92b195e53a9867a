"""What the commands read: an experiment as the query of an address, and how many epochs."""

import argparse
import sys
from urllib.parse import parse_qsl

from playground.experiment import CONTROLS
from playground.sharing.links import from_query

MOST = CONTROLS["max_epochs"].high


def parser(name, description):
    """An ArgumentParser of `query` and `epochs`, for `python -m name`."""
    arguments = argparse.ArgumentParser(prog=f"python -m {name}", description=description)
    arguments.add_argument(
        "query", nargs="?", default="", help="the experiment, as in the page's address: 'target=step&layers=20,10'"
    )
    arguments.add_argument("--epochs", type=_epochs, default=1000, help="how many (default: %(default)s)")
    return arguments


def experiment_of(text):
    """The Experiment of a query. What is wrong with it goes to stderr, and the program ends with exit code 2."""
    query = text.removeprefix("?")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        start, wrong = None, [f"The query must be name=value&name=value, not {text[:40]!r}."]
    else:
        start, wrong = from_query(dict(pairs))
    if wrong:
        sys.stderr.writelines(f"{sentence}\n" for sentence in wrong)
        raise SystemExit(2)
    return start.experiment


def _epochs(text):
    number = int(text) if text.isdecimal() and len(text) <= len(str(MOST)) else -1
    if not 0 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"a whole number from 0 to {MOST:,} is wanted, not {text[:40]!r}.")
    return number
