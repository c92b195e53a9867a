"""The colour of a number that lies on a colour: black or white, whichever is told better from it."""

import numpy as np

BLACK, WHITE = "#000000", "#ffffff"
EVEN = (1.05 * 0.05) ** 0.5 - 0.05  # the luminance on which black and white have the same contrast, 4.58 : 1


def inks(colors, shares):
    """BLACK or WHITE for each place in a scale of colours; its contrast is at least 4.58 : 1.

    Luminance and contrast are those of WCAG 2.2: of luminances L1 >= L2 the contrast is (L1 + 0.05) / (L2 + 0.05).

    Args:
        colors: "#rrggbb", evenly spaced from 0 to 1 and blended in between, as Plotly does it.
        shares: an array of places, from 0 to 1.

    Returns:
        Nested lists of the shape of `shares`.
    """
    stops = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in colors]) / 255  # (stops, 3)
    places = np.linspace(0, 1, len(stops))
    rgb = np.stack([np.interp(shares, places, channel) for channel in stops.T], axis=-1)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    luminance = linear @ [0.2126, 0.7152, 0.0722]
    return np.where(luminance > EVEN, BLACK, WHITE).tolist()
