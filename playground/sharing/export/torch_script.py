"""A run as a PyTorch script, with PyTorch's layers, losses and optimizers wherever they do what ours do."""

from playground.experiment import Experiment
from playground.sharing.export.outline import Outline, outline
from playground.sharing.export.template import block, render
from playground.sharing.export.torch_classes import DROPOUT, ELEMENTWISE, MOMENTUM, MOMENTUM_CHANGES

TEMPLATE = '''"""$title, learned by a neural network in PyTorch: $network.

$origin
"""

import math

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.$dtype)

$constants


$classes


$data
inputs = torch.from_numpy(Xs.T.copy())  # one row per example, as PyTorch expects
targets = torch.from_numpy(Ys.T.copy())
$test_data

model = torch.nn.Sequential(
    $modules
)
layers = [module for module in model if isinstance(module, torch.nn.Linear)]
rng = np.random.RandomState($seed)
with torch.no_grad():
    for layer in layers:
        units_out, units_in = layer.weight.shape
        $initializer
        layer.weight.copy_(torch.from_numpy(W))
        layer.bias.copy_(torch.from_numpy(b[:, 0]))
$freeze
parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = $optimizer
$schedule


def loss(output, targets):
    return $loss / len(targets)


def step(inputs, targets):
    optimizer.zero_grad()
    objective = loss(model(inputs), targets)
    $penalty
    objective.backward()
    $clip
    optimizer.step()


def measure(inputs, targets):
    with torch.no_grad():
        output = model(inputs)
        return [loss(output, targets).item()$measured_accuracy]


def report(epoch):
    if epoch % $every == 0 or epoch == EPOCHS:
        $evaluation_mode
        numbers = measure(inputs, targets)
        if not math.isfinite(numbers[0]):
            raise SystemExit(f"Training has diverged: the loss is not finite at epoch {epoch}.")
        print(epoch, *numbers$test_numbers)
        $training_mode


print("$columns")
report(0)
$rng
$order
for epoch in range(EPOCHS):
    $train_epoch
    $schedule_step
    report(epoch + 1)
'''


def torch_script(experiment: Experiment, epochs: int, note: str = "") -> str:
    """A PyTorch file that trains the experiment for so many epochs, from the same start, and prints the same losses.

    Args:
        experiment: the experiment.
        epochs: how many.
        note: what else is to be said of the run, in plain sentences.

    Raises:
        ValueError: when epochs is not a whole number of at least 0, or on something that cannot be exported.
    """
    run = outline(experiment, epochs, note)
    return render(TEMPLATE, run.parts() | _model(run) | _losses(run) | _training(run))


def _model(run: Outline) -> dict[str, str]:
    network, drops = run.trainer.network, run.trainer.options.dropout > 0
    modules, last = [], network.layers[-1]
    for layer in network.layers:
        units_out, units_in = layer.W.shape
        modules.append(f"torch.nn.Linear({units_in}, {units_out})")
        if not (layer is last and run.is_fused):
            modules.append(layer.g.torch_module)
        if drops and layer is not last:
            modules.append("Dropout()")
    freeze = ""
    if run.frozen_layer is not None:
        freeze = f"layers[{run.frozen_layer}].requires_grad_(False)  # this layer is not trained"
    classes = [ELEMENTWISE] if any(module.startswith("Elementwise(") for module in modules) else []
    classes += [DROPOUT] if drops else []
    if _needs_own_momentum(run):
        classes.append(MOMENTUM.replace("$change", MOMENTUM_CHANGES[run.experiment.optimizer]))
    return {
        "dtype": run.experiment.dtype,
        "classes": "\n\n".join(classes),
        "modules": block(*(f"{module}," for module in modules if module)),
        "freeze": freeze,
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


def _training(run: Outline) -> dict[str, str]:
    options, optimizer = run.trainer.options, run.trainer.optimizer.torch_code
    if _needs_own_momentum(run):
        optimizer = "Momentum(parameters, lr=LEARNING_RATE)"
    penalty = clip = schedule = schedule_step = rng = order = evaluation_mode = training_mode = ""
    if options.has_penalty:
        penalty = block(
            "for layer in layers:",
            "    objective = objective + L1 * layer.weight.abs().sum()" if options.l1 > 0 else "",
            "    objective = objective + L2 / 2 * (layer.weight**2).sum()" if options.l2 > 0 else "",
        )
    if options.clip > 0:
        clip = block(
            "norm = math.sqrt(sum((parameter.grad**2).sum().item() for parameter in parameters))",
            "if norm > CLIP:",
            "    for parameter in parameters:",
            "        parameter.grad *= CLIP / norm",
        )
    if run.schedule:
        schedule = f"schedule = torch.optim.lr_scheduler.LambdaLR(\n    optimizer, lambda epoch: {run.schedule}\n)"
        schedule_step = "schedule.step()"
    if options.dropout > 0:
        evaluation_mode, training_mode = "model.eval()", "model.train()"
    if run.uses_batches or options.dropout > 0:
        rng = f"rng = np.random.RandomState({run.experiment.seed})"
    epoch = "step(inputs, targets)"
    if run.uses_batches:
        order = "order = np.arange(len(inputs))"
        epoch = block(
            "rng.shuffle(order)",
            "for start in range(0, len(order), BATCH_SIZE):",
            "    batch = order[start : start + BATCH_SIZE]",
            "    step(inputs[batch], targets[batch])",
        )
    return {
        "optimizer": optimizer,
        "penalty": penalty,
        "clip": clip,
        "schedule": schedule,
        "schedule_step": schedule_step,
        "evaluation_mode": evaluation_mode,
        "training_mode": training_mode,
        "rng": rng,
        "order": order,
        "train_epoch": epoch,
    }


def _needs_own_momentum(run: Outline) -> bool:
    """Whether PyTorch's own differs: its v leaves the learning rate out, and its Nesterov rejects a momentum of 0."""
    return run.experiment.optimizer in MOMENTUM_CHANGES and (bool(run.schedule) or run.experiment.momentum == 0)
