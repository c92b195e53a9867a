"""The one description of a run: every control of the page with its default, its limits and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from nn import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    NeuralNetwork,
    StepOptions,
    Trainer,
    binary_cross_entropy,
    sigmoid,
    softmax,
)
from playground.control import Control
from playground.problems.described import CURVE, OWN, problem_of
from playground.problems.features import FEATURES
from playground.problems.formula import LONGEST
from playground.problems.planes import PLANES
from playground.problems.problem import Problem
from playground.problems.recommended import RECOMMENDED
from playground.problems.table import MAX_BYTES
from playground.problems.targets import TARGETS

LOSS_NAMES = tuple(name for name in LOSSES if name != "binary_cross_entropy")  # which cross-entropy it is, classes say
SCALINGS = {"none": "As they are", "standard": "Standardised"}
SPEEDS = (1, 2, 4, 6, 12, 25, 50, 100, 250, 500, 1000)
USERS_OWN = (  # what recommended settings leave as it is
    "problem", "target", "formula", "own", "low", "high", "points", "noise", "test_fraction", "data_seed", "seed",
    "speed", "max_epochs",
)  # fmt: skip


def _control(default, label, help, **limits):
    return field(default=default, metadata={"control": Control(label, help, **limits)})


@dataclass(frozen=True)
class Experiment:
    """A run, whole: the same experiment always gives the same losses; on other machines, see sharing/repeatable.py.

    Raises:
        ValueError: on a value out of its limits; it names the control and says what would be right.
    """

    problem: str = _control(
        CURVE, "Problem", "A curve has one input. The others have two, x₁ and x₂, and the network tells a class or a "
        "number for every point of a plane.", choices=(CURVE, *PLANES), restarts=True,
    )  # fmt: skip
    target: str = _control(
        "sine", "Target", "The function that the network is to learn.", choices=(*TARGETS, *OWN), restarts=True
    )
    formula: str = _control(
        "sin(x) + sin(3 * x) / 3", "y =", "Your own function of x, or of x1 and x2: numbers, + - * / ** %, "
        "comparisons, and functions such as sin, exp, sqrt, abs, max(a, b), where(a, b, c).", longest=LONGEST,
        restarts=True,
    )  # fmt: skip
    own: str = _control(
        "x,y\n-2,1\n-1,0\n0,1\n1,0\n2,1\n", "Own points", "Your own points: a table of x and y, or of x1, x2 and y.",
        longest=MAX_BYTES, restarts=True,
    )  # fmt: skip
    features: tuple = _control(
        ("x1", "x2"), "Inputs", "What the network is given of the two inputs.", choices=tuple(FEATURES), several=True,
        restarts=True,
    )  # fmt: skip
    scaling: str = _control(
        "none", "Scaling", "Standardised, the network sees its inputs and y with mean 0 and standard deviation 1, "
        "which it learns better where they are large or far from 0. The charts show them as they are; the loss is the "
        "network's.", choices=tuple(SCALINGS), restarts=True,
    )  # fmt: skip
    low: float = _control(
        -5.0, "From x =", "Where the training points begin.", low=-20.0, high=19.0, step=0.5, restarts=True
    )
    high: float = _control(
        5.0, "To x =", "Where the training points end; this x itself is left out.", low=-19.0, high=20.0, step=0.5,
        restarts=True,
    )  # fmt: skip
    points: int = _control(
        100,
        "Points",
        "How many points there are: evenly spaced on a curve, at random on a plane.",
        low=2,
        high=1000,
        step=1,
        restarts=True,
    )
    noise: float = _control(
        0.0, "Noise", "Standard deviation of the normal noise added to y. Where classes are told, how far points "
        "stray; 0.5 is all that TensorFlow Playground has.", low=0.0, high=1.0, step=0.05, restarts=True,
    )  # fmt: skip
    test_fraction: float = _control(
        0.0, "Test points", "The share of the points that is kept apart: never learnt from, only tested on.", low=0.0,
        high=0.9, step=0.05, restarts=True,
    )  # fmt: skip
    data_seed: int = _control(
        0, "Data seed", "Another seed: other points of a plane, other noise, other test points.", low=0, high=9999,
        step=1, restarts=True,
    )  # fmt: skip
    layers: tuple = _control(
        (20,), "Units", "Units of this hidden layer, each a weighted sum, a bias and an activation.", low=1, high=64,
        step=1, restarts=True,
    )  # fmt: skip
    activations: tuple = _control(
        ("sigmoid",), "Activation", "The function g that each unit of this layer applies to its weighted sum Z.",
        choices=tuple(ACTIVATIONS), restarts=True,
    )  # fmt: skip
    output_activation: str = _control(
        "identity", "Output activation", "Identity lets the output take any value. A sigmoid stays between 0 and 1, so "
        "it cannot follow a sine. Cross-entropy brings its own.", choices=tuple(ACTIVATIONS), restarts=True,
    )  # fmt: skip
    initializer: str = _control(
        "normal", "Initial weights", "How W and b are drawn before training.", choices=tuple(INITIALIZERS),
        restarts=True,
    )  # fmt: skip
    scale: float = _control(
        1.0, "Scale of the initial weights", "What the initial W and b are multiplied by.", low=0.0, high=10.0,
        step=0.1, restarts=True,
    )  # fmt: skip
    seed: int = _control(
        0, "Weight seed", "Another seed, another start. New start draws one.", low=0, high=9999, step=1, restarts=True
    )
    dtype: str = _control(
        "float64", "Arithmetic", "How many digits numbers have: about 16, or 7.", choices=("float64", "float32"),
        restarts=True,
    )  # fmt: skip
    loss: str = _control(
        "squared_error", "Loss", "How far the output is from the points. Huber and the absolute error give far points "
        "less weight. Cross-entropy is for classes: the output is then a sigmoid, or for three classes a softmax.",
        choices=LOSS_NAMES, restarts=True,
    )  # fmt: skip
    optimizer: str = _control(
        "gradient_descent", "Optimizer", "What a step does with the gradient.", choices=tuple(OPTIMIZERS)
    )
    learning_rate: float = _control(
        0.1, "Learning rate", "How far a step goes along the gradient. Too large, and training diverges.", low=1e-6,
        high=100.0,
    )  # fmt: skip
    momentum: float = _control(
        0.9, "Momentum", "How much of the last step is kept in this one.", low=0.0, high=0.999, step=0.01
    )
    decay: float = _control(
        0.9, "Decay", "How slowly RMSProp forgets earlier gradients.", low=0.0, high=0.9999, step=0.01
    )
    beta1: float = _control(
        0.9, "β₁", "How slowly Adam's mean of the gradient forgets.", low=0.0, high=0.9999, step=0.01
    )
    beta2: float = _control(
        0.999, "β₂", "How slowly Adam's mean of the squared gradient forgets.", low=0.0, high=0.99999, step=0.001
    )
    epsilon: float = _control(1e-8, "ε", "Keeps the division from failing at zero.", low=1e-12, high=0.1)
    batch_size: int = _control(
        0, "Batch size", "Examples a step. 0 takes all of them, as the posts do.", low=0, high=1000, step=1
    )
    l2: float = _control(
        0.0, "L2", "Adds λ/2 times the sum of the squared weights to what is descended: weights stay small.", low=0.0,
        high=10.0,
    )  # fmt: skip
    l1: float = _control(
        0.0, "L1", "Adds λ times the sum of the weights' sizes to what is descended: idle weights go to 0.", low=0.0,
        high=10.0,
    )  # fmt: skip
    dropout: float = _control(
        0.0, "Dropout", "The share of the hidden units that each step leaves out, at random, for each example. The "
        "loss shown is that of the whole network.", low=0.0, high=0.9, step=0.05,
    )  # fmt: skip
    clip: float = _control(
        0.0, "Clip gradient at", "The longest that the gradient may be; longer ones are shortened. 0 never does.",
        low=0.0, high=1e6,
    )  # fmt: skip
    schedule: str = _control(
        "constant", "Schedule", "How the learning rate changes as epochs go by.", choices=tuple(SCHEDULES)
    )
    period: int = _control(
        1000, "Schedule's epochs", "After how many epochs the rate is halved, has come to 0, or is warmed up.", low=1,
        high=1_000_000, step=100,
    )  # fmt: skip
    freeze: int = _control(
        0, "Freeze layer", "A layer that does not learn; one that the network has not is none.", choices=tuple(range(6))
    )
    speed: int = _control(12, "Speed", "Epochs between two pictures.", choices=SPEEDS)
    max_epochs: int = _control(
        20_000, "Stop after epochs", "Training stops by itself here, so that no forgotten page trains for ever.", low=1,
        high=1_000_000, step=1000,
    )  # fmt: skip
    target_loss: float = _control(
        0.0, "Stop below loss", "Training stops once the loss is below this. 0 never stops it.", low=0.0, high=1000.0
    )

    def __post_init__(self):
        for name, control in CONTROLS.items():
            value, default = getattr(self, name), DEFAULTS[name]
            if isinstance(default, tuple):
                value = control.check_each(value, default[0])
            else:
                value = control.check(value, default)
            object.__setattr__(self, name, value)
        if not 1 <= len(self.layers) <= 4:
            raise ValueError(f"There can be 1 to 4 hidden layers, not {len(self.layers)}.")
        if len(self.activations) != len(self.layers):
            raise ValueError(
                f"Each hidden layer needs an activation: {len(self.layers)} of them, not {len(self.activations)}."
            )
        if self.high - self.low < 0.5:
            raise ValueError(
                "x must go from a lower to a higher value, at least 0.5 apart, "
                f"not {self.low:.12g} to {self.high:.12g}."
            )
        if self.loss == "cross_entropy" or (self.problem == CURVE and self.target in OWN):
            problem = self.make_problem()  # raises its own ValueError on an invalid formula or table
            if self.loss == "cross_entropy" and not problem.classes:
                raise ValueError("Cross-entropy is for classes, and here a number is learnt: choose another loss.")

    def changed(self, **values):
        """The same experiment with some values changed."""
        return replace(self, **values)

    def with_recommended_settings(self):
        """The experiment with the settings recommended for its problem, or itself if there are none (for own data).

        The data, the seeds and the pace stay as they are; everything else is replaced.
        """
        settings = RECOMMENDED.get(self.target if self.problem == CURVE else self.problem)
        if settings is None:
            return self
        return Experiment(**{**{name: getattr(self, name) for name in USERS_OWN}, **settings})

    def restarts_from(self, other):
        """Whether going from `other` to this one makes another network or other data."""
        return any(c.restarts and getattr(self, name) != getattr(other, name) for name, c in CONTROLS.items())

    def steps_as(self, other):
        """Whether a step of training is the same in both."""
        ours, theirs = self.make_optimizer(), other.make_optimizer()
        same = type(ours) is type(theirs) and ours.hyperparameters == theirs.hyperparameters
        return same and self.batch_size == other.batch_size and self.make_step_options() == other.make_step_options()

    def make_problem(self):
        """The Problem to learn; made once per experiment, for neither of them changes."""
        return self._problem

    @cached_property
    def _problem(self):
        return problem_of(self)

    def start(self):
        """The Start of this experiment.

        Raises:
            ValueError: when it cannot be trained, as when its loss is not finite at the start.
        """
        problem = self.make_problem()
        return Start(self, problem, self.make_trainer(problem))

    def make_trainer(self, problem):
        """A Trainer at epoch 0, for the Problem."""
        loss, output = self._end(problem)
        network = NeuralNetwork(
            problem.n_features,
            [*zip(self.layers, self.activations, strict=True), (problem.n_outputs, output)],
            rng=np.random.RandomState(self.seed),
            initializer=self.initializer,
            scale=self.scale,
            dtype=np.dtype(self.dtype),
        )
        return Trainer(
            network,
            problem.Xs,
            problem.Ys,
            optimizer=self.make_optimizer(),
            loss=loss,
            options=self.make_step_options(),
            batch_size=self.batch_size or None,
            rng=np.random.RandomState(self.seed),
        )

    def _end(self, problem):
        """The loss, and the activation of the output, which cross-entropy brings along."""
        if self.loss != "cross_entropy":
            return LOSSES[self.loss], self.output_activation
        return (binary_cross_entropy, sigmoid) if problem.n_outputs == 1 else (LOSSES["cross_entropy"], softmax)

    def make_optimizer(self):
        """The optimizer, having remembered nothing yet."""
        kind = OPTIMIZERS[self.optimizer]
        return kind(**{name: getattr(self, name) for name in kind.constraints})

    def make_step_options(self):
        """The StepOptions of a step."""
        frozen = (self.freeze,) if self.freeze else ()
        return StepOptions(self.l1, self.l2, self.clip, frozen, self.schedule, self.period, self.dropout)


class Start(NamedTuple):
    """An experiment that is ready to be trained: its data, and a trainer at epoch 0."""

    experiment: Experiment
    problem: Problem
    trainer: Trainer


CONTROLS: Mapping = {f.name: f.metadata["control"] for f in fields(Experiment)}
DEFAULTS: Mapping = {f.name: f.default for f in fields(Experiment)}
