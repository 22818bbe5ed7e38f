"""How every figure looks: one font, one palette, sizes for print at 16 cm wide."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cache, lru_cache

import numpy as np
from matplotlib import style
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"  # ships with matplotlib, so that a picture is the same on every machine
WIDTH = 16 / 2.54
TITLE, TEXT, SMALL = 9.5, 8, 7
LEADING = 1.32
INK, SOFT, FAINT = "#1a1a1a", "#4d4d4d", "#dddddd"
# Okabe & Ito (2008), Color Universal Design: the three that also stand out from white paper.
CATEGORIES = ("#0072B2", "#D55E00", "#CC79A7")
# Brown to blue is told apart with every form of colour blindness; grey is neither side.
SCALE = ("#9c4a06", "#eda867", "#dedede", "#8fbbdf", "#1f5a91")
LEGIBLE = 4.5  # WCAG 2.2, 1.4.3: contrast of small letters
SETTINGS = {
    "font.family": [FONT],
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # a question with two dollar signs is not a formula
}
POINTS_PER_INCH = 72
BREAKS = re.compile(r"[ \t\n]+")  # not at a non-breaking space
SPARE = 1.01  # a renderer rounds to a part of a pixel


def figure_style() -> AbstractContextManager[None]:
    """Return the style in which every figure is drawn, whatever the user has set."""
    return style.context(SETTINGS, after_reset=True)


def scale_colours(before: int, middle: int, after: int) -> tuple[str, ...]:
    """Return colours for ordered answers: browns before a grey middle, and blues after it."""
    first, last = ((0.5 * np.arange(many) / (many - (0 if middle else 0.5)) if many else [])
                   for many in (before, after))
    places = np.concatenate([first, [0.5] * middle, 1 - np.flip(last)])
    return tuple(_legible(place) for place in places)


def _legible(place: float) -> str:
    """Return the colour at a place of the scale, lighter where no ink is read well on it."""
    known = np.linspace(0, 1, len(SCALE))
    parts = np.transpose([to_rgb(colour) for colour in SCALE])
    colour = to_hex([np.interp(place, known, part) for part in parts])
    if contrast(ink_on(colour), colour) >= LEGIBLE:
        return colour
    return _legible(place + 0.01 * np.sign(0.5 - place))


def ink_on(colour: str) -> str:
    """Return black or white: the one that is read best on this colour."""
    return max((INK, "#ffffff"), key=lambda ink: contrast(ink, colour))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float = TEXT, *, weight: str = "normal") -> float:
    """Return the width of one line of text."""
    points, _, _ = text_to_path.get_text_width_height_descent(words, _font(size, weight), False)
    return SPARE * points / POINTS_PER_INCH


def text_height(words: str, size: float = TEXT) -> float:
    """Return the height of one or more lines of text."""
    return (words.count("\n") + 1) * LEADING * size / POINTS_PER_INCH


ROUNDING = 1e-6  # inches: the widest word must fit the room that was measured for it


def wrap(words: str, width: float, size: float = TEXT, *, weight: str = "normal") -> str:
    """Break text into lines that fit; a word that is too long is broken with a hyphen."""
    def fits(line: str) -> bool:
        return text_width(line, size, weight=weight) <= width + ROUNDING

    lines = [""]
    for word in BREAKS.split(words.strip()):
        longer = f"{lines[-1]} {word}".strip()
        if fits(longer):
            lines[-1] = longer
            continue
        head, *rest = _pieces(word, fits)
        lines += [head, *rest] if lines[-1] else []
        lines = lines if lines[-1] else [head, *rest]
    return "\n".join(lines)


def _pieces(word: str, fits: Callable[[str], bool]) -> Sequence[str]:
    """Break one word where it no longer fits."""
    pieces = []
    while not fits(word) and len(word) > 1:
        lengths = range(1, len(word))
        most = max(1, bisect_left(lengths, True, key=lambda n: not fits(word[:n] + "-")))
        pieces.append(word[:most] + "-")
        word = word[most:]
    return [*pieces, word]


@cache
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(family=FONT, size=size, weight=weight)


def _luminance(colour: str) -> float:
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))
