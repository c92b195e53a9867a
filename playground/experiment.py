"""The one description of a run: every control of the page with its default, its limits and its words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache

import numpy as np

from nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, NeuralNetwork, Rule, Trainer
from playground.formula import LONGEST, Formula
from playground.problems import TARGETS, Target, make_problem, sampled
from playground.table import MAX_BYTES, read_table

OWN = {"formula": "Own formula", "points": "Own points or file"}  # targets that are the visitor's
SCALINGS = {"none": "As they are", "standard": "Standardised"}
SPEEDS = (1, 2, 4, 6, 12, 25, 50, 100, 250, 500, 1000)


@dataclass(frozen=True)
class Control:
    """What a field of an experiment may be, and how the page words it.

    Args:
        label, help: the words at the control.
        choices: the values there are to choose from, if they are few; names or numbers.
        longest: how many characters a text may have.
        low, high, step: limits of a number, both inclusive, and the step of its control.
        restarts: whether a change of it makes another network or other data, so that the run starts again.
    """

    label: str
    help: str
    choices: tuple = ()
    longest: int | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    restarts: bool = False

    def check(self, value, like):
        """`value` as the type of the default, `like`; a ValueError that says what would be right otherwise."""
        whole = isinstance(like, int)
        if self.longest:
            if not isinstance(value, str) or len(value) > self.longest:
                raise ValueError(f"{self.label}: a text of at most {self.longest:,} characters is wanted.")
            return value
        if self.choices:
            wanted = value if isinstance(like, str) else _number(value, whole=whole)
            if wanted not in self.choices:
                raise ValueError(f"{self.label}: {_shown(value)} is not one of {', '.join(map(str, self.choices))}.")
            return wanted
        number = _number(value, whole=whole)
        if number is None or not self.low <= number <= self.high:
            kind = "a whole number" if whole else "a number"
            low, high = (f"{limit:,}" if whole else f"{limit:g}" for limit in (self.low, self.high))
            raise ValueError(f"{self.label} must be {kind} from {low} to {high}, not {_shown(value)}.")
        return number

    def check_each(self, values, like):
        """The same of each of several values, one a layer; a tuple."""
        if not isinstance(values, list | tuple):
            raise ValueError(f"{self.label}: a list is wanted, one for each layer, not {_shown(values)}.")
        return tuple(self.check(value, like) for value in values)


def _shown(value):
    """A refused value in a few words, whatever it is."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of more than 4300 digits
        text = "a number of thousands of digits"
    return text if len(text) <= 40 else f"{text[:40]}…"


