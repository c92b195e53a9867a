"""The compare panel: pinned runs and the present one, side by side."""

from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import pairwise
from typing import Any, Literal

import streamlit as st

from playground.compare.comparison import MAX_PINNED, Pinned, differences
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.experiment import CONTROLS
from playground.figures.comparison import fits_figure, is_current, losses_figure, output_map_figure, run_color
from playground.figures.palette import PALETTES
from playground.panels.fields import label_of, noted
from playground.panels.run_table import rows_of_measures, run_table
from playground.panels.text import in_sentence, percent, with_minus_sign
from playground.player.changes import changed_fields, phases
from playground.session.current import current_visit, then_rerun, then_rerun_all_but_sidebar
from playground.session.kept_fields import COMPARE_BY

LOSS_BY: tuple[Literal["epochs", "seconds"], ...] = ("epochs", "seconds")
CHART_PX = 320  # high
MAP_PX = 144  # along each side: two beside each other on a telephone, three on a wide page
MAX_LEGEND_DIFFERENCES, MAX_LEGEND_TEXT = 2, 24  # per run, and characters of a text
MAX_TABLE_TEXT = 40  # characters


def compare_panel() -> None:
    """Pin, compare, open again, and remove."""
    pins = current_visit().pins
    runs = pins.with_present
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Pin this run",
            key="pin",
            icon=":material/push_pin:",
            on_click=then_rerun_all_but_sidebar(pins.pin),
            disabled=not pins.can_pin,
            help=f"Keeps the run as it is now, to compare others with it. Up to {MAX_PINNED} runs.",
        )
        if len(runs) == 1:
            st.caption("Pin this run, change something, and train again. Both runs are then compared here.")
    if len(runs) > 1:
        _charts(runs)
        _table(runs)
        _buttons(runs[:-1])


def _charts(runs: Sequence[Pinned]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        chips = [_chip(run.name, text) for run, text in zip(runs, _legend(runs), strict=True)]
        st.html(" ".join(chips), width="content")
        by = st.segmented_control(
            "Loss by",
            LOSS_BY,
            default=LOSS_BY[0],
            required=True,
            label_visibility="collapsed",
            help="Seconds count training time only.",
            **noted(COMPARE_BY, lambda value: value in LOSS_BY),
        )
    left, right = st.columns(2)
    with left:
        losses = still_payload(
            partial(losses_figure, runs=runs, by=by), f"The loss of each run by {by}", height=CHART_PX
        )
        still_chart(losses, key="compare_losses")
    planes = [run for run in runs if run.problem.n_inputs == 2]
    with right:
        if planes:
            _maps(planes)
        else:
            fits = still_payload(partial(fits_figure, runs=runs), "The fit of each run", height=CHART_PX)
            still_chart(fits, key="compare_fits")


def _maps(runs: Sequence[Pinned]) -> None:
    """The output of each run over the plane."""
    with st.container(horizontal=True):
        for run in runs:
            accuracy = "" if run.accuracy is None else f", accuracy {percent(run.accuracy)}"
            alt = f"The output of run {run.name} over the plane: loss {run.loss:.6g}{accuracy}"
            with st.container(width=MAP_PX, gap="xsmall"):
                st.html(_chip(run.name))
                still_chart(
                    still_payload(partial(output_map_figure, run=run), alt, height=MAP_PX),
                    key=f"compare_map_{run.name}",
                )


def _chip(name: str, text: str = "") -> str:
    """A run's entry in the legend, as HTML: its line, its name, and a text."""
    line = "╍╍" if is_current(name) else "━━"
    words = f"{name} · {escape(text)}" if text else name
    light, dark = (run_color(palette, name) for palette in PALETTES.values())
    return f'<span style="color: light-dark({light}, {dark})">{line}</span> {words}&nbsp;&nbsp;'


def _legend(runs: Sequence[Pinned]) -> list[str]:
    """For each run the first things in which it differs from the others, as "learning rate 0.1"."""
    different = list(differences(runs).items())[:MAX_LEGEND_DIFFERENCES]
    return [
        ", ".join(
            f"{in_sentence(CONTROLS[name].label)} {_value_text(name, values[i], MAX_LEGEND_TEXT)}"
            for name, values in different
        )
        for i in range(len(runs))
    ]


def _table(runs: Sequence[Pinned]) -> None:
    """How the experiments differ and how the runs ended, one column per run."""
    rows = {
        CONTROLS[name].label: [_value_text(name, value, MAX_TABLE_TEXT) for value in values]
        for name, values in differences(runs).items()
    }
    if any(run.changes for run in runs):
        rows["Before"] = [_changes_text(run) for run in runs]
    rows["Epoch"] = [f"{run.epoch:,}" for run in runs]
    rows["Loss"] = [f"{run.loss:.6g}" for run in runs]
    if any(run.test_loss is not None for run in runs):
        rows["Test loss"] = ["–" if run.test_loss is None else f"{run.test_loss:.6g}" for run in runs]
    if any(run.accuracy is not None for run in runs):
        rows["Accuracy"] = ["–" if run.accuracy is None else percent(run.accuracy) for run in runs]
    rows |= rows_of_measures([run.problem for run in runs], [run.measures for run in runs])
    rows["Seconds of training"] = [f"{run.seconds[-1]:.2f}" for run in runs]
    if any(run.status for run in runs):
        rows["Status"] = [run.status or "–" for run in runs]
    st.html(run_table("How the runs differ, and how they ended", [run.name for run in runs], rows))


def _changes_text(run: Pinned) -> str:
    """How a run trained before its settings were what they are, as "to epoch 120: learning rate 0.1"."""
    parts = phases(run.changes, run.experiment)
    texts = []
    for part, after in pairwise(parts):
        others = [
            f"{in_sentence(CONTROLS[name].label)} {_value_text(name, getattr(part.experiment, name), MAX_TABLE_TEXT)}"
            for name in changed_fields(part.experiment, after.experiment)
        ]
        texts.append(f"to epoch {after.first:,}: {', '.join(others) or 'the same, and diverged'}")
    return "; ".join(texts) or "–"


def _value_text(name: str, value: Any, max_length: int) -> str:
    """The value of a field as text."""
    if isinstance(value, tuple):
        return ", ".join(label_of(name, each) for each in value)
    if not CONTROLS[name].choices and not isinstance(value, str):
        return with_minus_sign(f"{value:g}")
    text = " ".join(label_of(name, value).split())
    return text if len(text) <= max_length else f"{text[:max_length]}…"


def _buttons(runs: Sequence[Pinned]) -> None:
    pins = current_visit().pins
    with st.container(horizontal=True):
        for run in runs:
            st.button(
                f"Go on from {run.name}'s experiment",
                key=f"open_{run.name}",
                type="tertiary",
                icon=":material/open_in_new:",
                on_click=then_rerun(pins.open),
                args=(run.name,),
            )
            st.button(
                f"Take {run.name} off",
                key=f"unpin_{run.name}",
                type="tertiary",
                icon=":material/close:",
                on_click=then_rerun_all_but_sidebar(pins.unpin),
                args=(run.name,),
            )
