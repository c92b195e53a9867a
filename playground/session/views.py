"""Which panels are open, and where in them and in the run the visitor is."""

import streamlit as st

from playground.analysis.landscape import Landscape
from playground.lessons import LESSONS
from playground.player import Message
from playground.session.visitor import MOST_CHARACTERS, act, name_wrong, player

SECONDS_A_PIECE = 0.25  # of long work, between two looks at its progress


def prepare_views(names):
    """Opens the panels that the address asks for, or else its lesson's, on the first run; an unknown one is named."""
    if "views" not in st.session_state:
        lesson = LESSONS.get(st.query_params.get("lesson"))
        default = ",".join(lesson.views) if lesson else ""
        asked = st.query_params.get("view", default).split(",")
        st.session_state.views = [name for name in names if name in asked]
        unknown = [name for name in asked if name and name not in names]
        if unknown:
            name_wrong([f"There is no view {unknown[0][:MOST_CHARACTERS]!r}: there are {', '.join(names)}."])
            keep_views()


def open_views():
    """The names of the open panels, in the order in which they stand on the page."""
    return st.session_state.get("views") or []


def open_more(names):
    """Opens further panels."""
    st.session_state.views = [*open_views(), *(name for name in names if name not in open_views())]
    keep_views()


def keep_views():
    """Keeps the open panels in the address."""
    if open_views():
        st.query_params.view = ",".join(open_views())
    else:
        st.query_params.pop("view", None)


def units_layer():
    """The hidden layer whose units are shown: of a curve the last, which the output adds up; of a plane the chosen."""
    last = len(player().trainer.network.layers) - 1
    if player().problem.n_inputs == 1:
        return last
    return min(st.session_state.get("units_layer") or last, last)


def choose_units_layer():
    """Shows the units of the layer that is chosen."""

    def choose():
        st.session_state.units_layer = st.session_state.units_layer_choice

    act(choose)


def timeline_key():
    """The key of the timeline: another one when the run has other moments to choose from."""
    moments = player().recording.checkpoints
    return f"timeline_{player().run_id}_{len(moments)}_{moments[-1].epoch}"


def prepare_timeline(epoch):
    """Has the timeline show an epoch."""
    st.session_state[timeline_key()] = epoch


def look_back():
    """Goes to the moment that the timeline says."""
    look_at(st.session_state[timeline_key()])


def look_at(epoch):
    """Goes to the recorded moment of an epoch, and has an open panel drawn for it."""

    def look():
        try:
            player().go_to(epoch)
        except ValueError as error:
            st.session_state.refused = Message("error", str(error))

    act(look)


def walk_stage():
    """The stage of the walk through back-propagation that was turned to last."""
    return st.session_state.setdefault("walk_stage", 0)


def turn_walk(number):
    """Goes to a stage of the walk through back-propagation."""
    st.session_state.walk_stage = number


def map_landscape():
    """Begins a map of the loss around the present."""
    run = player()
    trainer = run.trainer
    path = [moment.parameters for moment in run.recording.checkpoints if moment.epoch <= trainer.epoch]
    after = trainer.next_step().after.parameters
    chart = Landscape(
        trainer.network, run.problem, trainer.loss_function, trainer.options, trainer.gradient, path, after
    )
    chart.advance(SECONDS_A_PIECE)
    st.session_state.landscape = run.run_id, run.frame_version, trainer.epoch, chart


def landscape():
    """The Landscape of this run that was asked for last, done or under way; None where there is none."""
    asked = st.session_state.get("landscape")
    return asked[3] if asked and asked[0] == player().run_id else None


def landscape_epoch():
    """The epoch that the map is of, and whether it is of what is on screen."""
    _, version, epoch, _ = st.session_state.landscape
    return epoch, version == player().frame_version


def cancel_landscape():
    """Drops the map."""
    st.session_state.landscape = None
