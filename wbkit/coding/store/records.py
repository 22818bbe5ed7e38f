"""One coding, and what a coder looked for, as they stand in a file: one line of JSON each."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from wbkit.coding.store.files import CODINGS, file_name
from wbkit.errors import CodingError
from wbkit.messages import _

ORIGINS = ("manual", "dictionary", "suggestion", "import", "consensus", "machine")
ROUNDS = ("training", "main")
DRAWN = "sample_"  # begins the round of a sample drawn by lot; its name follows
ACCEPTED, REVIEW, WITHDRAWN, ORPHAN = "accepted", "review", "withdrawn", "orphan"
STATUSES = (ACCEPTED, REVIEW, WITHDRAWN, ORPHAN)
PLACED = (ACCEPTED, REVIEW)  # these stand in the text as it is now
DIGITS = 12  # of the hash of a text, as its revision
CONTEXT = 40  # characters kept before and after a quote
ALWAYS = ("id", "document", "revision", "start", "end", "quote", "code")
CONSIDERED_CHOICES = {"round": ROUNDS, "status": ("done", "busy"), "blind": (True, False),
                      "codebook": ()}
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
CHOICES = {"origin": ORIGINS, "round": ROUNDS, "status": STATUSES}


@dataclass(frozen=True)
class Coding:
    """A code that somebody gave to a passage.

    Parameters
    ----------
    id
        Sixteen digits that never change.
    document, revision
        The text, and the first twelve digits of its hash.
    start, end
        Code points, half-open.
    quote, before, after
        What stands there, and around it.
    code, coder
        Who gave which code; the id of the code.
    origin
        ``manual``, ``dictionary``, ``suggestion``, ``import``, ``consensus`` or ``machine``.
    round
        ``training`` or ``main``, or ``sample_`` and the name of a sample.
    rule, codebook
        The term or rule that led to it; the version of the codebook.
    memo, time
        A remark; when, in UTC.
    status
        ``accepted``; ``review`` (waits for a reader); ``withdrawn``; ``orphan`` (its passage is
        no longer in the text).
    supersedes, was
        The coding that it replaces; where it stood before the text changed.
    decided_by
        For a consensus: who decided.
    """

    id: str
    document: str
    revision: str
    start: int
    end: int
    quote: str
    code: str
    coder: str
    before: str = ""
    after: str = ""
    origin: str = "manual"
    round: str = "main"
    rule: str = ""
    codebook: str = ""
    memo: str = ""
    time: str = ""
    status: str = ACCEPTED
    supersedes: str = ""
    was: str = ""
    decided_by: str = ""

    def line(self) -> str:
        """Return the coding as it stands in its file; empty fields and the coder left out."""
        kept = {name: getattr(self, name) for name in IN_FILE}
        return as_json({name: value for name, value in kept.items()
                        if name in ALWAYS or value != ""})

    @property
    def order(self) -> tuple:
        """Where the coding stands in its file."""
        return self.document, self.start, self.end, self.code, self.id

    @property
    def same_as(self) -> tuple:
        """What makes it the same coding, when the coder gives it again."""
        return self.document, self.start, self.end, self.code, self.origin, self.round


IN_FILE = tuple(one.name for one in fields(Coding) if one.name != "coder")
LEFT_OUT = {one.name: one.default for one in fields(Coding) if one.default is not MISSING}
NUMBERS = ("start", "end")
ALL_ALWAYS, ALL_IN_FILE = frozenset(ALWAYS), frozenset(IN_FILE)


@dataclass(frozen=True, slots=True)
class Considered:
    """Which codes a coder looked for in a text, and whether blind to what others coded in it."""

    document: str
    revision: str
    coder: str
    codes: tuple[str, ...]
    round: str = "main"
    codebook: str = ""
    status: str = "done"
    blind: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By which a later one replaces this one."""
        return self.document, self.round

    @classmethod
    def from_json(cls, content: Mapping[str, Any], coder: str) -> Self:
        """Return what one line of a journal says was looked for."""
        return cls(coder=coder, **{**content, "codes": tuple(content["codes"])})


