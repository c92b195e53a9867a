"""How live the page is: painted frames, delays, loading, and what it costs the server.

    python tests/benchmarks/live_rate.py            about two minutes
    python tests/benchmarks/live_rate.py --quick    about one: each figure from one short try
    python tests/benchmarks/live_rate.py --soak     eleven minutes more: whether memory stays level

Starts the app, drives headless Chromium and prints JSON: the figures, each with its target. The ceiling is measured in
the same run: a bare page with the same charts and updates, and no server behind it. It measures; it is no test.
"""

import argparse
import contextlib
import json
import statistics
import time

import checkout  # noqa: F401  (first, so that the imports below find this checkout)
from playwright.sync_api import sync_playwright

from playground.experiment import Experiment
from playground.settings import SPEEDS
from tests.benchmarks.bare_page import bare_page
from tests.benchmarks.server_cost import cpu_seconds, recording_shares
from tests.benchmarks.watched_page import VIEWPORT, first_chart, open_page, pauses, train, watch_for
from tests.support.browser import button, fill, launch, open_group, wait_until_idle
from tests.support.processes import resident_mb
from tests.support.server import running_app

TARGETS = {
    "painted_fits_per_second": "at least 40",
    "of_the_bare_page": "at least 0.85",
    "gap_p95_ms": "at most 60",
    "loss_per_second": "at least 15",
    "weights_per_second": "at least 8 each",
    "blank_charts": "0",
    "train_to_loss_0.01_s": "under 4.5",
    "train_to_loss_0.01_fastest_s": "under 0.6",
    "pause_ms": "at most 50",
    "load_s": "at most 3.5",
    "with_network_and_units_open": "at least 30",
    "maps_per_second": "at least 20",
    "maps_of_three_classes_and_units": "at least 20",
    "with_a_sweep_beside": "at least 20",
    "recording_share": "at most 0.05 each",
    "server_cpu_ms_per_tick": "at most 40",
    "ticks_per_second": "2",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--soak", action="store_true", help="train for ten minutes more and compare memory")
    parser.add_argument("--quick", action="store_true", help="one short try of each")
    options = parser.parse_args()
    seconds, tries, pause_tries = (2, 1, 1) if options.quick else (10, 5, 10)
    with sync_playwright() as playwright, contextlib.closing(launch(playwright.chromium)) as browser:
        bare = bare_rate(browser, seconds)
        with running_app() as (address, process), contextlib.ExitStack() as stack:
            figures = {"load_first_visit_s": load_time(browser, address)}
            figures["load_s"] = statistics.median(load_time(browser, address) for _ in range(tries))
            window = stack.enter_context(contextlib.closing(browser.new_context(viewport=VIEWPORT)))
            figures |= live_rate(window, address, process, seconds)
            figures["bare_page_fits_per_second"] = bare["painted_fits_per_second"]
            figures["of_the_bare_page"] = figures["painted_fits_per_second"] / bare["painted_fits_per_second"]
            figures["train_to_loss_0.01_s"] = statistics.median(time_to_loss(window, address) for _ in range(tries))
            figures["train_to_loss_0.01_fastest_s"] = statistics.median(
                time_to_loss(window, address, fastest=True) for _ in range(tries)
            )
            figures["pause_ms"] = pause_time(window, address, pause_tries)
            figures["recording_share"] = recording_shares(3 if options.quick else 15)
            figures["with_network_and_units_open"] = open_rate(
                window, f"{address}/?view=network,units", seconds, "contributions-chart"
            )
            figures["maps_per_second"] = open_rate(window, f"{address}/?problem=circle", seconds)
            rings = f"{address}/?problem=rings&loss=cross_entropy&test_fraction=0.3&view=units"
            figures["maps_of_three_classes_and_units"] = open_rate(window, rings, seconds, "unit-maps")
            figures["with_a_sweep_beside"] = sweep_rate(window, address, seconds)
            if options.soak:
                figures["soak"] = soak_memory(window, address, process)
    print(json.dumps({"figures": _rounded(figures), "targets": TARGETS}, indent=2))


def load_time(browser, address):
    """Seconds from navigation to the first painted chart, with an empty cache."""
    page = open_page(browser.new_context(viewport=VIEWPORT), address)
    seconds = first_chart(page)
    page.context.close()
    return seconds


def rates(page, seconds):
    """What the watch saw over some seconds of training."""
    page.wait_for_function("watch.times.fit.length > 30")  # under way
    seen = watch_for(page, seconds)
    gaps = sorted(b - a for a, b in zip(seen["times"]["fit"], seen["times"]["fit"][1:], strict=False))
    per_second = {name: len(times) / seconds for name, times in seen["times"].items()}
    return {
        "painted_fits_per_second": per_second["fit"],
        "gap_p95_ms": gaps[int(0.95 * len(gaps))],
        "loss_per_second": per_second["loss"],
        "weights_per_second": [per_second["weights1"], per_second["weights2"]],
        "blank_charts": seen["blank"],
    }


def live_rate(window, address, process, seconds):
    """The rates of the page at its default speed, and what a tick costs the server."""
    requests = []  # what the browser sends while training is a request for the next tick
    page = open_page(window, address, requests)
    train(page)
    spent, start, asked = cpu_seconds(process), time.perf_counter(), len(requests)
    figures = rates(page, seconds)
    spent, passed, ticks = cpu_seconds(process) - spent, time.perf_counter() - start, len(requests) - asked
    page.close()
    return figures | {"server_cpu_ms_per_tick": 1000 * spent / ticks, "ticks_per_second": ticks / passed}


def open_rate(window, address, seconds, panel=None):
    """Painted fits or maps per second at an address, once the chart of a panel is there."""
    page = open_page(window, address)
    if panel:
        page.wait_for_selector(f"[data-testid={panel}] :is(.js-line, image)")
    train(page)
    figures = rates(page, seconds)
    page.close()
    return figures["painted_fits_per_second"]


def sweep_rate(window, address, seconds):
    """Painted fits per second while a sweep is trained on all cores."""
    page = open_page(window, f"{address}/?view=sweep")
    for name, value in (("Seeds", "9"), ("Epochs", "20000")):
        fill(page, "textbox", name, value)
        wait_until_idle(page)
    button(page, "Start the sweep").click()
    button(page, "Cancel the sweep").wait_for()
    train(page)
    figures = rates(page, seconds)
    page.close()
    return figures["painted_fits_per_second"]


def bare_rate(browser, seconds):
    """The rates of the bare page: what drawing alone allows."""
    with bare_page(2 * seconds) as address:  # frames for twice as long
        page = open_page(browser.new_context(viewport=VIEWPORT), address)
        page.evaluate("watch.start()")
        figures = rates(page, seconds)
        page.context.close()
    return figures


def time_to_loss(window, address, fastest=False):
    """Seconds from the click on Train to a painted loss of 0.01."""
    requests = []
    page = open_page(window, address, requests)
    if fastest:
        slider = page.get_by_role("slider", name="Speed")
        slider.focus()
        for _ in range(SPEEDS.index(SPEEDS[-1]) - SPEEDS.index(Experiment().speed)):
            asked = len(requests)
            slider.press("ArrowRight")
            while len(requests) == asked:
                page.wait_for_timeout(10)
        wait_until_idle(page)
    page.evaluate("watch.start()")
    button(page, "Train").click()
    page.wait_for_function("watch.lossAt !== null")
    seconds = page.evaluate("watch.lossAt - watch.clicked") / 1000
    page.close()
    return seconds


def pause_time(window, address, tries):
    """Milliseconds from a click on Pause to the last change of the picture: the median of some tries."""
    page = open_page(window, address)
    times = [pause.ms for pause in pauses(page, tries)]
    page.close()
    return statistics.median(times)


def soak_memory(window, address, process):
    """Heap, DOM nodes and the server's memory after one minute of training and after eleven, and their ratios."""
    page = open_page(window, address)
    open_group(page, "Stop conditions")
    fill(page, "textbox", "Stop after epochs", "1000000")
    button(page, "Train").click()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def measure():
        devtools.send("HeapProfiler.collectGarbage")
        metrics = {m["name"]: m["value"] for m in devtools.send("Performance.getMetrics")["metrics"]}
        epoch = int(page.evaluate("document.querySelector('[data-testid=epoch]').dataset.value"))
        return {
            "epoch": epoch,
            "heap_mb": metrics["JSHeapUsedSize"] / 1e6,
            "nodes": metrics["Nodes"],
            "server_mb": resident_mb(process.pid),
        }

    page.wait_for_timeout(60_000)
    first = measure()
    page.wait_for_timeout(600_000)
    last = measure()
    page.close()
    return {"after_1_min": first, "after_11_min": last, "ratio": {name: last[name] / first[name] for name in first}}


def _rounded(value):
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 3) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
