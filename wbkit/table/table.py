"""The one result, a Table, and the Figure that stands on it."""

import hashlib
import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

import numpy as np
from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.figure import Figure as Picture
from matplotlib.image import imsave

from wbkit.errors import DataError
from wbkit.files import write_whole
from wbkit.messages import _
from wbkit.table import wording
from wbkit.table.contents import Contents
from wbkit.table.render import Shown, as_html, as_text, sentence

DPI = 150
RENDERING = {"text.hinting": "none"}  # letters have the same width at every number of dots
AROUND = "around"  # the mark of words above and below a plot
IDS = re.compile(r'((?:\bid="|url\(#|href="#))')  # where an SVG names one of its parts
POINTS = 72  # an inch, in an SVG
VIEW = re.compile(r' viewBox="[^"]*"')
SIZES = re.compile(r' (?:width|height)="[^"]*"')


@dataclass(frozen=True, repr=False)
class Table(Contents):
    """A result: numbers by id, and all that a reader needs to judge them.

    Parameters
    ----------
    data
        Tidy: one row for each number or group of numbers, ids in the columns that say what
        it is about. Hidden numbers are absent.
    kind
        What sort of result it is; decides the columns and which figures draw it.
    dimensions
        The columns by which the numbers are divided into groups.
    facts
        Statements of ids and counts: what the base is, who is outside it, on what an interval
        rests. Small counts of real people are hidden in them too.
    sources
        The sources of the numbers, and vocabularies: what the ids mean.
    """

    def show(
        self, language: str | None = None, *, notes: Literal["full", "short"] = "full",
        title: str | None = None,
    ) -> Shown:
        """Put the Table into words.

        Parameters
        ----------
        language
            ``nl`` or ``en``; that of the study when left out.
        notes
            ``full``, or ``short`` for a slide: without what only a specialist asks for.
        title
            Words of one's own instead of the question.

        Returns
        -------
        Shown
            Title, base, notes and the words of every id; prints like a Table.
        """
        return wording.shown(self, language=language, notes=notes, title=title)

    def sentence(
        self, value: str | Iterable[str] | None = None, *, item: str | None = None,
        language: str | None = None, **group: str,
    ) -> str:
        """Write one count of a frequency or ranking Table as a sentence.

        Parameters
        ----------
        value
            One value or several (added up); the most frequent one when left out, of a ranking
            all options that came first as often.
        item
            Needed when the Table holds several items.
        language
            ``nl`` or ``en``; that of the study when left out.
        group
            Dimension = category, for a Table by groups: ``leerweg="bbl"``.

        Returns
        -------
        str
            A sentence with the count, the base, and a percentage from a base of 10 on.

        Raises
        ------
        DataError
            If the Table has no such item, value or group, or more than one of them.
        """
        return sentence(self.show(language), value, item=item, group=group)

    def words(self, column: str, key: object, *, item: object = None) -> str:
        """Return the printed words of an id, in the language of the study.

        Parameters
        ----------
        column
            A column of `data`.
        key
            An id in that column.
        item
            The item to which a value belongs: the same id can have other words there.

        Returns
        -------
        str
            Its words, or the id itself where it has none.
        """
        return self.show().words(column, key, item=item)

    def to_word(
        self, path: str | Path, *, language: str | None = None, title: str | None = None,
    ) -> Path:
        """Write the Table as a Word table, for a document of one's own.

        The first row returns on each page, the caption has a number that Word renews, and below
        the table stand its base, what it rests on and its source. A wide Table lies on its side.

        Parameters
        ----------
        path
            The file, which ends in ``.docx``.
        language
            ``nl`` or ``en``; that of the study when left out.
        title
            Words of one's own instead of the question.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        DataError
            If the path ends otherwise.
        """
        file = Path(path)
        if file.suffix.lower() != ".docx":
            raise DataError(_(
                "to_word: {file!r} ends in {suffix!r}. Give a name that ends in .docx.",
                file=file.name, suffix=file.suffix))
        word = import_module("wbkit.table.word")  # who counts does not wait for it
        return write_whole(file, word.table_document(self.show(language, title=title)))

    def _repr_html_(self) -> str:
        return as_html(self.show())

    def __repr__(self) -> str:
        return as_text(self.show())


@dataclass(frozen=True)
class Around:
    """What stands around a plot: words, where they stand, and the font that they are set in.

    Parameters
    ----------
    title, subtitle, footer
        The words above and below, each on as many lines as it has.
    head, foot
        Where the words above end and those below begin, in inches from the top.
    faces
        The font as CSS, for SVG.
    """

    title: str = ""
    subtitle: str = ""
    footer: str = ""
    head: float = 0.0
    foot: float = 0.0
    faces: str = ""


