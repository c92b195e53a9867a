"""What the scripts write out of nn and of the problems, by name: each the same arithmetic in the same order as ours.

So a script trains as the page does to the last bit, where BLAS and the processor are the same ones, and goes on doing
so where training is chaotic and would make a difference of one rounding large.
"""

import textwrap

# g(Z) and g'(Z), as the bodies of two functions.
ACTIVATIONS = {
    "sigmoid": ("return 1 / (1 + np.exp(-Z))", "A = sigmoid(Z)\nreturn A - A**2"),
    "tanh": ("return np.tanh(Z)", "return 1 - np.tanh(Z) ** 2"),
    "relu": ("return np.maximum(Z, 0)", "return np.heaviside(Z, 0)"),
    "leaky_relu": ("return np.maximum(Z, 0.01 * Z)", "return np.maximum(np.heaviside(Z, 0), 0.01)"),
    "elu": ("return np.maximum(Z, np.expm1(np.minimum(Z, 0)))", "return np.minimum(elu(Z), 0) + 1"),
    "softplus": ("return np.logaddexp(Z, 0)", "return -np.expm1(-softplus(Z))  # 1 - e^-A = 1 / (1 + e^-Z)"),
    "swish": (
        "return Z * (1 / (1 + np.exp(-Z)))",
        "return 1 + 1 / (1 + np.exp(Z)) * (swish(Z) - 1)  # s + A (1 - s), where 1 - s = 1 / (1 + e^Z)",
    ),
    "sine": ("return np.sin(Z)", "return np.cos(Z)"),
    "identity": ("return Z", "return np.ones_like(Z)"),
    "softmax": ("E = np.exp(Z - Z.max(axis=0))\nreturn E / E.sum(axis=0)", None),  # only where its loss joins it
}

# The loss, and where back-propagation starts: dA, or of the cross-entropies dZ, since each joins its activation.
LOSSES = {
    "squared_error": ("np.sum((A - Ys) ** 2) / (2 * m)", "(A - Ys) / m"),
    "huber": (
        "np.sum(np.where(np.abs(A - Ys) <= 1, (A - Ys) ** 2 / 2, np.abs(A - Ys) - 0.5)) / m",
        "np.clip(A - Ys, -1, 1) / m",
    ),
    "absolute_error": ("np.sum(np.abs(A - Ys)) / m", "np.sign(A - Ys) / m"),
    "binary_cross_entropy": (
        "np.sum(np.maximum(Z, 0) - Ys * Z + np.log1p(np.exp(-np.abs(Z)))) / m  # sum of ln(1 + e^Z) - Y Z",
        "(A - Ys) / m",
    ),
    "cross_entropy": (
        "np.sum(np.log(np.sum(np.exp(Z - Z.max(axis=0)), axis=0)) - np.sum(Ys * (Z - Z.max(axis=0)), axis=0)) / m",
        "(A - Ys) / m",
    ),
}

# The step of a layer's Wb along dWb; a layer remembers v and s, which start at 0, and self.t counts the steps.
OPTIMIZERS = {
    "gradient_descent": "layer.Wb -= learning_rate * dWb",
    "momentum": "layer.v = MOMENTUM * layer.v - learning_rate * dWb\nlayer.Wb += layer.v",
    "nesterov": "layer.v = MOMENTUM * layer.v - learning_rate * dWb\n"
    "layer.Wb -= learning_rate * dWb\nlayer.Wb += MOMENTUM * layer.v",
    "rmsprop": "layer.s = DECAY * layer.s + (1 - DECAY) * dWb**2\n"
    "layer.Wb -= learning_rate * (dWb / (np.sqrt(layer.s) + EPSILON))",
    "adam": "layer.v = BETA1 * layer.v + (1 - BETA1) * dWb\n"
    "layer.s = BETA2 * layer.s + (1 - BETA2) * dWb**2\n"
    "size = np.sqrt(layer.s / (1 - BETA2**self.t)) + EPSILON\n"
    "layer.Wb -= learning_rate / (1 - BETA1**self.t) * (layer.v / size)",
}

# How W and b are drawn.
_NORMAL = "0.2 * rng.standard_normal"
_NO_BIAS = "\nb = np.zeros((units_out, 1))"
INITIALIZERS = {
    "normal": f"W = {_NORMAL}((units_out, units_in))\nb = {_NORMAL}((units_out, 1))",
    "uniform": "W = rng.uniform(-0.5, 0.5, (units_out, units_in))\nb = rng.uniform(-0.5, 0.5, (units_out, 1))",
    "xavier": "limit = np.sqrt(6 / (units_in + units_out))\n"
    "W = rng.uniform(-limit, limit, (units_out, units_in))" + _NO_BIAS,
    "he": "W = np.sqrt(2 / units_in) * rng.standard_normal((units_out, units_in))" + _NO_BIAS,
    "lecun": "W = np.sqrt(1 / units_in) * rng.standard_normal((units_out, units_in))" + _NO_BIAS,
    "zeros": "W = np.zeros((units_out, units_in))" + _NO_BIAS,
}

# The factor of the learning rate in the step from an epoch.
SCHEDULES = {
    "constant": "1.0",
    "step": "0.5 ** (epoch // PERIOD)",
    "exponential": "0.5 ** (epoch / PERIOD)",
    "cosine": "(1 + math.cos(math.pi * min(epoch / PERIOD, 1.0))) / 2",
    "warm_up": "min((epoch + 1) / (PERIOD + 1), 1.0)",
}

# The curves without noise of their own, from Xs.
TARGETS = {
    "sine": "np.sin(Xs)",
    "cosine": "np.cos(Xs)",
    "x_sine": "Xs * np.sin(Xs)",
    "step": "np.where(Xs < 0, -1.0, 1.0)",
    "absolute": "np.abs(Xs)",
    "sawtooth": "Xs - 2 * np.floor((Xs + 1) / 2)",
    "bump": "np.exp(-(Xs**2))",
}

# What a network may be given of two inputs.
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


def functions(names):
    """Activations as source text, each function once.

    Args:
        names: (name, whether its derivative is wanted too), in order.
    """
    texts = {}
    for name, differentiated in names:
        value, derivative = ACTIVATIONS[name]
        texts[name] = f"def {name}(Z):\n" + textwrap.indent(value, "    ")
        if differentiated:
            texts[f"{name}_derivative"] = f"def {name}_derivative(Z):\n" + textwrap.indent(derivative, "    ")
    return "\n\n\n".join(texts.values())