TOLD = "codings"  # in the first line of a file: the number of codings that follow
CONSIDERED_IN_FILE = tuple(one.name for one in fields(Considered) if one.name != "coder")


@dataclass
class Coded:
    """All that one coder did in one file of texts."""

    coder: str
    codings: dict[str, Coding] = field(default_factory=dict)  # by id
    considered: dict[tuple[str, str], Considered] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # id of a coding: its line in the file
    told: int | None = None  # number of codings that its first line tells; older files do not

    def copy(self) -> Self:
        """Return the same work, to be changed apart."""
        return type(self)(self.coder, dict(self.codings), dict(self.considered), self.lines,
                          self.told)

    def put(self, entry: Coding | Considered, *, line: int = 0) -> None:
        """Let an entry replace the earlier one; say at which line of the file it stands.

        Who looked for no code at all takes back what was said before.
        """
        if isinstance(entry, Considered):
            if entry.codes:
                self.considered[entry.key] = entry
            else:
                self.considered.pop(entry.key, None)
            return
        self.codings[entry.id] = entry
        if line:
            self.lines[entry.id] = line

    def content(self) -> bytes:
        """Return the file, byte for byte the same for the same work."""
        rows = sorted(self.codings.values(), key=lambda one: one.order)
        first = considered_line(self.considered.values(), len(rows))
        lines = [first, *(one.line() for one in rows)]
        return ("\n".join(lines) + "\n").encode()


def coding_from(content: Mapping[str, Any], coder: str) -> Coding:
    """Return the coding that a line describes; CodingError says what is wrong with it."""
    if not ALL_ALWAYS <= content.keys() <= ALL_IN_FILE:
        lacking = [name for name in ALWAYS if name not in content]
        raise CodingError(_("lacks {keys}.", keys=", ".join(lacking)) if lacking else _(
            "has the unknown key {key!r}.", key=min(content.keys() - ALL_IN_FILE)))
    kinds = list(map(type, content.values()))
    if kinds.count(int) != len(NUMBERS) or kinds.count(str) != len(kinds) - len(NUMBERS) or not (
            type(content["start"]) is type(content["end"]) is int):
        raise CodingError(_("has words where a number should be, or the other way round."))
    check_choices(content)
    made = object.__new__(Coding)  # a frozen record sets its fields one by one, far slower
    vars(made).update(LEFT_OUT, coder=coder, **content)
    return made


def surroundings(text: str, start: int, end: int) -> dict[str, str]:
    """Return quote, before and after of a place."""
    return {"quote": text[start:end], "before": text[max(0, start - CONTEXT):start],
            "after": text[end:end + CONTEXT]}


def check_choices(given: Mapping[str, Any]) -> None:
    """Refuse an origin, round or status that there is not."""
    for name, allowed in CHOICES.items():
        value = given.get(name, allowed[0])
        if value not in allowed and not (name == "round" and value.startswith(DRAWN)):
            allowed = (*allowed, f"{DRAWN}…") if name == "round" else allowed
            raise CodingError(_(
                "the {key} of a coding is {value!r}; it may be {allowed}. Use one of these.",
                key=name, value=value, allowed=", ".join(allowed)))


def check_considered(given: Mapping[str, Any]) -> None:
    """Refuse what cannot be said about looking through a text."""
    for name, value in given.items():
        allowed = CONSIDERED_CHOICES.get(name)
        drawn = name == "round" and type(value) is str and value.startswith(DRAWN)
        if allowed is None or (allowed and not drawn and value not in allowed) or (
                type(value) is not (bool if name == "blind" else str)):
            known = ", ".join(map(str, allowed)) if allowed else ", ".join(CONSIDERED_CHOICES)
            raise CodingError(_(
                "{key} = {value!r} cannot be said about looking through a text. It may be "
                "{known}. Correct it.",
                key=name, value=value, known=known))


