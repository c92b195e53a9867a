"""The race panel: two to four values of one knob, trained side by side on the same data, live."""

import streamlit as st

from playground.compare.race import MAX_CONTESTANTS
from playground.compare.settings import SETTINGS
from playground.components.component import race_view
from playground.components.race import race_payload
from playground.panels.knobs import USUAL, knob
from playground.session import racing

SAME_DATA = tuple(name for name in USUAL if SETTINGS[name].group != "data")


def race_panel():
    """Choose, start, pause; the track below."""
    left, middle = st.columns([1, 2], vertical_alignment="top")
    with left, st.container(key="race_choice"):
        name, values, words = knob("Race over", "race", count=3, names=SAME_DATA)
    with middle:
        st.caption(
            "All runners start from the same seed, on the same points, with all that this page's controls say but for "
            "this one knob."
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Start the race", key="race_start", icon=":material/flag:", on_click=racing.start,
            args=(name, values, words), disabled=not 2 <= len(values) <= MAX_CONTESTANTS,
            help=f"With 2 to {MAX_CONTESTANTS} values.",
        )  # fmt: skip
        race = racing.race()
        if race is not None:
            st.button(
                "Pause the race" if race.playing else "Go on with the race", key="race_turn", on_click=racing.turn,
                icon=":material/pause:" if race.playing else ":material/play_arrow:", args=(not race.playing,),
                disabled=race.over,
            )  # fmt: skip
            if race.over:
                st.caption(f"The race is over, at epoch {race.epoch:,}.")
    if race is not None:
        st.fragment(_track)()


def _track():
    """What moves; while it runs, the browser's wish for more frames redraws this and nothing else."""
    race = racing.race()
    if race is not None:
        payload = race_payload(race, racing.number(), with_figures=racing.needs_charts())
        race_view(payload, key="race_view", on_tick=racing.tick)
