"""The faces of the network's drawing: every number is that of the walk and of the trainer, to the last bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn import ACTIVATIONS, OPTIMIZERS
from playground.analysis.faces import face_numbers, numbers_in_words, traced_in
from playground.analysis.walk import walk
from playground.experiment import Experiment
from playground.figures.network import drawn_units

CASES = [
    {},
    {"layers": (1,), "activations": ("relu",)},
    {"layers": (5, 4), "activations": ("tanh", "identity"), "loss": "huber"},
    {"layers": (4, 3, 5, 2), "activations": ("tanh", "relu", "softplus", "sigmoid"), "loss": "absolute_error"},
    {"layers": (30, 12), "activations": ("sigmoid", "tanh"), "output_activation": "tanh"},
    {"problem": "circle", "layers": (6, 3), "activations": ("tanh", "relu"), "loss": "cross_entropy"},
    {"problem": "rings", "layers": (6,), "activations": ("tanh",), "loss": "cross_entropy", "dropout": 0.4},
    {"layers": (8, 5), "activations": ("tanh", "sigmoid"), "dropout": 0.3, "batch_size": 30, "optimizer": "adam"},
    {"dtype": "float32", "l2": 0.1, "clip": 0.05, "scaling": "standard"},
    {"problem": "plane", "features": ("x1", "product"), "layers": (3,), "activations": ("identity",)},
    {"layers": (), "activations": ()},
    {"layers": (), "activations": (), "problem": "rings", "loss": "cross_entropy", "dropout": 0.4},
]
EACH = pytest.mark.parametrize("changes", CASES, ids=str)


def started(changes, epochs=3):
    start = Experiment(**({"points": 40} if "problem" not in changes else {}) | changes).start()
    start.trainer.train(epochs)
    return start.trainer, start.problem


def drawn_of(trainer, selected=None):
    return drawn_units(trainer.network, selected)


def units(drawn, layers):
    """Of each layer's (units, n), the rows that are drawn."""
    return np.concatenate([np.asarray(values)[drawn[l]].ravel() for l, values in layers] or [[]])


def matrices_of(stages):
    return {(m.kind, m.layer): m.values for stage in stages for m in stage.matrices}


def assert_forward_is_the_walks(numbers, stages, drawn):
    found, L = matrices_of(stages), len(drawn) - 1
    for name, kind in (("z", "Z"), ("a", "A")):
        np.testing.assert_array_equal(numbers[name], units(drawn, [(l, found[kind, l]) for l in range(1, L + 1)]))
    place = row = 0
    for l in range(1, L + 1):
        sums = next(s.entry for s in stages if s.entry and s.name.startswith(f"Z{l}:"))
        for unit in drawn[l]:
            *terms, _ = sums(unit, 0).terms
            shown = numbers["wa"][place : place + len(drawn[l - 1])]
            np.testing.assert_array_equal(shown, [terms[i][0] * terms[i][1] for i in drawn[l - 1]])
            place, row = place + len(drawn[l - 1]), row + 1
    assert place == len(numbers["wa"]) == len(numbers["w"])
    np.testing.assert_array_equal(numbers["targets"], found["Y", L][drawn[-1], 0])


@EACH
def test_forward_and_backward_of_an_example_are_the_walks(changes):
    assert_examples_are_the_walks(changes, None)


def test_a_folded_unit_that_is_selected_is_drawn_with_its_own_numbers():
    for selected in ((1, 25, 0), (2, 11, 27)):
        assert_examples_are_the_walks(CASES[4], selected)


