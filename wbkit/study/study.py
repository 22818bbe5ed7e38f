"""The study: what every source, item and question means, as people wrote it in study.toml."""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from wbkit.errors import StudyError
from wbkit.messages import LANGUAGE_VARIABLE, _, speak
from wbkit.study.design import Design
from wbkit.study.house_style import HouseStyle
from wbkit.study.item import Item, Kind, Labels, Recode, Ticked
from wbkit.study.model import Label, Model, fault_lines
from wbkit.study.paper import Author, Paper
from wbkit.study.scale import Band, Scale
from wbkit.study.source import Display, Duplicates, SetAside, Source
from wbkit.study.source_kinds import CountRules, Moment, TextRules
from wbkit.study.stewardship import Stewardship
from wbkit.study.toml_text import read_fields

STUDY_VARIABLE = "WBKIT_STUDY"
RESULTS_VARIABLE = "WBKIT_RESULTS"
USED = "wbkit.source"  # audit event: a source was asked for; a run notes which notebooks did
LEAST_SHOWN = 5  # of real people


class Population(Model):
    """About which units of a source a question is: those with these answers."""

    source: str
    where: dict[str, tuple[str, ...]] = Field(min_length=1)


class Question(Model):
    """A research question, the research line to which it belongs, and about whom it is."""

    text: Label
    line: int | None = None
    population: Population | None = None


class Study(Model):
    """A study: title, language, questions, sources, display rules.

    Parameters
    ----------
    title
        Printed title.
    language
        ``nl`` or ``en``: the language of every printed word.
    questions
        Research questions by id.
    themes
        Printed names of the themes that items carry.
    terms
        Words that differ from school to school: name = the word that is used here.
    sources
        Data sets by id.
    display
        ``minimum``: counts below it are hidden, except in synthetic and public sources.
    steward
        Who is responsible for the data, on which basis, and until when they are kept.
    house
        How pages and reports look: name, colours and logo of the school, its Word template.
    paper
        The paper or report that the study belongs to: its authors, and where it is.
    private
        Folder of the list of names, the consent register and the review sheet, from the data
        folder; git may not keep it.
    """

    title: Label
    language: Literal["nl", "en"] = "nl"
    display: Display = Display()
    synthetic_note: Label | None = None
    questions: dict[str, Question] = Field(default_factory=dict)
    themes: dict[str, Label] = Field(default_factory=dict)
    terms: dict[str, Label] = Field(default_factory=dict)
    sources: dict[str, Source] = Field(default_factory=dict)
    steward: Stewardship = Stewardship()
    house: HouseStyle = HouseStyle()
    paper: Paper = Paper()
    private: str = Field(default="private", min_length=1)
    file: Path = Field(default=Path("data/study.toml"), exclude=True)
    results: Path = Field(default=Path("results"), exclude=True)

    @model_validator(mode="after")
    def _check_display(self) -> Self:
        real = [name for name, one in self.sources.items() if not (one.synthetic or one.public)]
        if real and self.display.minimum < LEAST_SHOWN:
            raise ValueError(_(
                "display.minimum is {minimum}, and {sources} holds real answers: counts under "
                "{least} can point to a person. Write {least} or more, or say of the "
                "source synthetic = true or public = true.",
                minimum=self.display.minimum, sources=", ".join(real), least=LEAST_SHOWN))
        return self

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return [("title", self.title.text(self.language)), ("language", self.language),
                ("questions", list(self.questions)), ("sources", list(self.sources))]

    @property
    def folder(self) -> Path:
        """The folder of study.toml: the data folder of the study."""
        return self.file.parent

    @property
    def private_folder(self) -> Path:
        """The folder of what stays with the researcher: names, consent, the review sheet."""
        return self.folder / self.private

    def source(self, name: str) -> Source:
        """Return a source by its id.

        Parameters
        ----------
        name
            Id of the source.

        Returns
        -------
        Source
            The source.

        Raises
        ------
        StudyError
            If the study has no such source.
        """
        if name not in self.sources:
            raise StudyError(_(
                "{file}: there is no source {name!r}. The sources are {sources}. Use one of these.",
                file=self.file.name, name=name, sources=", ".join(self.sources)))
        sys.audit(USED, name)
        return self.sources[name]

    def term(self, name: str) -> str:
        """Return the word of this school for something that each school calls otherwise.

        Parameters
        ----------
        name
            The general word, such as ``coach``; a key of ``terms`` in study.toml.

        Returns
        -------
        str
            The word that terms gives in the language of the study; `name` where it gives none.
        """
        return (self.terms[name].text(self.language) if name in self.terms else None) or name

    def items(
        self, *, question: str | None = None, theme: str | None = None,
        source: str | None = None, kind: Kind | None = None,
    ) -> list[Item]:
        """Return the items that carry these tags, in the order of study.toml.

        Parameters
        ----------
        question
            Id of a research question.
        theme
            Name of a theme.
        source
            Id of a source; all sources when left out.
        kind
            Only items of this kind: those of one kind can share a figure.

        Returns
        -------
        list of Item
            Items with every tag that was asked for; empty when there are none.

        Raises
        ------
        StudyError
            If the study has no such question or source.
        """
        if question is not None and question not in self.questions:
            raise StudyError(_(
                "{file}: there is no question {question!r}. The questions are {questions}. Use "
                "one of these.",
                file=self.file.name, question=question, questions=", ".join(self.questions)))
        sources = [self.source(name) for name in ([source] if source else self.sources)]
        return [
            item
            for one in sources
            for item in one.items.values()
            if (question is None or question in item.questions)
            and (theme is None or theme == item.theme)
            and (kind is None or kind == item.kind)
        ]


