"""What the NumPy script of a run looks like, in the parts of which one is made for every phase of the run."""

HEAD = '''"""$title, learned by a neural network: $network.

$origin
"""

$import_math
import numpy as np

np.seterr(all="ignore")  # e^-z may become inf, and 1 / (1 + inf) = 0 is right; a divergence shows in the loss

$constants
$given


$activations


def loss($output, Ys):
    m = Ys.shape[1]
    return $loss


$accuracy


class Layer:
    """[W | b] side by side, (units out, units in + 1), and the activation g with its derivative."""

    def __init__(self, units_in, units_out, g, rng):
        $initializer
        self.Wb = np.hstack([W, b])$cast
        self.g = g
        $optimizer_state

    @property
    def W(self):
        return self.Wb[:, :-1]


def with_ones(A):
    """[A; 1]: a row of ones under A, so that [W | b]·[A; 1] = W·A + b is one product."""
    return np.vstack([A, np.ones_like(A[:1])])


class NeuralNetwork:
    def __init__(self, units_in, layers, rng):
        self.layers = []
        for units_out, g in layers:
            self.layers.append(Layer(units_in, units_out, g, rng))
            units_in = units_out
        $optimizer_counters
        $rng

    def evaluate(self, Xs$optional_masks):
        """Z and A of every layer, the input first: (units, m), one column per example."""
        A = Xs
        values = [(None, A)]
        for $each_layer:
            Z = np.dot(layer.Wb, with_ones(A))
            A = layer.g[0](Z)
            $off_values
            $drop_values
            values.append((Z, A))
        return values

    def compute_gradient(self, values, Ys$gradient_masks):
        """Back-propagation: [dW | db] of every layer."""
        L, m = len(self.layers), Ys.shape[1]
        dWbs = []
        for l in range(L, 0, -1):
            Z, A = values[l]
            if l == L:
                $output_gradient
            else:
                dA = np.matmul(self.layers[l].W.T, dZ)  # of a part of Wb, which np.dot would copy
                $drop_gradient
                $hidden_dZ
            $dZ
            $off_gradient
            dWbs.insert(0, np.dot(dZ, with_ones(values[l - 1][1]).T))
        return dWbs

    $switch_off

    $methods
'''
STEP = '''
def step(self, Xs, Ys, learning_rate):
    """One step of training: $optimizer."""
    $draw_masks
    dWbs = self.compute_gradient(self.evaluate(Xs$masks), Ys$masks)
    $penalty
    $freeze
    $hold
    $clip
    $count
    for layer, dWb in zip(self.layers, dWbs):
        $keep
        $update
        $put_back
'''
TRAIN = """
def train(self, Xs, Ys, epochs, report):
    $order
    report(0)
    for epoch in range(epochs):
        $train_epoch
        $report
"""
TRAIN_PHASE = """
def train(self, Xs, Ys, first, last, report):
    $order
    for epoch in range(first, last):
        $train_epoch
        report(epoch + 1)
"""
TAIL = """

$data
layers = [  # unit count, and g with its derivative
    $layers
]
network = NeuralNetwork($inputs, layers, np.random.RandomState($seed))
$switched


def measure(Xs, Ys):
    Z, A = network.evaluate(Xs)[-1]
    return [float(loss($output, Ys))$measured_accuracy]


$waits


def report(epoch):
    $stops
    if epoch % $every == 0 or epoch == EPOCHS$or_stops:
        numbers = measure(Xs, Ys)
        if not np.isfinite(numbers[0]):
            raise SystemExit(f"Training has diverged: the loss is not finite at epoch {epoch}.")
        print(epoch, *numbers$test_numbers)
    $return_stops


print("$columns")
$train
"""
PHASE = """
# From epoch $first on: $words.
$constants
$methods
$state
$switched
$edits
network.train(Xs, Ys, $first, $last, report)
"""
