"""One question of a survey."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from wbkit.messages import _, counted, listing, message, spoken
from wbkit.study.model import ID_PATTERN, Label, Model
from wbkit.text.normalise import heading, tidy

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Kind = Literal["nominal", "ordinal", "numeric", "multiple", "ranking", "open"]
Special = Literal[
    "health", "religion", "ethnicity", "orientation", "union", "criminal", "politics"]
Sensitivity = Literal["none", "quasi", Special, "identifier"]
SPECIAL: tuple[str, ...] = get_args(Special)  # special categories: articles 9 and 10 of the GDPR
OTHER = "other"
MARKED = "answered"  # column of a multiple item: whether the unit marked something, yes or no
SEPARATOR = ";"  # as Microsoft Forms joins ticks
ANSWERED, NO_ANSWER, NOT_ASKED = "answered", "no_answer", "not_asked"
YES, NO = "ja", "nee"
# what a cell of an option says when the item does not tell
TICKED = ("1", "x", "v", "ja", "yes", "y", "j", "true", "waar", "checked", "selected", "gekozen",
          "aangevinkt", "aangekruist", "\u2713", "\u2714", "\u2611")
UNTICKED = ("0", "nee", "no", "n", "false", "onwaar", "unchecked", "not selected", "niet gekozen",
            "niet aangevinkt", "niet aangekruist")
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
        The heading in the raw file; beside `columns` what the file calls the question of which
        these are parts. A derived item has none.
    columns
        Of a question in several columns: option = heading, each column with a tick or with the
        place that the option got. Or a list of headings, each with an option in its cells: of a
        ranking the first place first, of a multiple item in any order.
    ticked, unticked
        Cells of `columns` that are a tick, and cells that say "no". A unit with only "no" gave an
        answer; a unit with nothing but empty cells gave none.
    separator
        What stands between options in one cell; ``;`` when left out.
    kind
        ``nominal``, ``ordinal``, ``numeric``, ``multiple`` (several ticks), ``ranking`` (options
        in order) or ``open``.
    values
        The answers in order, as they stand in the file; ``"any"`` takes them from the data.
    missing
        Answers that are no answer ("don't know"): outside the base, counted beside it.
    missing_ranges
        The same for numbers: each pair is lowest and highest.
    unit_words
        Words behind a number that are left out when it is read ("min", "%").
    other
        The option behind which respondents write their own answer.
    other_column
        The heading of the column that holds those words, when it is another one.
    exclusive
        Options that rule the others out ("nobody").
    asked_if
        The item was asked only of units with these answers to another item.
    score
        ``nps``: a number from 0 to 10, of which `estimate` gives the share of 9 and 10 less that
        of 0 to 6; without it the item is a number as any other.
    link
        ``hash``: cleaning puts a code in the place of an identifier, the same one in every wave.
    guessed
        `wbkit describe` drafted the item and nobody confirmed it yet; every Table says so.
    doubt
        What `wbkit describe` asks about it, in words; `wbkit check` repeats it until it is removed.
    """

    name: Id
    kind: Kind
    column: str | None = None
    columns: dict[str, str] | tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    unticked: tuple[str, ...] = ()
    separator: str | None = None
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
    missing_ranges: tuple[tuple[float, float], ...] = ()
    unit_words: tuple[str, ...] = ()
    other: str | None = None
    other_column: str | None = None
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
    score: Literal["nps"] | None = None
    guessed: bool = False
    doubt: str | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings in the raw file, as they are compared."""
        if self.derived:
            return ()
        several = self.columns.values() if isinstance(self.columns, dict) else self.columns
        names = (*several, *((self.other_column,) if self.other_column else ()))
        if not self.columns:
            names = (self.column or self.name, *names)
        return tuple(map(heading, names))

    @property
    def explicit(self) -> bool:
        """Whether the raw file tells "no" from no answer, option by option."""
        return self.kind == "multiple" and bool(self.unticked)

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
    def several(self) -> bool:
        """Whether Responses have one column for each option."""
        return self.kind in ("multiple", "ranking")

    @property
    def categories(self) -> tuple[str, ...]:
        """The ids of the values in order, the free option last."""
        values = () if self.values == "any" else self.values
        return (*values, OTHER) if self.other else values

    @property
    def option_columns(self) -> tuple[str, ...]:
        """The columns of its options in Responses; none of an item in one column."""
        return tuple(f"{self.name}:{value}" for value in self.categories) if self.several else ()

    @property
    def data_columns(self) -> tuple[str, ...]:
        """The columns of this item in Responses."""
        names = self.option_columns or (self.name,)
        names = (*names, self.marked_column) if self.explicit else names
        return (*names, self.text_column) if self.other else names

    @property
    def marked_column(self) -> str:
        """The column that says whether the unit marked something, yes or no."""
        return f"{self.name}.{MARKED}"

    @property
    def text_column(self) -> str:
        """The column with the words behind the free option."""
        return f"{self.name}:{OTHER}_text"

    def words(self, language: str, *, short: bool = False) -> str:
        """Return the question, or its short form, in this language."""
        question = self.label.or_else(heading(self.column or "") or self.label.en or self.name)
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
    def _options_of_columns(cls, fields: dict) -> dict:
        """Take the values from the options that columns names."""
        known = isinstance(fields, dict) and isinstance(fields.get("columns"), dict)
        if not known or fields.get("values"):
            return fields
        away = {*fields.get("missing", ()), *((OTHER,) if fields.get("other") else ())}
        return fields | {"values": [name for name in fields["columns"] if name not in away]}

    @model_validator(mode="before")
    @classmethod
    def _yes_or_no(cls, fields: dict) -> dict:
        if not isinstance(fields, dict) or not {"any_of", "none_of", "both"} & set(fields):
            return fields
        return YES_OR_NO | fields

    @model_validator(mode="after")
    def _check(self) -> Self:
        for check in (_check_range, _check_values, _check_labels, _check_kind, _check_columns,
                      _check_derived):
            check(self)
        return self


def _check_values(item: Item) -> None:
    values = () if item.values == "any" else item.values
    double = {value for value in values if values.count(value) > 1}
    if double:
        raise ValueError(_(
            "values holds {answers} twice. Keep each value once.",
            answers=_listed(double)))
    reserved = {OTHER, f"{OTHER}_text"} & set(values) if item.other else set()
    if reserved:
        raise ValueError(_(
            "values holds {answers}, a name that wbkit itself gives to a column of this item. Give "
            "the value another name.",
            answers=_listed(reserved)))
    both = set(values) & set(item.missing)
    if both:
        raise ValueError(_(
            "{answers} stands in values and in missing. Keep one of the two.",
            answers=_listed(both)))
    _check_reserved(item)
    if (item.closed or item.kind == "ranking") and not item.values:
        raise ValueError(_(
            'values is missing. List the answers in order, or write values = "any" for a nominal '
            "item whose answers are taken from the data."))
    if item.values == "any" and item.kind != "nominal":
        raise ValueError(_(
            'values = "any" is for a nominal item; this one is {kind}. List the answers.',
            kind=item.kind))


def _check_reserved(item: Item) -> None:
    """Refuse a code that would be taken for one of the states of an answer."""
    states = (ANSWERED, NO_ANSWER, NOT_ASKED)
    values = () if item.values == "any" else item.values
    taken = [code for code in item.missing if code in states]
    taken += [value for value in values if value == NO_ANSWER]
    if taken:
        raise ValueError(_(
            "{answers} stands in values or missing, and wbkit itself writes {reserved} for an "
            "answer that is or is not there. Choose another word.",
            answers=_listed(taken), reserved=_listed(states)))


def _check_range(item: Item) -> None:
    if item.range and item.range[0] > item.range[1]:
        raise ValueError(_(
            "range = [{first}, {second}] starts with the highest number. Write the lowest one "
            "first.",
            first=f"{item.range[0]:g}", second=f"{item.range[1]:g}"))


def _check_labels(item: Item) -> None:
    pairs = (("value_labels", item.value_labels, item.values, "values"),
             ("missing_labels", item.missing_labels, item.missing, "missing"))
    for name, labels, ids, of in pairs:
        for language, words in labels.model_dump(exclude_none=True).items():
            if len(words) != len(ids):
                raise ValueError(_(
                    "{name}.{language} has {words} for {n_values} {key}. Write one for each, in "
                    "the same order.",
                    name=name, language=language, words=counted(len(words), "word", "words"),
                    n_values=len(ids), key=of))


def _check_kind(item: Item) -> None:
    needs = (
        ("exclusive", item.exclusive, ("multiple",)),
        ("other", item.other, ("nominal", "multiple")),
        ("range", item.range, ("numeric",)),
        ("missing_ranges", item.missing_ranges, ("numeric",)),
        ("unit_words", item.unit_words, ("numeric",)),
        ("other_column", item.other_column, ("nominal", "multiple")),
        ("columns", item.columns, ("multiple", "ranking")),
        ("separator", item.separator, ("multiple", "ranking")),
    )
    for name, value, kinds in needs:
        if value and item.kind not in kinds:
            raise ValueError(_(
                "{name} is for {kinds} items; this one is {kind}. Remove it, or correct kind.",
                name=name, kinds=listing(list(kinds), spoken()), kind=item.kind))
    if item.score and (item.kind, item.range) != ("numeric", (0, 10)):
        raise ValueError(_(
            'score = "nps" is for a numeric item with range = [0, 10]. Correct kind and range, or '
            "remove score."))
    if item.link and (item.sensitivity, item.kind) != ("identifier", "open"):
        raise ValueError(_(
            'link = "hash" is for an open item that is an identifier; this one is {kind}, with '
            'sensitivity = "{sensitivity}". Write kind = "open" and sensitivity = "identifier", '
            "or remove link.",
            kind=item.kind, sensitivity=item.sensitivity))
    for name, some in (("exclusive", item.exclusive), ("agree", item.agree),
                       ("neutral", (item.neutral,) if item.neutral else ())):
        strange = set(some) - set(item.categories)
        if strange and item.values != "any":
            raise ValueError(_(
                "{name} names {answers}, which is not one of its values ({values}). Correct it.",
                name=name, answers=_listed(strange), values=_listed(item.categories)))


def _check_columns(item: Item) -> None:
    """Refuse columns that do not say which option each of them holds."""
    if item.columns and item.separator:
        raise ValueError(_(
            "has columns and separator. Ticks stand in one cell or in several columns; keep one "
            "of the two."))
    if (item.ticked or item.unticked) and not (item.columns and isinstance(item.columns, dict)):
        raise ValueError(_(
            "ticked and unticked say how a tick is written in the column of each option. Name the "
            'columns: columns = { planning = "Hulp [Planning]" }; or remove ticked and unticked.'))
    if isinstance(item.columns, dict) and item.columns:
        known = {*item.categories, *item.missing}
        if strange := set(item.columns) - known:
            raise ValueError(_(
                "columns names {answers}, which is not one of its values ({values}). Correct it, "
                "or add it to values.",
                answers=_listed(strange), values=_listed(item.categories)))
        if lacking := set(item.categories) - set(item.columns) - {OTHER}:
            raise ValueError(_(
                "columns says no heading for {answers}. Add it, or remove it from values.",
                answers=_listed(lacking)))
    both = {tidy(cell).casefold() for cell in item.ticked} & {
        tidy(cell).casefold() for cell in item.unticked}
    if both:
        raise ValueError(_(
            "{cells} stands in ticked and in unticked. Keep one of the two.",
            cells=_listed(both)))


def _check_derived(item: Item) -> None:
    rules = [name for name in RULES if getattr(item, name)]
    if len(rules) > 1:
        raise ValueError(_(
            "has {rules}. A derived item has one rule; keep one.",
            rules=listing(rules, spoken())))
    if rules and (item.column or item.columns):
        raise ValueError(_(
            "has a column and {rule}. A derived item has no column; keep one.",
            rule=rules[0]))
    if item.recode:
        strange = set(item.recode.map.values()) - set(item.values)
        if strange:
            raise ValueError(_(
                "recode makes {answers}, which is not one of its values ({values}). Correct it, "
                "or add it to values.",
                answers=_listed(strange), values=_listed(item.values)))


def _listed(names: Iterable[str]) -> str:
    ordered = sorted(names) if isinstance(names, set) else dict.fromkeys(names)
    return ", ".join(map(repr, ordered))