def considered_line(every: Iterable[Considered], count: int) -> str:
    """Return the first line of a file of codings: what was looked for, and how many follow."""
    groups: dict[tuple, dict[str, str]] = {}
    for one in every:
        key = (one.round, one.codebook, one.status, one.blind, tuple(sorted(one.codes)))
        groups.setdefault(key, {})[one.document] = one.revision
    return as_json({"considered": [
        {"round": key[0], "codebook": key[1], "status": key[2], "blind": key[3],
         "codes": list(key[4]), "documents": dict(sorted(groups[key].items()))}
        for key in sorted(groups)], TOLD: count})


def considered_from(content: Mapping[str, Any], coder: str) -> Iterator[Considered]:
    """Yield what the first line of a file of codings says."""
    for group in content["considered"]:
        rest = {name: str(group[name]) for name in ("round", "codebook", "status")}
        for document, revision in group["documents"].items():
            yield Considered(document, revision, coder, tuple(group["codes"]), **rest,
                             blind=group["blind"] is True)


def considered_json(one: Considered) -> dict[str, Any]:
    """Return what a journal says about one text that was looked through."""
    return {name: getattr(one, name) for name in CONSIDERED_IN_FILE}


def as_json(content: object) -> str:
    """Write JSON on one line, with letters as they are."""
    return ENCODER.encode(content)


def coded_path(store: Path, coder: str, group: str) -> Path:
    """Return the file of what a coder did in a text or a set of answers."""
    return store / CODINGS / coder / f"{file_name(group)}.jsonl"


def read_coded(path: Path, coder: str) -> tuple[Coded, list[str]]:
    """Read what a coder did in a text, and one line about each line of the file that is damaged.

    Without the file there is nothing.
    """
    coded, faults = Coded(coder), []
    if not path.exists():
        return coded, faults
    content = path.read_bytes()
    if not content.strip():
        return coded, [_(
            "{file}: is empty. A file of codings never is, so what {coder} coded here got lost. "
            "Bring the file back with git.",
            file="/".join(path.parts[-3:]), coder=coder)]
    lines = content.split(b"\n")
    for number, content in enumerate(_contents(lines), start=1):
        try:
            if content is not None:
                _take_in(coded, content, number)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(_(
                "{place}: {reason} Bring the file back with git, or withdraw the coding and add "
                "it again.",
                place=where(path, number), reason=_reason(error)))
    if not faults and coded.told not in (None, len(coded.codings)):
        faults.append(_(
            "{place}: says that {told} codings follow, and {n} do. Bring the file back with git; "
            "if somebody merged two versions by hand and all is there, write {n} there.",
            place=where(path, 1), told=coded.told, n=len(coded.codings)))
    return coded, faults


def _contents(lines: list[bytes]) -> list[Any]:
    """Return what the lines hold; None for an empty one, the line itself for a damaged one."""
    try:  # all at once takes half the time
        found = json.loads(b"[%s]" % b",".join(line or b"null" for line in lines))
        if len(found) == len(lines):
            return found
    except (ValueError, RecursionError):
        pass
    return [_content(line) if line else None for line in lines]


def _content(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line


def where(path: Path, number: int) -> str:
    """Return words for a line of a file of codings."""
    return _("{file}, line {number}", file="/".join(path.parts[-3:]), number=number)


def _take_in(coded: Coded, content: Any, number: int) -> None:
    if not isinstance(content, dict):
        raise TypeError
    if "considered" in content:
        for one in considered_from(content, coded.coder):
            coded.put(one)
        coded.told = content.get(TOLD)
        return
    coding = coding_from(content, coded.coder)
    if coding.id in coded.codings:
        raise CodingError(_("the coding {id} stands there twice.", id=coding.id))
    coded.put(coding, line=number)


def _reason(error: Exception) -> str:
    if isinstance(error, CodingError):
        return error.args[0]
    return _("is not a whole line of a coding.")
