"""The sweep: what is trained, that it is trained as everywhere else, and that nothing is left of it afterwards."""

import json
import math
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from playground.compare import sweep_runner
from playground.compare.result import Result, train
from playground.compare.settings import SETTINGS, spread_values
from playground.compare.sweep import MAX_CELLS, SweepPlan, summary
from playground.compare.sweep_runner import MAX_REPLACEMENTS, SweepRunner, seconds_left
from playground.compare.sweep_worker import answer
from playground.experiment import Experiment
from playground.player import Player

PROCESSES = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")
CLASSES = Experiment(
    problem="moons", loss="cross_entropy", points=60, test_fraction=0.3, noise=0.2, layers=(6, 4),
    activations=("tanh", "relu"), optimizer="adam", batch_size=16, dropout=0.2, l2=1e-3, learning_rate=0.02,
)  # fmt: skip
MANY = {"axes": (("learning_rate", (0.01, 0.02, 0.05, 0.1)),), "seeds": 9}  # runs
LONG = SweepPlan(Experiment(), epochs=20_000, **MANY)  # about half a second a run
ENDLESS = SweepPlan(Experiment(points=1000, batch_size=1), (("l2", (0.0, 0.1)),), 1, 6000)  # minutes a run
SHORT = SweepPlan(Experiment(), epochs=5, **MANY)


def plan_of(*axes, experiment=None, seeds=1, epochs=10):
    return SweepPlan(experiment or Experiment(), axes, seeds, epochs)


ELDERS = set()  # the processes that other tests have started, such as a browser


@pytest.fixture(autouse=True)
def elders():
    """What was there before a test is not its own."""
    ELDERS.clear()
    ELDERS.update(children())


def children():
    """The process ids of what this test has started and not reaped."""
    stats = map(_stat, Path("/proc").glob("[0-9]*/stat"))
    return {int(stat.split()[0]) for stat in stats if _parent(stat) == os.getpid()} - ELDERS


def _stat(path):
    try:
        return path.read_text()
    except OSError:  # it is gone
        return ""


def _parent(stat):
    return int(stat.rpartition(")")[2].split()[1]) if stat else None


def everything():
    """All that a runner could leave behind: processes, threads and open files."""
    return children(), set(threading.enumerate()), sorted(os.listdir("/proc/self/fd"))


def until(holds, seconds=60.0):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "It never comes."
        time.sleep(0.01)


def finished(runner):
    """The last Progress of a runner that is polled to its end."""
    until(lambda: runner.poll().ended is not None)
    return runner.poll()


@pytest.fixture
def nothing_left():
    """The test must leave nothing behind."""
    before = everything()
    yield
    until(lambda: everything() == before)


@pytest.fixture
def run(nothing_left):
    """Makes runners, which are cancelled in the end."""
    runners = []

    def make(plan, workers=2):
        runners.append(SweepRunner(plan, workers))
        return runners[-1]

    yield make
    for runner in runners:
        runner.cancel()


def under_way(runner):
    """Waits for a first result, by which every worker trains; gives the workers' process ids."""
    until(lambda: runner.poll().done > 0)
    return sorted(children())


# --- The plan ---------------------------------------------------------------------------------------------------------


def test_every_combination_is_a_cell():
    plan = plan_of(("learning_rate", [0.1, 0.2]), ("batch_size", [0, 10, 20]))
    rates = [(cell.learning_rate, cell.batch_size) for cell in plan.cells()]
    assert rates == plan.values == [(0.1, 0), (0.1, 10), (0.1, 20), (0.2, 0), (0.2, 10), (0.2, 20)]


def test_units_and_activation_are_those_of_all_hidden_layers():
    deep = Experiment(layers=(3, 4, 5), activations=("tanh", "relu", "sigmoid"))
    cells = plan_of(("units", [7]), ("activation", ["sine"]), experiment=deep).cells()
    assert cells == [deep.changed(layers=(7, 7, 7), activations=("sine",) * 3)]


