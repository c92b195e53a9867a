"""Text for Streamlit."""

import re


def plain(text):
    """Text as it is, not as Markdown: it may quote an address, a file or a formula, with pictures or links in it."""
    return re.sub(r"([\\`*_{}\[\]<>()#!|~$:])", r"\\\1", text)
