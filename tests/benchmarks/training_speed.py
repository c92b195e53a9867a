"""How fast training is: nn beside the posts' loop written plainly, PyTorch and scikit-learn.

    python tests/benchmarks/training_speed.py [--json]      three quarters of a minute
    python tests/benchmarks/training_speed.py --quick       a quarter of the rounds

Every contestant trains the same network from the same start on the same data by plain full-batch gradient descent, in
double precision, on one thread, and records the loss of every epoch. They take turns, round after round, so that a
machine that slows down slows all of them; a ratio is taken within each round, and the median is shown. PyTorch and
scikit-learn take part where they are installed; the loss that they show is that before their last step.
"""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")  # read when NumPy loads

import argparse
import json
import time
from collections import namedtuple
from statistics import median

import checkout  # noqa: F401  (first, so that the imports below find this checkout)
import numpy as np

from nn import NeuralNetwork, identity, sigmoid
from playground.experiment import Experiment
from tests.benchmarks.contestants import CONTESTANTS

# rounds: how many; epochs: of each contestant, per round
Case = namedtuple("Case", "name title network Xs Ys learning_rate rounds epochs")


def cases():
    Xs = np.arange(-5, 5, 0.1)[None]
    network = NeuralNetwork(1, [(20, sigmoid), (1, identity)], rng=np.random.RandomState(0))
    yield Case("posts", "1-20-1, 100 examples: the posts' example", network, Xs, np.sin(Xs), 0.1, 15, 1000)
    points = Experiment(problem="circle", points=250).make_problem()
    network = NeuralNetwork(2, [(20, sigmoid), (1, identity)], rng=np.random.RandomState(0))
    yield Case("plane", "2-20-1, 250 points of the circle", network, points.Xs, points.Ys, 0.1, 9, 500)
    rng = np.random.RandomState(0)
    Xs = rng.standard_normal((2, 4096))
    network = NeuralNetwork(2, [(256, sigmoid), (256, sigmoid), (1, identity)], rng=rng, initializer="xavier")
    yield Case("large", "2-256-256-1, 4096 examples", network, Xs, np.sin(Xs[:1] * Xs[1:]), 0.1, 9, 6)


# How long each must take at least, as a multiple of nn's time; for the products alone that is their share of an epoch.
TARGETS = {
    "posts": {"posts": 2.2, "pytorch": 6},
    "plane": {"posts": 2.2, "pytorch": 6},
    "large": {"pytorch": 1, "products": 0.8},
}


# --- The contest ------------------------------------------------------------------------------------------------------


def contest(case):
    """{contestant: {"microseconds": [per epoch, one per round], "loss": the last, "epochs": done}}."""
    runs = {}
    for name, prepare in CONTESTANTS.items():
        if name == "products" and case.name != "large":
            continue
        try:
            train = prepare(case)
        except ImportError:
            continue
        train(max(1, case.epochs // 10))  # caches filled, arrays made
        runs[name] = train, [], []
    for turn in range(case.rounds):
        order = list(runs.values())
        for train, times, losses in order[turn % len(order) :] + order[: turn % len(order)]:
            start = time.perf_counter()
            loss = train(case.epochs)
            times.append((time.perf_counter() - start) / case.epochs * 1e6)
            losses.append(loss)
    return {name: {"microseconds": times, "loss": losses[-1]} for name, (_, times, losses) in runs.items()}


def summary(case, results):
    """What is printed: for each contestant the median, how many times as long as nn it takes, and its last loss."""
    ours = results["nn"]["microseconds"]
    rows = {
        name: {
            "microseconds_per_epoch": median(result["microseconds"]),
            "times_nn": median(theirs / nn for theirs, nn in zip(result["microseconds"], ours, strict=True)),
            "loss": result["loss"],
        }
        for name, result in results.items()
    }
    for name, least in TARGETS[case.name].items():
        if name in rows:
            rows[name] |= {"at_least": least, "met": rows[name]["times_nn"] >= least}
    return {"title": case.title, "rounds": case.rounds, "epochs_per_round": case.epochs, "contestants": rows}


def print_table(report):
    print(f"{report['title']}; median of {report['rounds']} rounds of {report['epochs_per_round']} epochs\n")
    print(f"  {'':14}{'us/epoch':>12}{'/ nn':>8}  {'at least':16}loss at the end")
    for name, row in report["contestants"].items():
        target = f"{row['at_least']:g}: {'met' if row['met'] else 'MISSED'}" if "at_least" in row else ""
        loss = "" if row["loss"] is None else f"{row['loss']:.9g}"
        print(f"  {name:14}{row['microseconds_per_epoch']:12.1f}{row['times_nn']:8.2f}  {target:16}{loss}")
    print()


def main():
    parser = argparse.ArgumentParser(description="How fast training is, beside others.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--quick", action="store_true", help="a quarter of the rounds")
    options = parser.parse_args()
    as_json, reports = options.json, {}
    for case in cases():
        case = case._replace(rounds=case.rounds // 4) if options.quick else case
        reports[case.name] = summary(case, contest(case))
        if not as_json:
            print_table(reports[case.name])
    if as_json:
        print(json.dumps(reports, indent=1))


if __name__ == "__main__":
    main()
