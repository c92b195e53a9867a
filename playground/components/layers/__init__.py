"""The layers beside each other: what their charts are made of, and the script that moves them."""

from playground.components.layers.payload import layers_payload

__all__ = ["layers_payload"]
