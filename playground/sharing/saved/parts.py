"""The parts of a saved run, each checked to be one that a run can have."""

from itertools import pairwise

import numpy as np

from nn.history import CAPACITY, LossHistory
from nn.records import Divergence
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player.recording import Edit
from playground.player.series import MAX_MEASUREMENTS
from playground.sharing.saved.values import (
    MOST_LISTS,
    SavedError,
    array_of,
    fields_of,
    list_of,
    number_of,
    numbers_of,
    object_of,
    quoted,
    rising_of,
    whole_of,
    wholes_of,
)

MOST_EPOCHS = CONTROLS["max_epochs"].high
MOST_STEPS = 10**12
MOST_SECONDS = 1e9  # thirty years
ENTRIES = 16  # of a list in an experiment
EDIT_FIELDS = ("epoch", "place", "before")  # as saved runs name them
QUANTITIES = ("Z", "A", "dZ", "dW", "db", "W", "b")  # of a layer, any of which may diverge


def epoch_of(told):
    """How far the run has come."""
    return whole_of(told, "The epoch", 0, MOST_EPOCHS)


def experiment_of(told):
    """The Start of its Experiment."""
    for name, value in object_of(told, "The experiment").items():
        if name not in CONTROLS:
            raise SavedError(f"The experiment has {quoted(name)}, which this version of the playground does not know.")
        if not _is_like(value, DEFAULTS[name]):
            raise SavedError(f"{CONTROLS[name].label}: the file holds another kind of value than is wanted.")
    try:
        return Experiment(**told).start()
    except ValueError as error:
        raise SavedError(f"The experiment cannot be: {error}") from None


def _is_like(value, default):
    """Whether a value is of the type that a default has, as JSON knows it."""
    if isinstance(default, tuple):
        return type(value) is list and len(value) <= ENTRIES and all(_is_like(each, default[0]) for each in value)
    if isinstance(default, str):
        return type(value) is str and value.encode(errors="replace").decode() == value  # no half of a character
    return type(value) in ((int, float) if isinstance(default, float) else (int,))


def divergence_of(quantity, epoch, layers):
    """What left the finite numbers in the step after the epoch, a Divergence or None."""
    if quantity is None:
        return None
    if quantity not in ["loss", *(f"{name}{l}" for name in QUANTITIES for l in range(1, layers + 1))]:
        raise SavedError("What diverged: the loss is wanted, or a quantity of one of the network's layers.")
    return Divergence(epoch + 1, quantity)


def optimizer_of(told, experiment, parameters):
    """The optimizer of the experiment, with what it remembers."""
    kind, memory = fields_of(told, ("kind", "memory"), "The optimizer")
    if kind != experiment.optimizer:
        raise SavedError("The optimizer: that of the experiment is wanted.")
    optimizer, state = experiment.make_optimizer(), {}
    if object_of(memory, "The optimizer's memory"):
        fields_of(memory, (*optimizer.state_names, *optimizer.counters), "The optimizer's memory")
        for name in optimizer.state_names:
            others = ("inf",) if name == "s" else ()  # the square of a finite number may be none, and the run goes on
            state[name] = array_of(memory[name], f"The optimizer's {name}", parameters, others)
        for name in optimizer.counters:
            state[name] = whole_of(memory[name], f"The optimizer's {name}", 1, MOST_STEPS)
        if "s" in state and (state["s"] < 0).any():
            raise SavedError("The optimizer's s: a mean of squares is wanted, and none is below 0.")
    optimizer.load_state(state)
    return optimizer


def generator_of(told):
    """A state of NumPy's RandomState."""
    names = ("kind", "words", "position", "has_gauss", "gauss")
    kind, words, position, has_gauss, gauss = fields_of(told, names, "The generator")
    if kind != "MT19937":
        raise SavedError("The generator: MT19937 is wanted.")
    words = wholes_of(words, "The generator's words", 624, 2**32 - 1)
    if len(words) != 624 or not (words[0] >> 31 or any(words[1:])):  # its 19937 bits: nothing comes of 0 but 0
        raise SavedError("The generator's words: 624 are wanted, not all of them 0.")
    return {
        "bit_generator": kind,
        "state": {"key": np.array(words, np.uint32), "pos": whole_of(position, "The generator's position", 0, 624)},
        "has_gauss": whole_of(has_gauss, "The generator's has_gauss", 0, 1),
        "gauss": number_of(gauss, "The generator's gauss"),
    }


def order_of(told, m):
    """The order of the examples, an array."""
    if sorted(wholes_of(told, "The order", m, m - 1)) != list(range(m)):
        raise SavedError(f"The order: each of the {m:,} examples is wanted once.")
    return np.array(told)


def history_of(told, epoch):
    """The LossHistory up to the epoch."""
    stride, epochs, losses, objectives = fields_of(
        told, ("stride", "epochs", "losses", "objectives"), "The loss history"
    )
    stride = whole_of(stride, "The loss history's stride", 1, MOST_EPOCHS)
    epochs = wholes_of(epochs, "The loss history's epochs", CAPACITY + 1, epoch)
    losses = numbers_of(losses, "The loss history's losses", len(epochs))
    objectives = numbers_of(objectives, "The loss history's objectives", len(epochs), (None, "inf"))
    if epochs[-1:] != [epoch]:
        raise SavedError("The loss history: it is wanted up to the epoch of the run.")
    try:
        return LossHistory.of(stride, epochs, losses, objectives)
    except ValueError as error:
        raise SavedError(str(error)) from None


def tested_of(told, epoch, problem):
    """The test loss by epoch, a tuple of pairs."""
    epochs, losses = fields_of(told, ("epochs", "losses"), "The test-loss history")
    epochs = rising_of(
        epochs, "The test-loss history's epochs", MAX_MEASUREMENTS if problem.test_samples.size else 0, epoch
    )
    losses = numbers_of(losses, "The test-loss history's losses", len(epochs))
    return tuple(zip(epochs, losses, strict=True))


def clock_of(told, epoch):
    """The seconds that training had taken by epoch, a tuple of pairs."""
    epochs, seconds = fields_of(told, ("epochs", "seconds"), "The clock")
    epochs = rising_of(epochs, "The clock's epochs", MAX_MEASUREMENTS, epoch)
    seconds = numbers_of(seconds, "The clock's seconds", len(epochs))
    if any(here > there for here, there in pairwise([0.0, *seconds, MOST_SECONDS])):
        raise SavedError(f"The clock's seconds: from 0 to {MOST_SECONDS:,.0f} are wanted, none less than those before.")
    return tuple(zip(epochs, seconds, strict=True))


def edits_of(told, epoch, places):
    """What was changed by hand, a tuple of Edit."""
    edits = []
    for one in list_of(told, "The edits", MOST_LISTS):
        at, place, before = fields_of(one, EDIT_FIELDS, "An edit")
        at = whole_of(at, "An edit's epoch", edits[-1].epoch if edits else 0, epoch)
        place = whole_of(place, "An edit's place", 0, places - 1)
        edits.append(Edit(at, place, number_of(before, "An edit's before")))
    return tuple(edits)
