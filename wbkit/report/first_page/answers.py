"""The answers of a study and what it asks, as the first page tells them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wbkit.findings.interpretations import Interpretation, interpretation
from wbkit.findings.recommendations import load_recommendations, recommendations
from wbkit.study.interpretations import load_interpretations
from wbkit.study.study import Study
from wbkit.table.table import Table

MAIN = "main"  # id of the question that all others serve


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
    """

    question: str
    asked: str
    reading: Interpretation | None = None
    gone: bool = False

    @property
    def text(self) -> str:
        """The answer, its slots filled; empty without one."""
        return self.reading.text if self.reading else ""


def answers(study: Study, tables: Mapping[str, Table]) -> list[Answer]:
    """Return the answer to each question of the study, in the order of study.toml."""
    return list(_answers(study, tables))


def _answers(study: Study, tables: Mapping[str, Table]) -> Iterator[Answer]:
    written = load_interpretations(study)
    for name, question in study.questions.items():
        asked = question.text.text(study.language) or name
        if name not in written:
            yield Answer(name, asked)
            continue
        known = {one: tables[one] for one in written[name].tables if one in tables}
        gone = len(known) < len(written[name].tables)
        yield Answer(name, asked, None if gone else interpretation(study, name, known), gone)


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
