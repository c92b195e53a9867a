"""Lessons on back-propagation: whether a gradient is right, and what keeps it from reaching a weight."""

from playground.experiment import Experiment
from playground.lessons.lesson import Lesson, learns_sine, lowest_loss, only_changed

_SATURATED = Experiment(layers=(5,), activations=("tanh",), initializer="lecun", scale=10.0)

_VANISHING = Experiment(layers=(20,) * 4, activations=("sigmoid",) * 4)
_SMALL = Experiment(layers=(20,) * 4, activations=("relu",) * 4, initializer="he", scale=0.1, learning_rate=0.03)


BACK_PROPAGATING = (
    Lesson(
        name="gradient_check",
        title="The gradient check catches a mistake",
        experiment=Experiment(speed=1),
        question="Under Gradient check, “Break it” puts a classic mistake into back-propagation. With “g' forgotten”, "
        "every dZ is simply set to dA. Which parameters will have a wrong gradient?",
        choices=("Only the output's, W2 and b2", "Only the hidden layer's, W1 and b1", "All of them"),
        right=1,
        look="One Step is enough. Choose the mistake under Gradient check, and see which points leave the diagonal.",
        views=("gradient", "backprop"),
        stage="dZ1",
        explanation="**Gradient check** moves each parameter a little in both directions and sees how the loss "
        "changes. At epoch 0 the result agrees with back-propagation to 8 digits. With $g'$ forgotten, W1 and b1 are "
        "off by up to 122 % there, while W2 and b2 are right. The output's activation is the identity, whose $g'$ is "
        "1, so nothing was lost there. **Back-propagation** shows the forgotten factor at dZ1.",
        goal="Leave “g' forgotten” in, and change the network so that at epoch 0 the check passes all the same.",
        reached=lambda player: (
            {*player.experiment.activations, player.experiment.output_activation} == {"identity"}
            and player.trainer.epoch == 0
        ),
    ),
    Lesson(
        name="zeros",
        title="Why not start at zero",
        experiment=Experiment(initializer="zeros"),
        question="All weights and biases start at 0, so the 20 hidden units start alike. What will they learn?",
        choices=("Different things, soon enough", "All the same: they stay copies", "Nothing: the gradient is 0"),
        right=1,
        look="The lines into the hidden layer under Network: does any of them ever differ from its neighbours?",
        views=("network", "backprop"),
        stage="dA1",
        explanation="After 5,000 epochs **Network** still shows the same weight, the same bias and the same outgoing "
        "weight for all 20 units. Because their outgoing weights are equal, $dA^1 = (W^2)^T dZ^2$ has 20 equal rows, "
        "as **Back-propagation** shows at dA1. Equal gradients keep equal units equal. Twenty copies draw what one "
        "unit draws, and the loss is 0.25, as it was with one.",
        goal="Pause, set one weight of layer 1 to −1 by hand under Network, and train on to a loss below 0.1.",
        reached=lambda player: (
            player.experiment.initializer == "zeros"
            and player.recording.edited_since is not None
            and player.trainer.loss < 0.1
        ),
    ),
    Lesson(
        name="saturation",
        title="Saturated units learn nothing",
        experiment=_SATURATED,
        question="There are 5 tanh units. With initial weights of scale 1, the loss falls below 0.05 within 500 "
        "epochs. Here the scale is 10. What does the fit look like after 5,000 epochs?",
        choices=("The sine, found sooner", "The sine, just as soon", "A step in the middle, and no more"),
        right=2,
        look="How soon the fit stands still. Then pause, and read the column “Saturated on” under Units.",
        views=("units", "backprop"),
        stage="dZ1",
        explanation="Large weights make large sums $Z$, and out there tanh is flat: after 5,000 epochs **Units** shows "
        "that they are saturated on 95 % of the points. At dZ1 in **Back-propagation**, $dA$ is multiplied by $g'$, "
        "which is almost 0: four of the five weights of $W^1$ moved by less than 4 %. Only the output layer learns "
        "freely, and all it can add up are steps in one place. The loss stays at 0.25.",
        goal="Change only the scale of the initial weights, and bring the loss below 0.05.",
        reached=lambda player: only_changed(player, _SATURATED, "scale") and player.trainer.loss < 0.05,
    ),
    Lesson(
        name="vanishing",
        title="Gradients that vanish",
        experiment=_VANISHING,
        question="Here are four hidden layers of 20 sigmoid units. With one such layer, the loss of the sine fell "
        "below 0.05 after 640 epochs. Where is it after 2,000 epochs with four?",
        choices=("Below 0.05, and sooner than with one", "Near 0.05", "Above 0.25: hardly anything is learnt"),
        right=2,
        look="The size of dZ under Layers, layer beside layer: from the output down to layer 1.",
        views=("layers",),
        stage=None,
        explanation="The loss is 0.26. At each layer dZ is multiplied by $W^T$ and $g'$, at most 0.25 for the sigmoid: "
        "at epoch 0 **Layers** shows a dZ 790 times smaller in layer 1 than at the output, still 130 times "
        "with Xavier. Tanh, whose $g'$ reaches 1, makes it 4.5, ReLU 11; the loss is below 0.05 after 66 "
        "and 109 epochs. Tanh with Xavier and ReLU with He keep dZ within a factor of 2, but He then "
        "diverges at the rate 0.1.",
        goal="Keep the layers as they are, change only their activations or initial weights, and get below 0.01.",
        reached=lambda player: (
            only_changed(player, _VANISHING, "activations", "initializer") and player.trainer.loss < 0.01
        ),
    ),
    Lesson(
        name="initial_scale",
        title="Why initial weights have a scale",
        experiment=_SMALL,
        question="Four layers of 20 ReLU units, with a tenth of the initial weights that He advises. How large is the "
        "spread of A in layer 4 at epoch 0, beside that in layer 1?",
        choices=("About the same", "About a tenth", "About a thousandth"),
        right=2,
        look="Spread of A under Layers, before you train; and then whether it ever changes.",
        views=("layers",),
        stage=None,
        explanation="Each layer multiplies by a tenth: **Layers** shows 0.26 in layer 1 and 0.00017 in layer 4, and "
        "after 2,000 epochs the loss is still 0.26. At scale 1 it is 2.6, 2.0, 1.4, 1.7, and the loss is "
        "below 0.05 after 303 epochs. He's variance is 2 / units in, as ReLU cuts off half. LeCun's is 1 / "
        "units in, and leaves 0.42 in layer 4. Xavier, made for tanh, counts both sides; with tanh it "
        "gives 0.55, 0.39, 0.31, 0.33.",
        goal="Change only the scale or the kind of the initial weights, and bring the loss below 0.01.",
        reached=lambda player: only_changed(player, _SMALL, "scale", "initializer") and player.trainer.loss < 0.01,
    ),
    Lesson(
        name="plateau",
        title="The plateau at the start",
        experiment=Experiment(speed=1),
        question="In the first 10 epochs of the sine the loss falls from 0.70 to 0.26. What will it do in the next 90?",
        choices=("Keep falling as fast", "Hardly move, and fall again later", "Hardly move, now or ever"),
        right=1,
        look="The gradient norm and the shape of the fit in the first seconds: every epoch is drawn here.",
        views=("backprop",),
        stage="dW2",
        explanation="The units have hardly bent yet, and the fit is nearly a straight line. The best line has a loss "
        "of 0.25, and so has the fit at epoch 30. What the line misses is above 0 here and below 0 there, and in the "
        "sums dW2 and db2, under **Back-propagation**, it nearly cancels. From epoch 0 to 50 the gradient norm falls "
        "from 2.3 to 0.036. Then the units bend, and at epoch 300 it is back at 0.071.",
        goal="Reset, and get below 0.1 within 200 epochs by a larger learning rate, momentum or other initial weights.",
        reached=lambda player: learns_sine(player) and lowest_loss(player, by=200) < 0.1,
    ),
)
