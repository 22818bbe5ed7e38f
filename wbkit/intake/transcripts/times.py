"""Marks of time as programs write them: 0:03, 00:00:03.250, [00:03], #00:00:05-2#, 0:0:3 --> 0:0:6.

Sources: WebVTT (W3C, section 3.3) for hh:mm:ss.ttt; f4transkript writes ``#hh:mm:ss-t#``.
"""

import re

CLOCK = r"(?<![\d:.])\d{1,3}:\d{1,2}(?::\d{1,2}){0,2}(?:[.,]\d{1,3}|-\d{1,2}(?![\d:]))?"
DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4},?\s+)?"  # of a message: 12-03-2024 10:15
RANGE = rf"{DAY}{CLOCK}(?:\s*(?:-->|[-–—]|\bto\b|\btot\b)\s*{CLOCK})?"
STAMP = rf"(?:[\[(<{{]\s*{RANGE}\s*[\])>}}]|#\s*{RANGE}\s*#?|{RANGE})"
SET_APART = rf"(?:[\[(<{{]\s*{RANGE}\s*[\])>}}]|#\s*{RANGE}\s*#)"  # no spoken time looks so
ONLY = re.compile(rf"^\s*{STAMP}\s*$")
MARK = re.compile(rf"[ \t]*{SET_APART}")
AT_END = re.compile(rf"\s*({SET_APART})\s*$")
CUE_TIME = re.compile(rf"^\s*\[?\s*{CLOCK}\s*-->\s*{CLOCK}\s*\]?[ \t]*")
PARTS = re.compile(r"(\d{1,3}):(\d{1,2})(?::(\d{1,2}))?")


def clock(stamp: str) -> str:
    """Return the first time of a mark as hours:minutes:seconds, empty when it holds none."""
    found = PARTS.search(stamp)
    if not found:
        return ""
    first, second, third = found.groups()
    hours, minutes, seconds = (first, second, third) if third else ("0", first, second)
    return of_seconds(int(hours) * 3600 + int(minutes) * 60 + int(seconds))


def of_seconds(seconds: float) -> str:
    """Write a number of seconds as hours:minutes:seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def is_time(text: str) -> bool:
    """Say whether a text is a mark of time and nothing else."""
    return bool(ONLY.match(text))


def without_marks(text: str) -> tuple[str, int]:
    """Take the marks of time out of what is said.

    Only marks between brackets or #: a bare 10:30 may have been said. Gives the text and how
    many words went.
    """
    kept = MARK.sub("", text).strip()
    return kept, len(text.split()) - len(kept.split())
