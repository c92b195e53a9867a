"""A chart that stands still: how its figure is packed, and the script that draws it."""

from playground.components.still.payload import still_payload

__all__ = ["still_payload"]
