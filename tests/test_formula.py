"""A learner's own formula: what it may say, what it means, and how it is told that something is wrong."""

import ast
import inspect
import math
import operator
import time

import numpy as np
import pytest

from playground.problems import formula as module
from playground.problems.formula import CONSTANTS, FUNCTIONS, MAX_DEPTH, MAX_LENGTH, Formula, FormulaError

TWO = ("x1", "x2")


def at(text, x):
    """The value of a formula in x at one point."""
    return float(Formula(text)(np.array([x], float))[0])


def refusal(text, variables=("x",)):
    with pytest.raises(FormulaError) as caught:
        Formula(text, variables)
    return caught.value


# --- What a formula means ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "x", "y"),
    [
        ("x", 1.5, 1.5),
        ("2", 9, 2),
        (".5 + 2. + 0.25 + 1e-3 + 1.5E+2", 0, 152.751),
        ("1 + 2 * x", 3, 7),
        ("(1 + 2) * x", 3, 9),
        ("x - 1 - 2", 3, 0),
        ("8 / x / 2", 2, 2),
        ("2 ** 3 ** x", 2, 512),
        ("-x ** 2", 3, -9),
        ("(-x) ** 2", 3, 9),
        ("2 ** -x", 1, 0.5),
        ("- + - x", 3, 3),
        ("x % 3", -1, 2),
        ("x % -3", 1, -2),
        ("2 * x % 3", 4, 2),
        ("x < 1", 0, 1),
        ("x < 1", 1, 0),
        ("x <= 1", 1, 1),
        ("x > 1", 2, 1),
        ("x >= 1", 1, 1),
        ("x == 1", 1, 1),
        ("x != 1", 1, 0),
        ("0 < x < 2", 1, 1),
        ("0 < x < 2", 3, 0),
        ("1 < 2 < x", 3, 1),
        ("3 > x != 2 <= 2", 1, 1),
        ("(3 > 2) > x", 0, 1),
        ("(x > 0) + (x > 1)", 2, 2),  # numbers, not truths: true + true is 2
        ("-(x > 0)", 1, -1),
        ("pi + e + tau + x", 0, 3 * math.pi + math.e),
        ("where(x > 0, log(x), -1)", -2, -1),
        ("where(x, 1, 2)", -3, 1),
        ("y = x + 1", 1, 2),
        ("  y=x  ", 4, 4),
    ],
)
def test_a_formula_means_what_it_says(text, x, y):
    assert at(text, x) == pytest.approx(y, rel=1e-15)


BY_PYTHON = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")},
    **{name: getattr(math, name) for name in ("exp", "log", "log2", "log10", "sqrt", "hypot")},
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "abs": abs,
    "sign": lambda a: float((a > 0) - (a < 0)),
    "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
    "relu": lambda a: a if a > 0 else 0.0,
    "min": min,
    "max": max,
    "where": lambda a, b, c: b if a else c,
    "clip": lambda a, b, c: min(max(a, b), c),
}
TAKES = {"min": 2, "max": 2, "hypot": 2, "where": 3, "clip": 3}
GRID = [-710.5, -7.25, -2.5, -1.5, -1, -0.75, -0.5, -1e-9, 0, 0.25, 0.5, 1, 1.5, 2.5, 6.5, 300]


def by_python(function, *values):
    """What Python makes of floats; None where that is no finite float."""
    try:
        value = function(*values)
    except (ValueError, ArithmeticError):
        return None
    return None if isinstance(value, complex) or not math.isfinite(value) else float(value)


def test_every_function_and_constant_is_explained():
    assert set(FUNCTIONS) == set(BY_PYTHON)
    for name, words in FUNCTIONS.items():
        assert words.startswith(f"{name}({', '.join('abc'[: TAKES.get(name, 1)])}): ")
    assert list(CONSTANTS) == ["pi", "e", "tau"]


@pytest.mark.parametrize("name", BY_PYTHON)
def test_a_function_gives_what_python_gives(name):
    count = TAKES.get(name, 1)
    points = np.array(np.meshgrid(*[GRID] * count)).reshape(count, -1)
    names = ("a", "b", "c")[:count]
    got = Formula(f"{name}({', '.join(names)})", names)(*points)
    for value, point in zip(got.tolist(), points.T.tolist(), strict=True):
        expected = by_python(BY_PYTHON[name], *point)
        if expected is None:
            assert name == "sigmoid" or not math.isfinite(value)  # exp(710.5) is too much for Python, 1 / inf is 0
        else:
            assert value == pytest.approx(expected, rel=1e-14, abs=1e-300)


