"""A formula as people write it is taken where it has one meaning; else a hint keeps the meaning, and never another."""

import time
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.experiment import Experiment
from playground.problems.formulas import MAX_LENGTH, Formula, FormulaError, formula_of
from playground.problems.formulas.functions import FUNCTIONS
from playground.problems.formulas.hints import INSTEAD
from tests.support.strategies import PIECES, pieces_of_formulas

TWO = ("x1", "x2")
X = np.array([-3.3, -1.0, -0.25, 0.0, 0.5, 1.0, 2.75])


def refusal(text, **options):
    with pytest.raises(FormulaError) as caught:
        formula_of(text, **options)
    return caught.value


# --- What is taken ----------------------------------------------------------------------------------------------------

TAKEN = {  # as typed, and as understood
    # products
    "2x": "2*x", "2pix": "2*pi*x", "2πx": "2*pi*x", "2 x": "2*x", "x x": "x*x", "xx": "x*x", "-2x": "-2*x",
    "xsin(x)": "x*sin(x)", "x sin(x)": "x*sin(x)", "2sin(x)": "2*sin(x)", "(x+1)(x-1)": "(x + 1)*(x - 1)",
    "x(x+1)": "x*(x + 1)", "2(x)": "2*x", "sin(x)(x)": "sin(x)*x", "sin(x)cos(x)": "sin(x)*cos(x)",
    "2e^x": "2*e**x", "xe^x": "x*e**x", "2e": "2*e", "1e": "1*e", "x*2e-3": "x*2e-3", "3 sin(2x)": "3*sin(2*x)",
    "x²sin(x)": "x**2*sin(x)", "x^2 sin(x)": "x**2*sin(x)", "2x/3": "2*x/3", "2x^2": "2*x**2",
    # functions without brackets
    "sinx": "sin(x)", "sin x": "sin(x)", "sin 2x": "sin(2*x)", "sin2x": "sin(2*x)", "sin 2 pi x": "sin(2*pi*x)",
    "sinx + cosx": "sin(x) + cos(x)", "sin x cos x": "sin(x)*cos(x)", "xlnx": "x*log(x)",
    "xsinx": "x*sin(x)", "xlog2(x)": "x*log2(x)", "sin cos x": "sin(cos(x))",
    "exp -x": "exp(-x)", "ln x": "log(x)", "log x + 1": "log(x) + 1", "sinhx": "sinh(x)", "expx": "exp(x)",
    "sin x / cos x": "sin(x)/cos(x)", "sin|x|": "sin(abs(x))", "2 sin x": "2*sin(x)",
    # powers and inverse functions
    "x^2": "x**2", "x²": "x**2", "x⁻¹": "x**-1", "x**2": "x**2", "x∗∗2": "x**2", "e⁻ˣ": "e**-x", "x^½": "x**(1/2)",
    "sin^2 x": "sin(x)**2", "sin²x": "sin(x)**2", "sin^2(x)": "sin(x)**2", "sin**2(x)": "sin(x)**2",
    "tan⁻¹(x)": "atan(x)", "tan^-1 x": "atan(x)", "tan^(-1)(x)": "atan(x)", "sin⁻¹(x/9)": "asin(x/9)",
    "arctan(x)": "atan(x)", "arcsin(x/9)": "asin(x/9)", "arctg x": "atan(x)", "x^{2}": "x**2", "e^{-x}": "e**-x",
    # bars and roots
    "|x|": "abs(x)", "2|x|": "2*abs(x)", "|x|^2": "abs(x)**2", "||x|-1|": "abs(abs(x) - 1)", "x|x|": "x*abs(x)",
    "|x| + |x-1|": "abs(x) + abs(x - 1)", "|x||x|": "abs(x)*abs(x)", "|sin x|": "abs(sin(x))", "∣x∣": "abs(x)",
    "√(x+9)": "sqrt(x + 9)", "2√2": "2*sqrt(2)", "√2 + x": "sqrt(2) + x", "⌊x⌋": "floor(x)", "⌈x⌉": "ceil(x)",
    # what stands before it
    "y = 2x": "2*x", "f(x) = x^2": "x**2", "f(x)=x": "x", "g(t) = t²": "x**2", "y(x) = x/2": "x/2", "y := x": "x",
    "x ↦ x²": "x**2", "f: x -> 2x": "2*x", "=x+1": "x + 1", "f(x) = 3": "3", "Y = x": "x",
    # other keyboards, editors and languages
    "x × 2": "x*2", "2 · x": "2*x", "2⋅x": "2*x", "2∗x": "2*x", "2•x": "2*x", "x ÷ 2": "x/2", "x⁄2": "x/2",
    "1 − x": "1 - x", "1 – x": "1 - x", "x — 1": "x - 1", "x ≤ 1": "x <= 1", "x ≥ 1": "x >= 1", "x ≠ 1": "x != 1",
    "2τx": "2*tau*x", "ｓｉｎ(x)": "sin(x)", "sin（x）": "sin(x)", "ｘ": "x", "𝐱": "x", "𝑥²": "x**2", "１": "1",
    "х + 1": "x + 1", "Sin(x)": "sin(x)", "SIN(X)": "sin(x)", "PI*x": "pi*x", "np.sin(x)": "sin(x)",
    "Math.abs(x)": "abs(x)", "sen(x)": "sin(x)", "tg x": "tan(x)", "sgn(x)": "sign(x)", "ln(x)": "log(x)",
    "log₂(x)": "log2(x)", "log_10(x)": "log10(x)", "$x^2$": "x**2", "'sin(x)'": "sin(x)", "\\sin(x)": "sin(x)",
    "٣x": "3*x", "۲ + x": "2 + x", "٠٫٥x": "0.5*x", "2𝜋x": "2*pi*x", "2・x": "2*x", "x﹘1": "x - 1",
    "“sin(x)”": "sin(x)", "`2x`": "2*x", "ｘ＊２": "x*2", "｜x｜": "abs(x)",
    "x＾２": "x**2", "\u3164x": "x", "2 ✕ x": "2*x", "x ˆ 2": "x**2",
    # numbers
    "0,5*x": "0.5*x", "1,5": "1.5", "sin(0,5)": "sin(0.5)", "max(0,5; x)": "max(0.5, x)", "20 000 x": "20000*x",
    "0,500 + x": "0.500 + x", ",5x": "0.5*x", "x + ,25": "x + 0.25", "log(0,5x+9)": "log(0.5*x + 9)",
    "½x": "1/2*x", "1,5e-3 x": "1.5e-3*x",
    "50%*x": "50/100*x", "x + 50%": "x + 50/100", "2/50%": "2/(50/100)", "1_000*x": "1000*x", "1'000'000": "1000000",
    # invisible characters
    "x\u200b": "x", "\ufeffx": "x", "x\u00a0+ 1": "x + 1", "si\u00adn(x)": "sin(x)", "x \u2009": "x", "2\u2062x": "2*x",
    "sin\u2061(x)": "sin(x)", "x\t": "x", "x\n+ 1": "x + 1", "\u202ax\u202c": "x", "x\ufe0f": "x", "x\u2060²": "x**2",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "understood"), TAKEN.items(), ids=ascii)