def test_every_cell_is_trained_once_from_each_seed_and_all_cells_before_the_next_seed():
    plan = plan_of(("learning_rate", [0.1, 0.2]), experiment=Experiment(seed=9998), seeds=3)
    runs = plan.runs()
    assert list(runs) == [(cell, seed) for seed in range(3) for cell in range(2)]
    assert [(e.learning_rate, e.seed) for e in runs.values()] == [
        (0.1, 9998), (0.2, 9998), (0.1, 9999), (0.2, 9999), (0.1, 0), (0.2, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"axes": ()}, "none"),
        ({"axes": (("l1", [0]), ("l2", [0]), ("clip", [0]))}, "l1 and l2 and clip"),
        ({"axes": (("l1", [0]), ("l1", [1]))}, "l1 and l1"),
        ({"axes": (("colour", [1]),)}, "'colour'"),
        ({"axes": (("own", ["x,y"]),)}, "'own'"),
        ({"axes": (("seed", [1]),)}, "'seed'"),
        ({"axes": (("layers", [(3,)]),)}, "'layers'"),
        ({"axes": (("l1", []),)}, "L1"),
        ({"axes": (("l1", 0.1),)}, "L1"),
        ({"axes": (("l1", [0.1, 0.2, 0.1]),)}, "0.1 is listed twice"),
        ({"axes": (("units", [8, 8.0]),)}, "8 is listed twice"),
        ({"axes": (("learning_rate", [0.1, 1000]),)}, "1000"),
        ({"axes": (("learning_rate", [math.nan]),)}, "nan"),
        ({"axes": (("learning_rate", [True]),)}, "True"),
        ({"axes": (("units", [65]),)}, "65"),
        ({"axes": (("units", [2.5]),)}, "2.5"),
        ({"axes": (("activation", ["softmax"]),)}, "'softmax'"),
        ({"axes": (("optimizer", ["newton"]),)}, "'newton'"),
        ({"axes": (("loss", ["squared_error", "cross_entropy"]),)}, "Loss cross_entropy: "),
        ({"axes": (("low", [-5, 5]), ("high", [5]))}, "From x = 5.0 and To x = 5.0: "),
        ({"axes": (("data_seed", list(range(65))),)}, "1 to 64"),
        ({"axes": (("data_seed", list(range(13))), ("units", [1, 2, 3, 4, 5]))}, "65"),
        ({"seeds": 0}, "0"),
        ({"seeds": 10}, "10"),
        ({"seeds": 1.5}, "1.5"),
        ({"epochs": 0}, "0"),
        ({"epochs": 20_001}, "20001"),
        ({"epochs": "many"}, "'many'"),
    ],
)
def test_what_cannot_be_swept_is_named_in_one_sentence(values, told):
    with pytest.raises(ValueError, match=re.escape(told)) as refusal:
        SweepPlan(**{"experiment": Experiment(), "axes": (("l1", [0.1]),), "seeds": 1, "epochs": 10, **values})
    text = str(refusal.value)
    assert text.endswith(".")
    assert "\n" not in text


def test_a_cell_whose_training_cannot_start_is_refused():
    huge = Experiment(target="points", own="x,y\n1,1e90\n2,3\n", scale=0.0, dtype="float64")
    assert plan_of(("dtype", ["float64"]), experiment=huge)
    with pytest.raises(ValueError, match=r"^With Arithmetic float32: "):
        plan_of(("dtype", ["float64", "float32"]), experiment=huge)


def test_the_largest_sweep_of_the_posts_run_is_allowed_and_of_a_far_larger_one_is_not():
    rates = ("learning_rate", [0.001 * (1 + n) for n in range(MAX_CELLS)])
    assert len(plan_of(rates, seeds=9, epochs=20_000).runs()) == 64 * 9
    for larger in ({"layers": (64,) * 2, "activations": ("tanh",) * 2}, {"points": 1000}, {"batch_size": 5}):
        with pytest.raises(ValueError, match=r"about \d+ minutes, and the limit is 5"):
            plan_of(rates, experiment=Experiment(**larger), seeds=9, epochs=20_000)
        assert plan_of(rates, experiment=Experiment(**larger), epochs=100)


