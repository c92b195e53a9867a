"""The visitor's player, and what a button does to it."""

import streamlit as st

from playground.analysis.learning_rate import Stability, StabilityMonitor
from playground.experiment import CONTROLS, Experiment
from playground.figures.palette import PALETTES
from playground.lessons import LESSONS
from playground.player import Message, Player
from playground.sharing.links import from_query, to_query

MOST_CHARACTERS = 40  # of a stranger's word or file name that are repeated


def player():
    """This visitor's Player, made on the first visit, of the experiment that the address describes."""
    if "player" not in st.session_state:
        start, wrong = from_query(st.query_params)
        lesson = st.query_params.get("lesson")
        if lesson in LESSONS and start.experiment == Experiment():
            start = LESSONS[lesson].experiment.start()
        st.session_state.player = Player(start)
        if lesson is not None and lesson not in LESSONS:
            wrong.append(f"There is no lesson {lesson[:MOST_CHARACTERS]!r}.")
            st.query_params.pop("lesson")
        if wrong:
            name_wrong(wrong)
        elif st.query_params.get("play") == "1":
            st.session_state.player.play()
    return st.session_state.player


def name_wrong(sentences):
    """Says what is wrong with the address, after what was said of it already."""
    told = st.session_state.player.message
    said = told.text if told else "The address asks for what cannot be; the defaults stand in."
    st.session_state.player.message = Message("warning", " ".join([said, *sentences]))


def embedded():
    """Whether the address asks for the charts and the transport alone, for a page that frames this one."""
    return st.context.is_embedded


def keep_address():
    """Keeps the experiment in the address, so that its link is the link to this page."""
    others = {name: value for name, value in st.query_params.items() if name not in CONTROLS}
    wanted = to_query(player().experiment) | others
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def act(action):
    """Does what a button of the transport says, and has the page drawn again.

    A click may come together with the browser's wish for more frames, and Streamlit then draws only one of their
    fragments again; and an open panel shows the same moment.
    """
    action()
    st.rerun()


def tick(run):
    """The browser wants more frames; `run` says which run's charts it has on screen, None when it has none."""
    st.session_state.charts_of = run
    playing = player().playing
    player().tick()
    if playing and not player().playing:  # done, or diverged: the buttons and the message are others now
        st.rerun()


def message():
    """What there is to say to the visitor: a Message, or None."""
    return player().message or st.session_state.get("refused")


def palette():
    """The colours of the visitor's theme, for charts that Streamlit draws."""
    return PALETTES.get(st.context.theme.type, PALETTES["light"])


def stability() -> Stability:
    """How large the learning rate may be at what is on screen."""
    return stability_monitor().measure(player())


def stability_monitor() -> StabilityMonitor:
    """What measures it, no oftener than needed."""
    return st.session_state.setdefault("stability", StabilityMonitor())


def send_charts():
    """Whether the browser has to be sent the charts of this run, and not only their frames; it then has them."""
    run = player().run_id
    wanted = st.session_state.get("charts_of") != run
    st.session_state.charts_of = run
    return wanted


def remembered(name, key, make):
    """What `make` gives, made anew only when `key` is another one than the last time."""
    known = st.session_state.setdefault("remembered", {})
    if name not in known or known[name][0] != key:
        known[name] = key, make()
    return known[name][1]
