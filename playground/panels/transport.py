"""The transport: train, pause, step and start again, by button and by key; and what is going on."""

import streamlit as st

from playground.experiment import CONTROLS, DEFAULTS
from playground.panels.finding import finding_panel
from playground.panels.text import escape_markdown
from playground.session.current import current_visit, is_embedded, then_rerun, then_rerun_all_but_sidebar
from playground.session.taking_up import WentOn
from playground.settings import SPEEDS

ICONS = {
    "info": ":material/info:",
    "success": ":material/check_circle:",
    "warning": ":material/warning:",
    "error": ":material/error:",
}


def transport_panel() -> None:
    """The buttons and the speed."""
    visit = current_visit()
    player, controls, has = visit.player, visit.controls, visit.exercise.visible.has
    with st.container(horizontal=True, vertical_alignment="center", key="transport"):
        st.button(
            "Pause" if player.playing else "Train",
            key="pause" if player.playing else "train",
            type="primary",
            icon=":material/pause:" if player.playing else ":material/play_arrow:",
            shortcut="Space",
            width=150,
            on_click=then_rerun_all_but_sidebar(controls.pause if player.playing else controls.play),
        )
        st.button(
            "Step",
            key="step",
            icon=":material/skip_next:",
            shortcut="S",
            on_click=then_rerun_all_but_sidebar(controls.step),
            help="Train for the epochs of one frame, then pause.",
        )
        st.button(
            "Reset",
            key="reset",
            icon=":material/replay:",
            shortcut="B",
            on_click=then_rerun_all_but_sidebar(controls.reset),
            help="Back to epoch 0, with the same initial weights.",
        )
        if has("new_start"):
            st.button(
                "New start",
                key="new_start",
                icon=":material/casino:",
                shortcut="N",
                on_click=then_rerun(controls.new_start),
                help="Back to epoch 0, with initial weights from the next seed.",
            )
        if has("speed"):
            st.select_slider(
                "Speed: epochs per frame",
                SPEEDS,
                value=DEFAULTS["speed"],
                key="speed",
                help=CONTROLS["speed"].help,
                on_change=then_rerun_all_but_sidebar(controls.apply_widgets),
                width="stretch",
            )


def message_panel() -> None:
    """The status line, and beside it the finding; on a narrow page the finding stands below the charts (page.css)."""
    visit = current_visit()
    finding = None if is_embedded() or not visit.exercise.visible.has("advice") else visit.diagnosis.finding
    with st.container(key="said"):
        with st.container(key="message"):
            _message()
        if finding is not None:
            with st.container(key="finding"):
                finding_panel(finding)


def _message() -> None:
    visit = current_visit()
    messages, player = visit.controls.messages, visit.player
    edited_since = player.recording.edited_since
    by_hand = "" if edited_since is None else f" Changed by hand from epoch {edited_since:,} on."
    went_on = visit.taking_up.went_on
    if went_on is not None:
        _went_on(went_on)
    if visit.keeping.warning is not None:
        st.warning(visit.keeping.warning, icon=ICONS["warning"])
    for place, message in enumerate(messages):
        said = escape_markdown(message.text) + by_hand * (place == 0)
        getattr(st, message.kind)(said, icon=ICONS[message.kind])
    if messages:
        return
    if went_on is not None:
        if by_hand:
            st.caption(by_hand.strip())
    elif player.playing:
        st.caption(f"Training.{_what_can_be_changed()}{by_hand}")
    elif player.trainer.epoch == 0:
        st.caption(by_hand.strip() or f"Press Train, and watch {_what_to_watch()}.")
    else:
        st.caption(f"Paused at epoch {player.trainer.epoch:,}.{by_hand} {visit.keeping.in_words}".strip())


def _went_on(went_on: WentOn) -> None:
    """That this session goes on with the run of another, and the way not to."""
    with st.container(horizontal=True, vertical_alignment="center", key="went_on"):
        st.caption(f"Went on at epoch {went_on.epoch:,} after {went_on.after}.", width="content")
        st.button(
            "Start afresh",
            key="start_afresh",
            type="tertiary",
            on_click=then_rerun_all_but_sidebar(current_visit().taking_up.start_afresh),
            help="Back to epoch 0, with the same initial weights.",
        )


def _what_can_be_changed() -> str:
    """A sentence on settings that can be changed while it trains; "" where an exercise has them out of sight."""
    names = {"learning_rate": "learning rate", "optimizer": "optimizer", "batch_size": "batch size", "speed": "speed"}
    words = [word for name, word in names.items() if current_visit().exercise.visible.has(name)]
    if not words:
        return ""
    return f" {', '.join(words[:-1])}{' and ' * (len(words) > 1)}{words[-1]} can be changed meanwhile.".replace(
        words[0], words[0].capitalize(), 1
    )


def _what_to_watch() -> str:
    player = current_visit().player
    if player.problem.n_inputs > 1:
        return "the colours find the points"
    return f"the orange curve find the {'points' if player.experiment.target == 'points' else 'dotted one'}"
