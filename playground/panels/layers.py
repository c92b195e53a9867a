"""The layers panel: sizes of dW and dZ and spreads of Z and A, layer beside layer, live; and a unit's g and g'."""

from functools import partial

import numpy as np
import streamlit as st

from playground.analysis.contributions import is_flat
from playground.analysis.slopes import slopes_of
from playground.components.component import layers_view, still_chart
from playground.components.layers import layers_payload
from playground.components.still import still_payload
from playground.figures.slopes import slopes_figure
from playground.session.current import current_visit


def layers_panel() -> None:
    """The charts and the table of the layers; under them g and g' of the selected unit."""
    visit = current_visit()
    player = visit.player
    payload = visit.memo.get("layers", (player.run_id, player.frame_version), lambda: layers_payload(player))
    layers_view(payload, key="layers_view")
    if player.playing:
        st.caption("g and g′ of the selected unit appear here when training is paused.")
    else:
        _slopes()


def _slopes() -> None:
    visit = current_visit()
    trainer, shown = visit.player.trainer, visit.selected.shown
    g = trainer.network.layers[shown.layer - 1].g
    name = "the output" if shown.layer == len(trainer.network.layers) else f"layer {shown.layer}"
    slopes = slopes_of(trainer, shown.layer, shown.unit)
    share = 100 * float(np.mean(is_flat(g, slopes.Z)))
    where = f"unit {shown.unit} of {name} ({g.label}), with the Z of every training example on them"
    st.markdown(
        f"**g and g′** of {where}. $dZ = dA \\cdot g'(Z)$: where g′ is almost 0, as on {share:.0f} % of the examples, "
        "nothing comes through. Select another unit under Network or in the weights' heatmaps."
    )
    still_chart(still_payload(partial(slopes_figure, **slopes._asdict()), f"g and g′ of {where}"), key="slopes_chart")
