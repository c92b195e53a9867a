"""The data of an experiment: curves and planes, the built-in ones and own data."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.problems.problems_2d import PROBLEMS_2D


@pytest.mark.parametrize("name", PROBLEMS_2D)
def test_a_problem_of_the_plane_has_its_own_samples_and_a_network_that_fits(name):
    experiment = Experiment(problem=name, points=90, noise=0.1, data_seed=3, test_fraction=1 / 3)
    problem = experiment.make_problem()
    drawn = PROBLEMS_2D[name].draw(90, 0.1, np.random.RandomState(3))
    found = np.hstack([problem.samples, problem.test_samples])
    np.testing.assert_array_equal(found[:, np.lexsort(found)], drawn[:, np.lexsort(drawn)])
    assert (problem.samples.shape, problem.classes) == ((3, 60), PROBLEMS_2D[name].classes)
    trainer = experiment.make_trainer(problem)
    assert (trainer.network.input_count, trainer.network.output_count) == (2, problem.n_outputs)
    assert trainer.train(3) == 3


@pytest.mark.parametrize(("problem", "output", "loss"), [("circle", "sigmoid", 1), ("rings", "softmax", 3)])
def test_cross_entropy_sets_the_output_activation(problem, output, loss):
    experiment = Experiment(problem=problem, loss="cross_entropy", initializer="zeros")
    trainer = experiment.start().trainer
    assert trainer.network.layers[-1].g.name == output
    assert trainer.loss == pytest.approx(np.log(3 if loss == 3 else 2))  # it knows nothing yet


@pytest.mark.parametrize("changes", [{}, {"problem": "plane"}, {"target": "formula", "formula": "x1 + x2"}], ids=str)
def test_cross_entropy_is_refused_if_y_is_a_number(changes):
    with pytest.raises(ValueError, match="Cross-entropy is for classes"):
        Experiment(loss="cross_entropy", **changes)


def test_the_features_are_the_inputs_of_the_network():
    experiment = Experiment(problem="xor", features=("product", "x1"))
    problem = experiment.make_problem()
    assert experiment.features == ("x1", "product")  # in their own order
    np.testing.assert_allclose(problem.Xs, [problem.samples[0], problem.samples[0] * problem.samples[1]])
    with pytest.raises(ValueError, match="at least one"):
        Experiment(features=())


def test_a_formula_of_x1_and_x2_has_samples_on_a_plane():
    experiment = Experiment(target="formula", formula="x1 * x2 - x1", low=-2.0, high=3.0, points=70)
    problem = experiment.make_problem()
    x1, x2, y = problem.samples
    assert (problem.n_inputs, problem.classes, len(y)) == (2, 0, 70)
    np.testing.assert_allclose(y, x1 * x2 - x1)
    assert problem.ranges == ((-2, 3), (-2, 3))
    assert (problem.samples[:2] >= -2).all()
    assert (problem.samples[:2] <= 3).all()
    np.testing.assert_allclose(problem.target(np.array([2.0]), np.array([3.0])), [4.0])
    assert (experiment.changed(data_seed=1).make_problem().samples != problem.samples).any()


def test_noise_changes_a_number_or_the_border_between_classes():
    quiet, loud = (Experiment(target="formula", formula="x1 + x2", noise=n, points=1000) for n in (0.0, 0.5))
    off = loud.make_problem().samples - quiet.make_problem().samples
    assert not off[:2].any()
    assert off[2].std() == pytest.approx(0.5, rel=0.1)  # four standard errors
    flipped = []
    for noise in (0.0, 0.1, 0.8):
        points = Experiment(target="formula", formula="x1 > x2", noise=noise, points=1000).make_problem().samples
        assert set(points[2]) == {0, 1}
        flipped.append(np.mean(points[2] != (points[0] > points[1])))
    assert flipped == sorted(flipped)
    assert flipped[0] == 0 < flipped[1]


def test_a_comparison_has_two_classes_and_a_number_none():
    assert Experiment(target="formula", formula="x1 ** 2 + x2 ** 2 < 9").make_problem().classes == 2
    for formula in ("x1", "x1 * 0", "x1 * 0 + 1", "sign(x1)"):
        assert Experiment(target="formula", formula=formula).make_problem().classes == 0


def test_a_formula_of_a_plane_without_a_finite_value_is_refused_with_the_place():
    with pytest.raises(ValueError, match=r"no finite value at x1 = .*, x2 = "):
        Experiment(target="formula", formula="log(x1 + x2)")


def test_x_and_x1_do_not_fit_together():
    with pytest.raises(ValueError, match="Character 6"):
        Experiment(target="formula", formula="x1 + x")


@pytest.mark.parametrize(
    ("y", "classes"),
    [((0, 1, 1), 2), ((0, 1, 2), 3), ((1, 2, 3), 0), ((0, 0.5, 1), 0), ((-1, 1, 1), 0), ((0, 2, 2), 0), ((5, 5, 5), 0)],
)
def test_own_points_of_two_inputs_have_classes_if_y_is_0_1_or_0_1_2(y, classes):
    own = "x1,x2,y\n" + "".join(f"{i},{i * i},{value}\n" for i, value in enumerate(y))
    problem = Experiment(target="points", own=own).make_problem()
    assert (problem.n_inputs, problem.classes) == (2, classes)
    np.testing.assert_array_equal(problem.samples, [[0, 1, 2], [0, 1, 4], y])
    (low1, high1), (low2, high2) = problem.ranges
    assert low1 < 0 < 2 < high1
    assert low2 < 0 < 4 < high2


def test_a_scale_multiplies_the_initial_weights():
    experiment = Experiment()
    network = experiment.start().trainer.network
    tripled = experiment.changed(scale=3.0)
    other = tripled.start().trainer.network
    np.testing.assert_allclose(other.parameters, 3 * network.parameters, rtol=1e-15)


# --- One's own data ---------------------------------------------------------------------------------------------------


def test_a_formula_is_the_target():
    problem = Experiment(target="formula", formula="x ** 2 - 1").make_problem()
    x, y = problem.samples
    np.testing.assert_array_equal(x, Experiment().make_problem().samples[0])
    np.testing.assert_allclose(y, x**2 - 1)
    np.testing.assert_allclose(problem.target(np.array([3.0])), [8.0])


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("", "no formula yet"),
        ("x +", "A value is missing"),
        ("__import__('os')", "Character 1"),
        ("1/2x", "/\\(2\\*x\\)"),
    ],
)
def test_an_invalid_formula_is_refused_with_the_place(formula, said):
    with pytest.raises(ValueError, match=said):
        Experiment(target="formula", formula=formula)
    Experiment(formula=formula)  # nobody asks what it says while another target is learnt


@pytest.mark.parametrize("formula", ["1 / x", "log(x + 5.001) / (x - 2.017) * 0 + sqrt(4.9 - x)", "exp(exp(x ** 2))"])
def test_a_formula_without_a_finite_value_is_refused_with_the_place(formula):
    with pytest.raises(ValueError, match=r"The formula has no finite value at x = -?\d"):
        Experiment(target="formula", formula=formula).make_problem()


def test_a_formula_may_be_undefined_outside_the_range():
    problem = Experiment(target="formula", formula="sqrt(x)", low=0.0).make_problem()
    assert np.isfinite(problem.samples).all()
    assert np.isnan(problem.target(np.array([-1.0])))


def test_own_points_of_a_curve_are_sorted():
    experiment = Experiment(target="points", own="x,y\n2,1\n-3,5\n0.5,7\n")
    problem = experiment.make_problem()
    np.testing.assert_array_equal(problem.samples, [[-3, 0.5, 2], [5, 7, 1]])
    assert problem.ranges == ((-3, 2),)
    assert np.isnan(problem.target(np.zeros(3))).all()
    assert experiment.make_trainer(problem).batch_size == 3


@pytest.mark.parametrize(
    "own", ["", "x,y", "x,y\n1,2\n", "a,b,c,d\n1,2,3,4\n4,5,6,7\n", "x,y\n1,2\n1,3\n", "x,y\n1,nan\n2,3\n"]
)
def test_an_invalid_table_is_refused(own):
    with pytest.raises(ValueError, match=r"\."):
        Experiment(target="points", own=own)


@pytest.mark.parametrize("fraction", [0.0, 0.05, 0.5, 0.9])
@pytest.mark.parametrize("points", [2, 3, 100])
def test_the_test_set_is_held_out(points, fraction):
    experiment = Experiment(points=points, test_fraction=fraction, noise=0.1)
    whole, problem = Experiment(points=points, noise=0.1).make_problem().samples, experiment.make_problem()
    learnt, tested = problem.samples, problem.test_samples
    assert tested.shape[1] == min(round(fraction * points), points - 1)
    assert sorted(map(tuple, np.hstack([learnt, tested]).T)) == sorted(map(tuple, whole.T))
    assert (np.diff(learnt[0]) > 0).all()
    again = Experiment(points=points, test_fraction=fraction, noise=0.1, data_seed=1).make_problem()
    assert problem.ranges == again.ranges


def test_standardised_the_network_sees_mean_0_and_deviation_1():
    experiment = Experiment(
        target="formula", formula="1000 + 50 * x", low=10.0, high=20.0, scaling="standard", test_fraction=0.3
    )
    problem = experiment.make_problem()
    for seen in (problem.Xs, problem.Ys):
        assert seen.mean() == pytest.approx(0, abs=1e-12)
        assert seen.std() == pytest.approx(1)
    np.testing.assert_allclose(problem.y.inverse_transform(problem.Ys)[0], problem.samples[1])
    Xs, Ys = problem.test_set
    np.testing.assert_allclose(problem.x.inverse_transform(Xs)[0], problem.test_samples[0])
    np.testing.assert_allclose(problem.y.inverse_transform(Ys)[0], problem.test_samples[1])


def test_unscaled_the_network_sees_the_points_to_the_last_bit():
    problem = Experiment().make_problem()
    np.testing.assert_array_equal(np.vstack([problem.Xs, problem.Ys]), problem.samples)


def test_a_constant_target_can_be_standardised():
    problem = Experiment(target="formula", formula="3", scaling="standard").make_problem()
    np.testing.assert_array_equal(problem.Ys, np.zeros((1, 100)))
