"""An input of the network as it is typed: as many numbers as it has inputs, however they are parted."""

import math

import pytest

from playground.session.typed_input import read_example, read_input

ONE = {"1.5": 1.5, "1,5": 1.5, "−1,5": -1.5, "1e-3": 1e-3, "π/2": math.pi / 2, "1/3": 1 / 3, "x = 1,5": 1.5, "2;": 2}
TWO = {
    "1.5, -2": (1.5, -2), "1,5; 2": (1.5, 2), "1,5 2": (1.5, 2), "1,5, 2": (1.5, 2), "1,2": (1, 2), "0,5": (0, 5),
    "(1, 2)": (1, 2), "[1; 2]": (1, 2), "1;2;": (1, 2), "x1=1, x2=2": (1, 2), "x₁ = 1; x₂ = 2": (1, 2), "1\t2": (1, 2),
    "1,5 ; -2,5": (1.5, -2.5), "1 000; 2": (1000, 2), "pi, -pi": (math.pi, -math.pi), "1|2": (1, 2), "1/2 3": (0.5, 3),
    "x2=2, x1=1": (1, 2), "x₂ = 2; x₁ = 1": (1, 2), "x1: 1, x2: 2": (1, 2),
}  # fmt: skip
REFUSED = ["", "1,104", "50%", "nan", "inf", "1e7", "9" * 300, "(1.5)", "y = 2", "x"]
REFUSED_OF_TWO = [
    "",
    "1",
    "1,5,2",
    "1,5,2,5",
    "1, 2, 3",
    "1 000 2",
    "1/2",
    "1; nan",
    "1,104; 2",
    "1,5,2;3;4",
    ";",
    "a b",
    "x1=1, x1=2",
]


@pytest.mark.parametrize("text", ONE)
def test_one_input_is_read(text):
    assert read_input(text, 1) == (ONE[text],)


@pytest.mark.parametrize("text", TWO)
def test_two_inputs_are_read(text):
    assert read_input(text, 2) == TWO[text]


@pytest.mark.parametrize(("text", "count"), [*((text, 1) for text in REFUSED), *((text, 2) for text in REFUSED_OF_TWO)])
def test_all_else_is_refused_with_what_it_must_be(text, count):
    with pytest.raises(ValueError, match=r"^x must be (a number|two numbers|between)"):
        read_input(text, count)


def test_an_example_is_a_whole_number():
    assert [read_example(text, 50) for text in ("0", "3.0", "3,", "+7", "4e1")] == [0, 3, 3, 7, 40]
    for text in ("50", "-1", "1.5", "first", "", "1,000"):
        with pytest.raises(ValueError, match=r"^example must be a whole number from 0 to 49"):
            read_example(text, 50)
