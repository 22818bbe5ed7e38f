"""What people read in the results, held against the results as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wbkit.errors import DataError
from wbkit.findings.accepted import load_accepted, load_index
from wbkit.findings.certainty import Cap, cap_of, lower, of_others
from wbkit.findings.member_checks import NOT_RECOGNISED, MemberCheck, load_member_checks
from wbkit.findings.overclaims import SORTS, Overclaim, overclaims
from wbkit.findings.slots import Filler, tables_in
from wbkit.labels import day, label
from wbkit.messages import _
from wbkit.study.interpretations import FIRM, INTERPRETATIONS, Written, load_interpretations
from wbkit.study.model import Label
from wbkit.study.study import Study
from wbkit.table.table import Table

UNCAPPED = Cap(FIRM)

@dataclass(frozen=True, repr=False)
class Interpretation:
    """A person's reading of some Tables, and whether it was written for these.

    Parameters
    ----------
    question
        The question that it answers.
    text
        The reading, its slots filled; empty when nobody wrote one.
    outdated
        Names of the Tables that are not the ones it was written for.
    language
        ``nl`` or ``en``.
    accepted
        Whether there are Tables to hold it against.
    certainty
        ``stevig``, ``redelijk``, ``beperkt`` or ``geen antwoord``, capped by the design; empty
        when nobody chose.
    chosen
        What the person chose.
    why
        The person's reason.
    cap
        What the design allows, and why.
    others
        Names of Tables of other units than the question is about.
    overclaims
        What the text says and no Table supports.
    checks
        What people said when it was given back to them.
    limit
        What it does not say.
    version
        Eight digits of its words.
    tables, figures
        Names of the results that it rests on.
    quoted
        Those of them that hold words of people.
    sources
        Table = its sources, joined by +.
    """

    question: str
    text: str
    outdated: tuple[str, ...]
    language: str
    accepted: bool = True
    certainty: str = ""
    chosen: str = ""
    why: str = ""
    cap: Cap = UNCAPPED
    others: tuple[str, ...] = ()
    overclaims: tuple[Overclaim, ...] = ()
    checks: tuple[MemberCheck, ...] = ()
    limit: str = ""
    version: str = ""
    tables: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def _say(self, key: str, **values: object) -> str:
        return label(key, self.language, **values)

    def _lines(self) -> list[str]:
        if not self.text:
            return [self.question, self._say("reading_none")]
        return [self.question, self.text, *self._certain(),
                *([self._say("reading_limit", words=self.limit)] if self.limit else []),
                *self._checked(), *self._marks()]

    def _certain(self) -> list[str]:
        if not self.certainty:
            return []
        lines = [self._say("reading_certainty", why=self.why,
                           level=self._say(f"certainty_{self.certainty}"))]
        if self.certainty != self.chosen:
            lines.append(self._say("reading_capped", chosen=self._say(f"certainty_{self.chosen}"),
                                   reason=self._say(f"cap_{self.cap.reason}")))
        return lines

    def _checked(self) -> list[str]:
        """Say what people said of it, when not all of them recognised it."""
        return [self._say("reading_not_recognised" if one.recognised == NOT_RECOGNISED
                          else "reading_partly" if one.recognised == "deels"
                          else "reading_recognised",
                          role=one.role, date=day(one.date.isoformat(), self.language),
                          missing=one.missing.text(self.language) or self._say("nothing_written"))
                + (self._say("reading_earlier") if one.version != self.version else "")
                for one in self.checks]

    def _marks(self) -> list[str]:
        lines = [] if self.accepted else [self._say("reading_unaccepted")]
        if self.outdated:
            lines.append(self._say("reading_outdated", names=", ".join(self.outdated)))
        if self.others:
            lines.append(self._say("reading_others", names=", ".join(self.others)))
        return lines

    def _repr_markdown_(self) -> str:
        question, *rest = self._lines()
        return "\n\n".join([f"**{question}**", *rest])

    def __repr__(self) -> str:
        return "\n".join(self._lines())


def interpretation(
    study: Study, question: str, tables: Mapping[str, Table] | None = None, *,
    strict: bool = False,
) -> Interpretation:
    """Show the answer that a person wrote to a question, held against the Tables of now.

    The slots of the text are filled from the Tables: ``{21_hulpvragen_ja:plannen}`` becomes "21
    van de 37", ``{vooral(21_hulpvragen_ja)}`` what leads, or that nothing does. A lead is at least
    2 units and 5 points of the base; in a random sample the interval of the difference also
    excludes 0 [1]_.

    Parameters
    ----------
    study
        The study; the answer stands in data/interpretations.toml.
    question
        Id of a research question.
    tables
        Tables by the name under which they are saved; the accepted ones of data/expected when
        left out.
    strict
        Refuse what no Table supports instead of marking it: a literal number, rank, change or
        cause, and a Table of other units than the question is about.

    Returns
    -------
    Interpretation
        The words, how certain they are, and the Tables that changed since they were written.

    Raises
    ------
    StudyError
        If interpretations.toml or terugleggen.toml is not in order.
    DataError
        If the study asks no such question, the answer rests on a Table that is not there, or a
        slot asks for what its Table does not give: a rank, a comparison of other units or bases,
        a percentage of a few.

    References
    ----------
    .. [1] Tango, T. (1998). Statistics in Medicine, 17, 891-908.
    """
    if question not in study.questions:
        raise DataError(_(
            "{file}: there is no question {question!r}. The questions are {questions}. Use one of "
            "these.",
            file=study.file.name, question=question, questions=", ".join(study.questions)))
    answer = load_interpretations(study).get(question)
    if answer is None:
        words = study.questions[question].text.text(study.language) or ""
        return Interpretation(words, "", (), study.language)
    held = _Held.against(study, question, answer, tables)
    return held.strictly() if strict else held.interpretation()


@dataclass(frozen=True)
class _Held:
    """An answer beside the Tables that it rests on."""

    study: Study
    question: str
    answer: Written
    tables: Mapping[str, Table]
    old: tuple[str, ...]
    accepted: bool

    @classmethod
    def against(cls, study: Study, question: str, answer: Written,
                tables: Mapping[str, Table] | None) -> "_Held":
        """Find the Tables of an answer among those that are given, or the accepted ones."""
        if tables is None:
            index = load_index(study)
            if index is None:
                return cls(study, question, answer, {}, (), accepted=False)
            known = {name: row["fingerprint"] for name, row in index.items()}
        else:
            known = {name: table.fingerprint for name, table in tables.items()}
        _require(question, answer, known)
        old = tuple(name for name, digits in answer.tables.items() if known[name] != digits)
        found = {name: tables[name] for name in answer.tables} if tables is not None else \
            load_accepted(study, answer.tables if _is_held(study, question, answer) else ())
        return cls(study, question, answer, found, old, accepted=True)

    @property
    def place(self) -> str:
        return f"{INTERPRETATIONS}, {self.question}"

    def filled(self, words: Label | None) -> str:
        """Return words with their slots filled; as they are where nothing was accepted yet."""
        text = (words.text(self.study.language) or "") if words else ""
        filler = Filler(self.tables, self.study.language, self.place)
        return filler.fill(text) if self.accepted else text

    @property
    def others(self) -> tuple[str, ...]:
        """Tables of other units than the question is about, that nobody meant."""
        found = of_others(self.study.questions[self.question], self.tables)
        return tuple(one for one in found if one not in self.answer.beside)

    def overclaims(self) -> tuple[Overclaim, ...]:
        words = self.answer.text
        labels = [one for table in self.tables.values() for one in _words_of(table)]
        return tuple(found for language, text in (("nl", words.nl), ("en", words.en)) if text
                     for found in overclaims(text, language, labels=labels))

    def interpretation(self) -> Interpretation:
        answer, language = self.answer, self.study.language
        cap = cap_of(self.tables) if self.accepted else UNCAPPED
        chosen = answer.certainty or ""
        checks = [one for one in load_member_checks(self.study) if one.finding == self.question]
        return Interpretation(
            self.study.questions[self.question].text.text(language) or "",
            self.filled(answer.text), self.old, language, self.accepted,
            certainty=lower(chosen, cap.level) if chosen else "", chosen=chosen,
            why=self.filled(answer.why), cap=cap, others=self.others,
            overclaims=self.overclaims(), checks=tuple(checks), limit=self.filled(answer.limit),
            version=answer.version, tables=tuple(answer.tables), figures=answer.figures,
            quoted=tuple(name for name, one in self.tables.items() if one.kind == "listing"),
            sources={name: "+".join(source.name for source in one.data_sets)
                     for name, one in self.tables.items()})

    def strictly(self) -> Interpretation:
        """Refuse the first thing that no Table supports."""
        made = self.interpretation()
        for one in made.overclaims:
            raise DataError(_(
                "{place}: “{words}” is {sort}. Write it as a slot that a Table fills, or leave it "
                "out: {sentence}",
                place=self.place, words=one.words, sort=_(SORTS[one.sort]), sentence=one.sentence))
        if made.others:
            raise DataError(_(
                "{place}: the question is about {population}, and {table} counts other units. "
                "Rest on a Table of those, or name it under beside.",
                place=self.place, table=made.others[0], population=self._population()))
        return made

    def _population(self) -> str:
        population = self.study.questions[self.question].population
        source = self.study.sources[population.source]
        return "; ".join(f"{source.items[item].words(self.study.language, short=True)}: "
                         f"{', '.join(values)}" for item, values in population.where.items())


def _is_held(study: Study, question: str, answer: Written) -> bool:
    """Whether more than the fingerprints of Tables is needed."""
    return bool(answer.certainty or study.questions[question].population
                or any(tables_in(text) for text in answer.texts))


def _words_of(table: Table) -> list[str]:
    """Return the words of the answers and items of a Table, in both languages."""
    found = []
    for language in ("nl", "en"):
        shown = table.show(language, title=table.kind)
        items = set(table.data["item"]) if "item" in table.data else set()
        for source in shown.sources:
            for item in (source.items[one] for one in items if one in source.items):
                found += [item.words(language), item.words(language, short=True),
                          *item.value_words(language).values()]
    return found


def _require(question: str, answer: Written, known: Mapping[str, str]) -> None:
    used = dict.fromkeys([*answer.tables, *(
        name for text in answer.texts for name in tables_in(text))])
    missing = [name for name in used if name not in known]
    if missing:
        raise DataError(_(
            "{file}, {question}: rests on {missing}, which is not there. There is {known}. Save "
            "and accept that Table, or correct {file}.",
            file=INTERPRETATIONS, question=question, missing=", ".join(missing),
            known=", ".join(known) or _("nothing")))
    loose = [name for name in used if name not in answer.tables]
    if loose:
        raise DataError(_(
            "{file}, {question}: a slot takes its words from {table}, which does not stand under "
            "tables. Add {table} = \"{digits}\" there.",
            file=INTERPRETATIONS, question=question, table=loose[0], digits=known[loose[0]]))
