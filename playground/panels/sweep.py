"""The sweep panel: one or two knobs over a range, several seeds each, trained in the background."""

import streamlit as st

from playground.compare.result import EPOCHS
from playground.compare.sweep import SEEDS, summary
from playground.figures.sweep import describe_cell, sweep_figure
from playground.panels.knobs import USUAL, knob
from playground.session import sweeping, visitor

LINE = (
    "Each point is the median final loss of the seeds; its bar goes from the least to the greatest. Click a point to "
    "choose it."
)
MAP = (
    "Each cell has the median final loss of the seeds, and under it the least and the greatest. The stronger the "
    "orange, the lower the median. Click a cell to choose it."
)


def sweep_panel():
    """Choose and start; then progress, time left, cancel, and the cells as they come in."""
    first, second = st.columns(2)
    with first:
        name, values, words = knob("Sweep over", "sweep", count=5)
    axes = [(name, tuple(values), words)]
    with second:
        if st.toggle("and a second knob", key="sweep_two"):
            others = [other for other in USUAL if other != name]
            other, values, words = knob("and over", "sweep2", count=4, names=others, default=others.index("units"))
            axes.append((other, tuple(values), words))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seeds = st.number_input("Seeds", SEEDS.low, SEEDS.high, 3, key="sweep_seeds", width=120, help=SEEDS.help)
        epochs = st.number_input(
            "Epochs", EPOCHS.low, EPOCHS.high, 1000, step=500, key="sweep_epochs", width=160, help=EPOCHS.help
        )  # fmt: skip
        st.button(
            "Start the sweep", key="sweep_start", icon=":material/grid_on:", on_click=sweeping.start,
            args=(axes, seeds, epochs), disabled=not all(values for _, values, _ in axes) or sweeping.under_way(),
        )  # fmt: skip
    if sweeping.sweep() is not None:
        st.fragment(_progress, run_every=1.0 if sweeping.under_way() else None)()


def _progress():
    """What has come in so far; drawn again every second while there is more to come."""
    runner, axes = sweeping.sweep()
    progress = runner.poll()
    cells = summary(runner.plan, runner.results)
    if progress.ended is None:
        left = "" if progress.seconds_left is None else f", about {progress.seconds_left:.0f} s left"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(progress.done / progress.of, f"{progress.done} of {progress.of} runs{left}")
            st.button("Cancel the sweep", key="sweep_cancel", icon=":material/close:", on_click=sweeping.cancel)
    else:
        diverged = sum(cell.diverged for cell in cells)
        lost = f"; {diverged} diverged" if diverged else ""
        st.caption(f"{progress.ended} {progress.done} of {progress.of} runs were trained{lost}.")
    _cells(cells, axes)
    if progress.ended is not None and sweeping.comes_to_its_end():
        st.rerun()  # the rest of the panel is another now


def _cells(cells, axes):
    chosen, ticks = sweeping.chosen(), [words for _, _, words in axes]
    height = max(360, 46 + 54 * len(ticks[0])) if len(axes) == 2 else 360  # pixels: three lines in each row of a map
    st.plotly_chart(
        sweep_figure(visitor.palette(), cells, sweeping.labels(axes), ticks, chosen), theme=None, key="sweep_chart",
        config={"displayModeBar": False}, on_select=sweeping.choose, selection_mode="points", height=height,
        alt="The median final loss of every combination",
    )  # fmt: skip
    st.caption(LINE if len(axes) == 1 else MAP)
    if chosen is not None:
        words = sweeping.cell_in_words(chosen, axes)
        st.markdown(f"**{words}**: {describe_cell(cells[chosen])}.")
        st.button(
            f"Open {words}", key="sweep_open", icon=":material/open_in_new:", on_click=sweeping.open_cell,
            args=(chosen,),
        )  # fmt: skip
