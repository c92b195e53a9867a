"""The network of the posts: layers of W, b and g, evaluation that keeps every Z and A, and back-propagation."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from nn.activation_types import Activation
from nn.activations import ACTIVATIONS, identity
from nn.arrays import Flat, Matrix, RandomSource, Value
from nn.checks import finite_matrix, real_number, whole_number
from nn.evaluation import Evaluation
from nn.initializers import INITIALIZERS, Initializer
from nn.layer import Layer
from nn.loss_types import Loss
from nn.losses import squared_error
from nn.optimizers import GradientDescent
from nn.training import Trainer
from nn.units_off import Unit, checked_units, places_of
from nn.workspace import Workspace


class NeuralNetwork:
    """A fully connected feed-forward network, as the posts build it. One column per example.

    Args:
        input_count: units of the input layer.
        layers: (unit_count, activation) for every further layer, the output last; an activation or its name.
        rng: draws the first parameters. RandomState(0) gives the posts' own start.
        initializer: an initializer of INITIALIZERS, or its name.
        scale: what the initializer draws is multiplied by this, a number from 0 on.
        dtype: of parameters and arithmetic: np.float64 or np.float32.

    Attributes:
        layers: one Layer per layer after the input.
        parameters: all W and b in one flat array: layer by layer, each unit's weights and then its bias.
        held: the places in `parameters` that no step moves, because their unit is off; None while all units are on.

    Raises:
        ValueError: no layers, a layer without units, an unknown name, another dtype, an invalid scale.
    """

    layers: list[Layer]
    parameters: Flat

    def __init__(
        self,
        input_count: int,
        layers: Iterable[tuple[int, Activation | str]],
        *,
        rng: RandomSource,
        initializer: Initializer | str = "normal",
        scale: float = 1.0,
        dtype: npt.DTypeLike = np.float64,
    ) -> None:
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
        initializer = INITIALIZERS[initializer] if isinstance(initializer, str) else initializer

        self.input_count = units[0]
        self._shapes = [(units_out, units_in + 1) for units_in, units_out in pairwise(units)]
        self._build(np.empty(sum(rows * columns for rows, columns in self._shapes), dtype), activations)
        self.off = ()
        for layer in self.layers:
            W, b = initializer.draw(rng, (layer.unit_count, layer.W.shape[1]))
            layer.W, layer.b = scale * W, scale * b

    def _build(self, parameters: Flat, activations: Iterable[Activation]) -> None:
        """Makes the layers out of views of the parameters."""
        self.parameters = parameters
        self.layers = [Layer(Wb, g) for Wb, g in zip(self.matrices(parameters), activations, strict=True)]

    @property
    def output_count(self) -> int:
        return self.layers[-1].unit_count

    @property
    def off(self) -> tuple[Unit, ...]:
        """The hidden units that are switched off, (layer, unit), in order; others may be set. See units_off.py."""
        return self._off

    @off.setter
    def off(self, units: Iterable[Unit]) -> None:
        self._off = checked_units(self, units)
        self.held = places_of(self, self._off) if self._off else None

    def matrices(self, flat: Flat) -> list[Matrix]:
        """Views of a flat array laid out as the parameters are: one [W | b], (units out, units in + 1), per layer."""
        matrices, start = [], 0
        for rows, columns in self._shapes:
            matrices.append(flat[start : start + rows * columns].reshape(rows, columns))
            start += rows * columns
        return matrices

    def flatten(self, dWs: Sequence[Matrix], dbs: Sequence[Matrix]) -> Flat:
        """One flat array, laid out as the parameters are, of one array per layer for W and one for b."""
        return np.concatenate([np.hstack([dW, db]).ravel() for dW, db in zip(dWs, dbs, strict=True)])

    def copy(self, dtype: npt.DTypeLike | None = None) -> Self:
        """A network with the same parameters, in arrays of its own; rounded to another dtype, if one is given."""
        twin = copy.copy(self)
        with np.errstate(over="ignore"):  # float32 ends at 3e38
            twin._build(np.array(self.parameters, dtype=dtype), [layer.g for layer in self.layers])
        return twin

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self.copy()

    def with_parameters(self, flat: Flat) -> Self:
        """A copy of the network with other parameters: a flat array, laid out as `parameters` is, which is copied."""
        twin = self.copy()
        twin.parameters[:] = flat
        return twin

    def evaluate(self, Xs: npt.ArrayLike, *, masks: Sequence[npt.ArrayLike] | None = None) -> list[Value]:
        """Evaluates the network and keeps every Z and A, as back-propagation needs them.

        Args:
            Xs: (inputs, m), finite.
            masks: for each hidden layer what its A is multiplied by before the layer above takes it, (units, m), as
                dropout does; None for the whole network.

        Returns:
            One Value (Z, A) per layer, input first (its Z is None), each (units, m); no A is multiplied by its mask.

        Raises:
            ValueError: Xs or masks of another shape, without examples, or not finite.
        """
        Xs = finite_matrix(Xs, "Xs", (self.input_count, None))
        masks = self._checked_masks(masks, Xs.shape[1])
        with np.errstate(all="ignore"):
            work = Evaluation(self, Xs.shape[1], dropout=bool(masks)).set_inputs(Xs).set_masks(masks)
            self.evaluate_into(work)
        return work.values

    def _checked_masks(self, masks: Sequence[npt.ArrayLike] | None, m: int) -> list[Matrix]:
        """Masks as a list of arrays, one per hidden layer; empty where there are none."""
        if masks is None:
            return []
        hidden = self.layers[:-1]
        if len(masks) != len(hidden):
            raise ValueError(f"masks must have an array for each hidden layer: {len(hidden)}, not {len(masks)}.")
        return [
            finite_matrix(mask, f"masks[{i}]", (layer.unit_count, m))
            for i, (mask, layer) in enumerate(zip(masks, hidden, strict=True))
        ]

    def evaluate_into(self, work: Evaluation) -> None:
        """Evaluates the inputs in the workspace, writing every Z and A into it."""
        for step in work.forward_plan:
            step.Wb.dot(step.A1_below, step.Z)  # Z^l = W^l A^(l-1) + b^l = [W | b]^l [A; 1]^(l-1)
            if step.g is not identity:  # whose A is Z itself
                step.g.value(step.Z, step.A)  # A^l = g^l(Z^l)

    def compute_gradient(
        self,
        values: Sequence[tuple[Matrix | None, Matrix]],
        Ys: npt.ArrayLike,
        *,
        loss: Loss = squared_error,
        masks: Sequence[npt.ArrayLike] | None = None,
    ) -> tuple[list[Matrix], list[Matrix]]:
        """Back-propagation: the gradient of the loss at the point that `values` came from.

        Args:
            values, masks: what `evaluate` returned, and the masks that it was given.
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
        for l, (layer, (Z, _)) in enumerate(zip(self.layers, values[1:], strict=True), start=1):
            expected = layer.unit_count, A.shape[1]
            shape = Z if Z is None else Z.shape
            if shape != expected:
                raise ValueError(f"values[{l}] must have shape {expected} in this network, not {shape}.")
        Ys = finite_matrix(Ys, "Ys", A.shape)
        masks = self._checked_masks(masks, Ys.shape[1])
        with np.errstate(all="ignore"):
            work = Workspace(self, Ys.shape[1], loss=loss, dropout=bool(masks))
            work.set_masks(masks).set_values(values)
            work.compute_loss(Ys, Ys.shape[1])
            self.compute_gradient_into(work)
        return [dWb[:, :-1] for dWb in work.dWbs], [dWb[:, -1:] for dWb in work.dWbs]

    def compute_gradient_into(self, work: Workspace) -> None:
        """Back-propagates from where the loss started, at the output, writing the gradient into the workspace."""
        for step in work.backward_plan:
            if step.WT_dZ_above is not None:  # the output layer's dA is the loss's own
                step.WT_dZ_above(step.dA)  # dA^l = (W^(l+1))^T dZ^(l+1)
            if step.g is not identity:  # whose derivative is 1
                step.g.backward(step.Z, step.A, step.dA, step.dZ, step.slope, step.scratch)  # dZ^l = dA^l * g^l'(Z^l)
            # dW^l = dZ^l A^(l-1)^T and db^l = dZ^l 1:
            step.dZ.dot(step.A1_below_T, step.dWb)  # [dW | db]^l = dZ^l [A; 1]^(l-1)^T

    def train(
        self,
        Xs: npt.ArrayLike,
        Ys: npt.ArrayLike,
        epochs: int,
        learning_rate: float,
        callback: Callable[[int, float], object] | None = None,
    ) -> Matrix:
        """Plain gradient descent for a number of epochs, from the network's present parameters.

        Stops early when an epoch gives numbers that are not finite; the network then keeps its last finite parameters.

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
