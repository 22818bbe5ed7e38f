"""A Table as bars of HTML: words that wrap, numbers that can be read aloud, any width."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import pandas as pd

from wbkit.labels import label, percentage
from wbkit.messages import number
from wbkit.report.style import OPINION, STRENGTH, ink_on
from wbkit.study.item import OTHER
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.render import Shown

MOST_PARTS = len(OPINION)  # of one bar; more cannot be told apart
MOST_MARKED = 3
NARROWEST = 0.065  # a part that is smaller has no room for its number


def bars(table: Shown, *, said: str = "") -> str:
    """Return a Table of counts as bars, empty where it has another form.

    Of the first three answers those that `said`, the sentence beside it, names are marked.
    """
    if table.kind == "crosstab" and len(table.dimensions) == 2:
        return _crossed(table)
    if table.kind != "frequency" or table.data.empty:
        return ""
    keys = [*table.dimensions, "item"]
    groups = [(dict(zip(keys, _names(key), strict=True)), rows)
              for key, rows in table.data.groupby(keys, sort=False, observed=True)]
    if len(groups) == 1:
        return _single(table, groups[0][1], said)
    return _stacked(table, [(_group_words(table, group), rows) for group, rows in groups])


def _names(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _group_words(table: Shown, group: dict[str, Any]) -> str:
    """Return what one bar is called: the item where there are several, and the group."""
    several = table.data["item"].nunique() > 1
    names = [table.words(name, key) for name, key in group.items() if name != "item"]
    return ": ".join([*([table.words("item", group["item"])] if several else []), *names])


# One bar for each answer


def _single(table: Shown, rows: pd.DataFrame, said: str) -> str:
    item = table.names.item(str(rows["item"].iloc[0]))
    ordered = item is not None and item.kind in ("ordinal", "numeric")
    below = {OTHER, *(item.exclusive if item else ())}
    rows = rows[~rows["value"].isin(below) | (rows["n"] != 0)]
    first = _first(rows, said, table)
    last = rows["value"].isin(below)
    placed = rows if ordered else rows.assign(_last=last).sort_values(
        ["_last", "n"], ascending=[True, False], kind="stable", na_position="last")
    lines = [_line(table, row, mark="quiet" if row["value"] in below else
                   "on" if row["value"] in first else "") for __, row in placed.iterrows()]
    return f'<ul class="bars">{"".join(lines)}</ul>'


def _first(rows: pd.DataFrame, said: str, table: Shown) -> set[str]:
    """Return the answers that stand in front and that the sentence names."""
    least = rows["n"].nlargest(MOST_MARKED).min()
    front = rows[rows["n"] >= max(least, 1)]
    return {value for value, item in zip(front["value"], front["item"], strict=True)
            if table.words("value", value, item=item).casefold() in said.casefold()}


def _line(table: Shown, row: pd.Series, *, mark: str) -> str:
    words = table.words("value", row["value"], item=row["item"])
    known = row["state"] not in STATES and row["base"] > 0
    width = 100 * row["n"] / row["base"] if known else 0
    return (f'<li class="{mark}"><span class="name">{escape(words)}</span>'
            f'<span class="track" aria-hidden="true"><i style="width:{width:.2f}%"></i></span>'
            f'<span class="count">{_count(row, table.language)}</span></li>')


def _count(row: pd.Series, language: str) -> str:
    """Write a count with its percentage, or why it is not there."""
    if row["state"] in STATES:
        return f"<small>{escape(_why(row['state'], language))}</small>"
    share = percentage(row["share"], row["base"], language) or label(
        "page_of", language, base=number(row["base"], language))
    return f"<b>{number(row['n'], language)}</b> <small>{share}</small>"


def _why(state: str, language: str) -> str:
    """Say why there is no number."""
    return label("page_choose_hidden" if state == HIDDEN else f"state_{state}", language)


# One bar of parts for each item or group


def _crossed(table: Shown) -> str:
    first, second = table.dimensions
    frame = table.data.rename(columns={second: "value"}).assign(item=second)
    groups = [(table.words(first, key), rows)
              for key, rows in frame.groupby(first, sort=False, observed=True)]
    base = frame.groupby(first, observed=True)["n"].transform("sum", min_count=1)
    return _stacked(table, [(words, rows.assign(base=base[rows.index])) for words, rows in groups])


def _stacked(table: Shown, groups: Sequence[tuple[str, pd.DataFrame]]) -> str:
    """Draw a bar for each group, when all have the same few answers that add up."""
    answers = list(dict.fromkeys(groups[0][1]["value"]))
    alike = all(list(rows["value"]) == answers for __, rows in groups)
    if not alike or not 1 < len(answers) <= MOST_PARTS or not table.adds_up:
        return ""
    item = groups[0][1]["item"].iloc[0]
    words = [table.words("value", one, item=item) for one in answers]
    colours = _colours(len(answers))
    legend = "".join(f'<span><i style="background:{colour}"></i>{escape(one)}</span>'
                     for one, colour in zip(words, colours, strict=True))
    lines = "".join(_stack(table, name, rows, words) for name, rows in groups)
    return f'<p class="legend">{legend}</p><ul class="stacks">{lines}</ul>'


def _colours(many: int) -> list[str]:
    """Return colours from little to much, or from against to in favour: always the two ends."""
    if many > len(STRENGTH):
        return list(OPINION)
    steps = len(STRENGTH) - 1
    return [STRENGTH[round(place * steps / (many - 1))] for place in range(many)]


def _stack(table: Shown, name: str, rows: pd.DataFrame, words: Sequence[str]) -> str:
    language = table.language
    base = label("page_of", language, base=number(rows["base"].iloc[0], language)) \
        if rows["base"].notna().all() else ""
    if rows["state"].isin(STATES).any():
        state = rows.loc[rows["state"].isin(STATES), "state"].iloc[0]
        parts, told = "", _why(state, language)
    else:
        parts = "".join(_parts(rows, language))
        told = ", ".join(f"{one} {number(n, language)}"
                         for one, n in zip(words, rows["n"], strict=True))
    return (f'<li><span class="name">{escape(name)}</span>'
            f'<span class="track" aria-hidden="true">{parts}</span>'
            f'<span class="sr">{escape(told)}. </span>'
            f'<span class="count"><small>{base}</small></span></li>')


def _parts(rows: pd.DataFrame, language: str) -> Iterator[str]:
    for n, base, colour in zip(rows["n"], rows["base"], _colours(len(rows)), strict=True):
        share = n / base if base else 0
        told = number(n, language) if share >= NARROWEST else ""
        yield (f'<i style="width:{100 * share:.2f}%;background:{colour};'
               f'color:{ink_on(colour)}">{told}</i>')
