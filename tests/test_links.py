"""Links: every experiment there and back, and no address that a page cannot open."""

import random
import string

import pytest

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.sharing.links import MAX_LENGTH, fits, from_query, to_query


def opened(query):
    """The experiment that an address opens, and what is said of the address."""
    start, errors = from_query(query)
    return start.experiment, errors


def random_experiment(seed):
    rng = random.Random(seed)
    values = {}
    for name, control in CONTROLS.items():
        if rng.random() < 0.5 or name in ("own", "formula"):
            continue
        if control.multiple:
            draw = lambda control=control: tuple(rng.sample(control.choices, rng.randint(1, 4)))  # noqa: E731
        elif name == "loss":
            draw = lambda: rng.choice(("huber", "absolute_error"))  # noqa: E731
        elif control.choices:
            draw = lambda control=control: rng.choice(control.choices)  # noqa: E731
        elif isinstance(DEFAULTS[name], int) or name == "layers":
            draw = lambda control=control: rng.randint(int(control.low), int(control.high))  # noqa: E731
        else:
            draw = lambda control=control: rng.uniform(control.low, control.high)  # noqa: E731
        values[name] = draw()
    count = rng.randint(1, 4)
    values["layers"] = tuple(rng.randint(1, 64) for _ in range(count))
    values["activations"] = tuple(rng.choice(CONTROLS["activations"].choices) for _ in range(count))
    values["low"], values["high"] = sorted((rng.uniform(-20, 0), rng.uniform(1, 20)))
    experiment = Experiment(**values)
    classes = experiment.make_problem().classes
    return experiment.changed(loss="cross_entropy") if classes and rng.random() < 0.7 else experiment


@pytest.mark.parametrize("seed", range(60))
def test_there_and_back(seed):
    experiment = random_experiment(seed)
    query = to_query(experiment)
    assert all(isinstance(text, str) for text in query.values())
    assert opened(query) == (experiment, [])


def test_the_defaults_need_no_words():
    assert to_query(Experiment()) == {}
    assert opened({}) == (Experiment(), [])


def test_only_what_differs_is_written_and_readably():
    experiment = Experiment(target="step", layers=(20, 10), activations=("tanh", "tanh"), learning_rate=0.3, low=-4)
    assert to_query(experiment) == {
        "target": "step", "low": "-4", "layers": "20,10", "activations": "tanh,tanh", "learning_rate": "0.3",
    }  # fmt: skip


def test_layers_alone_get_their_activations():
    experiment, wrong = opened({"target": "step", "layers": "20,10", "learning_rate": "0.3"})
    assert wrong == []
    assert (experiment.layers, experiment.activations) == ((20, 10), ("sigmoid", "sigmoid"))
    assert opened({"activations": "tanh,relu"})[0].layers == (20, 20)


def test_a_plane_with_classes_opens_from_an_address():
    text = "problem=spiral&layers=8,8&activations=tanh,tanh&loss=cross_entropy&optimizer=adam"
    text += "&learning_rate=0.03&batch_size=10&l2=0.001&test_fraction=0.5"
    query = dict(pair.split("=") for pair in text.split("&"))
    experiment, wrong = opened(query)
    assert wrong == []
    assert to_query(experiment) == query
    trainer = experiment.start().trainer
    assert [layer.g.name for layer in trainer.network.layers] == ["tanh", "tanh", "sigmoid"]
    assert trainer.loss_function.name == "binary_cross_entropy"


def test_cross_entropy_without_classes_falls_back_and_is_told():
    experiment, wrong = opened({"loss": "cross_entropy", "learning_rate": "0.3"})
    assert experiment == Experiment(learning_rate=0.3)
    assert "Cross-entropy is for classes" in wrong[0]


def test_all_features_travel():
    experiment = Experiment(problem="xor", features=CONTROLS["features"].choices)
    assert opened(to_query(experiment)) == (experiment, [])


def test_features_travel_and_unknown_ones_are_told():
    experiment, wrong = opened({"problem": "xor", "features": "product,x1"})
    assert (experiment.features, wrong) == (("x1", "product"), [])
    experiment, wrong = opened({"problem": "xor", "features": "x1,x3"})
    assert experiment.features == ("x1", "x2")
    assert "'x3'" in wrong[0]


def test_a_formula_and_own_points_travel():
    experiment = Experiment(target="formula", formula="where(x < 0, -1, 1) * sqrt(abs(x))")
    assert opened(to_query(experiment)) == (experiment, [])
    experiment = Experiment(target="points", own="x,y\n1.0,2.0\n3.5,-4.0\n")
    assert fits(experiment)
    assert opened(to_query(experiment)) == (experiment, [])


def test_too_many_points_do_not_travel_and_it_is_known():
    own = "x,y\n" + "".join(f"{i}.0,{i * i}.0\n" for i in range(400))
    assert len(own) > MAX_LENGTH
    experiment = Experiment(target="points", own=own)
    assert not fits(experiment)
    assert "own" not in to_query(experiment)


HOSTILE = {
    "learning_rate": ["nan", "inf", "-1", "1e999", "abc", "", "0.1; DROP TABLE", "<script>alert(1)</script>", "１"],
    "layers": ["", ",", "0", "65", "20,20,20,20,20", "1e400", "a,b", "20," * 1000, "[20]", "True"],
    "activations": ["", "eval", "tanh,tanh,nothing", "__class__"],
    "target": ["../../etc/passwd", "Sine", "", "sine "],
    "formula": ["x" * 10_000],
    "low": ["1e3", "5"],
    "seed": ["-1", "0.5", "9" * 400],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in HOSTILE.items() for text in texts])
def test_what_cannot_be_is_named_and_the_defaults_stand_in(name, text):
    experiment, wrong = opened({name: text, "noise": "0.25"})
    assert experiment == Experiment(noise=0.25) or text == "１"  # a digit of another script is a number to Python
    if experiment == Experiment(noise=0.25):
        assert len(wrong) == 1
        assert len(wrong[0]) < 300
        assert wrong[0].endswith(".")


def test_what_does_not_fit_together_is_told_and_only_that_is_left_out():
    experiment, wrong = opened({"low": "5", "high": "2", "noise": "0.25"})
    assert experiment == Experiment(noise=0.25)
    assert "from a lower to a higher" in wrong[0]
    experiment, wrong = opened({"target": "formula", "formula": "x +", "seed": "3"})
    assert experiment == Experiment(seed=3)
    assert "Character" in wrong[0]


def test_unknown_names_are_ignored():
    assert opened({"view": "network", "utm_source": "x", "__class__": "y"}) == (Experiment(), [])


@pytest.mark.parametrize("seed", range(200))
def test_no_address_breaks_it(seed):
    rng = random.Random(seed)
    letters = string.printable + "é½\u202e\U0001f600"
    query = {
        rng.choice([*CONTROLS, "x"]): "".join(rng.choice(letters) for _ in range(rng.randint(0, 30))) for _ in range(6)
    }
    experiment, wrong = opened(query)
    assert isinstance(experiment, Experiment)
    assert all(isinstance(sentence, str) for sentence in wrong)
