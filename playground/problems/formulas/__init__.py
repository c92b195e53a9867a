"""A visitor's own formula: read from text by a parser of its own, and never run."""

from playground.problems.formulas.border import border_of
from playground.problems.formulas.cursor import MAX_DEPTH
from playground.problems.formulas.domain import way_out
from playground.problems.formulas.error import MAX_LENGTH, FormulaError
from playground.problems.formulas.formula import Formula, formula_of
from playground.problems.formulas.functions import CONSTANTS, FUNCTION_HELP

__all__ = [
    "CONSTANTS",
    "FUNCTION_HELP",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "Formula",
    "FormulaError",
    "border_of",
    "formula_of",
    "way_out",
]
