"""A run as a PyTorch script, with PyTorch's layers, losses and optimizers wherever they do what ours do."""

from collections.abc import Sequence

from playground.experiment import Experiment
from playground.player.changes import Change
from playground.player.editing import Edit
from playground.sharing.export.measures import measures_part
from playground.sharing.export.outline import Outline
from playground.sharing.export.phased import LaterPhase, Phased, phased
from playground.sharing.export.stopping import stopping_parts
from playground.sharing.export.template import block, render
from playground.sharing.export.torch_classes import DROPOUT, ELEMENTWISE, MOMENTUM
from playground.sharing.export.torch_template import HEAD, PHASE, STEP, TRAIN, TRAIN_PHASE
from playground.sharing.export.units_off import TORCH_CLASS, switched, torch_parts, torch_step


def torch_script(
    experiment: Experiment, epochs: int, changes: Sequence[Change] = (), note: str = "", edits: Sequence[Edit] = ()
) -> str:
    """A PyTorch file that trains the experiment for so many epochs, from the same start, and prints the same numbers.

    With changes they are those of the run whose settings were changed so, up to the experiment's.

    The arguments are those of `phased`.

    Raises:
        ValueError: when epochs is not a whole number of at least 0, or on something that cannot be exported.
    """
    whole = phased(experiment, epochs, changes, note, edits)
    stopping = stopping_parts(whole.run, "inputs, targets", "test_inputs, test_targets")
    base = whole.run.parts() | _model(whole) | _losses(whole.run) | _surroundings(whole) | stopping
    base |= torch_parts(whole.runs)
    measures = _measures(whole.run, base["evaluation_mode"])
    if whole.later:
        return _in_phases(whole, base) + measures
    own = {"functions": _step(whole.run), "train": render(TRAIN, _epoch(whole.run) | stopping), "schedule": ""}
    if whole.run.schedule:
        factor = f"lambda epoch: {whole.run.schedule}"
        own["schedule"] = f"schedule = torch.optim.lr_scheduler.LambdaLR(\n    optimizer, {factor}\n)"
    return render(HEAD, base | own) + measures


def _measures(run: Outline, evaluation_mode: str) -> str:
    evaluated = "model({}).detach().numpy().T"
    training, test = evaluated.format("inputs"), evaluated.format("test_inputs")
    return measures_part(run.problem, training, test, 0 if run.is_fused else 0.5, evaluation_mode)


def _in_phases(whole: Phased, base: dict[str, str]) -> str:
    """The script of a run in several phases: each redefines what it does otherwise than the one before."""
    own = {"functions": "\n\n".join(_functions(whole.run)), "train": f"train(0, {whole.end})", "schedule": ""}
    script = render(HEAD, base | own)
    for phase in whole.later:
        before, now = _functions(phase.before), _functions(phase.run)
        others = [function for function in now if function not in before]
        stays_whole = phase.before.drops and not phase.run.drops
        own = {
            "optimizer": block(_optimizer_of(phase), _stopped(phase)),
            "edits": _edits(phase),
            "switched": switched(phase.before, phase.run, "switch_off"),
            "evaluation_mode": "model.eval()  # without dropout" if stays_whole else "",
            "functions": "".join(f"\n\n{function}\n\n" for function in others),
        }
        script += "\n\n" + render(PHASE, phase.parts() | own)
    return script


def _edits(phase: LaterPhase) -> str:
    """A line for each parameter that is set by hand."""
    lines = []
    for layer, i, j, value in phase.edits:
        is_bias = j == phase.run.trainer.network.layers[layer].W.shape[1]
        lines.append(f"    layers[{layer}].{f'bias[{i}]' if is_bias else f'weight[{i}, {j}]'} = {value!r}")
    return block("with torch.no_grad():", *lines) if lines else ""


def _functions(run: Outline) -> tuple[str, str]:
    """The functions that train: of one step, and of many epochs."""
    return _step(run, in_phases=True), render(TRAIN_PHASE, _epoch(run, in_phases=True))


def _optimizer_of(phase: LaterPhase) -> str:
    """Lines that give a phase its optimizer: a new one, or that of before with what is otherwise."""
    code = _optimizer(phase.run, keeps_rate=False)
    if phase.anew:
        return f"optimizer = {code}"
    hyperparameters = phase.run.trainer.optimizer.hyperparameters
    same = hyperparameters == phase.before.trainer.optimizer.hyperparameters
    if same and phase.run.schedule == phase.before.schedule:
        return ""
    return f"optimizer.param_groups[0].update({code.partition('parameters, ')[2]}"


def _stopped(phase: LaterPhase) -> str:
    """Lines that take from the optimizer what would carry a layer on which is frozen from here on."""
    if phase.stopped_layer is None:
        return ""
    return block(
        f"for parameter in layers[{phase.stopped_layer}].parameters():",
        "    for name, value in optimizer.state[parameter].items():",
        '        if name != "step":',
        "            value.zero_()",
    )


