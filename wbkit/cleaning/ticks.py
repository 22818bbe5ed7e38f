"""What a written answer to a multiple item means: several options in one cell."""

from collections.abc import Sequence
from functools import cache

from wbkit.cleaning.answer_values import Edit, Meaning, Reader, known_answers
from wbkit.data.cleaning_log import EXCLUSIVE, MISSING_CODE
from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.text.normalise import tidy

SEPARATOR = ";"  # Microsoft Forms ends every ticked option with one


def ticks_reader(item: Item) -> Reader:
    """Return the reader of a multiple item.

    Parameters
    ----------
    item
        The item.

    Returns
    -------
    callable
        Text to Meaning; its value is a tuple of ids of options.

    Raises
    ------
    DataError
        If an option itself holds the separator.
    """
    _check_separator(item)
    known = known_answers(item)
    part = cache(known.read)

    def read(written: str) -> Meaning:
        whole, edits = known.corrected(written)
        parts = [part(text) for text in whole.split(SEPARATOR) if tidy(text)]
        return _together(item, parts, edits)

    return read


def _together(item: Item, parts: Sequence[Meaning], edits: tuple[Edit, ...]) -> Meaning:
    chosen = {part.value for part in parts if part.value is not None}
    ticked, removed = _without_exclusive(item, chosen)
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


def _without_exclusive(
    item: Item, chosen: set[str]
) -> tuple[tuple[str, ...], tuple[Edit, ...]]:
    """Return the ticks in order, without the exclusive ones that stand beside another."""
    ticked = [value for value in item.categories if value in chosen]
    others = [value for value in ticked if value not in item.exclusive]
    kept = others or ticked[:1]
    if not set(ticked) & set(item.exclusive):
        kept = ticked
    return tuple(kept), tuple((value, "", EXCLUSIVE) for value in ticked if value not in kept)


def _check_separator(item: Item) -> None:
    for option in (*item.values, *item.missing):
        if SEPARATOR in option:
            raise DataError(
                f"items.{item.name}: the option {option!r} holds a {SEPARATOR!r}, which stands "
                "between options in the file. Write the option without it in values, and the "
                "answer as it stands in the file in corrections."
            )
