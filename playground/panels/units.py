"""The units panel: what each unit of the last hidden layer contributes, added one after another."""

import streamlit as st

from playground import state
from playground.contributions import contributions, unit_reports
from playground.figures.contributions import contributions_figure, units_figure


@st.fragment
def units_panel():
    """The fit, taken apart at the parameters on screen."""
    player = state.player()
    if player.playing:
        st.info("Pause the training, and take its fit apart here.", icon=":material/pause:")
        return
    parts, problem, grid = contributions(player.trainer.network, player.grid), player.problem, player.grid
    units = len(parts.order)
    count = st.slider(
        "Units added to the output's bias, the largest contribution first", 0, units, units, key="units_added"
    )
    left, right = st.columns([3, 2])
    with left, st.container(key="contributions-chart"):
        st.markdown("**w·a(x) of every unit, and their sum**")
        st.plotly_chart(
            contributions_figure(state.palette(), problem, grid, parts, count), theme=None, key="contributions",
            config={"displayModeBar": False}, alt=f"The sum of {count} of {units} weighted units, beside the target",
        )  # fmt: skip
    with right:
        st.markdown("**a(x) of every unit, before it is weighted**")
        st.plotly_chart(
            units_figure(state.palette(), problem, grid, parts), theme=None, key="units",
            config={"displayModeBar": False}, alt=f"The curves of the {units} units of the last hidden layer",
        )  # fmt: skip
    output = player.trainer.network.layers[-1]
    st.latex(r"Z(x) = b + \sum_j w_j\, a_j(x)" + rf", \quad b = {parts.bias:.6g}")
    if output.g.name != "identity":
        st.caption(f"The output's activation, {output.g.label}, is applied to this sum.")
    reports = unit_reports(player.trainer, problem)
    st.dataframe(
        [reports[unit]._asdict() for unit in parts.order.tolist()],
        hide_index=True,
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
