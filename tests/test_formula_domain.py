"""A formula that leaves the real numbers is refused with the part at fault and with ways out, which are true."""

import re

import pytest

from playground.experiment import Experiment
from playground.problems.formulas import formula_of
from playground.problems.formulas.tree import written

REFUSED = {  # a formula, what is wrong, and the ways out
    "sqrt(x)": ["sqrt(x) needs x at or above 0", "0 to 5", "sqrt(abs(x))"],
    "log(x)": ["log(x) needs x above 0", "0.5 to 5", "log(abs(x) + 0.1)"],
    "ln(x - 9)": ["log(x - 9) needs x - 9 above 0", "9.5 to 20", "log(abs(x - 9))"],
    "1/x": ["1/x divides by 0", "0.5 to 5", "1/(abs(x) + 0.1)"],
    "1/(x - 2)": ["divides by 0", "-5 to 1.5"],
    "x^-2": ["x**-2 divides by 0", "0.5 to 5"],
    "x^0.5": ["x**0.5 is no real number", "0 to 5", "abs(x)**0.5"],
    "x^(1/3) + 1": ["x**(1/3) is no real number", "abs(x)**(1/3)"],
    "arcsin x": ["asin(x) needs x from -1 to 1", "-1 to 1", "asin(clip(x, -1, 1))"],
    "exp(exp(x^2))": ["exp(exp(x**2)) is too large", "-2.5 to 2.5"],
    "sqrt(x - 1) + sqrt(2 - x)": ["sqrt(x - 1) needs", "1 to 2"],
    "x % 0": ["x%0 divides by 0"],
    "x^9^9": ["x**9**9 is too large", "-1 to 1"],
    "1/|x|": ["1/abs(x) divides by 0", "write 1/(abs(x) + 0.1)"],
    "9^999": ["9**999 is too large", "another number"],
    "log(x1 + x2)": ["log(x1 + x2) needs x1 + x2 above 0", "0.5 to 5"],
    "1/(x1 - x2)": ["divides by 0", "1/(abs(x1 - x2) + 0.1)"],
}


def refusal(formula, **fields):
    with pytest.raises(ValueError, match="The formula has no finite value at x") as caught:
        Experiment(target="formula", formula=formula, **fields)
    return str(caught.value)


@pytest.mark.parametrize(("formula", "words"), REFUSED.items(), ids=str)
def test_the_part_at_fault_and_the_ways_out_are_named(formula, words):
    for word in words:
        assert word in refusal(formula)


@pytest.mark.parametrize("formula", REFUSED)
def test_each_way_out_leads_out(formula):
    said = refusal(formula)
    if found := re.search(r"range such as (-?[0-9.]+[0-9]|-?[0-9]) to (-?[0-9]+(?:\.[0-9]+)?)", said):
        low, high = map(float, found.groups())
        Experiment(target="formula", formula=formula, low=low, high=high)
    if found := re.search(r"rite (\S.*) for (\S.*)\.$", said):
        other, part = found.groups()
        text = formula_of(formula).text
        Experiment(target="formula", formula=written(formula_of(text).tree).replace(part, other))


def test_of_two_ranges_alike_the_one_further_to_the_right_is_offered():
    assert "such as 0.5 to 5" in refusal("1/x")
    assert "such as -3 to -0.5" in refusal("1/x", low=-3.0, high=2.0)
