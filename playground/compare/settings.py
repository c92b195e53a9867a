"""Settings that a race or a sweep compares: which fields can have several values, and which values are worth trying."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias

from playground.control import Control, Value
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.given_weights import in_words as units_in_words
from playground.numerals import written

LAYER_FIELDS = {"units": "layers", "activation": "activations"}  # settings of all hidden layers alike, and their fields
STOPPING = ("patience", "stall_epochs", "stall_share")  # the only settings of the pace that change what is learned
SETTINGS: Mapping[str, Control] = {
    **{
        name: control
        for name, control in CONTROLS.items()
        if (control.group not in ("seed", "pace") or name in STOPPING)  # a plan has seeds and epochs of its own
        and not (control.max_length or control.multiple or control.per_layer)
    },
    **{name: CONTROLS[field] for name, field in LAYER_FIELDS.items()},
}
SWEPT: Mapping[str, Control] = {**SETTINGS, "layers": CONTROLS["layers"]}  # a command can sweep whole networks, too
NONE = "none"  # how a network without a hidden layer is typed
MAX_VALUES = 64  # of one setting
Swept: TypeAlias = Value | tuple[int, ...]  # a value of a setting; of "layers" it is a network

RATIOS = {  # between neighbouring values of settings whose order of magnitude matters
    "learning_rate": 10**0.5, "epsilon": 10, "l1": 10, "l2": 10, "clip": 10, "scale": 2, "period": 2, "points": 2,
    "batch_size": 2, "units": 2, "patience": 2, "stall_epochs": 2,
}  # fmt: skip
BESIDE_ZERO = {  # what follows a value of 0
    "l1": 1e-4, "l2": 1e-4, "clip": 1.0, "batch_size": 16, "scale": 1.0, "patience": 50, "stall_epochs": 50,
}  # fmt: skip
DECAYS = ("momentum", "decay", "beta1", "beta2")  # settings for which the order of magnitude of 1 - value matters
MAX_STEPS = 17  # away from the present value, to either side


def spread_values(name: str, count: int, experiment: Experiment) -> tuple[Value, ...]:
    """Values of a setting worth comparing: the experiment's own and the nearest valid ones around it, rising.

    Of a setting with choices, all valid choices.

    Args:
        name: one of SETTINGS.
        count: how many values; fewer where the limits leave no more, none of hidden layers where there are none.
        experiment: the present one.
    """
    control, own = SETTINGS[name], getattr(experiment, LAYER_FIELDS.get(name, name))
    if isinstance(own, tuple):
        if not own:
            return ()  # there is no hidden layer whose units it could be
        own = own[0]
    values: list[Value] = []
    for candidate in control.choices or (own, *_around(name, own)):
        with suppress(ValueError):  # outside the limits, or invalid in this experiment
            value = control.check_entry(candidate)
            with_values(experiment, {name: value})
            if value not in values:
                values.append(value)
    return tuple(values if control.choices else sorted(values[:count]))


def _around(name: str, own: float) -> Iterator[float]:
    """Values on both sides of a setting's own, the nearest first."""
    control = SETTINGS[name]
    for steps in (sign * n for n in range(MAX_STEPS) for sign in (1, -1)):
        if name in DECAYS:
            value = round(1 - _rounded((1 - own) * 10 ** (-steps / 2)), 9)
        elif name in RATIOS:
            value = _rounded((own or BESIDE_ZERO[name]) * RATIOS[name] ** steps)
        else:
            assert control.step is not None, f"{name} needs a ratio or a step"
            step = control.step or 1
            value = own + steps * (control.high - control.low) / 8
            value = round(round(value / step) * step, 9)
        yield round(value) if isinstance(own, int) else value


def _rounded(value: float) -> float:
    """To two significant digits."""
    return float(f"{value:.2g}")


def check_values(name: str, values: Sequence[object], most: int = MAX_VALUES) -> tuple[Swept, ...]:
    """The values of a setting, each as the type of its field.

    Raises:
        ValueError: on an unknown setting, an invalid value, a repeated one, or more than `most`.
    """
    if name not in SWEPT:
        raise ValueError(f"{name!r} is not a setting that can be swept.")
    control = SWEPT[name]
    if not isinstance(values, list | tuple) or not 1 <= len(values) <= most:
        raise ValueError(f"{control.label}: there must be 1 to {most:,} values.")
    check = control.check if name in CONTROLS else control.check_entry
    checked = tuple(check(value) for value in values)
    for value in checked:
        if checked.count(value) > 1:
            raise ValueError(f"{control.label}: {in_words(value)} is listed twice.")
    return checked


def in_words(value: Swept) -> str:
    """A value of a setting as it is typed."""
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or NONE
    return value if isinstance(value, str) else written(value)


def given_weights_in(experiment: Experiment, name: str, values: Sequence[Swept]) -> str:
    """A sentence on given weights in runs with several values of a setting; "" where all runs have them."""
    if not experiment.given:
        return ""
    drawn = []
    for value in values:
        with suppress(ValueError):  # there is no such run
            if not with_values(experiment, {name: value}).given:
                drawn.append(in_words(value))
    if not drawn:
        return ""
    which = "All runs" if len(drawn) == len(values) else f"The runs with {SWEPT[name].label.lower()} {', '.join(drawn)}"
    return f"The given weights are for the network {units_in_words(experiment.units)}. {which} start from drawn ones."


def with_values(experiment: Experiment, values: Mapping[str, Swept]) -> Experiment:
    """The experiment with other values of some settings, {name: value}.

    Raises:
        ValueError: when there is no such experiment.
    """
    changes: dict[str, Any] = {name: value for name, value in values.items() if name not in LAYER_FIELDS}
    layers = changes.get("layers", experiment.layers)
    for name in LAYER_FIELDS.keys() & values.keys() if not layers else ():
        raise ValueError(f"{SETTINGS[name].label}: there is no hidden layer that could have it.")
    activations = experiment.activations or DEFAULTS["activations"]
    changes["activations"] = (activations + activations[-1:] * len(layers))[: len(layers)]
    changes |= {LAYER_FIELDS[name]: (value,) * len(layers) for name, value in values.items() if name in LAYER_FIELDS}
    return experiment.changed(**changes)
