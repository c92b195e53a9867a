"""The reader of numbers: what has one meaning is taken, what has two is refused with both, all else with its text."""

import contextlib
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.control import Control
from playground.experiment import CONTROLS, Experiment
from playground.numerals import NumeralError, read_number, readable, written

NBSP, NARROW, THIN, ZERO_WIDTH = "\xa0", "\u202f", "\u2009", "\u200b"

TAKEN = {
    "0.5": 0.5, "0,5": 0.5, ",5": 0.5, ".5": 0.5, "5.": 5, "5,": 5, "+0,05": 0.05, "23,4": 23.4, "1,2345": 1.2345,
    "-2": -2, "−2": -2, "–2": -2, "－2": -2, "- 2": -2, "＋2": 2,
    "1e-3": 0.001, "1E−3": 0.001, "2e4": 20_000, "1,5e3": 1500, "1,234e3": 1234, "1 e 3": 1000,
    "10^-3": 0.001, "-10**2": -100, "2*10^4": 20_000, "1,5 × 10⁻³": 0.0015, "10⁻³": 0.001,
    "20 000": 20_000, f"20{NBSP}000": 20_000, f"20{NARROW}000": 20_000, f"1{THIN}234{THIN}567": 1_234_567,
    "20'000": 20_000, "20’000": 20_000, "20_000": 20_000, "20 000,5": 20_000.5, "20'000.25": 20_000.25,
    "1,234,567": 1_234_567, "1.234.567": 1_234_567, "1,234.5": 1234.5, "1.234,5": 1234.5, "-1.234.567,89": -1234567.89,
    "12,34,567": 1_234_567, "0,123": 0.123, "0.100": 0.1, "1234,567": 1234.567, "1234.500": 1234.5, "1.234": 1.234,
    "1/3": 1 / 3, "-1 / 3": -1 / 3, "1∕4": 0.25, "0,5/2": 0.25, "½": 0.5, "1½": 1.5, "-2 ¼": -2.25,
    "2^10": 1024, "2**-2": 0.25, "0.5^2": 0.25, "-2^2": -4, "10^{-3}": 0.001, "2.5×10^(3)": 2500, "2^0,5": 2**0.5,
    "$10^{-3}$": 0.001, "2\\cdot10^{3}": 2000, "1e3.": 1000, "1.5D-3": 0.0015,
    "pi": math.pi, "-π": -math.pi, "2pi": 2 * math.pi, "0,5 * π": math.pi / 2, "2·π": 2 * math.pi, "π/2": math.pi / 2,
    "=5": 5, "'5": 5, '"0,5"': 0.5, "“5”": 5, "'-5'": -5,
    "١٢٫٥": 12.5, "１２．５": 12.5, f" {ZERO_WIDTH}7{NBSP}\n": 7, "\ufeff7\u200e": 7,
}  # fmt: skip


@pytest.mark.parametrize("text", TAKEN)
def test_what_has_one_meaning_is_taken(text):
    assert read_number(text) == TAKEN[text]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("20.000", (20, 20_000)), ("1,234", (1.234, 1234)), ("-1,234", (-1.234, -1234)), ("1.500", (1.5, 1500)),
        ("812,000", (812, 812_000)), ("50%", (0.5, 50)), ("99.9%", (0.999, 99.9)),
        ("5 ％", (0.05, 5)), ("5‰", (0.005, 5)), ("(5)", (-5, 5)),
        ("1,5-", (-1.5, 1.5)), ("1×10-3", (0.001, 7)), ("2x10-3", (0.002, 17)), ("1.10^2", (1.1**2, 100)),
        ("1e^2", (100, math.exp(2))),
    ],
)  # fmt: skip
def test_what_has_two_meanings_is_refused_and_both_are_named(text, readings):
    with pytest.raises(NumeralError, match=r"write one of these$") as caught:
        read_number(text)
    assert str(caught.value).startswith(f'"{text}" can be ')
    assert caught.value.readings == readings
    offered = re.findall(r"(\S+) or (\S+):", str(caught.value))[0]
    assert tuple(map(read_number, offered)) == readings  # following the advice helps


def test_where_a_whole_number_is_asked_for_a_point_may_stand_between_thousands():
    assert read_number("1.234") == 1.234
    with pytest.raises(NumeralError, match=r'"1.234" can be 1.234 or 1234'):
        read_number("1.234", whole=True)


