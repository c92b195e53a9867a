"""The network of the posts: layers of W, b and g, evaluation that keeps every Z and A, and back-propagation."""

from itertools import pairwise

import numpy as np

from nn.activation_types import Activation
from nn.activations import ACTIVATIONS, identity
from nn.arrays import Value
from nn.checks import finite_matrix, real_number, whole_number
from nn.initializers import INITIALIZERS
from nn.losses import squared_error
from nn.optimizers import GradientDescent
from nn.training import Trainer
from nn.workspace import Workspace


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
        scale: what the initializer draws is multiplied by this, a number from 0 on.
        dtype: of parameters and arithmetic: np.float64 or np.float32.

    Raises:
        ValueError: no layers, a layer without units, an unknown name, another dtype, no such scale.
    """

    def __init__(self, input_count, layers, *, rng, initializer="normal", scale=1.0, dtype=np.float64):
        units = [whole_number(input_count, "input_count")]
        activations = []
        for unit_count, g in layers:
            units.append(whole_number(unit_count, "unit_count"))
            activations.append(g if isinstance(g, Activation) else ACTIVATIONS[g])
        if not activations:
            raise ValueError("A network needs at least one layer after its input; none was given.")
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise ValueError(f"dtype must be float64 or float32, not {np.dtype(dtype)}.")
        scale = real_number(scale, "scale")
        if isinstance(initializer, str):
            initializer = INITIALIZERS[initializer]

        self.input_count = units[0]
        self._shapes = [(units_out, units_in + 1) for units_in, units_out in pairwise(units)]
        self.parameters = np.empty(sum(rows * columns for rows, columns in self._shapes), dtype)
        self.layers = [Layer(Wb, g) for Wb, g in zip(self.matrices(self.parameters), activations, strict=True)]
        for layer in self.layers:
            W, b = initializer.draw(rng, layer.W.shape)
            layer.W, layer.b = scale * W, scale * b

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

    def with_parameters(self, flat):
        """A copy of the network with other parameters: a flat array, laid out as `parameters` is, which is copied."""
        twin = self.copy()
        twin.parameters[:] = flat
        return twin

    def flatten(self, dWs, dbs):
        """One flat array, laid out as the parameters are, of one array per layer for W and one for b."""
        return np.concatenate([np.hstack([dW, db]).ravel() for dW, db in zip(dWs, dbs, strict=True)])

    def __deepcopy__(self, memo):
        return self.copy()

    def evaluate(self, Xs, *, masks=None):
        """Evaluates the network and keeps every Z and A, as back-propagation needs them.

        Args:
            Xs: (inputs, m), finite.
            masks: for each hidden layer what its A is multiplied by before the layer above takes it, (units, m), as
                dropout does; None for the whole network.

        Returns:
            A list of (Z, A), one a layer, input first (its Z is None): values[l].Z and values[l].A are (units, m); no
            A is multiplied by its mask.

        Raises:
            ValueError: Xs or masks of another shape, without examples, or not finite.
        """
        Xs = finite_matrix(Xs, "Xs", (self.input_count, None))
        masks = self._checked_masks(masks, Xs.shape[1])
        with np.errstate(all="ignore"):
            work = Workspace(self, Xs.shape[1], drops=bool(masks)).hold(Xs).hold_masks(masks)
            self.evaluate_into(work)
        return work.values

    def _checked_masks(self, masks, m):
        """Masks as a list of arrays, one a hidden layer; empty where there are none."""
        if masks is None:
            return []
        hidden = self.layers[:-1]
        if len(masks) != len(hidden):
            raise ValueError(f"masks must have an array for each hidden layer: {len(hidden)}, not {len(masks)}.")
        return [
            finite_matrix(mask, f"masks[{i}]", (layer.unit_count, m))
            for i, (mask, layer) in enumerate(zip(masks, hidden, strict=True))
        ]

    def evaluate_into(self, work):
        """Evaluates the input that the workspace holds, writing every Z and A into it."""
        for Wb, A1, Z, A, g in work.upward:
            Wb.dot(A1, Z)  # Z^l = W^l A^(l-1) + b^l = [W | b]^l [A; 1]^(l-1)
            if g is not identity:  # whose A is Z itself
                g.value(Z, A)  # A^l = g^l(Z^l)

    def compute_gradient(self, values, Ys, *, loss=squared_error, masks=None):
        """Back-propagation: the gradient of the loss at the point that `values` came from.

        Args:
            values: what `evaluate` returned.
            Ys: (outputs, m), finite.
            loss: one of LOSSES.
            masks: what `evaluate` was given.

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
        masks = self._checked_masks(masks, Ys.shape[1])
        with np.errstate(all="ignore"):
            work = Workspace(self, Ys.shape[1], loss=loss, drops=bool(masks))
            work.hold_masks(masks).hold_values(values)
            work.start(Ys, Ys.shape[1], work.dAs[-1])
            self.compute_gradient_into(work)
        return [dWb[:, :-1] for dWb in work.dWbs], [dWb[:, -1:] for dWb in work.dWbs]

    def compute_gradient_into(self, work):
        """Back-propagates from where the loss started, at the output, writing the gradient into the workspace."""
        for times_WT_above, dZ_above, Z, A, g, dA, dZ, slope, scratch, A1T, dWb in work.downward:
            if times_WT_above is not None:  # the output layer's dA is the loss's own
                times_WT_above(dZ_above, dA)  # dA^l = (W^(l+1))^T dZ^(l+1)
            if g is not identity:  # whose derivative is 1
                g.backward(Z, A, dA, dZ, slope, scratch)  # dZ^l = dA^l * g^l'(Z^l)
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
            trainer.train(epochs)
        else:
            callback(0, trainer.loss)
            while trainer.epoch < epochs and trainer.train(1):
                callback(trainer.epoch, trainer.loss)
        return self.evaluate(Xs)[-1].A


__all__ = ["Layer", "NeuralNetwork", "Value"]