# --- Values worth comparing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("experiment", [Experiment(), CLASSES], ids=["posts", "classes"])
@pytest.mark.parametrize("name", SETTINGS)
def test_values_are_spread_around_the_present_one_and_can_all_be_swept(name, experiment):
    values = spread_values(name, 5, experiment)
    of = {"units": "layers", "activation": "activations"}.get(name)
    own = getattr(experiment, of)[0] if of else getattr(experiment, name)
    assert own in values
    assert plan_of((name, values), experiment=experiment)
    if not SETTINGS[name].choices:
        assert list(values) == sorted(set(values))
        assert len(values) == 5
        assert {type(value) for value in values} == {type(own)}


def test_what_is_spread_is_the_order_of_magnitude_of_a_rate_and_the_rest_that_a_momentum_forgets():
    np.testing.assert_allclose(
        spread_values("learning_rate", 5, Experiment()), 10 ** np.arange(-2, 0.5, 0.5), rtol=0.02
    )
    np.testing.assert_allclose(spread_values("l2", 3, Experiment(l2=0.01)), [0.001, 0.01, 0.1])
    assert spread_values("l2", 4, Experiment()) == (0.0, 1e-5, 1e-4, 1e-3)
    kept = np.array(spread_values("beta2", 5, Experiment()))
    np.testing.assert_allclose(np.log10(1 - kept), [-2, -2.5, -3, -3.5, -4], atol=0.01)
    assert spread_values("units", 4, Experiment()) == (5, 10, 20, 40)


def test_at_a_limit_values_are_spread_to_one_side():
    assert spread_values("units", 3, Experiment(layers=(64,))) == (16, 32, 64)
    assert spread_values("learning_rate", 3, Experiment(learning_rate=1e-6)) == (1e-6, 3.2e-6, 1e-5)
    assert spread_values("units", 9, Experiment(layers=(1,))) == (1, 2, 4, 8, 16, 32, 64)


def test_of_choices_there_are_all_that_the_experiment_could_have():
    assert spread_values("activation", 2, Experiment()) == SETTINGS["activation"].choices
    assert "cross_entropy" not in spread_values("loss", 2, Experiment())
    assert "cross_entropy" in spread_values("loss", 2, CLASSES)


# --- Results ----------------------------------------------------------------------------------------------------------


def test_a_run_is_the_training_that_the_page_plays():
    player = Player(CLASSES.changed(max_epochs=40))
    player.play()
    until(lambda: player.tick() or not player.playing)
    last = player.frames[-1]
    result = train(CLASSES, 40)
    assert (last.epoch, last.loss, last.test_loss) == (40, result.loss, result.test_loss)
    shares = [np.trace(counts) / counts.sum() for counts in last.confusion]
    assert shares == [result.accuracy, result.test_accuracy]
    assert 0 < result.accuracy < 1  # or it would tell nothing


def test_a_run_goes_through_all_of_its_epochs_whatever_would_stop_the_experiment():
    stopped = Experiment(max_epochs=3, target_loss=1000.0)
    assert train(stopped, 20).loss == train(Experiment(), 20).loss


def test_a_run_that_diverges_counts_as_the_worst_there_is():
    result = train(Experiment(learning_rate=100.0, test_fraction=0.2), 3000)
    assert result[:5] == (math.inf, True, math.inf, None, None)
    classes = CLASSES.changed(loss="squared_error", optimizer="gradient_descent", learning_rate=100.0, dropout=0.0)
    result = train(classes.changed(activations=("relu", "relu")), 3000)
    assert result[:5] == (math.inf, True, math.inf, 0.0, 0.0)


def test_a_cell_tells_the_median_and_the_spread_over_its_seeds():
    plan = plan_of(("learning_rate", [0.1, 0.2, 0.3]), seeds=4)
    first, second, third = summary(
        plan,
        {
            (0, 0): Result(3.0, False, 5.0, 0.5, 0.25, seconds=1.0),
            (0, 1): Result(1.0, False, 7.0, 0.75, 0.5, seconds=2.0),
            (0, 2): Result(math.inf, True, math.inf, 0.0, 0.0, seconds=0.5),
            (0, 3): Result(failed="It broke."),
            (1, 0): Result(math.inf, True, seconds=1.0),
            (1, 1): Result(2.0, False, seconds=3.0),
        },
    )
    assert first == ((0.1,), 3, 3.0, 1.0, math.inf, 1, ("It broke.",), 7.0, 0.5, 0.25, 1.0)
    assert second == ((0.2,), 2, math.inf, 2.0, math.inf, 1, (), None, None, None, 2.0)
    assert third == ((0.3,), 0, None, None, None, 0, (), None, None, None, None)


