"""One data set: where it stands, what one row is, and how its units came in."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AliasChoices,
    Field,
    StrictBool,
    field_validator,
    model_validator,
)

from wbkit.files import as_spelled, is_reserved
from wbkit.messages import _, spoken, unit_words
from wbkit.study.design import Design
from wbkit.study.item import Id, Item
from wbkit.study.model import Label, Model
from wbkit.study.scale import Scale
from wbkit.study.source_kinds import (
    TEXT_FORMATS,
    CountRules,
    Moment,
    TextFormat,
    TextRules,
    moment_item,
)
from wbkit.text.identifying_numbers import checked_number

PersonalNumber = Annotated[str, AfterValidator(checked_number)]


class Display(Model):
    """How results are shown: a cell of fewer than `minimum` units is hidden, inside the school too.

    What is published hides those of fewer than `publication`. With `rounding` counts of people
    that go out are rounded to multiples of five instead.
    """

    minimum: int = Field(default=5, ge=1)
    publication: int = Field(default=10, ge=5)
    rounding: Literal[5] | None = None


class Setting(Model):
    """What a source takes from its study: folder, language, display rules, names of themes."""

    folder: Path = Path()
    results: Path = Path("results")
    language: Literal["nl", "en"] = "nl"
    display: Display = Display()
    themes: dict[str, Label] = Field(default_factory=dict)


class SetAside(Model):
    """Rows that do not count, and why."""

    where: dict[str, Any]
    reason: str = Field(min_length=1)


class Duplicates(Model):
    """When two rows are suspected to be one person, and which one a person chose to keep."""

    rule: str
    keep: Literal["first", "last", "all"] = "all"

    @field_validator("rule")
    @classmethod
    def _is_a_rule(cls, rule: str) -> str:
        if not re.fullmatch(r"same answers( within \d+ minutes)?", rule):
            raise ValueError(_(
                'should be "same answers" or "same answers within 10 minutes"; there is {rule!r}. '
                "Correct it.",
                rule=rule))
        return rule

    @property
    def minutes(self) -> int | None:
        """How far apart the two can have been started."""
        digits = "".join(filter(str.isdigit, self.rule))
        return int(digits) if digits else None


class UnitLabel(Model):
    """Singular and plural of what one row is."""

    nl: tuple[str, str] | None = None
    en: tuple[str, str] | None = None


class Long(Model):
    """Which columns of a file with one row for each answer hold unit, question and answer."""

    unit: str
    question: str
    answer: str


FileFormat = Literal["ms-forms", "google-forms", "surveymonkey", "limesurvey", "qualtrics", "kobo",
                     "redcap", "excel", "csv", "spss", "stata", "toml"]


class Source(Model):
    """One data set: file, unit, design, items.

    Parameters
    ----------
    name
        The id; the key of the source in study.toml.
    file, format
        The raw file, from the folder of study.toml, and how it was exported. A source of texts
        can have several: ``files = "raw/texts/leider_*.docx"``.
    sheet
        The sheet of a workbook that holds the answers; the first one when left out.
    heading_row, heading_rows
        The row with the headings, as Excel numbers it, and how many rows they take.
    long
        For a file with one row for each answer: the headings of unit, question and answer.
    unit
        What one row is: student, team, interview …
    synthetic
        Whether the data were made up. Stands under every Table.
    kind
        ``survey``: units were asked. ``list``: somebody wrote things down, nobody was asked.
        ``counts``: units were counted; one row is a cell with its counts.
    public
        Whether the data were published before; then nothing is hidden.
    missing_units
        Units that should have been here, and why they are not.
    personal_number
        Pattern of the student numbers, such as ``[0-9]{7}``; masked in open answers.
    special_basis
        On which basis real people are asked for special categories of personal data, such as
        ``"explicit consent, letter 2"`` (article 9(2) of the GDPR).
    counts
        For ``kind = "counts"``: what names a cell, and which columns are counts.
    texts
        For a source of texts: who speaks, what the guide asks.
    """

    name: Id
    file: str = Field(validation_alias=AliasChoices("file", "files"))
    format: Literal[FileFormat, TextFormat]
    sheet: str | None = None
    heading_row: int | None = Field(default=None, ge=1)
    heading_rows: int | None = Field(default=None, ge=1, le=5)
    long: Long | None = None
    unit: str
    synthetic: StrictBool
    kind: Literal["survey", "list", "counts"] = "survey"
    label: Label = Label()
    unit_label: UnitLabel = UnitLabel()
    public: StrictBool = False
    design: Design | None = None
    items: dict[Id, Item] = Field(default_factory=dict)
    scales: dict[Id, Scale] = Field(default_factory=dict)
    moments: dict[Id, Moment] = Field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    duplicates: Duplicates | None = None
    ignore: tuple[str, ...] = ()
    missing_units: dict[str, Label] = Field(default_factory=dict)
    personal_number: PersonalNumber | None = None
    special_basis: str | None = Field(default=None, min_length=3)
    counts: CountRules | None = None
    texts: TextRules | None = None
    setting: Setting = Field(default=Setting(), exclude=True)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        kind = self.design.kind if self.design else None
        return [("name", self.name), ("file", self.file), ("unit", self.unit),
                ("synthetic", self.synthetic), ("design", kind), ("items", list(self.items))]

    @property
    def path(self) -> Path:
        """The raw file."""
        return as_spelled(self.setting.folder / self.file)

    @field_validator("file")
    @classmethod
    def _is_a_name(cls, file: str) -> str:
        """Refuse what no system takes for a file, and a pattern that searches the whole disk."""
        if any(sign < " " for sign in file):
            raise ValueError(_(
                "holds a sign that no name of a file has: \\ and the letter after it make one "
                "sign. Write / between folders, as in raw/enquete.xlsx"))
        if "\\" in file:
            raise ValueError(_(
                "holds a \\. Write / between folders, on every machine: {path}",
                path=file.replace("\\", "/")))
        if any(map(is_reserved, file.split("/"))):
            raise ValueError(_(
                "bears a name that Windows keeps for a device (con, prn, aux, nul, com1, lpt1 …). "
                "Give the file or folder another name"))
        if set("*?[") & set(file) and (file[:1] in "/\\~" or file[1:2] == ":"):
            raise ValueError(_(
                "is a pattern of whole paths. Write it from the data folder, as in "
                "raw/interview_*.docx"))
        return file

    @field_validator("name")
    @classmethod
    def _can_be_a_file(cls, name: str) -> str:
        """Refuse an id that no file of Windows can bear: the cleaned answers bear it."""
        if is_reserved(name):
            raise ValueError(_(
                "{name!r} is a name that Windows keeps for a device, and the cleaned file bears "
                "the name of its source. Give the source another one",
                name=name))
        return name

    @property
    def raw_files(self) -> dict[str, Path]:
        """The raw files by their name from the data folder; of texts the guide as well."""
        folder = self.setting.folder
        names = [self.file]
        if any(sign in self.file for sign in "*?["):
            names = [path.relative_to(folder).as_posix()
                     for path in sorted(folder.glob(self.file))] or names
        names += [self.texts.guide] if self.texts and self.texts.guide else []
        return {name: as_spelled(folder / name) for name in names}

    @property
    def holds_texts(self) -> bool:
        """Whether the files are texts, read by `read_documents`, and not a table of answers."""
        return self.format in TEXT_FORMATS

    @property
    def language(self) -> str:
        """The language of every printed word."""
        return self.setting.language

    @property
    def minimum(self) -> int:
        """The smallest count that is shown."""
        return 1 if self.synthetic or self.public else self.setting.display.minimum

    def words(self, language: str | None = None) -> str:
        """Return the printed name of the source."""
        return self.label.text(language or self.language) or self.name

    def units(self, n: float, language: str | None = None) -> str:
        """Return the word for n of its units, in the language of the study when none is named."""
        language = language or self.language
        own = getattr(self.unit_label, language)
        one, many = own or unit_words(self.unit, language) or (self.unit, self.unit)
        return one if n == 1 else many

    def told_units(self, n: float = 1) -> str:
        """Return the word for n of its units, in the language of messages."""
        return self.units(n, spoken())

    def missing_words(self, language: str | None = None) -> list[str]:
        """Return a line for each unit that should have been here: its name, and why it is not."""
        if not self.missing_units:
            return []
        language = language or self.language
        names = {value: words for item in self.items.values()
                 for value, words in item.value_words(language).items()}
        return [f"{', '.join(names.get(part, part) for part in unit.split(', '))}: "
                f"{reason.text(language)}" for unit, reason in self.missing_units.items()]

    @model_validator(mode="before")
    @classmethod
    def _name_and_derive(cls, fields: Any) -> Any:
        if not isinstance(fields, dict):
            return fields
        fields = fields | {key: _named(fields[key]) for key in ("items", "scales") if key in fields}
        extra = moment_item(fields.get("moments"))
        return fields | {"items": fields.get("items", {}) | extra} if extra else fields

    @model_validator(mode="after")
    def _check(self) -> Self:
        for check in (_check_references, _check_columns, _check_design):
            check(self)
        if (self.kind == "counts") != (self.counts is not None):
            raise ValueError(_(
                'kind = "counts" and counts = { … } go together. Add the other one.'))
        if self.counts:
            self.counts.check(self.items)
        if self.texts and not self.holds_texts:
            raise ValueError(_(
                "texts is for {formats}; the format is {format}. Remove texts, or correct the "
                "format.",
                formats=", ".join(TEXT_FORMATS), format=self.format))
        return self


def is_guessed(source: Source, name: str) -> bool:
    """Whether nobody confirmed this item or answered its doubt, or one that it is made from."""
    item = source.items.get(name)
    return item is not None and (
        item.guessed or bool(item.doubt)
        or any(is_guessed(source, parent) for parent in item.parents))


def _named(entries: Any) -> Any:
    if not isinstance(entries, dict):
        return entries
    return {name: entry | {"name": name} if isinstance(entry, dict) else entry
            for name, entry in entries.items()}


def _check_references(source: Source) -> None:
    for item in source.items.values():
        for parent in (*item.parents, *item.asked_if):
            if parent not in source.items:
                raise ValueError(_(
                    "items.{item} refers to {parent!r}, which is no item of this source. Its "
                    "items are {items}. Correct the name.",
                    item=item.name, parent=parent, items=", ".join(source.items)))
        _check_answers(source, item)
        _check_codes(source, item)
    for scale in source.scales.values():
        strange = set(scale.items) - set(source.items)
        if strange:
            raise ValueError(_(
                "scales.{scale} names {items}, which is no item of this source. Correct the "
                "name or add the item.",
                scale=scale.name, items=", ".join(sorted(strange))))


def _check_answers(source: Source, item: Item) -> None:
    """Refuse a rule about answers that the other item cannot have."""
    rules = list(item.asked_if.items())
    rules += [(rule.item, rule.values) for rule in (item.any_of, item.none_of) if rule]
    rules += [(item.recode.item, tuple(item.recode.map))] if item.recode else []
    for parent, answers in rules:
        if source.items[parent].kind == "ranking":
            raise ValueError(_(
                "items.{item} takes answers of {parent}, which is a ranking: options in an order, "
                "and no answer among others. Take another item.",
                item=item.name, parent=parent))
        known = source.items[parent].categories
        strange = [answer for answer in answers if answer not in known]
        if strange and source.items[parent].values != "any":
            raise ValueError(_(
                "items.{item} refers to {answer!r}, which is not one of the values of {parent} "
                "({values}). Correct it.",
                item=item.name, answer=strange[0], parent=parent, values=", ".join(known)))


def _check_codes(source: Source, item: Item) -> None:
    """Refuse a value that is named like an answer that is no answer."""
    above, seen = list(item.parents), set()
    while above:
        parent = source.items.get(above.pop())
        if parent is None or parent.name in seen:
            continue
        seen.add(parent.name)
        above += parent.parents
        clash = [value for value in item.categories if value in parent.missing]
        if clash:
            raise ValueError(_(
                "items.{item} has the value {answer!r}, and for {parent}, from which it is made, "
                "that is no answer (missing). Give the value another name; who gave no answer "
                "stays outside the base.",
                item=item.name, answer=clash[0], parent=parent.name))


def _check_columns(source: Source) -> None:
    taken: dict[str, str] = {}
    for item in source.items.values():
        for heading in item.headings:
            if heading in taken:
                raise ValueError(_(
                    "items.{item} and items.{other} have the same column {heading!r}. Give each "
                    "its own; a heading that stands there twice is named the second time by the "
                    "letter that Excel shows above it.",
                    item=item.name, other=taken[heading], heading=heading))
            taken[heading] = item.name


def _check_design(source: Source) -> None:
    design = source.design
    if design is None:
        return
    for name in design.names:
        if name not in source.items:
            raise ValueError(_(
                "design refers to {name!r}, which is no item of this source. Its items are "
                "{items}. Correct the name.",
                name=name, items=", ".join(source.items)))
    for name, counts in design.margins.items():
        if source.items[name].kind not in ("nominal", "ordinal"):
            raise ValueError(_(
                "design.margins.{name} is a {kind} item. A margin counts the values of a nominal "
                "or ordinal item; choose another.",
                name=name, kind=source.items[name].kind))
        known = source.items[name].categories
        strange = [value for value in counts if value not in known]
        if strange and source.items[name].values != "any":
            raise ValueError(_(
                "design.margins.{name} names {answer!r}, which is not one of its values "
                "({values}). Correct it.",
                name=name, answer=strange[0], values=", ".join(known)))
