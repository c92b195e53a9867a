"""Curves and maps as SVG: numbers in, elements out."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 460, 280  # of a chart, in its own units
LEFT, RIGHT, TOP, BOTTOM = 52, 10, 8, 34  # its margins
MAX_POINTS = 400  # of a curve: more would not be seen

Values = npt.ArrayLike


class Chart:
    """A chart with two axes, to which curves and marks are added.

    Args:
        x, y: the ranges of the axes, as (low, high).
        x_name, y_name: what stands at them.
        alt: what the chart shows, for those who cannot see it.
        powers: whether y is the power of ten of what stands at the axis.
    """

    def __init__(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        x_name: str,
        y_name: str,
        alt: str,
        powers: bool = False,
    ) -> None:
        self._x, self._y, self._alt = x, y, alt
        self._parts: list[str] = []
        self._axes = [
            *(self._tick(at, text) for at, text in _plain(*x)),
            *(self._tick(at, text, vertical=True) for at, text in (_powers(*y) if powers else _plain(*y))),
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2:g}" y="{HEIGHT - 4}" text-anchor="middle">{escape(x_name)}</text>',
            f'<text x="12" y="{HEIGHT / 2:g}" text-anchor="middle" transform="rotate(-90 12 {HEIGHT / 2:g})">'
            f"{escape(y_name)}</text>",
        ]

    def curve(self, x: Values, y: Values, kind: str) -> None:
        """Adds a curve through points at rising x; it breaks off where y is not finite."""
        xs, ys = np.asarray(x, float), np.asarray(y, float)
        chosen: list[int] = np.unique(np.linspace(0, len(xs) - 1, MAX_POINTS).round().astype(int)).tolist()
        pieces: list[list[str]] = [[]]
        for i in chosen:
            if np.isfinite(ys[i]):
                pieces[-1].append(f"{self._across(xs[i]):.1f},{self._down(ys[i]):.1f}")
            elif pieces[-1]:
                pieces.append([])
        self._parts += [f'<polyline points="{" ".join(piece)}" class="{kind}"/>' for piece in pieces if piece]

    def marks(self, x: Values, y: Values, kind: str | Sequence[str]) -> None:
        """Adds a mark per point, of one kind or each of its own colour."""
        xs, ys = np.asarray(x, float), np.asarray(y, float)
        kinds = [f'class="{kind}"'] * len(xs) if isinstance(kind, str) else [f'fill="{each}"' for each in kind]
        for a, b, of in zip(xs.tolist(), ys.tolist(), kinds, strict=True):
            self._parts.append(f'<circle cx="{self._across(a):.1f}" cy="{self._down(b):.1f}" r="3" {of}/>')

    def cells(self, x: Values, y: Values, width: float, height: float, colors: Iterable[str]) -> None:
        """Adds a coloured cell around each point."""
        w, h = self._across(width) - self._across(0.0), self._down(0.0) - self._down(height)
        for a, b, color in zip(np.asarray(x, float), np.asarray(y, float), colors, strict=True):
            self._parts.append(
                f'<rect x="{self._across(a) - w / 2:.1f}" y="{self._down(b) - h / 2:.1f}" width="{w + 0.3:.1f}" '
                f'height="{h + 0.3:.1f}" fill="{color}"/>'
            )

    @property
    def element(self) -> str:
        """The chart as an element; what leaves its frame is cut off."""
        width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        place = f'x="{LEFT}" y="{TOP}" width="{width}" height="{height}"'
        inside = f'<svg {place} viewBox="{LEFT} {TOP} {width} {height}">{"".join(self._parts)}</svg>'
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self._alt, quote=True)}">'
            f'{inside}<rect {place} class="frame"/>{"".join(self._axes)}</svg>'
        )

    def _across(self, x: float) -> float:
        low, high = self._x
        return float(LEFT + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT))

    def _down(self, y: float) -> float:
        low, high = self._y
        place = TOP + (high - y) / (high - low) * (HEIGHT - TOP - BOTTOM)
        return float(np.clip(place, -HEIGHT, 2 * HEIGHT))

    def _tick(self, at: float, text: str, *, vertical: bool = False) -> str:
        if vertical:
            return f'<text x="{LEFT - 5}" y="{self._down(at) + 4:.1f}" text-anchor="end">{text}</text>'
        return f'<text x="{self._across(at):.1f}" y="{HEIGHT - BOTTOM + 14}" text-anchor="middle">{text}</text>'


def _plain(low: float, high: float) -> list[tuple[float, str]]:
    """About five round numbers within a range: where each stands, and its text."""
    rough = (high - low) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    ticks = [round(k * step, 12) for k in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]
    return [(tick, f"{tick:.6g}") for tick in ticks]


def _powers(low: float, high: float) -> list[tuple[float, str]]:
    """The same of a range of powers of ten: 1, 2 and 5 of each ten in a short one, every few tens in a long one."""
    every = max(1, int((high - low) / 5))
    factors = (1, 2, 5) if high - low < 2.5 else (1,)
    places = [(k + float(np.log10(f)), f * 10.0**k) for k in range(int(low) - 1, int(high) + 2, every) for f in factors]
    return [(place, f"{value:g}") for place, value in places if low <= place <= high]
