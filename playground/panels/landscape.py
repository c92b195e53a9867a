"""The landscape panel: the loss around where the network stands, and how long a stable step may be."""

import streamlit as st

from playground.figures.landscape import landscape_figure
from playground.panels.too_far import too_far
from playground.panels.words import percent, stable_up_to
from playground.session import views, visitor


def landscape_panel():
    """The map, when it is asked for; computed in pieces, so that it can be cancelled."""
    player = visitor.player()
    stability = visitor.stability()
    curvature = (
        f", where λmax = {stability.lambda_max:.4g} is the largest curvature of the loss, the largest eigenvalue "
        "of its Hessian"
        if stability.lambda_max
        else ""
    )
    in_use = player.experiment.learning_rate
    st.markdown(f"At these weights {stable_up_to(stability)}{curvature}. In use: **{in_use:g}**.")
    if too_far():
        return
    chart = views.landscape()
    if chart is not None and not chart.done:
        st.fragment(_under_way, run_every=0.3)()
        return
    fresh = chart is not None and views.landscape_epoch()[1]
    label = "Map the loss around here" if chart is None else "Map it again"
    st.button(label, key="map", icon=":material/landscape:", on_click=views.map_landscape, disabled=fresh)
    if chart is not None:
        _map(chart)


def _under_way():
    """A piece of the map; drawn first, since the next piece may be asked for before this one is done."""
    chart = views.landscape()
    if chart is None:
        return
    st.progress(chart.progress, f"Mapping the loss: {100 * chart.progress:.0f} %")
    st.button(
        "Cancel", key="cancel_map", icon=":material/close:", on_click=visitor.act, args=(views.cancel_landscape,)
    )  # fmt: skip
    chart.advance(views.SECONDS_A_PIECE)
    if chart.done:
        st.rerun()


def _map(chart):
    epoch, _ = views.landscape_epoch()
    words = f"The {chart.name} around epoch {epoch:,}, from {_smallest(chart):.4g} up"
    st.plotly_chart(
        landscape_figure(visitor.palette(), chart.name, chart.x, chart.y, chart.losses, chart.path, chart.step),
        theme=None, key="landscape_chart", config={"displayModeBar": False}, alt=f"{words}, and the path to there",
    )  # fmt: skip
    st.caption(
        f"{words}. The plane through the gradient and the path so far holds {percent(chart.held)} of the path; what is "
        "at right angles to it is not seen. Distances are those of the parameters.",
        help="The direction along the path is normalised filter-wise: for each unit its part of the direction gets the "
        "length of the unit's own weights and bias, so that units with large weights and units with small ones count "
        "alike ([Li et al. 2018](https://arxiv.org/abs/1712.09913)).",
    )


def _smallest(chart):
    return min(value for value in chart.losses.ravel().tolist() if value == value)
