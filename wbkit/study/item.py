"""One question of a survey."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from wbkit.messages import message
from wbkit.study.model import ID_PATTERN, Label, Model

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Kind = Literal["nominal", "ordinal", "numeric", "multiple", "open"]
Special = Literal[
    "health", "religion", "ethnicity", "orientation", "union", "criminal", "politics"]
Sensitivity = Literal["none", "quasi", Special, "identifier"]
SPECIAL: tuple[str, ...] = get_args(Special)  # special categories: articles 9 and 10 of the GDPR
OTHER = "other"
ANSWERED, NO_ANSWER, NOT_ASKED = "answered", "no_answer", "not_asked"
YES, NO = "ja", "nee"
RULES = ("recode", "any_of", "none_of", "both")  # what makes a derived item
YES_OR_NO = {
    "kind": "nominal",
    "values": (YES, NO),
    "value_labels": {"nl": (YES, NO), "en": ("yes", "no")},
}


class Recode(Model):
    """Answers of another item, merged."""

    item: Id
    map: dict[str, str]


class Ticked(Model):
    """Some answers of another item."""

    item: Id
    values: tuple[str, ...]


class Labels(Model):
    """The words of a list of values, in the order of that list."""

    nl: tuple[str, ...] | None = None
    en: tuple[str, ...] | None = None


class Item(Model):
    """One question: what it asks, which answers it can have, and what they mean.

    Parameters
    ----------
    name
        The id; the key of the item in study.toml.
    column
        The heading in the raw file. A derived item has none.
    kind
        ``nominal``, ``ordinal``, ``numeric``, ``multiple`` (several ticks) or ``open``.
    values
        The answers in order, as they stand in the file; ``"any"`` takes them from the data.
    missing
        Answers that are no answer ("don't know"): outside the base, counted beside it.
    other
        The option behind which respondents write their own answer.
    exclusive
        Options that rule the others out ("nobody").
    asked_if
        The item was asked only of units with these answers to another item.
    link
        ``hash``: cleaning puts a code in the place of an identifier, the same one in every wave.
    guessed
        `wbkit describe` drafted the item and nobody confirmed it yet; every Table says so.
    """

    name: Id
    kind: Kind
    column: str | None = None
    label: Label = Label()
    short: Label | None = None
    theme: str | None = None
    questions: tuple[str, ...] = ()
    values: tuple[str, ...] | Literal["any"] = ()
    value_labels: Labels = Labels()
    agree: tuple[str, ...] = ()
    neutral: str | None = None
    missing: tuple[str, ...] = ()
    missing_labels: Labels = Labels()
    other: str | None = None
    exclusive: tuple[str, ...] = ()
    asked_if: dict[Id, tuple[str, ...]] = Field(default_factory=dict)
    corrections: dict[str, str] = Field(default_factory=dict)
    range: tuple[float, float] | None = None
    sensitivity: Sensitivity = "none"
    link: Literal["hash"] | None = None
    note: Label | None = None
    recode: Recode | None = None
    any_of: Ticked | None = None
    none_of: Ticked | None = None
    both: tuple[Id, Id] | None = None
    guessed: bool = False

    @property
    def derived(self) -> bool:
        """Whether the item is made from other items."""
        return bool(self.parents)

    @property
    def rule(self) -> str:
        """The rule that makes a derived item: recode, any_of, none_of or both; else empty."""
        return next((one for one in RULES if getattr(self, one)), "")

    @property
    def parents(self) -> tuple[str, ...]:
        """The items from which this one is made."""
        rules = (self.recode, self.any_of, self.none_of)
        return tuple(rule.item for rule in rules if rule) + (self.both or ())

    @property
    def closed(self) -> bool:
        """Whether the answers are counted one by one."""
        return self.kind in ("nominal", "ordinal", "multiple")

    @property
    def categories(self) -> tuple[str, ...]:
        """The ids of the values in order, the free option last."""
        values = () if self.values == "any" else self.values
        return (*values, OTHER) if self.other else values

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of this item in Responses."""
        if self.kind == "multiple":
            names = tuple(f"{self.name}:{value}" for value in self.categories)
        else:
            names = (self.name,)
        return (*names, self.text_column) if self.other else names

    @property
    def text_column(self) -> str:
        """The column with the words behind the free option."""
        return f"{self.name}:{OTHER}_text"

    def words(self, language: str, *, short: bool = False) -> str:
        """Return the question, or its short form, in this language."""
        question = self.label.or_else(self.column or self.label.en or self.name)
        return ((self.short if short else None) or question).text(language)

    def value_words(self, language: str) -> dict[str, str]:
        """Return the printed words of each value, the free option and each missing code."""
        values = () if self.values == "any" else self.values
        pairs = dict(zip(values, getattr(self.value_labels, language) or values, strict=True))
        pairs |= {OTHER: message("other", language)} if self.other else {}
        codes = getattr(self.missing_labels, language) or self.missing
        return pairs | dict(zip(self.missing, codes, strict=True))

    @model_validator(mode="before")
    @classmethod
    def _yes_or_no(cls, fields: dict) -> dict:
        if not isinstance(fields, dict) or not {"any_of", "none_of", "both"} & set(fields):
            return fields
        return YES_OR_NO | fields

    @model_validator(mode="after")
    def _check(self) -> Self:
        for check in (_check_range, _check_values, _check_labels, _check_kind,
                      _check_derived):
            check(self)
        return self


