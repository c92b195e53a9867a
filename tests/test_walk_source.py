"""The source shown in the walk: every line of it runs in the very step that is shown, in the order of the stages."""

import sys

import pytest

from nn import ACTIVATIONS, LOSSES, OPTIMIZERS, Activation, NeuralNetwork, StepOptions
from nn.dropout import WithDropout
from nn.softmax import Softmax
from playground.analysis.walk import walk
from playground.analysis.walk.listings import line, whole
from playground.experiment import Experiment

CASES = {
    "the posts": {},
    "no hidden layer": {"layers": (), "activations": (), "dropout": 0.5},
    "logistic regression": {"layers": (), "activations": (), "problem": "moons", "loss": "cross_entropy"},
    "four layers": {"layers": (5, 4, 3, 2), "activations": ("tanh", "relu", "sigmoid", "identity")},
    "dropout": {"layers": (5, 4), "activations": ("tanh", "identity"), "dropout": 0.5},
    "penalty, clipping, frozen layer": {"l1": 0.1, "l2": 0.1, "clip": 1e-3, "freeze": 1, "optimizer": "momentum"},
    "mini-batches": {"batch_size": 30},
    "fused sigmoid": {"problem": "moons", "loss": "cross_entropy"},
    "fused softmax": {"problem": "three_spirals", "loss": "cross_entropy"},
    "activated output": {"output_activation": "tanh", "loss": "huber"},
    **{name: {"activations": (name,)} for name in ACTIVATIONS},
    **{name: {"loss": name} for name in LOSSES if "cross_entropy" not in name},
    **{name: {"optimizer": name, "learning_rate": 0.01} for name in OPTIMIZERS},
}
EACH = pytest.mark.parametrize("changes", CASES.values(), ids=CASES)


def stages_and_trace(changes, example=None):
    """The stages of a step, and every line that ran in it, as (file, line number), in their order."""
    trainer = Experiment(**{"points": 60} | changes).start().trainer
    trainer.train(3)
    ran = []

    def trace(frame, event, _):
        if event == "line":
            ran.append((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        trainer.next_step(example)
    finally:
        sys.settrace(before)
    return walk(trainer, example), ran


def executable(listing):
    """The lines of a listing that have code to run, without its `def` and a bare `return`, which does nothing."""
    code = listing.function.__code__
    numbers = {number for *_, number in code.co_lines() if number is not None and number != code.co_firstlineno}
    texts = dict(enumerate(listing.text.splitlines(), start=listing.first))
    shown = [number for number in sorted(numbers) if texts.get(number, "return").strip() != "return"]
    return [(code.co_filename, number) for number in shown]


@EACH
@pytest.mark.parametrize("example", [None, 2])
def test_every_line_shown_ran_in_that_step(changes, example):
    stages, ran = stages_and_trace(changes, example)
    for stage in stages:
        assert stage.listings, stage.name
        for listing in stage.listings:
            lines = executable(listing)
            assert lines, stage.name
            assert set(lines) <= set(ran), stage.name


@EACH
def test_the_lines_ran_in_the_order_of_the_stages(changes):
    stages, ran = stages_and_trace(changes)
    rest = iter(ran)
    for stage in stages:
        last = executable(stage.listings[-1])[-1]
        if not starts_where_the_loss_is_computed(stage):  # which is shown again
            assert last in rest, f"{stage.name} is not computed after the stage before it"


def starts_where_the_loss_is_computed(stage):
    return "where back-propagation starts" in stage.name


def test_a_line_that_did_not_run_is_found():
    _, ran = stages_and_trace({})
    (dropped,) = executable(line(WithDropout.value, "Ã^l ="))
    assert dropped not in ran
    assert not set(executable(whole(Softmax.backward))) & set(ran)


# --- Which lines ------------------------------------------------------------------------------------------------------

FORWARD, BACKWARD = NeuralNetwork.evaluate_into, NeuralNetwork.compute_gradient_into


def functions_of(changes):
    """By the stage's name up to its colon, the functions that it shows."""
    trainer = Experiment(**changes).start().trainer
    return trainer, {stage.name.split(":")[0]: [one.function for one in stage.listings] for stage in walk(trainer)}


def test_every_stage_shows_the_function_that_computes_it():
    trainer, shown = functions_of({"l2": 0.1, "clip": 1.0})
    sigmoid, loss = ACTIVATIONS["sigmoid"], LOSSES["squared_error"].value_and_gradient
    assert shown == {
        "Z1": [FORWARD],
        "A1": [FORWARD, sigmoid.value],
        "Z2": [FORWARD],
        "A2": [FORWARD],
        "Loss": [loss],
        "dA2": [loss],
        "dZ2": [BACKWARD],
        "dW2, db2": [BACKWARD],
        "dA1": [BACKWARD],
        "dZ1": [BACKWARD, Activation.backward, sigmoid.derivative],
        "dW1, db1": [BACKWARD],
        "What is added to the gradient, and cut from it": [StepOptions.add_penalty, StepOptions.clip_and_freeze],
        "The step": [trainer.optimizer._update],
        "The loss after the step": [loss],
    }


def test_under_dropout_the_masks_are_applied_by_the_layers_own_wrapper():
    _, shown = functions_of({"dropout": 0.5})
    stages = walk(Experiment(dropout=0.5).start().trainer)
    assert [WithDropout.value] in [[one.function for one in stage.listings] for stage in stages]
    assert shown["dÃ1"] == [BACKWARD]
    assert shown["dA1"] == [WithDropout.backward]


def test_a_fused_loss_is_shown_where_it_starts_and_after_the_step():
    trainer, shown = functions_of(CASES["fused softmax"])
    fused = trainer.loss_function.fused.value_and_gradient
    assert shown["Loss"] == shown["dZ2"] == shown["The loss after the step"] == [fused]


@pytest.mark.parametrize(
    ("kind", "comment"), [("Z", "Z^l ="), ("A", "A^l ="), ("dZ", "dZ^l ="), ("dW", "[dW | db]^l =")]
)
def test_the_line_shown_is_the_one_that_says_so(kind, comment):
    for stage in walk(Experiment().start().trainer):
        if stage.name.startswith(f"{kind}1"):
            assert f"# {comment}" in stage.source


def test_the_loss_after_the_step_shows_the_line_that_computes_the_loss():
    stage = walk(Experiment().start().trainer)[-1]
    assert stage.name == "The loss after the step"
    assert "return" in stage.source
    assert "Z^l" not in stage.source
