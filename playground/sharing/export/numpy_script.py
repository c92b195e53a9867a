"""A run as a script that needs nothing but NumPy, in the manner of the posts."""

from playground.sharing.export.expressions import LOSSES, OPTIMIZERS, functions
from playground.sharing.export.outline import outline
from playground.sharing.export.template import filled

TEMPLATE = '''"""$title, learnt by a neural network: $network.

Exported from the neural network playground.  #? not link
Exported from the neural network playground, whose page opens it again at $link  #? link
"""

import math  #? math
  #? math
import numpy as np

np.seterr(all="ignore")  # e^-z may become inf, and 1 / (1 + inf) = 0 is right; what diverges is seen in the loss

$constants


$activations


def loss($output, Ys):
    m = Ys.shape[1]
    return $loss


def accuracy(A, Ys):  #? classes
    return np.mean($told)  #? classes


class Layer:
    """[W | b] side by side, (units out, units in + 1), and the activation g with its derivative."""

    def __init__(self, units_in, units_out, g, rng):
        $initializer
        W, b = SCALE * W, SCALE * b  #? scale
        self.Wb = np.hstack([W, b])  #? not float32
        self.Wb = np.hstack([W, b]).astype(np.float32)  #? float32
        self.g = g
        self.v = np.zeros_like(self.Wb)  #? v
        self.s = np.zeros_like(self.Wb)  #? s

    @property
    def W(self):
        return self.Wb[:, :-1]


def with_ones(A):
    """[A; 1]: a row of ones under A, so that [W | b]·[A; 1] = W·A + b is one product."""
    return np.vstack([A, np.ones_like(A[:1])])


class NeuralNetwork:
    def __init__(self, units_in, layers, rng):
        self.layers = []
        for units_out, g in layers:
            self.layers.append(Layer(units_in, units_out, g, rng))
            units_in = units_out
        self.t = 0  #? t
        self.rng = np.random.RandomState($seed)  #? random

    def evaluate(self, Xs):  #? not dropout
    def evaluate(self, Xs, masks=()):  #? dropout
        """Z and A of every layer, the input first: (units, m), a column an example."""
        A = Xs
        values = [(None, A)]
        for layer in self.layers:  #? not dropout
        for l, layer in enumerate(self.layers):  #? dropout
            Z = np.dot(layer.Wb, with_ones(A))
            A = layer.g[0](Z)
            if l < len(masks):  #? dropout
                A = A * masks[l]  # what dropout leaves  #? dropout
            values.append((Z, A))
        return values

    def compute_gradient(self, values, Ys):  #? not dropout
    def compute_gradient(self, values, Ys, masks):  #? dropout
        """Back-propagation: [dW | db] of every layer."""
        L, m = len(self.layers), Ys.shape[1]
        dWbs = []
        for l in range(L, 0, -1):
            Z, A = values[l]
            if l == L:
                dA = $start  #? not joined
                dZ = $start  # of the loss and the output's g as one  #? joined
            else:
                dA = np.matmul(self.layers[l].W.T, dZ)  # of a part of Wb, which np.dot would copy
                dA = dA * masks[l - 1]  #? dropout
                dZ = dA * self.layers[l - 1].g[1](Z)  #? joined
            dZ = dA * self.layers[l - 1].g[1](Z)  #? not joined
            dWbs.insert(0, np.dot(dZ, with_ones(values[l - 1][1]).T))
        return dWbs

    def step(self, Xs, Ys, learning_rate):
        """One step of training: $optimizer."""
        keep = [self.rng.random((len(layer.Wb), Xs.shape[1])) >= DROPOUT for layer in self.layers[:-1]]  #? dropout
        masks = [(kept / (1 - DROPOUT)).astype(Xs.dtype) for kept in keep]  #? dropout
        dWbs = self.compute_gradient(self.evaluate(Xs), Ys)  #? not dropout
        dWbs = self.compute_gradient(self.evaluate(Xs, masks), Ys, masks)  #? dropout
        for layer, dWb in zip(self.layers, dWbs):  #? penalises
            dWb[:, :-1] += L1 * np.sign(layer.W)  #? l1 not l2
            dWb[:, :-1] += L2 * layer.W  #? l2 not l1
            dWb[:, :-1] += L1 * np.sign(layer.W) + L2 * layer.W  #? l1 l2
        dWbs[$frozen][:] = 0  # this layer stays as it is  #? frozen
        norm = float(np.linalg.norm(np.concatenate(dWbs, axis=None)))  #? clip
        if norm > CLIP:  #? clip
            dWbs = [CLIP / norm * dWb for dWb in dWbs]  #? clip
        self.t += 1  #? t
        for layer, dWb in zip(self.layers, dWbs):
            $step

    def train(self, Xs, Ys, epochs, report):
        order = np.arange(Xs.shape[1])  #? shuffles
        report(0)
        for epoch in range(epochs):
            learning_rate = LEARNING_RATE * $schedule  #? schedule
            learning_rate = LEARNING_RATE  #? shuffles not schedule
            self.rng.shuffle(order)  #? shuffles
            for start in range(0, len(order), BATCH_SIZE):  #? shuffles
                batch = order[start : start + BATCH_SIZE]  #? shuffles
                self.step(Xs[:, batch], Ys[:, batch], learning_rate)  #? shuffles
            self.step(Xs, Ys, learning_rate)  #? schedule not shuffles
            self.step(Xs, Ys, LEARNING_RATE)  #? not shuffles not schedule
            report(epoch + 1)


$data
layers = [  # unit count, and g with its derivative
    $layers
]
network = NeuralNetwork($inputs, layers, np.random.RandomState($seed))


def measure(Xs, Ys):
    Z, A = network.evaluate(Xs)[-1]
    return [float(loss($output, Ys))]  #? not classes
    return [float(loss($output, Ys)), float(accuracy(A, Ys))]  #? classes


def report(epoch):
    if epoch % $every == 0 or epoch == EPOCHS:
        numbers = measure(Xs, Ys)
        if not np.isfinite(numbers[0]):
            raise SystemExit(f"Training has diverged: at epoch {epoch} the loss is no finite number.")
        print(epoch, *numbers)  #? not test
        print(epoch, *numbers, *measure(test_Xs, test_Ys))  #? test


print("$columns")
network.train(Xs, Ys, EPOCHS, report)
'''


def numpy_script(experiment, epochs):
    """A Python file that trains the experiment for so many epochs and prints its losses on the way.

    It prints what `experiment.start().trainer` has, to the last bit where BLAS and the processor are the same ones.

    Raises:
        ValueError: when epochs is not a whole number from 0 on.
    """
    trainer, wanted, texts = outline(experiment, epochs)
    loss, start = LOSSES[trainer.loss_function.name]
    step = OPTIMIZERS[experiment.optimizer]
    joined, layers = "joined" in wanted, trainer.network.layers
    pairs = [(layer.g.name, not (joined and layer is layers[-1])) for layer in layers]  # g, and whether g' is needed
    return filled(
        TEMPLATE,
        wanted | {name[-1] for name in ("layer.v", "layer.s", "self.t") if name in step},
        **texts,
        activations=functions(pairs),
        layers="\n".join(
            f"({layer.unit_count}, ({g}, {f'{g}_derivative' if differentiated else None})),"
            for layer, (g, differentiated) in zip(layers, pairs, strict=True)
        ),
        output="Z" if joined else "A",
        loss=loss,
        start=start,
        step=step,
        optimizer=trainer.optimizer.label,
    )