def test_what_has_one_meaning_is_taken(typed, understood):
    formula = formula_of(typed)
    assert formula.text == understood
    np.testing.assert_array_equal(formula(X), Formula(understood)(X))


BORDERS = {
    "y > x**2": "x2 > x1**2", "y < x^2": "x2 < x1**2", "y ≥ 2x": "x2 >= 2*x1", "x**2 + y**2 < 9": "x1**2 + x2**2 < 9",
    "-1 < y < x": "-1 < x2 < x1", "y > x1": "x2 > x1", "y > 0": "x2 > 0", "x2 > x": "x2 > x1", "|y| < |x|":
    "abs(x2) < abs(x1)", "f(x,y) = xy": "x1*x2", "z = x + y": "x1 + x2", "f(x, y) = 3": "f(x1, x2) = 3",
    "f(x₁, x₂) = x₁x₂": "x1*x2", "f(a, b) = b": "f(x1, x2) = x2", "y - x > 1": "x2 - x1 > 1",
    "x > 1 - y": "x1 > 1 - x2", "(y > x)(y < 3)": "(x2 > x1)*(x2 < 3)", "(y > x) + (y > -x)": "(x2 > x1) + (x2 > -x1)",
    "x1>0 and x2>0": "(x1 > 0)*(x2 > 0) > 0", "y > x or y < -x": "(x2 > x1) + (x2 < -x1) > 0",
    "x_{1}^{2} + x_{2}^{2} < 1": "x1**2 + x2**2 < 1", "not y > x": "(x2 > x1) == 0",
    "x1>0 ∧ x2>0": "(x1 > 0)*(x2 > 0) > 0",
    "where(y > x, 1, 0)": "where(x2 > x1, 1, 0)", "1 - (y > 0)": "1 - (x2 > 0)",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "understood"), BORDERS.items(), ids=ascii)
