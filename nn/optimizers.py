"""The optimizers: what a step does with the gradient, each from its publication."""

from collections.abc import Sequence

import numpy as np

from nn.arrays import Flat
from nn.optimizer_types import FRACTION, POSITIVE, Optimizer, StabilityBound
from nn.registry import Registry


class GradientDescent(Optimizer):
    """W -= learning_rate * dW, and b likewise: the posts' rule."""

    name, label = "gradient_descent", "Gradient descent"
    description = "Straight downhill: the steeper the slope, the longer the step."
    equation = r"W \leftarrow W - \alpha\, dW"
    source = "the posts; Cauchy 1847"
    update_code = "layer.Wb -= learning_rate * dWb"
    torch_code = "torch.optim.SGD(parameters, lr=LEARNING_RATE)"

    def __init__(self, learning_rate: float = 0.1) -> None:
        super().__init__(learning_rate=learning_rate)

    def _update(
        self, parameters: Flat, gradient: Flat, learning_rate: float, change: Flat, state: Sequence[Flat]
    ) -> None:
        np.multiply(gradient, learning_rate, change)
        np.subtract(parameters, change, parameters)

    def stability_bound(self) -> StabilityBound:
        return StabilityBound(1.0, "2 / λmax", "plain gradient descent")


class Momentum(Optimizer):
    """v = momentum * v - learning_rate * dW; W += v (Polyak 1964, in the form of Sutskever et al. 2013)."""

    name, label = "momentum", "Momentum"
    description = "A rolling ball: every step keeps a part of the previous one, so steps in one direction add up."
    equation = r"v \leftarrow \mu v - \alpha\, dW,\quad W \leftarrow W + v"
    source = "Polyak 1964; Sutskever et al. 2013"
    update_code = "layer.v = MOMENTUM * layer.v - learning_rate * dWb\nlayer.Wb += layer.v"
    torch_code = "torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum=MOMENTUM)"
    constraints = {"learning_rate": POSITIVE, "momentum": FRACTION}
    state_names = ("v",)

    momentum: float

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(learning_rate=learning_rate, momentum=momentum)

    def _update(
        self, parameters: Flat, gradient: Flat, learning_rate: float, change: Flat, state: Sequence[Flat]
    ) -> None:
        (v,) = state
        np.multiply(gradient, learning_rate, change)
        np.multiply(v, self.momentum, v)
        np.subtract(v, change, v)
        np.add(parameters, v, parameters)

    @property
    def momentum_factor(self) -> float:
        return self.momentum

    def stability_bound(self) -> StabilityBound:
        mu = self.momentum
        return StabilityBound(1 + mu, "2 (1 + μ) / λmax", f"gradient descent with momentum μ = {mu:g}")


class Nesterov(Momentum):
    """Momentum that looks ahead: v = momentum * v - learning_rate * dW; W += momentum * v - learning_rate * dW.

    Nesterov 1983, in the form of Bengio et al. 2013 (arXiv 1212.0901, eq. 7), where dW is taken at W itself.
    """

    name, label = "nesterov", "Nesterov momentum"
    description = "Momentum that looks ahead to where the ball is about to be, and so overshoots less."
    equation = r"v \leftarrow \mu v - \alpha\, dW,\quad W \leftarrow W + \mu v - \alpha\, dW"
    source = "Nesterov 1983; Bengio et al. 2013"
    update_code = (
        "layer.v = MOMENTUM * layer.v - learning_rate * dWb\n"
        "layer.Wb -= learning_rate * dWb\n"
        "layer.Wb += MOMENTUM * layer.v"
    )
    torch_code = "torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum=MOMENTUM, nesterov=True)"

    def _update(
        self, parameters: Flat, gradient: Flat, learning_rate: float, change: Flat, state: Sequence[Flat]
    ) -> None:
        (v,) = state
        np.multiply(gradient, learning_rate, change)
        np.multiply(v, self.momentum, v)
        np.subtract(v, change, v)
        np.subtract(parameters, change, parameters)
        np.multiply(v, self.momentum, change)
        np.add(parameters, change, parameters)

    def stability_bound(self) -> StabilityBound:
        mu = self.momentum
        return StabilityBound(
            (1 + mu) / (1 + 2 * mu), "2 (1 + μ) / ((1 + 2 μ) λmax)", f"Nesterov momentum with μ = {mu:g}"
        )


