"""Activations, targets and features as NumPy code, in the same arithmetic and order as the originals.

So a script trains as the page does to the last bit, where BLAS and processor are the same, and keeps doing so where
training is chaotic and magnifies every rounding. The code of an activation stands in its registry entry.
"""

import re
from collections.abc import Iterable

from nn.activation_types import Activation
from playground.sharing.export.template import block

# The curves without noise of their own, from Xs. Any other curve is exported as its points.
TARGETS = {
    "sine": "np.sin(Xs)",
    "cosine": "np.cos(Xs)",
    "x_sine": "Xs * np.sin(Xs)",
    "step": "np.where(Xs < 0, -1.0, 1.0)",
    "absolute": "np.abs(Xs)",
    "sawtooth": "Xs - 2 * np.floor((Xs + 1) / 2)",
    "bump": "np.exp(-(Xs**2))",
}

# What a network can be given of two inputs.
FEATURES = {
    "x1": "x1",
    "x2": "x2",
    "x1_squared": "x1**2",
    "x2_squared": "x2**2",
    "product": "x1 * x2",
    "sin_x1": "np.sin(x1)",
    "sin_x2": "np.sin(x2)",
    "cos_x1": "np.cos(x1)",
    "cos_x2": "np.cos(x2)",
}


def code_of(name: str, known: dict[str, str], kind: str) -> str:
    """The code that an exporter has for a name.

    Raises:
        ValueError: when it has none: a script without it would silently be another run.
    """
    if name not in known:
        raise ValueError(f"The {kind} {name!r} cannot be exported.")
    return known[name]


def functions(activations: Iterable[Activation], *, with_derivatives: Iterable[Activation] = ()) -> str:
    """Activations as functions of Z, and the derivatives of some, each once."""
    parts = {g.name: _function(g.name, "", g.expression) for g in activations}
    for g in with_derivatives:
        evaluation = f"A = {g.name}(Z)" if re.search(r"\bA\b", g.derivative_expression) else ""
        parts[f"{g.name}_derivative"] = _function(f"{g.name}_derivative", evaluation, g.derivative_expression)
    return "\n\n\n".join(parts.values())


def _function(name: str, first: str, value: str) -> str:
    return block(f"def {name}(Z):", first and f"    {first}", f"    return {value}")