def assert_examples_are_the_walks(changes, selected):
    trainer, problem = started(changes)
    drawn, (chosen, masks) = drawn_of(trainer, selected), trainer.next_batch()
    for j in (0, len(chosen) - 1):
        stages = walk(trainer, j)
        examples = traced_in(problem, None, int(chosen[j])).examples(trainer, problem)
        assert_forward_is_the_walks(face_numbers("forward", trainer, drawn, examples), stages, drawn)
        numbers, found = face_numbers("backward", trainer, drawn, examples), matrices_of(stages)
        L = len(drawn) - 1
        np.testing.assert_array_equal(numbers["dz"], units(drawn, [(l, found["dZ", l]) for l in range(1, L + 1)]))
        places = [(l, unit) for l in range(1, L + 1) for unit in drawn[l]]
        for dA, (l, unit) in zip(numbers["da"], places, strict=True):
            if ("dA", l) in found:
                assert dA == found["dA", l][unit, 0]
            else:
                assert l == L
                assert np.isnan(dA)
        dWs = [found["dW", l][np.ix_(drawn[l], drawn[l - 1])].ravel() for l in range(1, L + 1)]
        np.testing.assert_array_equal(numbers["dw"], np.concatenate(dWs))
        if masks:
            kept = units(drawn, [(l, found["mask", l]) for l in range(1, L)])
            np.testing.assert_array_equal(numbers["kept"], [*kept, *[1] * len(drawn[-1])])
        Xs = problem.network_inputs(problem.samples[:-1, chosen[[j]]])
        np.testing.assert_array_equal(numbers["inputs"], Xs.astype(trainer.training_set.Xs.dtype)[drawn[0], 0])


@EACH
def test_the_whole_step_is_the_walks_and_the_trainers(changes):
    trainer, _ = started(changes)
    drawn, found = drawn_of(trainer), matrices_of(walk(trainer))
    numbers, layers = face_numbers("backward", trainer, drawn), range(1, len(drawn))
    np.testing.assert_array_equal(numbers["dz"], units(drawn, [(l, found["db", l]) for l in layers]))
    hidden = [(l, found["dA", l].sum(axis=1)) for l in layers[:-1]]
    np.testing.assert_array_equal(numbers["da"][: sum(map(len, drawn[1:-1]))], units(drawn, hidden))
    dWs = [found["dW", l][np.ix_(drawn[l], drawn[l - 1])].ravel() for l in layers]
    np.testing.assert_array_equal(numbers["dw"], np.concatenate(dWs))
    step = face_numbers("step", trainer, drawn)
    names = {"": "Wb before", "d": "dWb", "_after": "Wb after"}
    for name, kind in names.items():
        w, b = (f"d{x}" if name == "d" else f"{x}{name}" for x in "wb")
        Wbs = [found[kind, l] for l in layers]
        np.testing.assert_array_equal(step[b], units(drawn, [(l, Wb[:, -1:]) for l, Wb in enumerate(Wbs, 1)]))
        lines = [Wb[np.ix_(drawn[l], drawn[l - 1])].ravel() for l, Wb in enumerate(Wbs, 1)]
        np.testing.assert_array_equal(step[w], np.concatenate(lines))
    if not trainer.options.dropout and trainer.batch_size == trainer.training_set.m:
        trainer.train(1)
        np.testing.assert_array_equal(step["w_after"], face_numbers("weights", trainer, drawn)["w"])


@settings(max_examples=30, deadline=None)
@given(
    layers=st.lists(st.integers(1, 12), min_size=0, max_size=4),
    g=st.sampled_from([name for name in ACTIVATIONS if name != "softmax"]),
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    x=st.floats(-100, 100),
)
def test_any_input_goes_through_the_network_as_it_is_evaluated(layers, g, optimizer, x):
    changes = {"layers": tuple(layers), "activations": (g,) * len(layers), "optimizer": optimizer}
    trainer, problem = started(changes | {"learning_rate": 1e-4}, epochs=1)
    drawn, examples = drawn_of(trainer), traced_in(problem, (x,), None).examples(trainer, problem)
    numbers = face_numbers("forward", trainer, drawn, examples)
    values = trainer.network.evaluate([[x]])
    np.testing.assert_array_equal(numbers["z"], units(drawn, [(l, values[l].Z) for l in range(1, len(values))]))
    np.testing.assert_array_equal(numbers["a"], units(drawn, [(l, values[l].A) for l in range(1, len(values))]))
    np.testing.assert_array_equal(numbers["targets"], np.sin(x))
    stages = walk(trainer, examples)
    assert_forward_is_the_walks(numbers, stages, drawn)
    dZ1 = matrices_of(stages)["dZ", 1][drawn[1], 0]
    np.testing.assert_array_equal(face_numbers("backward", trainer, drawn, examples)["dz"][: len(dZ1)], dZ1)


