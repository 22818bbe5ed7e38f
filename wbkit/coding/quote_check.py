"""Whether the quotations in a report stand in the texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import pandas as pd
from rapidfuzz import fuzz

from wbkit.data.documents import Documents, need_documents
from wbkit.errors import CodingError
from wbkit.messages import _
from wbkit.table.facts import Counted, Subject
from wbkit.table.statements.coding import Caution, Checked, Differing
from wbkit.table.table import Table

ORDER = ("exact", "marked", "moved", "changed", "absent")
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


def check_quotes(
    text: str, documents: Documents | Sequence[Documents], *, shortest: int = 4
) -> Table:
    """Look up every quotation of a report in the documents.

    Case, punctuation, white space and kinds of quotation marks make no difference. An omission is
    marked by ``…`` or ``[…]``, an addition by square brackets.

    Parameters
    ----------
    text
        The report. Quotations stand between quotation marks or in Markdown blocks (``>``).
    documents
        The texts that it quotes: of one source, or of several.
    shortest
        Quotations of fewer words are not looked up: they are terms.

    Returns
    -------
    Table
        One row for each quotation, in the order of the report.

        - ``quote``: the quotation; ``line``: its line in the report
        - ``state_of_quote``: ``exact``, ``marked`` (only marked omissions or additions),
          ``moved`` (parts in another order), ``changed`` or ``absent``
        - ``document``: where it stands, or nearly stands; empty when absent
        - ``differences``: words in the quotation → words in the text, for ``changed``; of real
          people only how many places differ

    Raises
    ------
    CodingError
        If there are no documents, or `shortest` is not positive.
    """
    several = need_documents(documents, "check_quotes")
    if not several or shortest < 1:
        raise CodingError(_(
            "check_quotes needs at least one Documents, and shortest of 1 or more."))
    every = quotations(text)
    long = [(at, quote) for at, quote in every if len(words_of(quote)) >= shortest]
    rows, told = [], {}
    for at, quote in long:
        found, document, synthetic = _best(quote, several)
        differing = _differing(found, synthetic=synthetic)
        told[differing.id] = differing
        rows.append((quote, found.state, document, differing.id, text.count("\n", 0, at) + 1))
    data = pd.DataFrame(rows, columns=["quote", "state_of_quote", "document", "differences",
                                       "line"])
    good = int(data["state_of_quote"].isin(["exact", "marked"]).sum())
    checked = Checked(good, len(data), len(every) - len(long), shortest)
    facts = (Subject("check_quotes"), Counted("quotation"), checked, Caution("check_quotes"),
             *(one for one in told.values() if one.id))
    sources = tuple({one.source.name: one.source for one in several}.values())
    return Table(data.astype({"line": "int64"}), "listing", (), facts, sources)


def _best(quote: str, several: Sequence[Documents]) -> tuple[Found, str, bool]:
    """Return how the quotation stands in the text where it stands best."""
    best, where, synthetic = Found("absent", like=0.0), "", True
    for documents in several:
        for name, text in zip(documents.texts["document"], documents.texts["text"], strict=True):
            found = compared(quote, text)
            if (ORDER.index(found.state), -found.like) < (ORDER.index(best.state), -best.like):
                best, synthetic = found, documents.source.synthetic
                where = "" if found.state == "absent" else name
            if best.state == "exact":
                return best, where, synthetic
    return best, where, synthetic


def _differing(found: Found, *, synthetic: bool) -> Differing:
    """State what differs; in the id ``→ words`` was left out, and ``words →`` was added."""
    if found.state != "changed":
        return Differing("")
    if not synthetic:
        return Differing(f"{len(found.changes)} ×", places=len(found.changes))
    changes = "; ".join(f"{quoted} → {there}".strip() for quoted, there in found.changes)
    return Differing(changes, found.changes)


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
