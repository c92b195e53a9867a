"""The colour of text on a coloured background: black or white, whichever has more contrast."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

BLACK, WHITE = "#000000", "#ffffff"
TURNING_LUMINANCE = (1.05 * 0.05) ** 0.5 - 0.05  # black and white have the same contrast on it, 4.58 : 1


def text_colors(colors: Sequence[str], shares: npt.NDArray[np.floating]) -> list[str]:
    """BLACK or WHITE for each place on a colour scale; the contrast is at least 4.58 : 1.

    Luminance and contrast are those of WCAG 2.2: of luminances L1 >= L2 the contrast is (L1 + 0.05) / (L2 + 0.05).

    Args:
        colors: "#rrggbb", at equal distances from 0 to 1 and blended in between, as Plotly does it.
        shares: (n,), the places, from 0 to 1.
    """
    stops = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in colors]) / 255  # (stops, 3)
    places = np.linspace(0, 1, len(stops))
    rgb = np.stack([np.interp(shares, places, channel) for channel in stops.T], axis=-1)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    return [BLACK if each > TURNING_LUMINANCE else WHITE for each in luminance.tolist()]
