"""What a network has learned as a script: its weights, and its evaluation of inputs from the command line."""

import textwrap

from nn import NeuralNetwork
from nn.layer import Layer
from playground.experiment import Experiment
from playground.sharing.export.expressions import functions
from playground.sharing.export.literals import column, matrix
from playground.sharing.export.outline import in_lines, layers_in_words, title
from playground.sharing.export.points import inputs, is_standardised, variables
from playground.sharing.export.template import block, render

TEMPLATE = '''"""$title, as a neural network has learned it: $network.

Exported from the neural network playground. It predicts y for an input:    python predict.py $example
$note
"""

import sys

import numpy as np

np.seterr(all="ignore")  # e^-z may become inf, and 1 / (1 + inf) = 0 is right


$activations


layers = [  # W (units out, units in), b (units out, 1) and g$off_named
    $layers
]


def evaluate($variables):
    """The output at arrays of n inputs: (outputs, n)."""
    $inputs
    A = Xs
    for W, b, g$off_name in layers:
        A = g(np.dot(W, A) + b)
        $off_values
    return $output


if __name__ == "__main__":
    try:
        X = np.array([float(text) for text in sys.argv[1:]]).reshape($count, 1)
    except ValueError:
        raise SystemExit("Usage: python predict.py $arguments") from None
    A = evaluate(*X)[:, 0].tolist()
    $answer
'''


def prediction_script(experiment: Experiment, network: NeuralNetwork, note: str = "") -> str:
    """A Python file that evaluates a trained network: `python predict.py 0.5` prints y there.

    Of a problem with classes it prints the class, and the probabilities if the network was trained for those.

    Args:
        experiment: of the run.
        network: the network.
        note: what is to be said of it, in plain sentences.

    Raises:
        ValueError: on something that cannot be exported.
    """
    problem = experiment.start().problem
    output, answer = "A", "print(*A)"
    if is_standardised(problem.y):
        output = f"A * {column(problem.y.spread)} + {column(problem.y.centre)}  # in the units of y"
    if problem.classes:
        predicted = "A.index(max(A))" if problem.classes > 2 else "int(A[0] > 0.5)"
        details = 'print("output", *A)'
        if experiment.loss == "cross_entropy":
            details = f'print("probabilities", *{"A" if problem.classes > 2 else "[1 - A[0], A[0]]"})'
        answer = block(f'print("class", {predicted})', details)
    parts = {
        "title": title(experiment),
        "network": layers_in_words(network),
        "note": f"\n{in_lines(note)}" if note else "",
        "example": " ".join(["0.5", "2"][: problem.n_inputs]),
        "activations": functions(layer.g for layer in network.layers),
        **_units_off(network),
        "variables": variables(problem),
        "arguments": variables(problem).replace(",", ""),
        "inputs": inputs(problem),
        "output": output,
        "count": str(problem.n_inputs),
        "answer": answer,
    }
    return render(TEMPLATE, parts)


def _units_off(network: NeuralNetwork) -> dict[str, str]:
    """The layers, and what is done about units that are switched off."""
    if not network.off:
        return {"layers": block(*map(_layer, network.layers)), "off_named": "", "off_name": "", "off_values": ""}
    off = [[unit for at, unit in network.off if at == l] for l, _ in enumerate(network.layers, 1)]
    return {
        "layers": block(*(_layer(layer, f"{units},") for layer, units in zip(network.layers, off, strict=True))),
        "off_named": ", and the units that are switched off",
        "off_name": ", off",
        "off_values": "A[off] = 0",
    }


def _layer(layer: Layer, off: str = "") -> str:
    parts = block(f"{matrix(layer.W)},", f"{matrix(layer.b)},", f"{layer.g.name},", off)
    return f"(\n{textwrap.indent(parts, '    ')}\n),"
