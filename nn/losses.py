"""The losses: how far the output A is from the targets Y, by name."""

import numpy as np

from nn.activations import sigmoid
from nn.arrays import Matrix
from nn.loss_types import FusedLoss, Loss, TargetRequirement
from nn.registry import Registry
from nn.softmax import softmax

FRACTIONS = TargetRequirement("from 0 to 1", lambda Y: bool(((Y >= 0) & (Y <= 1)).all()))
DISTRIBUTIONS = TargetRequirement(
    "distributions: in every column shares from 0 on that add up to 1",
    lambda Y: bool((Y >= 0).all()) and np.allclose(Y.sum(axis=0), 1, rtol=0, atol=1e-5),
)


def _squared_error(A: Matrix, Y: Matrix, m: float, dA: Matrix) -> float:
    np.subtract(A, Y, dA)
    np.divide(dA, m, dA)  # dA = (A - Y) / m
    entries = dA.ravel()
    return 0.5 * m * float(entries.dot(entries))  # ||A - Y||_F^2 / (2 m) = m/2 ||dA||_F^2


def _huber(A: Matrix, Y: Matrix, m: float, dA: Matrix) -> float:
    np.subtract(A, Y, dA)
    size = np.abs(dA)
    loss = np.where(size <= 1, dA**2 / 2, size - 0.5).sum() / m
    np.clip(dA, -1, 1, dA)
    np.divide(dA, m, dA)  # dA = clip(A - Y, -1, 1) / m
    return float(loss)


def _absolute_error(A: Matrix, Y: Matrix, m: float, dA: Matrix) -> float:
    np.subtract(A, Y, dA)
    loss = np.abs(dA).sum() / m
    np.sign(dA, dA)
    np.divide(dA, m, dA)  # dA = sign(A - Y) / m, 0 where A = Y
    return float(loss)


def _logs(A: Matrix, Y: Matrix) -> Matrix:
    """ln A where Y is not 0, and 0 elsewhere: Y ln A is 0 where Y is, whatever A."""
    return np.log(A, out=np.zeros_like(A), where=Y != 0)


def _ratios(Y: Matrix, A: Matrix) -> Matrix:
    """Y / A where Y is not 0, and 0 elsewhere."""
    return np.divide(Y, A, out=np.zeros_like(A), where=Y != 0)


def _binary_cross_entropy(A: Matrix, Y: Matrix, m: float, dA: Matrix) -> float:
    np.subtract(_ratios(1 - Y, 1 - A), _ratios(Y, A), dA)
    np.divide(dA, m, dA)  # dA = ((1 - Y) / (1 - A) - Y / A) / m
    return -float((Y * _logs(A, Y) + (1 - Y) * _logs(1 - A, 1 - Y)).sum()) / m


def _binary_cross_entropy_of_sigmoid(Z: Matrix, A: Matrix, Y: Matrix, m: float, dZ: Matrix) -> float:
    np.subtract(A, Y, dZ)
    np.divide(dZ, m, dZ)  # dZ = (A - Y) / m
    # ln(1 + e^z) - y z = max(z, 0) - y z + ln(1 + e^-|z|)
    return float((np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))).sum()) / m


def _cross_entropy(A: Matrix, Y: Matrix, m: float, dA: Matrix) -> float:
    np.divide(_ratios(Y, A), -m, dA)  # dA = -Y / A / m
    return -float((Y * _logs(A, Y)).sum()) / m


def _cross_entropy_of_softmax(Z: Matrix, A: Matrix, Y: Matrix, m: float, dZ: Matrix) -> float:
    np.subtract(A, Y, dZ)
    np.divide(dZ, m, dZ)  # dZ = (A - Y) / m
    Z = Z - Z.max(axis=0)  # ln sum_k e^z_k - sum_k y_k z_k does not change when a column is shifted
    return float((np.log(np.exp(Z).sum(axis=0)) - (Y * Z).sum(axis=0)).sum()) / m