def test_a_formula_of_x_and_y_has_two_inputs(typed, understood):
    formula = formula_of(typed)
    assert (formula.text, formula.variables) == (understood, TWO)


@pytest.mark.parametrize("typed", ["y > x**2", "y < x**2", "y >= x**2", "-1 < y < x", "x**2 + y**2 < 9"])
def test_a_border_makes_two_classes(typed):
    problem = Experiment(target="formula", formula=typed).make_problem()
    assert (problem.n_inputs, problem.classes) == (2, 2)
    x, y, label = problem.samples
    holds = {"y > x**2": y > x**2, "y < x**2": y < x**2, "y >= x**2": y >= x**2}
    holds |= {"-1 < y < x": (y > -1) & (y < x), "x**2 + y**2 < 9": x**2 + y**2 < 9}
    np.testing.assert_array_equal(label, holds[typed])


def test_what_is_written_plainly_stays_as_it_is():
    for text in ("x+1", "sin(x) + x / 2", "x1 > x2", "where(x < 0, -1, 1)", "2. * x", "x2 > 0", "+x"):
        formula = formula_of(text)
        assert (formula.text, formula.altered) == (text, False)
        assert Experiment(target="formula", formula=f"y = {text}").formula == f"y = {text}"  # links stay what they are


# --- What is asked ----------------------------------------------------------------------------------------------------

