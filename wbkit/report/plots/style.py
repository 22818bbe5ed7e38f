"""How every figure is set: one font, sizes for paper, slide and telephone, measured words."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import numpy as np
from matplotlib import style
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

from wbkit.report.style import COUNT, FONT, FONTS, INK, LEGIBLE, OPINION, REST, contrast, ink_on

for _file in sorted(FONTS.glob("*.ttf")):  # so that a picture is the same on every machine
    fontManager.addfont(str(_file))

CM = 1 / 2.54
TITLE, TEXT, SMALL = 12.5, 9, 8
LEADING = 1.28
GROUPS = (COUNT, REST, INK)  # up to three groups beside each other
SETTINGS = {
    "font.family": [FONT],
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # a question with two dollar signs is not a formula
    "svg.fonttype": "none",
}
POINTS_PER_INCH = 72
WORD = re.compile(  # what stays on one line where it can: (5 interviews), 76 %; and any word
    r"\(\d[^ \t\n()]* [^ \t\n()]+\)[^ \t\n]*|[^ \t\n]*\d %[^ \t\n]*|[^ \t\n]+")
VOWELS = "aeiouyáàäâéèëêíìïîóòöôúùüû"
BETWEEN_VOWELS = re.compile(f"[{VOWELS}]([b-df-hj-np-tv-xzç]+)(?=[{VOWELS}])")
ONSETS = frozenset((  # consonants that begin a syllable together
    "bl", "br", "ch", "chr", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "kl", "kn", "kr", "kw",
    "ph", "pl", "pr", "sch", "schr", "sh", "sj", "spl", "spr", "str", "th", "tr", "tw", "vl",
    "vr", "wr", "zw"))
SHORTEST = 2, 3  # letters before and after a hyphen
WIDOW = 0.3  # of the room: a last line that is shorter stands alone
NARROWER = (0.92, 0.85, 0.75, 0.65, 0.55)
SPARE = 1.01  # a renderer rounds to a part of a pixel
Size = Literal["a4", "slide", "phone"]


@dataclass(frozen=True)
class Paper:
    """What a figure is drawn on.

    Parameters
    ----------
    width
        In inches; the letters keep their size, so a narrow one is read on a narrow screen.
    least
        In inches: a picture that needs less height is this high, as a slide is.
    above
        Whether names stand above their bars and not beside them.
    title
        What stands on top: ``finding``, where there is one, or ``question``.
    """

    width: float
    least: float = 0.0
    above: bool = False
    title: str = "finding"


WIDE = 9 / 16  # height of a slide by its width
PAPERS: dict[str, tuple[Paper, ...]] = {  # the first on which a figure fits
    "a4": (Paper(16 * CM),),
    "phone": (Paper(9 * CM, above=True),),
    "slide": tuple(Paper(wide * CM, wide * CM * WIDE) for wide in (16, 19, 22, 26, 30)),
}
_PAPER: ContextVar[Paper] = ContextVar("paper", default=PAPERS["a4"][0])


@contextmanager
def figure_style(paper: Paper = PAPERS["a4"][0]) -> Iterator[None]:
    """Draw on this paper, in one style whatever the user has set."""
    token = _PAPER.set(paper)
    try:
        with style.context(SETTINGS, after_reset=True):
            yield
    finally:
        _PAPER.reset(token)


def paper() -> Paper:
    """Return what is drawn on."""
    return _PAPER.get()


def scale_colours(before: int, middle: int, after: int) -> tuple[str, ...]:
    """Return colours for ordered answers: orange before a grey middle, and green after it."""
    first, last = ((0.5 * np.arange(many) / (many - (0 if middle else 0.5)) if many else [])
                   for many in (before, after))
    places = np.concatenate([first, [0.5] * middle, 1 - np.flip(last)])
    return tuple(_legible(place) for place in places)


def _legible(place: float) -> str:
    """Return the colour at a place of the scale, lighter where no ink is read well on it."""
    known = np.linspace(0, 1, len(OPINION))
    parts = np.transpose([to_rgb(colour) for colour in OPINION])
    colour = to_hex([np.interp(place, known, part) for part in parts])
    if contrast(ink_on(colour), colour) >= LEGIBLE:
        return colour
    return _legible(place + 0.01 * np.sign(0.5 - place))


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
    """Break text into lines that fit, of which the last is no single short word where it can.

    A word that is too long is broken with a hyphen, between syllables where it can.
    """
    lines = _lines(words, width, size, weight)
    if len(lines) > 1 and text_width(lines[-1], size, weight=weight) < WIDOW * width:
        for part in NARROWER:
            narrower = _lines(words, part * width, size, weight)
            if _is_as_good(narrower, lines) and \
                    text_width(narrower[-1], size, weight=weight) >= WIDOW * width:
                return "\n".join(narrower)
    return "\n".join(lines)


def balanced(words: str, width: float, size: float, *, weight: str = "normal") -> str:
    """Break text into as few lines as fit, of about equal length, so that none is one word."""
    lines = _lines(words, width, size, weight)
    for part in reversed(NARROWER):
        narrower = _lines(words, part * width, size, weight)
        if _is_as_good(narrower, lines):
            return "\n".join(narrower)
    return "\n".join(lines)


def _is_as_good(narrower: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether there are as many lines, and no word is broken that was whole."""
    return len(narrower) == len(lines) and " ".join(narrower) == " ".join(lines)


def _lines(words: str, width: float, size: float, weight: str) -> list[str]:
    def fits(line: str) -> bool:
        return text_width(line, size, weight=weight) <= width + ROUNDING

    lines = [""]
    for word in _tokens(words, fits):
        longer = f"{lines[-1]} {word}".strip()
        if fits(longer):
            lines[-1] = longer
            continue
        head, *rest = _pieces(word, fits)
        lines += [head, *rest] if lines[-1] else []
        lines = lines if lines[-1] else [head, *rest]
    return lines


def _tokens(words: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Give the words, and words that belong together as one where they fit on a line."""
    for token in WORD.findall(words):
        yield from [token] if fits(token) else token.split(" ")


def _pieces(word: str, fits: Callable[[str], bool]) -> Sequence[str]:
    """Break one word where it no longer fits: between syllables, else between any letters."""
    pieces = []
    while not fits(word) and len(word) > 1:
        lengths = range(1, len(word))
        most = max(1, bisect_left(lengths, True, key=lambda n: not fits(word[:n] + "-")))
        most = max([one for one in _syllables(word) if one <= most], default=most)
        pieces.append(word[:most] + "-" * (word[most - 1] != "-"))
        word = word[most:]
    return [*pieces, word]


def _syllables(word: str) -> Iterator[int]:
    """Give the places where a word may be broken, by the consonants that begin a syllable."""
    for found in BETWEEN_VOWELS.finditer(word.lower()):
        cluster = found[1]
        start = next(at for at in range(len(cluster))
                     if at == len(cluster) - 1 or cluster[at:] in ONSETS)
        place = found.start(1) + start
        if SHORTEST[0] <= place <= len(word) - SHORTEST[1]:
            yield place
    yield from (one.end() for one in re.finditer("-", word[:-1]))


@cache
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(family=FONT, size=size, weight=weight)

