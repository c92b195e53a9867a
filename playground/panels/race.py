"""The race panel: two to four values of one setting, trained side by side on the same data, live."""

import streamlit as st

from playground.compare.race import MAX_CONTESTANTS
from playground.compare.settings import SETTINGS
from playground.components.component import race_view
from playground.components.race import race_payload
from playground.panels.failure import fragment
from playground.panels.run_table import rows_of_measures, run_table
from playground.panels.settings import USUAL, axis_input
from playground.session import kept_fields
from playground.session.current import current_visit, then_rerun_all_but_sidebar, tick_race

SAME_DATA = tuple(name for name in USUAL if SETTINGS[name].group != "data")


def race_panel() -> None:
    """Choose, start, pause; the race below."""
    controls = current_visit().race
    race = controls.race
    left, middle = st.columns([1, 2], vertical_alignment="top")
    with left, st.container(key="race_choice"):
        axis = axis_input("Race over", kept_fields.RACE, count=3, names=SAME_DATA)
    with middle:
        st.caption(
            "All runs start from the same seed and learn the same points. Only this setting differs; everything else "
            "is as in the controls of this page."
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Start the race",
            key="race_start",
            icon=":material/flag:",
            on_click=then_rerun_all_but_sidebar(controls.start),
            args=axis,
            disabled=not 2 <= len(axis.values) <= MAX_CONTESTANTS,
            help=f"With 2 to {MAX_CONTESTANTS} values.",
        )
        if race is not None:
            st.button(
                "Pause the race" if race.playing else "Continue the race",
                key="race_turn",
                on_click=then_rerun_all_but_sidebar(controls.set_playing),
                icon=":material/pause:" if race.playing else ":material/play_arrow:",
                args=(not race.playing,),
                disabled=race.over,
            )
            if race.over:
                st.caption(f"The race ended at epoch {race.epoch:,}.")
    if race is not None:
        fragment("The race")(_race)()


def _race() -> None:
    """What moves. While the race runs, the browser's requests for more frames redraw this and nothing else."""
    controls = current_visit().race
    if controls.race is not None:
        payload = race_payload(
            controls.race,
            controls.number,
            with_figures=controls.needs_charts,
            after=controls.after,
            answered=controls.answered,
        )
        race_view(payload, key="race_view", on_tick=tick_race)
        if not controls.race.playing:
            measures = controls.race.measures
            rows = rows_of_measures([controls.race.problem] * len(measures), measures)
            st.html(run_table("The measures of each run of the race", controls.race.names, rows))
