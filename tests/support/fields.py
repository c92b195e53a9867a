"""The fields of an experiment by kind, values that they can have, and what is said of those that they cannot."""

import pytest

from playground.experiment import CONTROLS, DEFAULTS, Experiment


def default(name):
    """The default of a field; of the first layer where there is one for each."""
    value = DEFAULTS[name]
    return value[0] if isinstance(value, tuple) else value


GIVEN = "\n".join([*["0.5, -1"] * 20, "\n" + ", ".join(["0.25"] * 21)])  # of the network 1-20-1
TEXTS = {"formula": "x ** 2", "own": "x,y\n0,1\n2,3\n", "given": GIVEN, "off": "1.3"}
NUMBERS = [name for name, control in CONTROLS.items() if not control.choices and name not in TEXTS]
CHOICES = [name for name, control in CONTROLS.items() if control.choices]
WHOLE = [name for name in NUMBERS if isinstance(default(name), int)]


def like(name, value):
    """`value` as the field takes it: in a tuple where there is one for each layer."""
    return (value,) if isinstance(DEFAULTS[name], tuple) else value


def another(name):
    """A good value of the field that is not its default."""
    control = CONTROLS[name]
    if name in TEXTS:
        return TEXTS[name]
    if control.choices:
        return like(name, next(choice for choice in control.choices if choice not in ("cross_entropy", default(name))))
    if name in WHOLE:
        return like(name, 7)
    return next(value for value in (0.5, 0.05) if control.low <= value <= control.high)


def refused(name, value):
    """What is said on refusing a value."""
    with pytest.raises(ValueError, match=r"\.$") as caught:
        Experiment(**{name: value})
    return str(caught.value)