def _check_values(item: Item) -> None:
    values = () if item.values == "any" else item.values
    double = {value for value in values if values.count(value) > 1}
    if double:
        raise ValueError(f"values holds {_listed(double)} twice. Keep each value once.")
    reserved = {OTHER, f"{OTHER}_text"} & set(values) if item.other else set()
    if reserved:
        raise ValueError(
            f"values holds {_listed(reserved)}, which is the id of the option named in other. "
            "Leave it out of values."
        )
    both = set(values) & set(item.missing)
    if both:
        raise ValueError(f"{_listed(both)} stands in values and in missing. Keep one of the two.")
    _check_reserved(item)
    if item.closed and not item.values:
        raise ValueError(
            'values is missing. List the answers in order, or write values = "any" '
            "for a nominal item whose answers are taken from the data."
        )
    if item.values == "any" and item.kind != "nominal":
        raise ValueError(f'values = "any" is for a nominal item; this one is {item.kind}. '
                         "List the answers.")


def _check_reserved(item: Item) -> None:
    """Refuse a code that would be taken for one of the states of an answer."""
    states = (ANSWERED, NO_ANSWER, NOT_ASKED)
    values = () if item.values == "any" else item.values
    taken = [code for code in item.missing if code in states]
    taken += [value for value in values if value == NO_ANSWER]
    if taken:
        raise ValueError(
            f"{_listed(taken)} stands in values or missing, and wbkit itself writes "
            f"{_listed(states)} for an answer that is or is not there. Choose another word."
        )


def _check_range(item: Item) -> None:
    if item.range and item.range[0] > item.range[1]:
        raise ValueError(f"range = [{item.range[0]:g}, {item.range[1]:g}] starts with the highest "
                         "number. Write the lowest one first.")


def _check_labels(item: Item) -> None:
    pairs = (("value_labels", item.value_labels, item.values, "values"),
             ("missing_labels", item.missing_labels, item.missing, "missing"))
    for name, labels, ids, of in pairs:
        for language, words in labels.model_dump(exclude_none=True).items():
            if len(words) != len(ids):
                raise ValueError(
                    f"{name}.{language} has {len(words)} words for {len(ids)} {of}. "
                    "Write one for each, in the same order."
                )


def _check_kind(item: Item) -> None:
    needs = (
        ("exclusive", item.exclusive, ("multiple",)),
        ("other", item.other, ("nominal", "multiple")),
        ("range", item.range, ("numeric",)),
    )
    for name, value, kinds in needs:
        if value and item.kind not in kinds:
            raise ValueError(f"{name} is for {' and '.join(kinds)} items; this one is "
                             f"{item.kind}. Remove it, or correct kind.")
    if item.link and (item.sensitivity, item.kind) != ("identifier", "open"):
        raise ValueError('link = "hash" is for an open item that is an identifier; this one is '
                         f'{item.kind}, with sensitivity = "{item.sensitivity}". Write kind = '
                         '"open" and sensitivity = "identifier", or remove link.')
    for name, some in (("exclusive", item.exclusive), ("agree", item.agree),
                       ("neutral", (item.neutral,) if item.neutral else ())):
        strange = set(some) - set(item.categories)
        if strange and item.values != "any":
            raise ValueError(
                f"{name} names {_listed(strange)}, which is not one of its values "
                f"({_listed(item.categories)}). Correct it."
            )


def _check_derived(item: Item) -> None:
    rules = [name for name in RULES if getattr(item, name)]
    if len(rules) > 1:
        raise ValueError(f"has {' and '.join(rules)}. A derived item has one rule; keep one.")
    if rules and item.column:
        raise ValueError(f"has a column and {rules[0]}. A derived item has no column; keep one.")
    if item.recode:
        strange = set(item.recode.map.values()) - set(item.values)
        if strange:
            raise ValueError(
                f"recode makes {_listed(strange)}, which is not one of its values "
                f"({_listed(item.values)}). Correct it, or add it to values."
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in dict.fromkeys(names))
