"""The one result, a Table, and the Figure that stands on it."""

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from matplotlib import style
from matplotlib.figure import Figure as Picture

from wbkit.table import wording
from wbkit.table.contents import Contents
from wbkit.table.render import Shown, as_html, as_text, sentence

DPI = 150
RENDERING = {"text.hinting": "none"}  # letters have the same width at every number of dots


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

    def _repr_html_(self) -> str:
        return as_html(self.show())

    def __repr__(self) -> str:
        return as_text(self.show())


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
    """

    picture: Picture
    table: Table
    alt: str
    drawn: tuple[str, ...] = ()
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Twelve digits of the sha256 of the Table and of how it is drawn; in no language."""
        lines = [self.table.fingerprint, *self.drawn]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    def png(self, *, dpi: int = DPI) -> bytes:
        """Return the picture as PNG, without time or version inside.

        Parameters
        ----------
        dpi
            Dots per inch: 150 for a screen, 300 for print.

        Returns
        -------
        bytes
            The file; the same whatever the settings of the user.
        """
        stream = io.BytesIO()
        with style.context(RENDERING, after_reset=True):
            self.picture.savefig(stream, format="png", dpi=dpi,
                                 metadata={"Software": None, "Creation Time": None})
        return stream.getvalue()

    def _repr_png_(self) -> bytes:
        return self.png()

    def __repr__(self) -> str:
        return f"{self.alt}\n\n{self.table!r}"
