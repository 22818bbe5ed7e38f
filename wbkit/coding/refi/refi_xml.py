"""XML without surprises: no entities, no endless nesting, and names without their namespace."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from wbkit.errors import CodingError

MOST_LEVELS = 200
MOST_ELEMENTS = 5_000_000
SEPARATOR = " "
ADVICE = "Export the project again."


@dataclass(slots=True)
class Element:
    """One element: its name, its attributes, its text and what stands in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words directly in the element."""
        return "".join(self.pieces)

    def get(self, name: str) -> str:
        """Return an attribute, empty when it is not there."""
        return self.attributes.get(name, "")

    def all(self, *names: str) -> Iterator["Element"]:
        """Yield the elements directly in this one that bear one of these names."""
        return (one for one in self.children if one.name in names)

    def first(self, name: str) -> "Element | None":
        """Return the first element of this name directly in this one."""
        return next(self.all(name), None)

    def told(self, name: str) -> str:
        """Return the words of the first element of this name."""
        found = self.first(name)
        return found.text if found else ""


class _Builder:
    """Makes elements of what the parser meets."""

    def __init__(self, where: str) -> None:
        self.where, self.root, self.n = where, None, 0
        self._open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.n += 1
        made = Element(_plain(name), {_plain(key): words for key, words in attributes.items()})
        if len(self._open) >= MOST_LEVELS or self.n > MOST_ELEMENTS:
            raise CodingError(f"{self.where}: has more than {MOST_LEVELS} levels or "
                              f"{MOST_ELEMENTS} elements. No program writes that; do not open it.")
        if self._open:
            self._open[-1].children.append(made)
        else:
            self.root = made
        self._open.append(made)

    def end(self, name: str) -> None:
        """Close the element that was opened last."""
        self._open.pop()

    def words(self, words: str) -> None:
        """Keep words of the element that is open."""
        self._open[-1].pieces.append(words)

    def refuse(self, *_: object) -> None:
        """Refuse declarations, by which a small file can grow without end."""
        raise CodingError(f"{self.where}: declares a document type or entities, as no program for "
                          "coding does. Do not open it; ask for the project again.")


def _plain(name: str) -> str:
    return name.rpartition(SEPARATOR)[2]


def parsed(content: bytes, where: str) -> Element:
    """Return the root element of an XML file.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.

    Returns
    -------
    Element
        The root.

    Raises
    ------
    CodingError
        If it is no XML, declares entities, or is nested without end.
    """
    builder = _Builder(where)
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.words
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, CodingError):
            raise
        raise CodingError(f"{where}: is not whole XML ({error}). {ADVICE}") from None
    return builder.root
