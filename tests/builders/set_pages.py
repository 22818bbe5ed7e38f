"""Where the words of a PDF stand, and whether they stand in each other's way."""

import io
from dataclasses import dataclass
from itertools import combinations

from pypdf import PdfReader

from wbkit.report.plots.style import POINTS_PER_INCH, text_width

SLACK = 2.0  # points; the width of a word is an estimate


@dataclass(frozen=True)
class Run:
    """Words on one line: page, left and base line in points, size, words."""

    page: int
    x: float
    y: float
    size: float
    words: str

    @property
    def right(self):
        return self.x + text_width(self.words, self.size) * POINTS_PER_INCH * 0.9


def runs(pdf):
    """Return every run of words, without those that are only spaces."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages):
        def visit(words, cm, tm, _font, size, number=number):
            if words.strip():
                x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                found.append(Run(number, x, y, size * abs(tm[0] * cm[0]), words.strip()))
        page.extract_text(visitor_text=visit)
    return found


def outside_page(pdf):
    """Return the runs that begin or end beyond the paper."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    sizes = [(float(one.mediabox.width), float(one.mediabox.height)) for one in pages]
    return [one for one in runs(pdf)
            if not (one.x >= 0 and one.right <= sizes[one.page][0] + SLACK
                    and 0 <= one.y <= sizes[one.page][1])]


def overlapping(pdf):
    """Return pairs of runs that stand on each other."""
    return [(one.words, other.words) for one, other in combinations(runs(pdf), 2)
            if one.page == other.page and abs(one.y - other.y) < 0.5 * min(one.size, other.size)
            and one.x < other.right - SLACK and other.x < one.right - SLACK]
