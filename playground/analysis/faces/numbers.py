"""The numbers of each face, in blocks: one number per drawn unit, or per drawn line, in the order of the drawing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias, get_args

import numpy as np

from nn import Trainer
from nn.arrays import Flat, Matrix
from nn.step_trace import Examples, differentiate, examples_of
from nn.workspace import Workspace

Face: TypeAlias = Literal["weights", "forward", "backward", "step"]
FACES: tuple[Face, ...] = get_args(Face)
Blocks: TypeAlias = dict[str, Flat]
Drawn: TypeAlias = Sequence[Sequence[int]]  # the units that are drawn of the input and of every layer


def face_numbers(face: Face, trainer: Trainer, drawn: Drawn, examples: Examples | None = None) -> Blocks:
    """The numbers of a face at the trainer's present parameters, float64, to the last bit those of the walk.

    Args:
        face: one of FACES.
        trainer: the trainer, which is left as it is.
        drawn: the units that are drawn, first those of the input.
        examples: the one input of the forward face, or of the backward face; None there for the whole step.

    Returns:
        By name, each in the order of the drawing: layer by layer, unit by unit, and the lines of a unit input by input.
        Of units: "b"; "z", "a" of one input, and "kept", what dropout multiplies "a" by, if it drops any; "da", "dz";
        "b_after", "db". Of lines: "w"; "wa", w times what comes along it; "dw"; "w_after". Beside them "inputs", the A
        of the drawn inputs, and "targets", of the outputs. Of a whole step "da" and "dz" are summed over its examples,
        so that "dz" is db. What is unknown is nan.
    """
    return _NUMBERS[face](trainer, drawn, examples)


def _weights(trainer: Trainer, drawn: Drawn, _: Examples | None) -> Blocks:
    return _parameters(trainer, drawn)


def _forward(trainer: Trainer, drawn: Drawn, examples: Examples | None) -> Blocks:
    assert examples is not None
    network = trainer.network
    work, _ = differentiate(trainer, network, examples, trainer.batch_size)
    terms = [layer.W * below[:, 0] for layer, below in zip(network.layers, work.outputs, strict=False)]
    return {
        **_inputs(work, drawn),
        **_values(work, drawn),
        **_kept(work, drawn),
        **_parameters(trainer, drawn),
        "wa": _of_lines(drawn, terms),
        "targets": examples.Ys[list(drawn[-1]), 0].astype(float),
    }


def _backward(trainer: Trainer, drawn: Drawn, examples: Examples | None) -> Blocks:
    network = trainer.network
    looked_at = examples_of(trainer, *trainer.next_batch()) if examples is None else examples
    work, _ = differentiate(trainer, network, looked_at, trainer.batch_size)
    dAs = [dA.sum(axis=1) for dA in work.dAs.values()]
    if trainer.loss_function.is_fused_with(network.layers[-1].g):
        dAs[-1] = np.full(network.output_count, np.nan)  # dZ is computed without it
    return {
        **({} if examples is None else {**_inputs(work, drawn), **_values(work, drawn)}),
        "da": _of_units(drawn, dAs),
        "dz": _of_units(drawn, [dWb[:, -1] for dWb in work.dWbs]),  # db = dZ 1
        **({} if examples is None else _kept(work, drawn)),
        **_parameters(trainer, drawn),
        "dw": _of_lines(drawn, work.dWbs),
    }


def _step(trainer: Trainer, drawn: Drawn, _: Examples | None) -> Blocks:
    step = trainer.next_step()
    flats = {"": step.before.parameters, "_after": step.after.parameters, "d": step.gradient}
    blocks: Blocks = {}
    for name, flat in flats.items():
        Wbs = step.before.matrices(flat)
        b, w = ("db", "dw") if name == "d" else (f"b{name}", f"w{name}")
        blocks |= {b: _of_units(drawn, [Wb[:, -1] for Wb in Wbs]), w: _of_lines(drawn, Wbs)}
    return blocks


_NUMBERS: Mapping[Face, Callable[[Trainer, Drawn, Examples | None], Blocks]] = {
    "weights": _weights,
    "forward": _forward,
    "backward": _backward,
    "step": _step,
}


def _parameters(trainer: Trainer, drawn: Drawn) -> Blocks:
    Wbs = trainer.network.matrices(trainer.network.parameters)
    return {"b": _of_units(drawn, [Wb[:, -1] for Wb in Wbs]), "w": _of_lines(drawn, Wbs)}


def _inputs(work: Workspace, drawn: Drawn) -> Blocks:
    """The A of the drawn inputs."""
    return {"inputs": work.outputs[0][list(drawn[0]), 0].astype(float)}


def _values(work: Workspace, drawn: Drawn) -> Blocks:
    """Z and A of the one input."""
    Zs = [Z[:, 0] for Z, _ in work.values[1:] if Z is not None]
    return {"z": _of_units(drawn, Zs), "a": _of_units(drawn, [A[:, 0] for _, A in work.values[1:]])}


def _kept(work: Workspace, drawn: Drawn) -> Blocks:
    """What dropout multiplies each A by; nothing without dropout, and 1 at the output."""
    if not work.masks:
        return {}
    return {"kept": _of_units(drawn, [*(mask[:, 0] for mask in work.masks), np.ones(len(work.values[-1].A))])}


def _of_units(drawn: Drawn, layers: Sequence[Flat]) -> Flat:
    """One number per drawn unit of each layer's (units,)."""
    each = zip(drawn[1:], layers, strict=True)
    return np.concatenate([values[list(units)] for units, values in each]).astype(float)


def _of_lines(drawn: Drawn, layers: Sequence[Matrix]) -> Flat:
    """One number per drawn line of each layer's (units, inputs or more)."""
    each = zip(drawn[1:], drawn, layers, strict=False)
    return np.concatenate([values[np.ix_(units, below)].ravel() for units, below, values in each]).astype(float)
