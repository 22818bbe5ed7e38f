"""Changes of the codebook, one file each; old ids of codes stay resolvable."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from wbkit.coding.store.files import JOURNAL, LOG, TIME, now, write_folder
from wbkit.coding.store.records import ACCEPTED, REVIEW, Coding, as_json
from wbkit.errors import CodebookError, CodingError
from wbkit.files import write_whole
from wbkit.labels import label, listing
from wbkit.study.codebook import Code, Codebook
from wbkit.text.normalise import frozen

RENAME, MERGE, SPLIT, MOVE, DEPRECATE = "rename", "merge", "split", "move", "deprecate"
# how many codes an operation is about, and how many come of it; None is any number
COUNTS = {RENAME: (1, 1), MERGE: (1, 1), SPLIT: (1, 2), MOVE: (1, None), DEPRECATE: (1, 0)}
WORDS = {
    RENAME: "One code gets one new id.",
    MERGE: "One code or more go into another one, which may be there already.",
    SPLIT: "One code becomes two or more, each with a new id.",
    MOVE: "One code gets other parents, or none.",
    DEPRECATE: "One code is no longer used, and nothing comes in its place.",
}
TOLD = ("definition", "include", "exclude", "example", "terms")


@dataclass(frozen=True)
class Operation:
    """One change of the codebook.

    Parameters
    ----------
    kind
        ``rename``, ``merge``, ``split``, ``move`` or ``deprecate``.
    codes
        Ids of the codes that it is about.
    into
        Ids of the codes that come in their place; for ``move`` the new parents.
    coder, time
        Who, and when in UTC (``2026-11-21T09:30:00Z``).
    codebook, reason
        Version of the codebook in which it is done, and why.
    """

    kind: Literal["rename", "merge", "split", "move", "deprecate"]
    codes: tuple[str, ...]
    into: tuple[str, ...] = ()
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
    """What became of every code.

    Parameters
    ----------
    current
        Old id = the id that is in use now.
    divided
        Code = the codes into which it was split.
    stopped
        Codes that are no longer used.
    """

    current: Mapping[str, str]
    divided: Mapping[str, tuple[str, ...]]
    stopped: frozenset[str]

    def now(self, code: str) -> tuple[str, ...]:
        """Return the ids that came in place of a code: the parts of one that was split."""
        latest = self.current.get(code, code)
        return self.divided.get(latest, (latest,))

    def check_in_use(self, code: str) -> None:
        """Refuse a code that is no longer in use."""
        if self.now(code) == (code,) and code not in self.stopped:
            return
        instead = " or ".join(one for one in self.now(code) if one != code)
        raise CodingError(f"the code {code!r} is no longer in use. "
                          + (f"Use {instead}." if instead else "Use another one."))


def _check(operation: Operation) -> None:
    if operation.kind not in COUNTS:
        raise CodingError(f"{operation.kind!r} is no change of a codebook. It may be "
                          f"{', '.join(COUNTS)}.")
    least, parts = COUNTS[operation.kind]
    few = len(operation.codes) < least or (operation.kind != MERGE and len(operation.codes) > 1)
    wrong = parts is not None and (len(operation.into) < parts or (
        operation.kind != SPLIT and len(operation.into) > parts))
    if few or wrong or (operation.kind != MOVE and set(operation.codes) & set(operation.into)):
        raise CodingError(f"{operation.kind}: from {list(operation.codes)} into "
                          f"{list(operation.into)} cannot be. {WORDS[operation.kind]}")


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
    try:
        return Operation(**json.loads(path.read_bytes()))
    except (ValueError, TypeError) as error:
        words = str(error) if isinstance(error, CodingError) else "is not one whole line."
        raise CodingError(f"{LOG}/{path.name}: {words} Bring it back with git.") from None


def with_operations(codebook: Codebook, operations: Iterable[Operation]) -> Codebook:
    """Return the codebook after its logged changes; old ids stay in it and name their successor.

    Parameters
    ----------
    codebook
        As it stands in codebook.toml; a change that it already shows makes no difference.
    operations
        As the coding store keeps them.

    Returns
    -------
    Codebook
        A code that was renamed or merged has ``replaced_by``.

    Raises
    ------
    CodebookError
        If a code that was split has parts of which codebook.toml does not say what they mean.
    """
    codes = dict(codebook.codes)
    for one in operations:
        codes = _after(codes, one)
    return codebook.model_copy(update={"codes": codes}) if codes == codebook.codes else (
        Codebook.model_validate({"codes": {name: code.model_dump() for name, code in codes.items()},
                                 "schemes": codebook.schemes, "version": codebook.version}))


def _after(codes: dict[str, Code], one: Operation) -> dict[str, Code]:
    known = [name for name in one.codes if name in codes]
    if one.kind == SPLIT:
        _check_parts(codes, one)
    if one.kind == MOVE:
        return codes | {name: codes[name].model_copy(update={"parents": one.into})
                        for name in known}
    if one.kind not in (RENAME, MERGE) or not (known or one.into[0] in codes):
        return codes
    return _replaced(codes, known, one.into[0])


def _replaced(codes: dict[str, Code], old: Sequence[str], new: str) -> dict[str, Code]:
    """Put a code in the place of others, which stay to be resolved."""
    first = codes.get(new) or codes[old[0]].model_copy(update={"name": new})
    made = {}
    for name, code in codes.items():
        if new not in codes and old and name == old[0]:
            made[new] = first
        parents = tuple(dict.fromkeys(new if one in old else one for one in code.parents))
        made[name] = code.model_copy(update={"parents": parents} | (
            {"replaced_by": new} if name in old else {}))
    made[new] = made[new].model_copy(update={"replaced_by": None, "parents": tuple(
        one for one in made[new].parents if one != new)})
    return made


def _check_parts(codes: dict[str, Code], one: Operation) -> None:
    lacking = [name for name in one.into if name not in codes]
    if lacking:
        raise CodebookError(f"codebook.toml: {one.codes[0]!r} was split into "
                            f"{', '.join(one.into)}, and {lacking[0]!r} is not here. Write down "
                            "what it means.")


def codebook_difference(
    before: Codebook, after: Codebook, *, operations: Iterable[Operation] = (),
    language: str = "nl",
) -> str:
    """Say in sentences what changed between two versions of a codebook.

    Parameters
    ----------
    before, after
        The versions.
    operations
        Logged changes between them: from a log it is known that a code was split or is no
        longer used.
    language
        ``nl`` or ``en``.

    Returns
    -------
    str
        Sentences with the labels of the codes.
    """
    told = [*_logged(operations, before, after, language)]
    told += [*_taken_together(before, after, language), *_lists(before, after, language)]
    told += [*_moved(before, after, language), *_retold(before, after, language)]
    return " ".join(dict.fromkeys(told)) or label("book_same", language)


def _logged(
    operations: Iterable[Operation], before: Codebook, after: Codebook, language: str
) -> Iterator[str]:
    for one in operations:
        old = _named(before if one.codes[0] in before.codes else after, one.codes, language)
        if one.kind == SPLIT:
            yield label("book_split", language, old=old, new=_named(after, one.into, language))
        if one.kind == DEPRECATE:
            yield label("book_stopped", language, old=old)


def _taken_together(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    came: dict[str, list[str]] = {}
    for name, code in after.codes.items():
        if code.replaced_by and not (name in before.codes and before.codes[name].replaced_by):
            came.setdefault(code.replaced_by, []).append(name)
    for new, old in came.items():
        merged = len(old) > 1 or new in before.codes
        names = _named(before, [name for name in old if name in before.codes], language)
        if names:
            yield label("book_merged" if merged else "book_renamed", language, old=names,
                        new=_new_name(before, after, old[0], new, language))


def _new_name(before: Codebook, after: Codebook, old: str, new: str, language: str) -> str:
    """Return the label of a new code, or its id where the label stayed the same."""
    words = after.code(new).words(language)
    same = old in before.codes and before.codes[old].words(language) == words
    return _quoted(new if same else words, language)


def _lists(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    heirs = {code.replaced_by for code in after.codes.values()}
    new = [name for name in after.codes if name not in before.codes and name not in heirs]
    gone = [name for name in before.codes if name not in after.codes]
    for key, book, names in (("book_new", after, new), ("book_gone", before, gone)):
        if names:
            yield label(key, language, codes=_named(book, names, language))


def _moved(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    heirs = {name: code.replaced_by for name, code in after.codes.items() if code.replaced_by}
    for name, code in after.codes.items():
        was = before.codes.get(name)
        if was is None or name in heirs:
            continue
        old = tuple(heirs.get(one, one) for one in was.parents)
        if set(old) != set(code.parents):
            yield label("book_moved", language, code=_named(after, [name], language),
                        old=_place(before, was.parents, language),
                        new=_place(after, code.parents, language))


def _retold(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    both = [name for name in after.codes
            if name in before.codes and not after.codes[name].replaced_by]
    for name in both:
        old, new = before.codes[name].words(language), after.codes[name].words(language)
        if old != new:
            yield label("book_renamed", language, old=_quoted(old, language),
                        new=_quoted(new, language))
    for part in TOLD:
        changed = [name for name in both
                   if getattr(before.codes[name], part) != getattr(after.codes[name], part)]
        if changed:
            yield label(f"book_{part}", language, codes=_named(after, changed, language))


def _place(book: Codebook, parents: Sequence[str], language: str) -> str:
    return _named(book, parents, language) if parents else label("book_top", language)


def _named(book: Codebook, names: Sequence[str], language: str) -> str:
    words = [book.codes[name].words(language) if name in book.codes else name for name in names]
    return listing([_quoted(one, language) for one in words], language)


def _quoted(words: str, language: str) -> str:
    return label("book_quoted", language, words=words)
