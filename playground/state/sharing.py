"""The run to take away, and to open again."""

import numpy as np

from playground.table import write_table


def history_file(run):
    """The loss of a Player's run by epoch, as CSV, with the objective and the test loss where there are any.

    A test loss is measured with a picture: it stands at the epoch of the last one.
    """
    history = run.trainer.history
    columns = {"epoch": history.epochs, "loss": history.losses}
    if np.isfinite(history.objectives).any():
        columns["objective"] = history.objectives
    tested = run.held_out.until(run.trainer.epoch)
    if len(tested):
        places = np.searchsorted(tested[:, 0], history.epochs, side="right") - 1
        columns["test loss"] = tested[np.maximum(places, 0), 1]
    return write_table(tuple(columns), list(columns.values()))
