"""What a real browser sends the server when it opens the page, trains and comes back, for others to send it again."""

import json
import time
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.support.browser import button, launch, wait_until_idle

PATIENCE_SECONDS = 60
BOARD, KEEPER = "live__events", "keeper_of_visit__events"  # how the widgets end in which they send what happens


class RecordedVisit(NamedTuple):
    """The messages of a visit.

    Attributes:
        opening: opens the page.
        train: the click on Train.
        tick: the board asks for more frames.
        kept: the keeper of a page that was loaded again brings what it has kept.
    """

    opening: BackMsg
    train: BackMsg
    tick: BackMsg
    kept: BackMsg

    def asking(self, request):
        """The message that asks for more frames by a Request (playground/components/contract.py)."""
        return _with_event(self.tick, "tick", request)

    def bringing(self, kept):
        """The message that brings what a browser has kept (components/keeper/store.js)."""
        return _with_event(self.kept, "kept", kept)


def record_visit(playwright, address):
    """The RecordedVisit of Chromium at an address."""
    sent = []
    browser = launch(playwright.chromium)
    page = browser.new_page()
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(BackMsg.FromString(data))))

    def first_with(widget, event):
        end = time.monotonic() + PATIENCE_SECONDS
        while not (found := [message for message in sent if _events(message, widget, event)]):
            if time.monotonic() > end:
                raise TimeoutError(f"The page does not send {event!r}.")
            page.wait_for_timeout(50)
        return found[0]

    page.goto(address)
    page.wait_for_selector("#outline", state="detached")
    wait_until_idle(page)
    opened = len(sent)
    button(page, "Train").click()
    tick = first_with(BOARD, "tick")
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Paused at epoch").wait_for()
    page.reload()
    kept = first_with(KEEPER, "kept")
    browser.close()
    return RecordedVisit(sent[0], sent[opened], tick, kept)


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
