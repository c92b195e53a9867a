"""What stands in the place of a part of the page that cannot be drawn: words and ways on, with the run kept."""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec

import streamlit as st

from playground.session.current import otherwise, safely, start_afresh

Arguments = ParamSpec("Arguments")


def guarded(part: str) -> Callable[[Callable[Arguments, None]], Callable[Arguments, None]]:
    """Draws a part of the page; if that fails, says so in its place. `part` names it, as "The timeline"."""
    return otherwise(partial(_say_so, part), f"{part} cannot be drawn")


def fragment(
    part: str, *, key: str | None = None, run_every: float | None = None
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """A Streamlit fragment that is guarded."""

    def decorate(draw: Callable[[], None]) -> Callable[[], None]:
        framed: Callable[[], None] = st.fragment(guarded(part)(draw), key=key, run_every=run_every)
        return framed

    return decorate


def _say_so(part: str) -> None:
    """The message, and two buttons: to try again, and to leave all of this behind."""
    name = part.lower().replace(" ", "_")
    st.error(
        f"{part} cannot be drawn, by a fault of this page, which the server's log has. The run is kept.",
        icon=":material/error:",
    )
    with st.container(horizontal=True):
        st.button("Try again", key=f"again_{name}", icon=":material/refresh:")
        st.button("Start afresh", key=f"afresh_{name}", type="tertiary", on_click=safely(start_afresh))
