"""A run as a script that needs nothing but NumPy, written like the posts' program."""

import textwrap
from collections.abc import Sequence

from playground.experiment import Experiment
from playground.player.changes import Change
from playground.player.editing import Edit
from playground.sharing.export.expressions import functions
from playground.sharing.export.measures import measures_part
from playground.sharing.export.numpy_template import HEAD, PHASE, STEP, TAIL, TRAIN, TRAIN_PHASE
from playground.sharing.export.outline import Outline
from playground.sharing.export.phased import LaterPhase, Phased, phased
from playground.sharing.export.stopping import stopping_parts
from playground.sharing.export.template import block, render
from playground.sharing.export.units_off import numpy_parts, numpy_step, switched


def numpy_script(
    experiment: Experiment, epochs: int, changes: Sequence[Change] = (), note: str = "", edits: Sequence[Edit] = ()
) -> str:
    """A Python file that trains the experiment for so many epochs and prints its losses on the way, then its measures.

    It prints the losses of `experiment.start().trainer`, to the last bit where BLAS and processor are the same; with
    changes those of the run whose settings were changed so, up to the experiment's.

    The arguments are those of `phased`.

    Raises:
        ValueError: when epochs is not a whole number of at least 0, or on something that cannot be exported.
    """
    whole = phased(experiment, epochs, changes, note, edits)
    evaluated = "network.evaluate({})[-1][1]"
    measures = measures_part(whole.run.problem, evaluated.format("Xs"), evaluated.format("test_Xs"))
    if whole.later:
        return _in_phases(whole) + measures
    own = {"methods": block(*_methods(whole.run, TRAIN)), "train": "network.train(Xs, Ys, EPOCHS, report)"}
    dropout = _dropout(whole.run)
    return render(HEAD + TAIL, _base(whole.run) | dropout | {"gradient_masks": dropout["masks"]} | own) + measures


def _in_phases(whole: Phased) -> str:
    """The script of a run in several phases: each redefines what it does otherwise than the one before."""
    base = _base(whole.run) | _masks_of_some(whole.runs) | numpy_parts(whole.runs)
    for name in ("rng", "import_math"):
        base[name] = next(filter(None, (_training(each)[name] for each in whole.runs)), "")
    order = "network.order = np.arange(Xs.shape[1])" if any(each.uses_batches for each in whole.runs) else ""
    base["methods"] = block(*_methods(whole.run, TRAIN_PHASE))
    base["train"] = block(order, "report(0)", f"network.train(Xs, Ys, 0, {whole.end}, report)")
    script = render(HEAD + TAIL, base)
    for phase in whole.later:
        methods = _methods(phase.run, TRAIN_PHASE)
        own = {
            "methods": _redefined(methods) if methods != _methods(phase.before, TRAIN_PHASE) else "",
            "edits": _edits(phase),
            "switched": switched(phase.before, phase.run, "network.switch_off"),
            "state": _fresh_state(phase.run) if phase.anew else _stopped(phase),
        }
        script += "\n\n" + render(PHASE, phase.parts() | own)
    return script


def _base(run: Outline) -> dict[str, str]:
    stopping = stopping_parts(run, "Xs, Ys", "test_Xs, test_Ys")
    return run.parts() | _activations(run) | _losses(run) | _training(run) | stopping | numpy_parts([run])


def _methods(run: Outline, train: str) -> tuple[str, str]:
    """The methods that train, as functions of `self`: of one step, and of many epochs."""
    parts = _training(run) | _dropout(run) | stopping_parts(run, "", "") | numpy_step(run)
    if train is TRAIN_PHASE and parts["order"]:
        parts["order"] = "order = self.order"  # which lasts from phase to phase
    return render(STEP, parts).rstrip(), f"\n{render(train, parts)}"


def _edits(phase: LaterPhase) -> str:
    """A line for each parameter that is set by hand."""
    lines = [f"network.layers[{layer}].Wb[{i}, {j}] = {value!r}" for layer, i, j, value in phase.edits]
    return block(*lines)


def _redefined(methods: tuple[str, str]) -> str:
    step, train = (method.strip() for method in methods)
    return f"\n\n{step}\n\n\n{train}\n\n\nNeuralNetwork.step, NeuralNetwork.train = step, train"


def _fresh_state(run: Outline) -> str:
    """Lines that give the network the state of an optimizer before its first step."""
    parts = _training(run)
    arrays = parts["optimizer_state"].replace("self.", "layer.")
    loop = f"for layer in network.layers:\n{textwrap.indent(arrays, '    ')}" if arrays else ""
    return block(loop, parts["optimizer_counters"].replace("self.", "network."))


def _stopped(phase: LaterPhase) -> str:
    """A line for each state of the optimizer that would carry a layer on which is frozen from here on."""
    names = phase.run.trainer.optimizer.state_names if phase.stopped_layer is not None else ()
    return block(*(f"network.layers[{phase.stopped_layer}].{name}[:] = 0" for name in names))


def _masks_of_some(runs: Sequence[Outline]) -> dict[str, str]:
    """The gaps of evaluation and back-propagation where some of the phases have dropout."""
    drops = [run for run in runs if run.drops]
    if not drops:
        return _dropout(runs[0]) | {"gradient_masks": ""}
    parts = _dropout(drops[0])
    guarded = f"if masks:\n    {parts['drop_gradient']}"
    return parts | {"gradient_masks": parts["optional_masks"], "drop_gradient": guarded}


