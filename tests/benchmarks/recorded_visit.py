"""What a real browser sends the server when it opens the page, trains and comes back, for others to send it again."""

import json
import time
from typing import NamedTuple
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.support.browser import button, launch, wait_until_idle

PATIENCE_SECONDS = 60
KEEPER = "keeper_of_visit__events"  # how the widget ends in which it sends what happens


class RecordedVisit(NamedTuple):
    """The messages of a visit.

    Attributes:
        opening: opens the page.
        train: the click on Train.
        film: the path of a request for more frames.
        kept: the keeper of a page that was loaded again brings what it has kept.
    """

    opening: BackMsg
    train: BackMsg
    film: str
    kept: BackMsg

    def bringing(self, kept):
        """The message that brings what a browser has kept (components/keeper/store.js)."""
        return _with_event(self.kept, "kept", kept)


def record_visit(playwright, address):
    """The RecordedVisit of Chromium at an address."""
    sent, asked = [], []
    browser = launch(playwright.chromium)
    page = browser.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(BackMsg.FromString(data))))
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)

    def first(found, what):
        end = time.monotonic() + PATIENCE_SECONDS
        while not (those := found()):
            if time.monotonic() > end:
                raise TimeoutError(f"The page does not send {what}.")
            page.wait_for_timeout(50)
        return those[0]

    page.goto(address)
    page.wait_for_selector("#outline", state="detached")
    wait_until_idle(page)
    opened = len(sent)
    button(page, "Train").click()
    film = first(lambda: asked, "a request for frames")
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Paused at epoch").wait_for()
    page.reload()
    kept = first(lambda: [message for message in sent if _events(message, KEEPER, "kept")], "what it has kept")
    browser.close()
    return RecordedVisit(sent[0], sent[opened], urlsplit(film).path, kept)


def _events(message, widget, event):
    """The widgets of a message in which a component tells of an event."""
    widgets = message.rerun_script.widget_states.widgets
    return [each for each in widgets if each.id.endswith(widget) and f'"{event}"' in each.json_trigger_value]


def _with_event(recorded, event, value):
    message = BackMsg()
    message.CopyFrom(recorded)
    for widget in _events(message, "__events", event):
        widget.json_trigger_value = json.dumps([{"event": event, "value": value}])
    return message
