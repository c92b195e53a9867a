"""Optimizers: what a step does with the gradient.

Each works on all parameters of the network at once, as one flat array, and keeps what it remembers (velocities, squared
gradients) in arrays of the same shape. Hyperparameters may be changed at any time through `configure`; what is
remembered stays.
"""

import sys
from numbers import Real

import numpy as np

from nn.registry import Registry

POSITIVE = ("positive and finite", lambda value: 0 < value <= sys.float_info.max)
FRACTION = ("at least 0 and below 1", lambda value: 0 <= value < 1)


class Optimizer:
    """A rule that moves parameters against their gradient.

    Subclasses name themselves, say in words what they do, list their hyperparameters with what each must be, and write
    the update.
    """

    name = label = words = equation = source = None
    limits = {"learning_rate": POSITIVE}
    memories = ()  # names of the arrays, of the parameters' size, that are remembered from step to step
    counters = ()  # names of the whole numbers that are

    def __init__(self, **hyperparameters):
        self.configure(**hyperparameters)
        self._arrays = self._kept = None

    def configure(self, **hyperparameters):
        """Sets hyperparameters. Raises ValueError when one is out of its limits, before any has been set."""
        for name, value in hyperparameters.items():
            if name not in self.limits:
                raise ValueError(f"{self.label} has no {name}; it has {', '.join(self.limits)}.")
            must_be, holds = self.limits[name]
            if not isinstance(value, Real) or isinstance(value, bool) or not holds(value):
                raise ValueError(f"{name.replace('_', ' ')} must be a number that is {must_be}, not {value!r}.")
        vars(self).update((name, float(value)) for name, value in hyperparameters.items())

    @property
    def memory(self):
        """The arrays that are remembered from step to step, and the one a step is made in."""
        return self._arrays or []

    @property
    def state(self):
        """All that is remembered from step to step, by name: arrays, then counters; {} where there is nothing yet."""
        arrays = dict(zip(self.memories, self.memory[1:], strict=False))  # none before the first step
        return arrays | {name: getattr(self, name) for name in self.counters if arrays}

    def recall(self, state):
        """Takes up the `state` of another of its kind; the arrays become its own."""
        if state:
            arrays = [state[name] for name in self.memories]
            self._arrays, self._kept = [np.empty_like(arrays[0]), *arrays], None
            vars(self).update((name, state[name]) for name in self.counters)

    def keep(self):
        """Keeps what is remembered now, for `take_back`."""
        if self._arrays:
            if self._kept is None:
                self._kept = [(np.empty_like(array), array) for array in self._arrays[1:]]
            for kept, array in self._kept:
                kept[...] = array
            self._counted = self.counters and [getattr(self, name) for name in self.counters]

    def take_back(self):
        """Remembers what was kept last, and nothing where that was before the first step."""
        if self._kept is None:
            self._arrays, self._counted = None, [0 for _ in self.counters]
        for kept, array in self._kept or ():
            array[...] = kept
        vars(self).update(zip(self.counters, self._counted, strict=True))

    @property
    def hyperparameters(self):
        """Name and value of each hyperparameter."""
        return {name: getattr(self, name) for name in self.limits}

    def copy(self):
        """Another that remembers the same, in arrays of its own."""
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        twin._arrays, twin._kept = self._arrays and [array.copy() for array in self._arrays], None
        return twin

    def step(self, parameters, gradient, factor=1.0):
        """Takes one step: changes `parameters` in place. Both are flat, of one length; `gradient` is left as it is.

        The learning rate is multiplied by `factor`, for this step.
        """
        if self._arrays is None:
            self._arrays = [np.empty_like(parameters)] + [np.zeros_like(parameters) for _ in self.memories]
        learning_rate = self.learning_rate
        self.learning_rate = learning_rate * factor
        self._update(parameters, gradient, *self._arrays)
        self.learning_rate = learning_rate

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}={v:g}' for k, v in self.hyperparameters.items())})"


class GradientDescent(Optimizer):
    """W -= learning_rate * dW, and b likewise: the posts' rule."""

    name, label = "gradient_descent", "Gradient descent"
    words = "Straight down the slope, a step as long as the slope is steep."
    equation = r"W \leftarrow W - \alpha\, dW"
    source = "the posts; Cauchy 1847"

    def __init__(self, learning_rate=0.1):
        super().__init__(learning_rate=learning_rate)

    def _update(self, parameters, gradient, change):
        np.multiply(gradient, self.learning_rate, change)
        np.subtract(parameters, change, parameters)


