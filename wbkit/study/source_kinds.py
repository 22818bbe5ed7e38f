"""What sources of counts and of texts need to say besides their items, and moments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from wbkit.messages import _, listing, message, spoken
from wbkit.study.item import Id, Item
from wbkit.study.model import Label, Model

TextFormat = Literal["docx", "odt", "txt", "vtt", "srt", "json", "tsv", "pdf"]
TEXT_FORMATS: tuple[str, ...] = TextFormat.__args__
MOMENT = "moment"
MINUTES = "minutes"
WAVE = "measurement"


class CountRules(Model):
    """What names a cell, and what its counts are.

    Parameters
    ----------
    cells
        The items that together name a cell; each cell stands in the file once.
    base
        The item that counts all units of a cell. An empty count was not delivered; it is not 0.
    parts
        Items that count some of these units: a rate is a part divided by the base.
    beside
        Items that count other units, which are not in the base.
    definition
        The item that names the definition by which the parts were counted.
    persons
        ``different`` when nobody is counted in two years, ``same`` when it is always the same
        group; not said when some stay. Decides whether a trend may be tested.
    totals
        Item = the word that marks a row with the total over it. Such a row is checked against
        its cells and then set aside.
    """

    cells: tuple[Id, ...] = Field(min_length=1)
    base: Id
    parts: tuple[Id, ...] = ()
    beside: tuple[Id, ...] = ()
    definition: Id | None = None
    persons: Literal["different", "same"] | None = None
    totals: dict[Id, str] = Field(default_factory=dict)

    @property
    def counted(self) -> tuple[str, ...]:
        """All items that hold counts."""
        return (self.base, *self.parts, *self.beside)

    def check(self, items: Mapping[str, Item]) -> None:
        """Refuse rules about items that are not there or are of another kind."""
        named = [("cells", name, ("nominal", "ordinal")) for name in (*self.cells, *self.totals)]
        named += [("definition", self.definition, ("nominal", "ordinal"))] * bool(self.definition)
        named += [(listing(["base", "parts", "beside"], spoken()), name, ("numeric",))
                  for name in self.counted]
        for key, name, kinds in named:
            if name not in items:
                raise ValueError(_(
                    "counts refers to {name!r}, which is no item of this source. Its items are "
                    "{items}.",
                    name=name, items=", ".join(items)))
            if items[name].kind not in kinds:
                raise ValueError(_(
                    "counts: {key} needs {kinds} items; {name} is {kind}. Correct its kind, or "
                    "name another item.",
                    key=key, kinds=listing(list(kinds), spoken(), last="or"), name=name,
                    kind=items[name].kind))
        strange = set(self.totals) - set(self.cells)
        if strange:
            raise ValueError(_(
                "counts.totals names {name!r}, which is not one of cells ({cells}). Correct it.",
                name=sorted(strange)[0], cells=", ".join(self.cells)))


class TextRules(Model):
    """How the files of a source become documents and turns.

    Parameters
    ----------
    guide
        A csv file with the guide: columns id, topic, question, and topic_en or topic_nl for
        results in another language.
    interviewers
        Labels of those who asked the questions; their turns are not coded.
    roles
        Label or name as it stands in the files = role (``TL = "teamleider"``).
    role_labels
        Role = its printed words in each language.
    unlabelled
        Whose the answers without a label are, where only interviewers have one: ``participant``,
        ``speaker`` (the one before), or ``note``. Asked when they occur and it is not said.
    sheets
        Words with which the first line of each sheet begins, for files that hold several.
    attributes
        Document = its attributes, beside those on ``# key: value`` lines in the file.
    cluster
        The attribute of texts that hang together, such as the table at which sheets were
        written: these are drawn together for an interval.
    """

    guide: str | None = None
    interviewers: tuple[str, ...] = ()
    roles: dict[str, str] = Field(default_factory=dict)
    role_labels: dict[str, Label] = Field(default_factory=dict)
    unlabelled: Literal["participant", "speaker", "note"] | None = None
    sheets: str | None = Field(default=None, min_length=1)
    attributes: dict[str, dict[str, str]] = Field(default_factory=dict)
    cluster: str | None = Field(default=None, min_length=1)


class Moment(Model):
    """A time at which answers were collected, from `start` until just before `end`."""

    start: datetime
    end: datetime
    label: Label = Label()

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end <= self.start:
            raise ValueError(_(
                "end ({end}) is not after start ({start}). Correct one.",
                end=self.end, start=self.start))
        return self


def moment_item(moments: Any) -> dict[str, Any]:
    """Make the item that says at which moment a unit answered."""
    if not isinstance(moments, dict) or not moments:
        return {}
    words = [Label.model_validate((entry or {}).get("label", name)) if isinstance(entry, dict)
             else Label(nl=name) for name, entry in moments.items()]
    return {MOMENT: {
        "name": MOMENT, "kind": "nominal", "values": tuple(moments),
        "label": {language: message(MOMENT, language) for language in ("nl", "en")},
        "value_labels": {language: tuple(word.text(language) or name
                                         for word, name in zip(words, moments, strict=True))
                         for language in ("nl", "en")},
    }}


def wave_item(names: Sequence[str]) -> Item:
    """Make the item that says from which of several sources a unit comes."""
    words = {language: message(WAVE, language) for language in ("nl", "en")}
    return Item(name=WAVE, kind="nominal", values=tuple(names), label=Label(**words))
