"""The codebook after its logged changes, and what differs between two versions of it, in words."""

from collections.abc import Iterable, Iterator, Sequence

from wbkit.coding.store.codebook_log import DEPRECATE, MERGE, MOVE, RENAME, SPLIT, Operation
from wbkit.errors import CodebookError
from wbkit.messages import _, listing, message
from wbkit.study.codebook import Code, Codebook

TOLD = ("definition", "include", "exclude", "example", "terms")


def with_operations(codebook: Codebook, operations: Iterable[Operation]) -> Codebook:
    """Return the codebook after its logged changes; old ids stay in it and name their successor.

    A change that codebook.toml already shows makes no difference; a code that was renamed or
    merged has ``replaced_by``.
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
        raise CodebookError(_(
            "codebook.toml: {codes!r} was split into {into}, and {lacking!r} is not here. Write "
            "down what it means.",
            codes=one.codes[0], into=", ".join(one.into), lacking=lacking[0]))


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
    return " ".join(dict.fromkeys(told)) or message("book_same", language)


def _logged(
    operations: Iterable[Operation], before: Codebook, after: Codebook, language: str
) -> Iterator[str]:
    for one in operations:
        old = _named(before if one.codes[0] in before.codes else after, one.codes, language)
        if one.kind == SPLIT:
            yield message("book_split", language, old=old, new=_named(after, one.into, language))
        if one.kind == DEPRECATE:
            yield message("book_stopped", language, old=old)


def _taken_together(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    came: dict[str, list[str]] = {}
    for name, code in after.codes.items():
        if code.replaced_by and not (name in before.codes and before.codes[name].replaced_by):
            came.setdefault(code.replaced_by, []).append(name)
    for new, old in came.items():
        merged = len(old) > 1 or new in before.codes
        names = _named(before, [name for name in old if name in before.codes], language)
        if names:
            yield message("book_merged" if merged else "book_renamed", language, old=names,
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
            yield message(key, language, codes=_named(book, names, language))


def _moved(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    heirs = {name: code.replaced_by for name, code in after.codes.items() if code.replaced_by}
    for name, code in after.codes.items():
        was = before.codes.get(name)
        if was is None or name in heirs:
            continue
        old = tuple(heirs.get(one, one) for one in was.parents)
        if set(old) != set(code.parents):
            yield message("book_moved", language, code=_named(after, [name], language),
                        old=_place(before, was.parents, language),
                        new=_place(after, code.parents, language))


def _retold(before: Codebook, after: Codebook, language: str) -> Iterator[str]:
    both = [name for name in after.codes
            if name in before.codes and not after.codes[name].replaced_by]
    for name in both:
        old, new = before.codes[name].words(language), after.codes[name].words(language)
        if old != new:
            yield message("book_renamed", language, old=_quoted(old, language),
                        new=_quoted(new, language))
    for part in TOLD:
        changed = [name for name in both
                   if getattr(before.codes[name], part) != getattr(after.codes[name], part)]
        if changed:
            yield message(f"book_{part}", language, codes=_named(after, changed, language))


def _place(book: Codebook, parents: Sequence[str], language: str) -> str:
    return _named(book, parents, language) if parents else message("book_top", language)


def _named(book: Codebook, names: Sequence[str], language: str) -> str:
    words = [book.codes[name].words(language) if name in book.codes else name for name in names]
    return listing([_quoted(one, language) for one in words], language)


def _quoted(words: str, language: str) -> str:
    return message("book_quoted", language, words=words)