def test_looking_changes_nothing():
    looked_at, left_alone = (started(CASES[7])[0] for _ in range(2))
    for face in ("weights", "backward", "step"):
        face_numbers(face, looked_at, drawn_of(looked_at))
    for trainer in (looked_at, left_alone):
        trainer.train(2)
    np.testing.assert_array_equal(looked_at.network.parameters, left_alone.network.parameters)


def test_without_a_known_target_nothing_flows_back_and_the_rest_is_there():
    trainer, problem = started({"target": "points"})
    examples = traced_in(problem, (0.123,), None).examples(trainer, problem)
    numbers = face_numbers("backward", trainer, drawn_of(trainer), examples)
    assert np.isnan(numbers["dz"]).all()
    assert np.isfinite(face_numbers("forward", trainer, drawn_of(trainer), examples)["a"]).all()


def test_an_example_that_the_next_step_leaves_out_goes_through_the_whole_network():
    trainer, problem = started(CASES[7])
    chosen, _ = trainer.next_batch()
    outside = next(n for n in range(problem.samples.shape[1]) if n not in chosen)
    masks = traced_in(problem, None, outside).examples(trainer, problem).masks
    assert [(mask.shape[1], mask.min(), mask.max()) for mask in masks] == [(1, 1, 1)] * 2
    assert len(traced_in(problem, None, int(chosen[0])).examples(trainer, problem).masks) == 2


def test_an_input_that_the_problem_does_not_have_becomes_an_example():
    _, problem = started({})
    assert traced_in(problem, (1.0, 2.0), None) == traced_in(problem, None, 10)
    assert traced_in(problem, None, 40) == traced_in(problem, None, None) == traced_in(problem, None, 10)


def test_of_each_unit_it_is_written_whether_it_is_dropped_or_off_and_what_is_not_computed_yet():
    trainer, problem = started({"layers": (6, 5), "activations": ("tanh", "sigmoid"), "dropout": 0.4, "off": "1.2,2.0"})
    drawn, examples = drawn_of(trainer), traced_in(problem, None, 3).examples(trainer, problem)
    numbers = face_numbers("forward", trainer, drawn, examples)
    numbers["z"][-1] = numbers["a"][-1] = np.nan
    layers = numbers_in_words(numbers, drawn, trainer.network.off).split(". ")
    for l, mask in enumerate(examples.masks, start=1):
        parts = layers[l - 1].partition(": ")[2].split("; ")
        states = [part.rpartition(", ")[2] if part.endswith(("dropped", "off")) else "" for part in parts]
        dropped = ["" if kept else "dropped" for kept in mask[:, 0]]
        dropped[{1: 2, 2: 0}[l]] = "off"
        assert states == dropped
    assert {"dropped", ""} < set(dropped)
    assert layers[-1] == "Output: unit 0: not computed yet."


def test_what_is_drawn_is_also_written():
    trainer, problem = started({"layers": (2,), "activations": ("sigmoid",)})
    drawn, examples = drawn_of(trainer), traced_in(problem, (1.5,), None).examples(trainer, problem)
    numbers = face_numbers("forward", trainer, drawn, examples)
    z, a = numbers["z"], numbers["a"]
    assert numbers_in_words(numbers, drawn) == (
        f"Layer 1: unit 0: Z {z[0]:.4g}, A {a[0]:.4g}; unit 1: Z {z[1]:.4g}, A {a[1]:.4g}. "
        f"Output: unit 0: Z {z[2]:.4g}, A {a[2]:.4g}."
    )
    numbers = face_numbers("backward", trainer, drawn, examples)
    da, dz = numbers["da"], numbers["dz"]
    assert numbers_in_words(numbers, drawn) == (
        f"Layer 1: unit 0: dA {da[0]:.4g}, dZ {dz[0]:.4g}; unit 1: dA {da[1]:.4g}, dZ {dz[1]:.4g}. "
        f"Output: unit 0: dA {da[2]:.4g}, dZ {dz[2]:.4g}."
    )
