"""Text for Streamlit, and numbers as the page words them."""

import re


def plain(text):
    """Text as it is, not as Markdown: it may quote an address, a file or a formula, with pictures or links in it."""
    return re.sub(r"([\\`*_{}\[\]<>()#!|~$:])", r"\\\1", text)


def minus(number):
    """A number's text with the sign that the charts' numbers have: a minus, not a hyphen."""
    return number.replace("-", "−")


def percent(share):
    """A share from 0 to 1 as "97.1 %"."""
    return f"{100 * share:.1f} %"
