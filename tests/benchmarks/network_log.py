"""What a page has loaded, by Chromium's own network log: bytes as they came, compressed and with headers."""

import base64
from collections import Counter


class NetworkLog:
    """Collects the loads of a page. A load from the browser's cache has no bytes."""

    def __init__(self, page):
        self.loads = {}  # {request id: {"url", "kind", "bytes"}}
        self.websocket_bytes = 0
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.on("Network.responseReceived", self._respond)
        self.devtools.on("Network.loadingFinished", self._finish)
        self.devtools.on("Network.webSocketFrameReceived", self._receive)
        self.devtools.send("Network.enable")

    def total(self):
        """Bytes so far."""
        return self.websocket_bytes + sum(load["bytes"] for load in self.loads.values())

    def kb_by_kind(self):
        """{kind: kB}, the largest first. A kind is DevTools' "Script", "Stylesheet", "Font", ..., or "Plotly"."""
        kinds = Counter({"WebSocket": self.websocket_bytes})
        for load in self.loads.values():
            kinds["Plotly" if _is_plotly(load) else load["kind"]] += load["bytes"]
        return {kind: size / 1000 for kind, size in kinds.most_common() if size}

    def plotly(self):
        """{"name", "kb"} of Plotly's script, as it came; None if it did not come."""
        load = max(filter(_is_plotly, self.loads.values()), key=lambda load: load["bytes"], default=None)
        return load and {"name": load["url"].rpartition("/")[2], "kb": load["bytes"] / 1000}

    def _respond(self, event):
        self.loads[event["requestId"]] = {"url": event["response"]["url"], "kind": event["type"], "bytes": 0}

    def _finish(self, event):
        if event["requestId"] in self.loads:
            self.loads[event["requestId"]]["bytes"] = event["encodedDataLength"]

    def _receive(self, event):
        frame = event["response"]
        data = frame["payloadData"]
        self.websocket_bytes += len(data.encode() if frame["opcode"] == 1 else base64.b64decode(data))


def _is_plotly(load):
    return "plotly" in load["url"].rpartition("/")[2] and not load["url"].startswith("blob:")
