"""What is wrong with a formula is pointed at, in words, at once; and nothing but a formula has a way in."""

import ast
import math
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from playground.problems.formulas import MAX_DEPTH, MAX_LENGTH, Formula, FormulaError
from tests.support.strategies import pieces_of_formulas

TWO = ("x1", "x2")
FOLDER = Path(__file__).resolve().parent.parent / "playground" / "problems" / "formulas"


def refusal(text, variables=("x",)):
    with pytest.raises(FormulaError) as caught:
        Formula(text, variables)
    return caught.value


# --- What is wrong, and where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("x 2", 2, r"write x\*\*2 or 2\*x"),
        ("(x) 2", 4, r"missing before '2'"),
        ("(1, 2)", 2, "A comma belongs"),
        ("max((x, 1), 2)", 6, "A comma belongs"),
        ("x + sqtr(x)", 4, "There is no 'sqtr' here; did you mean sqrt"),
        ("x + foo", 4, "There is no 'foo' here; the names are"),
        ("x1 + 1", 0, "There is no 'x1' here"),
        ("x + q", 4, "There is no 'q' here; the names are x, pi, e, tau, sin, .* clip"),
        ("x and 1", 2, "stands between comparisons, as in x > 0"),
        ("f(t) = x*t", 7, "no 'x' here; the input is t"),
        ("f(t) = t + y", 11, "no 'y' here; the input is t"),
        ("f(x) = x1", 7, "no 'x1' here; the input is x"),
        ("not x", 0, "stands before a comparison"),
        ("x > 0 or 1", 6, "stands between comparisons"),
        ("asinh(" * 8 + "x" + ")" * 8, 18, "too long"),
        ("2 * sin", 4, r"brackets: sin\(a\)"),
        ("2 * sin + x", 4, r"brackets: sin\(a\)"),
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
        ("x // 2", 2, r"use floor\(a/b\)"),
        ("2 * (x + (1)", 4, "never closed"),
        ("2 * (x + (1", 9, "never closed"),
        ("(x))", 3, "closes none"),
        ("x = 1", 2, "use == to compare"),
        ("sin(x=1)", 5, "use == to compare"),
        ("y = y = x", 6, "use == to compare"),
        ("y == x", 0, "There is no 'y'"),
        ("x + 0x10", 5, r"write x\*\*10 or 10\*x"),
        ("1_00", 1, "'1_00' is not a number"),
        ("1.2.3", 3, "'1.2.3' is not a number"),
        ("x - 1e400", 4, "too large"),
        ("", 0, "no formula yet"),
        ("   ", 3, "no formula yet"),
        ("y =", 3, "no formula yet"),
        ("x" + "+x" * 100, MAX_LENGTH, "at most 200 characters; this one has 201"),
        ("(" * 31 + "x" + ")" * 31, 30, "at most 30 deep"),
        ("x-" + "-" * 40 + "x", 31, "at most 30 levels"),
        ("2**" * 40 + "x", 91, "at most 30 levels"),
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
    assert refusal("x + x1", TWO).position == 0


def test_characters_that_cannot_be_shown_are_pointed_at():
    error = refusal("x +\u200b\0 1")
    assert error.pointed == "x +\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} 1\n    ^"
    assert r"'\x00'" in error.message


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

HOSTILE = [
    *("x.__class__", "x.real", "().__class__.__bases__[0].__subclasses__()", "sin.__globals__", "__import__('os')"),
    *("__builtins__", "eval('1')", "exec('1')", "open('f')", "print(x)", "getattr(x, 'T')", "np.load('f')", "x.T"),
    *("(lambda: 0)()", "lambda: x", "[x for x in ()]", "{x for x in ()}", "(x for x in ())", "sin(x for x in ())"),
    *(
        "'a'*10",
        '"a"',
        "'''a'''",
        "b'a'",
        "f",
        "f'{x.real}'",
        "x[0]",
        "x[:]",
        "[x]",
    ),
    *("x:=1", "(x:=1)", "x = 1", "x; x", "import os", "del x", "yield x", "(yield)", "await x"),
    *("sin", "sin()", "sin(x, x)", "sin(x=1)", "sin(x, a=1)", "sin(*x)", "sin(**x)", "sin(x, **x)", "max(x, *x)"),
    *("sin(sin)", "True", "False", "None", "...", "Ellipsis", "inf", "nan", "1j", "1J"),
    "x, x",
    *("x and x", "x or x", "not x", "x in x", "x not in x", "x is x", "x is not x", "x | x", "x & x", "~x"),
    *("x << 1", "x >> 1", "x @ x", "x // 1", "x!", "$x", "?", "x\0", "\0", "\\", "x\\", "@", "\ud800", "🙂"),
    *("(" * 100 + "x" + ")" * 100, "(" * 200, "-" * 199 + "x", "~" * 199 + "x", "sin(" * 50, "x" * 10**6),
    *("[" * 99 + "]" * 99, "x" + "[x" * 60 + "]" * 60, "lambda:" * 28 + "x", "x if " * 30 + "x", "not " * 49 + "x"),
    *("-(" * 60 + "x" + ")" * 60, "x**" * 60 + "x", "1or 2", "1if x else 2", "x is 1", "'\\d'", "9" * 10**6),
    *("", " ", " " * 200, "y", "y =", "y = y", "y x", "=", "_", "__", "x_", "e1e1", ".", "..", "1..", "-"),
]
NO_TEXT = [None, 5, 1.5, b"x", bytearray(b"x"), ["x"], ("x",), {}, object(), Formula, Formula("x"), np.array(["x"])]


@pytest.mark.parametrize("text", [*HOSTILE, *NO_TEXT], ids=lambda text: ascii(text).partition(" at 0x")[0][:30])
def test_a_text_that_is_not_a_formula_is_refused_quickly_with_a_sentence(text):
    start = time.perf_counter()
    error = refusal(text)
    assert time.perf_counter() - start < 1
    assert 0 <= error.position <= (len(text) if isinstance(text, str) else 0)
    assert error.message[-1] in ".?"
    assert len(error.message) < 500
    assert len(error.pointed) <= 2 * MAX_LENGTH + 4
    f"{error}{error.pointed}".encode()  # a lone surrogate would not pass


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_module_calls_what_runs_a_text(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"eval", "exec", "compile", "getattr", "globals", "locals", "vars", "__import__"}
    assert "import ast" not in path.read_text(encoding="utf-8")  # nothing of Python's own reads a formula


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
    assert refused.message[-1] in ".?"
