"""Whether the sentences of a report stand in the Tables."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.claims.amounts import (
    GRADE,
    Amount,
    amounts,
    number_of,
    without_amounts,
    without_grade,
)
from wbkit.findings.claims.ranks import (
    Ranked,
    change_of,
    comparison_of,
    rank_of,
    without_ranks,
)
from wbkit.findings.claims.report_text import read_report
from wbkit.findings.claims.statements import Index, Statement, statements, summed
from wbkit.findings.claims.words import ELSEWHERE, NOT, WORD, says, tokens, units
from wbkit.messages import _
from wbkit.study.item import NO
from wbkit.table.facts import Counted, Subject
from wbkit.table.render import Shown
from wbkit.table.table import Table
from wbkit.text.quotations import Found, compared, quotations, words_of

COLUMNS = ["sentence", "text", "verdict", "table", "cell", "value", "reason"]
HOLDS, DIFFERS, NO_SOURCE, SMALL = "klopt", "wijkt af", "geen bron", "basis te klein"
ELSE, FIRM, RANK, TIED = "niet te controleren", "te stellig", "rangorde klopt niet", \
    "gelijke stand"
NO_QUOTE, CHANGED, NOTHING = "citaat staat er niet", "citaat gewijzigd", "geen uitkomst"
VERDICTS = (HOLDS, DIFFERS, NO_SOURCE, SMALL, ELSE, FIRM, RANK, TIED, NO_QUOTE, CHANGED, NOTHING)
SMALLEST_BASE = 10
ON_SUBJECT = .5  # of a sentence, by weight, that a Table must account for
PAIR_ON_SUBJECT, GRADE_ON_SUBJECT = .3, .35  # the same, where a count and its base both fit
AS_LIKELY = .93  # statements with this part of the best score can be meant as well
SHORTEST_QUOTE = 3  # words; fewer are a term
NEARLY = 45  # a quotation this much like a passage is that passage, changed
CLAUSE = re.compile(r"\bdie [^,]*,")
SAID_BEHIND = .6  # of the words of an answer, by weight
QUOTED = ("quote", "text", "before", "after")
OF = re.compile(r"\b(?:van(?: de| alle| hun| onze| deze)?(?: \d[\d.]*)?|\d|procent|tien) (?:\w+-)?$")


@dataclass(frozen=True)
class Verdict:
    """What is found about one sentence."""

    id: str
    text: str = ""
    table: str = ""
    cell: str = ""
    value: str = ""
    reason: str = ""


def check_claims(report: str | Path | Sequence[str], tables: Mapping[str, Table]) -> Table:
    """Hold each sentence of a report against Tables.

    Dutch sentences with a number, share, rank, comparison or quotation are looked up; what is
    about other data, or says a cause, a change or significance, is said to be so. Nothing is
    confirmed by a figure that others published or by hits of key words.

    Parameters
    ----------
    report
        A Word, Markdown or text file, or sentences.
    tables
        Tables by the name under which they are saved.

    Returns
    -------
    Table
        One row for each sentence.

        - ``sentence``: the sentence; ``text``: the words that are looked up
        - ``verdict``: ``klopt``, ``wijkt af``, ``geen bron``, ``basis te klein``, ``niet te
          controleren``, ``te stellig``, ``rangorde klopt niet``, ``gelijke stand``, ``citaat staat
          er niet``, ``citaat gewijzigd`` or ``geen uitkomst``
        - ``table``, ``cell``: where it stands: words of the row | column
        - ``value``: what the Table says: a share from 0 to 1, a count, a mean, who is first, or
          the true words
        - ``reason``: why, as an id

    Raises
    ------
    DataError
        If there are no Tables, or the report cannot be read.
    """
    if not tables:
        raise DataError(_(
            "check_claims: there are no Tables to hold the report against. Give the saved Tables "
            "by name, or give wbkit run first."))
    texts = read_report(report) if isinstance(report, str | Path) else list(report)
    checker = _Checker.of({name: one if isinstance(one, Shown) else one.show()
                           for name, one in tables.items()})
    rows = [(text, verdict.text, verdict.id, verdict.table, verdict.cell, verdict.value,
             verdict.reason) for text, verdict in ((text, checker.verdict(text))
                                                   for text in texts)]
    data = pd.DataFrame(rows, columns=COLUMNS).astype(str)
    sources = tuple({one.name: one for table in tables.values()
                     for one in _sources(table)}.values())
    return Table(data, "claims", (), (Subject("check_claims"), Counted("sentence")), sources)


def _sources(table: Table | Shown) -> Sequence:
    return table.sources if isinstance(table, Shown) else table.data_sets


@dataclass(frozen=True)
class _Checker:
    """Statements and quotable texts of Tables, to judge sentences by."""

    index: Index
    passages: tuple[tuple[str, str, str], ...]
    questions: frozenset[tuple[str, ...]]
    numeric: Mapping[str, tuple[Statement, ...]]

    @classmethod
    def of(cls, tables: Mapping[str, Shown]) -> "_Checker":
        found = statements(tables)
        numeric: dict[str, list[Statement]] = {}
        for one in found:
            if one.values and one.values[0].replace(".", "").isdigit():
                numeric.setdefault(f"{one.table} {one.item}", []).append(one)
        asked = {tuple(words_of(shown.words(column, key)))
                 for shown in tables.values() for column in ("item", "value")
                 if column in shown.data and shown.kind != "claims"
                 for key in shown.data[column].unique()}
        return cls(Index.of(found), tuple(_passages(tables)), frozenset(asked),
                   {key: tuple(rows) for key, rows in numeric.items()})

    def verdict(self, sentence: str) -> Verdict:
        """Judge one sentence."""
        quoted = self._quotation(sentence)
        if quoted is not None:
            return quoted
        if says("elsewhere", sentence):
            return Verdict(ELSE, reason="elsewhere")
        found = amounts(sentence)
        if says("no_result", sentence):
            return Verdict(NOTHING, reason="no_result")
        words = _subject(sentence, found)
        likely = self._likely(sentence, words, found)
        return self._firm(sentence, words, found, likely) \
            or self._ranked(sentence, words, found, likely) \
            or self._counted(sentence, found, likely)

    # Quotations

    def _quotation(self, sentence: str) -> Verdict | None:
        """Judge the first quotation that is no term; None without one."""
        long = [quote for __, quote in quotations(sentence)
                if len(words_of(quote)) >= SHORTEST_QUOTE
                and tuple(words_of(quote)) not in self.questions]
        if not long:
            return None
        verdicts = [self._looked_up(quote) for quote in long]
        return next((one for one in verdicts if one.id != HOLDS), verdicts[0])

    def _looked_up(self, quote: str) -> Verdict:
        best, where = Found("absent", like=0.0), ("", "", "")
        for passage in self.passages:
            found = compared(quote, passage[2])
            if found.state in ("exact", "marked"):
                return Verdict(HOLDS, quote, passage[0], f"{passage[1]} | quote", passage[2],
                               "quote")
            if found.like > best.like:
                best, where = found, passage
        if best.like >= NEARLY:
            return Verdict(CHANGED, quote, where[0], f"{where[1]} | quote", where[2],
                           "quote_changed")
        return Verdict(NO_QUOTE, quote, reason="quote_absent")

    # What is said too firmly

    def _firm(self, sentence: str, words: list[str], found: list[Amount],
              likely: list[Statement]) -> Verdict | None:
        if says("witness", sentence):
            return None
        sort = next((one for one in ("cause", "significance") if says(one, sentence)), "")
        first = likely[0] if likely else None
        if not sort and says("change", sentence):
            counted = change_of(sentence, words, found, self.index)
            if counted is not None:
                return self._of_rank(counted, sentence)
            sort = "" if first and _is_asked(first, words) else "change"
        if not sort:
            return None
        return Verdict(FIRM, sentence, first.table if first else "", first.cell if first else "",
                       reason=sort)

    # Ranks and comparisons

    def _ranked(self, sentence: str, words: list[str], found: list[Amount],
                likely: list[Statement]) -> Verdict | None:
        ranked = comparison_of(sentence, self.index, _unit_of(sentence)) \
            or rank_of(sentence, likely, self.index, words)
        if ranked is None:
            return None
        verdict = self._of_rank(ranked, sentence)
        if verdict.id == HOLDS and found and ranked.numbers:
            held = self._pairs(found, list(ranked.numbers)) or \
                self._counted(sentence, found, list(ranked.numbers))
            return held if held.id not in (HOLDS, NOTHING) else verdict
        return verdict

    def _of_rank(self, ranked: Ranked, sentence: str) -> Verdict:
        ids = {"holds": HOLDS, "wrong": RANK, "tied": TIED, "differs": DIFFERS, "change": FIRM,
               "absent": NO_SOURCE}
        one = ranked.first
        return Verdict(ids[ranked.state], sentence, one.table, f"{one.cell} | {ranked.column}",
                       ranked.value, ranked.reason)

    # Numbers

    def _likely(self, sentence: str, words: list[str], found: list[Amount]) -> list[Statement]:
        """Return the statements that a sentence can be about, the likeliest first."""
        unit = _unit_of(sentence)
        if unit == ELSEWHERE:
            return []
        mean = any(one.kind == "mean" for one in found)
        scored = self._scored(words, unit, found)
        clause = CLAUSE.search(sentence)
        if clause:  # who is looked at; the answer is told behind it
            main = tokens(sentence[clause.end():])
            scored = [(score, one) for score, one in scored if one.default
                      or self.index.share_of(one.said, main) >= SAID_BEHIND]
        bases = {one.base for one in found if one.base}
        if bases and clause:
            shorter = sentence.replace(clause[0], " ")
            rest = _subject(shorter, amounts(shorter))
            scored += [(score + .25, one) for score, one in self._scored(rest, unit, found)
                       if one.base in bases]
        scored += self._graded(sentence, words)
        scored.sort(key=lambda pair: (-pair[0], -(pair[1].base or 0)))
        likely = [one for score, one in scored if score >= AS_LIKELY * scored[0][0]]
        return list(dict.fromkeys([*likely, *self._refusals(likely, words)]))

    def _refusals(self, likely: list[Statement], words: list[str]) -> list[Statement]:
        """Return the plain "no" to a question of which a sentence with "not" names an answer."""
        asked = {(one.table, one.item, one.group) for one in likely if NOT in words}
        return [one for one in self.index.all
                if one.values == (NO,) and (one.table, one.item, one.group) in asked]

    def _scored(self, words: list[str], unit: str, found: list[Amount]
                ) -> list[tuple[float, Statement]]:
        """Return the statements about a subject, counted in this unit, with numbers like these."""
        mean = any(one.kind == "mean" for one in found)
        return [(score + _base_bonus(one, found), one)
                for score, one in self.index.ranked(words)
                if not (unit and one.unit != unit)
                and not (found and mean != (not math.isnan(one.mean)))
                and self.index.covered(words, one) >= (
                    PAIR_ON_SUBJECT if _is_pair(one, found) else ON_SUBJECT)]

    def _graded(self, sentence: str, words: list[str]) -> list[tuple[float, Statement]]:
        """Return the sums of "a six or lower"."""
        match = GRADE.search(sentence)
        if match is None:
            return []
        limit, way = number_of(match[1] or match[3]), (match[2] or "").casefold()
        found = []
        for rows in self.numeric.values():
            keep = {one.values[0] for one in rows if len(one.values) == 1 and one.n > 0
                    and _within(float(one.values[0]), limit, way)}
            total = summed(rows, keep)
            if total is not None and self.index.covered(words, total) >= GRADE_ON_SUBJECT:
                found.append((2.0, total))
        return found

    def _counted(self, sentence: str, found: list[Amount], likely: list[Statement]) -> Verdict:
        """Judge the numbers of a sentence."""
        if not found:
            vague = says("vague", sentence)
            return Verdict(ELSE, reason="vague") if vague else Verdict(NOTHING, reason="no_claim")
        said = " … ".join(sentence[one.start:one.end] for one in found)
        if not likely or all(one.absent for one in likely):
            where = likely[0] if likely else None
            return Verdict(NO_SOURCE, said, where.table if where else "",
                           where.cell if where else "", reason="not_delivered" if where
                           else "no_cell")
        paired = self._pairs(found, likely)
        if paired is not None:
            return replace(paired, text=said)
        verdicts = [_held(found, one) for one in likely if not one.absent]
        best = next((one for one in verdicts if one.id in (HOLDS, SMALL)), verdicts[0])
        return replace(best, text=said)

    def _pairs(self, found: list[Amount], likely: list[Statement]) -> Verdict | None:
        """Judge two numbers about two groups, each in the order in which it is told."""
        if len(found) != 2 or not likely or not likely[0].group:
            return None
        first = likely[0]
        same = [one for one in self.index.all if (one.table, one.item, one.values)
                == (first.table, first.item, first.values)]
        if len(same) != 2:
            return None
        for order in (same, same[::-1]):
            verdicts = [_held([one], row) for one, row in zip(found, order, strict=True)]
            if all(one.id == HOLDS for one in verdicts):
                return verdicts[0]
        verdicts = [_held([one], row) for one, row in zip(found, same, strict=True)]
        return next(one for one in verdicts if one.id != HOLDS)


def _passages(tables: Mapping[str, Shown]) -> list[tuple[str, str, str]]:
    """Return Table, row and words of everything that can be quoted."""
    found = []
    for name, shown in tables.items():
        columns = [one for one in QUOTED if one in shown.data]
        if shown.kind != "listing" or "figure_id" in shown.data:
            continue
        where = shown.data.columns[0]
        for row in shown.data.to_dict("records"):
            found += [(name, str(row[where]), str(row[column])) for column in columns
                      if isinstance(row[column], str)]
    return found


def _subject(sentence: str, found: list[Amount]) -> list[str]:
    """Return the stems of what a sentence is about: without its numbers and words of rank."""
    return tokens(without_ranks(without_grade(without_amounts(sentence, found))))


def _unit_of(sentence: str) -> str:
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


def _is_asked(one: Statement, words: list[str]) -> bool:
    """Whether people were asked about the change that a sentence tells."""
    return any(word in one.said for word in ("mer", "minder", "evenvel"))


def _held(found: list[Amount], one: Statement) -> Verdict:
    """Judge numbers by one statement."""
    where = one.table, one.cell
    if any(amount.kind == "share" for amount in found) and one.base < SMALLEST_BASE:
        return Verdict(SMALL, "", where[0], f"{where[1]} | share", _number(one.share), "small_base")
    measured = [_measured(amount, one) for amount in found]
    wrong = next((one for one in measured if not one[0]), None)
    ok, column, value = wrong or next(
        (one for one in measured if one[1] != "base"), measured[0])
    if wrong is None and all(one[1] == "base" for one in measured):
        ok = False
        column, value = "n", one.n
    return Verdict(HOLDS if ok else DIFFERS, "", where[0], f"{where[1]} | {column}",
                   _number(value), "in_table" if ok else "other_number")


def _measured(amount: Amount, one: Statement) -> tuple[bool, str, float]:
    """Return whether a number is right, the column it is about, and what stands there."""
    if amount.kind == "share":
        return amount.holds(one.share), "coverage" if one.kind == "coverage" else "share", one.share
    if amount.kind == "mean":
        return amount.holds(one.mean), "estimate", one.mean
    if amount.base is not None:
        return amount.holds(one.n) and amount.base == one.base, "n", one.n
    if amount.holds(one.n):
        return True, "n", one.n
    return (True, "base", one.base) if amount.value == one.base else (False, "n", one.n)


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.10g}"
