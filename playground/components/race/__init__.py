"""A race: its charts and frames as the browser is sent them, and the scripts that draw and play them."""

from playground.components.race.payload import race_payload

__all__ = ["race_payload"]
