"""Names in the place of names: the same person has the same one in every text, source and year.

A pseudonym is chosen by HMAC-SHA-256 of the name with the key of the user; without the key nobody
can try names until one fits. What two names would share goes to the first of them: the list of
digests, which holds no name, keeps who has what.
"""

import hmac
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

import pandas as pd

from wbkit.data.documents import PSEUDONYMISED, Documents
from wbkit.errors import DisclosureError
from wbkit.messages import _, counted
from wbkit.privacy.review import KEEP, Review
from wbkit.text.identifying import BARE_MARKS, FIRST, LAST, REAL, SECOND
from wbkit.text.identifying_numbers import MONTHS, NUMBERS, Hit
from wbkit.text.name_words import PARTICLES, read_lists, tokens_of
from wbkit.text.normalise import sha256_of

DIGITS = 16  # hexadecimal: among a million names two share a digest with p < 3e-8
GIVEN = tuple(one for first in FIRST for second in SECOND if (one := first + second) not in REAL)
FAMILY = tuple(one for first in LAST[0] for second in LAST[1]
               if (one := first + second) not in REAL)
NAMED_KINDS = ("PLAATS", "SCHOOL", "ORG")
SHORT_MONTHS = {one[:3]: one for one in MONTHS} | {"mrt": "maart"}


@dataclass(frozen=True)
class Edit:
    """A passage of a text, and what comes in its place."""

    start: int
    end: int
    new: str


@dataclass
class Pseudonyms:
    """Gives each name its pseudonym.

    Parameters
    ----------
    key
        Of the user, 32 bytes; it stands outside the project.
    given
        Digest = pseudonym, as far as they were given out before. New ones are added to it.
    avoid
        Names that stand in the texts, in small letters: nobody gets one of these.
    """

    key: bytes = field(repr=False)
    given: dict[str, str] = field(default_factory=dict)
    avoid: Collection[str] = ()

    def of(self, words: str, kind: str) -> str:
        """Return what stands in the place of a name, a number or a date, with its brackets."""
        if kind == "DATUM":
            return f"[{coarse_date(words) or BARE_MARKS[kind]}]"
        if kind in NAMED_KINDS:
            return f"[{BARE_MARKS[kind]} {self._chosen(_plain(words), kind, GIVEN)}]"
        return self._person(words) if kind == "NAAM" else f"[{BARE_MARKS[kind]}]"

    def _person(self, words: str) -> str:
        """Return first and last name apart: "Petra" is part of "Petra van den Berg"."""
        title, first, last = name_parts(words)
        parts = [self._chosen(first, "first", GIVEN)] if first else []
        parts += [self._chosen(last, "last", FAMILY)] if last else []
        return " ".join(filter(None, (title, f"[{' '.join(parts)}]"))) if parts else "[naam]"

    def _chosen(self, plain: str, kind: str, pool: Sequence[str]) -> str:
        digest = hmac.new(self.key, f"{kind}:{plain}".encode(), "sha256").hexdigest()
        short = digest[:DIGITS]
        if self.given.get(short, "").partition(" ")[0] in REAL | {""}:
            taken = set(self.given.values())
            first = int(digest, 16)
            names = (pool[(first + n) % len(pool)] for n in range(len(pool)))
            more = (f"{name} {n}" for n in count(2) for name in pool)
            self.given[short] = next(name for name in chain(names, more) if name not in taken
                                     and name.casefold() not in self.avoid)
        return self.given[short]


def name_parts(words: str) -> tuple[str, str, str]:
    """Return title, first name and last name, the names in small letters."""
    tokens, known = tokens_of(words), read_lists()
    title = 0
    while title < len(tokens) and tokens[title].plain in known.titles:
        title += 1
    head = words[:tokens[title].start].strip() if 0 < title < len(tokens) else ""
    rest = [one for one in tokens[title:] if not one.initials]
    if not rest:
        return head, "", ""
    plain = [one.plain for one in rest]
    begins_last = plain[0] in PARTICLES or len(rest) < len(tokens[title:]) or (
        plain[0] not in known.first and (bool(head) or plain[0] in known.surnames))
    first, last = ("", plain) if begins_last else (plain[0], plain[1:])
    return head, first, " ".join(one for one in last if one not in PARTICLES)


def coarse_date(words: str) -> str:
    """Return month and year of a date, as far as it tells them: ``maart 2005``."""
    plain = words.casefold()
    year = re.search(r"(?:19|20)\d\d", plain)
    month = next((one for one in MONTHS if one in plain), "") or next(
        (full for short, full in SHORT_MONTHS.items() if re.search(rf"\b{short}", plain)), "")
    numbers = [int(one) for one in re.findall(r"\d+", plain)]
    if not month and len(numbers) == 3:
        month = MONTHS[numbers[1] - 1] if 1 <= numbers[1] <= len(MONTHS) else ""
    return " ".join(filter(None, (month, year[0] if year else _spoken_year(plain))))


def _spoken_year(plain: str) -> str:
    """Return a year that was written out: tweeduizend vijf."""
    found = re.search(rf"twee\s?duizend\s?(?:en\s)?({'|'.join(NUMBERS)})?\b", plain)
    return str(2000 + NUMBERS.get(found[1] or "nul", 0)) if found else ""


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def edits_of(
    text: str, review: Review, pseudonyms: Pseudonyms, *, undecided: bool = False
) -> list[Edit]:
    """Return what is replaced in a text; what nobody decided on is masked when `undecided`."""
    found = []
    for hit in review.hits(text):
        new = replacement(text, hit, review, pseudonyms, undecided=undecided)
        if new is not None:
            found.append(Edit(hit.start, hit.end, new))
    return found


