"""The classes that an exported PyTorch script defines, for what PyTorch does not have or does otherwise."""

from string import Template

ELEMENTWISE = '''
class Elementwise(torch.nn.Module):
    """A function as an activation."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, Z):
        return self.function(Z)
'''
DROPOUT = '''
class Dropout(torch.nn.Module):
    """PyTorch's dropout, with masks that NumPy draws, so that the run is the same."""

    def forward(self, A):
        if not self.training:
            return A
        kept = rng.random(A.T.shape) >= DROPOUT  # (units, m)
        return A * torch.from_numpy(kept.T / (1 - DROPOUT)).to(A.dtype)
'''
_MOMENTUM = '''
class $name(torch.optim.Optimizer):
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

MOMENTUM = {  # by the names of our optimizers
    "momentum": Template(_MOMENTUM).substitute(name="Momentum", change="v"),
    "nesterov": Template(_MOMENTUM).substitute(name="Nesterov", change="MOMENTUM * v - lr * dW"),
}
