"""What people wrote as answers to the questions of a study."""

import hashlib
from typing import Literal, Self, get_args

from pydantic import Field, ValidationError, model_validator

from wbkit.errors import StudyError
from wbkit.messages import _
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.source import Source
from wbkit.study.study import Study
from wbkit.study.toml_text import read_fields

INTERPRETATIONS = "interpretations.toml"
Certainty = Literal["stevig", "redelijk", "beperkt", "geen antwoord"]
LEVELS: tuple[str, ...] = get_args(Certainty)
FIRM, FAIR, LIMITED, NONE = LEVELS
Stands = Literal["wijst dezelfde kant op", "vult aan", "spreekt tegen",
                 "gevraagd maar niet genoemd", "niet gevraagd", "deed niet mee"]


class Written(Model):
    """A reading of the results, by a person, for one question.

    Parameters
    ----------
    text
        The reading, in Dutch, English or both, with slots that Tables fill.
    tables
        The Tables that it rests on: name under which each was saved, fingerprint.
    figures
        Names of saved Figures that belong to it.
    certainty
        ``stevig``, ``redelijk``, ``beperkt`` or ``geen antwoord``; a person chooses.
    why
        The reason of the choice: fit to the question, who was reached, how many, whether sources
        agree, and the basis of the judgement.
    stands
        How Tables stand to the answer: Table = ``wijst dezelfde kant op``, ``vult aan``,
        ``spreekt tegen``, ``gevraagd maar niet genoemd``, ``niet gevraagd`` or ``deed niet mee``.
    beside
        Tables of other units than the question is about, that stand beside it on purpose.
    limit
        What the answer does not say, in one sentence; it can have slots.
    """

    text: Label
    tables: dict[str, str] = Field(default_factory=dict)
    figures: tuple[str, ...] = ()
    certainty: Certainty | None = None
    why: Label | None = None
    stands: dict[str, Stands] = Field(default_factory=dict)
    beside: tuple[str, ...] = ()
    limit: Label | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.certainty is not None and self.why is None:
            raise ValueError(_(
                "says {certainty}, and not why. Write why = \"…\": who was reached, how many, and "
                "whether sources agree.", certainty=self.certainty))
        strange = [one for one in (*self.stands, *self.beside) if one not in self.tables]
        if strange:
            raise ValueError(_(
                "{table} stands under stands or beside, and not under tables. Add it there.",
                table=strange[0]))
        return self

    @property
    def version(self) -> str:
        """Eight digits of the sha256 of the words: another text is another version."""
        words = "\n".join(filter(None, (self.text.nl, self.text.en)))
        return hashlib.sha256(words.encode()).hexdigest()[:8]

    @property
    def texts(self) -> list[str]:
        """Everything in it that can have slots, in every language."""
        return [text for words in (self.text, self.why, self.limit) if words
                for text in (words.nl, words.en) if text]


def written_list(study: Study, name: str, file: str, unit: str, words: Label) -> Source:
    """Describe a list that people of a study wrote beside its study.toml: no data of anybody."""
    first = next(iter(study.sources.values()))
    made_up = all(one.synthetic or one.public for one in study.sources.values())
    return first.model_copy(update={
        "name": name, "file": file, "label": words, "kind": "list", "unit": unit, "items": {},
        "scales": {}, "design": None, "missing_units": {}, "synthetic": made_up,
        "public": False})


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
