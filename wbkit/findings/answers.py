"""What people read in the results, held against the results as they are now."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field, ValidationError

from wbkit.errors import DataError, StudyError
from wbkit.labels import label
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.study import Study
from wbkit.table.table import Table

ANSWERS = "answers.toml"


@dataclass(frozen=True, repr=False)
class Reading:
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
    """

    question: str
    text: str
    outdated: tuple[str, ...]
    language: str

    def _lines(self) -> list[str]:
        if not self.text:
            return [self.question, label("reading_none", self.language)]
        lines = [self.question, self.text]
        if self.outdated:
            lines.append(label("reading_outdated", self.language, names=", ".join(self.outdated)))
        return lines

    def _repr_markdown_(self) -> str:
        question, *rest = self._lines()
        return "\n\n".join([f"**{question}**", *rest])

    def __repr__(self) -> str:
        return "\n".join(self._lines())


class Answer(Model):
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


def reading(study: Study, question: str, tables: Mapping[str, Table]) -> Reading:
    """Show the answer that a person wrote to a question, held against the Tables of now.

    Parameters
    ----------
    study
        The study; the answer stands in data/answers.toml.
    question
        Id of a research question.
    tables
        Tables by the name under which they are saved.

    Returns
    -------
    Reading
        The words, and the Tables that changed since they were written.

    Raises
    ------
    StudyError
        If answers.toml is not in order.
    DataError
        If the study asks no such question, or the answer rests on a Table that is not given.
    """
    if question not in study.questions:
        raise DataError(
            f"{study.file.name}: there is no question {question!r}. "
            f"The questions are {', '.join(study.questions)}. Use one of these."
        )
    words = study.questions[question].text.text(study.language)
    answer = load_answers(study).get(question)
    if answer is None:
        return Reading(words, "", (), study.language)
    missing = [name for name in answer.tables if name not in tables]
    if missing:
        raise DataError(
            f"answers.toml, {question}: rests on {', '.join(missing)}, which is not given here. "
            f"Given are {', '.join(tables)}. Give that Table, or correct answers.toml."
        )
    old = tuple(name for name, digits in answer.tables.items()
                if tables[name].fingerprint != digits)
    return Reading(words, answer.text.text(study.language), old, study.language)


def load_answers(study: Study) -> dict[str, Answer]:
    """Read data/answers.toml.

    Parameters
    ----------
    study
        The study; the file stands beside its study.toml.

    Returns
    -------
    dict of str to Answer
        One reading for each question that has one; empty when there is no such file.

    Raises
    ------
    StudyError
        If the file is not in order, or answers a question that the study does not ask.
    """
    file = study.folder / ANSWERS
    if not file.is_file():
        return {}
    try:
        fields = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        answers = {name: Answer.model_validate(entry) for name, entry in fields.items()}
    except ValidationError as error:
        keys = {"Answer": list(Answer.model_fields)}
        raise StudyError(fault_lines(error, ANSWERS, keys)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StudyError(f"{ANSWERS}: is not valid TOML: {error}. Look at that line.") from None
    strange = [name for name in answers if name not in study.questions]
    if strange:
        raise StudyError(
            f"{ANSWERS}, {strange[0]}: the study does not ask this. "
            f"Its questions are {', '.join(study.questions)}. Use one of these."
        )
    return answers
