"""What a page keeps of a visit while it trains, as the keeper and the history of its charts do."""

import base64

import numpy as np

from tests.support.payload import unpack


class KeptVisit:
    """What has come with the answers to one page."""

    def __init__(self):
        self._losses, self._parts, self._kept_losses, self._visit = {}, {}, [], None

    def take(self, header, arrays):
        """Takes an answer."""
        after, stride = header["history"]["after"], header["history"]["stride"]
        new = arrays["history_losses"]
        first = (after // stride + 1) * stride
        self._losses = {epoch: loss for epoch, loss in self._losses.items() if epoch <= after and epoch % stride == 0}
        self._losses |= {first + i * stride: float(loss) for i, loss in enumerate(new)}
        if "kept" in arrays:
            kept, parts = unpack(arrays["kept"].tobytes())
            self._visit = kept["visit"]
            self._parts |= {name: base64.b64encode(part).decode() for name, part in parts.items()}
            if "run" in parts:
                self._kept_losses = [*self._losses.values()]

    def sent(self, shown):
        """What the page sends when it is loaded again, with the epoch that was on screen; None if nothing is kept."""
        if self._visit is None:
            return None
        losses = base64.b64encode(np.array(self._kept_losses).tobytes()).decode()
        empty = {"tested_epochs": "", "tested_losses": ""}
        history = {"losses": losses, "objectives": None, **empty}
        return {"visit": self._visit, "parts": self._parts, "history": history, "shown": shown, "after": "load"}