# --- Arrays -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x", "2", "x > 0", "pi", "1 < 2", "where(1, 2, 3)", "+x", "max(x, 1)"])
@pytest.mark.parametrize("shape", [(), (0,), (1,), (7,), (1, 5), (3, 4)])
def test_the_values_are_a_new_array_of_the_shape_of_the_input(text, shape):
    x = np.ones(shape)
    y = Formula(text)(x)
    assert isinstance(y, np.ndarray)
    assert y.shape == shape
    assert y.dtype == np.float64
    y[...] = 5  # writable, and no part of x
    assert (x == 1).all()


def test_two_inputs_broadcast():
    x1, x2 = np.arange(3.0)[:, None], np.arange(4.0)
    np.testing.assert_array_equal(Formula("x1 - 10 * x2", TWO)(x1, x2), x1 - 10 * x2)
    np.testing.assert_array_equal(Formula("x2", TWO)(x1, x2), np.tile(x2, (3, 1)))
    assert Formula("1", TWO)(x1, x2).shape == (3, 4)


def test_whole_and_single_precision_inputs_become_float64():
    np.testing.assert_array_equal(Formula("x ** -1")(np.array([1, 2, 4])), [1, 0.5, 0.25])
    assert Formula("x * 3")(np.ones(2, np.float32)).dtype == np.float64


def test_a_wrong_number_of_arrays_is_refused():
    with pytest.raises(TypeError, match="takes 2 arrays, not 1"):
        Formula("x1", TWO)(np.ones(3))


# --- As a value -------------------------------------------------------------------------------------------------------


def test_formulas_are_equal_by_their_text_and_variables():
    one = Formula(" y = x + 1 ")
    assert one == Formula("x + 1", ["x"])
    assert hash(one) == hash(Formula("x + 1"))
    assert (one.text, one.variables) == ("x + 1", ("x",))
    assert len({one, Formula("x + 1"), Formula("x + 2"), Formula("1"), Formula("1", TWO)}) == 4


@pytest.mark.parametrize("name", ["text", "variables", "other"])
def test_a_formula_does_not_change(name):
    with pytest.raises(AttributeError):
        setattr(Formula("x"), name, "2")


# --- What is wrong, and where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("x^2", 1, r"use \*\* for powers"),
        ("y = x^2", 5, r"use \*\* for powers"),
        ("x²", 1, r"use \*\*2"),
        ("2 * π", 4, "use pi"),
        ("2 · x", 2, r"use \*"),
        ("2×x", 1, r"use \*"),
        ("1 − x", 2, "use -"),
        ("2x", 1, r"product needs its \*, as in 2\*x"),
        ("1 + 2sin(x)", 5, r"product needs its \*"),
        ("2(x)", 1, r"product needs its \*"),
        ("x(2)", 1, r"product needs its \*"),
        ("(x)(x)", 3, r"product needs its \*"),
        ("x x", 2, r"missing before 'x'"),
        ("x 2", 2, r"missing before '2'"),
        ("0,5 * x", 1, "decimals take a point"),
        ("(1, 2)", 2, "A comma belongs"),
        ("max((x, 1), 2)", 6, "A comma belongs"),
        ("x + foo", 4, "There is no 'foo' here; did you mean floor"),
        ("x + q", 4, "There is no 'q' here; the names are x, pi, e, tau, sin, .* clip"),
        ("x + Sin(x)", 4, "did you mean sin"),
        ("x1 + 1", 0, "did you mean x"),
        ("ln(x)", 0, "use log"),
        ("x and 1", 2, r"use a \* b"),
        ("np.sin(x)", 0, r"use sin\(a\) alone"),
        ("2 * sin", 4, r"brackets: sin\(a\)"),
        ("2 * sin + x", 4, r"brackets: sin\(a\)"),
        ("sin x", 0, r"brackets: sin\(a\)"),
        ("2 * sin()", 4, r"sin\(a\) takes 1 value, not 0"),
        ("2 * sin(x, x)", 4, r"sin\(a\) takes 1 value, not 2"),
        ("y = sin()", 4, r"takes 1 value, not 0"),
        ("max(x)", 0, r"max\(a, b\) takes 2 values, not 1"),
        ("clip(x, 0, 1, 2)", 0, r"clip\(a, b, c\) takes 3 values, not 4"),
        ("max(x, )", 7, r"missing before '\)'"),
        ("max(, x)", 4, "missing before ','"),
        ("x + ()", 5, r"missing before '\)'"),
        ("x + ", 3, "missing at the end"),
        ("* x", 0, r"missing before '\*'"),
        ("x + * 2", 4, r"missing before '\*'"),
        ("x // 2", 3, "missing before '/'"),
        ("x <> 2", 3, "missing before '>'"),
        ("2 * (x + (1)", 4, "never closed"),
        ("2 * (x + (1", 9, "never closed"),
        ("(x))", 3, "closes none"),
        ("x = 1", 2, "use == to compare"),
        ("sin(x=1)", 5, "use == to compare"),
        ("y = y = x", 4, "There is no 'y'"),
        ("y == x", 0, "There is no 'y'"),
        ("x + 0x10", 5, "'0x10' is not a number"),
        ("1_000", 1, "'1_000' is not a number"),
        ("x + 1j", 5, "'1j' is not a number"),
        ("1.2.3", 3, "'1.2.3' is not a number"),
        ("1e", 1, "'1e' is not a number"),
        ("007", 1, "'007' is not a number"),
        ("x - 1e400", 4, "too large"),
        ("", 0, "no formula yet"),
        ("   ", 3, "no formula yet"),
        ("y =", 3, "no formula yet"),
        ("x" + "+x" * 100, MAX_LENGTH, "at most 200 characters; this has 201"),
        ("(" * 31 + "x" + ")" * 31, 30, "at most 30 deep"),
        ("x-" + "-" * 40 + "x", 32, "at most 30 deep"),
        ("2**" * 40 + "x", 93, "at most 30 deep"),
        (None, 0, "A formula is a text"),
    ],
)
def test_what_is_wrong_is_pointed_at(text, position, words):
    error = refusal(text)
    assert error.position == position
    with pytest.raises(FormulaError, match=words):
        raise error
    assert str(error) == f"Character {position + 1}: {error.message}"
    shown, caret = error.pointed.split("\n")
    assert (text or "").startswith(shown)
    assert caret == " " * position + "^"


