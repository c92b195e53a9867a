"""A run as the visitor's own browser keeps it, in parts: what changes all the time is one, what seldom changes another.

It is the document of a saved file, checked by the same reader. Its arrays are packed, and its losses are left out: the
browser has them already, as it draws them.
"""

from playground.sharing.kept.experiment import experiment_part, read_experiment_part
from playground.sharing.kept.packing import DAMAGED, digest, pack, packed, unpack
from playground.sharing.kept.run import KeptRun, read_run_part, run_part

__all__ = [
    "DAMAGED",
    "KeptRun",
    "digest",
    "experiment_part",
    "pack",
    "packed",
    "read_experiment_part",
    "read_run_part",
    "run_part",
    "unpack",
]
