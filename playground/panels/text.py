"""Text for Streamlit, and numbers as the page writes them."""

import re

from playground.analysis.learning_rate import Stability


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is, whatever address, file or formula it quotes."""
    return re.sub(r"([\\`*_{}\[\]<>()#!|~$:])", r"\\\1", text)


def refusal_text(text: str) -> str:
    """Markdown that says why something was not taken: small, and not as faint as a caption."""
    return f":small[:red[{escape_markdown(text)}]]"


def with_minus_sign(number: str) -> str:
    """The text of a number with a minus sign, as in the charts, instead of a hyphen."""
    return number.replace("-", "−")


def stable_up_to(stability: Stability) -> str:
    """A clause on how large the learning rate may be, in Markdown."""
    if stability.limit is None or stability.bound is None:
        plain = (
            f"; plain gradient descent would be stable up to **{stability.plain_limit:.4g}**"
            if stability.plain_limit
            else ""
        )
        return f"no stable learning rate is known, because {stability.why_unknown}{plain}"
    return f"{stability.bound.name} is stable up to a learning rate of **{stability.limit:.4g}** = {stability.formula}"


def percent(share: float) -> str:
    """A share from 0 to 1 as "97.1 %"."""
    return f"{100 * share:.1f} %"


def in_sentence(label: str) -> str:
    """A label within a sentence: with a small first letter, except for the likes of "L2" and "ReLU"."""
    return label[0].lower() + label[1:] if label[1].islower() else label


def in_line(before: int, one: str) -> str:
    """How many visitors come first, in words.

    Args:
        before: as Place.ask says.
        one: what each of them does, such as "sweep".
    """
    return f"1 {one} of another visitor is before it" if before == 1 else f"{before} {one}s of others are before it"
