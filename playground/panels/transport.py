"""The transport: train, pause, step and start again, by button and by key."""

import streamlit as st

from playground.experiment import CONTROLS, DEFAULTS
from playground.panels.finding import finding_panel
from playground.panels.words import plain
from playground.session import controls, diagnosing, visitor
from playground.settings import SPEEDS


def transport_panel():
    """The buttons, the speed, and the line that says what is going on."""
    player = visitor.player()
    with st.container(horizontal=True, vertical_alignment="center", key="transport"):
        if player.playing:
            st.button(
                "Pause", key="pause", type="primary", icon=":material/pause:", shortcut="Space", width=150,
                on_click=visitor.act, args=(player.pause,),
            )  # fmt: skip
        else:
            st.button(
                "Train", key="train", type="primary", icon=":material/play_arrow:", shortcut="Space", width=150,
                on_click=visitor.act, args=(player.play,),
            )  # fmt: skip
        st.button(
            "Step", key="step", icon=":material/skip_next:", shortcut="S", on_click=visitor.act,
            args=(player.train_one_frame,),
            help="Train for one picture's epochs, then stand still.",
        )  # fmt: skip
        st.button(
            "Reset", key="reset", icon=":material/replay:", shortcut="B", on_click=visitor.act, args=(player.reset,),
            help="Back to epoch 0, with the same initial weights.",
        )  # fmt: skip
        st.button(
            "New start", key="new_start", icon=":material/casino:", shortcut="N", on_click=controls.new_start,
            help="Back to epoch 0, with initial weights from the next seed.",
        )  # fmt: skip
        control = CONTROLS["speed"]
        st.select_slider(
            "Speed: epochs per picture",
            SPEEDS,
            value=DEFAULTS["speed"],
            key="speed",
            help=control.help,
            on_change=controls.apply_controls,
            width=260,
        )


def message_panel():
    """What there is to say, in a place that is always as high, so that nothing moves when it changes."""
    found = None if visitor.embedded() else diagnosing.finding()
    with st.container(key="said"):
        if found is None:
            _message()
        elif visitor.message() is not None:
            _message()
            finding_panel(found)
        else:
            finding_panel(found, _message)


def _message():
    message, player = visitor.message(), visitor.player()
    by_hand = player.recording.edited_since
    hand = "" if by_hand is None else f" Changed by hand from epoch {by_hand:,} on."
    with st.container(key="message"):
        if message is not None:
            getattr(st, message.kind)(plain(message.text) + hand, icon=ICONS[message.kind])
        elif player.playing:
            st.caption("Training. Learning rate, optimizer, batch size and speed can be changed as it goes." + hand)
        elif player.trainer.epoch == 0:
            what = "the orange curve" if player.problem.n_inputs == 1 else "the colours"
            known = player.problem.n_inputs == 1 and player.experiment.target != "points"
            goal = f"{what} find the {'dotted one' if known else 'points'}"
            st.caption(hand.strip() or f"Press Train, and watch {goal}.")
        else:
            st.caption(f"Paused at epoch {player.trainer.epoch:,}." + hand)


ICONS = {
    "info": ":material/info:",
    "success": ":material/check_circle:",
    "warning": ":material/warning:",
    "error": ":material/error:",
}
