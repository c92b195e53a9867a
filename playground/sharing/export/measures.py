"""The measures of what a script has trained, printed below its losses: the same lines in NumPy and in PyTorch."""

from collections.abc import Iterator

from nn import NeuralNetwork
from playground.problems.measures import EXPRESSIONS, measures_on
from playground.problems.problem import Problem
from playground.problems.scale import ROUNDING
from playground.sharing.export.literals import column
from playground.sharing.export.points import is_standardised
from playground.sharing.export.template import render

NUMBERS = '''
def root_mean_square(values):
    size = np.abs(values).max()  # the squares of 1e-200 are 0, and those of 1e200 infinite
    return size * np.sqrt(np.mean((values / size) ** 2)) if size > 0 else size


def print_measures(points, A, Ys):
    """Of numbers: $names, in the units of y."""
    a, y = $values
    varies = np.ptp(y) > $rounding * np.abs(y).max()  # by more than rounding
    with np.errstate(all="ignore"):
        errors, spread = np.abs(a - y), root_mean_square(y - y.mean()) if varies else np.nan
        print(points, $measures)
'''
CLASSES = '''
def print_measures(points, A, Ys):
    """Of each class k: how many of its points are taken for each class, $names."""
    counts = np.zeros(($classes, $classes), int)
    np.add.at(counts, ($values), 1)
    with np.errstate(invalid="ignore"):  # 0 / 0 is undefined
        for k in range($classes):
            print(points, k, *counts[k], $measures)
'''
END = """


$function


$evaluation_mode
print("\\n$columns")
print_measures("training", $training, Ys)
$test
"""


def columns(problem: Problem) -> list[str]:
    """The names of what is printed of a set of points, in this order: in one line, or in one for each class."""
    counted = ["class", *(f"as_{k}" for k in range(problem.classes))] if problem.classes else []
    return ["points", *counted, *_names(problem)]


def measured(problem: Problem, network: NeuralNetwork) -> Iterator[str]:
    """What a script prints of a network: the names of the columns, and a line for each set of points or class."""
    yield " ".join(columns(problem))
    for points, samples in (("training", problem.samples), ("test", problem.test_samples)):
        if samples.size:
            values, counts = measures_on(problem, network, samples).tolist(), []
            if problem.classes:
                counts = problem.confusion(network, samples).tolist()
            rows = [[k, *row, *values[k :: problem.classes]] for k, row in enumerate(counts)] or [values]
            yield from (f"{points} {' '.join(map(repr, row))}" for row in rows)


def measures_part(problem: Problem, training: str, test: str, threshold: float = 0.5, evaluation_mode: str = "") -> str:
    """The end of a script that prints the measures, of the training points and of the test points if there are any.

    Args:
        problem: what is learned.
        training, test: the network's output A (outputs, m) for the two sets, as code.
        threshold: above which a single output stands for class 1.
        evaluation_mode: a line that the network needs before it is evaluated.
    """
    names = _names(problem)
    parts = {
        "names": " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])),
        "classes": str(problem.classes),
        "rounding": repr(ROUNDING),
        "values": _classes(problem, threshold) if problem.classes else _numbers(problem),
        "measures": ", ".join(EXPRESSIONS[name] for name in names),
        "columns": " ".join(columns(problem)),
        "training": training,
        "test": f'print_measures("test", {test}, test_Ys)' if problem.test_samples.size else "",
        "evaluation_mode": evaluation_mode,
    }
    function = render(CLASSES if problem.classes else NUMBERS, parts)
    return "\n\n" + render(END, parts | {"function": function.rstrip()})


def _names(problem: Problem) -> list[str]:
    return ["precision", "recall"] if problem.classes else ["r2", "rmse", "mae"]


def _numbers(problem: Problem) -> str:
    if not is_standardised(problem.y):
        return "A[0], Ys[0]"
    spread, centre = column(problem.y.spread), column(problem.y.centre)
    return f"(rows[0] * {spread} + {centre} for rows in (A, Ys))"


def _classes(problem: Problem, threshold: float) -> str:
    if problem.classes > 2:
        return "Ys.argmax(axis=0), A.argmax(axis=0)"
    return f"(Ys[0] > 0.5).astype(int), (A[0] > {threshold}).astype(int)"
