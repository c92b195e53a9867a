"""Units that are switched off in scripts: they pass on nothing, and a step leaves their weights as they are."""

from collections.abc import Sequence

from playground.sharing.export.outline import Outline
from playground.sharing.export.template import block

NUMPY_METHOD = '''
def switch_off(self, units):
    """Switches these units off and all others on: (layer, unit), layers from 1 and units from 0."""
    for layer in self.layers:
        layer.off, layer.held = [], np.zeros(layer.Wb.shape, bool)
    for l, unit in units:
        self.layers[l - 1].off.append(unit)
        self.layers[l - 1].held[unit] = self.layers[l].held[:, unit] = True
'''
TORCH_CLASS = '''
class Switches(torch.nn.Module):
    """Units of a hidden layer pass on nothing while they are off."""

    off = ()

    def forward(self, A):
        return A.index_fill(1, torch.tensor(self.off, dtype=torch.long), 0.0)
'''
TORCH_SWITCH = '''
def switch_off(units):
    """Switches these units off and all others on: (layer, unit), layers from 1 and units from 0."""
    switches = [module for module in model if isinstance(module, Switches)]
    for l, module in enumerate(switches, 1):
        module.off = [unit for layer, unit in units if layer == l]
    for parameter in model.parameters():
        held[parameter] = torch.zeros_like(parameter, dtype=torch.bool)
    for l, unit in units:
        held[layers[l - 1].weight][unit] = held[layers[l - 1].bias][unit] = True
        held[layers[l].weight][:, unit] = True


def step_of_others():
    """Takes a step, but for the weights to and from units that are off, and what is remembered of them."""
    kept = [(parameter, None, parameter.detach().clone()) for parameter in parameters]
    for parameter in parameters:
        memory = optimizer.state[parameter].items()
        kept += [(parameter, name, value.clone()) for name, value in memory if torch.is_tensor(value) and value.dim()]
    optimizer.step()
    with torch.no_grad():
        for parameter, name, before in kept:
            array = parameter if name is None else optimizer.state[parameter][name]
            array[held[parameter]] = before[held[parameter]]
'''


def numpy_parts(runs: Sequence[Outline]) -> dict[str, str]:
    """Parts of a NumPy script whose network has units off in some of its phases, of which the first comes first."""
    if not any(run.off for run in runs):
        return dict.fromkeys(("off_values", "off_gradient", "switch_off", "switched"), "")
    return {
        "off_values": "A[layer.off] = 0  # whatever g is",
        "off_gradient": "dZ[self.layers[l - 1].off] = 0",
        "switch_off": NUMPY_METHOD,
        "switched": f"network.switch_off({list(runs[0].off)})",
    }


def numpy_step(run: Outline) -> dict[str, str]:
    """Parts of the method of a NumPy script that takes a step."""
    if not run.off:
        return {"hold": "", "keep": "", "put_back": ""}
    names = "Wb", *run.trainer.optimizer.state_names
    held = ", ".join(f"layer.{name}[layer.held]" for name in names)
    return {
        "hold": block("for layer, dWb in zip(self.layers, dWbs):", "    dWb[layer.held] = 0"),
        "keep": f"kept = {held}",
        "put_back": f"{held} = kept  # of units that are off",
    }


def torch_parts(runs: Sequence[Outline]) -> dict[str, str]:
    """Parts of a PyTorch script whose network has units off in some of its phases, of which the first comes first."""
    if not any(run.off for run in runs):
        return {"switch_off": "", "switched": ""}
    return {
        "switch_off": f"held = {{}}  # by parameter: which of its entries stay as they are\n\n{TORCH_SWITCH}",
        "switched": f"switch_off({list(runs[0].off)})",
    }


def torch_step(run: Outline) -> dict[str, str]:
    """Parts of the function of a PyTorch script that takes a step."""
    if not run.off:
        return {"hold": "", "take_step": "optimizer.step()"}
    hold = block("for parameter in parameters:", "    parameter.grad[held[parameter]] = 0")
    return {"hold": hold, "take_step": "step_of_others()"}


def switched(before: Outline, run: Outline, call: str) -> str:
    """The line with which a phase switches units; "" where it has the units of the one before off."""
    return "" if run.off == before.off else f"{call}({list(run.off)})"
