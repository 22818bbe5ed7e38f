"""What the first page tells: the answers of a study, what it asks, and whom it does not hear."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.interpretations import Interpretation, interpretation
from wbkit.findings.recommendations import load_recommendations, recommendations
from wbkit.labels import label, percentage
from wbkit.messages import number
from wbkit.study.interpretations import load_interpretations
from wbkit.study.study import Study
from wbkit.table.count_layouts import STATES
from wbkit.table.render import Shown
from wbkit.table.table import Table

MAIN = "main"  # id of the question that all others serve
HARDLY = 0.75  # of the part that a group would have if all took part alike
TOTAL = "total"


@dataclass(frozen=True)
class Answer:
    """One question, and what people read in the Tables.

    Parameters
    ----------
    question
        Id of the question.
    asked
        The question.
    reading
        The answer; None when nobody wrote one, or a Table on which it rests is gone.
    gone
        Whether a Table on which it rests is not there.
    hidden
        Whether it names a number that is hidden in what goes out.
    """

    question: str
    asked: str
    reading: Interpretation | None = None
    gone: bool = False
    hidden: bool = False

    @property
    def text(self) -> str:
        """The answer, its slots filled; empty without one."""
        return self.reading.text if self.reading else ""


def answers(
    study: Study, tables: Mapping[str, Table], before: Mapping[str, Table] | None = None
) -> list[Answer]:
    """Return the answer to each question of the study, in the order of study.toml.

    `before` are the Tables as they were before some of their numbers were hidden to go out: those
    are the ones that people read.
    """
    return list(_answers(study, tables, before))


def _answers(
    study: Study, tables: Mapping[str, Table], before: Mapping[str, Table] | None
) -> Iterator[Answer]:
    written = load_interpretations(study)
    for name, question in study.questions.items():
        asked = question.text.text(study.language) or name
        if name not in written:
            yield Answer(name, asked)
            continue
        known = {one: tables[one] for one in written[name].tables if one in tables}
        if len(known) < len(written[name].tables):
            yield Answer(name, asked, gone=True)
        elif before is None:
            yield Answer(name, asked, interpretation(study, name, known))
        else:
            yield _released(study, (name, asked), known, {one: before[one] for one in known})


def _released(
    study: Study, named: tuple[str, str], known: Mapping[str, Table], before: Mapping[str, Table]
) -> Answer:
    """Return an answer whose Tables were protected; none of it where a number in it is hidden."""
    name, asked = named
    read = interpretation(study, name, before)
    try:
        told = interpretation(study, name, known)
    except DataError:
        return Answer(name, asked, hidden=True)
    return Answer(name, asked, replace(told, outdated=read.outdated))


@dataclass(frozen=True)
class Ask:
    """A decision that is asked of somebody; empty where people did not say so."""

    text: str
    addressed_to: str
    ask: str
    cost: str
    owner: str
    date: str
    certainty: str
    findings: tuple[str, ...] = field(default=())


def asks(study: Study, tables: Mapping[str, Table]) -> list[Ask]:
    """Return what the study asks of whom, in the order of recommendations.toml."""
    found = load_recommendations(study)
    written = load_interpretations(study)
    used = {table for one in found.values() for finding in one.findings if finding in written
            for table in written[finding].tables}
    known = {name: tables[name] for name in used if name in tables}
    if not found or len(known) < len(used):
        return []
    return [Ask(row.text, row.addressed_to, row.ask, row.cost, row.owner, row.date, row.certainty,
                tuple(filter(None, row.findings.split("+"))))
            for row in recommendations(study, known).data.itertuples()]


def silent(study: Study, tables: Mapping[str, Table]) -> list[tuple[str, str]]:
    """Return who is not heard or hardly, and a sentence about each."""
    found = [one for table in tables.values() if table.kind == "coverage"
             for one in _groups(table.show(study.language))]
    return [*dict(found).items(), *_missing(study)]


def _groups(table: Shown) -> Iterator[tuple[str, str]]:
    """Yield the groups of which few took part, next to all."""
    frame = table.data[~table.data["state"].isin(STATES)]
    every = frame[frame["margin"] == TOTAL]
    few = frame[(frame["ratio"] < HARDLY) & (frame["margin"] != TOTAL)]
    for __, row in few.sort_values("ratio", kind="stable").iterrows():
        name = table.words("value", row["value"], item=row["margin"])
        yield name, _few(row, every, table)


def _few(row: pd.Series, every: pd.DataFrame, table: Shown) -> str:
    language = table.language
    values = {"n": number(row["n"], language), "population": number(row["population"], language)}
    share = percentage(row["coverage"], row["population"], language)
    if every.empty or not share:
        return label("page_silent_few", language, **values)
    whole = every.iloc[0]
    return label("page_silent_group", language, share=share, units=table.units[1],
                 all=percentage(whole["coverage"], whole["population"], language), **values)


def _missing(study: Study) -> Iterator[tuple[str, str]]:
    """Yield the units that a source should have had, and why it has not."""
    for source in study.sources.values():
        for line in source.missing_words(study.language):
            name, __, reason = line.partition(": ")
            yield name, label("page_silent_missing", study.language, reason=reason,
                              source=source.words(study.language))
