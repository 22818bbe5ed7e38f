"""What a project of another coding program holds (REFI-QDA), in our own words."""

from collections.abc import Iterator
from dataclasses import dataclass

NOWHERE = -1  # start and end of a selection that could not be placed


@dataclass(frozen=True)
class Author:
    """Who made something, and when: GUIDs of users and times as the program wrote them."""

    creator: str = ""
    created: str = ""
    modifier: str = ""
    modified: str = ""


@dataclass(frozen=True)
class User:
    """Somebody who worked in the project."""

    guid: str
    name: str = ""
    id: str = ""


@dataclass(frozen=True)
class RefiCode:
    """A code; `parent` is the GUID of the code above it."""

    guid: str
    name: str
    description: str = ""
    parent: str = ""
    color: str = ""
    codable: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variable:
    """A variable; `type` is Text, Boolean, Integer, Float, Date or DateTime."""

    guid: str
    name: str
    type: str = "Text"
    description: str = ""


@dataclass(frozen=True)
class Value:
    """The value of a variable, as it is written."""

    variable: str
    type: str
    value: str


@dataclass(frozen=True)
class Case:
    """A case; codes, sources and selections are GUIDs."""

    guid: str
    name: str = ""
    description: str = ""
    codes: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """A code given to a selection or a whole source."""

    guid: str
    code: str
    author: Author = Author()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Selection:
    """A passage: start and end in code points of the frozen text, -1 where it has no place.

    `raw` are the positions as the program counted them.
    """

    guid: str
    start: int
    end: int
    quote: str = ""
    name: str = ""
    description: str = ""
    author: Author = Author()
    codings: tuple[Given, ...] = ()
    notes: tuple[str, ...] = ()
    raw: tuple[int, int] = (NOWHERE, NOWHERE)


@dataclass(frozen=True)
class RefiSource:
    """A source: its frozen text, None where the project holds none."""

    guid: str
    name: str = ""
    text: str | None = None
    kind: str = "TextSource"
    description: str = ""
    author: Author = Author()
    selections: tuple[Selection, ...] = ()
    codings: tuple[Given, ...] = ()
    notes: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note or memo."""

    guid: str
    name: str = ""
    text: str = ""
    author: Author = Author()


@dataclass(frozen=True)
class Link:
    """A link between two things."""

    guid: str
    name: str = ""
    direction: str = ""
    color: str = ""
    origin: str = ""
    target: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RefiSet:
    """A set of codes, sources and notes."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """How a program counted positions in one source, and how well that fits.

    Parameters
    ----------
    source
        Name of the source.
    convention
        In words.
    fits, selections
        How many of its selections begin and end where words do.
    runner_up
        How many fit with the next best way of counting.
    """

    source: str
    convention: str
    fits: int
    selections: int
    runner_up: int

    def __str__(self) -> str:
        return (f"{self.source}: {self.convention} ({self.fits} of {self.selections} selections "
                f"fit; next best {self.runner_up})")


@dataclass(frozen=True, repr=False)
class RefiProject:
    """A project as it was read, or as it will be written.

    Parameters
    ----------
    name, origin, author, description
        About the project.
    users, codes, variables, cases, sources, notes, links, sets
        Its parts.
    note_refs
        GUIDs of notes about the project as a whole.
    counted
        How positions were counted in each source.
    warnings
        What was odd, and what is not kept.
    lost
        What of our own work the format cannot hold, once for each thing.
    """

    name: str
    origin: str = ""
    author: Author = Author()
    description: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[RefiCode, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[RefiSource, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    sets: tuple[RefiSet, ...] = ()
    note_refs: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    warnings: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def selections(self) -> Iterator[tuple[RefiSource, Selection]]:
        """Yield every selection with its source.

        Yields
        ------
        tuple
            Source and selection.
        """
        for source in self.sources:
            for selection in source.selections:
                yield source, selection

    def __repr__(self) -> str:
        n = sum(1 for _ in self.selections())
        lines = [f"{len(self.sources)} sources, {n} selections, {len(self.codes)} codes, "
                 f"{len(self.users)} users, {len(self.cases)} cases, {len(self.notes)} notes"]
        return "\n".join([*lines, *map(str, self.counted), *self.warnings])
