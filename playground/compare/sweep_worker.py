"""What a process that trains runs of a sweep does first, before it loads NumPy."""

import multiprocessing
import os
import signal
import threading

LOWEST_PRIORITY = 19


def prepare() -> None:
    """Takes the lowest priority, and sees to it that this process ends with the one that started it."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends its processes
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
