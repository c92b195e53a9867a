"""The landscape panel: the loss around the present parameters, and how large a stable learning rate may be."""

from functools import partial

import streamlit as st

from playground.analysis.landscape import Landscape
from playground.analysis.learning_rate import rate_in_use
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.figures.landscape import landscape_figure
from playground.panels.failure import fragment
from playground.panels.text import in_line, percent, stable_up_to
from playground.panels.too_large import too_large_to_inspect, too_large_warning
from playground.session.current import current_visit, safely, then_rerun_all_but_sidebar


def landscape_panel() -> None:
    """The map, once it is asked for; computed in pieces, so that it can be cancelled."""
    visit = current_visit()
    _stability()
    if too_large_to_inspect():
        too_large_warning()
        return
    requested = visit.landscape.requested
    if requested is not None and not requested.landscape.done:
        fragment("The progress of the map", run_every=0.3)(_progress)()
        return
    st.button(
        "Map the loss around here" if requested is None else "Map it again",
        key="map",
        icon=":material/landscape:",
        on_click=safely(visit.landscape.start),
        disabled=visit.landscape.is_current,
    )
    if requested is not None:
        _map(requested.landscape, requested.epoch)


def _stability() -> None:
    visit = current_visit()
    stability = visit.stability
    curvature = (
        f", where λmax = {stability.lambda_max:.4g} is the largest curvature of the loss, the largest eigenvalue "
        "of its Hessian"
        if stability.plain_limit
        else ""
    )
    in_use = rate_in_use(visit.player.trainer)
    st.markdown(f"At these weights {stable_up_to(stability)}{curvature}. In use: **{in_use:g}**.")


def _progress() -> None:
    """Computes a piece of the map. Its progress is drawn first, as the next run may begin before the piece is done."""
    landscape_map = current_visit().landscape
    if landscape_map.requested is None or landscape_map.requested.landscape.done:
        return  # the page is being drawn without this already, and through a long line it is asked for once more
    landscape, before = landscape_map.requested.landscape, landscape_map.before
    mapping = f"Mapping the loss: {100 * landscape.progress:.0f} %"
    st.progress(landscape.progress, f"The map waits its turn: {in_line(before, 'map')}" if before else mapping)
    st.button(
        "Cancel", key="cancel_map", icon=":material/close:", on_click=then_rerun_all_but_sidebar(landscape_map.cancel)
    )
    landscape_map.advance()
    if landscape.done:
        st.rerun()


def _map(landscape: Landscape, epoch: int) -> None:
    lowest = min(value for value in landscape.losses.ravel().tolist() if value == value)
    description = f"The {landscape.name} around epoch {epoch:,}, from {lowest:.4g} up"
    draw = partial(
        landscape_figure,
        name=landscape.name,
        x=landscape.x,
        y=landscape.y,
        losses=landscape.losses,
        path=landscape.path,
        step=landscape.step,
    )
    still_chart(still_payload(draw, f"{description}, and the path to there"), key="landscape_chart")
    st.caption(
        f"{description}. The plane through the gradient and the path so far contains "
        f"{percent(landscape.share_in_plane)} of the path; whatever is perpendicular to the plane is not shown. "
        "Distances are those between parameters.",
        help="The direction along the path is normalised filter-wise: each unit's part of the direction is given the "
        "length of the unit's own weights and bias, so that units with large and with small weights count alike "
        "([Li et al. 2018](https://arxiv.org/abs/1712.09913)).",
    )
