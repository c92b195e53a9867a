"""The gradient check: each parameter's numeric derivative against the back-propagated one."""

import numpy as np

from nn.gradient_check import GradientCheck
from playground.figures.base import Figure, dots, figure, line
from playground.figures.palette import Palette

MAX_ERROR = 1e-7  # relative; a larger one is highlighted


def gradient_figure(palette: Palette, check: GradientCheck, selected: str | None = None) -> Figure:
    """One point per parameter; it lies on the diagonal where both agree.

    Args:
        palette: the colours.
        check: the derivatives and their errors.
        selected: the name of the parameter that gets a ring, if it was checked.
    """
    limit = 1.08 * float(np.abs(np.concatenate([check.numeric, check.backpropagated])).max()) or 1.0
    errors = check.errors.tolist()
    diagonal = line(
        [-limit, limit], [-limit, limit], {"color": palette.target, "width": 1, "dash": "dot"}, hoverinfo="skip"
    )
    points = dots(
        check.backpropagated,
        check.numeric,
        {"size": 8, "color": [palette.output if error > MAX_ERROR else palette.point for error in errors]},
        hover="%{text}<br>back-propagated %{x:.9g}<br>numeric %{y:.9g}",
        text=[f"{name}, error {error:.2e}" for name, error in zip(check.names, errors, strict=True)],
    )
    data = [diagonal, points]
    if selected in check.names:
        index = check.names.index(selected)
        style = {"size": 16, "symbol": "circle-open", "color": palette.text, "line": {"width": 2}}
        data.append(dots(check.backpropagated[[index]], check.numeric[[index]], style, hoverinfo="skip"))
    return figure(
        palette,
        data,
        x={"title": "back-propagated", "range": [-limit, limit]},
        y={"title": "numeric", "range": [-limit, limit]},
        margins=(64, 10, 8, 44),
        height=360,
    )
