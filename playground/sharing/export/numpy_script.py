"""A run as a script that needs nothing but NumPy, written like the posts' program."""

from playground.experiment import Experiment
from playground.sharing.export.expressions import functions
from playground.sharing.export.outline import Outline, outline
from playground.sharing.export.template import block, render

TEMPLATE = '''"""$title, learned by a neural network: $network.

$origin
"""

$import_math
import numpy as np

np.seterr(all="ignore")  # e^-z may become inf, and 1 / (1 + inf) = 0 is right; a divergence shows in the loss

$constants


$activations


def loss($output, Ys):
    m = Ys.shape[1]
    return $loss


$accuracy


class Layer:
    """[W | b] side by side, (units out, units in + 1), and the activation g with its derivative."""

    def __init__(self, units_in, units_out, g, rng):
        $initializer
        self.Wb = np.hstack([W, b])$cast
        self.g = g
        $optimizer_state

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
        $optimizer_counters
        $rng

    def evaluate(self, Xs$optional_masks):
        """Z and A of every layer, the input first: (units, m), one column per example."""
        A = Xs
        values = [(None, A)]
        for $each_layer:
            Z = np.dot(layer.Wb, with_ones(A))
            A = layer.g[0](Z)
            $drop_values
            values.append((Z, A))
        return values

    def compute_gradient(self, values, Ys$masks):
        """Back-propagation: [dW | db] of every layer."""
        L, m = len(self.layers), Ys.shape[1]
        dWbs = []
        for l in range(L, 0, -1):
            Z, A = values[l]
            if l == L:
                $output_gradient
            else:
                dA = np.matmul(self.layers[l].W.T, dZ)  # of a part of Wb, which np.dot would copy
                $drop_gradient
                $hidden_dZ
            $dZ
            dWbs.insert(0, np.dot(dZ, with_ones(values[l - 1][1]).T))
        return dWbs

    def step(self, Xs, Ys, learning_rate):
        """One step of training: $optimizer."""
        $draw_masks
        dWbs = self.compute_gradient(self.evaluate(Xs$masks), Ys$masks)
        $penalty
        $freeze
        $clip
        $count
        for layer, dWb in zip(self.layers, dWbs):
            $update

    def train(self, Xs, Ys, epochs, report):
        $order
        report(0)
        for epoch in range(epochs):
            $train_epoch
            report(epoch + 1)


$data
layers = [  # unit count, and g with its derivative
    $layers
]
network = NeuralNetwork($inputs, layers, np.random.RandomState($seed))


def measure(Xs, Ys):
    Z, A = network.evaluate(Xs)[-1]
    return [float(loss($output, Ys))$measured_accuracy]


def report(epoch):
    if epoch % $every == 0 or epoch == EPOCHS:
        numbers = measure(Xs, Ys)
        if not np.isfinite(numbers[0]):
            raise SystemExit(f"Training has diverged: the loss is not finite at epoch {epoch}.")
        print(epoch, *numbers$test_numbers)


print("$columns")
network.train(Xs, Ys, EPOCHS, report)
'''


def numpy_script(experiment: Experiment, epochs: int) -> str:
    """A Python file that trains the experiment for so many epochs and prints its losses on the way.

    It prints the losses of `experiment.start().trainer`, to the last bit where BLAS and processor are the same.

    Raises:
        ValueError: when epochs is not a whole number of at least 0, or on something that cannot be exported.
    """
    run = outline(experiment, epochs)
    return render(TEMPLATE, run.parts() | _activations(run) | _losses(run) | _training(run) | _dropout(run))


def _activations(run: Outline) -> dict[str, str]:
    layers = run.trainer.network.layers
    differentiated = layers[:-1] if run.is_fused else layers
    lines = []
    for layer in layers:
        derivative = f"{layer.g.name}_derivative" if layer in differentiated else None
        lines.append(f"({layer.unit_count}, ({layer.g.name}, {derivative})),")
    return {
        "activations": functions([layer.g for layer in layers], with_derivatives=[layer.g for layer in differentiated]),
        "layers": block(*lines),
        "inputs": str(run.problem.n_features),
        "cast": ".astype(np.float32)" if run.experiment.dtype == "float32" else "",
    }


