"""What the ids of one column mean, where no item or code says so."""

from collections.abc import Callable, Mapping
from typing import Self

from wbkit.study.model import Model

LANGUAGES = ("nl", "en")


class Vocabulary(Model):
    """Printed words of the ids in a column of a Table, by language.

    Parameters
    ----------
    column
        The column.
    words
        Language = id = words.
    """

    column: str
    words: dict[str, dict[str, str]]

    @classmethod
    def of(cls, column: str, words: Callable[[str], Mapping[str, str]]) -> Self:
        """Collect the words of a column in every language."""
        return cls(column=column, words={one: dict(words(one)) for one in LANGUAGES})
