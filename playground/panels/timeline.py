"""The timeline: back to any recorded moment of the run, and on from there."""

import streamlit as st

from playground.panels.failure import guarded
from playground.player import Player
from playground.player.lowest import LowestTestLoss, lowest_test_loss
from playground.session.current import current_visit, then_rerun_all_but_sidebar


@guarded("The timeline")
def timeline_panel() -> None:
    """A slider over the recorded moments, while training is paused."""
    visit = current_visit()
    if not visit.exercise.visible.has("timeline"):
        return
    player = visit.player
    epochs = [] if player.playing else player.recording.epochs
    key = "timeline_and_lowest" if player.problem.test_samples.size else "timeline"
    with st.container(key=key):  # its height is fixed, by page.css
        if len(epochs) < 2:
            st.caption("Timeline: when training is paused, go back to any recorded moment here.")
            return
        here, last = player.trainer.epoch, epochs[-1]
        place = epochs.index(here)
        moments = {epoch: f"{i} · epoch {epoch:,}" for i, epoch in enumerate(epochs, start=1)}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _button("earlier", ":material/chevron_left:", "Earlier", epochs[max(place - 1, 0)], place == 0)
            _button("later", ":material/chevron_right:", "Later", epochs[min(place + 1, len(epochs) - 1)], here == last)
            visit.timeline.show(here)
            st.select_slider(
                f"Timeline: moment {place + 1} of {len(epochs)}{_missing(player)}",
                epochs,
                here,
                key=visit.timeline.key,
                on_change=then_rerun_all_but_sidebar(visit.timeline.go_to_shown),
                args=(visit.timeline.key,),
                format_func=moments.__getitem__,
                help="Every chart and panel shows that moment exactly. The arrow keys move by one moment. Moments are "
                "evenly spaced here, however many epochs lie between them.",
            )
            st.button(
                "Continue from here",
                key="continue",
                icon=":material/play_arrow:",
                on_click=then_rerun_all_but_sidebar(visit.controls.play),
                disabled=here == last,
                help="Whatever was recorded after this moment is dropped.",
            )
        _lowest(lowest_test_loss(player), here)


def _missing(player: Player) -> str:
    gap = player.recording.gap
    return f"; {gap.words}" if gap else ""


def _lowest(lowest: LowestTestLoss | None, here: int) -> None:
    """The way to the lowest test loss, where there are test points."""
    if lowest is None:
        return
    player = current_visit().player
    speed = player.experiment.speed
    every_epoch = speed == 1 or player.trainer.stopping.waits.test is not None
    finely = "at every epoch"
    if not every_epoch:
        finely = f"with each frame, at this speed every {speed} epochs: between two of them it may have been lower"
    at = f"Lowest test loss, {lowest.loss:.4g}, at epoch {lowest.epoch:,}"
    said = ": this moment" if lowest.epoch == here else ": go there" if lowest.on_record else ", which is not on record"
    st.button(
        at + said,
        key="lowest_test",
        icon=":material/vertical_align_bottom:",
        disabled=lowest.epoch == here or not lowest.on_record,
        on_click=then_rerun_all_but_sidebar(current_visit().controls.go_to),
        args=(lowest.epoch,),
        type="tertiary",
        help=f"The test loss is measured {finely}.",
    )


def _button(key: str, icon: str, label: str, epoch: int, disabled: bool) -> None:
    st.button(
        label,
        key=key,
        icon=icon,
        disabled=disabled,
        on_click=then_rerun_all_but_sidebar(current_visit().controls.go_to),
        args=(epoch,),
        type="tertiary",
    )
