"""A formula copied from LaTeX, a program or a spreadsheet is taken as it is meant there."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.problems.formulas import Formula, formula_of

X = np.array([-3.3, -1.0, -0.25, 0.0, 0.5, 1.0, 2.75])
TAKEN = {  # as typed, and as understood
    # functions that others are made of
    "cot(x)": "1/tan(x)", "ctg x": "1/tan(x)", "xcot(x)": "x*(1/tan(x))", "sec x": "1/cos(x)", "cosec(x)": "1/sin(x)",
    "coth(x)": "1/tanh(x)", "sech x": "1/cosh(x)", "csch x": "1/sinh(x)", "arsinh x": "log(x + sqrt(x**2 + 1))",
    "sinh^-1 x": "log(x + sqrt(x**2 + 1))", "arcosh(x)": "log(x + sqrt(x**2 - 1))", "exp2(x)": "2**x",
    "tanh⁻¹(x/9)": "log((1 + x/9)/(1 - x/9))/2", "exp10(x)": "10**x", "expm1(x)": "exp(x) - 1",
    "∛x": "sign(x)*abs(x)**(1/3)",
    "log1p(x**2)": "log(1 + x**2)", "np.square(x)": "x**2", "Math.pow(x, 2)": "x**2", "pow(x;2)": "x**2",
    "x mod 2": "x%2",
    "mod(x, 2)": "x%2", "cbrt(x)": "sign(x)*abs(x)**(1/3)", "cube(x)": "x**3", "softplus(x)": "log(1 + exp(x))",
    "softsign x": "x/(1 + abs(x))", "silu(x)": "x*sigmoid(x)", "expit(x)": "sigmoid(x)",
    # choices and comparisons
    "IF(x>0;x;0)": "where(x > 0, x, 0)", "if (x>0, x, 0)": "where(x > 0, x, 0)",
    "if x>0: 1 else: 0": "where(x > 0, 1, 0)", "if x > 0 then x else 0": "where(x > 0, x, 0)",
    "x > 0 ? x : -x": "where(x > 0, x, -x)",
    "x if x > 0 else 0": "where(x > 0, x, 0)", "x > 0 and x < 1": "(x > 0)*(x < 1) > 0",
    "x>0 && x<1": "(x > 0)*(x < 1) > 0",
    "x > 0 | x < -1": "(x > 0) + (x < -1) > 0", "x > 0 || x < -1": "(x > 0) + (x < -1) > 0",
    "not x > 0": "(x > 0) == 0",
    "!(x > 0)": "(x > 0) == 0", "x < -2 or x > 0 and x < 1": "(x < -2) + ((x > 0)*(x < 1) > 0) > 0",
    "x if x>0 and x<1 else 0": "where((x > 0)*(x < 1) > 0, x, 0)", "x =< 1": "x <= 1", "x <> 1": "x != 1",
    # LaTeX
    "\\frac{1}{2}x": "1/2*x", "\\frac12 x": "1/2*x", "\\dfrac{x^2+1}{x-9}": "(x**2 + 1)/(x - 9)",
    "\\frac{\\frac{x}{2}}{3}": "x/2/3", "\\sin\\left(x\\right)": "sin(x)", "\\left|x\\right|": "abs(x)",
    "\\lvert x \\rvert": "abs(x)",
    "2\\cdot x": "2*x", "2 \\times x": "2*x", "x \\div 2": "x/2", "x \\le 1": "x <= 1", "x \\geq 1": "x >= 1",
    "x \\neq 1": "x != 1",
    "\\log_{10}(x)": "log10(x)", "\\sqrt[3]{x}": "sign(x)*abs(x)**(1/3)", "\\mathrm{e}^{-x}": "e**-x",
    "\\operatorname{sgn}(x)": "sign(x)",
    "\\max\\{x,0\\}": "max(x, 0)", "\\lfloor x \\rfloor": "floor(x)", "x\\,+\\;1": "x + 1", "\\( x^2 \\)": "x**2",
    "\\[ x^2 \\]": "x**2",
    "\\sqrt[4]{x^2+1}": "(x**2 + 1)**(1/4)", "2\\sqrt[5]{x}": "2*(sign(x)*abs(x)**(1/5))",
    "\\sqrt[2]{x+9}": "sqrt(x + 9)",
    "\\sqrt[4]{\\frac{x^2}{2}}": "(x**2/2)**(1/4)", "x \\bmod 3": "x%3", "2\\,x": "2*x", "2\\;x\\:+1": "2*x + 1",
    "$$x^2$$": "x**2", "\\displaystyle x^2\\\\": "x**2", "\\tan^{-1}(x)": "atan(x)",
    # programs and spreadsheets
    "lambda x: np.sin(x)": "sin(x)", "def f(x): return x**2": "x**2", "return x": "x", "(x) => x*x": "x*x",
    "t => t^2": "x**2",
    "function(x) { return x*x; }": "x*x", "f: x^2": "x**2", "y: 2x": "2*x", "torch.nn.functional.relu(x)": "relu(x)",
    "std::sin(x)": "sin(x)",
    "Sin[x]": "sin(x)", "sin(x);": "sin(x)", "sin(x).": "sin(x)", "sin(x) # plot": "sin(x)",
    "sin(x) /* plot */": "sin(x)",
    "```sin(x)```": "sin(x)", "=SIN(x)": "sin(x)",
    "=PI()*x": "pi*x", "=WURZEL(x+9)": "sqrt(x + 9)", "=WENN(x>0;1;0)": "where(x > 0, 1, 0)", "clamp(x,-1,1)":
    "clip(x, -1, 1)",
    "x.^2": "x**2", "1./(1+x.^2)": "1./(1 + x**2)", "sin(x).*x": "sin(x)*x", "@(x) x.^2": "x**2",
    "2 ./ (1 + x .* x)": "2/(1 + x*x)",
    "f = @(t) t.^2;": "x**2", "\\(x) x^2": "x**2", "f <- function(x) x^2": "x**2", "x %% 2": "x%2",
    "f = lambda x: np.sin(x)": "sin(x)",
    "const f = (x) => Math.sin(x);": "sin(x)", "let f = x => x*x": "x*x", "pow(x, 2.0f)": "x**2.0", "M_PI*x": "pi*x",
    "Sin[Cos[x]]": "sin(cos(x))", "Max[x,0]": "max(x, 0)", "f[x_] := x^2": "x**2", "=SI(x>0;1;0)": "where(x > 0, 1, 0)",
    "{x>0: x, 0}": "where(x > 0, x, 0)", "{x<0: 0, x<1: x, 1}": "where(x < 0, 0, where(x < 1, x, 1))",
    "squareroot(x+9)": "sqrt(x + 9)", "cuberoot(x)": "sign(x)*abs(x)**(1/3)", "³√x": "sign(x)*abs(x)**(1/3)",
    # one letter, if it is the only one
    "sin(t)": "sin(x)", "2πt": "2*pi*x", "t^2": "x**2", "sin u + u": "sin(x) + x",
    "sin(2θ)": "sin(2*x)", "\\cos\\theta": "cos(x)",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "understood"), TAKEN.items(), ids=ascii)
def test_what_has_one_meaning_is_taken(typed, understood):
    formula = formula_of(typed)
    assert (formula.text, formula.altered) == (understood, True)
    np.testing.assert_array_equal(formula(X), Formula(understood)(X))


PLANES = {
    "@(x,y) x.*y": "x1*x2", "lambda a, b: a - b": "x1 - x2", "(x, y) => x*y": "x1*x2", "(x, y) -> x - y": "x1 - x2",
    "function(x, y) x*y": "x1*x2", "@(x1,x2) x1.^2+x2.^2": "x1**2 + x2**2",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "understood"), PLANES.items())
def test_a_function_of_two_inputs_is_taken_from_any_language(typed, understood):
    formula = formula_of(typed)
    assert (formula.text, formula.variables) == (understood, ("x1", "x2"))


@pytest.mark.parametrize("typed", ["x1 > 0 and x2 > 0", "x1 > 0 or x2 > 0", "not x1 > 0 or x2 > 1"])
def test_comparisons_that_are_joined_make_two_classes(typed):
    problem = Experiment(target="formula", formula=typed).make_problem()
    x1, x2, label = problem.samples
    holds = {"x1 > 0 and x2 > 0": (x1 > 0) & (x2 > 0), "x1 > 0 or x2 > 0": (x1 > 0) | (x2 > 0)}
    holds["not x1 > 0 or x2 > 1"] = ~(x1 > 0) | (x2 > 1)
    assert problem.classes == 2
    np.testing.assert_array_equal(label, holds[typed])
