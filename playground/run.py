"""The command that trains without a page: `python -m playground.run "target=step&layers=20,10" --epochs 1000`."""

import math
import sys
from collections.abc import Iterator

from playground.experiment import Experiment
from playground.player.loss_on_test_set import LossOnTestSet
from playground.sharing.export.command_line import experiment_of, parser
from playground.sharing.export.measures import measured
from playground.sharing.export.outline import columns, epochs_per_report


def train_and_report(experiment: Experiment, epochs: int) -> Iterator[str]:
    """Trains, and yields what the exported scripts print: the columns' names, a line now and then, the measures.

    Raises:
        SystemExit: when training diverges; it says where.
    """
    _, problem, trainer = experiment.start()
    test_set = LossOnTestSet(trainer.network, *problem.test_set, trainer.loss_function)
    yield " ".join(columns(problem))
    for epoch in sorted({*range(0, epochs, epochs_per_report(epochs)), epochs}):
        asked = epoch - trainer.epoch
        stops = trainer.train(asked) < asked
        if trainer.diverged:
            at, quantity = trainer.diverged
            raise SystemExit(f"Training has diverged: in the step to epoch {at}, {quantity} left the finite numbers.")
        numbers: list[float | None] = [trainer.loss, problem.accuracy(trainer.network, problem.samples)]
        if problem.test_samples.size:
            test_loss = test_set.record(trainer.epoch)
            numbers.append(math.nan if test_loss is None else test_loss)
            numbers.append(problem.accuracy(trainer.network, problem.test_samples))
        yield " ".join(repr(number) for number in (trainer.epoch, *numbers) if number is not None)
        if stops:
            break
    yield from ("", *measured(problem, trainer.network))


def main() -> None:
    """Reads the command line, trains, and prints."""
    arguments = parser("playground.run", "Train without a page.").parse_args()
    for line in train_and_report(experiment_of(arguments.query), arguments.epochs):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
