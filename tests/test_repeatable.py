"""One description, one run: on another machine too, as far as the page promises it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.lessons import LESSONS
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.targets import TARGETS
from playground.sharing.links import from_query, to_query
from playground.sharing.repeatable import MAX_EPOCHS, TOLERANCE, repeatability

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
NAMED = {
    **{name: Experiment(target=name) for name in TARGETS},
    **{name: Experiment(problem=name) for name in PROBLEMS_2D},
}
SHIPPED = {
    **NAMED,
    **{f"{name}, recommended": experiment.with_recommended_settings() for name, experiment in NAMED.items()},
    **{f"lesson {name}": lesson.experiment for name, lesson in LESSONS.items()},
    "momentum": Experiment(optimizer="momentum", learning_rate=0.02),
    "nesterov": Experiment(optimizer="nesterov", learning_rate=0.02),
    "adam": Experiment(target="step", optimizer="adam", learning_rate=0.02),
    "L2 and dropout": Experiment(l2=1e-3, dropout=0.2),
    "L1, Huber": Experiment(l1=1e-3, loss="huber"),
}
CHAOTIC = {
    "Adam on a sine": Experiment(optimizer="adam", learning_rate=0.02),
    "RMSProp": Experiment(optimizer="rmsprop", learning_rate=0.02),
    "two layers": Experiment(layers=(20, 10), activations=("tanh", "tanh")),
    "three layers": Experiment(layers=(10,) * 3, activations=("tanh",) * 3, learning_rate=0.3),
}
AT_THE_EDGE = "lesson stable_edge"  # of stability; of chaos, too: the same run elsewhere, but the page is careful
BOTH = SHIPPED | CHAOTIC
TRAIN = """
import json, sys
import numpy as np
from playground.sharing.links import from_query
sums = np.exp(np.random.RandomState(0).standard_normal((64, 64)))
print(json.dumps([float((sums @ sums).sum()), np.exp(-sums).tolist()]))
for query in json.load(sys.stdin):
    experiment = from_query(query).start.experiment
    trainer = experiment.start().trainer
    trainer.train(1000)
    print(json.dumps(trainer.history.losses.tolist()))
"""


def losses(experiment):
    trainer = experiment.start().trainer
    trainer.train(MAX_EPOCHS)
    return trainer.history.losses


def trained(queries, **environment):
    """What TRAIN prints, one value per line."""
    command = [sys.executable, "-W", "ignore", "-c", TRAIN]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **environment}
    done = subprocess.run(
        command, input=json.dumps(queries), capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def elsewhere():
    """The losses of all these experiments with the rounding of a processor of 2004, as far as libraries imitate it.

    OpenBLAS uses the kernels of that processor, and NumPy its loops without later instructions: both round differently.
    """
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    old = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": " ".join(found)}
    queries = [to_query(experiment) for experiment in BOTH.values()]
    here, there = trained([])[0], trained(queries, **old)
    if here == there[0]:
        pytest.skip("this machine cannot imitate another")
    return dict(zip(BOTH, there[1:], strict=True))


def apart(here, there):
    """The relative difference of the losses, for each epoch that both have."""
    both = min(len(here), len(there))
    return np.abs(np.subtract(here[:both], there[:both])) / np.abs(here[:both])


@pytest.mark.parametrize("name", SHIPPED)
def test_what_the_page_offers_is_the_same_run_on_another_processor(name, elsewhere):
    here, there = losses(SHIPPED[name]), elsewhere[name]
    assert len(here) == len(there)
    assert len(here) == MAX_EPOCHS + 1 or SHIPPED[name].patience  # a run that stops early does so at the same epoch
    assert apart(here, there).max() <= TOLERANCE


@pytest.mark.parametrize("name", [name for name in SHIPPED if name != AT_THE_EDGE])
def test_and_the_page_says_so(name):
    found = repeatability(SHIPPED[name], seconds=60)
    assert found == (MAX_EPOCHS, None)


@pytest.mark.parametrize("name", CHAOTIC)
def test_a_chaotic_run_differs_elsewhere_but_not_before_the_epoch_that_the_page_shows(name, elsewhere):
    found = repeatability(CHAOTIC[name], seconds=60)
    differences = apart(losses(CHAOTIC[name]), elsewhere[name])
    assert differences.max() > TOLERANCE
    assert found.first_difference is not None
    assert differences[: int(0.95 * found.first_difference)].max() <= TOLERANCE


def test_every_link_gives_the_experiment_that_was_compared():
    for experiment in BOTH.values():
        start, errors = from_query(to_query(experiment))
        assert (start.experiment, errors) == (experiment, [])


def test_seven_digits_are_not_enough():
    assert repeatability(Experiment(dtype="float32")).first_difference is not None


def test_a_run_that_diverges_in_the_same_way_everywhere_is_the_same_run():
    experiment = Experiment(learning_rate=5.0, activations=("relu",))
    trainer = experiment.start().trainer
    trainer.train(MAX_EPOCHS)
    assert trainer.diverged
    assert repeatability(experiment) == (trainer.epoch, None)


def test_it_compares_as_many_epochs_as_there_is_time_for():
    experiment = Experiment(layers=(64,) * 4, activations=("tanh",) * 4, points=1000, learning_rate=0.001)
    found = repeatability(experiment, seconds=0.0)
    assert 0 < found.epochs < MAX_EPOCHS
    assert found.first_difference is None
