"""A training played frame by frame, with what it recorded on the way."""

from playground.player.player import Frame, Message, Player

__all__ = ["Frame", "Message", "Player"]
