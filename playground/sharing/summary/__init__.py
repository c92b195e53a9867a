"""A summary of a run to print or hand in: one HTML file without scripts, in which every text is text."""

from playground.sharing.summary.page import Section, summary_page

__all__ = ["Section", "summary_page"]