def load_study(path: str | Path | None = None, *, language: str | None = None) -> Study:
    """Read study.toml.

    Parameters
    ----------
    path
        The file, the folder that holds it, or the folder above that. When left out: the file
        that ``wbkit run`` was started with, otherwise ``data/study.toml`` here or in a folder
        above.
    language
        ``nl`` or ``en`` in place of the language that the file asks for.

    Returns
    -------
    Study
        The study, checked.

    Raises
    ------
    StudyError
        If there is no such file, or something in it is not in order; all faults at once.
    """
    file = find_study(path)
    fields = _read_toml(file)
    language = language or os.environ.get(LANGUAGE_VARIABLE)
    if language:
        speak(language)
    try:
        study = Study.model_validate(_with_setting(fields, file, language))
    except ValidationError as error:
        raise StudyError(fault_lines(error, file.name, known_keys())) from None
    speak(study.language)
    _check_questions(study)
    return study


def known_keys() -> dict[str, list[str]]:
    """Return the keys that study.toml may hold, by model."""
    models = (Study, Question, Population, Source, Design, Display, SetAside, Duplicates, Moment,
              Item, Recode, Ticked, Labels, Scale, Band, CountRules, TextRules, Stewardship,
              HouseStyle, Paper, Author)
    return {model.__name__: list(model.model_fields) for model in models}


def find_study(path: str | Path | None = None) -> Path:
    """Return the study.toml to work with."""
    if path is None:
        path = os.environ.get(STUDY_VARIABLE) or _above(Path.cwd())
    file = Path(path)
    if file.is_dir():
        return _inside(file)
    if not file.is_file():
        raise StudyError(_(
            "{file}: there is no such file. Give the study.toml of your study, or work in a "
            "folder that holds data/study.toml.",
            file=file))
    return file


def _inside(folder: Path) -> Path:
    """Return the study.toml of a folder: the data folder, or the one that holds it."""
    places = [folder / "study.toml", folder / "data" / "study.toml"]
    for place in places:
        if place.is_file():
            return place
    hidden = next(iter(folder.glob("study.toml.*")), None)
    if hidden is not None:
        raise StudyError(_(
            "{folder}: holds {hidden} and no study.toml. Take what stands behind .toml off its "
            "name (Windows: View > File name extensions).",
            folder=folder, hidden=hidden.name))
    raise StudyError(_(
        "{folder}: is a folder without study.toml, and without data/study.toml. Give the "
        "study.toml of your study, or the folder that holds it. A new study begins with wbkit new.",
        folder=folder))


