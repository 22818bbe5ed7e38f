"""Where the words of a picture really stand, measured with the renderer that draws it."""

from itertools import combinations

from matplotlib import style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from oracles.drawn_marks import cell_corners

from wbkit.table.table import DPI, RENDERING

SLACK = 1.0  # pixels
EDGE = 0.05 * DPI  # white that stays around everything


def drawn(picture):
    """Draw a picture; return the box of each word group and of each coloured rectangle."""
    picture.set_dpi(DPI)
    renderer = FigureCanvasAgg(picture).get_renderer()
    with style.context(RENDERING, after_reset=True):
        return _boxes(picture, renderer)


def _boxes(picture, renderer):
    picture.draw_without_rendering()
    texts = [(text.get_text(), text.get_window_extent(renderer))
             for text in picture.findobj(Text) if text.get_visible() and text.get_text().strip()]
    filled = [patch for axes in picture.axes for patch in axes.patches]
    filled += [artist for artist in picture.artists if isinstance(artist, Rectangle | Circle)]
    boxes = [("rectangle", patch.get_window_extent(renderer)) for patch in filled]
    boxes += [("rectangle", Bbox([[left, bottom], [right, top]])) for axes in picture.axes
              for left, top, right, bottom in cell_corners(axes)]
    return texts, [(name, box) for name, box in boxes if box.width > SLACK]


def faults(figure, *, words_in_bars=False):
    """Say what is cut off and what overlaps in a Figure."""
    texts, rectangles = drawn(figure.picture)
    edge = figure.picture.bbox
    found = [f"cut off: {name}" for name, box in texts + rectangles
             if box.x0 < EDGE or box.y0 < EDGE or box.x1 > edge.x1 - EDGE
             or box.y1 > edge.y1 - EDGE]
    found += [f"overlap: {one} / {two}" for (one, a), (two, b) in combinations(texts, 2)
              if _overlap(a, b)]
    for words, a in texts:
        for _, b in rectangles:
            inside = words_in_bars and b.x0 <= a.x0 and a.x1 <= b.x1
            if _overlap(a, b) and not inside:
                found.append(f"on a bar: {words}")
    return found


def _overlap(a, b):
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > SLACK and down > SLACK


def words_of(figure):
    """Return every word group in the picture."""
    return [text for text, _ in drawn(figure.picture)[0]]
