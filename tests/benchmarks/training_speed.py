"""How fast training is: nn beside the posts' loop written plainly, PyTorch and scikit-learn.

    python tests/benchmarks/training_speed.py [--json]

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
import warnings
from collections import namedtuple
from statistics import median

import checkout  # noqa: F401  (first, so that the imports below find this checkout)
import numpy as np

from nn import GradientDescent, NeuralNetwork, Trainer, identity, sigmoid
from playground.experiment import Experiment

# rounds: how many; epochs: of each contestant, a round
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


# --- The contestants: each prepares a case and gives a function that trains for a number of epochs and returns the loss


def nn(case):
    trainer = Trainer(case.network.copy(), case.Xs, case.Ys, optimizer=GradientDescent(case.learning_rate))

    def train(epochs):
        trainer.train(epochs)
        return trainer.loss

    return train


Values = namedtuple("Values", "Z A")


class PostsLayer:
    def __init__(self, W, b, g):
        self.W = W
        self.b = b
        self.g = g


class PostsNetwork:
    """The network of the posts and its training loop, equation for equation, with nothing done for speed."""

    def __init__(self, layers):
        self.layers = layers

    def evaluate(self, A):
        values = [Values(None, A)]
        for layer in self.layers:
            Z = np.dot(layer.W, A) + layer.b
            A = layer.g[0](Z)
            values.append(Values(Z, A))
        return values

    def compute_gradient(self, values, Y):
        L, m = len(self.layers), Y.shape[1]
        dWs, dbs = [], []
        dZ = None
        for l in range(L, 0, -1):
            dA = (values[L].A - Y) / m if l == L else np.dot(self.layers[l].W.T, dZ)
            dZ = dA * self.layers[l - 1].g[1](values[l].Z)
            dWs.append(np.dot(dZ, values[l - 1].A.T))
            dbs.append(np.sum(dZ, axis=1, keepdims=True))
        return dWs[::-1], dbs[::-1]

    def train(self, Xs, Ys, epochs, learning_rate, callback):
        values = self.evaluate(Xs)
        for _ in range(epochs):
            dWs, dbs = self.compute_gradient(values, Ys)
            for layer, dW, db in zip(self.layers, dWs, dbs, strict=True):
                layer.W -= learning_rate * dW
                layer.b -= learning_rate * db
            values = self.evaluate(Xs)
            callback(0.5 * np.linalg.norm(values[-1].A - Ys, "fro") ** 2 / Ys.shape[1])


def posts(case):
    def logistic(Z):
        return 1.0 / (1.0 + np.exp(-Z))

    def logistic_derivative(Z):
        A = logistic(Z)
        return A * (1 - A)

    pairs = {sigmoid: (logistic, logistic_derivative), identity: (lambda Z: Z, lambda Z: np.ones(Z.shape))}
    layers = [PostsLayer(layer.W.copy(), layer.b.copy(), pairs[layer.g]) for layer in case.network.layers]
    network, losses = PostsNetwork(layers), []

    def train(epochs):
        network.train(case.Xs, case.Ys, epochs, case.learning_rate, losses.append)
        return losses[-1]

    return train


def pytorch(case):
    import torch

    torch.set_num_threads(1)
    modules = []
    for layer in case.network.layers:
        linear = torch.nn.Linear(*layer.W.shape[::-1], dtype=torch.float64)
        linear.weight.data = torch.tensor(layer.W)
        linear.bias.data = torch.tensor(layer.b[:, 0])
        modules += [linear, torch.nn.Sigmoid()] if layer.g is sigmoid else [linear]
    model = torch.nn.Sequential(*modules)
    Xs, Ys = (torch.tensor(np.ascontiguousarray(array.T)) for array in (case.Xs, case.Ys))
    optimizer = torch.optim.SGD(model.parameters(), lr=case.learning_rate)
    mean_squared_error, losses = torch.nn.MSELoss(), []

    def train(epochs):
        for _ in range(epochs):
            optimizer.zero_grad()
            loss = 0.5 * mean_squared_error(model(Xs), Ys)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses[-1]

    return train


def scikit_learn(case):
    from sklearn.neural_network import MLPRegressor

    warnings.filterwarnings("ignore", module="sklearn")  # that it stopped at max_iter, as it was told to
    *hidden, _ = (layer.unit_count for layer in case.network.layers)
    model = MLPRegressor(
        hidden_layer_sizes=hidden,
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=case.Xs.shape[1],
        learning_rate_init=case.learning_rate,
        momentum=0,
        shuffle=False,
        tol=0,
        n_iter_no_change=10**9,
        warm_start=True,
        max_iter=1,
    )
    Xs, Ys = np.ascontiguousarray(case.Xs.T), case.Ys[0]
    model.fit(Xs, Ys)  # makes the arrays that the start is put into
    for W, b, layer in zip(model.coefs_, model.intercepts_, case.network.layers, strict=True):
        W[:], b[:] = layer.W.T, layer.b[:, 0]

    def train(epochs):
        model.set_params(max_iter=epochs)
        model.fit(Xs, Ys)
        return model.loss_curve_[-1]

    return train


def products(case):
    """The matrix products alone that an epoch must do, on arrays that are there: no bias, no activation, no step."""
    Ws = [layer.W.copy() for layer in case.network.layers]
    As = [value.A.copy() for value in case.network.evaluate(case.Xs)]
    Zs = [np.empty_like(A) for A in As]
    dZs = [np.ones_like(A) for A in As]
    dAs = [np.empty_like(A) for A in As]
    dWs = [np.empty_like(W) for W in Ws]

    def train(epochs):
        for _ in range(epochs):
            for l, W in enumerate(Ws, start=1):
                np.dot(W, As[l - 1], out=Zs[l])
            for l in range(len(Ws), 0, -1):
                np.dot(dZs[l], As[l - 1].T, out=dWs[l - 1])
                if l > 1:
                    np.dot(Ws[l - 1].T, dZs[l], out=dAs[l - 1])

    return train


CONTESTANTS = {"nn": nn, "posts": posts, "pytorch": pytorch, "scikit-learn": scikit_learn, "products": products}


# --- The race ---------------------------------------------------------------------------------------------------------


def race(case):
    """{contestant: {"microseconds": [per epoch, a round each], "loss": the last, "epochs": done}}."""
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
    print(f"  {'':14}{'us/epoch':>12}{'/ nn':>8}  {'wanted':16}loss at the end")
    for name, row in report["contestants"].items():
        wanted = f"{row['at_least']:g}: {'met' if row['met'] else 'MISSED'}" if "at_least" in row else ""
        loss = "" if row["loss"] is None else f"{row['loss']:.9g}"
        print(f"  {name:14}{row['microseconds_per_epoch']:12.1f}{row['times_nn']:8.2f}  {wanted:16}{loss}")
    print()


def main():
    parser = argparse.ArgumentParser(description="How fast training is, beside others.")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    as_json = parser.parse_args().json
    reports = {}
    for case in cases():
        reports[case.name] = summary(case, race(case))
        if not as_json:
            print_table(reports[case.name])
    if as_json:
        print(json.dumps(reports, indent=1))


if __name__ == "__main__":
    main()
