"""The measures of a run beside its loss: what their table is made of, and the script that fills it."""

from playground.components.measures.payload import measures_payload

__all__ = ["measures_payload"]
