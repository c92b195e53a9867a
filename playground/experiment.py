"""The one description of a run: settings that fit together, and the network and trainer that they make."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from nn import (
    LOSSES,
    OPTIMIZERS,
    Activation,
    EarlyStopping,
    NeuralNetwork,
    Patience,
    StepOptions,
    Trainer,
    binary_cross_entropy,
    sigmoid,
    softmax,
)
from nn.loss_types import Loss
from nn.optimizer_types import Optimizer
from nn.units_off import Unit
from playground.control import Control
from playground.given_weights import as_text, read_given
from playground.problems.data_settings import CURVE, OWN
from playground.problems.problem import Problem
from playground.problems.recommended import RECOMMENDED
from playground.problems.scale import check_size
from playground.settings import MAX_HIDDEN_LAYERS, Settings
from playground.units_off import read_units, those_in, written_units

MIN_RANGE = 0.5  # of x
CONTROLS: Mapping[str, Control] = {f.name: f.metadata["control"] for f in fields(Settings)}
DEFAULTS: Mapping[str, Any] = {f.name: f.default for f in fields(Settings)}
HYPERPARAMETERS = {name for optimizer in OPTIMIZERS.values() for name in optimizer.constraints}


@dataclass(frozen=True)
class Experiment(Settings):
    """A run, whole: the same experiment always gives the same losses; on other machines, see sharing/repeatable.py.

    Raises:
        ValueError: on an invalid value, or values that do not fit together; it names the control and what is valid.
    """

    def __post_init__(self) -> None:
        for name, control in CONTROLS.items():
            object.__setattr__(self, name, control.check(getattr(self, name)))
        if len(self.layers) > MAX_HIDDEN_LAYERS:
            raise ValueError(f"There can be 0 to {MAX_HIDDEN_LAYERS} hidden layers, not {len(self.layers)}.")
        if len(self.activations) != len(self.layers):
            raise ValueError(
                f"Each hidden layer needs an activation: {len(self.layers)} of them, not {len(self.activations)}."
            )
        if self.high - self.low < MIN_RANGE:
            raise ValueError(
                f"x must go from a lower to a higher value, at least {MIN_RANGE} apart, "
                f"not {self.low:.12g} to {self.high:.12g}."
            )
        object.__setattr__(self, "formula", self._understood())
        if self.loss == "cross_entropy" or (self.problem == CURVE and self.target in OWN):
            problem = self.make_problem()  # raises its own ValueError on an invalid formula or table
            if self.loss == "cross_entropy" and not problem.classes:
                raise ValueError("Cross-entropy is for classes, and here a number is learned: choose another loss.")
        object.__setattr__(self, "off", written_units(self.units_off))
        if self.given:
            object.__setattr__(self, "given", as_text(read_given(self.given, self.units), self.units))

    def __reduce__(self) -> tuple[partial["Experiment"], tuple[()]]:
        """Another process gets the fields alone, and checks them again."""
        return partial(Experiment, **self.values), ()

    @property
    def values(self) -> dict[str, Any]:
        """The value of each field, by its name."""
        return {name: getattr(self, name) for name in CONTROLS}

    @property
    def units(self) -> tuple[int, ...]:
        """The units of each layer, the input first."""
        problem = self.make_problem()
        return (problem.n_features, *self.layers, problem.n_outputs)

    @property
    def units_off(self) -> tuple[Unit, ...]:
        """The hidden units that are switched off."""
        return read_units(self.off, self.layers)

    def changed(self, **values: Any) -> "Experiment":
        """The same experiment with some values changed.

        Its given weights are left out where they do not fit any more, and so is a unit off that is no longer there.
        """
        if self.off and "layers" in values:
            values = {"off": those_in(self.off, CONTROLS["layers"].check(values["layers"])), **values}
        if not self.given or "given" in values:
            return replace(self, **values)
        drawn = replace(self, **values, given="")
        return replace(drawn, given=self.given) if drawn.units == self.units else drawn

    def with_recommended_settings(self) -> "Experiment":
        """The experiment with the settings recommended for its problem, or itself if there are none (for own data).

        The data, the seeds and the pace stay as they are; everything else is replaced.
        """
        settings = RECOMMENDED.get(self.target if self.problem == CURVE else self.problem)
        if settings is None:
            return self
        kept = [name for name, control in CONTROLS.items() if control.group in ("data", "seed", "pace")]
        kept.remove("target_loss")  # a goal for the loss of other settings
        return Experiment(**{**{name: getattr(self, name) for name in kept}, **settings})

    def differences(self, other: "Experiment") -> list[str]:
        """The names of the fields in which two experiments differ."""
        return [name for name in CONTROLS if getattr(self, name) != getattr(other, name)]

    def restarts_from(self, other: "Experiment") -> bool:
        """Whether going from `other` to this one makes another network or other data."""
        return any(CONTROLS[name].restarts for name in self.differences(other))

    def trains_like(self, other: "Experiment") -> bool:
        """Whether a step of training is the same in both. Hyperparameters of optimizers not in use do not matter."""
        unused = HYPERPARAMETERS - set(OPTIMIZERS[self.optimizer].constraints)
        return not any(CONTROLS[name].group == "training" for name in set(self.differences(other)) - unused)

    def start(self) -> "Start":
        """The Start of this experiment.

        Raises:
            ValueError: when it cannot be trained, as when its loss is not finite at the start.
        """
        problem = self.make_problem()
        try:
            return Start(self, problem, self.make_trainer(problem))
        except ValueError:
            check_size(problem.Xs, problem.Ys)  # as the cause
            raise

    def make_trainer(self, problem: Problem) -> Trainer:
        """A Trainer at epoch 0."""
        loss, output = self._loss_and_output(problem)
        network = NeuralNetwork(
            problem.n_features,
            [*zip(self.layers, self.activations, strict=True), (problem.n_outputs, output)],
            rng=np.random.RandomState(self.seed),
            initializer=self.initializer,
            scale=self.scale,
            dtype=np.dtype(self.dtype),
        )
        if self.given:
            network.parameters[:] = read_given(self.given, self.units)
        network.off = self.units_off
        return Trainer(
            network,
            problem.Xs,
            problem.Ys,
            optimizer=self.make_optimizer(),
            loss=loss,
            options=self.make_step_options(),
            stopping=EarlyStopping(network, loss, *problem.test_set, self.make_patience()),
            batch_size=self.batch_size or None,
            rng=np.random.RandomState(self.seed),
        )

    def _loss_and_output(self, problem: Problem) -> tuple[Loss, Activation | str]:
        """The loss, and the activation of the output layer, which cross-entropy decides."""
        if self.loss != "cross_entropy":
            return LOSSES[self.loss], self.output_activation
        return (binary_cross_entropy, sigmoid) if problem.n_outputs == 1 else (LOSSES["cross_entropy"], softmax)

    def make_optimizer(self) -> Optimizer:
        """The optimizer, with no state yet."""
        kind = OPTIMIZERS[self.optimizer]
        return kind(**{name: getattr(self, name) for name in kind.constraints})

    def make_step_options(self) -> StepOptions:
        """The StepOptions of a step."""
        frozen = (self.freeze,) if self.freeze else ()
        return StepOptions(self.l1, self.l2, self.clip, frozen, self.schedule, self.period, self.dropout)

    def make_patience(self) -> Patience:
        """How long training waits for a better loss."""
        return Patience(self.patience, self.stall_epochs, self.stall_share)


class Start(NamedTuple):
    """An experiment that is ready to be trained: its data, and a trainer at epoch 0."""

    experiment: Experiment
    problem: Problem
    trainer: Trainer
