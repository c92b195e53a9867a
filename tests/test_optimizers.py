"""Optimizers: three steps of each against its published update, ten against two libraries, and what it refuses."""

import numpy as np
import pytest

from nn import OPTIMIZERS, Adam, GradientDescent, Momentum, Nesterov, RMSProp
from tests.support.peers import peer

RNG = np.random.RandomState(0)
W0, GRADIENTS = RNG.standard_normal(6), RNG.standard_normal((3, 6))
EACH = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


def gradient_descent(W, learning_rate):
    for dW in GRADIENTS:
        W = W - learning_rate * dW
    return W


def momentum(W, learning_rate, momentum):  # Sutskever et al. 2013, eq. 1 and 2
    v = 0
    for dW in GRADIENTS:
        v = momentum * v - learning_rate * dW
        W = W + v
    return W


def nesterov(W, learning_rate, momentum):  # the same, eq. 3 and 4: the gradient is that at theta + momentum * v
    v, theta = 0, W
    for dW in GRADIENTS:
        v = momentum * v - learning_rate * dW
        theta = theta + v
    return theta + momentum * v  # where the next gradient would be taken


def rmsprop(W, learning_rate, decay, epsilon):  # Hinton 2012, lecture 6e
    s = 0
    for dW in GRADIENTS:
        s = decay * s + (1 - decay) * dW**2
        W = W - learning_rate * dW / (np.sqrt(s) + epsilon)
    return W


def adam(W, learning_rate, beta1, beta2, epsilon):  # Kingma and Ba 2015, algorithm 1
    v = s = 0
    for t, dW in enumerate(GRADIENTS, start=1):
        v = beta1 * v + (1 - beta1) * dW
        s = beta2 * s + (1 - beta2) * dW**2
        W = W - learning_rate * (v / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)
    return W


PUBLISHED = [
    (GradientDescent(), gradient_descent),
    (GradientDescent(0.3), gradient_descent),
    (Momentum(), momentum),
    (Momentum(0.2, 0.5), momentum),
    (Nesterov(), nesterov),
    (Nesterov(0.2, 0.5), nesterov),
    (RMSProp(), rmsprop),
    (RMSProp(0.2, 0.5, 0.1), rmsprop),
    (Adam(), adam),
    (Adam(0.2, 0.5, 0.75, 0.1), adam),
]


def test_every_optimizer_is_compared_with_its_published_update():
    assert {type(optimizer) for optimizer, _ in PUBLISHED} == set(OPTIMIZERS.values())


@pytest.mark.parametrize(("optimizer", "published"), PUBLISHED, ids=[str(optimizer) for optimizer, _ in PUBLISHED])
def test_three_steps_are_those_of_the_published_update(optimizer, published):
    W = W0.copy()
    for dW in GRADIENTS:
        given = dW.copy()
        optimizer.step(W, given)
        np.testing.assert_array_equal(given, dW)  # the gradient is left as it is
    np.testing.assert_allclose(W - W0, published(W0, **optimizer.hyperparameters) - W0, rtol=1e-12)


def ours(optimizer, gradients):
    W = W0.copy()
    for dW in gradients:
        optimizer.step(W, dW)
    return W


STEPS = pytest.mark.parametrize("steps", [1, 10])


@STEPS
@pytest.mark.parametrize(
    ("optimizer", "name", "options"),
    [
        (GradientDescent(0.3), "SGD", {"lr": 0.3}),
        (Momentum(0.2, 0.7), "SGD", {"lr": 0.2, "momentum": 0.7}),
        (Nesterov(0.2, 0.7), "SGD", {"lr": 0.2, "momentum": 0.7, "nesterov": True}),
        (RMSProp(0.02, 0.8, 1e-3), "RMSprop", {"lr": 0.02, "alpha": 0.8, "eps": 1e-3}),
        (Adam(0.02, 0.8, 0.95, 1e-3), "Adam", {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-3}),
    ],
    ids=repr,
)
def test_steps_are_those_of_pytorch(optimizer, name, options, steps):
    torch = peer("torch")
    gradients = np.random.RandomState(1).standard_normal((steps, 6))
    W = torch.tensor(W0, requires_grad=True)
    theirs = getattr(torch.optim, name)([W], **options)
    for dW in gradients:
        W.grad = torch.tensor(dW)
        theirs.step()
    np.testing.assert_allclose(ours(optimizer.copy(), gradients) - W0, W.detach().numpy() - W0, rtol=1e-12)


