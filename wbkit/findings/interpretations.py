"""What people read in the results, held against the results as they are now."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field, ValidationError

from wbkit.errors import DataError, StudyError
from wbkit.labels import label
from wbkit.messages import _
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.study import Study
from wbkit.study.toml_text import read_fields
from wbkit.table.table import Table

INTERPRETATIONS = "interpretations.toml"
ACCEPTED = "expected/index.csv"


@dataclass(frozen=True, repr=False)
class Interpretation:
    """A person's reading of some Tables, and whether it was written for these.

    Parameters
    ----------
    question
        The question that it answers.
    text
        The reading, empty when nobody wrote one.
    outdated
        Names of the Tables that are not the ones it was written for.
    language
        ``nl`` or ``en``.
    accepted
        Whether there are Tables to hold it against.
    """

    question: str
    text: str
    outdated: tuple[str, ...]
    language: str
    accepted: bool = True

    def _lines(self) -> list[str]:
        if not self.text:
            return [self.question, label("reading_none", self.language)]
        lines = [self.question, self.text]
        if not self.accepted:
            lines.append(label("reading_unaccepted", self.language))
        if self.outdated:
            lines.append(label("reading_outdated", self.language, names=", ".join(self.outdated)))
        return lines

    def _repr_markdown_(self) -> str:
        question, *rest = self._lines()
        return "\n\n".join([f"**{question}**", *rest])

    def __repr__(self) -> str:
        return "\n".join(self._lines())


class Written(Model):
    """A reading of the results, by a person, for one question.

    Parameters
    ----------
    text
        The reading, in Dutch, English or both.
    tables
        The Tables that it was written for: name under which each was saved, fingerprint.
    """

    text: Label
    tables: dict[str, str] = Field(default_factory=dict)


def interpretation(
    study: Study, question: str, tables: Mapping[str, Table] | None = None
) -> Interpretation:
    """Show the answer that a person wrote to a question, held against the Tables of now.

    Parameters
    ----------
    study
        The study; the answer stands in data/interpretations.toml.
    question
        Id of a research question.
    tables
        Tables by the name under which they are saved; the accepted ones of data/expected when
        left out.

    Returns
    -------
    Interpretation
        The words, and the Tables that changed since they were written.

    Raises
    ------
    StudyError
        If interpretations.toml is not in order.
    DataError
        If the study asks no such question, or the answer rests on a Table that is not there.
    """
    if question not in study.questions:
        raise DataError(_(
            "{file}: there is no question {question!r}. The questions are {questions}. Use one of "
            "these.",
            file=study.file.name, question=question, questions=", ".join(study.questions)))
    words = study.questions[question].text.text(study.language)
    answer = load_interpretations(study).get(question)
    if answer is None:
        return Interpretation(words, "", (), study.language)
    known = {name: table.fingerprint for name, table in tables.items()} \
        if tables is not None else _load_accepted(study)
    if known is None:
        return Interpretation(words, answer.text.text(study.language), (), study.language,
                              accepted=False)
    _require(question, answer, known)
    old = tuple(name for name, digits in answer.tables.items() if known[name] != digits)
    return Interpretation(words, answer.text.text(study.language), old, study.language)


def _load_accepted(study: Study) -> dict[str, str] | None:
    """Return the fingerprints of the accepted Tables; None where nothing was accepted yet."""
    file = study.folder / ACCEPTED
    if not file.is_file():
        return None
    with file.open(encoding="utf-8", newline="") as stream:
        return {row["name"]: row["fingerprint"] for row in csv.DictReader(stream)
                if row["what"] == "table"}


def _require(question: str, answer: Written, known: Mapping[str, str]) -> None:
    missing = [name for name in answer.tables if name not in known]
    if missing:
        raise DataError(_(
            "{file}, {question}: rests on {missing}, which is not there. There is {known}. Save "
            "and accept that Table, or correct {file}.",
            file=INTERPRETATIONS, question=question, missing=", ".join(missing),
            known=", ".join(known) or _("nothing")))


def load_interpretations(study: Study) -> dict[str, Written]:
    """Read data/interpretations.toml.

    Parameters
    ----------
    study
        The study; the file stands beside its study.toml.

    Returns
    -------
    dict of str to Written
        One reading for each question that has one; empty when there is no such file.

    Raises
    ------
    StudyError
        If the file is not in order, or answers a question that the study does not ask.
    """
    file = study.folder / INTERPRETATIONS
    if not file.is_file():
        return {}
    try:
        fields = read_fields(file.read_bytes(), INTERPRETATIONS, StudyError)
        answers = {name: Written.model_validate(entry) for name, entry in fields.items()}
    except ValidationError as error:
        keys = {"Written": list(Written.model_fields)}
        raise StudyError(fault_lines(error, INTERPRETATIONS, keys)) from None
    strange = [name for name in answers if name not in study.questions]
    if strange:
        raise StudyError(_(
            "{file}, {question}: the study does not ask this. Its questions are {questions}. Use "
            "one of these.",
            file=INTERPRETATIONS, question=strange[0], questions=", ".join(study.questions)))
    return answers
