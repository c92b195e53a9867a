"""A run as a PyTorch script, with its layers, losses and optimizers wherever they do what ours do."""

from playground.sharing.export.outline import outline
from playground.sharing.export.template import filled

TEMPLATE = '''"""$title, learnt by a neural network in PyTorch: $network.

Exported from the neural network playground.  #? not link
Exported from the neural network playground, whose page opens it again at $link  #? link
"""

import math

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.$dtype)

$constants


$classes


$data
inputs = torch.from_numpy(Xs.T.copy())  # a row an example, as PyTorch has it
targets = torch.from_numpy(Ys.T.copy())
test_inputs = torch.from_numpy(test_Xs.T.copy())  #? test
test_targets = torch.from_numpy(test_Ys.T.copy())  #? test

model = torch.nn.Sequential(
    $modules
)
layers = [module for module in model if isinstance(module, torch.nn.Linear)]
rng = np.random.RandomState($seed)
with torch.no_grad():
    for layer in layers:
        units_out, units_in = layer.weight.shape
        $initializer
        W, b = SCALE * W, SCALE * b  #? scale
        layer.weight.copy_(torch.from_numpy(W))
        layer.bias.copy_(torch.from_numpy(b[:, 0]))
layers[$frozen].requires_grad_(False)  # it stays as it is  #? frozen
parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = $optimizer
schedule = torch.optim.lr_scheduler.LambdaLR(  #? schedule
    optimizer, lambda epoch: $schedule  #? schedule
)  #? schedule


def loss(output, targets):
    return $loss / len(targets)


def step(inputs, targets):
    optimizer.zero_grad()
    objective = loss(model(inputs), targets)
    for layer in layers:  #? penalises
        objective = objective + L1 * layer.weight.abs().sum()  #? l1
        objective = objective + L2 / 2 * (layer.weight**2).sum()  #? l2
    objective.backward()
    norm = math.sqrt(sum((parameter.grad**2).sum().item() for parameter in parameters))  #? clip
    if norm > CLIP:  #? clip
        for parameter in parameters:  #? clip
            parameter.grad *= CLIP / norm  #? clip
    optimizer.step()


def measure(inputs, targets):
    with torch.no_grad():
        output = model(inputs)
        return [loss(output, targets).item()]  #? not classes
        return [loss(output, targets).item(), ($told).double().mean().item()]  #? classes


def report(epoch):
    if epoch % $every == 0 or epoch == EPOCHS:
        model.eval()  #? dropout
        numbers = measure(inputs, targets)
        if not math.isfinite(numbers[0]):
            raise SystemExit(f"Training has diverged: at epoch {epoch} the loss is no finite number.")
        print(epoch, *numbers)  #? not test
        print(epoch, *numbers, *measure(test_inputs, test_targets))  #? test
        model.train()  #? dropout


print("$columns")
report(0)
rng = np.random.RandomState($seed)  #? random
order = np.arange(len(inputs))  #? shuffles
for epoch in range(EPOCHS):
    rng.shuffle(order)  #? shuffles
    for start in range(0, len(order), BATCH_SIZE):  #? shuffles
        batch = order[start : start + BATCH_SIZE]  #? shuffles
        step(inputs[batch], targets[batch])  #? shuffles
    step(inputs, targets)  #? not shuffles
    schedule.step()  #? schedule
    report(epoch + 1)
'''

SINE = """
class Sine(torch.nn.Module):
    def forward(self, Z):
        return torch.sin(Z)
"""
DROPOUT = '''
class Dropout(torch.nn.Module):
    """PyTorch's dropout, with masks that NumPy draws, so that the run is the same."""

    def forward(self, A):
        if not self.training:
            return A
        kept = rng.random(A.T.shape) >= DROPOUT  # (units, m)
        return A * torch.from_numpy(kept.T / (1 - DROPOUT)).to(A.dtype)
'''
MOMENTUM = '''
class Momentum(torch.optim.Optimizer):
    """PyTorch's own leaves lr out of v, which is another step once lr changes."""

    def __init__(self, parameters, lr):
        super().__init__(parameters, {"lr": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for W in group["params"]:
                dW, lr = W.grad, group["lr"]
                v = self.state[W]["v"] = MOMENTUM * self.state[W].get("v", 0) - lr * dW
                W += $change
'''

