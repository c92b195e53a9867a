"""What takes long is bounded over all visitors, and who has to wait for it reads so; by Streamlit's own protocol."""

import contextlib
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from playground.compare.sweep_runner import MAX_PROCESSES
from tests.support.processes import children, until
from tests.support.server import running_app
from tests.support.visitor import Visitor

LARGE = {"layers": "64,64,64,64", "activations": "tanh,tanh,tanh,tanh", "points": 1000, "learning_rate": 0.01}
LIMIT = 5000  # epochs


@pytest.fixture(scope="module")
def app():
    with running_app() as (address, process):
        yield address.removeprefix("http://"), process


@contextlib.contextmanager
def visitors(host, count, **query):
    """So many visitors who have opened the page at one address."""
    with contextlib.ExitStack() as opened:
        several = [opened.enter_context(Visitor(host)) for _ in range(count)]
        for each in several:
            each.draws(urlencode(query))
        yield several


def waits_for(visitor):
    """How many come before them, as the page says; 0 where it does not let them wait."""
    (before,) = re.findall(r"waits its turn: (\d+)", " ".join(visitor.texts)) or ["0"]
    return int(before)


def sweeping(process):
    """The processes that train a sweep for a server."""
    commands = []
    for pid in children(process.pid):
        with contextlib.suppress(OSError):
            commands.append(Path(f"/proc/{pid}/cmdline").read_text())
    return [command for command in commands if "spawn_main" in command]


def test_one_sweep_is_trained_at_a_time_by_few_processes(app):
    host, process = app
    with visitors(host, 3, view="sweep", **LARGE) as (first, second, third):
        for each in (first, second, third):
            each.presses("Start the sweep")
        assert [waits_for(each) for each in (first, second, third)] == [0, 1, 2]
        until(lambda: sweeping(process))
        first.presses("Cancel the sweep")
        for each in (second, third):
            each.draws()
            assert len(sweeping(process)) <= MAX_PROCESSES
        assert [waits_for(each) for each in (second, third)] == [0, 1]
        for each in (second, third):
            each.presses("Cancel the sweep")
        until(lambda: not sweeping(process))


def test_two_maps_of_the_loss_are_computed_at_a_time(app):
    with visitors(app[0], 3, view="landscape", **LARGE) as those:
        for each in those:
            each.presses("Map the loss around here")

        def waiting():
            for each in those:
                each.draws()  # and so asks for the next piece
            return [each for each in those if waits_for(each)]

        until(lambda: len(waiting()) == 1)
        (last,) = filter(waits_for, those)
        assert waits_for(last) == 1
        next(each for each in those if each is not last).presses("Cancel")
        until(lambda: last.draws() and not waits_for(last))


def test_a_race_ends_at_the_limit_of_its_runs_and_the_pages_own_run_pauses_for_it(app):
    with visitors(app[0], 1, view="race", play=1, speed=50, max_epochs=LIMIT) as (visitor,):
        assert visitor.board["playing"]
        visitor.presses("Start the race")
        assert (visitor.board["playing"], visitor.headers["race"]["playing"]) == (False, True)
        for _ in range(20):
            visitor.ticks("race")
        race = visitor.headers["race"]
        assert (race["playing"], race["history"]["until"]) == (False, LIMIT)
