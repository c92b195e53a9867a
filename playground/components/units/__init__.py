"""What each unit contributes to a curve: what it is drawn from, and the scripts that draw it."""

from playground.components.units.payload import units_payload

__all__ = ["units_payload"]
