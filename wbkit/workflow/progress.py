"""What is told while something runs: how many of how many, and how long it took."""

import time
from dataclasses import dataclass, field

from wbkit.messages import Told, _, counted, mark

CELL = mark("{notebook}: cell {cell} of {cells} (notebook {number} of {notebooks})")
TABLE = mark("table {name}: {number} of {tables} (source {source} of {sources})")
MINUTE = 60


@dataclass
class Progress:
    """How far a run is.

    Parameters
    ----------
    of
        Number of notebooks that run.
    begun, done
        How many of them began, and ended well.
    """

    of: int
    begun: int = 0
    done: int = 0


@dataclass(frozen=True)
class Clock:
    """Tells how long something took."""

    began: float = field(default_factory=time.monotonic)

    def took(self) -> Told:
        """Return the time since this clock was made, in words."""
        return duration(time.monotonic() - self.began)


def duration(seconds: float) -> Told:
    """Write how long something took, in seconds, or in minutes and seconds."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, MINUTE)
    if not minutes:
        return counted(whole, "second", "seconds")
    if not rest:
        return counted(minutes, "minute", "minutes")
    return _("{minutes} and {seconds}", minutes=counted(minutes, "minute", "minutes"),
             seconds=counted(rest, "second", "seconds"))


def is_passing(words: str) -> bool:
    """Whether a line is only for a moment: it says at which cell or table of many a run is."""
    return isinstance(words, Told) and words.msgid in (CELL, TABLE)
