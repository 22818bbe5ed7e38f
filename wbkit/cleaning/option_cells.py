"""Read a cell that holds several options: ticks, or options in somebody's order."""

from collections.abc import Callable, Sequence
from functools import cache

from wbkit.cleaning.answer_values import Edit, Known, Meaning, Reader, known_answers
from wbkit.data.cleaning_log import EXCLUSIVE, MISSING_CODE
from wbkit.study.item import SEPARATOR, Item
from wbkit.text.normalise import tidy

Splitter = Callable[[str], list[str]]


def ticks_reader(item: Item) -> Reader:
    """Return the reader of a multiple item.

    Gives text to Meaning; its value is a tuple of ids of options.
    """
    known = known_answers(item)
    part, split = cache(known.read), option_splitter(item, known)

    def read(written: str) -> Meaning:
        whole, edits = known.corrected(written)
        return _together(item, [part(text) for text in split(whole)], edits)

    return read


def ranking_reader(item: Item) -> Reader:
    """Return the reader of a ranking in one cell.

    Gives text to Meaning; its value is a tuple of ids of options, the first place first. An option
    that stands there twice is unknown: nobody can say which place it got.
    """
    known = known_answers(item)
    split = option_splitter(item, known)

    def read(written: str) -> Meaning:
        whole, edits = known.corrected(written)
        parts = [known.read(text) for text in split(whole)]
        named = tuple(part.value for part in parts if part.value is not None)
        reason = next((part.reason for part in parts if part.reason), "")
        unknown = tuple(text for part in parts for text in part.unknown)
        if len(set(named)) < len(named):
            unknown = (*unknown, tidy(whole))
        changes = tuple(dict.fromkeys((*edits, *(edit for part in parts for edit in part.edits))))
        return Meaning(named or None, reason="" if named else reason, edits=changes,
                       unknown=unknown)

    return read


def option_splitter(item: Item, known: Known) -> Splitter:
    """Return what takes a cell apart; an option that holds the separator itself stays whole."""
    separator = item.separator or SEPARATOR
    mark = separator.strip() or separator
    whole = sorted((option for option in (*known.values, *known.missing) if mark in option),
                   key=len, reverse=True)

    def split(cell: str) -> list[str]:
        pieces = [piece.strip() for piece in cell.split(mark)]
        found, place = [], 0
        while place < len(pieces):
            rest = pieces[place:]
            length = next((n for option in whole if (n := _length(option, rest, mark))), 1)
            found.append(pieces[place] if length == 1 else
                         _joined(pieces[place:place + length], whole, mark))
            place += length
        return [one for one in found if one]

    return split


def _length(option: str, pieces: Sequence[str], mark: str) -> int:
    """Return how many pieces make this option; 0 when they do not begin with it."""
    wanted = [tidy(piece) for piece in option.split(mark)]
    return len(wanted) if list(map(tidy, pieces[:len(wanted)])) == wanted else 0


def _joined(pieces: Sequence[str], whole: Sequence[str], mark: str) -> str:
    return next(option for option in whole if [tidy(one) for one in option.split(mark)]
                == list(map(tidy, pieces)))


def _together(item: Item, parts: Sequence[Meaning], edits: tuple[Edit, ...]) -> Meaning:
    chosen = {part.value for part in parts if part.value is not None}
    ticked, removed = without_exclusive(item, chosen)
    codes = [part.reason for part in parts if part.reason]
    beside = tuple((code, "", MISSING_CODE) for code in codes if ticked)
    changes = (*edits, *(edit for part in parts for edit in part.edits), *removed, *beside)
    return Meaning(
        value=ticked or None,
        text="; ".join(part.text for part in parts if part.text),
        reason=codes[0] if codes and not ticked else "",
        edits=tuple(dict.fromkeys(changes)),
        unknown=tuple(text for part in parts for text in part.unknown),
    )


def without_exclusive(
    item: Item, chosen: set[str]
) -> tuple[tuple[str, ...], tuple[Edit, ...]]:
    """Return the ticks in order, without the exclusive ones that stand beside another."""
    ticked = [value for value in item.categories if value in chosen]
    others = [value for value in ticked if value not in item.exclusive]
    kept = others or ticked[:1]
    if not set(ticked) & set(item.exclusive):
        kept = ticked
    return tuple(kept), tuple((value, "", EXCLUSIVE) for value in ticked if value not in kept)