def test_the_names_are_those_of_the_inputs():
    assert "the names are x1, x2, pi" in refusal("q", TWO).message
    assert refusal("2x1", TWO).message.endswith("as in 2*x1.")
    assert refusal("x + x1", TWO).position == 0


def test_characters_that_cannot_be_seen_are_shown():
    error = refusal("x +\u200b\n1")
    assert error.pointed == "x +\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}1\n   ^"
    assert r"'\u200b'" in error.message


# --- How long and how deep --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "y"),
    [
        ("2" + "+x" * 99, 200.0),  # long, not deep
        ("9" * MAX_LENGTH, float("9" * MAX_LENGTH)),
        ("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH, 2.0),
        ("-" * MAX_DEPTH + "x", 2.0),
        ("abs(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH, 2.0),
        (
            "x<(" * MAX_DEPTH + "x" + ")<x" * MAX_DEPTH,
            0.0,
        ),  # a chain that worked out its middle twice would take 2^30 steps
        ("0*9**9**9**9**9**x+1", math.nan),
    ],
)
def test_the_longest_and_the_deepest_are_read_and_worked_out_at_once(text, y):
    start = time.perf_counter()
    np.testing.assert_equal(at(text, 2), y)
    assert time.perf_counter() - start < 1


# --- What has no way in -----------------------------------------------------------------------------------------------

NOT_EVEN_PARSED = [  # Python would read these as something that is allowed
    *("ｓｉｎ(x)", "sin（x）", "ｘ", "𝐱", "ſin(x)", "１"),
    *("x\u200b", "\ufeffx", "x\u00a0+ 1", "x\t", "x\n", "\nx", "(x\n)"),
    *("x\r", "x # 1", "x\f+ 1", "x \\\n+ 1", "0x10", "0b1", "0o7", "1_000", "max(x, 1,)", "(x)\n", "(sin)(x)", "1e999"),
]
HOSTILE = [
    *("x.__class__", "x.real", "().__class__.__bases__[0].__subclasses__()", "sin.__globals__", "__import__('os')"),
    *("__builtins__", "eval('1')", "exec('1')", "open('f')", "print(x)", "getattr(x, 'T')", "np.load('f')", "x.T"),
    *("(lambda: 0)()", "lambda: x", "[x for x in ()]", "{x for x in ()}", "(x for x in ())", "sin(x for x in ())"),
    *("'a'*10", '"a"', "'''a'''", "b'a'", 'f"{x}"', "f'{x.real}'", "x if x else 1", "x[0]", "x[:]", "[x]", "{x}"),
    *("x:=1", "(x:=1)", "x = 1", "x; x", "x;", "import os", "del x", "yield x", "(yield)", "await x", "return x"),
    *("sin", "sin()", "sin(x, x)", "sin(x=1)", "sin(x, a=1)", "sin(*x)", "sin(**x)", "sin(x, **x)", "max(x, *x)"),
    *("sin(sin)", "sin(x)(x)", "True", "False", "None", "...", "Ellipsis", "inf", "nan", "1j", "1J"),
    *("0x", "x, x", "x,"),
    *("x and x", "x or x", "not x", "x in x", "x not in x", "x is x", "x is not x", "x | x", "x & x", "x ^ x", "~x"),
    *("x << 1", "x >> 1", "x @ x", "x // 1", "x!", "$x", "?", "`x`", "x\0", "\0", "\\", "x\\", "@", "\ud800", "🙂"),
    *("(" * 100 + "x" + ")" * 100, "(" * 200, "-" * 199 + "x", "~" * 199 + "x", "sin(" * 50, "x" * 10**6),
    *("[" * 99 + "]" * 99, "x" + "[x" * 60 + "]" * 60, "lambda:" * 28 + "x", "x if " * 30 + "x", "not " * 49 + "x"),
    *("-(" * 60 + "x" + ")" * 60, "x**" * 60 + "x", "1(2)", "1or 2", "1if x else 2", "x is 1", "'\\d'", "9" * 10**6),
    *("", " ", " " * 200, "y", "y =", "y = y", "y := x", "y x", "=", "_", "__", "x_", "e1e1", ".", "..", "1..", "-"),
]
NO_TEXT = [None, 5, 1.5, b"x", bytearray(b"x"), ["x"], ("x",), {}, object(), Formula, Formula("x"), np.array(["x"])]


@pytest.mark.parametrize("text", [*HOSTILE, *NOT_EVEN_PARSED, *NO_TEXT], ids=lambda text: ascii(text)[:30])
def test_whatever_is_no_formula_is_refused_at_once_and_in_words(text):
    start = time.perf_counter()
    error = refusal(text)
    assert time.perf_counter() - start < 1
    assert 0 <= error.position <= (len(text) if isinstance(text, str) else 0)
    assert error.message[-1] in ".?"
    assert len(error.message) < 500
    assert error.message != "This cannot be read as a formula."
    assert len(error.pointed) <= 2 * MAX_LENGTH + 4
    f"{error}{error.pointed}".encode()  # a lone surrogate would not pass


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if len(text) <= MAX_LENGTH], ids=lambda text: ascii(text)[:30]
)
def test_what_the_check_of_the_tokens_overlooked_would_still_not_be_built(text, monkeypatch):
    monkeypatch.setattr(module, "_check", lambda *args: None)
    refusal(text)