def _above(folder: Path) -> Path:
    places = [place / "data" / "study.toml" for place in (folder, *folder.parents)]
    return next((place for place in places if place.is_file()), places[0])


def _read_toml(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    speak(os.environ.get(LANGUAGE_VARIABLE) or _language_in(content))
    return read_fields(content, file.name, StudyError)


def speak_of(path: str | Path | None) -> None:
    """Speak the language of a study, also where the rest of its study.toml cannot be read."""
    with suppress(StudyError, OSError):
        speak(_read_language(find_study(path)))


def _read_language(file: Path) -> str:
    return _language_in(file.read_bytes())


def _language_in(content: bytes) -> str:
    found = re.search(rb"^\s*language\s*=\s*[\"'](nl|en)[\"']", content, re.MULTILINE)
    return found[1].decode() if found else "nl"


def _with_setting(fields: dict[str, Any], file: Path, language: str | None) -> dict[str, Any]:
    """Give each source its name, and what it takes from the study."""
    reserved = {"file", "results"} & set(fields)
    if reserved:
        raise StudyError(_(
            "{file}, {key}: unknown key. Remove it.",
            file=file.name, key=reserved.pop()))
    fields = fields | ({"language": language} if language else {})
    results = _results(file, fields.get("language", "nl"))
    setting = {"folder": file.parent, "results": results,
               "language": fields.get("language", "nl"), "display": fields.get("display", {}),
               "themes": fields.get("themes", {})}
    sources = fields.get("sources", {})
    if isinstance(sources, dict):
        fields = fields | {"sources": {
            name: entry | {"name": name, "setting": setting} if isinstance(entry, dict) else entry
            for name, entry in sources.items()
        }}
    return fields | {"file": file, "results": results}


def _results(file: Path, language: str) -> Path:
    """Return the folder of the results: apart for English, so that the two never mix."""
    if RESULTS_VARIABLE in os.environ:
        return Path(os.environ[RESULTS_VARIABLE])
    results = file.resolve().parent.parent / "results"
    return results / "en" if language == "en" else results


def _check_questions(study: Study) -> None:
    for source in study.sources.values():
        for item in source.items.values():
            strange = [one for one in item.questions if one not in study.questions]
            if strange:
                raise StudyError(_(
                    "{file}, sources.{source}.items.{item}: refers to question {question!r}. The "
                    "questions are {questions}. Correct it, or add the question.",
                    file=study.file.name, source=source.name, item=item.name,
                    question=strange[0], questions=", ".join(study.questions)))
    for name, question in study.questions.items():
        if question.population is not None:
            _check_population(study, name, question.population)


def _check_population(study: Study, question: str, population: Population) -> None:
    """Refuse a population of a source, an item or an answer that is not there."""
    where = {"file": study.file.name, "question": question}
    source = study.sources.get(population.source)
    if source is None:
        raise StudyError(_(
            "{file}, questions.{question}.population: there is no source {source!r}. The sources "
            "are {sources}. Use one of these.",
            **where, source=population.source, sources=", ".join(study.sources)))
    for item, values in population.where.items():
        if item not in source.items:
            raise StudyError(_(
                "{file}, questions.{question}.population: {source} has no item {item!r}. Name one "
                "of its items.", **where, source=source.name, item=item))
        known = source.items[item].categories
        strange = [one for one in values if known and one not in known]
        if strange:
            raise StudyError(_(
                "{file}, questions.{question}.population: {answer!r} is no answer to {item}. Its "
                "answers are {values}. Use one or more of these.",
                **where, item=item, answer=strange[0], values=", ".join(known)))