ACTIVATIONS = {  # identity needs none
    "sigmoid": "torch.nn.Sigmoid()",
    "tanh": "torch.nn.Tanh()",
    "relu": "torch.nn.ReLU()",
    "leaky_relu": "torch.nn.LeakyReLU(0.01)",
    "elu": "torch.nn.ELU()",
    "softplus": "torch.nn.Softplus(threshold=40)",
    "swish": "torch.nn.SiLU()",
    "sine": "Sine()",
}
LOSSES = {  # m times the loss; the cross-entropies take Z
    "squared_error": 'F.mse_loss(output, targets, reduction="sum") / 2',
    "huber": 'F.huber_loss(output, targets, reduction="sum")',
    "absolute_error": 'F.l1_loss(output, targets, reduction="sum")',
    "binary_cross_entropy": 'F.binary_cross_entropy_with_logits(output, targets, reduction="sum")',
    "cross_entropy": 'F.cross_entropy(output, targets, reduction="sum")',
}
OPTIMIZERS = {
    "gradient_descent": "torch.optim.SGD(parameters, lr=LEARNING_RATE)",
    "momentum": "torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum=MOMENTUM)",
    "nesterov": "torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum=MOMENTUM, nesterov=True)",
    "rmsprop": "torch.optim.RMSprop(parameters, lr=LEARNING_RATE, alpha=DECAY, eps=EPSILON)",
    "adam": "torch.optim.Adam(parameters, lr=LEARNING_RATE, betas=(BETA1, BETA2), eps=EPSILON)",
}
CHANGES = {"momentum": "v", "nesterov": "MOMENTUM * v - lr * dW"}


def torch_script(experiment, epochs):
    """A PyTorch file that trains the experiment for so many epochs, from the same start, and prints the same losses.

    Raises:
        ValueError: when epochs is not a whole number from 0 on.
    """
    trainer, wanted, texts = outline(experiment, epochs)
    joined, kind = "joined" in wanted, experiment.optimizer
    told = "output.argmax(dim=1) == targets.argmax(dim=1)"
    if "several" not in wanted:
        told = f"(output > {0 if joined else 0.5}) == (targets > 0.5)"
    # PyTorch's momentum is another once the learning rate changes, and its Nesterov's must not be 0.
    own = kind in CHANGES and ("schedule" in wanted or experiment.momentum == 0)
    classes = {
        SINE: any(layer.g.name == "sine" for layer in trainer.network.layers),
        DROPOUT: "dropout" in wanted,
        MOMENTUM.replace("$change", CHANGES.get(kind, "")): own,
    }
    return filled(
        TEMPLATE,
        wanted,
        **{**texts, "loss": LOSSES[trainer.loss_function.name], "told": told},
        dtype=experiment.dtype,
        classes="\n\n".join(text for text, needed in classes.items() if needed),
        modules=_modules(trainer.network, joined, "dropout" in wanted),
        optimizer="Momentum(parameters, lr=LEARNING_RATE)" if own else OPTIMIZERS[kind],
    )


def _modules(network, joined, drops):
    modules, last = [], network.layers[-1]
    for layer in network.layers:
        units_out, units_in = layer.W.shape
        modules.append(f"torch.nn.Linear({units_in}, {units_out}),")
        if layer.g.name in ACTIVATIONS and not (layer is last and joined):
            modules.append(f"{ACTIVATIONS[layer.g.name]},")
        if drops and layer is not last:
            modules.append("Dropout(),")
    return "\n".join(modules)
