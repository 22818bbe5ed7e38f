"""Questions beside each other that have one list of answers, of which few people chose a part."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wbkit.intake.draft.guess import Column
from wbkit.intake.options import SEPARATOR

FEW_ROWS = 20  # with more rows hardly any answer stays unchosen
MOST_ANSWERS, LONGEST = 8, 40


def with_shared_answers(columns: Sequence[Column]) -> list[Column]:
    """Give questions of one block the answers that were given to any of them.

    Parameters
    ----------
    columns
        The columns, in the order of the file.

    Returns
    -------
    list of Column
        In the same order; those of a file with many rows as they were.
    """
    return [one for block in _blocks(columns) for one in _shared(block)]


def _blocks(columns: Sequence[Column]) -> Iterator[list[Column]]:
    block: list[Column] = []
    for column in columns:
        if block and not _belongs(column, block):
            yield block
            block = []
        block.append(column)
    if block:
        yield block


def _belongs(column: Column, block: Sequence[Column]) -> bool:
    """Whether half of the answers were given to the questions before it, and no long list grows."""
    if not (_is_closed(column) and _is_closed(block[-1])):
        return False
    known = {answer for one in block for answer in one.answers}
    own = set(column.answers)
    return 2 * len(own & known) >= min(len(own), len(known)) and len(own | known) <= MOST_ANSWERS


def _is_closed(column: Column) -> bool:
    return bool(column.answers) and len(column.filled) < FEW_ROWS and not column.hint.values and \
        all(len(answer) <= LONGEST and SEPARATOR not in answer and not answer.isdigit()
            for answer in column.answers)


def _shared(block: Sequence[Column]) -> list[Column]:
    every = tuple(dict.fromkeys(answer for column in block
                                for answer in (*column.answers, *column.missing)))
    return [replace(column, shared=every) for column in block] if len(block) > 1 else [*block]
