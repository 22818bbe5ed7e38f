"""What people read in the results: data/answers.toml."""

import tomllib

from pydantic import Field, ValidationError

from wbkit.errors import StudyError
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.study import Study

ANSWERS = "answers.toml"


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
