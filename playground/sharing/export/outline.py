"""What the scripts of a run have in common: its facts, and the parts of code that are the same in all of them."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from nn import SCHEDULES, NeuralNetwork, Trainer
from nn.checks import whole_number
from nn.initializers import INITIALIZERS
from nn.units_off import Unit
from playground.experiment import Experiment
from playground.problems.data_settings import CURVE, OWN
from playground.problems.problem import Problem
from playground.problems.problems_2d import PROBLEMS_2D
from playground.problems.targets import TARGETS
from playground.sharing.export.literals import WIDTH, matrix
from playground.sharing.export.points import data_section
from playground.sharing.export.template import block
from playground.sharing.links import to_query
from playground.units_off import in_words

REPORTS = 10  # about how many times a script prints losses, after the start


@dataclass(frozen=True)
class Outline:
    """A run to be written as a script.

    Attributes:
        experiment, problem, trainer: the run at epoch 0.
        epochs: how many it trains.
        note: what is to be said of it, in plain sentences.
    """

    experiment: Experiment
    problem: Problem
    trainer: Trainer
    epochs: int
    note: str = ""

    @cached_property
    def uses_batches(self) -> bool:
        """Whether an epoch has several steps."""
        return bool(self.trainer.batch_size < self.problem.samples.shape[1])

    @cached_property
    def is_fused(self) -> bool:
        """Whether the loss and the output's activation are computed as one."""
        return self.trainer.loss_function.is_fused_with(self.trainer.network.layers[-1].g)

    @cached_property
    def frozen_layer(self) -> int | None:
        """The index of the layer that is not trained, from 0."""
        layers = range(1, len(self.trainer.network.layers) + 1)
        return next((layer - 1 for layer in self.trainer.options.frozen if layer in layers), None)

    @property
    def off(self) -> tuple[Unit, ...]:
        """The hidden units that are switched off."""
        return self.trainer.network.off

    @property
    def drops(self) -> bool:
        """Whether a step leaves units out: under dropout, if there are hidden ones."""
        return self.trainer.options.dropout > 0 and len(self.trainer.network.layers) > 1

    @property
    def schedule(self) -> str:
        """The factor of the learning rate in an epoch, as code; "" where it is always 1."""
        name = self.trainer.options.schedule
        return "" if name == "constant" else SCHEDULES[name].expression

    @property
    def patience_constants(self) -> dict[str, int | float]:
        """Those of the conditions by which the training stops early; {} without any."""
        patience, constants = self.trainer.stopping.patience, dict[str, int | float]()
        if patience.patience and self.has_test_set:
            constants["patience"] = patience.patience
        if patience.stall_epochs:
            constants |= {"stall_epochs": patience.stall_epochs, "stall_share": patience.stall_share}
        return constants

    @property
    def has_test_set(self) -> bool:
        """Whether there are test points."""
        return self.problem.test_samples.size > 0

    def parts(self) -> dict[str, str]:
        """Parts of every script, by their names in the templates."""
        link = _link(self.experiment)
        return {
            "title": title(self.experiment),
            "network": layers_in_words(self.trainer.network),
            "origin": "Exported from the neural network playground"
            + (f", whose page opens it again at {link}" if link else ".")
            + (f"\n\n{in_lines(self.note)}" if self.note else ""),
            "constants": literals(self.constants()),
            "data": data_section(self.experiment, self.problem),
            **self._start(),
            "seed": str(self.experiment.seed),
            "every": str(epochs_per_report(self.epochs)),
            "columns": " ".join(columns(self.problem)),
        }

    def _start(self) -> dict[str, str]:
        """The parts that give the network its first parameters: drawn, or given."""
        if self.experiment.given:
            matrices = ",\n".join(matrix(layer.Wb) for layer in self.trainer.network.layers)
            layers = f"[\n{textwrap.indent(matrices, 4 * ' ')},\n]"
            given = f"GIVEN = iter({layers})  # the start of each layer, [W | b]"
            return {"given": given, "initializer": "Wb = next(GIVEN)\nW, b = Wb[:, :-1], Wb[:, -1:]"}
        scaled = "W, b = SCALE * W, SCALE * b" if self.experiment.scale != 1 else ""
        return {"given": "", "initializer": block(INITIALIZERS[self.experiment.initializer].expression, scaled)}

    def constants(self) -> dict[str, int | float]:
        """The constants of the training, by their names in the scripts."""
        options = self.trainer.options
        constants: dict[str, int | float] = {
            "epochs": self.epochs,
            **self.patience_constants,
            **self.trainer.optimizer.hyperparameters,
        }
        if self.uses_batches:
            constants["batch_size"] = self.experiment.batch_size
        if self.drops:
            constants["dropout"] = options.dropout
        for name in ("l1", "l2", "clip"):
            if getattr(options, name) > 0:
                constants[name] = getattr(options, name)
        if "PERIOD" in self.schedule:
            constants["period"] = options.period
        if self.experiment.scale != 1 and not self.experiment.given:
            constants["scale"] = self.experiment.scale
        return {name.upper(): value for name, value in constants.items()}


def literals(constants: Mapping[str, int | float]) -> str:
    """Lines that set constants; floats as floats, as PyTorch's Adam wants 0.0 and not 0."""
    return block(*(f"{name} = {value!r}" for name, value in constants.items()))


def in_lines(text: str) -> str:
    """A text in lines that fit into a script."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def outline(experiment: Experiment, epochs: int, note: str = "") -> Outline:
    """The Outline of an experiment that is trained for so many epochs.

    Raises:
        ValueError: when epochs is not a whole number of at least 0.
    """
    return Outline(*experiment.start(), whole_number(epochs, "epochs", least=0), note)


def epochs_per_report(epochs: int) -> int:
    """How many epochs lie between two printed losses."""
    return max(1, -(-epochs // REPORTS))


def columns(problem: Problem) -> list[str]:
    """The names of what is printed about an epoch, in this order."""
    measured = ["loss", "accuracy"] if problem.classes else ["loss"]
    return ["epoch", *measured, *(f"test_{name}" for name in measured if problem.test_samples.size)]


def layers_in_words(network: NeuralNetwork) -> str:
    """The layers of a network in a few words: "1 input, 20 sigmoid, 1 identity"; and which units are off."""
    layers = ", ".join(f"{layer.unit_count} {layer.g.name}" for layer in network.layers)
    off = f"; {in_words(network.off)} off" if network.off else ""
    return f"{network.input_count} input{'s' * (network.input_count > 1)}, {layers}{off}"


def title(experiment: Experiment) -> str:
    """What is learned, in a word or two."""
    if experiment.problem != CURVE:
        return PROBLEMS_2D[experiment.problem].label
    return OWN.get(experiment.target) or TARGETS[experiment.target].label


def _link(experiment: Experiment) -> str:
    """The query that opens the experiment, in characters that are safe in any text; "" where there is none.

    A formula or table that is not in use is left out; custom points have no link, since they may be many.
    """
    used = experiment.target if experiment.problem == CURVE else None
    unused = {"formula", "own"} - {used}
    query = {name: text for name, text in to_query(experiment).items() if name not in unused}
    return f"?{urlencode(query, safe=',')}" if query and used != "points" else ""
