"""What a report is written from: the study, its saved results, and the language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from wbkit.findings.interpretations import Written, interpretation, load_interpretations
from wbkit.labels import label
from wbkit.privacy.protect import protect
from wbkit.report.pages.content import Drawing, TablePart, drawing, table_part
from wbkit.report.saved_results import SavedResult, SavedResults
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.table.render import Shown
from wbkit.table.table import Table

COVERAGE = "coverage"


@dataclass(frozen=True)
class Answer:
    """What a person answered to a question of the study.

    Parameters
    ----------
    key, question
        Id and words of the question.
    text
        The answer, empty where nobody wrote one.
    certainty
        How certain it is, in words; empty where nobody said so.
    limits
        What it does not say, a line each.
    tables
        The Tables on which it rests.
    outdated
        Those that changed since.
    """

    key: str
    question: str
    text: str
    certainty: str = ""
    limits: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material:
    """The study, the results as they may be shown, and the language of the report."""

    study: Study
    results: SavedResults
    language: str

    def say(self, key: str, **values: object) -> str:
        """Return words of the label table."""
        return label(f"report_{key}", self.language, **values)

    def lines(self, key: str, **values: object) -> tuple[str, ...]:
        """Return several lines of the label table."""
        return tuple(self.say(key, **values).split("|"))

    def shown(self, name: str) -> Shown:
        """Return a saved Table in words."""
        return self.results.tables[name].show(self.language)

    def table(self, name: str) -> TablePart:
        """Lay a saved Table out."""
        return table_part(name, self.shown(name))

    def figure(self, name: str) -> Drawing | None:
        """Draw the saved Figure of this name; None where there is none."""
        saved = self.results.figures.get(name)
        figure = saved.draw(self.language) if saved else None
        return drawing(name, figure, saved.show(self.language).title) if figure else None

    def sources(self, names: Iterable[str]) -> list[Source]:
        """Return the sources of these Tables, in the order of the study."""
        used = {one.name for name in names if name in self.results.tables
                for one in self.results.tables[name].table.data_sets}
        return [one for one in self.study.sources.values() if one.name in used]

    def coverage(self, source: Source) -> str:
        """Return the name of the Table that says how many of a source took part, or nothing."""
        return next((name for name, one in self.results.tables.items()
                     if one.table.kind == COVERAGE
                     and [each.name for each in one.table.data_sets] == [source.name]), "")


def answers(study: Study, tables: Mapping[str, Table]) -> list[Answer]:
    """Return the answer to each question of the study, the main question first."""
    written = load_interpretations(study)
    keys = sorted(study.questions, key=lambda key: study.questions[key].line is not None)
    return [_answer(study, key, written.get(key), tables) for key in keys]


def _answer(
    study: Study, key: str, written: Written | None, tables: Mapping[str, Table]
) -> Answer:
    named = tuple(written.tables) if written else ()
    there = set(named) <= tables.keys()  # a fingerprint of every Table takes seconds
    read = interpretation(study, key, {one: tables[one] for one in named} if there else tables)
    return Answer(key, read.question, read.text, tables=named, outdated=read.outdated)


def protected(results: SavedResults) -> SavedResults:
    """Protect all Tables and Figures of real people together, as somebody reads them together."""
    every = [*results.tables.values(), *results.figures.values()]
    real = {one.table.fingerprint: one.table for one in every if one.table.minimum > 1}
    if not real:
        return results
    made = dict(zip(real, protect(list(real.values()), profile="intern"), strict=True))

    def shielded(several: Iterator[tuple[str, SavedResult]]) -> dict[str, SavedResult]:
        return {name: replace(one, table=made.get(one.table.fingerprint, one.table))
                for name, one in several}

    return replace(results, tables=shielded(iter(results.tables.items())),
                   figures=shielded(iter(results.figures.items())))
