"""What a browser keeps of a visit: put together as the scripts of the page do it."""

import base64

import numpy as np

from playground.session.keeping import Keeping
from tests.support.payload import unpack
from tests.support.visits import open_visit


def text_of(values):
    """Numbers as the keeper sends them: the bytes of float64 in base64."""
    return base64.b64encode(np.asarray(values, "<f8").tobytes()).decode()


def kept_of(visit):
    """What the browser of a visit has kept, once all was given to it: the message that a new session gets."""
    of_visit = visit.controls, visit.lesson, visit.pins, visit.progress, visit.race, visit.sweep, visit.unfinished
    parts = Keeping(*of_visit).parts()
    trainer, tests = visit.player.trainer, visit.player.test_losses.up_to(visit.player.trainer.epoch)
    losses, objectives = trainer.history.after(-1)
    return {
        "visit": visit.number,
        "after": "load",
        "parts": {name: base64.b64encode(data).decode() for name, data in parts.items()},
        "history": {
            "losses": text_of(losses),
            "objectives": text_of(objectives) if np.isfinite(objectives).any() else None,
            "tested_epochs": text_of(tests[:, 0]),
            "tested_losses": text_of(tests[:, 1]),
        },
    }


def kept_in(payload):
    """The parts that a payload of the board brings, by name; {} for none."""
    arrays = unpack(payload)[1]
    return {name: bytes(array) for name, array in unpack(bytes(arrays["kept"]))[1].items()} if "kept" in arrays else {}


def taken_up(message, **query):
    """A new session of a page with this address, which was given the message."""
    opened = open_visit(**query)
    opened.visit.taking_up.take_up(message)
    return opened