def test_the_time_left_is_that_of_what_is_left_at_the_pace_so_far():
    expected = (1.0, 2.0, 5.0)
    results = {(0, 0): Result(1.0, False, seconds=3.0), (1, 0): Result(1.0, False, seconds=6.0)}  # three times that
    assert seconds_left(expected, results, [(2, 10.0)], [0, 1], 1) == 15 - 10 + 3 + 6
    assert seconds_left(expected, results, [(2, 10.0)], [0, 1], 2) == 7
    assert seconds_left(expected, results, [(2, 100.0)], [], 2) == 0  # later than expected
    assert seconds_left(expected, {(0, 0): Result(failed="It broke.")}, [], [1], 2) is None


# --- The worker -------------------------------------------------------------------------------------------------------


def line_of(experiment, epochs):
    return json.dumps({"experiment": asdict(experiment), "epochs": epochs}).encode() + b"\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (json.dumps({"experiment": {"learning_rate": 1000}, "epochs": 5}), "Learning rate"),
        (json.dumps({"experiment": {"formula": "__import__('os')", "target": "formula"}, "epochs": 5}), ""),
        (json.dumps({"experiment": {"layers": [64] * 9}, "epochs": 5}), "hidden layers"),
        (json.dumps({"experiment": {"colour": 1}, "epochs": 5}), "colour"),
        (json.dumps({"experiment": {}, "epochs": 20_001}), "Epochs"),
        (json.dumps({"experiment": {}, "epochs": math.inf}), "Epochs"),
        (json.dumps({"experiment": {}}), "epochs"),
        (json.dumps([1, 2]), ""),
        ("{", ""),
    ],
)
def test_a_worker_checks_again_what_it_is_asked(line, told):
    result = Result(**json.loads(answer(line)))
    assert result.failed
    assert told in result.failed
    assert result[:-1] == (None,) * 6


def test_a_worker_imports_nothing_that_draws():
    drawing = "{'streamlit', 'plotly', 'pandas'}"
    code = f"import playground.compare.sweep_worker, sys; sys.exit(len({drawing} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=sweep_runner.ROOT, check=False).returncode == 0


@pytest.fixture
def worker():
    """Starts a worker by itself; `code` runs before its main."""
    processes = []

    def start(code="pass"):
        code = f"import playground.compare.sweep_worker as worker; {code}; worker.main()"
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        processes.append(subprocess.Popen([sys.executable, "-c", code], cwd=sweep_runner.ROOT, **pipes))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def test_a_worker_ends_when_nobody_is_there_to_ask_it_even_in_the_middle_of_a_run(worker):
    process = worker()
    process.stdin.write(line_of(Experiment(), 5) + line_of(Experiment(points=1000, batch_size=1), 20_000))
    process.stdin.flush()
    assert process.stdout.readline()  # it is at the second, which takes minutes
    process.stdin.close()
    assert process.wait(5) == 0
    process.stdin = None


def test_a_worker_ends_when_a_run_takes_too_long_and_not_when_many_do_or_nothing_is_asked(worker):
    process = worker("worker.RUN_SECONDS = 1.0")
    for _ in range(3):
        process.stdin.write(line_of(Experiment(), 5))
        process.stdin.flush()
        assert Result(**json.loads(process.stdout.readline())).failed is None
        time.sleep(0.6)
    assert process.poll() is None
    process.stdin.write(line_of(Experiment(points=1000, batch_size=1), 20_000))
    process.stdin.flush()
    assert process.wait(10) == 1


# --- The runner -------------------------------------------------------------------------------------------------------


