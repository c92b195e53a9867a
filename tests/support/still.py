"""Charts that stand still, put together as the browser does it."""

import base64

import numpy as np


def figure_of(payload, palette):
    """The figure of a payload in a palette; the numbers of its traces are arrays of NumPy."""
    arrays = {name: _array(packed) for name, packed in payload["arrays"].items()}
    data, layout = payload["figures"][palette].values()
    return {"data": [_with_arrays(trace, arrays) for trace in data], "layout": layout}


def _with_arrays(trace, arrays):
    places = trace["arrays"]
    rest = {name: value for name, value in trace.items() if name != "arrays"}
    return rest | {name: arrays[place] for name, place in places.items()}


def _array(packed):
    """Numbers as Plotly reads them."""
    shape = [int(length) for length in packed["shape"].split(", ")]
    return np.frombuffer(base64.b64decode(packed["bdata"]), f"<{packed['dtype']}").reshape(shape)