def test_nothing_in_the_file_could_run_a_text():
    names = {node.id for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Name)}
    assert not names & {"eval", "exec", "compile", "getattr", "globals", "locals", "vars", "__import__"}


def test_any_text_at_all_is_a_formula_or_a_formula_error():
    rng = np.random.RandomState(0)
    pieces = [*"()()(),+-*/%<>=!.^ &[]{}:;~@_jyé\n#xxx2", "'", '"', "x1", "0.5", "1e", "sin", "max", "where"]
    pieces += ["pi", "if", "or", "**", "<=", "==", "sin(", "max(x,", "(x)", "x+", "*2"]
    read = 0
    for _ in range(6000):
        text = "".join(rng.choice(pieces, rng.randint(1, 9)))
        try:
            read += bool(Formula(text))
        except FormulaError as error:
            refused = error
        else:
            continue
        assert 0 <= refused.position <= len(text)
        assert refused.message != "This cannot be read as a formula."  # what Python could not read was explained
    assert read > 50


# --- Against Python's own arithmetic ----------------------------------------------------------------------------------
# A random formula is written and worked out on Python's floats as it grows: each part is its text, how tightly it
# binds, and a function from the inputs and a nudge to its value, or to None where Python has no finite float for it.

COMPARISON, SUM, PRODUCT, SIGN, POWER, WHOLE = range(6)
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
EXACT = ["abs", "sign", "floor", "ceil", "round", "relu", "min", "max", "where", "clip"]
SMOOTH = ["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log", "log2", "log10", "sqrt"]
SMOOTH += ["sigmoid", "hypot", "abs", "min", "max", "relu", "**", "**", "**"]


