"""The house style of figures and pages: one palette, one font, and contrast as WCAG measures it.

Nothing here draws, so that pages, Word and figures can share it.
"""

import base64
from functools import cache
from pathlib import Path

FONT = "Public Sans"  # SIL Open Font License 1.1; the licence stands beside the files
FONTS = Path(__file__).with_name("fonts")
WEB_FONTS = {400: "public-sans-latin-400-normal.woff2", 700: "public-sans-latin-700-normal.woff2"}
PAPER, INK, SOFT = "#ffffff", "#17262e", "#46555d"
COUNT = "#2b6a94"  # a number
MARK = "#b4470f"  # what the title is about; as light as COUNT, so what is marked is bold too
GOOD, HALF, NONE = "#1b7566", "#9ccfc3", "#e9d3bf"  # good, partly, not
# Against to in favour: told apart with every form of colour blindness; grey is neither side.
OPINION = ("#b4470f", "#eab48c", "#ececec", "#6db5a4", "#1b7566")
STRENGTH = ("#dde4e8", "#9dbbd0", "#5b90b4", "#1e4f70")  # little to much, in one hue
REST = "#87949b"  # something else, don't know
TRACK, RULE = "#edf1f3", "#c9d1d5"  # the base of an axis; a line
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3: contrast of small letters


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Return ink or white: the one that is read best on this colour."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    parts = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
              for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@cache
def font_faces() -> str:
    """Return the font as CSS with its files inside, for a page or a picture without requests."""
    return "".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};src:url(data:font/woff2;base64,"
        f"{base64.b64encode((FONTS / name).read_bytes()).decode()}) format('woff2')}}"
        for weight, name in WEB_FONTS.items())