def test_where_a_whole_number_is_asked_for_a_fraction_is_none():
    with pytest.raises(NumeralError, match="is not a number"):
        read_number("20/10", whole=True)  # two layers, to some


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", ",", "-", "e5", "1e", "abc", "nan", "inf", "-Infinity", "0x1F", "1_0", "20 00", "1 2", "1.2.3", "²",
     "1,2,3", "1,23.4", "1.234,567,8", "1 234.567,8", "--1", "1+2j", "12 cm", "=1+1", "1 1/2", "1/2/3", "%5",
     "2^x", "10^10^10", "pi e", "pip", "1d5", "5'", "''", "==5", "e", "1/x", "1**", "1e3.0", "5;",
     "⅟", "0b1", "1 %%", "1" * 99 + "x"],
)  # fmt: skip
def test_all_else_is_refused_with_its_text(text):
    with pytest.raises(NumeralError, match=r"is not a number such as 1\.5 or -2e-3$") as caught:
        read_number(text)
    assert str(caught.value).startswith(f'"{text.strip()[:30]}')
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/0", '"1/0" divides by 0'), ("1e-999", '"1e-999" is too near to 0'), ("10^-400", "too near to 0"),
        ("1,234/2", '"1,234" can be 1.234 or 1234'),
    ],
)  # fmt: skip
def test_what_is_no_number_of_the_computer_is_answered(text, words):
    with pytest.raises(NumeralError, match=re.escape(words)) as caught:
        read_number(text)
    assert caught.value.readings == ()
    assert read_number("10^400") == read_number("2^99999") == read_number("9" * 400) == math.inf


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(FLOATS)
def test_what_is_written_is_read_back_to_the_last_bit(number):
    for text in (written(number), repr(number)) if not re.search(r"\.\d\d0$", repr(number)) else (written(number),):
        again = read_number(text)
        assert (again, math.copysign(1, again)) == (number, math.copysign(1, number))


@given(st.integers(-(10**15), 10**15), st.integers(1, 999), st.sampled_from([" ", NBSP, NARROW, THIN, "'", ",", "."]))
def test_thousands_and_decimals_in_the_marks_of_any_country_mean_the_same(whole, thousandths, mark):
    decimal = {",": ".", ".": ","}.get(mark, ",")
    text = f"{whole:,}".replace(",", mark) + f"{decimal}{thousandths:03d}"
    if not (mark in text.strip("-") or len(str(abs(whole))) > 3 or text.lstrip("-").startswith("0")):
        return  # 1,234: refused, as tested above
    assert read_number(text) == float(f"{whole}.{thousandths:03d}")


@given(st.text(max_size=30) | st.text("0123456789.,'_ eE-+^*/%()πd½\"", max_size=12))
def test_any_text_is_a_number_or_refused_in_words(text):
    with contextlib.suppress(NumeralError):
        assert not math.isnan(read_number(text))


# --- In a field of an experiment --------------------------------------------------------------------------------------


@pytest.mark.parametrize("control", [control for control in CONTROLS.values() if control.kind is not str])
def test_a_field_takes_its_limits_as_they_are_written(control: Control):
    if not control.choices:
        for limit in (control.low, control.high):
            assert control.check_entry(written(limit)) == limit


def test_a_field_reads_numbers_and_answers_what_could_be_two():
    typed = Experiment(learning_rate="0,05", low="−2", max_epochs="2e4", seed="1 234")
    assert typed == Experiment(learning_rate=0.05, low=-2.0, max_epochs=20_000, seed=1234)
    with pytest.raises(ValueError, match=r'^Stop after epochs: "20.000" can be 20 or 20000: write one of these\.$'):
        Experiment(max_epochs="20.000")
    with pytest.raises(ValueError, match=r"^Learning rate must be a number from 1e-06 to 100, not '1e9'\.$"):
        Experiment(learning_rate="1e9")
    with pytest.raises(ValueError, match=r"^Stop after epochs must be a whole number .*, not '50%': write 50\.$"):
        Experiment(max_epochs="50%")


@pytest.mark.parametrize(("field", "typed", "value"), [("momentum", "90%", 0.9), ("low", "-pi", -math.pi)])
def test_a_field_takes_what_can_only_be_one_valid_number(field, typed, value):
    assert getattr(Experiment(**{field: typed}), field) == value


def test_a_percentage_that_can_be_two_valid_numbers_is_asked_about():
    with pytest.raises(ValueError, match=r'^Learning rate: "50%" can be 0\.5 or 50: write one of these\.$'):
        Experiment(learning_rate="50%")


@pytest.mark.parametrize("typed", ["Adam", " ADAM ", "adam"])
def test_a_choice_is_taken_in_any_letters(typed):
    assert Experiment(optimizer=typed).optimizer == "adam"
    assert Experiment(optimizer="Gradient descent") == Experiment()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (-2.500000000000009, "-2.5"), (1 / 3, "0.333333"), (0.123456789012, "0.123456789012"),
        (1e-7 / 3, "3.33333e-08"), (1234567 + 1 / 3, "1234567"), (2.0, "2"), (1e20, "1e+20"),
    ],
)  # fmt: skip
def test_a_number_for_people_has_few_digits_unless_somebody_wrote_more(number, shown):
    assert readable(number) == shown
    assert float(shown) == pytest.approx(number, rel=5e-6)
