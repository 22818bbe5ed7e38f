"""The answers of a study as the first page tells them, each with its Tables and its limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wbkit.findings.interpretations import interpretation, load_interpretations
from wbkit.study.study import Study
from wbkit.table.table import Table

MAIN = "main"  # id of the question that all others serve


@dataclass(frozen=True)
class Answer:
    """One question with the words that people wrote under it.

    Parameters
    ----------
    question, line
        Id of the question, and the research line to which it belongs.
    asked, text
        The question and its answer; the answer is empty when nobody wrote one.
    tables
        Names of the Tables on which the answer rests, that of its figure first.
    outdated
        Whether one of these is gone, or another one than it was written for.
    limit, certainty, why
        What it does not show, how certain it is, and why; empty where people did not say so.
    """

    question: str
    line: int | None
    asked: str
    text: str
    tables: tuple[str, ...] = ()
    outdated: bool = False
    limit: str = ""
    certainty: str = ""
    why: str = ""


def answers(study: Study, tables: Mapping[str, Table]) -> list[Answer]:
    """Return the answer to each question of the study, in the order of study.toml."""
    return list(_answers(study, tables))


def _answers(study: Study, tables: Mapping[str, Table]) -> Iterator[Answer]:
    written = load_interpretations(study)
    for name, question in study.questions.items():
        asked = question.text.text(study.language) or name
        if name not in written:
            yield Answer(name, question.line, asked, "")
            continue
        known = {one: tables[one] for one in written[name].tables if one in tables}
        if len(known) < len(written[name].tables):
            yield Answer(name, question.line, asked, "", tuple(known), outdated=True)
            continue
        read = interpretation(study, name, known)
        yield Answer(name, question.line, asked, read.text, tuple(known), bool(read.outdated))
