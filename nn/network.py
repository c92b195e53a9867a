"""The network of the posts: layers of W, b and g, evaluation that keeps every Z and A, and back-propagation."""

from itertools import pairwise

import numpy as np

from nn.activations import ACTIVATIONS, Activation, identity
from nn.checks import finite_matrix, whole_number
from nn.initializers import INITIALIZERS
from nn.losses import squared_error
from nn.optimizers import GradientDescent
from nn.training import Trainer
from nn.workspace import Value, Workspace


class Layer:
    """One layer: W (units out, units in), b (units out, 1) and the activation g.

    W and b are views of one matrix, `Wb` = [W | b], which is itself a view of the network's flat parameters. Setting
    `layer.W = ...` writes into it.
    """

    def __init__(self, Wb, g):
        self.Wb = Wb
        self.g = g
        self._W, self._b = Wb[:, :-1], Wb[:, -1:]
        self.WT = self._W.T

    @property
    def unit_count(self):
        return len(self.Wb)

    @property
    def W(self):
        return self._W

    @W.setter
    def W(self, W):
        self._W[...] = finite_matrix(W, "W", self._W.shape)

    @property
    def b(self):
        return self._b

    @b.setter
    def b(self, b):
        self._b[...] = finite_matrix(b, "b", self._b.shape)


