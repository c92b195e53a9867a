"""The answer sheet of a step: every stage with its equation and all its matrices, to print."""

from playground.sharing.answer_sheet.page import answer_sheet

__all__ = ["answer_sheet"]
