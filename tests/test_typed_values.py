"""Values typed for a race or a sweep: where one ends and the next begins, and what is refused."""

import pytest

from playground.compare.typed_values import read_values
from tests.support.page import Page


def test_typed_values_are_read_and_invalid_ones_rejected():
    assert read_values("learning_rate", " 0.1, 0.2 ,1e-3,") == (0.1, 0.2, 0.001)
    assert read_values("units", "5,10") == (5, 10)
    for text in ("", "a", "0.1, 0.1", "1e9", "nan", "__import__('os')", "1," * 80):
        with pytest.raises(ValueError, match=r"\.$"):
            read_values("learning_rate", text)


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("learning_rate", "0,1; 0,2", (0.1, 0.2)),
        ("learning_rate", "0,05, 0,1", (0.05, 0.1)),  # 0; 5; 0; 1 is no list of learning rates
        ("learning_rate", "0,1", (0.1,)),
        ("learning_rate", "0,1 0,25 1e−3", (0.1, 0.25, 0.001)),
        ("noise", "0,05,0,1", ()),
        ("units", "5 10 20", (5, 10, 20)),
        ("points", "100,200", (100, 200)),
        ("period", "1 000, 20 000", (1000, 20_000)),
        ("period", "1'000 2e4", (1000, 20_000)),
    ],
)
def test_the_reading_of_typed_values_that_is_valid_is_taken(name, text, values):
    if values:
        assert read_values(name, text) == values
    else:
        with pytest.raises(ValueError, match=r"\.$"):
            read_values(name, text)


@pytest.mark.parametrize(("text", "both"), [("1,5", ["1; 5", "1.5"]), ("1,5, 2,6", ["1; 5; 2; 6", "1.5; 2.6"])])
def test_typed_values_with_two_valid_readings_are_refused_and_both_are_named(text, both):
    with pytest.raises(ValueError, match=f"can be {both[0]}, or {both[1]}: write semicolons"):
        read_values("learning_rate", text)
    assert read_values("learning_rate", both[1] + ";") == tuple(map(float, both[1].split("; ")))


def test_the_values_that_a_sweep_offers_are_exact():
    page = Page(view="sweep", learning_rate="0.123456789")
    typed = page.widget("sweep_learning_rate_values").value
    assert 0.123456789 in read_values("learning_rate", typed)
