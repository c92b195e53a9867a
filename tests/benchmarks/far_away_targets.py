"""What the page has to reach from far away, and whether a run of far_away.py has reached it."""

import statistics
from typing import NamedTuple

LINES = ("0", "100", "300")  # milliseconds of round trip
SMALL_SCRIPT_KB = 1000  # Plotly's script for what the page draws is below, the whole one above, both compressed


class Limit(NamedTuple):
    """At most, or at least, so much; `above_hello`: more than the hello page takes."""

    value: float
    at_least: bool = False
    above_hello: bool = False


def limits(has_small_script):
    """{figure: {line: Limit}}."""

    def at_most(*values):
        return dict(zip(LINES, map(Limit, values), strict=True))

    fits = {line: Limit(value, at_least=True) for line, value in zip(LINES, (55, 50, 45), strict=True)}
    loading = {"0": Limit(0.7 if has_small_script else 1.3, above_hello=True), "100": Limit(3.0), "300": Limit(8.0)}
    size = 1900 if has_small_script else 2900
    return {
        "first_chart_s": loading,
        "reload_s": {"0": Limit(0.4, above_hello=True), "100": Limit(1.5)},
        "first_visit_kb": at_most(size, size, size),
        "reload_kb": at_most(60, 60, 60),
        "painted_fits_per_second": fits,
        "stalls_over_150_ms": at_most(0, 0, 0),
        "training_kb_per_second": at_most(50, 50, 50),
        "pause_by_click_ms": at_most(50, 50, 50),
        "pause_by_key_ms": at_most(50, 50, 50),
        "pauses_at_another_epoch_than_shown": at_most(0, 0, 0),
        "panel_kb": at_most(100, 100, 100),
        "server_cpu_ms_per_second": {"0": Limit(34)},
    }


def judge(measured, has_small_script):
    """The report: {figure: {line: {"median", "each", and where there are such "hello", "wanted", "met"}}}.

    Args:
        measured: {line: {figure: values}}; the hello page's are under "hello_" and the name of the page's own.
        has_small_script: whether the page has drawn with the small script of Plotly.
    """
    wanted, report = limits(has_small_script), {}
    for line, figures in measured.items():
        for name, values in figures.items():
            if name.startswith("hello_"):
                continue
            hello = figures.get(f"hello_{name}")
            entry = {"median": _median(values), "each": [round(value, 3) for value in values]}
            if hello:
                entry["hello"] = _median(hello)
            if line in wanted.get(name, {}):
                entry |= _verdict(entry, wanted[name][line])
            report.setdefault(name, {})[line] = entry
    return report


def _verdict(entry, limit):
    value = round(limit.value + (entry["hello"] if limit.above_hello else 0), 3)
    text = f"at {'least' if limit.at_least else 'most'} {value:g}"
    met = entry["median"] >= value if limit.at_least else entry["median"] <= value
    return {"wanted": f"{text} (hello + {limit.value:g})" if limit.above_hello else text, "met": met}


def _median(values):
    return round(statistics.median(values), 3)
