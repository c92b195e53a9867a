"""Lessons on gradient descent: how long its steps should be, what they follow, and how far to follow it."""

from playground.experiment import Experiment
from playground.lessons.lesson import Lesson, learns_sine, lowest_loss, only_changed, test_loss

_SLOW = Experiment(learning_rate=0.01)
_TOO_FAST = Experiment(learning_rate=0.35, speed=1)
_BATCHES = Experiment(batch_size=10, speed=2)
_NOISY = Experiment(
    points=40,
    noise=0.3,
    test_fraction=0.5,
    data_seed=2,
    activations=("tanh",),
    initializer="xavier",
    optimizer="adam",
    learning_rate=0.02,
    speed=2,
)
_PENALISED = _NOISY.changed(l2=0.01)
_WAITING = _NOISY.changed(patience=50)


DESCENDING = (
    Lesson(
        name="learning_rate",
        title="Too small a learning rate",
        experiment=_SLOW,
        question="With the posts' learning rate, 0.1, the loss of the sine falls below 0.05 after 640 epochs. How many "
        "will it take from the same start with 0.01?",
        choices=("About 640", "About 6,400", "It never gets there"),
        right=1,
        look="The curve of the loss: it has the usual shape, only stretched.",
        views=("backprop",),
        stage="The loss after the step",
        explanation="It takes about 6,400 epochs: each step is a tenth as long, so ten times as many are needed. The "
        "path is nearly the same, and after 10 times the epochs the loss is within 1 % of that with 0.1. The last "
        "stage of **Back-propagation** shows what one step gains. From the start, 0.01 takes the loss from 0.70 to "
        "0.65, and 0.1 takes it to 0.33.",
        goal="Reset, and bring the loss below 0.01 within 2,000 epochs by changing only the learning rate.",
        reached=lambda player: only_changed(player, _SLOW, "learning_rate") and lowest_loss(player, by=2000) < 0.01,
    ),
    Lesson(
        name="stable_edge",
        title="Too large a learning rate",
        experiment=_TOO_FAST,
        question="The learning rate is 0.35. Next to it stands the largest stable one, which is 0.32 at this start. "
        "What will the loss do in the first steps?",
        choices=("Fall, and faster than at 0.3", "Rise from step to step", "Rise once, and then fall"),
        right=1,
        look="Press Step instead of Train to go one epoch at a time. Watch the loss and the stable learning rate.",
        views=("landscape",),
        stage=None,
        explanation="**Landscape** names the limit: $2 / \\lambda_{max}$, for the direction in which the loss bends "
        "most. A longer step lands on the other side of the valley, higher than it began. The loss goes from 0.70 to "
        "0.85, and after 7 steps it is 2.2; at 0.3 each of these steps goes down. This run is lucky. Out there the "
        "valley is wider: at epoch 30 the stable rate is 0.39, above the one in use, and the loss has come down again.",
        goal="Go too far by changing only the learning rate: make the training diverge, and read what happened.",
        reached=lambda player: only_changed(player, _TOO_FAST, "learning_rate") and player.trainer.diverged is not None,
    ),
    Lesson(
        name="momentum",
        title="Momentum and Adam",
        experiment=Experiment(optimizer="momentum", speed=2),
        question="Gradient descent brings the loss of the sine below 0.01 in 2,600 epochs. Momentum carries 0.9 of "
        "each step over into the next. How many epochs will it take, with the same start and learning rate?",
        choices=("About 275", "About 2,600", "About 26,000"),
        right=0,
        look="The loss: how soon it leaves the plateau, and how far it gets within five seconds.",
        views=("backprop",),
        stage="The step",
        explanation="It takes about 275. **Back-propagation** shows the rule: $v$ keeps 0.9 of itself, so steps in "
        "one direction add up to $1 / (1 - 0.9) = 10$ of them. Adam also divides each step by the recent size of "
        "that parameter's gradient, so flat directions move as well. With a learning rate of 0.02 its loss is below "
        "0.001 after 720 epochs. Momentum has not got there after 5,000.",
        goal="Reset, choose Adam, and bring the loss of the sine below 0.001.",
        reached=lambda player: (
            learns_sine(player) and player.experiment.optimizer == "adam" and player.trainer.loss < 0.001
        ),
    ),
    Lesson(
        name="mini_batches",
        title="Mini-batches and their noise",
        experiment=_BATCHES,
        question="Each step now uses only 10 of the 100 points, so an epoch has 10 steps. What will the loss curve "
        "look like?",
        choices=("As before: smooth, and as slow", "Ten times as fast, and smooth", "Ten times as fast, but shaky"),
        right=2,
        look="The loss on its way down, up close: now and then it rises.",
        views=("backprop",),
        stage="Loss",
        explanation="The loss is below 0.01 after 270 epochs; with all points at once it took 2,600. But each step "
        "follows the gradient of its own 10 points: **Back-propagation** shows $m = 10$ at the loss. What is good for "
        "them may be bad for the others. In about 30 of the first 100 epochs the loss of all points rose. With all "
        "of them in each step it never did.",
        goal="Reset, and get below 0.01 within 100 epochs by changing only the batch size.",
        reached=lambda player: only_changed(player, _BATCHES, "batch_size") and lowest_loss(player, by=100) < 0.01,
    ),
    Lesson(
        name="noise",
        title="Noise and overfitting",
        experiment=_NOISY,
        question="There are 20 noisy points to learn from, and 20 others to test on, drawn as rings. The training loss "
        "will keep falling. What will the test loss, the dashed line, do?",
        choices=("Fall along with it", "Fall at first, and then rise", "Rise from the start"),
        right=1,
        look="Where the two losses part. From there on, the fit begins to chase single points.",
        views=("network",),
        stage=None,
        explanation="The test loss is lowest near epoch 160: 0.053. At epoch 2,000 it is 0.46, while the training loss "
        "has kept falling, from 0.06 to 0.04. The fit has bent to the noise of its own points, and other points have "
        "other noise. It takes large weights to bend so sharply: squared and summed, those under **Network** have "
        "grown from 7 to 36.",
        goal="Stop where the test loss is below 0.06: pause in time, or go back on the timeline.",
        reached=lambda player: only_changed(player, _NOISY) and not player.playing and test_loss(player) < 0.06,
    ),
    Lesson(
        name="l2",
        title="L2 against overfitting",
        experiment=_PENALISED,
        question="The same 20 points, now with L2: a penalty on squared weights, with λ = 0.01. Without it, the test "
        "loss was 0.46 at epoch 2,000. What is it now?",
        choices=("About as high: the noise is the same", "Higher: the penalty gets in the way", "About 0.05"),
        right=2,
        look="The dashed test loss stays low. The dotted line is the loss with its penalty.",
        views=("network", "backprop"),
        stage="What is added",
        explanation="It is 0.053. **Back-propagation** has one more stage: $\\lambda W$ is added to $dW$, which pulls "
        "each weight towards 0. Squared and summed, the weights under **Network** come to 5.4 instead of 36, too "
        "little for sharp bends. The training loss pays for it, 0.06 instead of 0.04, but the test loss gains far "
        "more.",
        goal="Find a λ that is too large, changing nothing else: a test loss above 0.2 at epoch 1,000 or later.",
        reached=lambda player: (
            only_changed(player, _PENALISED, "l2")
            and player.experiment.l2 > _PENALISED.l2
            and player.trainer.epoch >= 1000
            and test_loss(player) > 0.2
        ),
    ),
    Lesson(
        name="early_stopping",
        title="When to stop",
        experiment=_WAITING,
        question="The same 20 points without the penalty: the test loss is lowest at epoch 159, and nobody knows that "
        "before. Now training stops once the test loss has not been lower for 50 epochs. Where does it stop?",
        choices=("At epoch 159", "At epoch 209", "Never"),
        right=1,
        look="The dashed test loss, and the mark of its lowest point; the message when training stops.",
        views=("measures", "layers"),
        stage=None,
        explanation="At epoch 209: it has to wait to be sure. The test loss is 0.055 there and was 0.053 at its "
        "lowest; one press under the timeline goes back to it. Waiting for 200 epochs ends at 0.064, and "
        "for 5 at epoch 10, at 0.47. Only other points say when to stop: at epoch 2,000 their R² under "
        "**Measures** is −0.60, and was 0.81 at epoch 159. In **Layers** dW is smaller by then.",
        goal="Change only the patience, and have training stop by itself at a test loss below 0.054.",
        reached=lambda player: (
            {"patience", "speed"}.issuperset(player.experiment.differences(_WAITING))
            and player.trainer.stopping.reason(player.trainer.epoch) == "test_loss"
            and test_loss(player) < 0.054
        ),
    ),
)