def _model(whole: Phased) -> dict[str, str]:
    run, drops = whole.run, any(each.drops for each in whole.runs)
    switches = any(each.off for each in whole.runs)
    network, modules = run.trainer.network, []
    last = network.layers[-1]
    for layer in network.layers:
        units_out, units_in = layer.W.shape
        modules.append(f"torch.nn.Linear({units_in}, {units_out})")
        if not (layer is last and run.is_fused):
            modules.append(layer.g.torch_module)
        if switches and layer is not last:
            modules.append("Switches()")
        if drops and layer is not last:
            modules.append("Dropout()")
    classes = [ELEMENTWISE] if any(module.startswith("Elementwise(") for module in modules) else []
    classes += [TORCH_CLASS] if switches else []
    classes += [DROPOUT] if drops else []
    keeps_rate = not (whole.later or run.schedule)
    own = {_optimizer(each, keeps_rate).partition("(")[0] for each in whole.runs}
    classes += [text for name, text in MOMENTUM.items() if name.capitalize() in own]
    freeze = ""
    if run.frozen_layer is not None and not (whole.later or _stands_still(run)):
        freeze = f"layers[{run.frozen_layer}].requires_grad_(False)  # this layer is not trained"
    return {
        "dtype": run.experiment.dtype,
        "classes": "\n\n".join(classes),
        "modules": block(*(f"{module}," for module in modules if module)),
        "freeze": freeze,
        "optimizer": _optimizer(run, keeps_rate),
    }


def _losses(run: Outline) -> dict[str, str]:
    if run.problem.classes > 2:
        predicted = "output.argmax(dim=1) == targets.argmax(dim=1)"
    else:
        predicted = f"(output > {0 if run.is_fused else 0.5}) == (targets > 0.5)"
    measured_accuracy = test_numbers = test_data = ""
    if run.problem.classes:
        measured_accuracy = f", ({predicted}).double().mean().item()"
    if run.has_test_set:
        test_numbers = ", *measure(test_inputs, test_targets)"
        test_data = block(
            "test_inputs = torch.from_numpy(test_Xs.T.copy())", "test_targets = torch.from_numpy(test_Ys.T.copy())"
        )
    return {
        "loss": run.trainer.loss_function.torch_expression,
        "measured_accuracy": measured_accuracy,
        "test_numbers": test_numbers,
        "test_data": test_data,
    }


def _surroundings(whole: Phased) -> dict[str, str]:
    """What the training of some phase takes around it."""
    drops, batches = any(each.drops for each in whole.runs), any(each.uses_batches for each in whole.runs)
    return {
        "evaluation_mode": "model.eval()" if drops else "",
        "rng": f"rng = np.random.RandomState({whole.run.experiment.seed})" if drops or batches else "",
        "order": "order = np.arange(len(inputs))" if batches else "",
    }


def _stands_still(run: Outline) -> bool:
    """Whether the only layer is frozen: of no parameters there is no optimizer."""
    return run.frozen_layer is not None and len(run.trainer.network.layers) == 1


def _step(run: Outline, *, in_phases: bool = False) -> str:
    options, penalty, zero, clip = run.trainer.options, "", "", ""
    if options.has_penalty:
        penalty = block(
            "for layer in layers:",
            "    objective = objective + L1 * layer.weight.abs().sum()" if options.l1 > 0 else "",
            "    objective = objective + L2 / 2 * (layer.weight**2).sum()" if options.l2 > 0 else "",
        )
    if run.frozen_layer is not None and (in_phases or _stands_still(run)):
        zero = block(
            f"for parameter in layers[{run.frozen_layer}].parameters():",
            "    parameter.grad.zero_()  # this layer is not trained",
        )
    if options.clip > 0:
        clip = block(
            "norm = math.sqrt(sum((parameter.grad**2).sum().item() for parameter in parameters))",
            "if norm > CLIP:",
            "    for parameter in parameters:",
            "        parameter.grad *= CLIP / norm",
        )
    mode = "model.train()" if run.drops else ""
    parts = {"training_mode": mode, "penalty": penalty, "zero": zero, "clip": clip}
    return render(STEP, parts | torch_step(run))


def _epoch(run: Outline, *, in_phases: bool = False) -> dict[str, str]:
    epoch, schedule_step = "step(inputs, targets)", ""
    if run.uses_batches:
        epoch = block(
            "rng.shuffle(order)",
            "for start in range(0, len(order), BATCH_SIZE):",
            "    batch = order[start : start + BATCH_SIZE]",
            "    step(inputs[batch], targets[batch])",
        )
    if run.schedule and in_phases:
        epoch = block(f'optimizer.param_groups[0]["lr"] = LEARNING_RATE * {run.schedule}', epoch)
    elif run.schedule:
        schedule_step = "schedule.step()"
    return {"train_epoch": epoch, "schedule_step": schedule_step}


def _optimizer(run: Outline, keeps_rate: bool) -> str:
    """The optimizer as code: PyTorch's own, but for a momentum that it has otherwise.

    Its v leaves the learning rate out, which is another step once that changes; its Nesterov rejects a momentum of 0.
    """
    if run.experiment.optimizer in MOMENTUM and not (keeps_rate and run.experiment.momentum > 0):
        return f"{run.experiment.optimizer.capitalize()}(parameters, lr=LEARNING_RATE)"
    return run.trainer.optimizer.torch_code
