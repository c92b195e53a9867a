"""The units panel: what each unit of the last hidden layer contributes, live, and how each of them is doing."""

import streamlit as st

from playground.contributions import unit_reports
from playground.figures.contributions import contributions_figure, units_figure
from playground.figures.fit import fit_ranges
from playground.figures.palette import PALETTES
from playground.live.board import CURVE_STRIDE
from playground.live.component import units_view
from playground.state import selecting, visitor


def units_panel():
    """The fit, taken apart."""
    player = visitor.player()
    layers, x = player.trainer.network.layers, player.grid[::CURVE_STRIDE]
    units, output = layers[-2].unit_count, layers[-1]
    figures = {
        "run": player.run,
        "units": units,
        "layer": len(layers) - 1,
        "columns": layers[-2].Wb.shape[1],
        "selected": selecting.selected_hidden_unit(),
        "range": [player.problem.y.of(y) for y in fit_ranges(player.problem, player.grid)[1]["range"]],
        "note": "" if output.g.name == "identity" else f"The output applies {output.g.label} to this sum.",
        "figures": {
            name: [contributions_figure(palette, player.problem, x, units), units_figure(palette, x, units)]
            for name, palette in PALETTES.items()
        },
        "colors": {name: {"added": palette.point, "waiting": palette.zero} for name, palette in PALETTES.items()},
    }
    units_view(figures, key="units_view", on_select=selecting.select)
    with st.container(height=_table_height(units), border=False):
        if player.playing:
            st.caption("How each unit is doing is told here at the next pause.")
        else:
            _reports(player)


def _table_height(units):
    return min(420, 35 * units + 60)


def _reports(player):
    reports = unit_reports(player.trainer, player.problem)
    st.dataframe(
        [report._asdict() for report in reports],
        hide_index=True,
        height=_table_height(len(reports)) - 20,
        alt="Each unit: its weight, how much of the data it saturates on, whether it is dead, its gradient",
        column_config={
            "unit": st.column_config.NumberColumn("Unit"),
            "weight": st.column_config.NumberColumn("Weight w", format="%.6g"),
            "saturated": st.column_config.ProgressColumn(
                "Saturated on", format="percent", min_value=0, max_value=1,
                help="The share of the training points on which g' is below 1 % of its largest value.",
            ),
            "dead": st.column_config.CheckboxColumn("Dead", help="Gives the same for every training point."),
            "gradient": st.column_config.NumberColumn("Gradient norm", format="%.4g"),
        },
    )  # fmt: skip
