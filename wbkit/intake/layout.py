"""How a raw file is laid out: its format, and where its headings and answers stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wbkit.study.source import Long, Source

CountHeads = Callable[[Sequence[Sequence[str]]], int]  # first rows of a file: how many are headings


@dataclass(frozen=True)
class Layout:
    """How a raw file is laid out, as study.toml says it of a source.

    Parameters
    ----------
    format
        Which program exported it, or ``csv`` or ``excel``.
    sheet
        The sheet of a workbook.
    heading_row
        The row with the headings, as Excel numbers it.
    heading_rows
        How many rows the headings take.
    long
        The headings of unit, question and answer, when there is one row for each answer.
    """

    format: str = "csv"
    sheet: str | None = None
    heading_row: int | None = None
    heading_rows: int | None = None
    long: Long | None = None


@dataclass(frozen=True)
class Grid:
    """The cells of a table as they were read, its headings apart.

    Parameters
    ----------
    heads
        The rows of headings, mostly one.
    columns
        The cells of each column as text, ``""`` for an empty one.
    rows
        The row number that Excel shows, for each row.
    found
        What was found out about the file.
    """

    heads: Sequence[Sequence[str]]
    columns: Sequence[Sequence[str]]
    rows: Sequence[int]
    found: tuple[str, ...] = ()


def layout_of(source: Source) -> Layout:
    """Return how study.toml says that the file of a source is laid out."""
    return Layout(source.format, source.sheet, source.heading_row, source.heading_rows,
                  source.long)
