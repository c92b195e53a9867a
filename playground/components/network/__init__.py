"""The diagram of a network: what it is drawn from, and the scripts that draw it."""

from playground.components.network.payload import network_payload
from playground.components.network.unit import unit_payload

__all__ = ["network_payload", "unit_payload"]
