"""Early stopping in scripts, the same in NumPy and in PyTorch: the class that waits, and where the training asks it."""

from playground.sharing.export.outline import Outline
from playground.sharing.export.template import block

WAIT = '''
class Wait:
    """For a loss that is lower by more than a share: how many epochs, and since when."""

    def __init__(self, epochs, share, measure):
        self.epochs, self.share, self.measure = epochs, share, measure
        self.lowest, self.since = float("inf"), 0

    def is_over(self, epoch):
        loss = self.measure()
        if loss < (1 - self.share) * self.lowest:
            self.lowest, self.since = loss, epoch
        return epoch - self.since >= self.epochs
'''


def stopping_parts(run: Outline, training: str, test: str) -> dict[str, str]:
    """Parts of a script in one phase.

    Args:
        run: what is trained.
        training, test: the arguments of `measure` in the script, for the two sets.
    """
    constants, waits = run.patience_constants, []
    if "patience" in constants:
        waits.append(f"Wait(PATIENCE, 0.0, lambda: measure({test})[0]),")
    if "stall_epochs" in constants:
        waits.append(f"Wait(STALL_EPOCHS, STALL_SHARE, lambda: measure({training})[0]),")
    if not waits:
        return NO_STOPPING
    lines = "\n".join(f"    {wait}" for wait in waits)
    return {
        "waits": f"\n{WAIT}\n\nwaits = [\n{lines}\n]",
        "stops": "stops = any([wait.is_over(epoch) for wait in waits])  # each of them counts",
        "or_stops": " or stops",
        "return_stops": "return stops",
        "report": block("if report(epoch + 1):", "    break"),
    }


NO_STOPPING = {"waits": "", "stops": "", "or_stops": "", "return_stops": "", "report": "report(epoch + 1)"}
