"""What PyTorch calls our activations, losses and optimizers, and the classes that it does not have."""

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

ACTIVATIONS = {
    "identity": "",  # needs no module
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
MOMENTUM_CHANGES = {  # of W, for the Momentum above
    "momentum": "v",
    "nesterov": "MOMENTUM * v - lr * dW",
}
