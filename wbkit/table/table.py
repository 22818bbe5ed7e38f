"""The one result: a tidy table that carries its base, its source and its fingerprint."""

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
from matplotlib import style
from matplotlib.figure import Figure as Picture

from wbkit.study.model import MEASURES, NOT_A_DIMENSION
from wbkit.study.source import Source
from wbkit.table.render import as_html, as_text, sentence

Kind = Literal["frequency", "crosstab", "coverage", "nonresponse", "estimate", "test",
               "agreement", "check", "listing", "matrix", "trend", "joint",
               "answers", "saturation", "reliability", "model"]
CELL_END, ROW_END = "\x1f", "\x1e"  # ASCII separators: no answer holds them
ADDRESS = ("source", "moment", "item", "measure", "cell")
DPI = 150
RENDERING = {"text.hinting": "none"}  # letters have the same width at every number of dots


@dataclass(frozen=True, repr=False)
class Table:
    """A result: numbers by id, and all that a reader needs to judge them.

    Parameters
    ----------
    data
        Tidy: one row for each number or group of numbers, ids in the columns that say what
        it is about. Hidden numbers are absent.
    kind
        What sort of result it is; decides the columns and which figures draw it.
    title
        Printed above.
    units
        The word for one and for several units.
    base
        Words that say what the base is.
    basis
        On what an interval or test rests, or why there is none.
    notes
        Further lines printed below.
    sources
        The sources of the numbers.
    labels
        Printed words of ids, by column; ``value of <item>`` where the same id has other
        words in that item.
    language
        ``nl`` or ``en``.
    part
        Words of the part of the units that is looked at, empty for all.
    adds_up
        Whether each unit has one value, so that values may be added up.
    about
        Ids and numbers of what `base`, `basis` and `notes` say, which the data do not hold:
        the part that is looked at, the assumption, who is outside the base.
    """

    data: pd.DataFrame
    kind: Kind
    title: str
    units: tuple[str, str]
    base: str = ""
    basis: str = ""
    notes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "nl"
    part: str = ""
    adds_up: bool = True
    about: tuple[str, ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The columns by which the numbers are divided into groups."""
        return tuple(name for name in self.data.columns if name not in NOT_A_DIMENSION)

    @property
    def synthetic(self) -> bool:
        """Whether any of the sources was made up."""
        return any(source.synthetic for source in self.sources)

    @property
    def cells(self) -> pd.DataFrame:
        """The address of each number: source, moment, item, measure, cell, number.

        ``cell`` joins the part of the units that is looked at, the dimensions and their
        categories: ``niveau=2; value=eens``.
        """
        frame = self.data
        measures = [name for name in MEASURES if name in frame.columns]
        keys = [name for name in frame.columns
                if name not in (*MEASURES, "state", "item", "moment", "measure", "break")]
        parts = [frame[key].astype(str).radd(f"{key}=") for key in keys]
        cell = pd.concat(parts, axis=1).agg("; ".join, axis=1) if parts else ""
        cell = f"{self.part}; " + cell if self.part else cell
        about = {
            "source": "+".join(source.name for source in self.sources),
            "moment": frame.get("moment", ""),
            "item": frame.get("item", ""),
            "cell": cell,
        }
        wide = frame[measures].assign(**about)
        return wide.melt(id_vars=list(about), value_vars=measures, var_name="measure",
                         value_name="number")[[*ADDRESS, "number"]]

    @property
    def fingerprint(self) -> str:
        """Twelve digits of the sha256 of what is shown, to six decimals; same in any language."""
        lines = [self.kind, *self.about]
        lines += [CELL_END.join(self.data.columns)]
        lines += [CELL_END.join(map(_canonical, row)) for row in self.data.itertuples(index=False)]
        return hashlib.sha256(ROW_END.join(lines).encode()).hexdigest()[:12]

    def sentence(
        self, value: str | Iterable[str] | None = None, *, item: str | None = None, **group: str
    ) -> str:
        """Write one count of a frequency Table as a sentence.

        Parameters
        ----------
        value
            One value or several (added up); the most frequent one when left out.
        item
            Needed when the Table holds several items.
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
        return sentence(self, value, item=item, group=group)

    def words(self, column: str, key: object, *, item: object = None) -> str:
        """Return the printed words of an id.

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
        own = self.labels.get(f"{column} of {item}", {})
        return own.get(str(key), self.labels.get(column, {}).get(str(key), str(key)))

    def _repr_html_(self) -> str:
        return as_html(self)

    def __repr__(self) -> str:
        return as_text(self)


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
    """

    picture: Picture
    table: Table
    alt: str

    @property
    def fingerprint(self) -> str:
        """Twelve digits of the sha256 of the Table and of what the picture states of it."""
        return hashlib.sha256(f"{self.table.fingerprint}\n{self.alt}".encode()).hexdigest()[:12]

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


def _canonical(value: object) -> str:
    """Write a value the same way on every machine; tiny numbers are 0, absent ones empty."""
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{round(value, 6) + 0.0:.6f}"
    return str(value)