ASKED = {  # as typed, and what is in the hint
    "1/2x": ["/2*x", "/(2*x)"], "x/2pi": ["/2*pi", "/(2*pi)"], "1/(2)(x)": ["two ways"],
    "e^2x": ["**2*x", "**(2*x)"], "2^3x": ["**3*x", "**(3*x)"], "ex": ["e*x", "e**x"], "e(x)": ["e*(a)", "e**(a)"],
    "sin x * 2": ["sin(a)"], "sin x/x": ["sin(a)"], "sin x²": ["sin(a)"], "sin x(x+1)": ["sin(a)"], "√2x": ["sqrt(a)"],
    "sqrt2x": ["sqrt(a)"], "√x²": ["sqrt(a)"], "sin2(x)": ["sin(x)**2", "sin(2*x)"], "log2x": ["log2(x)", "log(2*x)"],
    "log10x": ["log10(x)", "log(10*x)"], "|x|x|x|": ["abs(a)"], "x3": ["x**3", "3*x"], "x 2": ["x**2", "2*x"],
    "e2": ["e**2", "2*e"], "1,000*x": ["1000", "1.0"], "1,000,000": ["1234.5"], "2½": ["2 + 1/2"],
    "y == x": ["y ="], "x**2 + y**2 = 9": ["=="], "sin^-2 x": ["1/sin(x)**2"], "x + x2": ["x**2", "2*x", "x1 + x2"],
    "x^1/3": ["**(1/3)"], "2x**1/2 + 1": ["**(1/2)"],
    "x^-1/2": ["**(-1/2)", "divide by both"], "tan-1 x": ["atan(a)", "tan(-a)"], "sin -1(x)": ["asin(a)"],
    "10% x": ["10/100*a", "10 % a"], "x mod 2 pi": ["%2*pi", "%(2*pi)"],
    "log(x+3,10)": ["3.10", "log(a)/log(10)"], "round(x*3,2)": ["3.2", "round(a*10**2)/10**2"], "e⁻ˣ²": ["x**2", "2*x"],
    "(x1>0)^(x2>0)": ["(a) != (b)"], "x^2 {x>0}": ["where(a, b, c)"], "tahn(x)": ["tan or tanh"],
    "sin(x) + y": ["x1 and x2"], "y > x1*x2": ["same input"], "sin3(x)": ["sin(x)**3", "sin(3*x)"],
}  # fmt: skip
HINTS = {
    "mx + b": "as in 2*x", "=SIN(A1)": "the input is x", "k*x": "write its number", "\\int x dx": "worked out",
    "frac(x)": "x - floor(x)", "x < 0: 0": "where(a, b, c)", "~(x > 0)": "not before", "deg2rad(x)": "x*pi/180",
    "|x1| < 1 || |x2| < 1": "between comparisons, write or",
    "lg(x)": "log10(x)", "acot(x)": "pi/2 - atan(x)", "log3(x)": "log(x)/log(3)", "sinc(x)": "sin(x)/x",
    "elu(x)": "exp(x) - 1", "x // 2": "floor(a/b)", "x! + 1": "!=", "x => 1 + x >": "missing at the end",
    "30°": "pi/180", "sin(30 deg)": "x*pi/180", "sind(x)": "sin(x*pi/180)", "∞": "1e9", "sqr(x)": "x**2 for the square",
    "log(x, 2)": "log(a)/log(b)", "max(1, x, 2)": "max(max(a, b), c)", "sin(a)": "f(a) =", "rand()": "Noise",
    "heaviside(x)": "where(x < 0, 0, 1)", "θ(x)": "where(x < 0, 0, 1)", "σ(x)": "sigmoid(x)", "r < 1": "hypot(x1, x2)",
    "sqtr(x)": "sqrt", "sigmiod(x)": "sigmoid", "[x]": "use (", "x[0]": "x1 and x2", "const": "a number",
    "gelu(x)": "x*sigmoid(1.702*x)", "selu(x)": "1.0507*where", "hard_sigmoid(x)": "clip(x/6 + 0.5, 0, 1)",
    "asind(x)": "asin(x)*180/pi", "roundup(x)": "ceil(x)", "mish(x)": "tanh(log", "\\sqrt[n]{x}": "'['",
    "\\sqrt[4]x": "'['", "1e-400*x": "too near to 0", "x=>0": "use >=", "x => 3": "use >=",
    "\\begin{cases} x": "where(a, b, c)", "if x > 0 then 1": "where(a, b, c)", "50% of x": "no 'of' here",
    "f(a, b) => a": "no 'f' here", "|x| > 1 || x < 0": "abs(a)", "sinh^-2 x": "1/sinh(x)**2",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "hints"), ASKED.items(), ids=ascii)
def test_what_can_be_meant_in_two_ways_is_asked(typed, hints):
    for hint in hints:
        assert hint in refusal(typed).message


@pytest.mark.parametrize(("typed", "hint"), HINTS.items(), ids=ascii)
def test_a_hint_keeps_the_meaning(typed, hint):
    assert hint in refusal(typed).message


def test_every_formula_in_a_hint_is_a_formula_of_the_same_input():
    for word, hint in INSTEAD.items():
        if "{x}" in hint and not set(", ;") & set(hint.replace(", ", "").replace(" - ", "").replace(" + ", "")):
            text = hint.format(x="x")
            assert formula_of(text).text == text, word


