"""The command line of a sweep: the experiment, its settings with their values, and where the runs are trained."""

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.compare.settings import SWEPT
from playground.compare.sweep import ON_COMMAND, Axis, SweepPlan
from playground.compare.typed_values import read_values
from playground.experiment import CONTROLS
from playground.sharing.address_names import sentences_on
from playground.sharing.export.command_line import experiment_of, parser, refuse, whole_number
from playground.sharing.links import fits
from playground.sharing.typed_address import QUOTES
from playground.sweep.runs_file import query_of

MAX_JOBS = 256
MAX_SHOWN = 40  # characters of an argument that are repeated
INSTEAD = {"seed": "--seeds", "seeds": "--seeds", "epochs": "--epochs", "max_epochs": "--epochs"}
AXES = (
    'a setting and its values: "learning_rate=0.01,0.1,1", or a range: "learning_rate=0.001:1:log20" has 20 values, '
    'each the same factor from the next, "momentum=0:0.9:lin4" four at the same distance. "layers=5,10,20" are three '
    'networks of one hidden layer, "layers=20,10;5" one of two layers and one of one, "layers=none,5" one '
    "without a hidden layer and one with. Every combination of up to four settings is trained"
)


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        plan: what to train.
        resume: the file of runs to go on with; None for stdout.
        html: the page to write; None for none.
        jobs: how many processes of this machine.
        dask: the address of a scheduler; "" for this machine.
    """

    plan: SweepPlan
    resume: Path | None
    html: Path | None
    jobs: int
    dask: str

    @property
    def size(self) -> str:
        """How many runs there are, and of what."""
        plan = self.plan
        sizes = [f"{len(values):,} x {SWEPT[name].label}" for name, values in plan.axes]
        runs = len(plan.values) * plan.seeds
        return f"{runs:,} runs: {', '.join(sizes)}, {plan.seeds:,} x seed; {plan.epochs:,} epochs each"

    @property
    def query(self) -> str:
        """What stays the same, as in an address."""
        return query_of(self.plan.experiment) or "the posts' example"


def read_arguments(arguments: Sequence[str]) -> Request:
    """The Request of a command line. What is invalid is said on stderr, and the program ends with exit code 2."""
    options = parser("playground.sweep", "Train every combination of some values, from several seeds.")
    options.add_argument("axes", nargs="+", metavar="setting=values", help=AXES)
    options.add_argument("--seeds", type=whole_number(1, 1000), default=3, help="how many (default: %(default)s)")
    options.add_argument("--resume", type=Path, metavar="FILE", help="write there, and do not train what is in it")
    options.add_argument("--html", type=Path, metavar="FILE", help="a page with the results over one or two settings")
    options.add_argument("--jobs", type=whole_number(1, MAX_JOBS), help="processes (default: one per core)")
    options.add_argument("--dask", metavar="ADDRESS", help="train on a cluster: its scheduler, as tcp://scheduler:8786")
    given = options.parse_intermixed_args(arguments)
    if given.dask is not None:
        _check_cluster(options, given)
    experiment = experiment_of(given.query)
    try:
        plan = SweepPlan(experiment, tuple(map(_axis, given.axes)), given.seeds, given.epochs, ON_COMMAND)
    except ValueError as error:
        refuse([str(error)])
    if not fits(experiment):
        refuse(["These points or weights are too many for an address, by which a file knows its runs."])
    if given.html is not None and len(plan.axes) > 2:
        refuse([f"--html shows one or two settings, not {len(plan.axes)}."])
    for path in filter(None, (given.resume, given.html)):
        if path.is_dir() or not path.absolute().parent.is_dir():
            refuse([f"{path} cannot be written: {'it is a folder' if path.is_dir() else 'there is no such folder'}."])
    if given.html is not None and given.resume is not None and given.html.absolute() == given.resume.absolute():
        refuse(["--resume and --html must be two files: the page would be written over the runs."])
    return Request(plan, given.resume, given.html, given.jobs or os.cpu_count() or 1, given.dask or "")


def _check_cluster(options: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    if not re.fullmatch(r"(tcp|tls|ws|wss)://\S+:\d+", given.dask):
        options.error(f"--dask must be an address such as tcp://scheduler:8786, not {given.dask[:MAX_SHOWN]!r}.")
    if given.jobs is not None:
        options.error("--jobs is for this machine; a cluster has as many places as its workers have threads.")


def _axis(text: str) -> Axis:
    """A setting and its values; a ValueError where it is not one."""
    name, equals, values = text.strip(QUOTES + " ").partition("=")
    name = name.strip()
    if not equals:
        raise ValueError(f'Values are written setting=values, "learning_rate=0.01,0.1", not {text[:MAX_SHOWN]!r}.')
    if name in INSTEAD:
        raise ValueError(f"{name!r} is not a setting that can be swept: give {INSTEAD[name]}.")
    if name not in {*SWEPT, *CONTROLS}:
        raise ValueError(*sentences_on([name]))
    return name, read_values(name, values, ON_COMMAND.values)
