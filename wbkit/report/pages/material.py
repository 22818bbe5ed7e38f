"""What a report is written from: the study, its saved results, and the language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from wbkit.labels import label
from wbkit.privacy.protect import protect
from wbkit.report.first_page.answers import Answer, answers
from wbkit.report.pages.content import Drawing, TablePart, drawing, table_part
from wbkit.report.saved_results import SavedResult, SavedResults
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.table.render import Shown
from wbkit.table.table import Table

COVERAGE = "coverage"


@dataclass(frozen=True)
class Material:
    """The study, the results as they may be shown, and the language of the report."""

    study: Study
    results: SavedResults
    language: str

    @property
    def tables(self) -> dict[str, Table]:
        """The saved Tables by name."""
        return {name: one.table for name, one in self.results.tables.items()}

    def say(self, key: str, **values: object) -> str:
        """Return words of the label table."""
        return label(f"report_{key}", self.language, **values)

    def lines(self, key: str, **values: object) -> tuple[str, ...]:
        """Return several lines of the label table."""
        return tuple(self.say(key, **values).split("|"))

    def certainty(self, level: str) -> str:
        """Return the words for how certain something is, empty where nobody said so."""
        return label(f"certainty_{level}", self.language) if level else ""

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


def told(material: Material, saved: SavedResults) -> list[Answer]:
    """Return the answers of the study, the main question first.

    Their words are filled from Tables as a reader may see them; whether an answer is out of date
    is judged by the Tables as they were saved.
    """
    found = answers(material.study, material.tables)
    if material.results is not saved:
        as_saved = replace(material, results=saved)
        old = {one.question: one.reading.outdated
               for one in answers(material.study, as_saved.tables) if one.reading}
        found = [replace(one, reading=replace(one.reading, outdated=old[one.question]))
                 if one.question in old and one.reading else one for one in found]
    lines = {name: one.line is not None for name, one in material.study.questions.items()}
    return sorted(found, key=lambda one: lines[one.question])


def remarks(answer: Answer) -> list[str]:
    """Return what is printed below an answer: certainty, limit, member checks, marks."""
    if answer.reading is None or not answer.text:
        return []
    whole = repr(answer.reading)
    return whole.removeprefix(f"{answer.reading.question}\n{answer.text}").strip().splitlines()


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