@STEPS
@pytest.mark.parametrize(
    ("optimizer", "name", "options"),
    [
        (GradientDescent(0.3), "SGDOptimizer", {"learning_rate_init": 0.3, "momentum": 0, "nesterov": False}),
        (Momentum(0.2, 0.7), "SGDOptimizer", {"learning_rate_init": 0.2, "momentum": 0.7, "nesterov": False}),
        (Nesterov(0.2, 0.7), "SGDOptimizer", {"learning_rate_init": 0.2, "momentum": 0.7, "nesterov": True}),
    ],
    ids=repr,
)
def test_steps_are_those_of_scikit_learn(optimizer, name, options, steps):
    kinds = peer("sklearn.neural_network._stochastic_optimizers")
    gradients, W = np.random.RandomState(1).standard_normal((steps, 6)), W0.copy()
    theirs = getattr(kinds, name)([W], **options)
    for dW in gradients:
        theirs.update_params([W], [dW])
    np.testing.assert_allclose(ours(optimizer.copy(), gradients) - W0, W - W0, rtol=1e-12)


@STEPS
def test_adam_is_that_of_scikit_learn_with_an_epsilon_too_small_to_matter(steps):
    # scikit-learn adds epsilon before s is corrected for its start at zero (Kingma and Ba, end of section 2); we, after
    kinds = peer("sklearn.neural_network._stochastic_optimizers")
    gradients, W = np.random.RandomState(1).standard_normal((steps, 6)), W0.copy()
    theirs = kinds.AdamOptimizer([W], learning_rate_init=0.02, beta_1=0.8, beta_2=0.95, epsilon=1e-16)
    for dW in gradients:
        theirs.update_params([W], [dW])
    np.testing.assert_allclose(ours(Adam(0.02, 0.8, 0.95, 1e-16), gradients) - W0, W - W0, rtol=1e-12)


@pytest.mark.parametrize(
    ("optimizer", "defaults"),
    [
        (GradientDescent, {"learning_rate": 0.1}),  # the posts
        (Momentum, {"learning_rate": 0.01, "momentum": 0.9}),
        (Nesterov, {"learning_rate": 0.01, "momentum": 0.9}),
        (RMSProp, {"learning_rate": 0.001, "decay": 0.9, "epsilon": 1e-8}),
        (Adam, {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    ],
)
def test_defaults_are_the_published_ones(optimizer, defaults):
    assert optimizer().hyperparameters == defaults
    assert OPTIMIZERS[optimizer.name] is optimizer
    assert optimizer.source


@pytest.mark.parametrize("optimizer", [Momentum, Nesterov])
def test_without_momentum_it_is_gradient_descent(optimizer):
    W, plain = W0.copy(), W0.copy()
    memoryless, descent = optimizer(0.1, momentum=0), GradientDescent(0.1)
    for dW in GRADIENTS:
        memoryless.step(W, dW)
        descent.step(plain, dW)
    np.testing.assert_allclose(W, plain, rtol=1e-14)


@pytest.mark.parametrize("scale", [1e-3, 1, 1e3])
def test_adams_first_step_is_the_learning_rate_whatever_the_gradient(scale):
    W = W0.copy()
    Adam(0.01).step(W, scale * GRADIENTS[0])
    np.testing.assert_allclose(W - W0, -0.01 * np.sign(GRADIENTS[0]), rtol=1e-3)


@EACH
def test_it_goes_down_a_valley(optimizer):
    W, curvature = np.array([1.0, -1.0]), np.array([1.0, 3.0])  # loss = (W1^2 + 3 W2^2) / 2
    descent = optimizer(learning_rate=0.05)
    for _ in range(300):
        descent.step(W, curvature * W)
    assert np.abs(W).max() < 0.06


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"no optimizer named 'sgd'.*gradient_descent, momentum"):
        OPTIMIZERS["sgd"]