def _activations(run: Outline) -> dict[str, str]:
    layers = run.trainer.network.layers
    differentiated = layers[:-1] if run.is_fused else layers
    lines = []
    for layer in layers:
        derivative = f"{layer.g.name}_derivative" if layer in differentiated else None
        lines.append(f"({layer.unit_count}, ({layer.g.name}, {derivative})),")
    return {
        "activations": functions([layer.g for layer in layers], with_derivatives=[layer.g for layer in differentiated]),
        "layers": block(*lines),
        "inputs": str(run.problem.n_features),
        "cast": ".astype(np.float32)" if run.experiment.dtype == "float32" else "",
    }


def _losses(run: Outline) -> dict[str, str]:
    loss, fused = run.trainer.loss_function, run.trainer.loss_function.fused
    chain_rule = "dZ = dA * self.layers[l - 1].g[1](Z)"
    predicted = "A.argmax(axis=0) == Ys.argmax(axis=0)" if run.problem.classes > 2 else "(A > 0.5) == (Ys > 0.5)"
    if run.is_fused and fused is not None:
        gradient = {
            "output": "Z",
            "loss": fused.expression,
            "output_gradient": f"dZ = {fused.derivative_expression}  # of the loss and the output's g as one",
            "hidden_dZ": chain_rule,
            "dZ": "",
        }
    else:
        gradient = {
            "output": "A",
            "loss": loss.expression,
            "output_gradient": f"dA = {loss.derivative_expression}",
            "hidden_dZ": "",
            "dZ": chain_rule,
        }
    return gradient | {
        "accuracy": f"def accuracy(A, Ys):\n    return np.mean({predicted})" if run.problem.classes else "",
        "measured_accuracy": ", float(accuracy(A, Ys))" if run.problem.classes else "",
        "test_numbers": ", *measure(test_Xs, test_Ys)" if run.has_test_set else "",
    }


def _training(run: Outline) -> dict[str, str]:
    options, optimizer = run.trainer.options, run.trainer.optimizer
    penalty = freeze = clip = order = rng = ""
    if options.has_penalty:
        terms = {"L1 * np.sign(layer.W)": options.l1, "L2 * layer.W": options.l2}
        added = " + ".join(term for term, weight in terms.items() if weight > 0)
        penalty = block("for layer, dWb in zip(self.layers, dWbs):", f"    dWb[:, :-1] += {added}")
    if run.frozen_layer is not None:
        freeze = f"dWbs[{run.frozen_layer}][:] = 0  # this layer is not trained"
    if options.clip > 0:
        clip = block(
            "norm = float(np.linalg.norm(np.concatenate(dWbs, axis=None)))",
            "if norm > CLIP:",
            "    dWbs = [CLIP / norm * dWb for dWb in dWbs]",
        )
    rate = "learning_rate" if run.schedule else "LEARNING_RATE"
    epoch = f"self.step(Xs, Ys, {rate})"
    if run.uses_batches:
        order = "order = np.arange(Xs.shape[1])"
        epoch = block(
            "self.rng.shuffle(order)",
            "for start in range(0, len(order), BATCH_SIZE):",
            "    batch = order[start : start + BATCH_SIZE]",
            f"    self.step(Xs[:, batch], Ys[:, batch], {rate})",
        )
    if run.schedule:
        epoch = block(f"learning_rate = LEARNING_RATE * {run.schedule}", epoch)
    if run.uses_batches or run.drops:
        rng = f"self.rng = np.random.RandomState({run.experiment.seed})"
    return {
        "import_math": "import math\n\n" if "math." in run.schedule else "",
        "optimizer": optimizer.label,
        "optimizer_state": block(*(f"self.{name} = np.zeros_like(self.Wb)" for name in optimizer.state_names)),
        "optimizer_counters": block(*(f"self.{name} = 0" for name in optimizer.counters)),
        "count": block(*(f"self.{name} += 1" for name in optimizer.counters)),
        "update": optimizer.update_code,
        "penalty": penalty,
        "freeze": freeze,
        "clip": clip,
        "order": order,
        "train_epoch": epoch,
        "rng": rng,
    }


def _dropout(run: Outline) -> dict[str, str]:
    if not run.drops:
        nothing = ("masks", "optional_masks", "drop_values", "drop_gradient", "draw_masks")
        return {**dict.fromkeys(nothing, ""), "each_layer": "layer in self.layers"}
    return {
        "masks": ", masks",
        "optional_masks": ", masks=()",
        "each_layer": "l, layer in enumerate(self.layers)",
        "drop_values": "if l < len(masks):\n    A = A * masks[l]  # what dropout leaves",
        "drop_gradient": "dA = dA * masks[l - 1]",
        "draw_masks": block(
            "keep = [self.rng.random((len(layer.Wb), Xs.shape[1])) >= DROPOUT for layer in self.layers[:-1]]",
            "masks = [(kept / (1 - DROPOUT)).astype(Xs.dtype) for kept in keep]",
        ),
    }
