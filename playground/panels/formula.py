"""The field of one's own formula; beside it the formula as understood, or what is wrong with it and what is in use."""

import streamlit as st

from playground.panels.fields import label_of, text
from playground.panels.text import escape_markdown
from playground.problems.formulas import CONSTANTS, FUNCTION_HELP, Formula, FormulaError, formula_of
from playground.session.current import current_visit, safely


def formula_controls() -> None:
    """The field, and what is said of the formula in it."""
    text("formula")
    controls = current_visit().controls
    typed, refusal = controls.widget_value("formula") or "", controls.formula_refusal
    if refusal is None:
        _understood(formula_of(typed))
    else:
        if isinstance(refusal, FormulaError):
            st.code(refusal.pointed, language=None)
            st.caption(escape_markdown(refusal.message))
        else:
            st.caption(escape_markdown(str(refusal)))
        st.caption(f"In use meanwhile: {_in_use()}.")
    with st.popover("What a formula may contain", type="tertiary", icon=":material/function:"):
        st.markdown(
            "Numbers, `x` (`x1` and `x2` for two inputs), `+ - * / ** %`, brackets, comparisons such as `x < 0` (1 if "
            "true, else 0), and the functions and constants below. `2x`, `sin x`, `x²`, `|x|`, `f(x) =` and decimal "
            "commas are understood. `y > x**2` is a border between two classes."
        )
        st.code("\n".join([*FUNCTION_HELP.values(), *(f"{name}: {words}" for name, words in CONSTANTS.items())]), None)
    st.button(
        "Undo the last change to the formula",
        key="undo_formula",
        icon=":material/undo:",
        type="tertiary",
        on_click=safely(current_visit().own_changes.undo),
        args=("formula",),
        disabled=not controls.own.can_undo("formula"),
    )


def _understood(formula: Formula) -> None:
    """The formula as it was understood, unless it is written so; and what a formula of two inputs is."""
    if formula.altered:
        st.caption(f"Understood as {_as_code(formula)}.", help="What is learnt, in the way that this page writes it.")
    if len(formula.variables) > 1:
        kind = "The class is 1 where it holds, else 0; the dotted line is the border." if formula.is_border else ""
        st.caption(f"Two inputs, x1 across and x2 up. {kind}".strip())


def _in_use() -> str:
    """What the run learns, in Markdown."""
    experiment = current_visit().player.experiment
    if experiment.target != "formula":
        return label_of("target", experiment.target)
    return _as_code(formula_of(experiment.formula))


def _as_code(formula: Formula) -> str:
    """A formula in Markdown; it holds no backticks."""
    is_whole = formula.is_border or len(formula.variables) > 1
    return f"`{formula.text}`" if is_whole else f"`y = {formula.text}`"
