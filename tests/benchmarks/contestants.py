"""The contestants of the training benchmark: nn, the posts' loop written plainly, PyTorch, scikit-learn, bare products.

Each function prepares a case, and returns a function that trains for a number of epochs and returns the last loss.
"""

import warnings
from collections import namedtuple

import numpy as np

from nn import GradientDescent, Trainer, identity, sigmoid


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
