"""The controls of the sidebar, and what they say to the player."""

from contextlib import suppress

import streamlit as st

from playground.analysis.post_mortem import post_mortem as examine
from playground.experiment import CONTROLS, DEFAULTS, Experiment
from playground.player import Message
from playground.session.echoes import drop_echoes, put
from playground.session.visitor import act, player, remembered
from playground.settings import MAX_HIDDEN_LAYERS


def key_of(name, layer=None):
    """The key of a control's widget."""
    return name if layer is None else f"{name}_{layer}"


def controls_of(experiment):
    """The value of every control, by the key of its widget, that an experiment says."""
    values = {"layer_count": len(experiment.layers)}
    for name, control in CONTROLS.items():
        value = getattr(experiment, name)
        if control.multiple:
            values[name] = list(value)
        elif isinstance(value, tuple):
            values |= {key_of(name, layer): value[min(layer, len(value) - 1)] for layer in range(MAX_HIDDEN_LAYERS)}
        else:
            values[name] = value
    return values


def prepare_controls():
    """Gives every control its first value, before its widget is drawn."""
    for key, value in controls_of(player().experiment).items():
        st.session_state.setdefault(key, value)


def take(experiment):
    """Goes on with another experiment, which all controls then show. A ValueError when it cannot start."""
    in_flight = player().playing
    player().change(experiment)
    show(in_flight=in_flight)


def show(*, in_flight=False):
    """Has all controls show the player's experiment.

    Args:
        in_flight: whether a wish for more frames may be on its way, with the controls as they were.
    """
    st.session_state.refused = None
    for key, value in controls_of(player().experiment).items():
        if in_flight:
            put(key, value)
        else:
            st.session_state[key] = value


def layer_count():
    """How many hidden layers are asked for; those there are, where what is asked for is none of the choices."""
    asked = st.session_state.get("layer_count")
    return asked if asked in range(1, MAX_HIDDEN_LAYERS + 1) else len(player().experiment.layers)


def apply_controls():
    """Takes what the controls say into the player. What cannot be is told, and the run goes on as it was.

    A range that is on its way to another, as yet from a higher to a lower x, does not hold up the other controls.
    """
    state = st.session_state
    drop_echoes(controls_of(player().experiment))
    values = _asked()
    state.refused = None
    run = player()
    if values["loss"] == "cross_entropy" and _numbers(values):
        values["loss"] = DEFAULTS["loss"]
        put("loss", values["loss"])
        state.refused = Message("info", "Cross-entropy is for classes. A number is learnt here: by squared error.")
    try:
        run.change(Experiment(**values))
    except ValueError as error:
        with suppress(ValueError):
            run.change(Experiment(**values | {name: getattr(run.experiment, name) for name in ("low", "high")}))
        run.message = None
        state.refused = Message("error", f"{error} The run goes on as it was.")


def _asked():
    """The values of all controls, by field."""
    state, values = st.session_state, {}
    for name, control in CONTROLS.items():
        if control.per_layer:
            values[name] = tuple(state[key_of(name, layer)] for layer in range(layer_count()))
        else:
            values[name] = state[name]
    return values


def _numbers(values):
    """Whether it is a number, and no class, that an experiment of some values would learn."""
    try:
        return not Experiment(**values | {"loss": DEFAULTS["loss"]}).make_problem().classes
    except ValueError:
        return False


def new_start():
    """Another seed, which its control shows as well; that one stands outside what a click on New start redraws."""
    in_flight = player().playing
    seed = player().new_start().seed
    if in_flight:
        put("seed", seed)
    else:
        st.session_state.seed = seed
    st.rerun()


def suit():
    """Takes the recommended settings."""
    take(player().experiment.with_recommended_settings())


def post_mortem():
    """The PostMortem of a training that has diverged, found once; None of any other."""
    run = player()
    if not run.trainer.diverged:
        return None
    return remembered("post_mortem", (run.run_id, run.frame_version), lambda: examine(run))


def recover():
    """Goes back to the good moment of a post-mortem, with the learning rate that it offers."""
    found, run = post_mortem(), player()

    def go_back():
        if found is not None:
            run.go_to(found.good)
            run.change(run.experiment.changed(learning_rate=found.suggested.learning_rate))
            st.session_state.learning_rate = found.suggested.learning_rate

    act(go_back)


def asked(name):
    """What the control of a choice says."""
    return st.session_state.get(name, getattr(player().experiment, name))
