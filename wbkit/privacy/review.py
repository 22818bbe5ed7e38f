"""What a person decided on each word that can point to somebody, and which texts were read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from wbkit.text.identifying import NOBODY, KnownNames, identifiers_in, key_of
from wbkit.text.identifying_numbers import Hit
from wbkit.text.name_words import tokens_of

REPLACE, KEEP, CAPITAL = "replace", "keep", "capital"
CHOICES = (REPLACE, KEEP, CAPITAL)
NAMES = ("NAAM", "PLAATS", "SCHOOL", "ORG")
AROUND = 45  # signs of a text shown on either side of a word


@dataclass(frozen=True)
class Decision:
    """What happens to a word, wherever it stands.

    Parameters
    ----------
    word
        As it stands in a text; case makes no difference.
    choice
        ``replace``, ``keep`` (it points to nobody), ``capital`` (replace it only where it has a
        capital: Roos and roos), or empty: not decided.
    kind
        What it is, as the finder or a person says.
    pseudonym
        What a person wants in its place; empty for the one that wbkit gives.
    """

    word: str
    choice: str = ""
    kind: str = ""
    pseudonym: str = ""

    @property
    def only_capital(self) -> bool:
        """Whether it is replaced only where it begins with a capital."""
        return self.choice == CAPITAL


@dataclass(frozen=True)
class Proposal:
    """One word on the review sheet: how often it stands in the texts, and an example."""

    word: str
    kind: str
    reason: str
    n: int
    texts: int
    example: str


@dataclass(frozen=True)
class Review:
    """The decisions of a person, and what was read.

    Parameters
    ----------
    decisions
        One for each word.
    read
        Text = the first digits of its hash when somebody read it through.
    known
        The list of names of the project.
    withdrawn
        Names of people who withdrew: they keep no pseudonym.
    sheet_name
        Where the decisions stand.
    """

    decisions: tuple[Decision, ...] = ()
    read: Mapping[str, str] = field(default_factory=dict)
    known: KnownNames = NOBODY
    withdrawn: tuple[str, ...] = ()
    sheet_name: str = ""
    _seen: dict[str, tuple[Hit, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False)  # answers recur

    @cached_property
    def _by_word(self) -> dict[str, Decision]:
        own = {key_of(one.pseudonym): Decision(one.pseudonym, KEEP)
               for one in self.decisions if one.pseudonym}
        return own | {key_of(one.word): one for one in self.decisions if one.choice}

    @cached_property
    def _withdrawn(self) -> frozenset[str]:
        return frozenset(part for words in KnownNames.of(self.withdrawn).phrases
                         for part in (" ".join(words),))

    @cached_property
    def names(self) -> KnownNames:
        """The list of names, with the words that a person added to the sheet."""
        added = {one.word: one.kind or "NAAM" for one in self.decisions
                 if one.choice in (REPLACE, CAPITAL) and one.kind in ("", *NAMES)}
        withdrawn = dict.fromkeys(self.withdrawn, "NAAM")
        exact = frozenset(added.keys() - self.known.names.keys())
        return KnownNames(added, exact) | self.known | KnownNames(withdrawn)

    @cached_property
    def safe(self) -> frozenset[str]:
        """Words that point to nobody, as a person decided; pseudonyms with their brackets."""
        return frozenset(word for word, one in self._by_word.items() if one.choice == KEEP)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return what can point to a person in a text, with the names of the project."""
        if text not in self._seen:
            self._seen[text] = tuple(identifiers_in(text, self.names))
        return self._seen[text]

    def decision(self, words: str) -> Decision | None:
        """Return what was decided on a word; None when nobody did.

        A word that points to nobody does so between brackets too; not the other way round.
        """
        key = key_of(words)
        bare = self._by_word.get(key.strip("[]"))
        return self._by_word.get(key) or (bare if bare and bare.choice == KEEP else None)

    def is_withdrawn(self, words: str) -> bool:
        """Whether words name somebody who withdrew."""
        if not self._withdrawn:
            return False
        plain = [one.plain for one in tokens_of(words)]
        return " ".join(plain) in self._withdrawn or any(one in self._withdrawn for one in plain)

    def undecided(self, text: str) -> list[Hit]:
        """Return the passages of a text on which nobody decided."""
        return [hit for hit in self.hits(text)
                if self.decision(text[hit.start:hit.end]) is None
                and not self.is_withdrawn(text[hit.start:hit.end])]

    def decided(self, decisions: Iterable[Decision], read: Mapping[str, str]) -> "Review":
        """Return the same with other decisions, in texts that need not be gone through again."""
        made = replace(self, decisions=tuple(decisions), read=dict(read))
        made._seen.update(self._seen)
        return made

    def is_read(self, text: str, sha256: str) -> bool:
        """Whether somebody read this version of a text through."""
        digits = self.read.get(text, "")
        return bool(digits) and sha256.startswith(digits)


def proposals(texts: Iterable[tuple[str, str]], review: Review) -> list[Proposal]:
    """Return one proposal for each distinct word over all texts, the most frequent first.

    `texts` are pairs of an id and a text.
    """
    counts: Counter[str] = Counter()
    inside: dict[str, set[str]] = {}
    first: dict[str, tuple[str, Hit, str]] = {}
    for name, text in texts:
        for hit in review.hits(text):
            words = text[hit.start:hit.end]
            key = key_of(words)
            counts[key] += 1
            inside.setdefault(key, set()).add(name)
            first.setdefault(key, (words, hit, example(text, hit)))
    return [Proposal(words, hit.kind, hit.reason, counts[key], len(inside[key]), around)
            for key, (words, hit, around) in sorted(
                first.items(), key=lambda one: (-counts[one[0]], one[0]))]


def example(text: str, hit: Hit) -> str:
    """Return a passage with the words around it, on one line."""
    before, after = text[max(0, hit.start - AROUND):hit.start], text[hit.end:hit.end + AROUND]
    return f"{' '.join(before.split())} »{text[hit.start:hit.end]}« {' '.join(after.split())}"
