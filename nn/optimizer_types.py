"""What an optimizer is: hyperparameters with their constraints, state that lasts from step to step, and an update."""

import sys
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple, Self

import numpy as np

from nn.arrays import Flat, Whole
from nn.checks import is_real


class Constraint(NamedTuple):
    """What a hyperparameter must be, in words and as a condition."""

    requirement: str
    holds: Callable[[float], bool]


POSITIVE = Constraint("positive and finite", lambda value: 0 < value <= sys.float_info.max)
FRACTION = Constraint("at least 0 and below 1", lambda value: 0 <= value < 1)


class StabilityBound(NamedTuple):
    """Up to which learning rate full-batch training is stable on a quadratic loss.

    Attributes:
        multiple: the bound as a multiple of 2 / lambda_max, where lambda_max is the largest curvature.
        formula: the bound in words, e.g. "2 (1 + μ) / λmax".
        name: what is stable below it, e.g. "gradient descent with momentum μ = 0.9".
    """

    multiple: float
    formula: str
    name: str


class Optimizer:
    """A rule that moves all parameters of a network, one flat array, against their gradient.

    A subclass states the facts below and writes `_update`; its hyperparameters are attributes, and may be changed at
    any time through `configure`.

    Attributes:
        name: the name in code, links and files.
        label, description, equation, source: for the page; the equation is LaTeX.
        update_code: the step of one layer as code for an exported script: it moves `layer.Wb` along `dWb` with
            `learning_rate`, its state is `layer.v` and `layer.s`, its counters are `self.t`, and its hyperparameters
            are constants, e.g. MOMENTUM.
        torch_code: PyTorch's optimizer of `parameters`, as code for an exported script.
        adaptive: whether each parameter's step is divided by the size of its own gradient.
        constraints: for each hyperparameter its Constraint; its order is that of the constructor's arguments.
        state_names: names of the arrays that last from step to step, each of the parameters' size, 0 at first.
        counters: names of the integers that last from step to step.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    description: ClassVar[str]
    equation: ClassVar[str]
    source: ClassVar[str]
    update_code: ClassVar[str]
    torch_code: ClassVar[str]
    adaptive: ClassVar[bool] = False
    constraints: ClassVar[dict[str, Constraint]] = {"learning_rate": POSITIVE}
    state_names: ClassVar[tuple[str, ...]] = ()
    counters: ClassVar[tuple[str, ...]] = ()

    learning_rate: float

    def __init__(self, **hyperparameters: float) -> None:
        self.configure(**hyperparameters)
        self._change: Flat | None = None  # where a step is worked out; None before the first
        self._state: list[Flat] = []
        self._saved: list[Flat] | None = None
        self._saved_counters = [0 for _ in self.counters]

    def _update(
        self, parameters: Flat, gradient: Flat, learning_rate: float, change: Flat, state: Sequence[Flat]
    ) -> None:
        """Takes one step, in place; `change` is a spare array, `state` the arrays of `state_names`."""
        raise NotImplementedError

    def stability_bound(self) -> StabilityBound | None:
        """The bound with the present hyperparameters; None where no bound is known that follows from lambda_max.

        Along an eigenvector with curvature lambda the distances w from the minimum follow one another linearly, with
        a = learning_rate lambda:

            gradient descent  w_t+1 = (1 - a) w_t
            momentum          w_t+1 = (1 + mu - a) w_t - mu w_t-1
            Nesterov          w_t+1 = (1 + mu) (1 - a) w_t - mu (1 - a) w_t-1

        They shrink while all roots of the characteristic polynomial lie within the unit circle: up to a = 2,
        2 (1 + mu) and 2 (1 + mu) / (1 + 2 mu) (Polyak 1964; Cohen et al. 2021, arXiv 2103.00065, section 2).
        """
        return None

    @property
    def momentum_factor(self) -> float:
        """mu, by which a step's velocity is multiplied into the next; 0.0 for an optimizer without a velocity."""
        return 0.0

    def configure(self, **hyperparameters: float) -> None:
        """Sets hyperparameters; the state stays.

        Raises:
            ValueError: an unknown hyperparameter, or a value that its constraint excludes; none is set then.
        """
        for name, value in hyperparameters.items():
            if name not in self.constraints:
                raise ValueError(f"{self.label} has no {name}; it has {', '.join(self.constraints)}.")
            requirement, holds = self.constraints[name]
            if not is_real(value) or not holds(value):
                raise ValueError(f"{name.replace('_', ' ')} must be a number that is {requirement}, not {value!r}.")
        for name, value in hyperparameters.items():
            setattr(self, name, float(value))

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The value of each hyperparameter, by name."""
        return {name: getattr(self, name) for name in self.constraints}

    @property
    def buffers(self) -> list[Flat]:
        """All arrays that it holds, each of the parameters' size; none before the first step."""
        return [] if self._change is None else [self._change, *self._state]

    @property
    def state(self) -> dict[str, Flat | int]:
        """All that lasts from step to step, by name: arrays, then counters; {} before the first step."""
        arrays: dict[str, Flat | int] = dict(zip(self.state_names, self._state, strict=False))
        return arrays | {name: getattr(self, name) for name in self.counters if arrays}

    def load_state(self, state: dict[str, Flat | int]) -> None:
        """Continues from the `state` of another optimizer of this class, copied; {} changes nothing."""
        if state:
            self._state = [np.array(state[name]) for name in self.state_names]
            self._change, self._saved = np.empty_like(self._state[0]), None
            for name in self.counters:
                setattr(self, name, state[name])

    def snapshot(self) -> None:
        """Saves the state, for `restore`."""
        if self._change is not None:
            if self._saved is None:
                self._saved = [np.empty_like(array) for array in self._state]
            for saved, array in zip(self._saved, self._state, strict=True):
                saved[...] = array
        self._saved_counters = [getattr(self, name) for name in self.counters]

    def restore(self) -> None:
        """Goes back to the state that was saved last: to none where that was before the first step."""
        if self._saved is None:
            self._change, self._state = None, []
        for saved, array in zip(self._saved or [], self._state, strict=True):
            array[...] = saved
        for name, value in zip(self.counters, self._saved_counters, strict=True):
            setattr(self, name, value)

    def copy(self) -> Self:
        """An optimizer with the same hyperparameters and state, in arrays of its own."""
        twin = type(self).__new__(type(self))  # copy.copy takes as long as all the rest of a checkpoint
        vars(twin).update(vars(self))
        twin._change = None if self._change is None else np.empty_like(self._change)
        twin._state = [array.copy() for array in self._state]
        twin._saved, twin._saved_counters = None, [0 for _ in self.counters]
        return twin

    def step(self, parameters: Flat, gradient: Flat, factor: float = 1.0, held: Whole | None = None) -> None:
        """Takes one step: changes `parameters` in place and leaves `gradient` as it is; both flat, of one length.

        Args:
            factor: what the learning rate is multiplied by in this step.
            held: places of parameters that stay as they are, with their part of the state; None for none.
        """
        if self._change is None:
            self._change = np.empty_like(parameters)
            self._state = [np.zeros_like(parameters) for _ in self.state_names]
        if held is None:
            self._update(parameters, gradient, self.learning_rate * factor, self._change, self._state)
            return
        arrays = parameters, *self._state
        before = [array[held] for array in arrays]
        self._update(parameters, gradient, self.learning_rate * factor, self._change, self._state)
        for array, values in zip(arrays, before, strict=True):
            array[held] = values

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v:g}' for k, v in self.hyperparameters.items())})"