class Grower:
    def __init__(self, seed, exact):
        self.rng, self.exact = np.random.RandomState(seed), exact

    def pick(self, things):
        return things[self.rng.randint(len(things))]

    def written(self, part, tightness):
        text, binds, _ = part
        return f"({text})" if binds < tightness or self.rng.rand() < 0.1 else text

    def joined(self, texts, marks):
        space = self.pick(["", " "])
        return texts[0] + "".join(f"{space}{mark}{space}{text}" for mark, text in zip(marks, texts[1:], strict=True))

    def grow(self, depth):
        if depth == 0 or self.rng.rand() < 0.1:
            return self.leaf()
        kinds = ["sum", "sum", "product", "product", "sign", "call", "call"] + ["chain"] * self.exact
        return getattr(self, self.pick(kinds))(depth - 1)

    def leaf(self):
        if self.rng.rand() < 0.6:
            i = self.rng.randint(2)
            return TWO[i], WHOLE, lambda point, nudge: point[i]
        if self.rng.rand() < 0.2:
            name = self.pick(list(CONSTANTS))
            return name, WHOLE, lambda point, nudge: getattr(math, name)
        text = self.pick(["0", "1", "2", "3", "10", "0.5", ".25", "1.", "1e-3", "2.5E1", "7"])
        return text, WHOLE, lambda point, nudge: float(text)

    def node(self, function, parts, nudged=False):
        def value(point, nudge):
            values = [part[2](point, nudge) for part in parts]
            result = None if None in values else by_python(function, *values)
            return result * nudge if nudged and result is not None else result

        return value

    def sum(self, depth):
        return self.pair(depth, SUM, {"+": operator.add, "-": operator.sub})

    def product(self, depth):
        modulo = {"%": operator.mod} if self.exact else {}
        return self.pair(depth, PRODUCT, {"*": operator.mul, "/": operator.truediv} | modulo)

    def pair(self, depth, binds, operators):
        mark = self.pick(list(operators))
        parts = [self.grow(depth), self.grow(depth)]
        texts = [self.written(parts[0], binds), self.written(parts[1], binds + 1)]
        return self.joined(texts, [mark]), binds, self.node(operators[mark], parts)

    def sign(self, depth):
        part, mark = self.grow(depth), self.pick("+-")
        function = operator.neg if mark == "-" else operator.pos
        return mark + self.written(part, SIGN), SIGN, self.node(function, [part])

    def chain(self, depth):
        parts = [self.grow(depth) for _ in range(self.rng.randint(2, 5))]
        marks = [self.pick(list(COMPARE)) for _ in parts[1:]]

        def holds(*values):
            return float(all(COMPARE[m](a, b) for m, a, b in zip(marks, values[:-1], values[1:], strict=True)))

        return self.joined([self.written(part, SUM) for part in parts], marks), COMPARISON, self.node(holds, parts)

    def call(self, depth):
        name = self.pick(EXACT if self.exact else SMOOTH)
        if name == "**":
            parts = [self.grow(depth), self.grow(depth)]
            texts = [self.written(parts[0], WHOLE), self.written(parts[1], SIGN)]
            return self.joined(texts, ["**"]), POWER, self.node(operator.pow, parts, nudged=True)
        parts = [self.grow(depth) for _ in range(TAKES.get(name, 1))]
        text = f"{name}({', '.join(part[0] for part in parts)})"
        return text, WHOLE, self.node(BY_PYTHON[name], parts, nudged=not self.exact)


@pytest.mark.parametrize("exact", [True, False], ids=["to the last bit", "within rounding"])
def test_a_formula_is_worth_what_python_makes_of_it(exact):
    """Sums, products, remainders and comparisons to the last bit; powers and functions, whose last bits differ between
    libraries, wherever a nudge to each of them does not matter."""
    grower = Grower(1, exact)
    axis = [-7.25, -2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 2.75, 6.0]
    x1, x2 = np.meshgrid(axis, axis)
    points = np.stack([x1.ravel(), x2.ravel()], axis=1).tolist()
    compared = 0
    for _ in range(300):
        text, _, value = grower.grow(grower.rng.randint(1, 5))
        if len(text) > MAX_LENGTH:
            continue
        got = Formula(text, TWO)(x1, x2).ravel().tolist()
        for point, result in zip(points, got, strict=True):
            expected = value(point, 1.0)
            nudged = expected if exact or expected is None else value(point, 1 + 1e-13)
            if expected is None or nudged is None or abs(nudged - expected) > 1e-9 * abs(expected):
                continue
            assert result == (expected if exact else pytest.approx(expected, rel=1e-8)), (text, point)
            compared += 1
    assert compared > 8000