@PROCESSES
@pytest.mark.parametrize(
    "plan",
    [
        SweepPlan(CLASSES, (("learning_rate", (0.01, 0.1)), ("units", (3, 20))), 2, 40),
        SweepPlan(Experiment(), (("learning_rate", (0.1, 100.0)), ("dtype", ("float32", "float64"))), 2, 300),
        SweepPlan(
            Experiment(target="formula", formula="sin(x) * x", noise=0.2, test_fraction=0.3, scaling="standard"),
            (("optimizer", ("momentum", "rmsprop")),), 3, 50,
        ),
    ],
    ids=["classes", "diverging", "formula"],
)  # fmt: skip
def test_the_results_are_those_of_training_here_bit_for_bit(run, plan):
    runner = run(plan)
    progress = finished(runner)
    assert progress[:3] == (len(plan.runs()), len(plan.runs()), 0)
    assert set(runner.results) == set(plan.runs())
    for key, experiment in plan.runs().items():
        trainer = experiment.start().trainer
        trainer.train(plan.epochs)
        result = runner.results[key]
        assert result.failed is None
        assert result.diverged == (trainer.diverged is not None)
        assert result.loss == (math.inf if trainer.diverged else trainer.loss)
        assert result[:5] == train(experiment, plan.epochs)[:5]
    assert summary(plan, runner.results)[0].runs == plan.seeds


@PROCESSES
def test_workers_have_the_lowest_priority_and_one_thread_for_products_and_the_page_stays_as_it_was(run):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    pids = under_way(run(LONG))
    assert len(pids) == 2
    for pid in pids:
        assert {os.getpriority(os.PRIO_PROCESS, int(task)) for task in os.listdir(f"/proc/{pid}/task")} == {19}
        assert b"OPENBLAS_NUM_THREADS=1" in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@PROCESSES
@pytest.mark.parametrize("workers", [None, 50])
def test_there_are_as_many_workers_as_cores_and_no_more_than_runs(run, workers):
    plan = SweepPlan(Experiment(), (("learning_rate", (0.05, 0.06, 0.07)),), 1, 20_000)
    runner = run(plan, workers)
    wanted = min(workers or os.cpu_count(), 3)
    assert len(runner._threads) == wanted
    until(lambda: len(children()) == wanted)


@PROCESSES
def test_it_ends_by_itself_and_nothing_is_left(nothing_left):
    runner = SweepRunner(SHORT, 2)
    progress = finished(runner)
    assert progress == (36, 36, 0, "The sweep is done.")
    runner.cancel()  # too late, and harmless
    assert runner.poll() == progress


@PROCESSES
def test_runs_follow_one_another_without_waiting_for_a_poll(run):
    runner = run(SHORT)
    until(lambda: not children() and not runner._threads[0].is_alive())
    assert runner.results == {}
    assert runner.poll().done == 36
    assert len(runner.results) == 36


@PROCESSES
def test_cancelled_it_keeps_what_is_done_and_leaves_nothing(nothing_left):
    before = everything()
    runner = SweepRunner(LONG, 2)
    under_way(runner)
    runner.cancel()
    assert everything() == before
    done, of, left, ended = runner.poll()
    assert 0 < done < of == 36
    assert (left, ended) == (0, "The sweep was cancelled.")
    assert not any(result.failed for result in runner.results.values())
    runner.cancel()
    assert runner.poll().ended == ended


@PROCESSES
def test_cancelled_it_waits_for_no_run(nothing_left):
    before = everything()
    runner = SweepRunner(ENDLESS, 2)
    until(lambda: len(children()) == 2)
    time.sleep(0.5)  # by which they train
    start = time.monotonic()
    runner.cancel()
    assert time.monotonic() - start < 5
    assert everything() == before
    assert runner.poll() == (0, 2, 0, "The sweep was cancelled.")


@PROCESSES
def test_cancelled_before_its_workers_have_started_nothing_is_left(nothing_left):
    for pause in (0, 0, 0.001, 0.003, 0.01, 0.1):
        before = everything()
        runner = SweepRunner(LONG, 2)
        time.sleep(pause)
        runner.cancel()
        assert everything() == before


@PROCESSES
def test_a_thread_that_is_late_starts_no_worker_once_the_sweep_is_cancelled(nothing_left):
    runner = SweepRunner(LONG, 1)
    runner.cancel()
    assert runner._start(replaces=False) is None


