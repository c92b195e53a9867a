"""Lessons on evaluating a network: what its units can draw together, and what they cannot."""

from playground.experiment import Experiment
from playground.lessons.lesson import Lesson, changed_alone, learns_sine
from playground.problems.problem import accuracy_of

_XOR = Experiment(
    problem="xor", layers=(4,), activations=("identity",), loss="cross_entropy", learning_rate=0.3, speed=4
)  # fmt: skip


def _right(player):
    """The share of the training points that are told right; 0 without classes."""
    confusion = player.frames[-1].confusion
    return 0.0 if confusion is None else accuracy_of(confusion[0])


EVALUATING = (
    Lesson(
        name="one_unit",
        title="What one unit can draw",
        experiment=Experiment(layers=(1,)),
        question="The hidden layer has a single sigmoid unit. The output can stretch its curve, flip it and shift it, "
        "and no more. What will it make of the sine?",
        choices=("One S-curve, rising or falling", "One full wave", "The whole sine, if it trains long enough"),
        right=0,
        look="The orange curve against the dotted one, and under Units the one curve that it is made of.",
        views=("units",),
        stage=None,
        explanation="**Units** shows all there is: one curve $a(x) = g(wx + b)$, times a weight, plus a bias. A "
        "sigmoid never turns back. So the fit rises everywhere or falls everywhere, and a sine does both. After 5,000 "
        "epochs the loss is still 0.25, and the best straight line has no more.",
        goal="Keep the one unit, and give it a target that it can draw: bring the loss below 0.02.",
        reached=lambda player: player.experiment.layers == (1,) and player.trainer.loss < 0.02,
    ),
    Lesson(
        name="twenty_units",
        title="How twenty units make a sine",
        experiment=Experiment(),
        question="Now there are 20 such units. Each draws one S-curve; the output weighs them and adds them up. What "
        "is the fit after 3,000 epochs?",
        choices=("One S-curve again, only smoother", "A staircase of flat steps", "Close to the sine"),
        right=2,
        look="Under Units the sum grows, curve by curve, until it is the fit.",
        views=("units",),
        stage=None,
        explanation="No curve under **Units** is a wave: each of the 20 still only rises or only falls. Weighted and "
        "added up, with the bias of the output, they are the fit. Where the fit turns, the rising and the falling "
        "ones are in balance. The loss is below 0.01 after some 2,600 epochs.",
        goal="Do it with ten units or fewer: bring the loss of the sine below 0.01.",
        reached=lambda player: (
            learns_sine(player) and sum(player.experiment.layers) <= 10 and player.trainer.loss < 0.01
        ),
    ),
    Lesson(
        name="relu",
        title="The kinks of ReLU",
        experiment=Experiment(layers=(8,), activations=("relu",), speed=4),
        question="ReLU is 0 below 0, and a straight line above. The output adds up 8 such units. What will the fit be "
        "made of?",
        choices=("Smooth waves, as of sigmoids", "Straight pieces, joined at kinks", "Flat steps, with jumps between"),
        right=1,
        look="The fit bends in a few places only. Watch these places move.",
        views=("units", "backprop"),
        stage="dZ1",
        explanation="Each curve under **Units** is flat on one side of its kink, at $x = -b/w$, and straight on the "
        "other. So their sum is straight from kink to kink, and 8 units make at most 8 kinks. After 2,000 epochs "
        "6 of them lie left of the middle and 2 right of it, and the loss is 0.0052: no straight pieces make a round "
        "turn. **Back-propagation** shows at dZ1 that $g'$ is 0 or 1, and nothing between.",
        goal="Keep the ReLU units, and give them a target made of straight pieces: bring the loss below 0.001.",
        reached=lambda player: (
            set(player.experiment.activations) == {"relu"}
            and player.experiment.problem == "curve"
            and player.experiment.target in ("absolute", "formula", "points")
            and player.trainer.loss < 0.001
        ),
    ),
    Lesson(
        name="sigmoid_output",
        title="Why a sigmoid output cannot follow a sine",
        experiment=Experiment(output_activation="sigmoid", learning_rate=0.3),
        question="The output unit is given a sigmoid as well, and so stays between 0 and 1. Without it, the loss of "
        "the sine got below 0.01. How low can it get now?",
        choices=("Below 0.01 as well, only later", "Never below 0.12", "It stays where it starts, at 0.30"),
        right=1,
        look="Where the sine is below 0 the curve lies down on 0. Look what it does at the second crest.",
        views=("backprop",),
        stage="dZ2",
        explanation="Half of the sine lies below 0, where this output cannot go. Even the best curve between 0 and 1 "
        "has a loss of 0.13. This run does worse: 0.21 after 5,000 epochs. It has lain down on 0 at the crest "
        "at $x = 1.6$ too, which it could reach. There $g'$ is next to 0, as **Back-propagation** shows at dZ2, and "
        "nothing comes through that would lift it.",
        goal="Keep the sigmoid output, and give it a target that it can follow: bring the loss below 0.01.",
        reached=lambda player: (
            player.experiment.output_activation == "sigmoid"
            and player.experiment.loss == "squared_error"
            and player.trainer.loss < 0.01
        ),
    ),
    Lesson(
        name="exclusive_or",
        title="Exclusive or needs units that bend",
        experiment=_XOR,
        question="This is exclusive or, XOR: the two classes lie in opposite corners. The 4 hidden units have the "
        "identity for activation: they bend nothing. How many of the 100 points will be told right?",
        choices=("About half", "About three quarters", "All"),
        right=0,
        look="The border between the colours: it turns and shifts, but does it ever bend?",
        views=("units",),
        stage=None,
        explanation="Without a bend a second layer adds nothing: $W^2(W^1x + b^1) + b^2$ is again one weighted sum of "
        "$x_1$ and $x_2$. So every map under **Units** is an even slope, and the border is a straight line. No line "
        "parts opposite corners: 54 of the 100 points are told right, and the loss stays at 0.685. With 64 such units "
        "it is the same.",
        goal="Change the activation, or the inputs, and nothing else: have at least 98 % of the points told right.",
        reached=lambda player: changed_alone(player, _XOR, "activations", "features") and _right(player) >= 0.98,
    ),
    Lesson(
        name="beyond_the_data",
        title="Beyond the data",
        experiment=Experiment(),
        question="The points end at x = 4.9. The sine goes on: at x = 7.5 it is 0.94. What will the network say there?",
        choices=("About 0.9: it has found the sine", "About −1: it stays at the last value", "Below −2: it runs on"),
        right=2,
        look="The shaded strips beside the points, once the fit is good between them.",
        views=("units",),
        stage=None,
        explanation="After 3,000 epochs the fit is good at the points, with a loss of 0.0089, and at $x = 7.5$ it says "
        "−2.3. No point lies there, so no loss ever pulled on it. Further out every sigmoid under **Units** is flat, "
        "and the fit with them: it is −3.9 at $x = 100$ and at $x = 1000$. The network has learnt the points, not the "
        "rule that they come from.",
        goal="Give it points of the sine up to x = 8 or further, and bring the loss below 0.05.",
        reached=lambda player: learns_sine(player) and player.experiment.high >= 8 and player.trainer.loss < 0.05,
    ),
)
