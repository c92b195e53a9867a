"""The fields of an experiment beside its data: the network, how it trains, and at what pace."""

from dataclasses import dataclass

from nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from playground import units_off
from playground.control import choice, choice_per_layer, number, number_per_layer, text
from playground.given_weights import MAX_LENGTH
from playground.problems.data_settings import DataSettings

MAX_HIDDEN_LAYERS = 4
LOSS_NAMES = tuple(name for name in LOSSES if name != "binary_cross_entropy")  # the classes decide which one it is
SPEEDS = (1, 2, 4, 6, 12, 25, 50, 100, 250, 500, 1000)


@dataclass(frozen=True)
class Settings(DataSettings):
    """All fields of an experiment. Their names are those in links and saved runs."""

    layers: tuple[int, ...] = number_per_layer(
        "network",
        (20,),
        "Units",
        "The number of units in this hidden layer, each a weighted sum, a bias and an activation.",
        low=1,
        high=64,
        step=1,
    )
    activations: tuple[str, ...] = choice_per_layer(
        "network",
        ("sigmoid",),
        "Activation",
        "The function g that each unit of this layer applies to its weighted sum Z.",
        tuple(ACTIVATIONS),
    )
    output_activation: str = choice(
        "network",
        "identity",
        "Output activation",
        "With the identity the output can take any value. A sigmoid stays between 0 and 1, so it cannot follow a sine. "
        "Cross-entropy sets its own.",
        tuple(ACTIVATIONS),
    )
    initializer: str = choice(
        "network", "normal", "Initial weights", "How W and b are drawn before training.", tuple(INITIALIZERS)
    )
    scale: float = number(
        "network",
        1.0,
        "Scale of the initial weights",
        "The factor that multiplies the initial W and b.",
        low=0.0,
        high=10.0,
        step=0.1,
    )
    seed: int = number(
        "seed", 0, "Weight seed", "Another seed gives another start. New start draws one.", low=0, high=9999, step=1
    )
    given: str = text(
        "network",
        "",
        "Given weights",
        "A start of your own in place of the drawn one: a row per unit, its weights and then its bias, layer after "
        "layer; or JSON with the W and b of each layer. Empty: the start is drawn.",
        max_length=MAX_LENGTH,
    )
    dtype: str = choice(
        "network",
        "float64",
        "Arithmetic",
        "The precision of all numbers: about 16 digits, or 7.",
        ("float64", "float32"),
    )
    loss: str = choice(
        "network",
        "squared_error",
        "Loss",
        "How far the output is from the points. Huber and the absolute error give far points less weight. "
        "Cross-entropy is for classes: the output is then a sigmoid, or a softmax for three classes.",
        LOSS_NAMES,
    )
    optimizer: str = choice(
        "training", "gradient_descent", "Optimizer", "How a step uses the gradient.", tuple(OPTIMIZERS)
    )
    learning_rate: float = number(
        "training",
        0.1,
        "Learning rate",
        "How far a step goes along the gradient. If it is too large, training diverges.",
        low=1e-6,
        high=100.0,
    )
    momentum: float = number(
        "training",
        0.9,
        "Momentum",
        "How much of the previous step carries over into the next.",
        low=0.0,
        high=0.999,
        step=0.01,
    )
    decay: float = number(
        "training", 0.9, "Decay", "How slowly RMSProp forgets earlier gradients.", low=0.0, high=0.9999, step=0.01
    )
    beta1: float = number(
        "training",
        0.9,
        "β₁",
        "How slowly Adam's mean of the gradient forgets earlier ones.",
        low=0.0,
        high=0.9999,
        step=0.01,
    )
    beta2: float = number(
        "training",
        0.999,
        "β₂",
        "How slowly Adam's mean of the squared gradient forgets earlier ones.",
        low=0.0,
        high=0.99999,
        step=0.001,
    )
    epsilon: float = number("training", 1e-8, "ε", "Avoids division by zero.", low=1e-12, high=0.1)
    batch_size: int = number(
        "training",
        0,
        "Batch size",
        "The number of examples per step. 0 uses all of them, as in the posts.",
        low=0,
        high=1000,
        step=1,
    )
    l2: float = number(
        "training",
        0.0,
        "L2",
        "Adds λ/2 times the sum of the squared weights to the loss that training minimises: weights stay small.",
        low=0.0,
        high=10.0,
    )
    l1: float = number(
        "training",
        0.0,
        "L1",
        "Adds λ times the sum of the absolute weights to the loss that training minimises: idle weights go to 0.",
        low=0.0,
        high=10.0,
    )
    dropout: float = number(
        "training",
        0.0,
        "Dropout",
        "The share of the hidden units that each step leaves out, at random for each example. The loss shown is that "
        "of the whole network.",
        low=0.0,
        high=0.9,
        step=0.05,
    )
    clip: float = number(
        "training",
        0.0,
        "Clip gradient at",
        "The maximum length of the gradient; longer ones are shortened. 0 never shortens it.",
        low=0.0,
        high=1e6,
    )
    schedule: str = choice(
        "training", "constant", "Schedule", "How the learning rate changes over the epochs.", tuple(SCHEDULES)
    )
    period: int = number(
        "training",
        1000,
        "Schedule's epochs",
        "The number of epochs until the rate is halved, reaches 0, or is warmed up.",
        low=1,
        high=1_000_000,
        step=100,
    )
    freeze: int = choice(
        "training",
        0,
        "Freeze layer",
        "Hold one layer fixed. Ignored if the network has fewer layers.",
        tuple(range(MAX_HIDDEN_LAYERS + 2)),  # none, a hidden layer, or the output layer of the deepest network
    )
    off: str = text(
        "training",
        "",
        "Units off",
        "Hidden units that pass on nothing, such as 1.3 for unit 3 of layer 1. Their weights stay as they are, so that "
        "switched on again they are what they were.",
        max_length=units_off.MAX_LENGTH,
    )
    speed: int = choice("pace", 12, "Speed", "The number of epochs between two frames.", SPEEDS)
    max_epochs: int = number(
        "pace",
        20_000,
        "Stop after epochs",
        "Training stops here, so that a forgotten page does not train forever.",
        low=1,
        high=1_000_000,
        step=1000,
    )
    target_loss: float = number(
        "pace",
        0.0,
        "Stop below loss",
        "Training stops once the loss is below this value. 0 never stops it.",
        low=0.0,
        high=1000.0,
    )
    patience: int = number(
        "pace",
        0,
        "Stop after epochs without a lower test loss",
        "Training stops once the test loss has not been lower than before for so many epochs; it is then measured at "
        "every epoch. It needs test points. 0 never stops it.",
        low=0,
        high=1_000_000,
        step=10,
    )
    stall_epochs: int = number(
        "pace",
        0,
        "Stop after epochs without progress",
        "Training stops once the loss of the training points has made no progress for so many epochs. 0 never stops "
        "it.",
        low=0,
        high=1_000_000,
        step=10,
    )
    stall_share: float = number(
        "pace",
        0.01,
        "Progress: loss lower by a share of",
        "The share by which the loss must be lower than when it made progress last, 0.01 for 1 %. For the condition "
        "above.",
        low=0.0,
        high=0.99,
        step=0.01,
    )