@PROCESSES
def test_workers_that_stand_still_keep_neither_a_poll_nor_a_cancel(nothing_left):
    before = everything()
    runner = SweepRunner(LONG, 2)
    for pid in under_way(runner):
        os.kill(pid, signal.SIGSTOP)
    start = time.monotonic()
    for _ in range(10):
        assert runner.poll().ended is None
    runner.cancel()
    assert time.monotonic() - start < 5
    assert everything() == before


@PROCESSES
def test_one_that_nobody_looks_at_ends_by_itself_and_nothing_is_left(nothing_left, monkeypatch):
    monkeypatch.setattr(sweep_runner, "PATIENCE", 0.8)
    before = everything()
    runner = SweepRunner(LONG, 2)
    start = time.monotonic()
    while time.monotonic() - start < 1.2:  # longer than its patience
        assert runner.poll().ended is None
        time.sleep(0.1)
    until(lambda: everything() == before, 10.0)
    progress = runner.poll()
    assert progress.done < progress.of
    assert progress.ended == "Nobody looked at the sweep for 0.8 seconds, so it was ended."


@PROCESSES
def test_a_worker_that_crashes_costs_its_one_run_and_is_replaced(run):
    plan = SweepPlan(Experiment(), MANY["axes"], 2, 5000)
    runner = run(plan)
    killed = under_way(runner)[0]
    os.kill(killed, signal.SIGKILL)
    until(lambda: killed not in children() and len(children()) == 2)
    assert finished(runner)[:2] == (8, 8)
    failed = [key for key, result in runner.results.items() if result.failed]
    assert len(failed) == 1
    assert runner.results[failed[0]] == Result(failed="The process that trained it crashed.")
    assert [len(cell.failed) for cell in summary(plan, runner.results)].count(1) == 1
    for key, experiment in plan.runs().items():
        assert key in failed or runner.results[key].loss == train(experiment, 5000).loss


@PROCESSES
@pytest.mark.parametrize(
    "command",
    [(sys.executable, "-c", "1/0"), (sys.executable, "-c", "print([1])"), ("/nowhere",)],
    ids=["crash", "chatter", "are missing"],
)
def test_workers_that_keep_crashing_are_replaced_a_few_times_only(run, monkeypatch, command):
    monkeypatch.setattr(sweep_runner, "COMMAND", command)
    runner = run(SHORT)
    progress = finished(runner)
    assert progress.done == (0 if command == ("/nowhere",) else 2 + MAX_REPLACEMENTS)
    assert all(result.failed for result in runner.results.values())
    assert progress.ended == "The processes that train kept crashing, so the sweep was given up."
    assert progress.seconds_left == 0


@PROCESSES
def test_a_run_that_takes_too_long_has_failed(run, monkeypatch):
    code = "import playground.compare.sweep_worker as worker; worker.RUN_SECONDS = 0.5; worker.main()"
    monkeypatch.setattr(sweep_runner, "COMMAND", (sys.executable, "-c", code))
    monkeypatch.setattr(sweep_runner, "RUN_SECONDS", 0.5)
    runner = run(ENDLESS)
    assert finished(runner).done == 2
    assert {result.failed for result in runner.results.values()} == {"It was not done after 0 minutes."}


@PROCESSES
def test_when_the_page_s_process_is_killed_its_workers_end():
    code = (
        "import time; from playground.experiment import Experiment; from playground.compare.sweep import SweepPlan\n"
        "from playground.compare.sweep_runner import SweepRunner\n"
        "runner = SweepRunner(SweepPlan(Experiment(), (('l2', (0.0, 0.1)),), 9, 20_000), 2)\n"
        "while runner.poll().done == 0: time.sleep(0.01)\n"
        "import sys; sys.stdout.write(' '.join(str(w._process.pid) for w in runner._workers) + chr(10))\n"
        "sys.stdout.flush(); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=sweep_runner.ROOT, stdout=subprocess.PIPE) as page:
        pids = page.stdout.readline().split()
        assert len(pids) == 2
        page.kill()
    until(lambda: not any(_trains(pid) for pid in pids))


def _trains(pid):
    """Whether a process is there and not a zombie, which whoever inherits it will reap."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{int(pid)}/status").read_text()
    except OSError:
        return False
