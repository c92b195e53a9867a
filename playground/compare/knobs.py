"""The knobs: what of an experiment can be given several values, to be compared."""

from collections.abc import Mapping
from contextlib import suppress

from playground.experiment import CONTROLS, DEFAULTS

EACH_LAYER = {"units": "layers", "activation": "activations"}  # knobs of all hidden layers alike
NO_KNOBS = ("seed", "speed", "max_epochs", "target_loss")  # a plan has seeds and epochs of its own
KNOBS: Mapping = {
    **{
        name: control
        for name, control in CONTROLS.items()
        if name not in NO_KNOBS and not control.longest and not isinstance(DEFAULTS[name], tuple)
    },
    **{name: CONTROLS[of] for name, of in EACH_LAYER.items()},
}
MOST_VALUES = 64  # of a knob

RATIOS = {  # between neighbouring values, where it is the order of magnitude that counts
    "learning_rate": 10**0.5, "epsilon": 10, "l1": 10, "l2": 10, "clip": 10, "scale": 2, "period": 2, "points": 2,
    "batch_size": 2, "units": 2,
}  # fmt: skip
BESIDE_ZERO = {"l1": 1e-4, "l2": 1e-4, "clip": 1.0, "batch_size": 16, "scale": 1.0}  # where 0 is one of their values
MEMORIES = ("momentum", "decay", "beta1", "beta2")  # 1 - value is what counts


def spread_values(name, count, experiment):
    """Values of a knob worth comparing: the experiment's own and the nearest around it that it could have, rising.

    Of names, and of numbers to choose from, all that it could have.

    Args:
        name: one of KNOBS.
        count: how many values; there are fewer where the limits leave no more.
        experiment: the present one.
    """
    control, own = KNOBS[name], getattr(experiment, EACH_LAYER.get(name, name))
    own = own[0] if isinstance(own, tuple) else own
    values = []
    for value in control.choices or (own, *_around(name, own)):
        with suppress(ValueError):  # out of its limits, or not with this experiment
            value = control.check(value, _default(name))
            with_values(experiment, {name: value})
            values += [value] * (value not in values)
    return tuple(values if control.choices else sorted(values[:count]))


def _around(name, own):
    """Values to both sides of a knob's own, the nearest first."""
    control = KNOBS[name]
    for steps in (sign * n for n in range(17) for sign in (1, -1)):
        if name in MEMORIES:
            value = round(1 - _rounded((1 - own) * 10 ** (-steps / 2)), 9)
        elif name in RATIOS:
            value = _rounded((own or BESIDE_ZERO[name]) * RATIOS[name] ** steps)
        else:
            value = own + steps * (control.high - control.low) / 8
            value = round(round(value / control.step) * control.step, 9)
        yield round(value) if isinstance(own, int) else value


def _rounded(value):
    """To two significant digits."""
    return float(f"{value:.2g}")


def _default(name):
    default = DEFAULTS[EACH_LAYER.get(name, name)]
    return default[0] if isinstance(default, tuple) else default


def checked_values(name, values):
    """The values of an axis as a tuple, each as its knob has it."""
    if name not in KNOBS:
        raise ValueError(f"{name!r} is not a knob that can be swept.")
    control = KNOBS[name]
    if not isinstance(values, list | tuple) or not 1 <= len(values) <= MOST_VALUES:
        raise ValueError(f"{control.label}: a list of 1 to {MOST_VALUES} values is wanted.")
    values = tuple(control.check(value, _default(name)) for value in values)
    twice = [value for value in values if values.count(value) > 1]
    if twice:
        raise ValueError(f"{control.label}: {twice[0]} is there twice.")
    return values


def read_values(name, text):
    """Values of a knob of numbers as they were typed, with commas between them.

    Raises:
        ValueError: where one is no number that the knob can have, or there twice.
    """
    return checked_values(name, [part.strip() for part in text.split(",") if part.strip()])


def with_values(experiment, values):
    """The experiment with other values of some knobs, {name: value}."""
    layers = len(experiment.layers)
    return experiment.changed(
        **{EACH_LAYER.get(name, name): (v,) * layers if name in EACH_LAYER else v for name, v in values.items()}
    )
