"""The visitor's own state: the only reader and writer of st.session_state."""

from contextlib import suppress

import streamlit as st

from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.figures.palette import PALETTES
from playground.landscape import Landscape
from playground.player import Message, Player
from playground.post_mortem import post_mortem as examine
from playground.selection import Selection

MAX_LAYERS = 4
SECONDS_A_PIECE = 0.25  # of long work, between two looks at its progress


def player():
    """This visitor's Player, made on the first visit."""
    if "player" not in st.session_state:
        st.session_state.player = Player(Experiment())
    return st.session_state.player


def key_of(name, layer=None):
    """The key of a control's widget."""
    return name if layer is None else f"{name}_{layer}"


def prepare_controls():
    """Gives every control its first value, before its widget is drawn."""
    experiment = player().experiment
    for name in CONTROLS:
        value = getattr(experiment, name)
        if isinstance(value, tuple):
            for layer in range(MAX_LAYERS):
                st.session_state.setdefault(key_of(name, layer), value[min(layer, len(value) - 1)])
        else:
            st.session_state.setdefault(name, value)
    st.session_state.setdefault("layer_count", len(experiment.layers))


def layer_count():
    """How many hidden layers are asked for; those there are, where what is asked for is none of the choices."""
    asked = st.session_state.get("layer_count")
    return asked if asked in range(1, MAX_LAYERS + 1) else len(player().experiment.layers)


def apply_controls():
    """Takes what the controls say into the player. What cannot be is told, and the run goes on as it was.

    A range that is on its way to another, as yet from a higher to a lower x, does not hold up the other controls.
    """
    state = st.session_state
    values = {}
    for name, default in DEFAULTS.items():
        if isinstance(default, tuple):
            values[name] = tuple(state[key_of(name, layer)] for layer in range(layer_count()))
        else:
            values[name] = state[name]
    state.refused = None
    run = player()
    try:
        run.change(Experiment(**values))
    except ValueError as error:
        with suppress(ValueError):
            run.change(Experiment(**values | {name: getattr(run.experiment, name) for name in ("low", "high")}))
        run.message = None
        state.refused = Message("error", f"{error} The run goes on as it was.")


def message():
    """What there is to say to the visitor: a Message, or None."""
    return player().message or st.session_state.get("refused")


def new_start():
    """Another seed, which its control shows as well; that one stands outside what a click on New start redraws."""
    st.session_state.seed = player().new_start().seed
    st.rerun()


def tick(run):
    """The browser wants more frames; `run` says which run's charts it has on screen, None when it has none."""
    st.session_state.charts_of = run
    playing = player().playing
    player().tick()
    if playing and not player().playing:  # done, or diverged: the buttons and the message are others now
        st.rerun()


def act(action):
    """Does what a button of the transport says, and has the page drawn again.

    A click may come together with the browser's wish for more frames, and Streamlit then draws only one of their
    fragments again; and an open panel shows the same moment.
    """
    action()
    st.rerun()


def post_mortem():
    """The PostMortem of a training that has diverged, found once; None of any other."""
    run = player()
    if not run.trainer.diverged:
        return None
    seen, found = st.session_state.get("post_mortem", (None, None))
    if seen != (run.run, run.version):
        found = examine(run)
        st.session_state.post_mortem = (run.run, run.version), found
    return found


def recover():
    """Goes back to the good moment of a post-mortem, with the learning rate that it offers."""
    found, run = post_mortem(), player()

    def go_back():
        if found is not None:
            run.look_at(found.good)
            run.change(run.experiment.changed(learning_rate=found.learning_rate))
            st.session_state.learning_rate = found.learning_rate

    act(go_back)


def palette():
    """The colours of the visitor's theme, for charts that Streamlit draws."""
    return PALETTES.get(st.context.theme.type, PALETTES["light"])


def prepare_views(names):
    """Opens the panels that the address asks for, on the first run; an unknown one is none."""
    if "views" not in st.session_state:
        asked = st.query_params.get("view", "").split(",")
        st.session_state.views = [name for name in names if name in asked]


def open_views():
    """The names of the open panels, in the order in which they stand on the page."""
    return st.session_state.get("views") or []


def keep_views():
    """Keeps the open panels in the address."""
    if open_views():
        st.query_params.view = ",".join(open_views())
    else:
        st.query_params.pop("view", None)


