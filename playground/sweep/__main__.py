"""Trains every run of a sweep that is not in the file yet, writes each as it is done, and says how far it is."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from typing import TextIO

from playground.compare.cells import summary
from playground.compare.result import Result, train
from playground.compare.settings import given_weights_in
from playground.compare.sweep import Run
from playground.compare.training import GivenUpError, Training, seconds_left
from playground.sharing.export.command_line import refuse
from playground.sweep.arguments import Request, read_arguments
from playground.sweep.heatmap import sweep_page
from playground.sweep.machines import Machines, on_cluster, on_this_machine
from playground.sweep.progress import ProgressLine
from playground.sweep.runs_file import fields_of, header, line, read_runs

STOPPED = 130  # the exit code after Ctrl+C


def main() -> None:
    """Reads the command line, trains, and writes."""
    request = read_arguments(sys.argv[1:])
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl+C
    try:
        with _runs_file(request) as (results, file, fields), _machines(request) as machines:
            code = _sweep(request, results, file, fields, machines)
    except KeyboardInterrupt:
        code = STOPPED
    except (OSError, ValueError) as error:
        refuse([str(error)])
    raise SystemExit(code)


def _sweep(
    request: Request, results: dict[Run, Result], file: TextIO, fields: Sequence[str], machines: Machines
) -> int:
    """Trains what is left, and returns the exit code: 0 if every run has a result."""
    plan, runs = request.plan, request.plan.runs()
    progress, code, why = ProgressLine(len(runs)), 0, ""
    progress.say(f"{request.size}, of {request.query}.")
    for sentence in filter(None, (given_weights_in(plan.experiment, *axis) for axis in plan.axes)):
        progress.say(sentence)
    if results:
        progress.say(f"{len(results):,} of them are in {request.resume} already.")
    left = {run: experiment for run, experiment in runs.items() if run not in results}
    training = Training(partial(train, epochs=plan.epochs), machines.open_executor)
    try:
        with closing(training.results(left, machines.at_once)) as found:
            for run, result in found:
                results[run] = result
                file.write(line(plan, run, runs[run], result, fields))
                file.flush()
                progress.show(len(results), partial(seconds_left, plan.seconds, results, runs, machines.places()))
    except KeyboardInterrupt:
        code, why = STOPPED, "Stopped. --resume with the file goes on from here. "
    except GivenUpError as error:
        code, why = 1, f"{error} "
    except OSError as error:
        _abandon(file)
        code, why = 1, f"The runs cannot be written: {error.strerror}. "
    progress.say(f"{why}{_counts(results, len(runs))}")
    if request.html is not None:
        request.html.write_text(sweep_page(request, summary(plan, results)), encoding="utf-8")
    return code or int(any(result.failed for result in results.values()))


def _counts(results: Mapping[Run, Result], of: int) -> str:
    """How many runs have a result, and how many have diverged or failed, with the reason of one."""
    failed = [result.failed for result in results.values() if result.failed is not None]
    diverged = sum(bool(result.diverged) for result in results.values())
    words = f"{len(results) - len(failed):,} of {of:,} runs have a result"
    words += f", {diverged:,} of them diverged" if diverged else ""
    stopped = sum(result.stopped is not None for result in results.values())
    words += f", {stopped:,} of them stopped early" if stopped else ""
    return f"{words}; {len(failed):,} failed: {failed[0]}" if failed else f"{words}."


@contextmanager
def _runs_file(request: Request) -> Iterator[tuple[dict[Run, Result], TextIO, Sequence[str]]]:
    """The results that are there already, where the others are to be written, and which of their fields."""
    if request.resume is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # a TextIOWrapper
        sys.stdout.write(header(request.plan))
        yield {}, sys.stdout, Result._fields
        return
    results, length = read_runs(request.resume, request.plan)
    with request.resume.open("a", encoding="utf-8", newline="\n") as file:
        file.truncate(length)  # the last line may be half a run, of a program that was killed
        if length == 0:
            file.write(header(request.plan))
            file.flush()
        yield results, file, fields_of(request.resume, request.plan)


def _machines(request: Request) -> AbstractContextManager[Machines]:
    return on_cluster(request.dask) if request.dask else on_this_machine(request.jobs)


def _abandon(file: TextIO) -> None:
    """Stops writing to a file that fails: at its end Python would try once more, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), file.fileno())


if __name__ == "__main__":
    main()
