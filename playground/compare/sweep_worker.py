"""The worker: a process that trains one experiment after another, asked and answering in lines of JSON.

A line on stdin is {"experiment": {field: value}, "epochs": n}; each is answered by a line on stdout, its Result.
`python -m playground.compare.sweep_worker` ends when stdin does, even in the middle of a run, and when a run takes too
long.
"""

import json
import os
import queue
import sys
import threading

from playground.compare.result import EPOCHS, Result, train
from playground.experiment import Experiment

RUN_SECONDS = 600  # that a run may take; twice what a whole sweep should take


def answer(line: str | bytes) -> str:
    """The Result of a line of JSON, as one. A request that cannot be trained has failed."""
    try:
        request = json.loads(line)
        result = train(Experiment(**request["experiment"]), EPOCHS.check(request["epochs"]))
    except (KeyError, TypeError, ValueError) as error:
        result = Result(failed=str(error))
    return json.dumps(result._asdict())


def main() -> None:
    """Answers the lines on stdin until it ends."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        line = lines.get()
        limit = threading.Timer(RUN_SECONDS, os._exit, (1,))
        limit.start()
        sys.stdout.write(answer(line) + "\n")
        limit.cancel()
        sys.stdout.flush()


def _listen(lines: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        lines.put(line)
    os._exit(0)  # the process that asked is gone


if __name__ == "__main__":
    main()
