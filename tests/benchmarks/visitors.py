"""How many visitors the server carries: each opens the page and trains, all at once.

    python tests/benchmarks/visitors.py 20 30                      twenty visitors who train for half a minute
    python tests/benchmarks/visitors.py 50 30 --replicas 2         behind HAProxy, as deploy/haproxy.cfg has it
    python tests/benchmarks/visitors.py 20 30 --open 180           and 180 more pages that stand open
    python tests/benchmarks/visitors.py 50 600 --reopen 0.1        a tenth closes and reopens the page each minute
    python tests/benchmarks/visitors.py 20 60 --kill               a replica is killed after a third of the time
    python tests/benchmarks/visitors.py 20 30 --heavy              and one who trains 4 x 64 units at the highest speed

The visitors speak Streamlit's own protocol: they send what Chromium sent at the beginning of the measurement, and ask
for frames as the page does, by the clock and past Streamlit. Prints JSON. Visitors and servers share the machine; what
both use is measured apart, and what the host of a virtual machine took of it. It measures; it is no test.
"""

import argparse
import asyncio
import contextlib
import http.client
import json
import random
import statistics
import time
from typing import NamedTuple

import checkout  # noqa: F401  (first, so that the imports below find this checkout)
import websockets
from playwright.sync_api import sync_playwright

from tests.benchmarks.protocol_visitor import ProtocolVisitor
from tests.benchmarks.recorded_visit import record_visit
from tests.benchmarks.replicas import running_replicas
from tests.benchmarks.server_cost import cpu_seconds, stolen_seconds
from tests.support.processes import resident_mb

ARRIVALS_SECONDS = 0.15  # from one visitor to the next
SETTLING_SECONDS = 3.0  # of training, before it counts
PAGE = "/?max_epochs=1000000"  # or a run would end after half a minute
HEAVY = PAGE + "&layers=64,64,64,64&activations=tanh,tanh,tanh,tanh&points=1000&learning_rate=0.01&speed=1000"
BACK_SHARE = 0.9  # of the pictures before a replica was killed, at which they count as back
TROUBLE = (OSError, RuntimeError, TimeoutError, websockets.WebSocketException, http.client.HTTPException)


def main():
    options = _options()
    with running_replicas(options.replicas) as (address, servers):
        with sync_playwright() as playwright:
            recorded = record_visit(playwright, address + PAGE)
            heavy = record_visit(playwright, address + HEAVY) if options.heavy else None
        print(json.dumps(asyncio.run(measure(options, address, servers, recorded, heavy)), indent=2))


class Used(NamedTuple):
    """What was used while the visitors trained.

    Attributes:
        servers, visitors, others: seconds of processor time, of the servers, of this process and of other machines.
        memory_mb: of the servers together, each minute.
    """

    servers: float
    visitors: float
    others: float
    memory_mb: list[float]


async def measure(options, address, servers, recorded, heavy):
    """The figures of so many visitors."""
    idle_mb = sum(resident_mb(server.pid) for server in servers)
    visitors = [ProtocolVisitor(address, recorded) for _ in range(options.visitors)]
    standing = [ProtocolVisitor(address, recorded) for _ in range(options.open)]
    others = [ProtocolVisitor(address, heavy)] if heavy else []
    errors = []
    for visitor in [*standing, *visitors, *others]:
        await _trying(visitor.come(), errors)
        await asyncio.sleep(ARRIVALS_SECONDS)
    start = time.perf_counter() + SETTLING_SECONDS
    end = start + options.seconds
    tasks = [asyncio.create_task(_train(visitor, end, options, errors)) for visitor in [*visitors, *others]]
    await asyncio.sleep(start - time.perf_counter())
    used, killed = await _watch(options, servers, end)
    await asyncio.gather(*tasks)
    for visitor in [*standing, *visitors, *others]:
        await visitor.leave()
    found = _figures(options, visitors, standing, used, idle_mb, start, end) | {"errors": errors}
    went_on = [each for visitor in visitors for each in visitor.went_on]
    lost = max([0, *(each.before - each.after for each in went_on)])
    if options.kill:
        found["after_the_kill"] = _after_kill(visitors, went_on, lost, start, killed, end)
    if options.reopen:
        found["reopened"] = {"times": len(went_on), "epochs_lost": lost}
    return found


async def _watch(options, servers, end):
    """Watches the servers to the end, and kills one if that is asked for; returns what was used, and when it was."""
    cpu, own, stolen, memory = _cpu(servers), time.process_time(), stolen_seconds(), []
    if options.kill:
        await asyncio.sleep(options.seconds / 3)
        servers[0].kill()
    killed = time.perf_counter()
    while time.perf_counter() < end - 1:
        await asyncio.sleep(min(60.0, max(0.1, end - 1 - time.perf_counter())))
        memory.append(sum(resident_mb(server.pid) for server in servers if server.poll() is None))
    await asyncio.sleep(max(0.0, end - time.perf_counter()))
    return Used(_cpu(servers) - cpu, time.process_time() - own, stolen_seconds() - stolen, memory), killed