squared_error = Loss(
    "squared_error",
    "Squared error",
    r"\frac{1}{2m} \lVert A - Y \rVert_F^2",
    r"\frac{1}{m} (A - Y)",
    _squared_error,
    expression="np.sum((A - Ys) ** 2) / (2 * m)",
    derivative_expression="(A - Ys) / m",
    torch_expression='F.mse_loss(output, targets, reduction="sum") / 2',
)
huber = Loss(  # Huber 1964, turning from a square to a straight line at a distance of 1
    "huber",
    "Huber",
    r"\frac{1}{m} \sum h(A - Y), \quad h(r) = \begin{cases} r^2 / 2 & |r| \le 1 \\ |r| - 1/2 & |r| > 1 \end{cases}",
    r"\frac{1}{m} \max(-1, \min(A - Y, 1))",
    _huber,
    expression="np.sum(np.where(np.abs(A - Ys) <= 1, (A - Ys) ** 2 / 2, np.abs(A - Ys) - 0.5)) / m",
    derivative_expression="np.clip(A - Ys, -1, 1) / m",
    torch_expression='F.huber_loss(output, targets, reduction="sum")',
)
absolute_error = Loss(
    "absolute_error",
    "Absolute error",
    r"\frac{1}{m} \sum |A - Y|",
    r"\frac{1}{m} \operatorname{sign}(A - Y)",
    _absolute_error,
    expression="np.sum(np.abs(A - Ys)) / m",
    derivative_expression="np.sign(A - Ys) / m",
    torch_expression='F.l1_loss(output, targets, reduction="sum")',
    has_kinks=True,
)

binary_cross_entropy = Loss(  # minus the log-likelihood of one coin per output; Bishop 2006, eq. 4.90
    "binary_cross_entropy",
    "Binary cross-entropy",
    r"-\frac{1}{m} \sum \left( Y \ln A + (1 - Y) \ln(1 - A) \right)",
    r"\frac{1}{m} \left( \frac{1 - Y}{1 - A} - \frac{Y}{A} \right)",
    _binary_cross_entropy,
    expression="-np.sum(Ys * np.log(A) + (1 - Ys) * np.log(1 - A)) / m",
    derivative_expression="((1 - Ys) / (1 - A) - Ys / A) / m",
    torch_expression='F.binary_cross_entropy_with_logits(output, targets, reduction="sum")',
    fused=FusedLoss(
        sigmoid,
        r"\frac{1}{m} \sum \left( \ln(1 + e^Z) - Y Z \right)",
        r"\frac{1}{m} (A - Y)",
        _binary_cross_entropy_of_sigmoid,
        expression="np.sum(np.maximum(Z, 0) - Ys * Z + np.log1p(np.exp(-np.abs(Z)))) / m",
        derivative_expression="(A - Ys) / m",
    ),
    target_requirement=FRACTIONS,
)
cross_entropy = Loss(  # minus the log-likelihood of one class of several; Bishop 2006, eq. 4.108
    "cross_entropy",
    "Cross-entropy",
    r"-\frac{1}{m} \sum Y \ln A",
    r"-\frac{1}{m} \frac{Y}{A}",
    _cross_entropy,
    expression="-np.sum(Ys * np.log(A)) / m",
    derivative_expression="-Ys / A / m",
    torch_expression='F.cross_entropy(output, targets, reduction="sum")',
    fused=FusedLoss(
        softmax,
        r"\frac{1}{m} \left( \sum_j \ln \sum_k e^{Z_{kj}} - \sum Y Z \right)",
        r"\frac{1}{m} (A - Y)",
        _cross_entropy_of_softmax,
        expression=(
            "np.sum(np.log(np.sum(np.exp(Z - Z.max(axis=0)), axis=0)) - np.sum(Ys * (Z - Z.max(axis=0)), axis=0)) / m"
        ),
        derivative_expression="(A - Ys) / m",
    ),
    target_requirement=DISTRIBUTIONS,
)

LOSSES = Registry("loss", (squared_error, huber, absolute_error, binary_cross_entropy, cross_entropy))
