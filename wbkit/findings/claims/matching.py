"""Which statement of the Tables a sentence is about."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from wbkit.findings.claims.amounts import (
    GRADE,
    Amount,
    amounts,
    number_of,
    without_amounts,
    without_grade,
)
from wbkit.findings.claims.statements import Statement, summed
from wbkit.findings.claims.words import (
    ELSEWHERE,
    NOT,
    TAKERS,
    TOOK_PART,
    WORD,
    best,
    tokens,
    units,
    without_ranks,
)
from wbkit.study.item import NO

ON_SUBJECT = .5  # of a sentence, by weight, that a Table must account for
PAIR_ON_SUBJECT, GRADE_ON_SUBJECT = .3, .35  # the same, where a count and its base both fit
AS_LIKELY = .93  # statements with this part of the best score can be meant as well
SAID_BEHIND = .6  # of the words of an answer, by weight
ASKED = .3  # of a question, by weight, that a sentence on an answer of a group must name
LEAST, DENIAL = .15, .2  # weights of the commonest word, and of a negation
OTHERS = re.compile(r"\b(?:de )?(?:anderen|andere|overige|rest)\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:zonder|geen|niet)\b")
JOINT = re.compile(r", (?:en |maar |terwijl )?| en | terwijl ")
CLAUSE = re.compile(r"\bdie [^,]*,")
OF = re.compile(
    r"\b(?:van(?: de| alle| hun| onze| deze)?(?: \d[\d.]*)?|\d|procent|tien) (?:\w+-)?$")
CODE = re.compile(r"[a-z]\d+")


@dataclass(frozen=True)
class Index:
    """Statements, and how telling each word is: rare words tell more."""

    all: tuple[Statement, ...]
    weights: Mapping[str, float]
    numeric: tuple[tuple[Statement, ...], ...] = ()

    @classmethod
    def of(cls, found: list[Statement]) -> "Index":
        """Weigh the words of statements by how many questions hold them."""
        texts = {(one.item, one.values): frozenset(one.words) for one in found}
        counts: dict[str, int] = {}
        for words in texts.values():
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        most = math.log(1 + len(texts)) or 1.0
        weights = {word: max(LEAST, math.log(1 + len(texts) / n) / most)
                   for word, n in counts.items()}
        numeric: dict[tuple, list[Statement]] = {}
        for one in found:
            if one.values and one.values[0].replace(".", "").isdigit():
                numeric.setdefault((one.table, one.item), []).append(one)
        weights |= {NOT: DENIAL, TAKERS: LEAST}
        return cls(tuple(found), weights, tuple(map(tuple, numeric.values())))

    def weight(self, token: str) -> float:
        """Return how telling a word is, from .15 to 1."""
        return self.weights.get(token, 1.0)

    def share_of(self, wanted: Iterable[str], there: Iterable[str]) -> float:
        """Return how much of the wanted words is there, by weight."""
        wanted, there = list(wanted), list(there)
        total = sum(map(self.weight, wanted))
        got = sum(self.weight(one) * best(one, there) for one in wanted)
        return got / total if total else 0.0

    def ranked(self, words: list[str]) -> Iterator[tuple[float, Statement]]:
        """Yield the statements that a sentence can be about, the likeliest first."""
        scored = [(self._score(words, one), one) for one in self.all]
        yield from sorted(((score, one) for score, one in scored if score > 0),
                          key=lambda pair: (-pair[0], -(pair[1].base or 0)))

    def _score(self, words: list[str], one: Statement) -> float:
        """Score how well a sentence names a statement; 0 where it names another."""
        parts = [*one.grouped, *([one.condition] if one.condition else [])]
        if any(not self.names(group, words) for group in parts):
            return 0.0
        if one.kind == "coverage" and not one.default and TAKERS in words:
            return 0.0  # of those who took part, not of everyone
        asked = one.kind == "frequency" and one.grouped and one.said
        if asked and self.share_of(one.asked, words) < ASKED:
            return 0.0
        said = self.share_of(one.said, words) if one.said else 0.0
        about = self.share_of(one.about, words)
        covered = self.covered(words, one)
        named = about >= .15 or covered >= .9 if one.default else said >= .4
        if not named or (NOT in one.said and NOT not in words):
            return 0.0
        denied = NOT in words and NOT not in one.words
        # nothing else than taking part is named
        took_part = one.kind == "coverage" and one.default and covered >= .99
        return (covered + .3 * took_part + .3 * said + .3 * about + .15 * bool(one.grouped)
                - .1 * bool(one.condition and TAKERS not in one.condition) - .25 * denied)

    def covered(self, words: list[str], one: Statement) -> float:
        """Return how much of a sentence the words of a statement account for."""
        return self.share_of(words, one.words)

    def names(self, group: tuple[str, ...], words: list[str]) -> bool:
        """Whether a sentence names a group: by its code, or by most of its words."""
        if not group:  # the unit is all that it names
            return True
        coded = [one for one in group if CODE.fullmatch(one)]
        if coded:
            return bool(set(coded) & set(words))
        return (NOT in words or NOT not in group) and self.share_of(group, words) >= .6

    def likely(self, sentence: str, words: list[str], found: list[Amount]) -> list[Statement]:
        """Return the statements that a sentence can be about, the likeliest first."""
        unit = unit_of(sentence)
        if unit == ELSEWHERE:
            return []
        scored = self._scored(words, unit, found)
        clause = CLAUSE.search(sentence)
        if clause:  # who is looked at; the answer is told behind it
            main = tokens(sentence[clause.end():])
            scored = [(score, one) for score, one in scored if one.default
                      or self.share_of(one.said, main) >= SAID_BEHIND]
        bases = {one.base for one in found if one.base}
        if bases and clause:
            shorter = sentence.replace(clause[0], " ")
            rest = subject_of(shorter, amounts(shorter))
            scored += [(score + .25, one) for score, one in self._scored(rest, unit, found)
                       if one.base in bases]
        scored += self._graded(sentence, words)
        scored.sort(key=lambda pair: (-pair[0], -(pair[1].base or 0)))
        likely = [one for score, one in scored if score >= AS_LIKELY * scored[0][0]]
        return list(dict.fromkeys([*likely, *self._refusals(likely, words)]))

    def _refusals(self, likely: list[Statement], words: list[str]) -> list[Statement]:
        """Return the plain "no" to a question of which a sentence with "not" names an answer."""
        asked = {(one.table, one.item, one.group) for one in likely if NOT in words}
        return [one for one in self.all
                if one.values == (NO,) and (one.table, one.item, one.group) in asked]

    def _scored(self, words: list[str], unit: str, found: list[Amount]
                ) -> list[tuple[float, Statement]]:
        """Return the statements about a subject, counted in this unit, with numbers like these."""
        mean = any(one.kind == "mean" for one in found)
        return [(score + _base_bonus(one, found), one)
                for score, one in self.ranked(words)
                if not (unit and one.unit != unit)
                and not (found and mean != (not math.isnan(one.mean)))
                and self.covered(words, one) >= (
                    PAIR_ON_SUBJECT if _is_pair(one, found) else ON_SUBJECT)]

    def _graded(self, sentence: str, words: list[str]) -> list[tuple[float, Statement]]:
        """Return the sums of "a six or lower"."""
        match = GRADE.search(sentence)
        if match is None:
            return []
        about = [one for one in words if one not in tokens("gehad")]  # a grade was had
        limit, way = number_of(match[1] or match[3]), (match[2] or "").casefold()
        found = []
        for rows in self.numeric:
            keep = {one.values[0] for one in rows if len(one.values) == 1 and one.n > 0
                    and _within(float(one.values[0]), limit, way)}
            total = summed(rows, keep)
            if total is not None and self.covered(about, total) >= GRADE_ON_SUBJECT:
                found.append((2.0, total))
        return found


def subject_of(sentence: str, found: list[Amount], *, takers: bool = False) -> list[str]:
    """Return the stems of what a sentence is about: without its numbers and words of rank."""
    words = tokens(without_ranks(without_grade(without_amounts(sentence, found))))
    return [*words, TAKERS] if takers or TOOK_PART.search(sentence) else words


def unit_of(sentence: str) -> str:
    """Return the unit of the people whom a sentence counts, empty when it names none."""
    nouns = units()
    found = [(match.start(), match[0].casefold()) for match in WORD.finditer(sentence)
             if match[0].casefold() in nouns]
    counted = [noun for at, noun in found if OF.search(sentence[:at])]
    noun = next(iter([*counted, *(one for __, one in found)]), "")
    return nouns.get(noun, "")


def _base_bonus(one: Statement, found: list[Amount]) -> float:
    bases = [amount.base for amount in found if amount.base]
    if not bases:
        return 0.0
    return .25 if one.base in bases else 0.0


def _within(number: float, limit: float, way: str) -> bool:
    """Whether a grade is the one that is told, or on the side of it that is told."""
    if not way:
        return number == limit
    return number >= limit if way in ("hoger", "meer") else number <= limit


def _is_pair(one: Statement, found: list[Amount]) -> bool:
    """Whether both a count and its base are those of a statement."""
    return any(amount.base == one.base and amount.holds(one.n) for amount in found)


def in_order(sentence: str, rows: list[Statement]) -> list[Statement]:
    """Return two groups in the order in which a sentence names them.

    "The others" and a group with "not" are the one that the other group leaves.
    """
    text = sentence.casefold()
    others = OTHERS.search(text)
    places = [_place_of(text, row, others) for row in rows]
    return rows if places[0] <= places[1] else rows[::-1]


def _place_of(text: str, row: Statement, others: re.Match[str] | None) -> int:
    group = next(iter(row.grouped), ())
    if NOT in group:
        denied = others or DENIED.search(text)
        return denied.start() if denied else len(text)
    named = [match.start() for match in WORD.finditer(text)
             if set(tokens(match[0])) & set(group) and not DENIED.search(text[:match.start()][-9:])]
    return min(named, default=others.start() if others else len(text))


def parts_of(sentence: str, found: list[Amount]) -> list[str]:
    """Cut a sentence at the commas and "and"s between its numbers."""
    parts, start = [], 0
    for one, other in pairwise(found):
        cut = list(JOINT.finditer(sentence, one.end, other.start + 1))
        if cut:
            parts.append(sentence[start:cut[-1].start()])
            start = cut[-1].end()
    return [*parts, sentence[start:]]
