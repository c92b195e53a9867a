"""The sweep panel: one or two settings over a range, several seeds each, trained in the background."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from playground.compare.cells import Cell, summary
from playground.compare.result import EPOCHS
from playground.compare.sweep import SEEDS
from playground.compare.sweep_runner import Progress
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.exercises.goal import SHARES
from playground.exercises.quantities import QUANTITIES
from playground.figures.sweep import LINE, MAP, describe_cell, sweep_figure
from playground.panels.failure import fragment
from playground.panels.fields import noted, typed_number
from playground.panels.settings import USUAL, axis_input
from playground.panels.text import in_line, percent, with_minus_sign
from playground.session import kept_fields
from playground.session.current import current_visit, then_rerun, then_rerun_all_but_sidebar
from playground.session.sweep import Axis, cell_in_words

CHART_PX, ROW_PX, MAP_PX = 360, 54, 46  # heights: of a chart at least, of a map's row of three lines, and around it


def sweep_panel() -> None:
    """Choose and start; then progress, time left, cancel, and the cells as they come in."""
    sweep = current_visit().sweep
    sweep.poll()
    axes = _axes()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seeds = typed_number(kept_fields.SEEDS, SEEDS, 3, width=120)
        epochs = typed_number(kept_fields.EPOCHS, EPOCHS, 1000, width=160)
        st.button(
            "Start the sweep",
            key="sweep_start",
            icon=":material/grid_on:",
            on_click=then_rerun_all_but_sidebar(sweep.start),
            args=(axes, seeds, epochs),
            disabled=not all(axis.values for axis in axes) or sweep.under_way,
        )
    if sweep.runner is not None:
        fragment("The sweep", run_every=1.0 if sweep.under_way else None)(_results)()


def _axes() -> list[Axis]:
    """The settings to sweep and their values, one or two."""
    first, second = st.columns(2)
    with first:
        axes = [axis_input("Sweep over", kept_fields.SWEEP, count=5)]
    with second:
        if st.toggle("and a second knob", **noted(kept_fields.TWO, lambda value: type(value) is bool)):
            others = [name for name in USUAL if name != axes[0].name]
            default = others.index("units") if "units" in others else 0
            axes.append(axis_input("and over", kept_fields.SECOND, count=4, names=others, default=default))
    return axes


def _results() -> None:
    """The cells so far; drawn again every second while there are more to come."""
    sweep = current_visit().sweep
    was_under_way = sweep.under_way
    sweep.poll()
    if sweep.runner is None or sweep.progress is None:
        return
    progress, cells = sweep.progress, summary(sweep.runner.plan, sweep.runner.results)
    if progress.ended is None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(progress.done / progress.of, _in_words(progress))
            st.button(
                "Cancel the sweep",
                key="sweep_cancel",
                icon=":material/close:",
                on_click=then_rerun_all_but_sidebar(sweep.cancel),
            )
    else:
        diverged = sum(cell.diverged for cell in cells)
        suffix = f"; {diverged} diverged" if diverged else ""
        stopped = sum(len(cell.stopped) for cell in cells)
        suffix += f"; {stopped} stopped early" if stopped else ""
        st.caption(f"{progress.ended} {progress.done} of {progress.of} runs were trained{suffix}.")
    _cells(cells)
    if was_under_way and not sweep.under_way:
        st.rerun()  # the rest of the panel changes, too


def _in_words(progress: Progress) -> str:
    if progress.before:
        return f"The sweep of {progress.of} runs waits its turn: {in_line(progress.before, 'sweep')}"
    left = "" if progress.seconds_left is None else f", about {progress.seconds_left:.0f} s left"
    return f"{progress.done} of {progress.of} runs{left}"


def _cells(cells: Sequence[Cell]) -> None:
    """The chart of all cells, and the chosen one."""
    sweep = current_visit().sweep
    axes, chosen = sweep.axes, sweep.chosen
    ticks = [axis.words for axis in axes]
    draw = partial(sweep_figure, cells=cells, labels=sweep.labels, ticks=ticks, selected=chosen)
    height = max(CHART_PX, MAP_PX + ROW_PX * len(ticks[0])) if len(axes) == 2 else CHART_PX
    still_chart(
        still_payload(draw, "The median final loss of every combination", height=height, clickable=True),
        key="sweep_chart",
        on_point=then_rerun_all_but_sidebar(sweep.choose),
    )
    st.caption(f"{LINE if len(axes) == 1 else MAP} Click a {'point' if len(axes) == 1 else 'cell'} to choose it.")
    if chosen is not None:
        words = cell_in_words(chosen, axes)
        st.markdown(f"**{words}**: {describe_cell(cells[chosen])}.")
        if medians := _medians(cells[chosen]):
            st.caption(f"Medians over the seeds. {medians}.")
        st.button(
            f"Open {words}",
            key="sweep_open",
            icon=":material/open_in_new:",
            on_click=then_rerun(sweep.open_cell),
            args=(chosen,),
        )


def _medians(cell: Cell) -> str:
    """What a cell has beside its loss: test loss, accuracy, and measures; "" for nothing."""
    own = {name: getattr(cell, name) for name in ("test_loss", "accuracy", "test_accuracy")} | dict(cell.measures)
    return ", ".join(
        f"{QUANTITIES[name].label}: {percent(value) if name.endswith(SHARES) else with_minus_sign(f'{value:.4g}')}"
        for name, value in own.items()
        if value is not None
    )
