"""What the PyTorch script of a run looks like, in the parts of which one is made for every phase of the run."""

HEAD = '''"""$title, learned by a neural network in PyTorch: $network.

$origin
"""

import math

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.$dtype)

$constants
$given


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
$switch_off


$switched


def loss(output, targets):
    return $loss / len(targets)


$functions


def measure(inputs, targets):
    $evaluation_mode
    with torch.no_grad():
        output = model(inputs)
        return [loss(output, targets).item()$measured_accuracy]


$waits


def report(epoch):
    $stops
    if epoch % $every == 0 or epoch == EPOCHS$or_stops:
        numbers = measure(inputs, targets)
        if not math.isfinite(numbers[0]):
            raise SystemExit(f"Training has diverged: the loss is not finite at epoch {epoch}.")
        print(epoch, *numbers$test_numbers)
    $return_stops


print("$columns")
report(0)
$rng
$order
$train
'''
STEP = """
def step(inputs, targets):
    $training_mode
    optimizer.zero_grad()
    objective = loss(model(inputs), targets)
    $penalty
    objective.backward()
    $zero
    $hold
    $clip
    $take_step
"""
TRAIN = """
for epoch in range(EPOCHS):
    $train_epoch
    $schedule_step
    $report
"""
TRAIN_PHASE = """
def train(first, last):
    for epoch in range(first, last):
        $train_epoch
        report(epoch + 1)
"""
PHASE = """
# From epoch $first on: $words.
$constants
$optimizer
$evaluation_mode
$functions
$switched
$edits
train($first, $last)
"""
