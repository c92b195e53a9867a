"""A run as a file: written to its last bit, and opened again only when every field of it is one that a run can have."""

import json
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nn.history import CAPACITY, LossHistory
from nn.records import Divergence, Moment
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player.recording import Edit
from playground.player.series import MOST
from playground.sharing.saved_json import (
    MOST_LISTS,
    NOT_FINITE,
    SavedError,
    array_of,
    check_size,
    fields_of,
    list_of,
    listed,
    number_of,
    numbers_of,
    object_of,
    parse,
    quoted,
    whole_of,
    wholes_of,
)

FORMAT, VERSION = "neural-network-playground", 1
FIELDS = (
    "experiment", "epoch", "loss", "diverged", "parameters", "optimizer", "generator", "order", "loss history",
    "test-loss history", "edits", "start",
)  # fmt: skip
MOST_EPOCHS = CONTROLS["max_epochs"].high
MOST_STEPS = 10**12
ENTRIES = 16  # of a list in an experiment
QUANTITIES = ("Z", "A", "dZ", "dW", "db", "W", "b")  # of a layer, any of which may diverge
ROUNDING = {"float64": 1e-6, "float32": 1e-3}  # by how much of it a loss may be another on another machine


@dataclass(frozen=True)
class Saved:
    """A run as a file holds it, for `Player.open`.

    Attributes:
        experiment: its Experiment.
        moments: the Moment at epoch 0 and the saved one.
        history: the LossHistory up to there.
        tested: the test loss up to there, a tuple of (epoch, loss), rising in epoch.
        edits: what was changed by hand, a tuple of Edit, rising in epoch.
    """

    experiment: Experiment
    moments: tuple
    history: LossHistory
    tested: tuple
    edits: tuple


def write_run(player):
    """The bytes of a file, JSON, that holds a Player's run up to the moment on screen; what is later is left out.

    Raises:
        SavedError: when they are more than can be opened.
    """
    trainer, recording = player.trainer, player.recording
    moment = trainer.moment()
    history = trainer.history.until(moment.epoch, moment.loss, moment.objective)
    tested = player.held_out.until(moment.epoch)
    generator = moment.rng["state"]
    document = {
        "format": FORMAT,
        "version": VERSION,
        "experiment": {name: getattr(player.experiment, name) for name in CONTROLS},
        "epoch": moment.epoch,
        "loss": moment.loss,
        "diverged": moment.diverged and moment.diverged.quantity,
        "parameters": listed(moment.parameters),
        "optimizer": {
            "kind": moment.optimizer.name,
            "memory": {
                name: value if name in moment.optimizer.counters else listed(value)
                for name, value in moment.optimizer.state.items()
            },
        },
        "generator": {
            "kind": moment.rng["bit_generator"],
            "words": listed(generator["key"]),
            "position": generator["pos"],
            "has_gauss": moment.rng["has_gauss"],
            "gauss": moment.rng["gauss"],
        },
        "order": listed(moment.order),
        "loss history": {
            "stride": history.stride,
            "epochs": listed(history.epochs),
            "losses": listed(history.losses),
            "objectives": [None if objective == "nan" else objective for objective in listed(history.objectives)],
        },
        "test-loss history": {"epochs": listed(tested[:, 0].astype(int)), "losses": listed(tested[:, 1])},
        "edits": [edit._asdict() for edit in recording.edits if edit.epoch <= moment.epoch],
        "start": listed(recording.moments[0].parameters) if recording.by_hand == 0 else None,
    }
    data = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    check_size(data)
    return data


def read_run(data):
    """The Saved run in the bytes of a file.

    Fields that an experiment has not are refused: what they say cannot be done here, and so it would be another run.
    Those that it lacks have their defaults.

    Raises:
        SavedError: when it is anything else than what `write_run` gives of some run.
    """
    told = parse(data)
    if type(told) is not dict or told.get("format") != FORMAT:
        raise SavedError("This file is no saved run of this playground.")
    version = told.get("version")
    if type(version) is not int or version < VERSION:
        raise SavedError("The file is damaged: its version is none that there is.")
    if version > VERSION:
        raise SavedError("The file was saved by a newer version of the playground, which this one cannot read.")
    fields_of(told, ("format", "version", *FIELDS), "The file")
    experiment, problem, trainer = _experiment(told["experiment"])
    start, network = trainer.moment(), trainer.network
    epoch = whole_of(told["epoch"], "The epoch", 0, MOST_EPOCHS)
    history = _history(told["loss history"], epoch)
    edits = _edits(told["edits"], epoch, network.parameters.size)
    moment = Moment(
        epoch,
        number_of(told["loss"], "The loss"),
        float(history.objectives[-1]),
        _diverged(told["diverged"], epoch, len(network.layers)),
        array_of(told["parameters"], "The parameters", start.parameters),
        _optimizer(told["optimizer"], experiment, start.parameters),
        _generator(told["generator"]),
        _order(told["order"], start.order.size),
    )
    tested = _tested(told["test-loss history"], epoch, problem)

    within = ROUNDING[experiment.dtype]
    least = within * start.loss  # what rounding makes of a loss of 0
    if abs(history.losses[0] - start.loss) > within * (start.loss + least):
        raise SavedError("The file is damaged: the run it tells of starts with another loss than its experiment.")
    if (told["start"] is not None) != (bool(edits) and edits[0].epoch == 0):
        raise SavedError("The file must tell the start where that was changed by hand, and only there.")
    if edits and edits[0].epoch == 0:
        _measure(trainer, array_of(told["start"], "The start", start.parameters))
        start = trainer.moment()
    if abs(_measure(trainer, moment.parameters) - moment.loss) > within * (abs(moment.loss) + least):
        raise SavedError("The file is damaged: its parameters have another loss than it tells.")
    return Saved(experiment, (start, moment), history, tested, edits)


