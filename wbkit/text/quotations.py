"""Quotations in a text: where they stand, and how they compare with the text they come from."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

# Opening mark: closing mark. Single straight quotes open only where no letter stands before them.
MARKS = (("„", "”“"), ("“", "”"), ('"', '"'), ("«", "»"))
SINGLE = re.compile(r"(?<!\w)[‘'](?=\w)(.+?)(?<=[\w.,!?…])[’'](?!\w)")
BLOCK = re.compile(r"(?:^[ \t]*>.*\n?)+", re.MULTILINE)
OMISSION = re.compile(r"\s*(?:[\[(]\s*(?:\.\.\.|…)\s*[\])]|\.\.\.|…)\s*")
ADDED = re.compile(r"\[[^\]]*\]")
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
LOOKALIKE = str.maketrans("‘’´`“”„–—‑", "''''\"\"\"---")
LIKE = 75  # under this ratio a passage is another passage



@dataclass(frozen=True)
class Found:
    """How a quotation stands in a text: state, what differs, and how like it is (0 to 100)."""

    state: str
    changes: tuple[tuple[str, str], ...] = ()
    like: float = 100.0


def quotations(text: str) -> list[tuple[int, str]]:
    """Return where each quotation begins, and its words without marks, in the order of the text."""
    found, taken = [], []
    for match in BLOCK.finditer(text):
        found.append((match.start(), re.sub(r"^[ \t]*> ?", "", match[0], flags=re.MULTILINE)))
        taken.append(match.span())
    for opening, closing in MARKS:
        inside = f"[^{opening}{closing}\n]+"
        expression = re.compile(f"{opening}({inside}(?:\n{inside})*)[{closing}]")
        for match in expression.finditer(text):
            if _free(match.span(), taken):
                found.append((match.start(), match[1]))
                taken.append(match.span())
    for match in SINGLE.finditer(text):
        if _free(match.span(), taken):
            found.append((match.start(), match[1]))
            taken.append(match.span())
    return [(at, _without_marks(words)) for at, words in sorted(found)]


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: small letters, one kind of apostrophe."""
    return list(_words(text))


def compared(quotation: str, source: str) -> Found:
    """Compare a quotation with the text in which it should occur.

    The state is ``exact``, ``marked`` (only marked omissions or additions), ``moved`` (parts in
    another order), ``changed`` (other words, or an omission that is not marked) or ``absent``.
    """
    parts = [words_of(part) for part in OMISSION.split(ADDED.sub(" … ", quotation))]
    parts, text = [part for part in parts if part], words_of(source)
    if not parts:
        return Found("absent", like=0.0)
    places, at = [], 0
    for part in parts:
        place = _find(part, text, at)
        places.append(place)
        at = at if place is None else place + len(part)
    if None not in places:
        return Found("exact" if len(parts) == 1 else "marked")
    whole = [_closest(part, text) if place is None else (100.0, ())
             for part, place in zip(parts, places, strict=True)]
    like = min(score for score, _ in whole)
    changes = tuple(change for _, own in whole for change in own)
    if like < LIKE:
        return Found("absent", like=like)
    return Found("changed" if changes else "moved", changes, like)


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text.translate(LOOKALIKE)))


def _free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)


def _without_marks(words: str) -> str:
    return " ".join(words.split()).strip("“”„\"«»‘’ ")


def _find(part: list[str], text: list[str], start: int) -> int | None:
    """Return where these words stand one behind the other, from `start` on."""
    joined, within = f" {' '.join(part)} ", f" {' '.join(text[start:])} "
    place = within.find(joined)
    return None if place < 0 else start + within[:place].count(" ")


def _closest(part: list[str], text: list[str]) -> tuple[float, tuple[tuple[str, str], ...]]:
    """Find the passage that is most like these words, and what differs."""
    quoted, whole = " ".join(part), " ".join(text)
    near = fuzz.partial_ratio_alignment(quoted, whole)
    if near is None or near.score < LIKE - 25:
        return 0.0, ()
    first = whole[:near.dest_start].count(" ")
    window = text[max(0, first - len(part)):first + 2 * len(part) + 8]
    blocks = SequenceMatcher(None, part, window, autojunk=False).get_matching_blocks()
    shared = [block for block in blocks if block.size]
    if not shared:
        return 0.0, ()
    begin = max(0, shared[0].b - shared[0].a)
    end = shared[-1].b + shared[-1].size + len(part) - shared[-1].a - shared[-1].size
    passage = window[begin:end]
    steps = SequenceMatcher(None, part, passage, autojunk=False).get_opcodes()
    kept = sum(last - start for step, start, last, *_ in steps if step == "equal")
    changes = tuple((" ".join(part[a:b]), " ".join(passage[c:d]))
                    for step, a, b, c, d in steps if step != "equal")
    return 100.0 * kept / len(part), changes
