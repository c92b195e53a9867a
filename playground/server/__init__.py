"""The server around Streamlit: first page, files that never change, frames, which messages pass and when, draining."""

from playground.server.acts import OneAct
from playground.server.admission import Admission
from playground.server.draining import Draining
from playground.server.middleware import Routes
from playground.server.start import starting
from playground.server.uploads import Uploads

__all__ = ["Admission", "Draining", "OneAct", "Routes", "Uploads", "starting"]
