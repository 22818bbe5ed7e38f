"""How often each answer was given, with the base that belongs to it."""

from collections.abc import Iterable, Sequence
from typing import Literal

import pandas as pd

from wbkit.basis.hiding import too_small
from wbkit.errors import DataError
from wbkit.labels import decimal_mark, label, unit_words
from wbkit.nouns.item import Item
from wbkit.nouns.layout import ABSENT, HIDDEN, SHOWN
from wbkit.nouns.response import ANSWERED, NO_ANSWER, NOT_ASKED, Responses
from wbkit.nouns.table import Table
from wbkit.survey.captions import about, base_words, dimension_labels, item_labels, item_notes
from wbkit.survey.intervals import basis_words, require_interval, share_interval, why_no_interval

Of = Literal["respondents", "asked", "answers"]
Interval = Literal["wilson"]
SHARES_OF = ("respondents", "asked", "answers")


def frequency(
    responses: Responses,
    item: str | Item | Sequence[str | Item],
    *,
    by: str | Item | None = None,
    of: Of = "respondents",
    interval: Interval | None = None,
) -> Table:
    """Count the answers to one item or several, for everyone or for each group.

    Parameters
    ----------
    responses
        One row for each unit of the source.
    item
        Id of an item, the item itself, or a list of them. The shares of a multiple item can
        sum to more than 1. A numeric item is counted by value.
    by
        A nominal or ordinal item: one group for each of its values.
    of
        ``respondents``: the base is the units that were asked and answered.
        ``asked``: the base is the units that were asked; missing codes and no answer are rows.
        ``answers``: the base is the ticks of a multiple item.
    interval
        ``wilson``: demand an interval; refused where the design does not carry one.
        When left out, an interval is given where the design carries one.

    Returns
    -------
    Table
        One row for each item, group and value, also for a value that nobody chose.

        - ``item``, `by`, ``value``: ids
        - ``n``: units that gave this answer (ticks when ``of="answers"``)
        - ``base``: units in the group that were asked and answered (see `of`)
        - ``share``: n / base, from 0 to 1; absent when nobody is in the base
        - ``low``, ``high``: 95 % Wilson interval of the share [1]_, absent where the design
          carries none
        - ``state``: ``shown``, ``hidden`` (fewer units than the study shows), or ``absent`` (a
          group that study.toml names in ``missing_units``)

    Raises
    ------
    DataError
        If there is no such item or group, the item is open, or an interval was demanded that
        the design does not carry.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Journal of the American Statistical Association, 22, 209-212.
    """
    items = [responses.item(one) for one in _several(item)]
    group = _group(responses, by)
    _check(responses, items, of, interval)
    counts = [count for one in items for count in _counts(responses, one, group, of)]
    data = pd.DataFrame(counts, columns=["item", *([group.name] if group else []),
                                         "value", "n", "base"])
    data = _hide(_with_shares(data, responses, of), responses, items, group, of)
    return Table(
        data=data,
        kind="frequency",
        title=about(responses, items, group),
        units=_units(responses, of),
        base=base_words(responses, items, data, of, grouped=group is not None),
        basis=basis_words(responses) if of == "respondents" else "",
        notes=item_notes(responses, items, of=of),
        sources=(responses.source,),
        labels=_labels(responses, items, group, data),
        language=responses.source.language,
        part=responses.base_words(),
        adds_up=all(one.kind != "multiple" for one in items),
    )


def _several(item: str | Item | Sequence[str | Item]) -> list[str | Item]:
    if isinstance(item, str | Item):
        return [item]
    if not list(item):
        raise DataError(
            "frequency: the list of items is empty. Name an item; when items are asked for by "
            "tag, look in study.toml whether any item carries that question or theme."
        )
    return list(item)


def _group(responses: Responses, by: str | Item | None) -> Item | None:
    if by is None:
        return None
    group = responses.item(by)
    if group.kind not in ("nominal", "ordinal"):
        raise DataError(
            f"{responses.source.name}: by needs a nominal or ordinal item; {group.name} is "
            f"{group.kind}. Make a derived item with recode, or choose another item."
        )
    return group


def _check(responses: Responses, items: list[Item], of: str, interval: str | None) -> None:
    source = responses.source.name
    for one in items:
        if one.kind == "open":
            raise DataError(
                f"{source}: {one.name} is open; open answers are coded, not counted. "
                "Choose a closed or numeric item."
            )
        if of == "answers" and one.kind != "multiple":
            raise DataError(
                f"{source}: of='answers' counts ticks, and {one.name} is {one.kind}. "
                "Leave of out, or choose a multiple item."
            )
    if of not in SHARES_OF:
        raise DataError(f"{source}: of={of!r} is unknown. Use one of {', '.join(SHARES_OF)}.")
    if interval not in (None, "wilson"):
        raise DataError(
            f"{source}: interval={interval!r} is unknown. Use 'wilson', or leave it out."
        )
    if interval and of == "answers":
        raise DataError(
            f"{source}: ticks of one respondent hang together, so a share of answers has no "
            "interval. Use of='respondents'."
        )
    if interval:
        require_interval(responses)