class NeuralNetwork:
    """A fully connected feed-forward network, as the posts build it. One column per example.

    Args:
        input_count: units of the input layer.
        layers: (unit_count, activation) for every further layer, the output last; an activation or its name.
        rng: np.random.RandomState or np.random.Generator. RandomState(0) gives the posts' own start.
        initializer: an initializer of INITIALIZERS, or its name.
        dtype: of parameters and arithmetic: np.float64 or np.float32.

    Raises:
        ValueError: no layers, a layer without units, an unknown name, another dtype.
    """

    def __init__(self, input_count, layers, *, rng, initializer="normal", dtype=np.float64):
        units = [whole_number(input_count, "input_count")]
        activations = []
        for unit_count, g in layers:
            units.append(whole_number(unit_count, "unit_count"))
            activations.append(g if isinstance(g, Activation) else ACTIVATIONS[g])
        if not activations:
            raise ValueError("A network needs at least one layer after its input; none was given.")
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(f"dtype must be float64 or float32, not {np.dtype(dtype)}.")
        if isinstance(initializer, str):
            initializer = INITIALIZERS[initializer]

        self.input_count = units[0]
        self._shapes = [(units_out, units_in + 1) for units_in, units_out in pairwise(units)]
        self.parameters = np.empty(sum(rows * columns for rows, columns in self._shapes), dtype)
        self.layers = [Layer(Wb, g) for Wb, g in zip(self.matrices(self.parameters), activations, strict=True)]
        for layer in self.layers:
            layer.W, layer.b = initializer.draw(rng, layer.W.shape)

    @property
    def output_count(self):
        return self.layers[-1].unit_count

    def matrices(self, flat):
        """Views of a flat array laid out as the parameters are: one [W | b], (units out, units in + 1), a layer."""
        matrices, start = [], 0
        for rows, columns in self._shapes:
            matrices.append(flat[start : start + rows * columns].reshape(rows, columns))
            start += rows * columns
        return matrices

    def copy(self, dtype=None):
        """A network with the same parameters, in arrays of its own; rounded to another dtype, if one is given."""
        twin = object.__new__(NeuralNetwork)
        twin.input_count, twin._shapes = self.input_count, self._shapes
        with np.errstate(over="ignore"):  # float32 ends at 3e38
            twin.parameters = np.array(self.parameters, dtype=dtype)
        twin.layers = [
            Layer(Wb, layer.g) for Wb, layer in zip(twin.matrices(twin.parameters), self.layers, strict=True)
        ]
        return twin

    def __deepcopy__(self, memo):
        return self.copy()

    def evaluate(self, Xs):
        """Evaluates the network and keeps every Z and A, as back-propagation needs them.

        Args:
            Xs: (inputs, m), finite.

        Returns:
            A list of (Z, A), one a layer, input first (its Z is None): values[l].Z and values[l].A are (units, m).

        Raises:
            ValueError: Xs of another shape, without examples, or not finite.
        """
        Xs = finite_matrix(Xs, "Xs", (self.input_count, None))
        with np.errstate(all="ignore"):
            work = Workspace(self, Xs.shape[1]).hold(Xs)
            self.evaluate_into(work)
        return work.values

    def evaluate_into(self, work):
        """Evaluates the input that the workspace holds, writing every Z and A into it."""
        for Wb, A1, Z, A, g in work.upward:
            Wb.dot(A1, Z)  # Z^l = W^l A^(l-1) + b^l = [W | b]^l [A; 1]^(l-1)
            if g is not identity:  # whose A is Z itself
                g.value(Z, A)  # A^l = g^l(Z^l)

    def compute_gradient(self, values, Ys, *, loss=squared_error):
        """Back-propagation: the gradient of the loss at the point that `values` came from.

        Args:
            values: what `evaluate` returned.
            Ys: (outputs, m), finite.
            loss: one of LOSSES.

        Returns:
            (dWs, dbs): for each layer dW (units out, units in) and db (units out, 1).

        Raises:
            ValueError: Ys of another shape than the output, or not finite; values of another network.
        """
        if len(values) != len(self.layers) + 1:
            raise ValueError(
                f"values has {len(values)} layers; this network has {len(self.layers) + 1} with its input."
            )
        A = values[-1][1]
        for l, layer in enumerate(self.layers, start=1):
            if values[l][0].shape != (layer.unit_count, A.shape[1]):
                wanted = (layer.unit_count, A.shape[1])
                raise ValueError(f"values[{l}] must have shape {wanted} in this network, not {values[l][0].shape}.")
        Ys = finite_matrix(Ys, "Ys", A.shape)
        work = Workspace(self, Ys.shape[1]).hold(values[0][1])
        for kept, (Z, A) in zip(work.values[1:], values[1:], strict=True):
            np.copyto(kept.Z, Z)
            np.copyto(kept.A, A)
        with np.errstate(all="ignore"):
            loss.start(A, Ys, Ys.shape[1], work.dAs[-1])
            self.compute_gradient_into(work)
        return [dWb[:, :-1] for dWb in work.dWbs], [dWb[:, -1:] for dWb in work.dWbs]

    def compute_gradient_into(self, work):
        """Back-propagates from the dA of the output layer, which the workspace holds, writing the gradient into it."""
        for times_WT_above, dZ_above, Z, A, g, dA, dZ, slope, scratch, A1T, dWb in work.downward:
            if times_WT_above is not None:  # the output layer's dA is the loss's own
                times_WT_above(dZ_above, dA)  # dA^l = (W^(l+1))^T dZ^(l+1)
            if g is not identity:  # whose derivative is 1
                g.derivative(Z, A, slope, scratch)
                np.multiply(dA, slope, dZ)  # dZ^l = dA^l * g'(Z^l)
            dZ.dot(A1T, dWb)  # [dW | db]^l = dZ^l [A; 1]^(l-1)^T: dW^l = dZ^l A^(l-1)^T, db^l = dZ^l 1

    def train(self, Xs, Ys, epochs, learning_rate, callback=None):
        """Plain gradient descent for a number of epochs, from where the network stands.

        Stops early when an epoch would leave the finite numbers; the network then keeps its last finite parameters.

        Args:
            Xs, Ys: (inputs, m) and (outputs, m).
            epochs: how many, 0 or more.
            learning_rate: positive and finite.
            callback: called as callback(epoch, loss) for epoch 0, 1, ..., epochs.

        Returns:
            The output after training, (outputs, m).

        Raises:
            ValueError: as Trainer and GradientDescent do.
        """
        epochs = whole_number(epochs, "epochs", least=0)
        trainer = Trainer(self, Xs, Ys, optimizer=GradientDescent(learning_rate))
        if callback is None:
            trainer.step(epochs)
        else:
            callback(0, trainer.loss)
            while trainer.epoch < epochs and trainer.step(1):
                callback(trainer.epoch, trainer.loss)
        return self.evaluate(Xs)[-1].A


__all__ = ["Layer", "NeuralNetwork", "Value"]
