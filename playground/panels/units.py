"""The units panel: what each hidden unit contributes to a curve, or its map of a plane, live; and how it is doing."""

import streamlit as st

from playground.analysis.contributions import unit_reports
from playground.components.component import maps_view, units_view
from playground.components.maps import maps_payload
from playground.components.units import units_payload
from playground.session import units
from playground.session.current import current_visit, then_rerun_all_but_sidebar

MAX_TABLE_PX, ROW_PX = 420, 35
NONE = (
    "There are no hidden units: the output is its activation of a weighted sum of the inputs and a bias. **Network** "
    "shows these weights. Once there is a hidden layer, its units are shown here."
)


def units_panel() -> None:
    """The fit, taken apart; and a table of the units. Without a hidden layer, in words that there are none."""
    visit = current_visit()
    number = visit.units_layer.number
    if number is None:
        st.markdown(NONE)
        return
    select = then_rerun_all_but_sidebar(visit.selected.select)
    if visit.player.problem.n_inputs == 1:
        selected = visit.selected.unit_of(number)
        units_view(units_payload(visit.player, selected), key="units_view", on_select=select)
    else:
        _choose_layer()
        payload = maps_payload(visit.player, number, visit.selected.unit_of(number))
        maps_view(payload, key="maps_view", on_select=select)
    layer = visit.player.trainer.network.layers[number - 1]
    with st.container(height=_table_height(layer.unit_count), border=False):
        if visit.player.playing:
            st.caption("A table of the units appears here when training is paused.")
        else:
            _reports(number)


def _choose_layer() -> None:
    """The choice of the hidden layer, if there are several."""
    visit = current_visit()
    last = len(visit.player.trainer.network.layers) - 1
    if last > 1:
        visit.fields.show(units.KEY, lambda value: type(value) is int and 0 < value <= last)
        st.segmented_control(
            "Units of",
            range(1, last + 1),
            default=visit.units_layer.number,
            key=units.KEY,
            required=True,
            format_func=lambda number: f"Layer {number}",
            on_change=then_rerun_all_but_sidebar(visit.units_layer.choose),
        )


def _table_height(count: int) -> int:
    return min(MAX_TABLE_PX, ROW_PX * count + 60)


def _reports(layer: int) -> None:
    visit = current_visit()
    reports = unit_reports(visit.player.trainer, visit.player.problem, layer)
    has_off = any(report.off for report in reports)
    st.dataframe(
        [report._asdict() | {"saturated": 100 * report.saturated} for report in reports],
        hide_index=True,
        height=_table_height(len(reports)) - 20,
        alt="Each unit: its weight, how much of the data it saturates on, whether it is dead, its gradient",
        column_config={
            "unit": st.column_config.NumberColumn("Unit"),
            "weight": st.column_config.NumberColumn(
                "Weight w",
                format="%.6g",
                help="The weight with which the next layer takes it; if several units do, the norm of their weights.",
            ),
            "saturated": st.column_config.ProgressColumn(
                "Saturated on",
                format="%.0f %%",
                min_value=0,
                max_value=100,
                help="The share of the training points on which g' is below 1 % of its largest value.",
            ),
            "dead": st.column_config.CheckboxColumn("Dead", help="Gives the same output for every training point."),
            "gradient": st.column_config.NumberColumn("Gradient norm", format="%.4g"),
            "off": st.column_config.CheckboxColumn("Off", help="Switched off, under Network.") if has_off else None,
        },
    )
