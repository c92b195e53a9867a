"""The server around the page: a first page that shows its outline at once, and what never changes, sent once."""

from playground.server.acts import OneAct
from playground.server.draining import Draining
from playground.server.middleware import Routes
from playground.server.start import starting

__all__ = ["Draining", "OneAct", "Routes", "starting"]