def _counts(responses: Responses, item: Item, group: Item | None, of: str) -> Iterable[tuple]:
    """Yield item, group, value, n and base for each group and value."""
    ticked = _indicators(responses, item, of)
    inside = _base(responses, item, of)
    for name, members in _members(responses, group):
        part = ticked[inside & members]
        base = int(part.to_numpy().sum()) if of == "answers" else len(part)
        for value, n in part.sum().items():
            yield (item.name, *name, value, int(n), base)


def _members(responses: Responses, group: Item | None) -> Iterable[tuple[tuple, pd.Series]]:
    if group is None:
        yield (), pd.Series(True, index=responses.data.index)
        return
    for value in responses.values(group):
        yield (value,), responses.data[group.name] == value


def _base(responses: Responses, item: Item, of: str) -> pd.Series:
    state = responses.state(item)
    asked = state != NOT_ASKED if of == "asked" else state == ANSWERED
    return responses.domain & asked


def _indicators(responses: Responses, item: Item, of: str) -> pd.DataFrame:
    """Return one boolean column for each value of the item."""
    data = responses.data
    if item.kind == "multiple":
        columns = {value: data[f"{item.name}:{value}"] for value in item.categories}
    elif item.kind == "numeric":
        known = sorted(data.loc[responses.domain, item.name].dropna().unique())
        columns = {f"{value:g}": data[item.name] == value for value in known}
    else:
        columns = {value: data[item.name] == value for value in responses.values(item)}
    if of == "asked":
        state = responses.state(item)
        columns |= {code: state == code for code in (*item.missing, NO_ANSWER)}
    return pd.DataFrame(columns, index=data.index)


def _with_shares(data: pd.DataFrame, responses: Responses, of: str) -> pd.DataFrame:
    data = data.assign(share=data["n"] / data["base"].where(data["base"] > 0))
    allowed = of == "respondents" and why_no_interval(responses) is None
    ends = [share_interval(n, base) if allowed and base > 0 else (float("nan"),) * 2
            for n, base in zip(data["n"], data["base"], strict=True)]
    low, high = zip(*ends, strict=True) if ends else ((), ())
    return data.assign(low=list(low), high=list(high)).astype({"low": float, "high": float})


def _hide(
    data: pd.DataFrame, responses: Responses, items: list[Item], group: Item | None, of: str
) -> pd.DataFrame:
    """Take out the counts that are too small to show."""
    multiple = {one.name for one in items if one.kind == "multiple"}
    keys = ["item", *([group.name] if group else [])]
    hidden = pd.Series(False, index=data.index)
    whole = pd.Series(False, index=data.index)
    for key, part in data.groupby(keys, sort=False):
        base, minimum = part["base"].iloc[0], responses.source.minimum
        partition = key[0] not in multiple or of == "answers"
        hidden[part.index] = too_small(part["n"].to_numpy(), base, minimum, partition=partition)
        whole[part.index] = 0 < base < minimum
    numbers = data[["n", "share", "low", "high"]].astype(float).mask(hidden, axis=0)
    state = hidden.map({True: HIDDEN, False: SHOWN})
    absent = data[group.name].isin(responses.source.missing_units) & (data["base"] == 0) \
        if group else pd.Series(False, index=data.index)
    return data.assign(
        **numbers.mask(absent, axis=0), base=data["base"].astype(float).mask(whole | absent),
        state=state.mask(absent, ABSENT),
    )


def _units(responses: Responses, of: str) -> tuple[str, str]:
    """Return the words for what is counted: units, or ticks."""
    source = responses.source
    if of == "answers":
        return unit_words("answer", source.language)
    return source.units(1), source.units(2)


def _labels(
    responses: Responses, items: list[Item], group: Item | None, data: pd.DataFrame
) -> dict[str, dict[str, str]]:
    language = responses.source.language
    labels = item_labels(items, language)
    labels["value"] |= {NO_ANSWER: label("no_answer", language)} | {
        value: value.replace(".", decimal_mark(language))
        for value in data.loc[data["item"].isin(_numeric(items)), "value"]
    }
    return labels | (dimension_labels(group, language) if group else {})


def _numeric(items: list[Item]) -> list[str]:
    return [one.name for one in items if one.kind == "numeric"]
