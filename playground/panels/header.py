"""The head of the page: its title, what is trained, and the menus of lessons and of sharing, on one line."""

import streamlit as st

from playground.panels.failure import fragment
from playground.panels.fields import label_of
from playground.panels.lesson import lesson_menu
from playground.panels.share import share_panel
from playground.panels.text import in_sentence
from playground.player import Player
from playground.session.current import MENUS, current_visit


@fragment("The head of the page", key=MENUS)
def header_panel() -> None:
    """Title, the network at a glance, and the two menus."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title("See a neural network learn", anchor=False)
        st.caption(_at_a_glance(current_visit().player))
        has = current_visit().exercise.visible.has
        menus = [menu for name, menu in (("lessons", lesson_menu), ("share", share_panel)) if has(name)]
        if menus:
            with st.container(horizontal=True, width="content", gap="xsmall"):  # stay together
                for menu in menus:
                    with st.container(width="content"):
                        menu()


def _at_a_glance(player: Player) -> str:
    """What the network is, and what it learns from, in one sentence in Markdown."""
    experiment, problem = player.experiment, player.problem
    hidden = [
        f"{units} {in_sentence(label_of('activations', activation))}"
        for units, activation in zip(experiment.layers, experiment.activations, strict=True)
    ]
    if hidden:
        hidden[-1] += " unit" if experiment.layers[-1] == 1 else " units"
    shape = " → ".join([_count(problem.n_features, "input"), *hidden, _count(problem.n_outputs, "output")])
    return (
        f"A network written from scratch in NumPy, **{shape}**, learns {player.trainer.network.parameters.size:,} "
        f"weights and biases from {problem.samples.shape[1]:,} points."
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number > 1)}"
