"""Ranks, comparisons and changes of a Dutch sentence, held against Tables."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations

from wbkit.findings.claims.amounts import Amount
from wbkit.findings.claims.matching import OTHERS, Index
from wbkit.findings.claims.statements import Statement
from wbkit.findings.claims.words import (
    FIRST,
    LAST,
    ONLY_TWO,
    ORDER,
    PLACE,
    tokens,
    without_ranks,
)
from wbkit.findings.leads import LEAST_SHARE, LEAST_UNITS

AFTER = re.compile(r"\bna (?:(?!(?:wordt|worden|is|zijn|komt|komen|de|het|staan|staat)\b)\S+ ){1,6}"
                   r"(?=.*\b(?:meest|vaakst|belangrijkste|grootste|hoogste)\b)", re.IGNORECASE)
ONE_BUT = re.compile(r"\bop één na\b|\bop een na\b", re.IGNORECASE)
COMPARED = re.compile(
    r"\b(vaker|meer|minder vaak|minder|beter|slechter|hoger|lager|groter|kleiner|makkelijker"
    r"|moeilijker|eerder|sterker)\b(?! dan (?:de helft|een|\d|twaalf|tien|vijf))", re.IGNORECASE)
DOWN = ("minder", "lager", "slechter", "kleiner", "moeilijker")
THAN = re.compile(r"\b(?:dan|als)\b(?! ook)", re.IGNORECASE)
MOST_PEOPLE = re.compile(r"\b(?:de meeste|de meerderheid van de) (?:studenten|teams|medewerkers)\b",
                         re.IGNORECASE)
UP_WORDS = re.compile(r"\b(?:steeg|gestegen|stijg\w*|toe|toegenomen|groei\w*|gegroeid|opgelopen|op"
                      r"|vaker|meer|hoger)\b", re.IGNORECASE)
YEARS = re.compile(r"\d{4}-\d{4}")
SAME = 1e-9
MOSTLY = re.compile(r"\b(?:vooral|met name|voornamelijk|hoofdzakelijk)\b", re.IGNORECASE)
RANK_ON_SUBJECT = .65  # of a sentence, by weight, that a Table must account for
NAMED, BOTH = .3, .45  # least part of the words of each side, and of the sentence


@dataclass(frozen=True)
class Ranked:
    """A rank that a sentence claims, and what the Table says.

    `state` is holds, wrong, tied, differs, change or absent; `first` is the statement that it
    rests on, and `numbers` those of which the numbers in the sentence are.
    """

    state: str
    first: Statement
    column: str
    value: str
    reason: str
    numbers: tuple[Statement, ...] = ()


def measure(rows: Iterable[Statement]) -> str:
    """Return by which column statements can be compared: counts only on one base."""
    rows = list(rows)
    if all(not math.isnan(one.mean) for one in rows):
        return "mean"
    if rows[0].kind == "coverage":
        return "share"
    return "n" if len({one.base for one in rows}) == 1 or math.isnan(rows[0].share) else "share"


def rank_of(sentence: str, likely: list[Statement], index: Index, words: list[str]
            ) -> Ranked | None:
    """Judge a superlative or a place in the order; None where a sentence has none."""
    place = _place(sentence)
    if place is None:
        return None
    after = AFTER.search(sentence)
    if after is not None:
        words = tokens(without_ranks(sentence.replace(after[0], " ")))
        likely = [one for __, one in index.ranked(words)][:1] or likely
    same = [one for one in likely if (one.item, one.values, one.group)
            == (likely[0].item, likely[0].values, likely[0].group)]
    if not likely:
        return None
    if index.covered(words, likely[0]) < RANK_ON_SUBJECT:
        return Ranked("absent", likely[0], "n", "", "no_cell")
    judged = [found for one in same if (found := _rank_of(one, sentence, index, place))]
    order = ("holds", "tied", "wrong", "absent")  # of Tables that can be meant as well
    return min(judged, key=lambda found: order.index(found.state), default=None)


def _rank_of(one: Statement, sentence: str, index: Index, place: int) -> Ranked | None:
    people = MOST_PEOPLE.search(sentence) is not None
    rows = _series(one, sentence, index)
    if len(rows) < 2 or people and len(one.values) > 1:
        return _majority(one) if people else None
    column = measure(rows)
    low = LAST.search(sentence) is not None
    order = sorted(rows, key=lambda row: getattr(row, column), reverse=not low)
    return _placed(one, order, column, (place, sentence))


def _place(sentence: str) -> int | None:
    """Return the place that a sentence claims, 0 the first."""
    match = PLACE.search(sentence)
    if match:
        return ORDER.index(match[1].casefold()) if match[1] else int(match[2]) - 1
    if not (FIRST.search(sentence) or LAST.search(sentence)):
        return None
    return 1 if AFTER.search(sentence) or ONE_BUT.search(sentence) else 0


def _too_close(order: list[Statement], column: str) -> Statement | None:
    """Return the second, where the first does not lead it by 2 units and 5 points of the base."""
    first, second = order[0], order[1]
    if column == "mean" or math.isnan(first.n) or first.base != second.base:
        return None
    ahead = abs(first.n - second.n)
    enough = ahead >= LEAST_UNITS and ahead / first.base >= LEAST_SHARE - SAME
    return None if enough else second


def _placed(one: Statement, order: list[Statement], column: str, claim: tuple[int, str]
            ) -> Ranked:
    place, sentence = claim
    number = getattr(one, column)
    tied = [row for row in order if row is not one and row.cell != one.cell
            and abs(getattr(row, column) - number) < SAME]
    there = order[min(place, len(order) - 1)]
    shown = {"mean": "estimate", "share": "coverage" if one.kind == "coverage" else "share"}
    name = shown.get(column, column)
    if abs(getattr(there, column) - number) >= SAME:
        return Ranked("wrong", there, name, f"{there.cell} ({_told(there, column)})", "other_first")
    close = _too_close(order, column) if place == 0 and MOSTLY.search(sentence) else None
    if tied or close is not None:
        tied = tied or [close]
        return Ranked("tied", tied[0], name, f"{tied[0].cell} ({_told(tied[0], column)})", "tied")
    return Ranked("holds", one, name, _told(one, column), "rank_holds", (one,))


def _told(one: Statement, column: str) -> str:
    return f"{getattr(one, column):.4g}"


def _majority(one: Statement) -> Ranked:
    """Judge "most students" of answers that are added up: more than half."""
    if math.isnan(one.share):
        return Ranked("absent", one, "share", "", "not_delivered")
    state = "tied" if abs(one.share - .5) < SAME else "holds" if one.share > .5 else "wrong"
    return Ranked(state, one, "share", f"{one.share:.10g}", "rank_holds" if state == "holds"
                  else "no_majority", (one,))


def _series(one: Statement, sentence: str, index: Index) -> list[Statement]:
    """Return the statements among which one has a place: other answers, items or groups."""
    table = [row for row in index.all if row.table == one.table and not row.absent]
    answers = [row for row in table if (row.item, row.group) == (one.item, one.group)
               and len(row.values) == len(one.values) == 1 and row.ranks]
    items = [row for row in table if (row.values, row.group) == (one.values, one.group)]
    groups = [row for row in table if (row.item, row.values) == (one.item, one.values)]
    if len(groups) > 1 and one.group and not one.values:
        return groups
    by_item = len(items) > 1 and one.kind == "frequency" and not MOST_PEOPLE.search(sentence)
    if by_item:
        return items
    if len(groups) > 1 and not MOST_PEOPLE.search(sentence):
        return groups
    return answers if one.ranks else []


# Comparisons


def comparison_of(sentence: str, index: Index, unit: str) -> Ranked | None:
    """Judge "A more often than B"; None where a sentence compares nothing."""
    match = COMPARED.search(sentence)
    than = THAN.search(sentence, match.end()) if match else None
    if match is None or than is None:
        return None
    left = sentence[:match.start()] + sentence[match.end():than.start()]
    right = ONLY_TWO.sub("", sentence[than.end():])
    pair = _best_pair(tokens(left), tokens(right), index, unit, sentence)
    if pair is None:
        return None
    one, other = pair
    column = measure(pair)
    down = match[1].casefold().split()[0] in DOWN
    gap = getattr(one, column) - getattr(other, column)
    name = {"mean": "estimate", "share": "share"}.get(column, column)
    if abs(gap) < SAME:
        return Ranked("tied", other, name, _told(other, column), "tied")
    if (gap < 0) != down:
        return Ranked("wrong", other, name, _told(other, column), "other_way")
    return Ranked("holds", one, name, _told(one, column), "rank_holds", (one, other))


def _best_pair(left: list[str], right: list[str], index: Index, unit: str, sentence: str
               ) -> tuple[Statement, Statement] | None:
    """Return the two statements that the sides of a comparison name best."""
    others = OTHERS.search(sentence) is not None
    best, most = None, 0.0
    for one, other in _comparable(index, unit, singles=ONLY_TWO.search(sentence) is not None):
        if one.values == other.values and not one.default \
                and index.share_of(one.said, [*left, *right]) < .6:
            continue
        mine, yours = _named(one, other, left, index), _named(other, one, right, index)
        if others and len(_groups(one, index)) == 2:
            yours = .5
        covered = index.share_of([*left, *right], [*one.words, *other.words])
        score = mine + yours + covered + 1e-4 * math.log(1 + (one.base or 0))
        if mine >= NAMED and yours >= NAMED and covered >= BOTH and score > most:
            best, most = (one, other), score
    return best


def _named(one: Statement, other: Statement, words: list[str], index: Index) -> float:
    """Return how well a side of a comparison names what sets a statement apart from another."""
    if one.group != other.group:
        pairs = zip(one.grouped, other.grouped, strict=True)
        group = next((mine for mine, its in pairs if mine != its), ())
        return index.share_of(group, words) if index.names(group, words) else 0.0
    mine, its = (one.said, other.said) if one.values != other.values else (one.asked, other.asked)
    own = [word for word in mine if word not in its]
    return index.share_of(own, words) if own else 0.0


def _groups(one: Statement, index: Index) -> list[Statement]:
    return [row for row in index.all if row.group and (row.table, row.item, row.values)
            == (one.table, one.item, one.values)]


def _comparable(index: Index, unit: str, *, singles: bool
                ) -> Iterator[tuple[Statement, Statement]]:
    """Yield the pairs of a Table that differ in one thing: answer, item or group."""
    tables: dict[str, list[Statement]] = {}
    for one in index.all:
        if not one.absent and (not unit or one.unit == unit) and \
                not (singles and len(one.values) > 1):
            tables.setdefault(one.table, []).append(one)
    for rows in tables.values():
        yield from ((one, other) for one, other in permutations(rows, 2)
                    if _differ_in_one(one, other))


def _differ_in_one(one: Statement, other: Statement) -> bool:
    """Whether two statements of a Table differ in the item, the group or the answer alone."""
    answers = one.values != other.values
    if answers and set(one.values) & set(other.values):
        return False
    return answers + (one.item != other.item) + (one.group != other.group) == 1


# Changes of counts over years


def change_of(sentence: str, words: list[str], found: list[Amount], index: Index
              ) -> Ranked | None:
    """Judge a change that a Table of full counts by year shows; None where there is none."""
    years = sorted(set(YEARS.findall(sentence)))
    trends = [(score, one) for score, one in index.ranked(words) if one.kind == "trend"]
    if not years or not found or not trends:
        return None
    one = trends[0][1]
    rows = _over_years(one, index)
    start = years[0] if len(years) > 1 else min(rows)
    inside = [row for year, row in sorted(rows.items()) if start <= year <= years[-1]]
    last = rows.get(years[-1])
    if last is None or any(row.absent for row in inside):
        return Ranked("change", last or one, "n", "", "change")
    used = [rows[year] for year in years if year in rows]
    wrong = next((row for amount, row in zip(reversed(found), reversed(used), strict=False)
                  if not amount.holds(row.share if amount.kind == "share" else row.n)), None)
    column = "share" if found[-1].kind == "share" else "n"
    if wrong is not None:
        return Ranked("differs", wrong, column, _told(wrong, column), "other_number")
    up = UP_WORDS.search(sentence) is not None
    gap = getattr(last, column) - getattr(inside[0], column)
    if gap == 0 or (gap > 0) != up:
        return Ranked("wrong", last, column, _told(last, column), "other_way")
    return Ranked("holds", last, column, _told(last, column), "in_table")


def _over_years(one: Statement, index: Index) -> dict[str, Statement]:
    """Return the statements of the other years, by year."""
    place = next((key for key, value in one.group if YEARS.fullmatch(value)), "")
    rest = [pair for pair in one.group if pair[0] != place]
    return {dict(row.group)[place]: row for row in index.all
            if (row.table, row.item) == (one.table, one.item)
            and [pair for pair in row.group if pair[0] != place] == rest and place}