def replacement(
    text: str, hit: Hit, review: Review, pseudonyms: Pseudonyms, *, undecided: bool = False
) -> str | None:
    """Return what comes in the place of a passage; None when it stays."""
    words = text[hit.start:hit.end]
    if review.is_withdrawn(words):
        return f"[{BARE_MARKS[hit.kind]}]"
    decision = review.decision(words)
    if decision is None:
        return f"[{BARE_MARKS[hit.kind]}]" if undecided else None
    if decision.choice == KEEP or (decision.only_capital and not words.lstrip("[")[:1].isupper()):
        return None
    return decision.pseudonym or pseudonyms.of(words, decision.kind or hit.kind)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with its edits carried out."""
    parts, at = [], 0
    for one in edits:
        parts += [text[at:one.start], one.new]
        at = one.end
    return "".join([*parts, text[at:]])


def moved(edits: Sequence[Edit]) -> Callable[[int, bool], int]:
    """Return where a place of the old text is in the new one.

    The second argument says whether it is an end: then what replaced the words before it belongs
    to it, otherwise what replaced the words behind it.
    """

    def place(at: int, is_end: bool) -> int:
        shift = 0
        for one in edits:
            grown = len(one.new) - (one.end - one.start)
            if one.end <= at:
                shift += grown
            elif one.start < at:
                return one.start + shift + (len(one.new) if is_end else 0)
        return at + shift

    return place


def with_pseudonyms(
    documents: Documents, review: Review, *, pseudonyms: Pseudonyms
) -> Documents:
    """Put pseudonyms in the place of names, and coarser words in that of numbers and dates.

    Parameters
    ----------
    documents
        The texts of a source, or the answers to an open item.
    review
        What a person decided on each word, as `read_review` returns it.
    pseudonyms
        The key, and the pseudonyms that were given out before.

    Returns
    -------
    Documents
        The texts with pseudonyms between square brackets, their turns and attributes;
        ``privacy`` is ``pseudonymised``.

    Raises
    ------
    DisclosureError
        If nobody decided on a word, or nobody read a text through.
    """
    refuse_undecided(documents, review)
    return replace(_replaced(documents, review, pseudonyms, undecided=False),
                   privacy=PSEUDONYMISED)


def masked(documents: Documents, review: Review, *, pseudonyms: Pseudonyms) -> Documents:
    """Put marks in the place of what nobody decided on; the texts are as real as before."""
    return replace(_replaced(documents, review, pseudonyms, undecided=True), privacy="real")


def refuse_undecided(documents: Documents, review: Review) -> None:
    """Refuse texts in which a word or the reading is undecided, and say what to do."""
    open_words, unread = undecided(documents, review)
    if open_words:
        raise DisclosureError(_(
            "{source}: nobody decided on {words} yet ({texts}). Choose in the sheet {sheet} what "
            "happens to each, and give wbkit pseudonymise again.",
            source=documents.source.name, sheet=review.sheet_name,
            words=counted(sum(open_words.values()), "word", "words"),
            texts=", ".join(list(open_words)[:5])))
    if unread:
        raise DisclosureError(_(
            "{source}: nobody read {texts} through yet ({names}). Read each text, write yes behind "
            "it in the sheet {sheet}, and give wbkit pseudonymise again.",
            source=documents.source.name, sheet=review.sheet_name,
            texts=counted(len(unread), "text", "texts"), names=", ".join(unread[:5])))


def undecided(documents: Documents, review: Review) -> tuple[dict[str, int], list[str]]:
    """Return how many words are undecided by text, and the texts that nobody read through."""
    name = documents.source.name
    open_words: dict[str, int] = {}
    for row in documents.texts.itertuples():
        n = len(review.undecided(row.text))
        if n:
            open_words[row.document] = n
    if documents.item:
        whole = f"{name}.{documents.item}"
        read = review.is_read(whole, set_digits(documents.texts["sha256"]))
        return open_words, [] if read else [whole]
    return open_words, [row.document for row in documents.texts.itertuples()
                        if not review.is_read(row.document, row.sha256)]


def set_digits(hashes: Iterable[str]) -> str:
    """Return one hash of the texts of an open item."""
    return sha256_of(["\n".join(sorted(hashes))])[0]


def _replaced(
    documents: Documents, review: Review, pseudonyms: Pseudonyms, *, undecided: bool
) -> Documents:
    every = {row.document: edits_of(row.text, review, pseudonyms, undecided=undecided)
             for row in documents.texts.itertuples()}
    texts = documents.texts.assign(text=[edited(row.text, every[row.document])
                                         for row in documents.texts.itertuples()])
    for name in documents.attributes:
        texts = texts.assign(**{name: [
            edited(value, edits_of(value, review, pseudonyms, undecided=undecided))
            for value in documents.texts[name]]})
    texts = texts.assign(sha256=sha256_of(texts["text"]))
    return replace(documents, texts=texts, turns=_turns(documents.turns, every))


def _turns(turns: pd.DataFrame, every: Mapping[str, Sequence[Edit]]) -> pd.DataFrame:
    places = {document: moved(edits) for document, edits in every.items()}
    rows = list(_places(turns, places))
    return turns.assign(start=pd.Series([one for one, _ in rows], index=turns.index, dtype="int64"),
                        end=pd.Series([one for _, one in rows], index=turns.index, dtype="int64"))


def _places(
    turns: pd.DataFrame, places: Mapping[str, Callable[[int, bool], int]]
) -> Iterator[tuple[int, int]]:
    for row in turns.itertuples():
        place = places[row.document]
        yield place(row.start, False), place(row.end, True)
