"""What training a visitor's network costs the server: processor time, memory, and the share that recording takes."""

import os
import statistics
import time
from pathlib import Path

from playground.experiment import Experiment
from playground.player import Player
from playground.player.recording import Recording

RECORDED = {
    "default": {},
    "one epoch per frame": {"speed": 1},
    "Adam": {"optimizer": "adam", "learning_rate": 0.01},
    "mini-batches": {"batch_size": 10},
    "largest": {"layers": (64,) * 4, "activations": ("tanh",) * 4, "points": 1000, "learning_rate": 0.01},
}


def cpu_seconds(process):
    """Processor time that a process has used, in seconds (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stolen_seconds():
    """Processor time, over all cores, that whoever runs this machine gave to other machines, in seconds (Linux)."""
    steal = Path("/proc/stat").read_text().split("\n", 1)[0].split()[8]
    return int(steal) / os.sysconf("SC_CLK_TCK")


def recording_shares(runs):
    """How much recording adds to a run's first tick, where it is densest, as a share; for several experiments.

    The median of so many runs of each.
    """
    return {
        name: statistics.median(_recording_share(Experiment(**changes)) for _ in range(runs))
        for name, changes in RECORDED.items()
    }


def _recording_share(experiment):
    record, spent = Recording.record_if_due, 0.0

    def timed_record(recording):
        nonlocal spent
        start = time.perf_counter()
        record(recording)
        spent += time.perf_counter() - start

    player = Player(experiment)
    Recording.record_if_due = timed_record
    try:
        start = time.perf_counter()
        player.play()
        return spent / (time.perf_counter() - start - spent)
    finally:
        Recording.record_if_due = record
