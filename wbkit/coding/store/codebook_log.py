"""Changes of the codebook, one file each; old ids of codes stay resolvable."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from wbkit.coding.store.files import JOURNAL, LOG, TIME, now, write_folder
from wbkit.coding.store.records import ACCEPTED, REVIEW, Coding, as_json
from wbkit.errors import CodingError
from wbkit.files import write_whole
from wbkit.messages import _, listing, mark, spoken
from wbkit.text.normalise import frozen

RENAME, MERGE, SPLIT, MOVE, DEPRECATE = "rename", "merge", "split", "move", "deprecate"
# how many codes an operation is about, and how many come of it; None is any number
COUNTS = {RENAME: (1, 1), MERGE: (1, 1), SPLIT: (1, 2), MOVE: (1, None), DEPRECATE: (1, 0)}
MEANINGS = {
    RENAME: mark("One code gets one new id."),
    MERGE: mark("One code or more go into another one, which may be there already."),
    SPLIT: mark("One code becomes two or more, each with a new id."),
    MOVE: mark("One code gets other parents, or none."),
    DEPRECATE: mark("One code is no longer used, and nothing comes in its place."),
}


@dataclass(frozen=True)
class Operation:
    """One change of the codebook, made at a time in UTC (``2026-11-21T09:30:00Z``)."""

    kind: Literal["rename", "merge", "split", "move", "deprecate"]
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()  # what comes in their place; for move the new parents
    coder: str = ""
    time: str = field(default_factory=now)
    codebook: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        for name in ("codes", "into"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))
        for name in ("codebook", "reason"):
            object.__setattr__(self, name, frozen(str(getattr(self, name))))
        if self.kind == MERGE:  # a and b into a: only b changes
            kept = tuple(one for one in self.codes if one not in self.into)
            object.__setattr__(self, "codes", kept)
        _check(self)


@dataclass(frozen=True)
class History:
    """What became of every code."""

    current: Mapping[str, str]  # old id: the id that is in use now
    divided: Mapping[str, tuple[str, ...]]  # a code: the codes into which it was split
    stopped: frozenset[str]  # codes that are no longer used

    def check_in_use(self, code: str) -> None:
        """Refuse a code that is no longer in use, and name what came in its place."""
        latest = self.current.get(code, code)
        now = self.divided.get(latest, (latest,))
        if now == (code,) and code not in self.stopped:
            return
        instead = [one for one in now if one != code]
        if not instead:
            raise CodingError(_(
                "the code {code!r} is no longer in use. Use another one.", code=code))
        raise CodingError(_(
            "the code {code!r} is no longer in use. Use {instead}.",
            code=code, instead=listing(instead, spoken(), last="or")))


def _check(operation: Operation) -> None:
    if operation.kind not in COUNTS:
        raise CodingError(_(
            "{kind!r} is no change of a codebook. It may be {kinds}.",
            kind=operation.kind, kinds=", ".join(COUNTS)))
    least, parts = COUNTS[operation.kind]
    few = len(operation.codes) < least or (operation.kind != MERGE and len(operation.codes) > 1)
    wrong = parts is not None and (len(operation.into) < parts or (
        operation.kind != SPLIT and len(operation.into) > parts))
    if few or wrong or (operation.kind != MOVE and set(operation.codes) & set(operation.into)):
        raise CodingError(_(
            "{kind}: from {codes} into {into} cannot be. {meaning}",
            kind=operation.kind, codes=list(operation.codes), into=list(operation.into),
            meaning=_(MEANINGS[operation.kind])))


def history(operations: Iterable[Operation]) -> History:
    """Follow every code through the changes, in the order in which they were made."""
    current: dict[str, str] = {}
    divided: dict[str, tuple[str, ...]] = {}
    stopped: set[str] = set()
    for one in operations:
        if one.kind in (RENAME, MERGE):
            came = {name: one.into[0] for name, last in current.items() if last in one.codes}
            current |= came | dict.fromkeys(one.codes, one.into[0])
            current.pop(one.into[0], None)
        elif one.kind == SPLIT:
            divided[one.codes[0]] = one.into
        elif one.kind == DEPRECATE:
            stopped.add(one.codes[0])
    return History(current, divided, frozenset(stopped))


def latest(coding: Coding, log: History) -> Coding:
    """Return a coding with the code in use now; one whose code was split waits for a reader."""
    code = log.current.get(coding.code, coding.code)
    if code in log.divided and coding.status == ACCEPTED:
        return replace(coding, code=code, status=REVIEW)
    return coding if code == coding.code else replace(coding, code=code)


def write_operation(store: Path, operation: Operation) -> None:
    """Keep a change of the codebook in a file of its own."""
    moment = datetime.strptime(operation.time, TIME)
    while (path := _path(store, moment, operation.coder)).exists():
        moment += timedelta(seconds=1)  # two in one second keep their order
    one = replace(operation, time=moment.strftime(TIME))
    write_whole(path, f"{as_json(asdict(one))}\n".encode(), durable=store / JOURNAL)
    write_folder(path.parent)


def _path(store: Path, moment: datetime, coder: str) -> Path:
    return store / LOG / f"{moment.strftime(TIME.replace(':', ''))}-{coder}.jsonl"


def read_operations(store: Path) -> list[Operation]:
    """Return the changes of the codebook, in the order in which they were made."""
    found = [_read_operation(path) for path in sorted((store / LOG).glob("*.jsonl"))]
    return sorted(found, key=lambda one: (one.time, one.coder))


def _read_operation(path: Path) -> Operation:
    file = f"{LOG}/{path.name}"
    try:
        return Operation(**json.loads(path.read_bytes()))
    except CodingError as error:
        raise CodingError(_(
            "{file}: {reason} Bring it back with git.", file=file, reason=error.args[0])) from None
    except (ValueError, TypeError):
        raise CodingError(_(
            "{file}: is not one whole line. Bring it back with git.", file=file)) from None