class RMSProp(Optimizer):
    """s = decay * s + (1 - decay) * dW^2; W -= learning_rate * dW / (sqrt(s) + epsilon) (Hinton 2012, lecture 6e)."""

    name, label = "rmsprop", "RMSProp"
    description = (
        "Each parameter's step is divided by the recent size of its gradient, so flat directions move as well."
    )
    equation = (
        r"s \leftarrow \rho s + (1 - \rho)\, dW^2,\quad W \leftarrow W - \alpha\, \frac{dW}{\sqrt{s} + \varepsilon}"
    )
    source = "Hinton 2012, lecture 6e"
    update_code = (
        "layer.s = DECAY * layer.s + (1 - DECAY) * dWb**2\n"
        "layer.Wb -= learning_rate * (dWb / (np.sqrt(layer.s) + EPSILON))"
    )
    torch_code = "torch.optim.RMSprop(parameters, lr=LEARNING_RATE, alpha=DECAY, eps=EPSILON)"
    adaptive = True
    constraints = {"learning_rate": POSITIVE, "decay": FRACTION, "epsilon": POSITIVE}
    state_names = ("s",)

    decay: float
    epsilon: float

    def __init__(self, learning_rate: float = 0.001, decay: float = 0.9, epsilon: float = 1e-8) -> None:
        super().__init__(learning_rate=learning_rate, decay=decay, epsilon=epsilon)

    def _update(
        self, parameters: Flat, gradient: Flat, learning_rate: float, change: Flat, state: Sequence[Flat]
    ) -> None:
        (s,) = state
        np.multiply(gradient, gradient, change)
        np.multiply(change, 1 - self.decay, change)
        np.multiply(s, self.decay, s)
        np.add(s, change, s)
        np.sqrt(s, change)
        np.add(change, self.epsilon, change)
        np.divide(gradient, change, change)
        np.multiply(change, learning_rate, change)
        np.subtract(parameters, change, parameters)


class Adam(Optimizer):
    """Running means of dW and dW^2, both corrected for their start at zero (Kingma and Ba 2015, algorithm 1).

    At step t: v = beta1 * v + (1 - beta1) * dW; s = beta2 * s + (1 - beta2) * dW^2;
    W -= learning_rate * (v / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + epsilon).
    """

    name, label = "adam", "Adam"
    description = "Momentum and RMSProp together: a mean of the gradient, divided by a mean of its size."
    equation = (
        r"v \leftarrow \beta_1 v + (1 - \beta_1)\, dW,\quad s \leftarrow \beta_2 s + (1 - \beta_2)\, dW^2,\quad "
        r"W \leftarrow W - \alpha\, \frac{v / (1 - \beta_1^t)}{\sqrt{s / (1 - \beta_2^t)} + \varepsilon}"
    )
    source = "Kingma and Ba 2015"
    update_code = (
        "layer.v = BETA1 * layer.v + (1 - BETA1) * dWb\n"
        "layer.s = BETA2 * layer.s + (1 - BETA2) * dWb**2\n"
        "size = np.sqrt(layer.s / (1 - BETA2**self.t)) + EPSILON\n"
        "layer.Wb -= learning_rate / (1 - BETA1**self.t) * (layer.v / size)"
    )
    torch_code = "torch.optim.Adam(parameters, lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPSILON)"
    adaptive = True
    constraints = {"learning_rate": POSITIVE, "beta1": FRACTION, "beta2": FRACTION, "epsilon": POSITIVE}
    state_names = ("v", "s")
    counters = ("t",)

    beta1: float
    beta2: float
    epsilon: float

    def __init__(
        self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8
    ) -> None:
        super().__init__(learning_rate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon)
        self.t = 0

    def _update(
        self, parameters: Flat, gradient: Flat, learning_rate: float, change: Flat, state: Sequence[Flat]
    ) -> None:
        v, s = state
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
        np.multiply(change, learning_rate / (1 - self.beta1**self.t), change)
        np.subtract(parameters, change, parameters)


OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer", (GradientDescent, Momentum, Nesterov, RMSProp, Adam))
