"""What a network has learnt as a script: its weights, and its evaluation of inputs from the command line."""

import textwrap

from playground.sharing.export.expressions import functions
from playground.sharing.export.literals import column, matrix
from playground.sharing.export.outline import layers_in_words, title
from playground.sharing.export.points import inputs, standardises, variables
from playground.sharing.export.template import filled

TEMPLATE = '''"""$title, as a neural network has learnt it: $network.

Exported from the neural network playground. It tells y of an input:    python predict.py $example
"""

import sys

import numpy as np

np.seterr(all="ignore")  # e^-z may become inf, and 1 / (1 + inf) = 0 is right


$activations


layers = [  # W (units out, units in), b (units out, 1) and g
    $layers
]


def evaluate($variables):
    """The output at arrays of n inputs: (outputs, n)."""
    $inputs
    A = Xs
    for W, b, g in layers:
        A = g(np.dot(W, A) + b)
    return A  #? not scaled
    return A * $spread + $centre  # in the units of y  #? scaled


if __name__ == "__main__":
    try:
        X = np.array([float(text) for text in sys.argv[1:]]).reshape($count, 1)
    except ValueError:
        raise SystemExit("Usage: python predict.py $arguments") from None
    A = evaluate(*X)[:, 0].tolist()
    print(*A)  #? not classes
    print("class", $told)  #? classes
    print("probabilities", *$probabilities)  #? probable
    print("output", *A)  #? classes not probable
'''


def prediction_script(experiment, network):
    """A Python file that evaluates a trained network: `python predict.py 0.5` prints y there.

    Where classes are told it prints the class, and their probabilities if the network was trained for those.

    Args:
        experiment: what the network was trained for.
        network: the NeuralNetwork.
    """
    problem = experiment.make_problem()
    scaled = standardises(problem.y)
    wanted = {"scaled": scaled, "classes": problem.classes, "probable": experiment.loss == "cross_entropy"}
    several = problem.classes > 2
    return filled(
        TEMPLATE,
        {name for name, holds in wanted.items() if holds},
        title=title(experiment),
        network=layers_in_words(network),
        example=" ".join(["0.5", "2"][: problem.n_inputs]),
        activations=functions((layer.g.name, False) for layer in network.layers),
        layers="\n".join(map(_layer, network.layers)),
        variables=variables(problem),
        arguments=variables(problem).replace(",", ""),
        inputs=inputs(problem),
        spread=column(problem.y.spread) if scaled else "",
        centre=column(problem.y.centre) if scaled else "",
        count=str(problem.n_inputs),
        told="A.index(max(A))" if several else "int(A[0] > 0.5)",
        probabilities="A" if several else "[1 - A[0], A[0]]",
    )


def _layer(layer):
    parts = f"{matrix(layer.W)},\n{matrix(layer.b)},\n{layer.g.name},"
    return f"(\n{textwrap.indent(parts, '    ')}\n),"
