"""What the scripts of a run have in common: what it has of all that there could be, its numbers and its words."""

from typing import NamedTuple
from urllib.parse import urlencode

from nn.checks import whole_number
from playground.problems.described import CURVE, OWN
from playground.problems.planes import PLANES
from playground.problems.targets import TARGETS
from playground.sharing.export.expressions import INITIALIZERS, SCHEDULES
from playground.sharing.export.literals import number
from playground.sharing.export.points import data_section
from playground.sharing.links import to_query

MOMENTS = 10  # at which losses are printed, after the start


class Outline(NamedTuple):
    """A run, taken apart for a script.

    Attributes:
        trainer: its Trainer, at epoch 0.
        wanted: names of what it has; the templates keep a line or not by them.
        texts: what the templates fill in, by name.
    """

    trainer: object
    wanted: set
    texts: dict


def every(epochs):
    """How many epochs lie between two losses that are printed."""
    return max(1, -(-epochs // MOMENTS))


def outline(experiment, epochs):
    """The Outline of an experiment that is trained for so many epochs.

    Raises:
        ValueError: when epochs is not a whole number from 0 on.
    """
    epochs = whole_number(epochs, "epochs", least=0)
    _, problem, trainer = experiment.start()
    rule, m = trainer.options, problem.samples.shape[1]
    frozen = [layer for layer in rule.frozen if layer <= len(trainer.network.layers)]
    link = _link(experiment)
    has = {
        "link": bool(link),
        "test": problem.test_samples.size > 0,
        "classes": problem.classes > 0,
        "several": problem.classes > 2,
        "joined": trainer.loss_function.is_fused_with(trainer.network.layers[-1].g),
        "shuffles": trainer.batch_size < m,
        "dropout": rule.dropout > 0,
        "random": trainer.batch_size < m or rule.dropout > 0,
        "l1": rule.l1 > 0,
        "l2": rule.l2 > 0,
        "penalises": rule.has_penalty,
        "clip": rule.clip > 0,
        "frozen": bool(frozen),
        "schedule": rule.schedule != "constant",
        "period": "PERIOD" in SCHEDULES[rule.schedule],
        "math": "math." in SCHEDULES[rule.schedule],
        "scale": experiment.scale != 1,
        "float32": experiment.dtype == "float32",
    }
    wanted = {name for name, holds in has.items() if holds}
    constants = {"epochs": epochs, **trainer.optimizer.hyperparameters}
    names = {"shuffles": "batch_size", **{name: name for name in ("dropout", "l1", "l2", "clip", "period", "scale")}}
    constants |= {name: getattr(experiment, name) for has_it, name in names.items() if has_it in wanted}
    texts = {
        "title": title(experiment),
        "network": layers_in_words(trainer.network),
        "link": link,
        "constants": "\n".join(f"{name.upper()} = {number(value)}" for name, value in constants.items()),
        "data": data_section(experiment, problem, wanted).strip(),
        "initializer": INITIALIZERS[experiment.initializer],
        "schedule": SCHEDULES[rule.schedule],
        "inputs": str(problem.n_features),
        "frozen": str(frozen[0] - 1 if frozen else 0),
        "seed": str(experiment.seed),
        "every": str(every(epochs)),
        "told": "A.argmax(axis=0) == Ys.argmax(axis=0)" if problem.classes > 2 else "(A > 0.5) == (Ys > 0.5)",
        "columns": " ".join(columns(problem)),
    }
    return Outline(trainer, wanted, texts)


def columns(problem):
    """What is printed of an epoch, in this order."""
    measured = ["loss", "accuracy"] if problem.classes else ["loss"]
    return ["epoch", *measured, *(f"test_{name}" for name in measured if problem.test_samples.size)]


def layers_in_words(network):
    """The layers of a network in a few words: "1 input, 20 sigmoid, 1 identity"."""
    layers = ", ".join(f"{layer.unit_count} {layer.g.name}" for layer in network.layers)
    return f"{network.input_count} input{'s' * (network.input_count > 1)}, {layers}"


def title(experiment):
    """What is learnt, in a word or two."""
    if experiment.problem != CURVE:
        return PLANES[experiment.problem].label
    return OWN.get(experiment.target) or TARGETS[experiment.target].label


def _link(experiment):
    """The query that opens the experiment, of characters that are safe in any text; "" where there is none.

    A formula or table that is not in use is left out, and so are points of one's own, which may be many.
    """
    own = experiment.target if experiment.problem == CURVE else None
    query = {name: text for name, text in to_query(experiment).items() if name not in ("formula", "own") or name == own}
    return f"?{urlencode(query, safe=',')}" if query and own != "points" else ""
