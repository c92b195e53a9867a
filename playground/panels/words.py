"""Text for Streamlit, and numbers as the page words them."""

import re

from playground.analysis.learning_rate import Stability


def plain(text):
    """Text as it is, not as Markdown: it may quote an address, a file or a formula, with pictures or links in it."""
    return re.sub(r"([\\`*_{}\[\]<>()#!|~$:])", r"\\\1", text)


def minus(number):
    """A number's text with the sign that the charts' numbers have: a minus, not a hyphen."""
    return number.replace("-", "−")


def stable_up_to(stability: Stability) -> str:
    """A clause on how large the learning rate may be, in Markdown."""
    if stability.plain_limit is None:
        return "no largest stable learning rate is known: the loss curves upwards in no direction, or too much"
    if stability.limit is None or stability.bound is None:
        return (
            f"no stable learning rate is known for {stability.optimizer}; plain gradient descent would be stable "
            f"up to **{stability.plain_limit:.4g}** = 2 / λmax"
        )
    limit, bound = stability.limit, stability.bound
    return f"{bound.name} is stable up to a learning rate of **{limit:.4g}** = {bound.formula}"


def percent(share):
    """A share from 0 to 1 as "97.1 %"."""
    return f"{100 * share:.1f} %"
