"""Whether the sentences of a report stand in the Tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.claims.amounts import Amount, amounts
from wbkit.findings.claims.matching import Index, in_order, parts_of, subject_of, unit_of
from wbkit.findings.claims.ranks import Ranked, change_of, comparison_of, rank_of
from wbkit.findings.claims.report_text import read_report
from wbkit.findings.claims.statements import Statement, statements
from wbkit.findings.claims.sums import is_list_of_figures, recomputed, words_of_reasons
from wbkit.findings.claims.verdicts import (
    CHANGED,
    DIFFERS,
    ELSE,
    FIRM,
    HOLDS,
    NO_QUOTE,
    NO_SOURCE,
    NOTHING,
    RANK,
    TIED,
    Verdict,
    held,
    judged,
)
from wbkit.findings.claims.words import ELSEWHERE, TAKERS, says
from wbkit.messages import _
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Counted, Subject
from wbkit.table.render import Shown
from wbkit.table.table import Table
from wbkit.text.quotations import Found, compared, quotations, words_of

COLUMNS = ["sentence", "text", "verdict", "table", "cell", "value", "reason"]
SHORTEST_QUOTE = 3  # words; fewer are a term
SHORTEST_NAME = 4  # letters of the name of a team or text, by which a report names who spoke
NEARLY = 45  # a quotation this much like a passage is that passage, changed
QUOTED = ("quote", "text", "before", "after")


def check_claims(
    report: str | Path | Sequence[str] | Table, tables: Mapping[str, Table | Shown]
) -> Table:
    """Hold each sentence of a report against Tables.

    Dutch sentences with a number, share, rank, comparison or quotation are looked up; what is
    about other data, or says a cause, a change or significance, is said to be so. Nothing is
    confirmed by a figure that others published or by hits of key words.

    Parameters
    ----------
    report
        A Word, Markdown or text file, or sentences. Or a Table that lists figures of others
        (``figure_id``, ``figure_value``, ``figure_unit``, ``reason``): each is held against the
        sums of a Table with ``figure_id`` and ``formula``, such as ``[F1] + [F2]``, and against
        nothing of one's own.
    tables
        Tables by the name under which they are saved; one that is shown keeps its title.

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
    if is_list_of_figures(report):
        return _of_figures(report, tables)
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


def _of_figures(figures: Table, tables: Mapping[str, Table]) -> Table:
    """Give each published figure a verdict."""
    data = pd.DataFrame(recomputed(figures, tables), columns=COLUMNS).astype(str)
    reasons = Vocabulary.of("reason", lambda language: words_of_reasons(figures, language))
    return Table(data, "claims", (), (Subject("check_figures"), Counted("figure")),
                 (*figures.sources, reasons))


def _sources(table: Table | Shown) -> Sequence:
    return table.sources if isinstance(table, Shown) else table.data_sets


