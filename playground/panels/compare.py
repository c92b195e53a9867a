"""The compare panel: runs that were pinned, and the present one, side by side."""

import streamlit as st

from playground.compare.comparison import MAX_PINNED, differences
from playground.experiment import CONTROLS
from playground.figures.comparison import fits_figure, is_current, losses_figure, run_color
from playground.figures.plane import shades, small_figures
from playground.panels.fields import label_of
from playground.panels.words import minus, percent, plain
from playground.problems.grid import CELLS
from playground.session import comparing, visitor

MAP_PX = 144  # along each side: two beside each other on a telephone, three on a wide page
MOST_TOLD, LONGEST_TOLD = 2, 24  # differences of a run that the legend tells, and characters of a text in it


def compare_panel():
    """Pin, compare, open again, and take off."""
    runs = comparing.runs()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Pin this run", key="pin", icon=":material/push_pin:", on_click=visitor.act, args=(comparing.pin,),
            disabled=not comparing.can_pin(), help=f"Keeps it as it stands here, to be compared; up to {MAX_PINNED}.",
        )  # fmt: skip
        if len(runs) == 1:
            st.caption("Pin this run, change something, and train again: both are then compared here.")
    if len(runs) > 1:
        _charts(runs)
        _table(runs)
        _buttons(runs[:-1])


def _charts(runs):
    palette = visitor.palette()
    with st.container(horizontal=True, vertical_alignment="center"):
        chips = [_chip(palette, run.name, told) for run, told in zip(runs, _told(runs), strict=True)]
        st.markdown(" ".join(chips), unsafe_allow_html=True)
        by = st.segmented_control(
            "Loss by", ("epochs", "seconds"), default="epochs", key="compare_by", required=True,
            label_visibility="collapsed", help="Seconds are those spent on training alone.",
        )  # fmt: skip
    left, right = st.columns(2)
    config = {"displayModeBar": False}
    with left:
        st.plotly_chart(
            losses_figure(palette, runs, by=by), theme=None, key="compare_losses", config=config, height=320,
            alt=f"The loss of each run by {by}",
        )  # fmt: skip
    curves = [run for run in runs if run.problem.n_inputs == 1]
    with right:
        if len(curves) == len(runs):
            st.plotly_chart(
                fits_figure(palette, runs), theme=None, key="compare_fits", config=config, height=320,
                alt="The fit of each run",
            )  # fmt: skip
        else:
            _maps(palette, [run for run in runs if run.problem.n_inputs == 2])


def _maps(palette, runs):
    with st.container(horizontal=True):
        for run in runs:
            chart, points = small_figures(palette, run.problem)
            chart["data"][0]["z"] = shades(run.problem, run.output).reshape(CELLS, CELLS).tolist()
            chart["data"] += points["data"]
            right = "" if run.accuracy is None else f", accuracy {percent(run.accuracy)}"
            with st.container(width=MAP_PX, gap="xsmall"):
                st.markdown(_chip(palette, run.name), unsafe_allow_html=True)
                st.plotly_chart(
                    chart, theme=None, key=f"compare_map_{run.name}", config={"displayModeBar": False}, height=MAP_PX,
                    alt=f"The output of run {run.name} over the plane: loss {run.loss:.6g}{right}",
                )  # fmt: skip


def _chip(palette, name, told=""):
    """A run's line, its name, and what is told of it."""
    line = "╍╍" if is_current(name) else "━━"
    words = f"{name} · {plain(told)}" if told else name
    return f'<span style="color: {run_color(palette, name)}">{line}</span> {words}&nbsp;&nbsp;'


def _told(runs):
    """Of each run the first things in which it differs from the others, as "learning rate 0.1"."""
    different = list(differences(runs).items())[:MOST_TOLD]
    return [
        ", ".join(
            f"{_small(CONTROLS[name].label)} {_words(name, values[i], LONGEST_TOLD)}" for name, values in different
        )
        for i in range(len(runs))
    ]


def _small(label):
    """A label within a sentence: its first letter is small, but that of "L2" is not."""
    return label[0].lower() + label[1:] if label[1].islower() else label


def _table(runs):
    """What differs in their experiments, and how they ended; a column a run."""
    rows = {
        CONTROLS[name].label: [_words(name, value) for value in values] for name, values in differences(runs).items()
    }
    rows["Epoch"] = [f"{run.epoch:,}" for run in runs]
    rows["Loss"] = [f"{run.loss:.6g}" for run in runs]
    if any(run.test_loss is not None for run in runs):
        rows["Test loss"] = ["–" if run.test_loss is None else f"{run.test_loss:.6g}" for run in runs]
    if any(run.accuracy is not None for run in runs):
        rows["Accuracy"] = ["–" if run.accuracy is None else percent(run.accuracy) for run in runs]
    rows["Seconds of training"] = [f"{run.seconds[-1]:.2f}" for run in runs]
    if any(run.status for run in runs):
        rows["It"] = [run.state or "–" for run in runs]
    st.dataframe(
        [{"": name} | dict(zip([run.name for run in runs], texts, strict=True)) for name, texts in rows.items()],
        hide_index=True, key="compare_table", alt="What differs between the runs, and how they ended",
    )  # fmt: skip


def _words(name, value, longest=40):
    if isinstance(value, tuple):
        return ", ".join(label_of(name, each) for each in value)
    if not CONTROLS[name].choices and not isinstance(value, str):
        return minus(f"{value:g}")
    text = " ".join(label_of(name, value).split())
    return text if len(text) <= longest else f"{text[:longest]}…"


def _buttons(runs):
    with st.container(horizontal=True):
        for run in runs:
            st.button(
                f"Go on from {run.name}'s experiment", key=f"open_{run.name}", type="tertiary",
                icon=":material/open_in_new:", on_click=visitor.act, args=(lambda run=run: comparing.open_again(run),),
            )  # fmt: skip
            st.button(
                f"Take {run.name} off", key=f"unpin_{run.name}", type="tertiary", icon=":material/close:",
                on_click=visitor.act, args=(lambda run=run: comparing.unpin(run),),
            )  # fmt: skip
