"""How well colours can be told apart: WCAG's contrast, and what dichromats see."""

import numpy as np

BACKGROUNDS = {"light": "#ffffff", "dark": "#171614"}  # Streamlit's own, by the name of our palette

# What dichromats see, in linear RGB (Viénot, Brettel and Mollon 1999)
DICHROMATS = {
    "protanope": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deuteranope": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}


def contrast(one, other):
    """WCAG 2.2's contrast ratio of two colours #rrggbb, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color):
    """The relative luminance of a colour #rrggbb, from 0 to 1 (WCAG 2.2)."""
    return float(linear(color) @ [0.2126, 0.7152, 0.0722])


def linear(color):
    """A colour #rrggbb as linear RGB: (3,), from 0 to 1 (IEC 61966-2-1)."""
    rgb = np.array(channels(color)) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def channels(color):
    """The red, green and blue of a colour #rrggbb, from 0 to 255."""
    return [int(color[i : i + 2], 16) for i in (1, 3, 5)]


def blend(color, background, opacity):
    """The colour #rrggbb of a translucent colour over a background."""
    pairs = zip(channels(color), channels(background), strict=True)
    return to_hex(opacity * over + (1 - opacity) * under for over, under in pairs)


def to_hex(rgb):
    """A colour #rrggbb of its red, green and blue, from 0 to 255."""
    return "#" + "".join(f"{round(channel):02x}" for channel in rgb)


def color_difference(one, other, eyes):
    """CIE 1976 distance of two colours #rrggbb as a dichromat sees them; 2.3 is just noticeable."""
    return np.linalg.norm(np.subtract(*(_lab(DICHROMATS[eyes] @ linear(color)) for color in (one, other))))


def _lab(rgb):
    """CIE L*a*b* of linear RGB."""
    XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    x, y, z = np.cbrt(XYZ / [0.9505, 1, 1.089])  # exact for all but the darkest colours
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
