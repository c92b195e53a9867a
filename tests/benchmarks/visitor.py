"""A visitor with a browser of their own, who comes for the first time, reloads, trains, pauses and opens a panel."""

import contextlib
import tempfile
import time

from tests.benchmarks.network_log import NetworkLog
from tests.benchmarks.watched_page import VIEWPORT, WATCH, first_chart, pauses
from tests.support.browser import CHROMIUM_FLAGS, button, chromium_path, wait_until_idle

STALL_MS = 150
PATIENCE_MS = 120_000
STILL_CHART = ".st-key-landscape_chart .contourlayer"


@contextlib.contextmanager
def visitor(chromium, address, watch=WATCH, carried=None):
    """A Visitor who has never been here. Their profile is on disk, so that cache and compiled scripts are kept.

    Args:
        chromium: Playwright's browser type.
        address: of the page.
        watch: the script that sets watch.firstPaint.
        carried: returns the bytes that the line has carried from the server so far; by default the browser's own count.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = {"executable_path": chromium_path(), "args": CHROMIUM_FLAGS, "viewport": VIEWPORT}
        with contextlib.closing(chromium.launch_persistent_context(profile, **options)) as context:
            page = context.pages[0]
            page.set_default_timeout(PATIENCE_MS)
            page.add_init_script(watch)
            yield Visitor(page, address, carried)


class Visitor:
    """What they do, and what it took."""

    def __init__(self, page, address, carried):
        self.page = page
        self.address = address
        self.log = NetworkLog(page)
        self.carried = carried or self.log.total

    def come(self):
        """{"seconds": to the first chart, "kb": until all is quiet}."""
        return self._load(lambda: self.page.goto(self.address, wait_until="commit"))

    def reload(self):
        """The same, for a reload."""
        return self._load(lambda: self.page.reload(wait_until="commit"))

    def _load(self, go):
        before = self.carried()
        go()
        seconds = first_chart(self.page)
        return {"seconds": seconds, "kb": (self._until_quiet() - before) / 1000}

    def _until_quiet(self):
        """Waits until nothing has come for a second, and returns what has been carried."""
        wait_until_idle(self.page)
        before, now = None, self.carried()
        while now != before:
            self.page.wait_for_timeout(1000)
            before, now = now, self.carried()
        return now

    def train(self, seconds, cpu_seconds):
        """Trains for so many seconds from the first new frame on, then pauses.

        `cpu_seconds` returns the processor time that the server has used so far.
        """
        page = self.page
        page.evaluate("watch.start()")
        button(page, "Train").click()
        page.wait_for_function("watch.times.fit.length > 0")
        carried, spent, start = self.carried(), cpu_seconds(), time.perf_counter()
        page.wait_for_timeout(seconds * 1000)
        painted = page.evaluate("watch.on = false, watch.times.fit")
        carried, spent, passed = self.carried() - carried, cpu_seconds() - spent, time.perf_counter() - start
        end = painted[0] + 1000 * seconds
        times = [time for time in painted if time < end]
        gaps = [later - time for time, later in zip(times, [*times[1:], end], strict=True)]
        result = {
            "training_starts_ms": times[0] - page.evaluate("watch.clicked"),
            "painted_fits_per_second": (len(times) - 1) / seconds,
            "stalls_over_150_ms": sum(gap > STALL_MS for gap in gaps),
            "longest_gap_ms": max(gaps),
            "training_kb_per_second": carried / 1000 / passed,
            "server_cpu_ms_per_second": 1000 * spent / passed,
        }
        button(page, "Pause").click()
        page.get_by_text("Paused at epoch").wait_for()
        self._until_quiet()
        return result

    def open_panel(self):
        """Opens the landscape, a panel with a still chart and no formulas: {"seconds": to its chart, "kb": ...}."""
        before = self._until_quiet()
        button(self.page, "Landscape").click()
        button(self.page, "Map the loss around here").click()
        start = time.perf_counter()
        self.page.wait_for_selector(STILL_CHART, state="attached")
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "kb": (self._until_quiet() - before) / 1000}

    def pause(self, count, key=None):
        """Pauses several times; see watched_page."""
        return pauses(self.page, count, key)
