"""The post-mortem panel: why a training diverged, and a way back to a good moment."""

import math
from functools import partial

import streamlit as st

from playground.analysis.diagnosis.finding import rounded
from playground.analysis.learning_rate import rate_in_use
from playground.analysis.post_mortem import PostMortem
from playground.components.component import still_chart
from playground.components.still import still_payload
from playground.figures.growth import growth_figure
from playground.lessons import LESSONS
from playground.panels.failure import guarded
from playground.panels.text import stable_up_to
from playground.session.current import current_visit, then_rerun

LESSON = "stable_edge"


@guarded("What went wrong in the training")
def post_mortem_panel() -> None:
    """What is known of the divergence, and the offer to continue from a good moment; nothing while all is finite."""
    visit = current_visit()
    found = visit.diagnosis.post_mortem
    if found is None:
        return
    with st.container(border=True, key="post-mortem"):
        words, chart = st.columns([3, 2], vertical_alignment="center")
        with words:
            st.markdown("**What happened**")
            st.markdown(_story(found, rate_in_use(visit.player.trainer)))
            with st.container(horizontal=True):
                if not found.offer.changes.keys() & visit.controls.fixed:
                    st.button(
                        found.offer.label,
                        key="recover",
                        type="primary",
                        icon=":material/healing:",
                        on_click=then_rerun(visit.diagnosis.recover),
                    )
                if visit.exercise.visible.has("lessons"):
                    st.button(
                        "Lesson",
                        key="recover_lesson",
                        type="tertiary",
                        icon=":material/school:",
                        on_click=then_rerun(visit.lesson.begin),
                        args=(LESSON,),
                        help=LESSONS[LESSON].title,
                    )
        with chart:
            if found.epochs:
                draw = partial(
                    growth_figure,
                    epochs=found.epochs,
                    losses=found.losses,
                    sizes=found.sizes,
                    name=str(found.quantity),
                )
                alt = f"The loss and the largest {found.quantity} over the last epochs, on a logarithmic scale"
                still_chart(still_payload(draw, alt), key="growth")


def _story(found: PostMortem, learning_rate: float) -> str:
    """What happened, as a list in Markdown."""
    quantity = found.quantity
    what = quantity.in_words if quantity.layer is None else f"{quantity} (layer {quantity.layer})"
    lines = [f"The last finite epoch is **{found.last:,}**; in the step after it, **{what}** overflowed first."]
    steps = len(found.epochs) - 1
    if steps > 0:
        first, last = found.losses[0], found.losses[-1]
        powers = (math.log10(last) - math.log10(first)) / steps if first else None  # of ten, per epoch
        lines.append(
            f"Over the {steps} epochs before, the loss went from {rounded(first, 3)} to {rounded(last, 3)}"
            + (f": times {rounded(10**powers, 3) if powers < 300 else 'more than 1e300'} per epoch." if powers else ".")
        )
    lines.append(
        f"At epoch {found.good:,}, where the loss was lowest, {stable_up_to(found.stability)}; the learning rate in "
        f"use is {learning_rate:g}."
    )
    if found.cause:
        lines.append(found.cause)
    if found.offer.reason:
        lines.append(f"Suggested: {found.offer.reason}.")
    return "\n".join(f"- {line}" for line in lines)
