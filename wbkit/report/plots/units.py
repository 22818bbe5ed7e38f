"""Few units, each of them visible: teams as rounds with their letter, and pairs as dumbbells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.messages import _, listing, number
from wbkit.report.plots.alt_text import opening
from wbkit.report.plots.headings import Finding, most_often
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, between, draws_table, open_page
from wbkit.report.plots.style import SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import COUNT, INK, PAPER, REST, RULE, SOFT
from wbkit.study.item import OTHER
from wbkit.table.count_layouts import SHOWN, STATES
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

WIDEST_NAMES, NARROWEST_NAMES, GAP_NAMES, BETWEEN = 0.38, 0.24, 0.14, 0.07
RADIUS, LINE, BESIDE = 0.095, 0.25, 0.12
MOST_UNITS = 12
DOT = 0.075


@dataclass(frozen=True)
class Answered:
    """Who gave which answer: rows by key, units in their order, and those that took part."""

    rows: dict[str, str]
    units: dict[str, str]
    given: frozenset[tuple[str, str]]
    there: tuple[str, ...]
    rest: tuple[str, ...] = ()


@draws_table
def plot_units(table: Table, *, value: str | None = None, **look: Unpack[Look]) -> Figure:
    """Draw joint answers as rounds: a row for each answer, a round for each team.

    A round with a team's letter is filled where the team gave the answer; teams keep their order,
    and one that did not take part is dotted. Answers stand by how many teams gave them.

    Parameters
    ----------
    table
        A Table of `team_answers`: of one item with its answers as rows; or of several items.
    value
        With several items: the answer that is drawn, each item in a row.
    look
        ``language``: ``nl`` or ``en``; that of the study when left out. ``title``: ``finding``,
        what the Table shows, where it shows something, or ``question``. ``size``: ``a4``,
        ``slide`` or ``phone``.

    Returns
    -------
    Figure
        The picture, the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, has more than twelve teams, or has several items and no
        `value`.
    """
    shown = table.show(look.get("language"))
    answered = _answered(shown, value)
    page = _units_page(shown, answered)
    return page.figure(table, _units_in_words(shown, answered),
                       ("plot_units", *filter(None, [value])))


def _answered(table: Worded, value: str | None) -> Answered:
    """Read who gave which answer, most often given first, and the rest last."""
    if table.kind != "answers" or table.data.empty:
        raise DataError(_(
            "{title}: plot_units draws the joint answers of teams, and this is a {kind} Table. "
            "Make one with team_answers(…).",
            title=table.title, kind=table.kind))
    data, group = table.data, table.dimensions[-1]
    units = {key: table.words(group, key) for key in dict.fromkeys(data[group])}
    items = list(dict.fromkeys(data["item"]))
    if len(units) > MOST_UNITS or (len(items) > 1 and value is None):
        raise DataError(_(
            "{title}: plot_units draws one item, or one answer to several (value=…), of at most "
            "{most} teams; here are {items} items and {units} teams.",
            title=table.title, most=MOST_UNITS, items=len(items), units=len(units)))
    shown = data[data["state"] == SHOWN]
    there = tuple(key for key in units if key in set(shown[group]))
    if len(items) > 1:
        rows = {name: table.words("item", name) for name in items}
        given = {(row["item"], row[group]) for _, row in shown.iterrows() if row["value"] == value}
        return _by_size(Answered(rows, units, frozenset(given), there))
    rows = {key: table.words("value", key, item=items[0]) for key in _options(table, items[0])}
    given = {(row["value"], row[group]) for _, row in shown.iterrows()}
    item = table.names.item(items[0])
    rest = {OTHER, item.other if item else OTHER, *(item.exclusive if item else ())}
    return _by_size(Answered(rows, units, frozenset(given), there, tuple(rest & set(rows))))


def _options(table: Worded, name: str) -> list[str]:
    """Return every answer of an item, also one that nobody gave."""
    item = table.names.item(name)
    own = item.values if item and isinstance(item.values, tuple) else ()
    found = [one for one in dict.fromkeys(table.data["value"]) if one]
    return [*own, *(one for one in found if one not in own)]


def _by_size(answered: Answered) -> Answered:
    order = sorted(answered.rows, key=lambda key: (
        key in answered.rest, -sum(row == key for row, _ in answered.given)))
    return Answered({key: answered.rows[key] for key in order}, answered.units, answered.given,
                    answered.there, answered.rest)


def _units_page(table: Worded, answered: Answered) -> Page:
    """Draw the rounds on a page."""
    above = paper().above
    right = text_width(_of(table, answered, len(answered.there)), SMALL) + BESIDE + MARGIN
    room = paper().width - 2 * MARGIN if above else _room_of_names(answered, right)
    left = MARGIN if above else MARGIN + room + GAP_NAMES
    step = (paper().width - left - right) / len(answered.units)
    heads = [wrap(words, step - BETWEEN, SMALL) for words in answered.units.values()]
    names = {key: wrap(words, room) for key, words in answered.rows.items()}
    y = max(text_height(head, SMALL) for head in heads) + 0.06
    plan = Plan(table, y + sum(_row_height(name, above) for name in names.values()), left, right,
                notes=_missing(table, answered), finding=_tally(table, answered).words)
    page = open_page(plan)
    page.axes.set_xticks([])
    for place, (key, head) in enumerate(zip(answered.units, heads, strict=True)):
        page.write(left + (place + 0.5) * step, y - 0.06 - text_height(head, SMALL) / 2, head,
                   size=SMALL, ha="center", color=INK if key in answered.there else SOFT)
    for key, name in names.items():
        high = _row_height(name, above)
        middle = y + (high - between(LINE / 2) if above else high / 2)
        page.write(MARGIN, y + text_height(name) / 2 if above else middle, name,
                   color=SOFT if key in answered.rest else INK)
        _draw_row(page, answered, key, (left, middle, step))
        n = sum(row == key for row, _ in answered.given)
        page.write(page.width - right + BESIDE, middle, _of(table, answered, n), size=SMALL,
                   fontweight="bold")
        y += high
    return page


def _room_of_names(answered: Answered, right: float) -> float:
    """Return the width of the names: no more than leaves the words of each team whole."""
    words = [word for unit in answered.units.values() for word in unit.split()]
    heads = len(answered.units) * (max(text_width(one, SMALL) for one in words) + BETWEEN)
    rest = paper().width - MARGIN - GAP_NAMES - right - heads
    return min(max(map(text_width, answered.rows.values())), WIDEST_NAMES * paper().width,
               max(rest, NARROWEST_NAMES * paper().width))


def _of(table: Worded, answered: Answered, n: int) -> str:
    return label("n_of_base", table.language, n=n, base=len(answered.there))


def _row_height(name: str, above: bool) -> float:
    return text_height(name) + between(LINE) if above else max(text_height(name) + BETWEEN, LINE)


def _draw_row(
    page: Page, answered: Answered, key: str, places: tuple[float, float, float]
) -> None:
    left, y, step = places
    for place, (unit, letter) in enumerate(zip(answered.units, _letters(answered), strict=True)):
        x, given = left + (place + 0.5) * step, (key, unit) in answered.given
        there = unit in answered.there
        page.round(x, y, RADIUS, facecolor=COUNT if given else PAPER, linewidth=0.9,
                   edgecolor=COUNT if given else REST, linestyle="-" if there else ":")
        if there:
            page.write(x, y, letter, size=SMALL, ha="center", color=PAPER if given else SOFT,
                       fontweight="bold" if given else "normal")


def _letters(answered: Answered) -> list[str]:
    """Return the first letter of each team, or its number where two begin alike."""
    first = [words[:1].upper() for words in answered.units.values()]
    return first if len(set(first)) == len(first) else [
        str(place) for place in range(1, len(first) + 1)]


def _missing(table: Worded, answered: Answered) -> list[str]:
    gone = [words for key, words in answered.units.items() if key not in answered.there]
    return [label("units_missing", table.language, names=listing(gone, table.language))] \
        if gone else []


def _tally(table: Worded, answered: Answered) -> Finding:
    """Say what most teams answered."""
    counts = [float(sum(row == key for row, _ in answered.given)) for key in answered.rows]
    base = float(len(answered.there))
    return most_often(table, pd.DataFrame({
        "row_words": list(answered.rows.values()), "n": counts, "base": base,
        "share": [n / base if base else float("nan") for n in counts], "low": float("nan"),
        "high": float("nan"), "state": SHOWN,
        "rest": [key in answered.rest for key in answered.rows]}))


def _units_in_words(table: Worded, answered: Answered) -> str:
    """State who gave each answer, and who did not take part."""
    language, parts = table.language, [opening("units_chart", table)]
    for key, words in answered.rows.items():
        who = [name for unit, name in answered.units.items() if (key, unit) in answered.given]
        n = _of(table, answered, len(who))
        parts.append(f"{words}: {n} ({listing(who, language)})." if who else f"{words}: {n}.")
    return " ".join([*parts, *_missing(table, answered)])


@draws_table
def plot_dumbbell(
    table: Table, *, pairs: Sequence[tuple[str, str]], value: str, **look: Unpack[Look]
) -> Figure:
    """Draw two answers of the same units beside each other: now and ideal, as they say it.

    Parameters
    ----------
    table
        A frequency Table of the items of all pairs, without groups; all with one base.
    pairs
        Two items each: how it is, and how it should be.
    value
        The answer that is counted.
    look
        ``language``: ``nl`` or ``en``; that of the study when left out. ``title``: ``finding``,
        what the Table shows, where it shows something, or ``question``. ``size``: ``a4``,
        ``slide`` or ``phone``.

    Returns
    -------
    Figure
        The picture, the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind or by groups, lacks one of the items or the value, or its
        items have several bases.
    """
    shown = table.show(look.get("language"))
    rows = _pairs(shown, pairs, value)
    page = _pairs_page(shown, rows, value)
    first, last = _ends(shown, rows)
    said = [label("pair_words", shown.language, name=row["name"], first=first, last=last,
                  before=number(row["before"], shown.language),
                  after=number(row["after"], shown.language)) for _, row in rows.iterrows()]
    return page.figure(table, " ".join([opening("pairs_chart", shown), *said]),
                       ("plot_dumbbell", value, *(one for pair in pairs for one in pair)))


def _pairs(table: Worded, pairs: Sequence[tuple[str, str]], value: str) -> pd.DataFrame:
    """Return name, before and after of each pair."""
    data = table.data
    chosen = data[data["value"] == value] if table.kind == "frequency" else data.head(0)
    lost = [one for pair in pairs for one in pair if one not in set(chosen.get("item", ()))]
    if lost or not pairs or table.dimensions or chosen["base"].nunique(dropna=False) != 1:
        raise DataError(_(
            "{title}: plot_dumbbell draws the answer {value!r} to pairs of items that stand "
            "together in one frequency Table with one base, without groups. Not found: {lost}.",
            title=table.title, value=value, lost=", ".join(lost) or _("none")))
    by_item = chosen.set_index("item")
    hidden = [by_item.loc[list(pair), "state"].isin(STATES).any() for pair in pairs]
    first, last = [one for one, __ in pairs], [one for __, one in pairs]
    return pd.DataFrame({
        "first": first, "last": last, "name": [table.short(one) for one in first],
        "before": by_item.loc[first, "n"].to_numpy(),
        "after": by_item.loc[last, "n"].to_numpy(),
        "base": by_item["base"].iloc[0], "hidden": hidden})


def _ends(table: Worded, rows: pd.DataFrame) -> tuple[str, str]:
    """Return what both ends are: the themes of their items."""
    said = []
    for column in ("first", "last"):
        item = table.names.item(rows[column].iloc[0])
        theme = table.names.source.setting.themes.get(item.theme or "") if item else None
        said.append(theme.text(table.language) if theme else table.short(rows[column].iloc[0]))
    return said[0], said[1]


def _pairs_page(table: Worded, rows: pd.DataFrame, value: str) -> Page:
    above, language = paper().above, table.language
    first, last = _ends(table, rows)
    room = paper().width - 2 * MARGIN if above else min(
        max(map(text_width, rows["name"])), WIDEST_NAMES * paper().width)
    names = [wrap(name, room) for name in rows["name"]]
    left = (MARGIN if above else MARGIN + room + GAP_NAMES) + DOT
    words = [_from_to(row, language) for __, row in rows.iterrows()]
    right = max(text_width(one, SMALL) for one in words) + BESIDE + MARGIN + DOT
    changed = int((rows["before"] != rows["after"]).sum())
    answer = table.words("value", value, item=rows["first"].iloc[0])
    finding = "" if rows["hidden"].any() else label(
        "finding_pairs", language, value=f"{answer[:1].upper()}{answer[1:]}",
        k=changed, m=len(rows), first=first, last=last, units=table.units[1])
    page = open_page(Plan(
        table, sum(_row_height(name, above) for name in names), left, right, below=0.34,
        legend=[(first, REST), (last, COUNT)], finding=finding))
    _draw_pairs(page, rows, list(zip(names, words, strict=True)), (left, right))
    base = number(rows["base"].iloc[0], language)
    page.axes.set_xlabel(label("axis_n", language, units=table.units[1]), fontsize=SMALL,
                         color=SOFT, loc="left", labelpad=3)
    page.axes.set_xticks(_ticks(rows["base"].iloc[0]))
    page.axes.set_xticklabels([*(number(one, language) for one in page.axes.get_xticks()[:-1]),
                               base])
    return page


def _from_to(row: pd.Series, language: str) -> str:
    before, after = (number(row[one], language) for one in ("before", "after"))
    return before if before == after else label("pair_from_to", language, low=before, high=after)


def _ticks(base: float) -> list[float]:
    return [float(one) for one in range(int(base) + 1)] if base <= MOST_UNITS else [
        0.0, base / 2, base]


def _draw_pairs(
    page: Page, rows: pd.DataFrame, said: Sequence[tuple[str, str]], ends: tuple[float, float]
) -> None:
    left, right = ends
    above, y = paper().above, 0.0
    page.axes.set_xlim(0, rows["base"].iloc[0])
    per_unit = (page.width - left - right) / rows["base"].iloc[0]
    for (__, row), (name, words) in zip(rows.iterrows(), said, strict=True):
        high = _row_height(name, above)
        middle = y + (high - between(LINE / 2) if above else high / 2)
        page.write(MARGIN, y + text_height(name) / 2 if above else middle, name)
        page.axes.hlines(middle, 0, row["base"], color=RULE, linewidth=0.6, zorder=0)
        if not row["hidden"]:
            page.axes.hlines(middle, row["before"], row["after"], color=COUNT, linewidth=2.2,
                             zorder=1)
            for at, face, edge, size in ((row["before"], PAPER, REST, DOT * 1.15),
                                         (row["after"], COUNT, COUNT, DOT * 0.8)):
                page.round(left + at * per_unit, middle, size, facecolor=face, edgecolor=edge,
                           linewidth=1.6)
            page.write(page.width - right + DOT + BESIDE, middle, words, size=SMALL)
        y += high