@dataclass(frozen=True, repr=False)
class Figure:
    """A matplotlib figure, the Table that it draws, and words for who cannot see it.

    Parameters
    ----------
    picture
        The matplotlib figure.
    table
        The Table that it draws.
    alt
        Alternative text that states the data.
    drawn
        How it is drawn, in ids: the name of the plot and what the caller chose.
    choices
        What the caller chose, by argument: with it the same plot draws another Table alike.
    around
        Title, subtitle and footer, which a page can give itself.
    plot
        What drew it, so that it can be drawn at another size.
    """

    picture: Picture
    table: Table
    alt: str
    drawn: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)
    around: Around = Around()
    plot: Callable[..., "Figure"] | None = None

    @property
    def fingerprint(self) -> str:
        """Twelve digits of the sha256 of the Table and of how it is drawn; in no language."""
        lines = [self.table.fingerprint, *self.drawn]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    def sized(self, size: str) -> "Figure":
        """Draw the same Table the same way at another size.

        Parameters
        ----------
        size
            ``a4`` (a page or a screen), ``slide`` or ``phone``.

        Returns
        -------
        Figure
            Another figure; what somebody drew on this one by hand is not on it.

        Raises
        ------
        DataError
            If no plot of wbkit drew it, or the size is unknown.
        """
        if self.plot is None:
            raise DataError(_(
                "This figure was not drawn by a plot of wbkit, so it has one size. Draw its Table "
                "with plot_bars(…, size={size!r}) or another plot.",
                size=size))
        return self.plot(self.table, **{**self.choices, "size": size})

    def png(self, *, dpi: int = DPI, bare: bool = False) -> bytes:
        """Return the picture as PNG, with its alternative text inside, without time or version.

        Parameters
        ----------
        dpi
            Dots per inch: 150 for a screen, 300 for print.
        bare
            Without title, subtitle and footer, for a page that gives them itself.

        Returns
        -------
        bytes
            The file; the same whatever the settings of the user.
        """
        about = {"Title": self.around.title, "Description": self.alt,
                 "Identifier": self.fingerprint, "Software": None, "Creation Time": None}
        metadata = {key: words for key, words in about.items() if words != ""}
        form = {"format": "rgba"} if bare else {"format": "png", "metadata": metadata}
        stream, part = io.BytesIO(), io.BytesIO()
        with self._without(*self._around(bare)), style.context(RENDERING, after_reset=True):
            self.picture.savefig(stream, dpi=dpi, **form)
        if not bare:
            return stream.getvalue()
        top, foot = (round(dpi * place) for place in self._plot())
        width = int(dpi * self.picture.get_size_inches()[0])
        dots = np.frombuffer(stream.getvalue(), np.uint8).reshape(-1, width, 4)
        imsave(part, dots[top:foot], format="png", dpi=dpi, metadata=metadata)
        return part.getvalue()

    def svg(self, *, bare: bool = False, fonts: bool = True) -> bytes:
        """Return the picture as SVG: its words are text, its alternative text stands inside.

        Parameters
        ----------
        bare
            Without title, subtitle and footer, for a page that gives them itself.
        fonts
            With the font in it; without, for a page that has the font already.

        Returns
        -------
        bytes
            The file; the same on every run. It has no width of its own and fills its box.
        """
        stream = io.StringIO()
        settings = RENDERING | {"svg.fonttype": "none", "svg.hashsalt": self.fingerprint}
        ground = [self.picture.patch] if bare else []  # it would cover what stands above
        with self._without(*ground, *self._around(bare)), \
                style.context(settings, after_reset=True):
            self.picture.savefig(stream, format="svg", metadata={
                "Date": None, "Creator": None, "Identifier": self.fingerprint})
        svg = self._cut(stream.getvalue()) if bare else stream.getvalue()
        return _told(svg, self, self.around.faces * fonts).encode()

    def _around(self, bare: bool) -> list[Artist]:
        """Return the words above and below that a page gives itself."""
        return [one for one in self.picture.texts if one.get_gid() == AROUND] if bare else []

    def _plot(self) -> tuple[float, float]:
        """Return where the words above end and those below begin, in inches from the top."""
        return self.around.head, self.around.foot or float(self.picture.get_size_inches()[1])

    def _cut(self, svg: str) -> str:
        """Show a part of an SVG: what is drawn keeps its place, which a box of savefig moves."""
        (top, foot), width = self._plot(), self.picture.get_size_inches()[0]
        box = " ".join(f"{POINTS * side:.6g}" for side in (0, top, width, foot - top))
        return VIEW.sub(f' viewBox="{box}"', svg, count=1)

    @contextmanager
    def _without(self, *artists: Artist) -> Iterator[None]:
        """Leave parts out of the picture for a moment."""
        try:
            for one in artists:
                one.set_visible(False)
            yield
        finally:
            for one in artists:
                one.set_visible(True)

    def _repr_mimebundle_(self, **_asked: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Show the picture in a notebook, with its alternative text."""
        return ({"image/png": b64encode(self.png()).decode(), "text/plain": repr(self)},
                {"image/png": {"alt": self.alt}})

    def __repr__(self) -> str:
        return f"{self.alt}\n\n{self.table!r}"


def _told(svg: str, figure: Figure, faces: str) -> str:
    """Give an SVG a name, a description and its font, and ids that no other picture has."""
    svg = svg[svg.index("<svg"):]
    mark = f"f{hashlib.sha256(svg.encode()).hexdigest()[:8]}"
    svg = IDS.sub(rf"\g<1>{mark}-", svg)
    head, rest = svg.split(">", 1)
    head = SIZES.sub("", head)
    name = escape(figure.around.title.replace("\n", " "))
    return (f'{head} role="img" aria-labelledby="{mark}-title {mark}-desc">\n'
            f'<title id="{mark}-title">{name}</title>\n'
            f'<desc id="{mark}-desc">{escape(figure.alt)}</desc>\n'
            f"{f'<style>{faces}</style>' if faces else ''}{rest}")
