"""The parts of a project that hold no passages: codes, users, cases, variables, notes, links."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from wbkit.coding.refi.model import (
    Author,
    Case,
    Given,
    Link,
    Note,
    RefiCode,
    RefiSet,
    User,
    Value,
    Variable,
)
from wbkit.coding.refi.xml import Element
from wbkit.messages import _
from wbkit.text.normalise import frozen

SPACE = uuid5(NAMESPACE_URL, "wbkit:refi")
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TRUE = ("true", "1")


@dataclass
class Register:
    """The GUIDs of a project: each is of one thing, and each reference leads to one."""

    warnings: list[str] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)  # what is not kept, and how often
    _known: dict[str, str] = field(default_factory=dict)

    def new(self, element: Element) -> str:
        """Return the GUID of a thing; one that was used before, or is missing, is replaced."""
        guid = plain_guid(element.get("guid"))
        if guid and guid not in self._known:
            self._known[guid] = element.name
            if not GUID.fullmatch(element.get("guid").strip().strip("{}").lower()):
                self.warn(_(
                    "{element} {name!r}: its GUID is none; it got {guid}.",
                    element=element.name, name=element.get("name"), guid=guid))
            return guid
        nth = 1
        while (made := str(uuid5(SPACE, f"{guid}:{element.name}:{nth}"))) in self._known:
            nth += 1
        about = {"element": element.name, "name": element.get("name"), "made": made}
        self.warn(_("{element} {name!r}: the GUID {guid} is used twice; it got {made}.",
                    guid=guid, **about) if guid else
                  _("{element} {name!r}: has no GUID; it got {made}.", **about))
        self._known[made] = element.name
        return made

    def knows(self, guid: str) -> bool:
        """Whether something has this GUID."""
        return guid in self._known

    def warn(self, words: str) -> None:
        """Keep words for whoever reads the project."""
        self.warnings.append(words)

    def lose(self, words: str, n: int = 1) -> None:
        """Count what is not kept."""
        if n:
            self.lost[words] += n


def plain_guid(guid: str) -> str:
    """Return a GUID without braces and in small letters; of other words one is made."""
    plain = guid.strip().strip("{}").lower()
    return plain if not plain or GUID.fullmatch(plain) else str(uuid5(SPACE, plain))


def refs(element: Element, *names: str) -> tuple[str, ...]:
    """Return the GUIDs to which the references of an element lead."""
    return tuple(plain_guid(one.get("targetGUID") or one.get("guid"))
                 for one in element.all(*names))


def author(element: Element) -> Author:
    """Return who made something and when."""
    return Author(plain_guid(element.get("creatingUser") or element.get("creatingUserGUID")),
                  element.get("creationDateTime"),
                  plain_guid(element.get("modifyingUser") or element.get("modifyingUserGUID")),
                  element.get("modifiedDateTime"))


def users(root: Element, register: Register) -> Iterator[User]:
    """Yield the users of a project."""
    for one in _inside(root, "Users", "User"):
        yield User(register.new(one), one.get("name"), one.get("id"))


def codes(root: Element, register: Register) -> Iterator[RefiCode]:
    """Yield the codes of a project, those above first."""
    book = root if root.name == "CodeBook" else root.first("CodeBook")
    waiting = [(one, "") for one in _inside(book, "Codes", "Code")] if book else []
    while waiting:
        one, parent = waiting.pop(0)
        guid = register.new(one)
        yield RefiCode(guid, one.get("name"), _words(one), parent, one.get("color"),
                       one.get("isCodable").lower() in ("", *TRUE), refs(one, "NoteRef"))
        waiting = [(below, guid) for below in one.all("Code")] + waiting


def variables(root: Element, register: Register) -> Iterator[Variable]:
    """Yield the variables of a project."""
    for one in _inside(root, "Variables", "Variable"):
        yield Variable(register.new(one), one.get("name"), one.get("typeOfVariable") or "Text",
                       _words(one))


def values(element: Element) -> tuple[Value, ...]:
    """Return the values of the variables of a case or source."""
    found = []
    for one in element.all("VariableValue"):
        (variable,) = refs(one, "VariableRef")[:1] or ("",)
        given = next((part for part in one.children if part.name.endswith("Value")), None)
        found.append(Value(variable, given.name.removesuffix("Value") if given else "Text",
                           frozen(given.text) if given else ""))
    return tuple(found)


def cases(root: Element, register: Register) -> Iterator[Case]:
    """Yield the cases of a project."""
    for one in _inside(root, "Cases", "Case"):
        yield Case(register.new(one), one.get("name"), _words(one), refs(one, "CodeRef"),
                   values(one), refs(one, "SourceRef"), refs(one, "SelectionRef"))


def links(root: Element, register: Register) -> Iterator[Link]:
    """Yield the links of a project."""
    for one in _inside(root, "Links", "Link"):
        yield Link(register.new(one), one.get("name"), one.get("direction"), one.get("color"),
                   plain_guid(one.get("originGUID")), plain_guid(one.get("targetGUID")),
                   refs(one, "NoteRef"))


def sets(root: Element, register: Register) -> Iterator[RefiSet]:
    """Yield the sets of a project."""
    for one in _inside(root, "Sets", "Set"):
        yield RefiSet(register.new(one), one.get("name"), _words(one), refs(one, "MemberCode"),
                      refs(one, "MemberSource"), refs(one, "MemberNote"))


def given_codes(element: Element, register: Register) -> tuple[Given, ...]:
    """Return the codes given to a selection or source."""
    return tuple(
        Given(register.new(one), (refs(one, "CodeRef") or ("",))[0], author(one),
              refs(one, "NoteRef")) for one in element.all("Coding"))


def note(element: Element, text: str, register: Register) -> Note:
    """Return a note with its text."""
    lost = list(element.all("PlainTextSelection", "Coding", "NoteRef", "VariableValue"))
    if lost:
        register.lose(_("selections, codes and values of notes"), len(lost))
        register.warn(_(
            "note {name!r}: its selections, codes and values are not kept.",
            name=element.get("name")))
    return Note(register.new(element), element.get("name"), frozen(text), author(element))


def _words(element: Element) -> str:
    return frozen(element.told("Description"))


def _inside(root: Element | None, *names: str) -> Iterator[Element]:
    """Yield the elements on a path of names, such as Users, User."""
    found = [root] if root else []
    for name in names:
        found = [below for one in found for below in one.all(name)]
    return iter(found)
