"""Lessons on evaluating a network: what its units can draw together, and what they cannot."""

from playground.experiment import Experiment
from playground.lessons.lesson import Lesson, learns_sine, only_changed
from playground.player import Player
from playground.problems.problem import accuracy_of

_ONE_NEURON = Experiment(
    layers=(), activations=(), low=-1.5, high=1.5, points=40, noise=0.2, scale=5.0, seed=6, speed=1
)
_XOR = Experiment(problem="xor", layers=(), activations=(), loss="cross_entropy", learning_rate=0.3, speed=4)


def _accuracy(player: Player) -> float:
    """The share of the training points that are classified correctly; 0 without classes."""
    confusion = player.frames[-1].confusion
    return 0.0 if confusion is None else accuracy_of(confusion[0])


def _set_by_hand_at_start(player: Player, below: float) -> bool:
    """Whether a run starts with weights that were set by hand, and a loss below some value."""
    recording = player.recording
    return recording.edited_since == 0 and recording.start.loss < below


EVALUATING = (
    Lesson(
        name="one_neuron",
        title="One neuron, by hand",
        experiment=_ONE_NEURON,
        question="One neuron computes A = wx + b: a straight line. Set w and b by hand under Network until it lies "
        "along the points. Then press Train: what will gradient descent make of your line?",
        choices=(
            "It stays: by hand it was right",
            "Another line for every start",
            "The line with the least loss, from any start",
        ),
        right=2,
        look="The line turns fast, then creeps. How near to the lowest loss had you come by hand?",
        views=("network", "backprop"),
        stage="dW1",
        explanation="By hand you set one number at a time. A step changes both, by 0.1 times $dW$ and $db$ against "
        "the gradient, as **Back-propagation** shows at dW1. The loss of one neuron is a bowl with a single lowest "
        "point, so training ends there from any start: after 200 epochs **Network** shows a weight of 0.73 and a bias "
        "of 0.06, and the loss is 0.0255. This is the line of least squares, where $dW$ and $db$ are 0.",
        goal="Press Reset, and set w and b by hand, without training, until the loss is below 0.03.",
        reached=lambda player: only_changed(player, _ONE_NEURON) and _set_by_hand_at_start(player, 0.03),
    ),
    Lesson(
        name="one_unit",
        title="What one unit can draw",
        experiment=Experiment(layers=(1,)),
        question="The hidden layer has a single sigmoid unit. All the output can do with its curve is stretch it, flip "
        "it and shift it. What will it make of the sine?",
        choices=("One S-curve, rising or falling", "One full wave", "The whole sine, if it trains long enough"),
        right=0,
        look="The orange curve against the dotted one and, under Units, the single curve it is made of.",
        views=("units",),
        stage=None,
        explanation="**Units** shows everything there is: one curve $a(x) = g(wx + b)$, times a weight, plus a bias. "
        "A sigmoid never turns back, so the fit can only rise everywhere or fall everywhere, while a sine does both. "
        "After 5,000 epochs the loss is still 0.25, no better than that of the best straight line.",
        goal="Keep the one unit, and give it a target that it can draw: bring the loss below 0.02.",
        reached=lambda player: player.experiment.layers == (1,) and player.trainer.loss < 0.02,
    ),
    Lesson(
        name="twenty_units",
        title="How twenty units make a sine",
        experiment=Experiment(),
        question="Now there are 20 such units. Each draws one S-curve; the output weights the curves and adds them up. "
        "What does the fit look like after 3,000 epochs?",
        choices=("One S-curve again, only smoother", "A staircase of flat steps", "Close to the sine"),
        right=2,
        look="Under Units, watch the sum grow curve by curve until it is the fit.",
        views=("units",),
        stage=None,
        explanation="None of the curves under **Units** is a wave: each of the 20 still only rises or only falls. "
        "Weighted and added up, together with the output's bias, they make the fit. Where the fit turns, the rising "
        "and the falling curves are in balance. The loss is below 0.01 after about 2,600 epochs.",
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
        choices=(
            "Smooth waves, as with sigmoids",
            "Straight pieces, joined at kinks",
            "Flat steps, with jumps between",
        ),
        right=1,
        look="The fit bends in only a few places. Watch these places move.",
        views=("units", "backprop"),
        stage="dZ1",
        explanation="Each curve under **Units** is flat on one side of its kink, at $x = -b/w$, and straight on the "
        "other. Their sum is therefore straight from kink to kink, and 8 units make at most 8 kinks. After 2,000 "
        "epochs 6 of them lie left of the middle and 2 right of it, and the loss is 0.0052: straight pieces cannot "
        "make a round turn. **Back-propagation** shows at dZ1 that $g'$ is either 0 or 1, and nothing in between.",
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
        question="Now the output unit has a sigmoid as well, so it stays between 0 and 1. Without it, the loss of the "
        "sine fell below 0.01. How low can it get now?",
        choices=("Below 0.01 as well, only later", "Never below 0.12", "It stays where it starts, at 0.30"),
        right=1,
        look="Where the sine is below 0, the curve lies flat on 0. Look at what it does at the second crest.",
        views=("backprop",),
        stage="dZ2",
        explanation="Half of the sine lies below 0, where this output cannot go. Even the best curve between 0 and 1 "
        "has a loss of 0.13. This run does worse: 0.21 after 5,000 epochs. The curve also lies flat on 0 at the crest "
        "at $x = 1.6$, which it could reach. There $g'$ is almost 0, as **Back-propagation** shows at dZ2, so hardly "
        "any gradient comes through to lift it.",
        goal="Keep the sigmoid output, and give it a target that it can follow: bring the loss below 0.01.",
        reached=lambda player: (
            player.experiment.output_activation == "sigmoid"
            and player.experiment.loss == "squared_error"
            and player.trainer.loss < 0.01
        ),
    ),
    Lesson(
        name="exclusive_or",
        title="Exclusive or needs hidden units that bend",
        experiment=_XOR,
        question="In exclusive or (XOR), each of the two classes lies in opposite corners. This network has no hidden "
        "layer: it is logistic regression. How many of the 100 points will be classified correctly?",
        choices=("About half", "About three quarters", "All"),
        right=0,
        look="The border between the colours: it turns and shifts, but does it ever bend?",
        views=("network",),
        stage=None,
        explanation="The border is where $Wx + b = 0$, with the weights under **Network**: a straight line. No line "
        "separates opposite corners: 54 of the 100 points are classified correctly, and the loss stays at 0.685. "
        "Hidden units that bend nothing do not help. With 4 or 64 units of the identity the loss is the same, because "
        "$W^2(W^1x + b^1) + b^2$ is again one weighted sum of $x_1$ and $x_2$.",
        goal="Change only the hidden layers or the inputs, and get at least 98 % of the points classified correctly.",
        reached=lambda player: (
            only_changed(player, _XOR, "layers", "activations", "features") and _accuracy(player) >= 0.98
        ),
    ),
    Lesson(
        name="beyond_the_data",
        title="Beyond the data",
        experiment=Experiment(),
        question="The points end at x = 4.9. The sine goes on: at x = 7.5 it is 0.94. What will the network predict "
        "there?",
        choices=("About 0.9: it has found the sine", "About −1: it keeps the last value", "Below −2: it keeps falling"),
        right=2,
        look="The shaded strips on either side, once the fit is good at the points.",
        views=("units",),
        stage=None,
        explanation="After 3,000 epochs the fit is good at the points, with a loss of 0.0089, yet at $x = 7.5$ the "
        "network predicts −2.3. There are no points there, so no loss ever pulled on the curve. Further out every "
        "sigmoid under **Units** is flat, and so is the fit: it is −3.9 at $x = 100$ and at $x = 1000$. The network "
        "has learnt the points, not the rule behind them.",
        goal="Give it points of the sine up to x = 8 or further, and bring the loss below 0.05.",
        reached=lambda player: learns_sine(player) and player.experiment.high >= 8 and player.trainer.loss < 0.05,
    ),
)
