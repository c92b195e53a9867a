"""The gradient check as a picture: each parameter's numeric derivative against the back-propagated one."""

import numpy as np

from playground.figures.base import axis_title, figure


def gradient_figure(palette, check, selected=None):
    """Points on the diagonal where both agree.

    Args:
        palette: a Palette.
        check: a GradientCheck.
        selected: the name of the parameter that gets a ring, if it was checked.
    """
    limit = 1.08 * float(np.abs(np.concatenate([check.numeric, check.backpropagated])).max()) or 1.0
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [-limit, limit],
            "y": [-limit, limit],
            "line": {"color": palette.target, "width": 1, "dash": "dot"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": check.backpropagated.tolist(),
            "y": check.numeric.tolist(),
            "text": [
                f"{name}, error {error:.2e}" for name, error in zip(check.names, check.errors.tolist(), strict=True)
            ],
            "marker": {
                "size": 8,
                "color": [palette.output if error > 1e-7 else palette.point for error in check.errors.tolist()],
            },
            "hovertemplate": "%{text}<br>back-propagated %{x:.9g}<br>numeric %{y:.9g}<extra></extra>",
        },
    ]
    if selected in check.names:
        place = check.names.index(selected)
        ring = {"size": 16, "symbol": "circle-open", "color": palette.text, "line": {"width": 2}}
        point = {"x": [float(check.backpropagated[place])], "y": [float(check.numeric[place])]}
        data.append({"type": "scatter", "mode": "markers", "marker": ring, "hoverinfo": "skip"} | point)
    x = {"title": axis_title(palette, "back-propagated"), "range": [-limit, limit]}
    y = {"title": axis_title(palette, "numeric"), "range": [-limit, limit]}
    result = figure(palette, data, x=x, y=y, margins=(64, 10, 8, 44))
    result["layout"]["height"] = 360
    return result
