"""What a report is made of, before it is Word, PDF or HTML: parts in order, all words made."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import Literal

from wbkit.report.pages.page_style import PageStyle
from wbkit.table.count_layouts import Grid
from wbkit.table.render import caption_lines, laid_out
from wbkit.table.table import Figure
from wbkit.table.word import is_wide
from wbkit.table.words import Worded

Role = Literal["body", "lead", "kicker", "note", "origin", "banner", "answer"]
Link = tuple[str, str]  # words, anchor
LONGEST_ANCHOR = 40  # letters of a bookmark in Word


@dataclass(frozen=True)
class Heading:
    """A heading of level 1, 2 or 3; links lead to its anchor."""

    text: str
    level: int = 2
    anchor: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph.

    Parameters
    ----------
    text, role
        What it says, and what it is for.
    tables
        The Tables in which its numbers stand.
    links
        Words and anchors that follow the text.
    """

    text: str
    role: Role = "body"
    tables: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Points:
    """Lines below each other: a list, or boxes that somebody ticks on report."""

    lines: tuple[str, ...]
    kind: Literal["list", "boxes"] = "list"
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class TablePart:
    """A Table, laid out.

    Parameters
    ----------
    title, grid
        Its words.
    notes
        The lines below it: base, basis, source.
    number
        In the report; 0 for a list that has no number.
    tables
        The name of the Table.
    anchor, anchors
        Where links lead: to the table, and to each of its rows.
    followed
        Whether the next part says where its numbers come from, and stays on its page.
    """

    title: str
    grid: Grid
    notes: tuple[str, ...] = ()
    number: int = 0
    tables: tuple[str, ...] = ()
    anchor: str = ""
    anchors: tuple[str, ...] = ()
    followed: bool = False

    @property
    def is_turned(self) -> bool:
        """Whether it stands on a page of its own, on its side; a list never does."""
        return bool(self.number) and is_wide(self.grid)


@dataclass(frozen=True)
class Drawing:
    """A Figure, drawn without its own title and footer: the page gives these.

    Parameters
    ----------
    title, subtitle
        What stands above it: the finding, or the question; question, base and subgroup.
    figure
        The Figure.
    notes
        The lines below it: source, n, how recruited.
    number
        In the report.
    tables
        The name of the Table that it draws.
    anchor
        Where links lead.
    followed
        Whether the next part says where its numbers come from, and stays on its page.
    """

    title: str
    figure: Figure
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    number: int = 1
    tables: tuple[str, ...] = ()
    anchor: str = ""
    followed: bool = False

    @cached_property
    def svg(self) -> bytes:
        """The picture for a page that has the font already."""
        return self.figure.svg(bare=True, fonts=False)


@dataclass(frozen=True)
class Contents:
    """The place of the table of contents, and its heading."""

    text: str


Part = Heading | Words | Points | TablePart | Drawing | Contents


def table_part(name: str, shown: Worded) -> TablePart:
    """Lay a Table out; of a long one the first rows, and a line that says so."""
    return TablePart(shown.title, laid_out(shown), tuple(caption_lines(shown)), 1, (name,),
                     anchor_of("table", name))


def drawing(name: str, figure: Figure, title: str) -> Drawing:
    """Take a Figure into a report, under its own title where it has one."""
    around = figure.around
    own, subtitle, footer = (" ".join(one.split()) for one in (
        around.title or title, around.subtitle, around.footer))
    return Drawing(own, figure, subtitle, tuple(filter(None, [footer])), 1, (name,),
                   anchor_of("figure", name))


def anchor_of(kind: str, name: str) -> str:
    """Return where links to a result lead: a name that Word, PDF and HTML can all hold."""
    whole = f"{kind}-{name}"
    if len(whole) <= LONGEST_ANCHOR:
        return whole
    return f"{whole[:LONGEST_ANCHOR - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Number tables and figures from 1, show each of them once, and keep its origin with it."""
    made: list[Part] = []
    there: set[str] = set()
    numbers = {TablePart: count(1), Drawing: count(1)}
    for part in parts:
        if isinstance(part, TablePart | Drawing) and part.number:
            if part.anchor in there:
                continue
            there.add(part.anchor)
            part = replace(part, number=next(numbers[type(part)]))
        if made and isinstance(made[-1], TablePart | Drawing) and _is_origin(part):
            made[-1] = replace(made[-1], followed=True)
        made.append(part)
    return tuple(made)


def _is_origin(part: Part) -> bool:
    return isinstance(part, Words) and part.role == "origin"


@dataclass(frozen=True)
class Report:
    """A whole report, in words of one language.

    Parameters
    ----------
    title, subtitle, author, foot
        Its title, for whom it is, who made it, and what stands below each page.
    language
        ``nl`` or ``en``.
    style
        The house style of its pages.
    parts
        What it holds, in order.
    """

    title: str
    subtitle: str
    author: str
    foot: str
    language: str
    style: PageStyle
    parts: tuple[Part, ...]

    @property
    def headings(self) -> list[Heading]:
        """What stands in its contents."""
        return [one for one in self.parts if isinstance(one, Heading) and one.level == 2]

    @property
    def tables(self) -> list[str]:
        """The names of the Tables on which it rests, each once."""
        return list(dict.fromkeys(
            name for one in self.parts for name in getattr(one, "tables", ())))
