"""The map of each unit over a plane: what it is drawn from, and the scripts that draw it."""

from playground.components.maps.payload import maps_payload

__all__ = ["maps_payload"]
