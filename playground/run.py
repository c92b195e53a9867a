"""The command that trains without a page: `python -m playground.run 'target=step&layers=20,10' --epochs 1000`."""

import math
import sys

from playground.player.loss_on_test_set import LossOnTestSet
from playground.sharing.export.command_line import experiment_of, parser
from playground.sharing.export.outline import columns, every


def lines(experiment, epochs):
    """Trains, and yields what the exported scripts print: the names of the columns, and a line now and then.

    Raises:
        SystemExit: when training diverges; it says where.
    """
    _, problem, trainer = experiment.start()
    held_out = LossOnTestSet(trainer.network, *problem.test_set, trainer.loss_function)
    yield " ".join(columns(problem))
    for epoch in sorted({*range(0, epochs, every(epochs)), epochs}):
        trainer.train(epoch - trainer.epoch)
        if trainer.diverged:
            at, quantity = trainer.diverged
            raise SystemExit(f"Training has diverged: in the step to epoch {at}, {quantity} left the finite numbers.")
        test_loss = held_out.record(epoch)
        losses = [trainer.loss, math.nan if test_loss is None else test_loss]
        sets = [points for points in (problem.samples, problem.test_samples) if points.size]
        numbers = []
        for loss, points in zip(losses, sets, strict=False):
            numbers.append(loss)
            if problem.classes:
                numbers.append(problem.accuracy(trainer.network, points))
        yield " ".join(map(repr, [epoch, *numbers]))


def main():
    """Reads the command line, trains, and prints."""
    given = parser("playground.run", "Train without a page.").parse_args()
    for line in lines(experiment_of(given.query), given.epochs):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