class Momentum(Optimizer):
    """v = momentum * v - learning_rate * dW; W += v (Polyak 1964, in the form of Sutskever et al. 2013)."""

    name, label = "momentum", "Momentum"
    words = "A ball that rolls: every step keeps a part of the one before, so steps in one direction add up."
    equation = r"v \leftarrow \mu v - \alpha\, dW,\quad W \leftarrow W + v"
    source = "Polyak 1964; Sutskever et al. 2013"
    limits = {"learning_rate": POSITIVE, "momentum": FRACTION}
    memories = ("v",)

    def __init__(self, learning_rate=0.01, momentum=0.9):
        super().__init__(learning_rate=learning_rate, momentum=momentum)

    def _update(self, parameters, gradient, change, v):
        np.multiply(gradient, self.learning_rate, change)
        np.multiply(v, self.momentum, v)
        np.subtract(v, change, v)
        np.add(parameters, v, parameters)


class Nesterov(Momentum):
    """Momentum that looks ahead: v = momentum * v - learning_rate * dW; W += momentum * v - learning_rate * dW.

    Nesterov 1983, in the form of Bengio et al. 2013 (arXiv 1212.0901, eq. 7), where dW is taken at W itself.
    """

    name, label = "nesterov", "Nesterov momentum"
    words = "Momentum that corrects itself from where the ball is about to be, and so overshoots less."
    equation = r"v \leftarrow \mu v - \alpha\, dW,\quad W \leftarrow W + \mu v - \alpha\, dW"
    source = "Nesterov 1983; Bengio et al. 2013"

    def _update(self, parameters, gradient, change, v):
        np.multiply(gradient, self.learning_rate, change)
        np.multiply(v, self.momentum, v)
        np.subtract(v, change, v)
        np.subtract(parameters, change, parameters)
        np.multiply(v, self.momentum, change)
        np.add(parameters, change, parameters)


class RMSProp(Optimizer):
    """s = decay * s + (1 - decay) * dW^2; W -= learning_rate * dW / (sqrt(s) + epsilon) (Hinton 2012, lecture 6e)."""

    name, label = "rmsprop", "RMSProp"
    words = "Each parameter's step is divided by the recent size of its gradient, so flat directions move as well."
    equation = (
        r"s \leftarrow \rho s + (1 - \rho)\, dW^2,\quad W \leftarrow W - \alpha\, \frac{dW}{\sqrt{s} + \varepsilon}"
    )
    source = "Hinton 2012, lecture 6e"
    limits = {"learning_rate": POSITIVE, "decay": FRACTION, "epsilon": POSITIVE}
    memories = ("s",)

    def __init__(self, learning_rate=0.001, decay=0.9, epsilon=1e-8):
        super().__init__(learning_rate=learning_rate, decay=decay, epsilon=epsilon)

    def _update(self, parameters, gradient, change, s):
        np.multiply(gradient, gradient, change)
        np.multiply(change, 1 - self.decay, change)
        np.multiply(s, self.decay, s)
        np.add(s, change, s)
        np.sqrt(s, change)
        np.add(change, self.epsilon, change)
        np.divide(gradient, change, change)
        np.multiply(change, self.learning_rate, change)
        np.subtract(parameters, change, parameters)


class Adam(Optimizer):
    """Running means of dW and dW^2, both corrected for their start at zero (Kingma and Ba 2015, algorithm 1).

    At step t: v = beta1 * v + (1 - beta1) * dW; s = beta2 * s + (1 - beta2) * dW^2;
    W -= learning_rate * (v / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon).
    """

    name, label = "adam", "Adam"
    words = "Momentum and RMSProp together: a mean of the gradient, divided by a mean of its size."
    equation = (
        r"v \leftarrow \beta_1 v + (1 - \beta_1)\, dW,\quad s \leftarrow \beta_2 s + (1 - \beta_2)\, dW^2,\quad "
        r"W \leftarrow W - \alpha\, \frac{v / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \varepsilon}"
    )
    source = "Kingma and Ba 2015"
    limits = {"learning_rate": POSITIVE, "beta1": FRACTION, "beta2": FRACTION, "epsilon": POSITIVE}
    memories = ("v", "s")
    counters = ("t",)

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        super().__init__(learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon)
        self.t = 0

    def _update(self, parameters, gradient, change, v, s):
        self.t += 1
        np.multiply(gradient, 1 - self.beta1, change)
        np.multiply(v, self.beta1, v)
        np.add(v, change, v)
        np.multiply(gradient, gradient, change)
        np.multiply(change, 1 - self.beta2, change)
        np.multiply(s, self.beta2, s)
        np.add(s, change, s)
        np.divide(s, 1 - self.beta2**self.t, change)
        np.sqrt(change, change)
        np.add(change, self.epsilon, change)
        np.divide(v, change, change)
        np.multiply(change, self.learning_rate / (1 - self.beta1**self.t), change)
        np.subtract(parameters, change, parameters)


OPTIMIZERS = Registry("optimizer", (GradientDescent, Momentum, Nesterov, RMSProp, Adam))
