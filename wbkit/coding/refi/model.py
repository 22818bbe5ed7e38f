"""The parts of a project of a coding program, as the REFI-QDA standard has them."""

from dataclasses import dataclass

from wbkit.messages import _, counted

ANSWER = "Answer"  # the kind of a source that answers an open item; its name is its id
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
class Looked:
    """Which codes somebody looked for in a source: GUIDs."""

    source: str
    user: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """How a program counted positions in one source, and how many selections fit that."""

    source: str
    convention: str
    fits: int  # selections that begin and end where words do
    selections: int
    runner_up: int  # how many fit with the next best way of counting

    def __str__(self) -> str:
        return _(
            "{source}: {convention} (of {selections}, {fits} fit; next best {runner_up})",
            source=self.source, convention=self.convention, fits=self.fits,
            selections=counted(self.selections, "selection", "selections"),
            runner_up=self.runner_up)