@dataclass(frozen=True)
class _Checker:
    """Statements and quotable texts of Tables, to judge sentences by."""

    index: Index
    passages: tuple["Passage", ...]
    named: frozenset[str]
    questions: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, tables: Mapping[str, Shown]) -> "_Checker":
        found = statements(tables)
        asked = {tuple(words_of(shown.words(column, key)))
                 for shown in tables.values() for column in ("item", "value")
                 if column in shown.data and shown.kind != "claims"
                 for key in shown.data[column].unique()}
        passages = _passages(tables)
        return cls(Index.of(found), tuple(passages), frozenset(one.row for one in passages),
                   frozenset(asked))

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
        words = subject_of(sentence, found)
        likely = self.index.likely(sentence, words, found)
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
        around = sentence
        for __, quote in quotations(sentence):
            around = around.replace(quote, " ")
        verdicts = [self._looked_up(quote, around) for quote in long]
        return next((one for one in verdicts if one.id != HOLDS), verdicts[0])

    def _looked_up(self, quote: str, around: str) -> Verdict:
        """Find a quotation among what people said; whom `around` it names must have said it."""
        best, where, others = Found("absent", like=0.0), Passage(), []
        for passage in self.passages:
            found = compared(quote, passage.words)
            if found.state in ("exact", "marked"):
                if passage.is_of(around, self.named):
                    return Verdict(HOLDS, quote, passage.table, f"{passage.row} | quote",
                                   passage.words, "quote")
                others.append(passage)
            elif found.like > best.like:
                best, where = found, passage
        if others:
            return Verdict(CHANGED, quote, others[0].table, f"{others[0].row} | quote",
                           others[0].row, "quote_other_speaker")
        if best.like >= NEARLY:
            return Verdict(CHANGED, quote, where.table, f"{where.row} | quote", where.words,
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
            sort = "" if first and is_asked(first, words) else "change"
        if not sort:
            return None
        return Verdict(FIRM, sentence, first.table if first else "", first.cell if first else "",
                       reason=sort)

    # Ranks and comparisons

    def _ranked(self, sentence: str, words: list[str], found: list[Amount],
                likely: list[Statement]) -> Verdict | None:
        ranked = comparison_of(sentence, self.index, unit_of(sentence)) \
            or rank_of(sentence, likely, self.index, words)
        if ranked is None:
            return None
        verdict = self._of_rank(ranked, sentence)
        if verdict.id == HOLDS and found and ranked.numbers:
            other = self._pairs(sentence, found, list(ranked.numbers)) or \
                self._counted(sentence, found, list(ranked.numbers))
            return other if other.id not in (HOLDS, NOTHING) else verdict
        return verdict

    def _of_rank(self, ranked: Ranked, sentence: str) -> Verdict:
        ids = {"holds": HOLDS, "wrong": RANK, "tied": TIED, "differs": DIFFERS, "change": FIRM,
               "absent": NO_SOURCE}
        one = ranked.first
        return Verdict(ids[ranked.state], sentence, one.table, f"{one.cell} | {ranked.column}",
                       ranked.value, ranked.reason)

    # Numbers

    def _counted(self, sentence: str, found: list[Amount], likely: list[Statement]) -> Verdict:
        """Judge the numbers of a sentence."""
        if not found:
            vague = says("vague", sentence)
            return Verdict(ELSE, reason="vague") if vague else Verdict(NOTHING, reason="no_claim")
        said = " … ".join(sentence[one.start:one.end] for one in found)
        verdict = self._judged(sentence, found, likely)
        if verdict.id == DIFFERS:
            verdict = self._apart(sentence, found) or verdict
        return replace(verdict, text=said)

    def _judged(self, sentence: str, found: list[Amount], likely: list[Statement]) -> Verdict:
        there = [one for one in likely if not one.absent]
        if not there:
            where = likely[0] if likely else None
            return Verdict(NO_SOURCE, "", where.table if where else "",
                           where.cell if where else "",
                           reason="not_delivered" if where else "no_cell")
        return self._pairs(sentence, found, likely) or judged(found, there)

    def _pairs(self, sentence: str, found: list[Amount], likely: list[Statement]
               ) -> Verdict | None:
        """Judge two numbers about two groups, each in the order in which it is told."""
        if len(found) != 2 or not likely or not likely[0].group:
            return None
        first = likely[0]
        same = [one for one in self.index.all if (one.table, one.item, one.values)
                == (first.table, first.item, first.values)]
        if len(same) != 2:
            return None
        verdicts = [held([one], row)
                    for one, row in zip(found, in_order(sentence, same), strict=True)]
        return next((one for one in verdicts if one.id != HOLDS), verdicts[0])

    def _apart(self, sentence: str, found: list[Amount]) -> Verdict | None:
        """Judge the parts of a sentence that each have a number; None where one is not found."""
        parts = parts_of(sentence, found)
        if len(parts) < 2:
            return None
        verdicts = []
        for part in parts:
            own = amounts(part)
            words = subject_of(part, own, takers=TAKERS in subject_of(sentence, found))
            likely = self.index.likely(part, words, own)
            verdicts.append(self._judged(part, own, likely))
        if any(one.id not in (HOLDS, DIFFERS) for one in verdicts):
            return None
        return next((one for one in verdicts if one.id == DIFFERS), verdicts[0])


@dataclass(frozen=True)
class Passage:
    """What somebody said: the Table, the row, the words, and what one unit of the source is."""

    table: str = ""
    row: str = ""
    words: str = ""
    unit: str = ""

    def is_of(self, around: str, named: frozenset[str]) -> bool:
        """Whether the words around a quotation name nobody else than who said it."""
        said = unit_of(around)
        other = any(one in around for one in named if len(one) >= SHORTEST_NAME)
        same = said in ("", ELSEWHERE, self.unit) or not self.unit
        return same and (not other or self.row in around)


def _passages(tables: Mapping[str, Shown]) -> list[Passage]:
    """Return everything that can be quoted."""
    found = []
    for name, shown in tables.items():
        columns = [one for one in QUOTED if one in shown.data]
        if shown.kind != "listing" or "figure_id" in shown.data:
            continue
        where = shown.data.columns[0]
        unit = shown.sources[0].unit if len(shown.sources) == 1 else ""
        for row in shown.data.to_dict("records"):
            found += [Passage(name, str(row[where]), str(row[column]), unit)
                      for column in columns if isinstance(row[column], str)]
    return found


def is_asked(one: Statement, words: list[str]) -> bool:
    """Whether people were asked about the change that a sentence tells."""
    return any(word in one.said for word in ("mer", "minder", "evenvel"))
