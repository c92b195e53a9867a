"""What the page is like from far away: loading, training and pausing through slow lines, and the bytes that they carry.

    python tests/benchmarks/far_away.py                     about ten minutes
    python tests/benchmarks/far_away.py --quick             less of it, from the farthest alone, in a minute
    python tests/benchmarks/far_away.py --lines 300 --only train,pause --visits 1
    python tests/benchmarks/far_away.py --package-script    with the plotly package's own script, and its targets

Starts the app, puts a relay with a delay and a rate before it, visits it with headless Chromium, and prints JSON: each
figure with what it has to reach. The ceiling of loading is measured in the same run, in alternation: `hello`, a page
with one line of text, by the same Streamlit through the same lines. It measures; it is no test.

Every first visit is by a new browser with an empty profile: no file is in its cache, and no script is compiled. The
server has been visited before; what its very first visitor waits is a figure of its own. A reload comes when all is
quiet, in the same browser. Training is watched from its first new frame on. The relay loses no packet and is at full
rate at once, so a real line is somewhat slower. Not controlled are the machine's own cache of files and how busy it is:
browser, relay and server share its cores.
"""

import argparse
import contextlib
import json
import os
import re
from collections import defaultdict

import checkout  # noqa: F401  (first, so that the imports below find this checkout)
from playwright.sync_api import sync_playwright

from tests.benchmarks.far_away_targets import SMALL_SCRIPT_KB, judge
from tests.benchmarks.hello import WATCH_HELLO, running_hello
from tests.benchmarks.server_cost import cpu_seconds
from tests.benchmarks.visitor import visitor
from tests.benchmarks.watched_page import WATCH
from tests.support.relay import relayed
from tests.support.server import running_app

LINES = {"0": None, "100": (100, 20), "300": (300, 4)}  # round trip in ms and Mbit/s each way; None is without a relay
PARTS = ("load", "train", "pause", "panel")


def main():
    options = _options()
    with sync_playwright() as playwright, contextlib.ExitStack() as stack:
        chromium = playwright.chromium
        app, process = stack.enter_context(running_app(small_script=not options.package_script))
        hello = stack.enter_context(running_hello())
        with visitor(chromium, hello, WATCH_HELLO) as guest:
            guest.come()  # so that Chromium is in the machine's cache of files
        with visitor(chromium, app) as guest:
            first_visitor, kinds, plotly = guest.come()["seconds"], guest.log.kb_by_kind(), guest.log.plotly()
        measured = {}
        for name in options.lines:
            with _line(app, LINES[name]) as here, _line(hello, LINES[name]) as there:
                measured[name] = measure(chromium, options, process, here, there)
    report = {
        "cores": os.cpu_count(),
        "visits_per_line": options.visits,
        "plotly": plotly,
        "kb_of_a_first_visit": kinds,
        "first_visitor_of_the_server_s": first_visitor,
        "figures": judge(measured, has_small_script=plotly["kb"] < SMALL_SCRIPT_KB),
    }
    print(re.sub(r"\[[^][{}]*\]", lambda numbers: " ".join(numbers[0].split()), json.dumps(report, indent=2)))


def _options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help="one short visit, through the longest line")
    parser.add_argument("--visits", type=int, help="per line; 3 by default")
    parser.add_argument("--lines", type=_some_of(LINES), help="some of 0,100,300: round trips in ms")
    parser.add_argument(
        "--package-script", action="store_true", help="draw with the plotly package's script, whatever has been fetched"
    )
    parser.add_argument("--only", type=_some_of(PARTS), default=PARTS, help=f"some of {','.join(PARTS)}")
    options = parser.parse_args()
    quick = options.quick
    options.lines = options.lines or (("300",) if quick else tuple(LINES))
    options.visits = options.visits or (1 if quick else 3)
    options.reloads, options.seconds, options.pauses = (1, 2, 1) if quick else (3, 10, 5)
    return options


def _some_of(known):
    def parse(text):
        names = tuple(text.split(","))
        if not set(names) <= set(known):
            raise argparse.ArgumentTypeError(f"must be some of {','.join(known)}")
        return names

    return parse


@contextlib.contextmanager
def _line(address, far):
    """Yields where a server is visited through a line, and what counts the bytes that have come from there."""
    if far is None:
        yield address, None
    else:
        with relayed(address, *far) as line:
            yield line.address, lambda: line.carried()["down"]


def measure(chromium, options, process, here, there):
    """{figure: values} of several visits through one line, to the app `here` and to the hello page `there`."""
    values = defaultdict(list)
    for number in range(options.visits):
        if "load" in options.only:
            with visitor(chromium, there[0], WATCH_HELLO, there[1]) as guest:
                _load(guest, options, values, "hello_")
        with visitor(chromium, here[0], WATCH, here[1]) as guest:
            _load(guest, options, values)
            if "train" in options.only:
                seen = guest.train(options.seconds, lambda: cpu_seconds(process))
                for name, value in seen.items():
                    values[name].append(value)
            if number == options.visits - 1:
                _pause_and_open(guest, options, values)
    return values


def _load(guest, options, values, prefix=""):
    """Comes and reloads; every visit begins so, whatever is to be measured then."""
    first = guest.come()
    if "load" in options.only:
        values[f"{prefix}first_chart_s"].append(first["seconds"])
        values[f"{prefix}first_visit_kb"].append(first["kb"])
        for _ in range(options.reloads):
            again = guest.reload()
            values[f"{prefix}reload_s"].append(again["seconds"])
            values[f"{prefix}reload_kb"].append(again["kb"])


def _pause_and_open(guest, options, values):
    if "pause" in options.only:
        others = 0
        for how, key in (("click", None), ("key", "Space")):
            for pause in guest.pause(options.pauses, key):
                values[f"pause_by_{how}_ms"].append(pause.ms)
                others += not pause.epoch_is_shown
        values["pauses_at_another_epoch_than_shown"].append(others)
    if "panel" in options.only:
        panel = guest.open_panel()
        values["panel_kb"].append(panel["kb"])
        values["panel_s"].append(panel["seconds"])


if __name__ == "__main__":
    main()
