"""What is in a screenshot: the colours of a picture as a reader sees them."""

import io
from collections import Counter

from PIL import Image

Colour = tuple[int, int, int]


def colours(png: bytes) -> Counter[Colour]:
    """How many pixels a screenshot has of each colour."""
    with Image.open(io.BytesIO(png)) as image:
        found = image.convert("RGB").getcolors(1 << 24)
    return Counter({colour: count for count, colour in found})


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours by WCAG 2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
