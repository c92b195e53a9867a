"""What is wrong with a formula is pointed at, in words, at once; and nothing but a formula has a way in."""

import ast
import inspect
import math
import time

import numpy as np
import pytest
from hypothesis import given, settings

from playground.problems import formula as module
from playground.problems.formula import MAX_DEPTH, MAX_LENGTH, Formula, FormulaError
from tests.support.strategies import pieces_of_formulas

TWO = ("x1", "x2")


def refusal(text, variables=("x",)):
    with pytest.raises(FormulaError) as caught:
        Formula(text, variables)
    return caught.value


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
        ("x" + "+x" * 100, MAX_LENGTH, "at most 200 characters; this one has 201"),
        ("(" * 31 + "x" + ")" * 31, 30, "at most 30 deep"),
        ("x-" + "-" * 40 + "x", 32, "at most 30 levels"),
        ("2**" * 40 + "x", 93, "at most 30 levels"),
        (None, 0, "A formula must be a text"),
    ],
)
def test_an_error_has_its_position_and_its_sentence(text, position, words):
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


def test_invisible_characters_are_shown():
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
def test_the_longest_and_the_deepest_formulas_are_fast(text, y):
    start = time.perf_counter()
    np.testing.assert_equal(float(Formula(text)(np.array(2.0))), y)
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
def test_a_text_that_is_not_a_formula_is_refused_quickly_with_a_sentence(text):
    start = time.perf_counter()
    error = refusal(text)
    assert time.perf_counter() - start < 1
    assert 0 <= error.position <= (len(text) if isinstance(text, str) else 0)
    assert error.message[-1] in ".?"
    assert len(error.message) < 500
    assert error.message != "This is not a formula."
    assert len(error.pointed) <= 2 * MAX_LENGTH + 4
    f"{error}{error.pointed}".encode()  # a lone surrogate would not pass


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if len(text) <= MAX_LENGTH], ids=lambda text: ascii(text)[:30]
)
def test_without_the_check_of_the_tokens_nothing_else_is_built(text, monkeypatch):
    monkeypatch.setattr(module, "_check", lambda *args: None)
    refusal(text)


def test_the_module_calls_nothing_that_runs_a_text():
    names = {node.id for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Name)}
    assert not names & {"eval", "exec", "compile", "getattr", "globals", "locals", "vars", "__import__"}


@settings(max_examples=1000)
@given(pieces_of_formulas())
def test_any_text_is_a_formula_or_a_formula_error(text):
    try:
        Formula(text)
    except FormulaError as error:
        refused = error
    else:
        return
    assert 0 <= refused.position <= len(text)
    assert refused.message != "This is not a formula."  # what Python could not read was explained
