"""Processes that a test has started, and waiting for a state."""

import os
import threading
import time
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

PROCESSES = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")


_EARLIER: set[int] = set()  # processes that other tests have started, such as a browser


def forget_earlier_children():
    """Has `children` leave out what was started before now, and the process that multiprocessing keeps."""
    resource_tracker.ensure_running()
    _EARLIER.clear()
    _EARLIER.update(children())


def children(parent=None):
    """The ids of the processes that a process, this one by default, has started and not reaped."""
    stats = map(_stat, Path("/proc").glob("[0-9]*/stat"))
    return {int(stat.split()[0]) for stat in stats if _parent(stat) == (parent or os.getpid())} - _EARLIER


def _stat(path):
    try:
        return path.read_text()
    except OSError:  # it is gone
        return ""


def _parent(stat):
    return int(stat.rpartition(")")[2].split()[1]) if stat else None


def is_running(pid):
    """Whether a process is there and not a zombie, which whoever inherits it will reap."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def everything():
    """All that a runner could leave behind: processes, threads and open files."""
    return children(), set(threading.enumerate()), sorted(os.listdir("/proc/self/fd"))


def until(holds, seconds=60.0):
    """Waits for a state, which must come."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It never comes."
        time.sleep(0.01)


def resident_mb(pid="self"):
    """The memory of a process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