def selected():
    """The Selection of the visitor, or None; one that the network no longer has is none."""
    return Selection.of(player().trainer.network, st.session_state.get("selected"))


def selected_hidden_unit():
    """The unit of the last hidden layer that is selected, or None."""
    network, choice = player().trainer.network, selected()
    return choice and choice.unit_of(network, len(network.layers) - 1)


def cell_in(matrix):
    """Where the selected parameter is in a matrix of the walk, by its name: (row, column), None for all of either."""
    choice = selected()
    return choice.cell_in(player().trainer.network, matrix) if choice else (None, None)


def select(choice):
    """Selects a parameter, in every view."""

    def take():
        wanted = Selection.of(player().trainer.network, choice)
        if wanted is not None:
            st.session_state.selected = tuple(wanted)
            st.session_state.walk_unit = wanted.unit

    act(take)


def selection():
    """What the widgets of the network panel are about: what is selected, or else the first weight."""
    return selected() or Selection(1, 0, 0)


def selection_name():
    """The name of that parameter."""
    return selection().name(player().trainer.network)


def prepare_selection():
    """Gives the widgets that select their values, before they are drawn."""
    st.session_state.update(zip(("select_layer", "select_unit", "select_input"), selection(), strict=True))
    return selection()


def select_by_widget():
    """Selects what the widgets say; a unit or an input that the layer has not becomes its last."""
    layers, state = player().trainer.network.layers, st.session_state
    layer = state.select_layer
    rows, columns = layers[layer - 1].Wb.shape
    was_bias = selection().is_bias(player().trainer.network)
    source = columns - 1 if was_bias and layer != selection().layer else min(state.select_input, columns - 1)
    select([layer, min(state.select_unit, rows - 1), source])


def prepare_hand():
    """Gives the widgets that set the selected parameter its value, before they are drawn."""
    network = player().trainer.network
    value = float(network.parameters[selection().place(network)])
    st.session_state.hand_number = st.session_state.hand_slider = value
    return value


def set_by_hand(key):
    """Sets the selected parameter to what a widget says."""

    def put():
        value = st.session_state[key]
        st.session_state.selected = tuple(selection())
        st.session_state.refused = None
        if value is None:
            return
        try:
            player().set_parameter(selection().place(player().trainer.network), value)
        except ValueError as error:
            st.session_state.refused = Message("error", f"{selection_name()} stays as it is: {error}")

    act(put)


def map_landscape():
    """Begins a map of the loss around the present."""
    run = player()
    trainer = run.trainer
    path = [moment.parameters for moment in run.recording.moments if moment.epoch <= trainer.epoch]
    after = trainer.next_step().after.parameters
    chart = Landscape(trainer.network, run.problem, trainer.loss_function, trainer.gradient, path, after)
    chart.advance(SECONDS_A_PIECE)
    st.session_state.landscape = run.run, trainer.epoch, chart


def landscape():
    """The Landscape of this run that was asked for last, done or under way; None where there is none."""
    run, _, chart = st.session_state.get("landscape") or (None, None, None)
    return chart if run == player().run else None


def landscape_epoch():
    """The epoch that the map is of."""
    return st.session_state.landscape[1]


def cancel_landscape():
    """Drops the map."""
    st.session_state.landscape = None


def walk_stage():
    """The stage of the walk through back-propagation that was turned to last."""
    return st.session_state.setdefault("walk_stage", 0)


def timeline_key():
    """The key of the timeline: another one when the run has other moments to choose from."""
    moments = player().recording.moments
    return f"timeline_{player().run}_{len(moments)}_{moments[-1].epoch}"


def look_back():
    """Goes to the moment that the timeline says, and has an open panel drawn for it."""
    epoch = st.session_state[timeline_key()]

    def look():
        try:
            player().look_at(epoch)
        except ValueError as error:
            st.session_state.refused = Message("error", str(error))

    act(look)


def turn_walk(number):
    """Goes to a stage of the walk through back-propagation."""
    st.session_state.walk_stage = number


def send_charts():
    """Whether the browser has to be sent the charts of this run, and not only their frames; it then has them."""
    run = player().run
    wanted = st.session_state.get("charts_of") != run
    st.session_state.charts_of = run
    return wanted
