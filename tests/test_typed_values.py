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
        ("learning_rate", "[0.01, 0.1]", (0.01, 0.1)),
        ("learning_rate", "(0,01; 0,1)", (0.01, 0.1)),
        ("learning_rate", "0.1，0.2、0.3；", ()),
        ("learning_rate", "0.1，0.2", (0.1, 0.2)),
        ("learning_rate", "0.1；0.2", (0.1, 0.2)),
        ("learning_rate", "0.1|0.2", (0.1, 0.2)),
        ("learning_rate", "0,1 and 0,2", (0.1, 0.2)),
        ("learning_rate", "0.1, 0.2 or 0.3", (0.1, 0.2, 0.3)),
        ("learning_rate", "1/3, 1/2", (1 / 3, 0.5)),
        ("learning_rate", "1/3", ()),  # a fraction, or 1 and 3
        ("learning_rate", "0.1..1", ()),
        ("learning_rate", "0.1-1", ()),
        ("batch_size", "16/32", (16, 32)),
        ("batch_size", "1,000", ()),  # 1 or 1000, and not 1 and 0
        ("period", "1,500", ()),  # 1500, or 1 and 500
        ("batch_size", "2,500", (2, 500)),  # as 2500 is too large
        ("layers", "20/10", ()),
        ("batch_size", "2^4, 2^5", (16, 32)),
        ("momentum", "90%, 50%", (0.9, 0.5)),
        ("optimizer", "Adam and gradient descent", ("adam", "gradient_descent")),
    ],
)
def test_the_reading_of_typed_values_that_is_valid_is_taken(name, text, values):
    if values:
        assert read_values(name, text) == values
    else:
        with pytest.raises(ValueError, match=r"\.$"):
            read_values(name, text)


@pytest.mark.parametrize("text", ["1,5,2,5", "0,01,0,1,1", "0,1,0,1"])
def test_of_values_with_decimal_commas_that_cannot_be_told_apart_the_way_is_said(text):
    with pytest.raises(ValueError, match=r"With decimal commas, write semicolons between the values\.$"):
        read_values("learning_rate", text)


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("learning_rate", "0.001:1:log4", (0.001, 0.01, 0.1, 1)),
        ("learning_rate", "0,001 : 1 : LOG 4", (0.001, 0.01, 0.1, 1)),
        ("learning_rate", "0.001:0.1:log4", (0.001, 0.00464, 0.0215, 0.1)),
        ("momentum", "0:0.9:lin4; 0.99", (0, 0.3, 0.6, 0.9, 0.99)),
        ("noise", "0:1:lin7", (0, 0.167, 0.333, 0.5, 0.667, 0.833, 1)),
        ("learning_rate", "0.1:0.10001:lin3", (0.1, 0.100005, 0.10001)),
        ("units", "1:64:log7, 5", (1, 2, 4, 8, 16, 32, 64, 5)),
        ("units", "1:3:lin4", '"1:3:lin4" has no 4 different values'),
        ("l2", "0:1:log3", "must begin above 0"),
        ("learning_rate", "1:0.1:log3", "must go up"),
        ("learning_rate", "0:1:5", "is written 0.01:1:log5 or 0:1:lin5, not"),
        ("learning_rate", "0.1 to 1", "is written 0.01:1:log5 or 0:1:lin5, not"),
        ("learning_rate", "1/3", "can be 0.333.*, or 1; 3"),
        ("learning_rate", "0.1:1", "is written 0.01:1:log5 or 0:1:lin5, not"),
        ("learning_rate", "0.1:1000:log5", "must be a number from 1e-06 to 100, not '1000'"),
        ("learning_rate", "0.1:1:log1", "a range has 2 to 64 values, not 1"),
        ("learning_rate", "0.1:1:log65", "a range has 2 to 64 values, not 65"),
        ("optimizer", "adam,momentum", ("adam", "momentum")),
        ("optimizer", "adam:momentum:lin2", "must be one of"),
        ("layers", "5,10,20", ((5,), (10,), (20,))),
        ("layers", "20,10;5", ((20, 10), (5,))),
        ("layers", "none, 5,10", ((), (5,), (10,))),
        ("layers", "None;20,10", ((), (20, 10))),
        ("layers", "none,5;10", "must be a whole number from 1 to 64, not 'none'"),
        ("layers", "20,10;", ((20, 10),)),
        ("layers", "4:16:log3", ((4,), (8,), (16,))),
        ("layers", "5,x", "must be a whole number from 1 to 64, not 'x'"),
        ("layers", "5;5", "5 is listed twice"),
        ("colour", "1:2:lin2", "'colour' is not a setting"),
    ],
)
def test_ranges_and_lists_are_read_or_refused(name, text, values):
    if isinstance(values, tuple):
        assert read_values(name, text) == values
    else:
        with pytest.raises(ValueError, match=f"{values}.*\\.$"):
            read_values(name, text)


def test_a_range_on_the_page_is_swept():
    page = Page(view="sweep").set(sweep_learning_rate_values="0.01:1:log3")
    assert not page.widget("sweep_start").disabled
    page.click("sweep_start")
    page.visit.sweep.cancel()
    assert page.visit.sweep.runner.plan.axes == (("learning_rate", (0.01, 0.1, 1.0)),)
    assert page.visit.sweep.axes[0].words == ["0.01", "0.1", "1"]


@pytest.mark.parametrize(("text", "both"), [("1,5", ["1; 5", "1.5"]), ("1,5, 2,6", ["1; 5; 2; 6", "1.5; 2.6"])])
def test_typed_values_with_two_valid_readings_are_refused_and_both_are_named(text, both):
    with pytest.raises(ValueError, match=f"can be {both[0]}, or {both[1]}: write semicolons"):
        read_values("learning_rate", text)
    assert read_values("learning_rate", both[1] + ";") == tuple(map(float, both[1].split("; ")))


def test_the_values_that_a_sweep_offers_are_exact():
    page = Page(view="sweep", learning_rate="0.123456789")
    typed = page.widget("sweep_learning_rate_values").value
    assert 0.123456789 in read_values("learning_rate", typed)
