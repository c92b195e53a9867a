"""A training played frame by frame, with what it recorded on the way."""

from playground.player.frame_sampler import Frame
from playground.player.messages import Message
from playground.player.player import Player

__all__ = ["Frame", "Message", "Player"]