def _number(value, *, whole):
    """`value` as an int or a float, or None when it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    if isinstance(value, bool) or not math.isfinite(number) or (whole and number != int(number)):
        return None
    return int(number) if whole else number


@lru_cache(maxsize=8)
def _own_points(text):
    """A table of x and y as points, (2, n), rising in x."""
    table = read_table(text.encode())
    if len(table.Xs) > 1:
        raise ValueError("Own points have one input x and one target y: two columns.")
    points = np.vstack([table.Xs, table.Ys])
    return points[:, np.argsort(points[0], kind="stable")]


def _control(default, label, help, **limits):
    return field(default=default, metadata={"control": Control(label, help, **limits)})


@dataclass(frozen=True)
class Experiment:
    """A run, whole: the same experiment always gives the same losses.

    Raises:
        ValueError: on a value out of its limits; it names the control and says what would be right.
    """

    target: str = _control(
        "sine", "Target", "The function that the network is to learn.", choices=(*TARGETS, *OWN), restarts=True
    )
    formula: str = _control(
        "sin(x) + sin(3 * x) / 3", "y =", "Your own function of x: numbers, + - * / ** %, comparisons, and functions "
        "such as sin, exp, sqrt, abs, max(a, b), where(a, b, c).", longest=LONGEST, restarts=True,
    )  # fmt: skip
    own: str = _control(
        "x,y\n-2,1\n-1,0\n0,1\n1,0\n2,1\n", "Own points", "Your own points, as a table of x and y.", longest=MAX_BYTES,
        restarts=True,
    )  # fmt: skip
    scaling: str = _control(
        "none",
        "Scaling",
        "Standardised, the network sees x and y with mean 0 and standard deviation 1, which it learns "
        "better where they are large or far from 0. The charts show them as they are; the loss is the network's.",
        choices=tuple(SCALINGS),
        restarts=True,
    )
    low: float = _control(
        -5.0, "From x =", "Where the training points begin.", low=-20.0, high=19.0, step=0.5, restarts=True
    )
    high: float = _control(
        5.0, "To x =", "Where the training points end; this x itself is left out.", low=-19.0, high=20.0, step=0.5,
        restarts=True,
    )  # fmt: skip
    points: int = _control(
        100, "Points", "How many training points there are, evenly spaced.", low=2, high=1000, step=1, restarts=True
    )
    noise: float = _control(
        0.0, "Noise", "Standard deviation of the normal noise added to y.", low=0.0, high=1.0, step=0.05, restarts=True
    )
    test_fraction: float = _control(
        0.0, "Test points", "The share of the points that is kept apart: never learnt from, only tested on.", low=0.0,
        high=0.9, step=0.05, restarts=True,
    )  # fmt: skip
    data_seed: int = _control(
        0, "Data seed", "Another seed: other noise, other test points.", low=0, high=9999, step=1, restarts=True
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
        "it cannot follow a sine.", choices=tuple(ACTIVATIONS), restarts=True,
    )  # fmt: skip
    initializer: str = _control(
        "normal", "Initial weights", "How W and b are drawn before training.", choices=tuple(INITIALIZERS),
        restarts=True,
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
        "less weight.", choices=tuple(LOSSES), restarts=True,
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
        if self.target in OWN:
            self.problem()  # refuses what cannot be learnt

    def changed(self, **values):
        """The same experiment with some values changed."""
        return replace(self, **values)

    def restarts_from(self, other):
        """Whether going from `other` to this one makes another network or other data."""
        return any(c.restarts and getattr(self, name) != getattr(other, name) for name, c in CONTROLS.items())

    def steps_as(self, other):
        """Whether a step of training is the same in both."""
        ours, theirs = self.make_optimizer(), other.make_optimizer()
        same = type(ours) is type(theirs) and ours.hyperparameters == theirs.hyperparameters
        return same and self.batch_size == other.batch_size and self.make_rule() == other.make_rule()

    def problem(self):
        """The Problem to learn."""
        if self.target == "points":
            points, target = _own_points(self.own), None
            range_ = float(points[0].min()), float(points[0].max())
        else:
            own = self.target == "formula"
            chosen = Target("formula", "The formula", Formula(self.formula)) if own else TARGETS[self.target]
            points = sampled(chosen, self.low, self.high, self.points, self.noise, self.data_seed)
            target, range_ = chosen.function, (self.low, self.high)
        return make_problem(points, target, range_, self.test_fraction, self.data_seed, self.scaling == "standard")

    def trainer(self, problem):
        """A Trainer at epoch 0, for the Problem."""
        network = NeuralNetwork(
            1,
            [*zip(self.layers, self.activations, strict=True), (1, self.output_activation)],
            rng=np.random.RandomState(self.seed),
            initializer=self.initializer,
            dtype=np.dtype(self.dtype),
        )
        return Trainer(
            network,
            problem.Xs,
            problem.Ys,
            optimizer=self.make_optimizer(),
            loss=LOSSES[self.loss],
            rule=self.make_rule(),
            batch_size=self.batch_size or None,
            rng=np.random.RandomState(self.seed),
        )

    def make_optimizer(self):
        """The optimizer, having remembered nothing yet."""
        kind = OPTIMIZERS[self.optimizer]
        return kind(**{name: getattr(self, name) for name in kind.limits})

    def make_rule(self):
        """The Rule of a step."""
        frozen = (self.freeze,) if self.freeze else ()
        return Rule(self.l1, self.l2, self.clip, frozen, self.schedule, self.period)


CONTROLS: Mapping = {f.name: f.metadata["control"] for f in fields(Experiment)}
DEFAULTS: Mapping = {f.name: f.default for f in fields(Experiment)}
