"""The units panel: what each hidden unit contributes to a curve, or its map of a plane, live, and how it is doing."""

import streamlit as st

from playground.analysis.contributions import unit_reports
from playground.components.board import CURVE_STRIDE, UNIT_CELLS
from playground.components.component import maps_view, units_view
from playground.figures.contributions import contributions_figure, sum_range, units_figure
from playground.figures.palette import PALETTES
from playground.figures.unit_maps import unit_maps_figure
from playground.session import selecting, views, visitor


def units_panel():
    """The fit, taken apart."""
    player = visitor.player()
    layers = player.trainer.network.layers
    if player.problem.n_inputs == 1:
        layer = len(layers) - 1
        units_view(_curves(player), key="units_view", on_select=selecting.select)
    else:
        layer = _layer(len(layers) - 1)
        maps_view(_maps(player, layer), key="maps_view", on_select=selecting.select)
    units = layers[layer - 1].unit_count
    with st.container(height=_table_height(units), border=False):
        if player.playing:
            st.caption("How each unit is doing is told here at the next pause.")
        else:
            _reports(player, layer)


def _layer(last):
    """Which hidden layer's maps are shown."""
    if last == 1:
        return 1
    chosen = views.units_layer()
    st.segmented_control(
        "Units of", range(1, last + 1), default=chosen, key="units_layer_choice", required=True,
        format_func=lambda number: f"Layer {number}", on_change=views.choose_units_layer,
    )  # fmt: skip
    return chosen


def _curves(player):
    layers, grid = player.trainer.network.layers, player.grid[:, ::CURVE_STRIDE]
    units, output = layers[-2].unit_count, layers[-1]
    return {
        "run_id": player.run_id,
        "units": units,
        "layer": len(layers) - 1,
        "columns": layers[-2].Wb.shape[1],
        "selected": selecting.selected_unit(len(layers) - 1),
        "range": sum_range(player.problem, player.grid),
        "note": "" if output.g.name == "identity" else f"The output applies {output.g.label} to this sum.",
        "figures": {
            name: [contributions_figure(palette, player.problem, grid, units), units_figure(palette, grid, units)]
            for name, palette in PALETTES.items()
        },
        "colors": {name: {"added": palette.point, "waiting": palette.zero} for name, palette in PALETTES.items()},
    }


def _maps(player, layer):
    rows, columns = player.trainer.network.layers[layer - 1].Wb.shape
    return {
        "run_id": player.run_id,
        "units": rows,
        "layer": layer,
        "columns": columns,
        "cells": UNIT_CELLS,
        "selected": selecting.selected_unit(layer),
        "figures": {name: unit_maps_figure(palette) for name, palette in PALETTES.items()},
    }


def _table_height(units):
    return min(420, 35 * units + 60)


def _reports(player, layer):
    reports = unit_reports(player.trainer, player.problem, layer)
    st.dataframe(
        [report._asdict() | {"saturated": 100 * report.saturated} for report in reports],
        hide_index=True,
        height=_table_height(len(reports)) - 20,
        alt="Each unit: its weight, how much of the data it saturates on, whether it is dead, its gradient",
        column_config={
            "unit": st.column_config.NumberColumn("Unit"),
            "weight": st.column_config.NumberColumn(
                "Weight w", format="%.6g", help="Of the unit above; of several units above, the norm of theirs.",
            ),
            "saturated": st.column_config.ProgressColumn(
                "Saturated on", format="%.0f %%", min_value=0, max_value=100,
                help="The share of the training points on which g' is below 1 % of its largest value.",
            ),
            "dead": st.column_config.CheckboxColumn("Dead", help="Gives the same for every training point."),
            "gradient": st.column_config.NumberColumn("Gradient norm", format="%.4g"),
        },
    )  # fmt: skip