def _losses(run: Outline) -> dict[str, str]:
    loss, fused = run.trainer.loss_function, run.trainer.loss_function.fused
    chain_rule = "dZ = dA * self.layers[l - 1].g[1](Z)"
    predicted = "A.argmax(axis=0) == Ys.argmax(axis=0)" if run.problem.classes > 2 else "(A > 0.5) == (Ys > 0.5)"
    if run.is_fused and fused is not None:
        gradient = {
            "output": "Z",
            "loss": fused.expression,
            "output_gradient": f"dZ = {fused.derivative_expression}  # of the loss and the output's g as one",
            "hidden_dZ": chain_rule,
            "dZ": "",
        }
    else:
        gradient = {
            "output": "A",
            "loss": loss.expression,
            "output_gradient": f"dA = {loss.derivative_expression}",
            "hidden_dZ": "",
            "dZ": chain_rule,
        }
    return gradient | {
        "accuracy": f"def accuracy(A, Ys):\n    return np.mean({predicted})" if run.problem.classes else "",
        "measured_accuracy": ", float(accuracy(A, Ys))" if run.problem.classes else "",
        "test_numbers": ", *measure(test_Xs, test_Ys)" if run.has_test_set else "",
    }


def _training(run: Outline) -> dict[str, str]:
    options, optimizer = run.trainer.options, run.trainer.optimizer
    penalty = freeze = clip = order = rng = ""
    if options.has_penalty:
        terms = {"L1 * np.sign(layer.W)": options.l1, "L2 * layer.W": options.l2}
        added = " + ".join(term for term, weight in terms.items() if weight > 0)
        penalty = block("for layer, dWb in zip(self.layers, dWbs):", f"    dWb[:, :-1] += {added}")
    if run.frozen_layer is not None:
        freeze = f"dWbs[{run.frozen_layer}][:] = 0  # this layer is not trained"
    if options.clip > 0:
        clip = block(
            "norm = float(np.linalg.norm(np.concatenate(dWbs, axis=None)))",
            "if norm > CLIP:",
            "    dWbs = [CLIP / norm * dWb for dWb in dWbs]",
        )
    rate = "learning_rate" if run.schedule else "LEARNING_RATE"
    epoch = f"self.step(Xs, Ys, {rate})"
    if run.uses_batches:
        order = "order = np.arange(Xs.shape[1])"
        epoch = block(
            "self.rng.shuffle(order)",
            "for start in range(0, len(order), BATCH_SIZE):",
            "    batch = order[start : start + BATCH_SIZE]",
            f"    self.step(Xs[:, batch], Ys[:, batch], {rate})",
        )
    if run.schedule:
        epoch = block(f"learning_rate = LEARNING_RATE * {run.schedule}", epoch)
    if run.uses_batches or options.dropout > 0:
        rng = f"self.rng = np.random.RandomState({run.experiment.seed})"
    return {
        "import_math": "import math\n\n" if "math." in run.schedule else "",
        "optimizer": optimizer.label,
        "optimizer_state": block(*(f"self.{name} = np.zeros_like(self.Wb)" for name in optimizer.state_names)),
        "optimizer_counters": block(*(f"self.{name} = 0" for name in optimizer.counters)),
        "count": block(*(f"self.{name} += 1" for name in optimizer.counters)),
        "update": optimizer.update_code,
        "penalty": penalty,
        "freeze": freeze,
        "clip": clip,
        "order": order,
        "train_epoch": epoch,
        "rng": rng,
    }


def _dropout(run: Outline) -> dict[str, str]:
    if run.trainer.options.dropout == 0:
        nothing = ("masks", "optional_masks", "drop_values", "drop_gradient", "draw_masks")
        return {**dict.fromkeys(nothing, ""), "each_layer": "layer in self.layers"}
    return {
        "masks": ", masks",
        "optional_masks": ", masks=()",
        "each_layer": "l, layer in enumerate(self.layers)",
        "drop_values": "if l < len(masks):\n    A = A * masks[l]  # what dropout leaves",
        "drop_gradient": "dA = dA * masks[l - 1]",
        "draw_masks": block(
            "keep = [self.rng.random((len(layer.Wb), Xs.shape[1])) >= DROPOUT for layer in self.layers[:-1]]",
            "masks = [(kept / (1 - DROPOUT)).astype(Xs.dtype) for kept in keep]",
        ),
    }