def _figures(options, visitors, standing, used, idle_mb, start, end):
    rates = [_rate(visitor, start, end) for visitor in visitors]
    waits = sorted(1000 * wait for visitor in visitors for at, wait in visitor.ticks if start <= at <= end)
    runs = sorted(seconds for visitor in [*standing, *visitors] for seconds in visitor.first_runs)
    return {
        "visitors": options.visitors,
        "seconds": options.seconds,
        "replicas": options.replicas,
        "pages_open": options.open + options.visitors,
        "frames_per_second": {"median": round(statistics.median(rates), 1), "least": round(min(rates), 1)},
        "tick_ms": {name: round(_quantile(waits, q)) for name, q in (("p50", 0.5), ("p95", 0.95), ("max", 1.0))},
        "ticks_per_second": round(len(waits) / options.seconds / options.visitors, 2),
        "server_cpu_ms_per_visitor_and_second": round(1000 * used.servers / options.seconds / options.visitors, 1),
        "cores_of_the_visitors": round(used.visitors / options.seconds, 2),
        "cores_taken_by_other_machines": round(used.others / options.seconds, 2),
        "memory_mb": {
            "idle": round(idle_mb),
            "a_visitor": round((used.memory_mb[0] - idle_mb) / (options.open + options.visitors), 2),
            "each_minute": [round(each) for each in used.memory_mb],
        },
        "first_run_p95_s": round(_quantile(runs, 0.95), 2),
    }


def _after_kill(visitors, went_on, lost, start, killed, end):
    usual = statistics.mean(_rate(visitor, start, killed) for visitor in visitors)
    return {
        "came_again": len(went_on),
        "epochs_lost": lost,
        "last_went_on_after_s": round(max((each.at for each in went_on), default=killed) - killed, 1),
        "frames_per_second_before": round(usual, 1),
        "seconds_until_frames_are_back": _back_after(visitors, killed, end, BACK_SHARE * usual),
        "frames_per_second_after_10_s": round(statistics.median(_rate(v, killed + 10, end) for v in visitors), 1),
    }


def _back_after(visitors, killed, end, rate):
    """Seconds after the kill until the visitors have so many pictures in a second again; None if they never have."""
    seconds = range(int(end - killed))
    rates = [statistics.mean(_rate(visitor, killed + i, killed + i + 1) for visitor in visitors) for i in seconds]
    fell = next((i for i in seconds if rates[i] < rate), 0)
    return next((i for i in seconds[fell:] if rates[i] >= rate), None)


async def _train(visitor, end, options, errors):
    """Trains until the end; comes again where the connection is lost, or the visitor closes the page."""
    is_training = False
    while time.perf_counter() < end:
        stay = random.expovariate(options.reopen / 60) if options.reopen else float("inf")
        try:
            if not is_training:
                await visitor.press_train()
                is_training = True
            await visitor.watch(min(end, time.perf_counter() + stay))
            if time.perf_counter() < end:
                await visitor.leave()
                await visitor.come_again()
        except TROUBLE as error:
            if not options.kill:
                errors.append(f"{type(error).__name__}: {error}")
                return
            await asyncio.sleep(random.random())  # not all at once, as browsers do
            with contextlib.suppress(*TROUBLE):
                await visitor.come_again()


async def _trying(coming, errors):
    try:
        await coming
    except TROUBLE as error:
        errors.append(f"{type(error).__name__}: {error}")


def _rate(visitor, start, end):
    """Pictures per second."""
    return sum(start <= at <= end for at in visitor.pictures) / (end - start)


def _cpu(servers):
    return sum(cpu_seconds(server) for server in servers if server.poll() is None)


def _quantile(values, q):
    return values[min(len(values) - 1, int(q * len(values)))] if values else float("nan")


def _options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("visitors", type=int, help="who train")
    parser.add_argument("seconds", type=float)
    parser.add_argument("--replicas", type=int, default=1, help="servers behind HAProxy; 1 is a server alone")
    parser.add_argument("--open", type=int, default=0, help="more pages that stand open")
    parser.add_argument("--reopen", type=float, default=0.0, help="the share that comes again each minute")
    parser.add_argument("--kill", action="store_true", help="kill a replica after a third of the time")
    parser.add_argument("--heavy", action="store_true", help="one more visitor trains a large network")
    return parser.parse_args()


if __name__ == "__main__":
    main()
