"""The exercise: the teacher's text, and each part of the goal with its present value, above the transport."""

import streamlit as st

from playground.components.component import exercise_view
from playground.components.view_contract import ConditionPayload
from playground.exercises.goal import Condition
from playground.panels.failure import guarded
from playground.session.current import current_visit


@guarded("The exercise")
def exercise_panel() -> None:
    """Task and goal of the exercise that the address names, if it names one."""
    exercise, player = current_visit().exercise, current_visit().player
    if not exercise.is_there:
        return
    with st.container(key="exercise"):
        exercise_view(
            {
                "run_id": player.run_id,
                "task": exercise.task,
                "conditions": [_payload(condition) for condition in exercise.goal.conditions] if exercise.goal else [],
                "reached": exercise.reached,
            },
            key="exercise_view",
        )


def _payload(condition: Condition) -> ConditionPayload:
    player, measured = current_visit().player, condition.quantity.measured
    value = condition.quantity.of(player, player.frames[-1])
    return {
        "name": condition.quantity.name,
        "words": condition.in_words,
        "mark": condition.mark,
        "bound": condition.bound,
        "value": value,
        "moves": condition.quantity.moves,
        "places": measured.places(player.problem) if measured else [],
    }
