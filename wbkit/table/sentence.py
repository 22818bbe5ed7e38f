"""One count of a Table as a sentence, so that no figure is typed by hand."""

from collections.abc import Iterable, Mapping

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import label, percentage
from wbkit.messages import listing, number
from wbkit.study.item import NO, YES
from wbkit.table.facts import Derived, Subject
from wbkit.table.layout import STATES
from wbkit.table.statements.tests import Scored
from wbkit.table.words import Worded

FORMS = {"people": "sentence_people", "spoke": "sentence_spoke", "codes_in": "sentence_codes",
         "keywords_in": "sentence_keywords"}  # form of title = sentence
TRUTH = {(YES,): "sentence_true", (NO,): "sentence_untrue"}


def sentence(
    table: Worded,
    value: str | Iterable[str] | None,
    *,
    item: str | None,
    group: Mapping[str, str],
) -> str:
    """Write the count of one or more values, for one item and one group."""
    if table.kind != "frequency":
        raise DataError(
            f"{table.title}: a sentence is written from a frequency Table; this is a "
            f"{table.kind}. Use frequency(...)."
        )
    part = _part(table, item, group)
    values = _values(part, value)
    if len(values) > 1 and not table.adds_up:
        raise DataError(
            f"{table.title}: one unit can have several of these answers, so they cannot be added "
            "up. Write a sentence for each, or make a derived item with any_of."
        )
    chosen = part[part["value"].isin(values)]
    if chosen["state"].isin(STATES).any():
        return label("sentence_hidden", table.language)
    return _written(table, chosen, group)


def _part(table: Worded, item: str | None, group: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of one item and one group."""
    asked = dict(group) | ({"item": item} if item else {})
    part = table.data
    for name, key in asked.items():
        if name not in part.columns or key not in set(table.data[name].astype(str)):
            raise DataError(
                f"{table.title}: there is no {name} {key!r}. "
                f"There is {', '.join(_known(table, name)) or 'none'}. Use one of these."
            )
        part = part[part[name].astype(str) == key]
    for name in ("item", *table.dimensions):
        found = list(dict.fromkeys(part[name].astype(str)))
        if len(found) > 1:
            raise DataError(
                f"{table.title}: the Table holds several: {', '.join(found)}. "
                f"Say which one: sentence(..., {name}={found[0]!r})."
            )
    return part


def _known(table: Worded, column: str) -> list[str]:
    if column not in table.data.columns:
        return list(table.dimensions)
    return list(dict.fromkeys(table.data[column].astype(str)))


def _values(part: pd.DataFrame, value: str | Iterable[str] | None) -> list[str]:
    known = list(part["value"])
    if value is None:
        return [part.loc[part["n"].idxmax(), "value"]] if part["n"].notna().any() else known
    values = [value] if isinstance(value, str) else list(value)
    strange = [one for one in values if one not in known]
    if strange:
        raise DataError(
            f"{strange[0]!r} is not one of the values of this Table ({', '.join(known)}). "
            "Use one or more of these."
        )
    return values


def _written(table: Worded, chosen: pd.DataFrame, group: Mapping[str, str]) -> str:
    language, base = table.language, chosen["base"].iloc[0]
    n, item = chosen["n"].sum(), chosen["item"].iloc[0]
    share = percentage(n / base if base else float("nan"), base, language)
    if share and "share_raw" in chosen:
        share = label("share_weighted", language, raw=share,
                      weighted=percentage(chosen["share"].sum(), base, language))
    words = [f"‘{table.words('value', one, item=item)}’" for one in chosen["value"]]
    text = label(
        _key(table, n, item, list(chosen["value"])), language,
        item=table.words("item", item),
        n=number(n, language), base=number(base, language),
        units=table.units[0 if base == 1 else 1],
        share=f" ({share})" if share else "",
        values=listing(words, language, last="or"),
    )
    names = [table.words(name, key) for name, key in group.items()]
    names += [table.part] if table.part else []
    return f"{listing(names, language)}: {text}" if names else text


def _key(table: Worded, n: float, item: str, values: list[str]) -> str:
    """Choose the sentence: of a list, rule or score nobody was asked; of one unit singular."""
    if table.sources and all(source.kind == "list" for source in table.sources):
        return "sentence_list"
    subjects = table.contents.found(Subject)
    key = FORMS.get(subjects[0].form, "") if subjects else table.words_if("sentence", "key")
    if any(one.item == item for one in table.contents.found(Derived, Scored)):
        return TRUTH.get(tuple(values), "sentence_derived") if _is_yes_or_no(table, item) \
            else "sentence_derived"
    key = key or "sentence"
    return f"{key}_one" if n == 1 else key


def _is_yes_or_no(table: Worded, item: str) -> bool:
    found = table.names.item(item)
    return found is not None and found.values == (YES, NO)