def test_no_short_or_known_word_is_taken_for_a_misspelt_one():
    for word in [*INSTEAD, "q", "t", "ab", "foo", "lag", "sim", "cop", "atam2", "log7", "tan3"]:
        assert "did you mean" not in refusal(f"{word}(x)").message


@pytest.mark.parametrize("typed", ["x2", "X2", "x2 + 1", "3x2", "sin(x2)", "2*x2**2", "x₂"])
def test_x2_alone_is_asked_about_where_a_curve_was_learnt(typed):
    error = refusal(typed, curve=True)
    for hint in ("x**2", "2*x", "f(x1, x2) ="):
        assert hint in error.message
    assert formula_of(typed).variables == TWO  # as links of today have it


@pytest.mark.parametrize("typed", ["f(x1, x2) = x2", "x1 + x2", "x2 > 0", "y > 0", "f(x, y) = y", "x1", "1 - (x2 > 0)"])
def test_what_clearly_has_two_inputs_is_not_asked_about(typed):
    assert formula_of(typed, curve=True).variables == TWO


# --- Any text ---------------------------------------------------------------------------------------------------------

MORE = [*"²³⁻¹√π×·−½|,; ₁₂", "|x|", "sin ", "cos", "2x", "e^", "y", "f(x) = ", "log", "0,5", "20 000", "\u200b", "x²"]
MORE += ["@(x) ", ".^2", ".*", "θ", "ˣ²", "\\(x) ", "let f = ", "{x>0: ", "Sin[", "³√", ",5", "f=", "(x,y) => "]
TEXTS = st.one_of(
    st.text(max_size=40),
    pieces_of_formulas(),
    st.lists(st.sampled_from([*MORE, *PIECES]), min_size=1, max_size=9).map("".join),
    st.lists(st.sampled_from([*FUNCTIONS, "x", "2", "pi", "e", " ", "(x)", "x1", "y", "+", "*"]), max_size=7).map(
        "".join
    ),
)


@settings(max_examples=2000)
@given(TEXTS)
def test_any_text_is_a_formula_that_typed_again_is_the_same_or_words(text):
    try:
        formula = formula_of(text)
    except FormulaError as error:
        refused = error
    else:
        refused = None
    if refused is not None:
        assert 0 <= refused.position <= len(text)
        assert refused.message[-1] in ".?"
        f"{refused}{refused.pointed}".encode()
        return
    again = formula_of(formula.text)
    assert (again.text, again.variables) == (formula.text, formula.variables)
    points = np.meshgrid(X, X) if len(formula.variables) > 1 else [X]
    np.testing.assert_array_equal(again(*points), formula(*points))


@pytest.mark.parametrize(
    "text",
    [
        "|" * 200, "|x" * 100, "x|" * 100, "(|" * 100, "cbrt(" * 40, "asinh" * 40, "x>0 or " * 28, "not " * 50,
        "\\frac{" * 28, "\\frac{x}{" * 20, "x?" * 100,
        "if x then " * 20, "x if x else " * 16, "!" * 200, "x&" * 100, "_{1}" * 50, "[x" * 100, "t" * 200,
        "50%*" * 50, "√" * 200, "sin" * 66, "x" * 200, "e" * 200, "sinx" * 50,
        "²" * 200, "x²" * 100, "1,5" * 60, "1 000" * 40, "(" * 200, "⌊" * 200, "x^" * 100, "-" * 200, "pi" * 100,
        "xsinpie" * 28, "|x+" * 66, "log2x" * 40, "9^" * 99 + "9", "f(x)=" * 40, "½" * 200, "|x|x" * 50, "2x" * 100,
        "sin[" * 50, "{x>0:" * 40, "f=" * 100, "let f=" * 30, "³√" * 100, ",5" * 100, "(x:" * 60, "x>0:x," * 33,
    ],
    ids=ascii,
)  # fmt: skip
def test_a_text_of_any_form_is_read_quickly(text):
    start = time.perf_counter()
    with suppress(FormulaError, TypeError):
        formula_of(text[:MAX_LENGTH])(X)
    assert time.perf_counter() - start < 0.5