def _measure(trainer, parameters):
    """The loss of a Trainer's network with these parameters, which it has from now on."""
    trainer.network.parameters[:] = parameters
    try:
        trainer.step(0)
    except ValueError:
        raise SavedError("The file is damaged: with its parameters the loss is not finite.") from None
    return trainer.loss


# --- The fields, each as a run has it ---------------------------------------------------------------------------------


def _experiment(told):
    """The Experiment, its Problem and a Trainer at epoch 0."""
    for name, value in object_of(told, "The experiment").items():
        if name not in CONTROLS:
            raise SavedError(f"The experiment has {quoted(name)}, which this version of the playground does not know.")
        if not _is_like(value, DEFAULTS[name]):
            raise SavedError(f"{CONTROLS[name].label}: the file holds another kind of value than is wanted.")
    try:
        experiment = Experiment(**told)
        problem = experiment.make_problem()
        return experiment, problem, experiment.trainer(problem)
    except ValueError as error:
        raise SavedError(f"The experiment cannot be: {error}") from None


def _is_like(value, default):
    """Whether a value is of the type that a default has, as JSON knows it."""
    if isinstance(default, tuple):
        return type(value) is list and len(value) <= ENTRIES and all(_is_like(each, default[0]) for each in value)
    if isinstance(default, str):
        return type(value) is str and value.encode(errors="replace").decode() == value  # no half of a character
    return type(value) in ((int, float) if isinstance(default, float) else (int,))


def _diverged(quantity, epoch, layers):
    if quantity is None:
        return None
    if quantity not in ["loss", *(f"{name}{l}" for name in QUANTITIES for l in range(1, layers + 1))]:
        raise SavedError("What diverged: the loss is wanted, or a quantity of one of the network's layers.")
    return Divergence(epoch + 1, quantity)


def _optimizer(told, experiment, parameters):
    kind, memory = fields_of(told, ("kind", "memory"), "The optimizer")
    if kind != experiment.optimizer:
        raise SavedError("The optimizer: that of the experiment is wanted.")
    optimizer, state = experiment.make_optimizer(), {}
    if object_of(memory, "The optimizer's memory"):
        fields_of(memory, (*optimizer.memories, *optimizer.counters), "The optimizer's memory")
        for name in optimizer.memories:
            state[name] = array_of(memory[name], f"The optimizer's {name}", parameters, NOT_FINITE)
        for name in optimizer.counters:
            state[name] = whole_of(memory[name], f"The optimizer's {name}", 1, MOST_STEPS)
        if "s" in state and (state["s"] < 0).any():
            raise SavedError("The optimizer's s: a mean of squares is wanted, and none is below 0.")
    optimizer.recall(state)
    return optimizer


def _generator(told):
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


def _order(told, m):
    if sorted(wholes_of(told, "The order", m, m - 1)) != list(range(m)):
        raise SavedError(f"The order: each of the {m:,} examples is wanted once.")
    return np.array(told)


def _history(told, epoch):
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


def _tested(told, epoch, problem):
    epochs, losses = fields_of(told, ("epochs", "losses"), "The test-loss history")
    epochs = wholes_of(epochs, "The test-loss history's epochs", MOST if problem.test_points.size else 0, epoch)
    if any(here >= there for here, there in pairwise(epochs)):
        raise SavedError("The test-loss history's epochs: rising ones are wanted.")
    losses = numbers_of(losses, "The test-loss history's losses", len(epochs))
    return tuple(zip(epochs, losses, strict=True))


def _edits(told, epoch, places):
    edits = []
    for one in list_of(told, "The edits", MOST_LISTS):
        at, place, before = fields_of(one, Edit._fields, "An edit")
        at = whole_of(at, "An edit's epoch", edits[-1].epoch if edits else 0, epoch)
        place = whole_of(place, "An edit's place", 0, places - 1)
        edits.append(Edit(at, place, number_of(before, "An edit's before")))
    return tuple(edits)
