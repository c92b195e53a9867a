"""Links: every experiment there and back, and no address that a page cannot open."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.sharing.links import LEFT_OUT, MAX_LENGTH, NOT_HERE, fits, from_query, left_out, to_query
from tests.support.strategies import TEXTS, TOGETHER, experiments, values


def opened(query):
    """The experiment that an address opens, and what is said of the address."""
    start, errors = from_query(query)
    return start.experiment, errors


@given(experiments())
@settings(max_examples=60)
def test_there_and_back(experiment):
    query = to_query(experiment)
    assert all(isinstance(text, str) for text in query.values())
    held = experiment.changed(**{name: DEFAULTS[name] for name in left_out(experiment)})
    assert opened(query) == (held, [])


def test_the_defaults_have_an_empty_query():
    assert to_query(Experiment()) == {}
    assert opened({}) == (Experiment(), [])


def test_only_differences_are_written():
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


def test_cross_entropy_without_classes_is_reported_and_replaced():
    experiment, wrong = opened({"loss": "cross_entropy", "learning_rate": "0.3"})
    assert experiment == Experiment(learning_rate=0.3)
    assert "Cross-entropy is for classes" in wrong[0]


def test_a_link_holds_all_features():
    experiment = Experiment(problem="xor", features=CONTROLS["features"].choices)
    assert opened(to_query(experiment)) == (experiment, [])


def test_a_link_holds_features_and_unknown_ones_are_reported():
    experiment, wrong = opened({"problem": "xor", "features": "product,x1"})
    assert (experiment.features, wrong) == (("x1", "product"), [])
    experiment, wrong = opened({"problem": "xor", "features": "x1,x3"})
    assert experiment.features == ("x1", "x2")
    assert "'x3'" in wrong[0]


def test_a_link_holds_a_formula_and_own_points():
    experiment = Experiment(target="formula", formula="where(x < 0, -1, 1) * sqrt(abs(x))")
    assert opened(to_query(experiment)) == (experiment, [])
    experiment = Experiment(target="points", own="x,y\n1.0,2.0\n3.5,-4.0\n")
    assert fits(experiment)
    assert opened(to_query(experiment)) == (experiment, [])


def test_a_link_does_not_hold_too_many_points():
    own = "x,y\n" + "".join(f"{i}.0,{i * i}.0\n" for i in range(400))
    assert len(own) > MAX_LENGTH
    experiment = Experiment(target="points", own=own)
    assert not fits(experiment)
    assert "own" not in to_query(experiment)
    opened_again, wrong = opened({"target": "points", "own": LEFT_OUT})
    assert opened_again == Experiment(target="points")
    assert wrong == [NOT_HERE["own"]]


def test_an_empty_list_of_layers_is_no_hidden_layer():
    without = Experiment(layers=(), activations=())
    for text in ("", " ", "none", "None"):  # some programs drop an empty value from an address
        assert opened({"layers": text}) == opened({"layers": text, "activations": ""}) == (without, [])
    assert to_query(without) == {"layers": ""}
    experiment, wrong = opened({"layers": "", "activations": "tanh"})
    assert experiment == Experiment()
    assert "0 of them, not 1" in wrong[0]


HOSTILE = {
    "learning_rate": ["nan", "inf", "-1", "1e999", "abc", "", "0.1; DROP TABLE", "<script>alert(1)</script>"],
    "layers": [",", "0", "65", "20,20,20,20,20", "1e400", "a,b", "20," * 1000, "[20;10]", "True"],
    "activations": ["", "eval", "tanh,tanh,nothing", "__class__"],
    "target": ["../../etc/passwd", "sinus", "", "sine !"],
    "formula": ["x" * 10_000],
    "low": ["1e3", "5"],
    "seed": ["-1", "0.5", "9" * 400],
}
NOT_A_NUMBER = ["1_0", "+-1", "0x1", "1e", "⅟", "1,234", "1 2"]
TYPED = {
    "learning_rate": "0,3",
    "low": "−4",
    "seed": "1 234",
    "max_epochs": "2e4",
    "noise": " 0.5\n",
    "layers": "１2,4",
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in HOSTILE.items() for text in texts])
def test_an_invalid_setting_is_reported_and_replaced_by_its_default(name, text):
    experiment, errors = opened({name: text, "noise": "0.25"})
    assert experiment == Experiment(noise=0.25)
    assert len(errors) == 1
    assert len(errors[0]) < 300
    assert errors[0].endswith(".")


@pytest.mark.parametrize("text", NOT_A_NUMBER)
@pytest.mark.parametrize("name", ["learning_rate", "seed", "speed", "layers"])
def test_what_is_not_one_number_is_refused(name, text):
    experiment, errors = opened({name: text})
    assert experiment == Experiment()
    assert [error.split(" must be ")[0].split(":")[0] for error in errors] == [CONTROLS[name].label]


def test_numbers_are_read_as_everywhere_on_the_page():
    experiment, errors = opened(TYPED)
    assert errors == []
    assert experiment == Experiment(
        learning_rate=0.3,
        low=-4.0,
        seed=1234,
        max_epochs=20_000,
        noise=0.5,
        layers=(12, 4),
        activations=("sigmoid",) * 2,
    )


def test_settings_that_do_not_fit_together_are_reported_and_replaced():
    experiment, wrong = opened({"low": "5", "high": "2", "noise": "0.25"})
    assert experiment == Experiment(noise=0.25)
    assert "from a lower to a higher" in wrong[0]
    experiment, wrong = opened({"target": "formula", "formula": "x +", "seed": "3"})
    assert experiment == Experiment(seed=3)
    assert "Character" in wrong[0]


def test_unknown_names_are_ignored():
    assert opened({"view": "network", "utm_source": "x", "__class__": "y"}) == (Experiment(), [])


def test_what_is_used_instead_is_said():
    assert opened({"learning_rate": "abc"})[1][0].endswith("not 'abc'. Used instead: Learning rate 0.1.")
    assert opened({"layers": "0"})[1][0].endswith("Used instead: Units 20.")
    assert opened({"low": "5", "high": "2"})[1][0].endswith("Used instead: From x = -5, To x = 5.")
    assert opened({"target": "formula", "formula": "x +"})[1][0].endswith("Used instead: Target sine.")
    assert opened({"loss": "cross_entropy"})[1][0].endswith("Used instead: Loss squared_error.")
    assert from_query({"learning_rate": "abc"}, replacing=False).errors[0].endswith("not 'abc'.")


def test_a_plus_that_became_a_space_is_not_taken_for_a_product():
    for text in ("x sin(x)", "2 x", "x 1", "sin(x) cos(x)"):
        experiment, (error,) = opened({"target": "formula", "formula": text})
        assert experiment == Experiment()
        assert "In an address a + is written %2B" in error
    experiment, errors = opened({"target": "formula", "formula": "2x - sin x"})
    assert (experiment.formula, errors) == ("2*x - sin(x)", [])
    typed = Experiment(target="formula", formula="2 x sin x")
    assert opened(to_query(typed)) == (typed, [])  # a link of ours holds it as understood


ALONE = [name for name in CONTROLS if name not in (*TEXTS, *TOGETHER, "problem", "target")]  # fit with any others
JUNK = st.sampled_from(["", " ", "nan", "-1e9", "1_0", "0x1", "nothing", "x1,nothing", "<b>"]) | st.text().filter(
    lambda text: not re.search(r"\d", text) and not re.fullmatch(r"\w+(,\w+)*", text)
)


@given(st.data())
def test_valid_settings_are_kept_and_invalid_ones_reported(data):
    valid = data.draw(st.fixed_dictionaries({}, optional={name: values(name) for name in ALONE}), label="valid")
    others = [name for name in ALONE if name not in valid]
    invalid = data.draw(st.dictionaries(st.sampled_from(others), JUNK) if others else st.just({}), label="invalid")
    expected = Experiment(**valid)
    query = to_query(expected) | invalid
    experiment, errors = opened(dict(data.draw(st.permutations(list(query.items())))))
    assert experiment == expected
    reported = [error.split(" must ")[0] for error in errors]
    assert reported == [control.label for name, control in CONTROLS.items() if name in invalid]


@given(st.dictionaries(st.sampled_from([*CONTROLS, "x"]), st.text()))
def test_any_address_opens_an_experiment(query):
    start, errors = from_query(query)
    assert start.trainer.epoch == 0
    assert set(to_query(start.experiment)) <= set(query) | {"layers", "activations"}
    assert all(error.endswith(".") and len(error) < 500 for error in errors)
