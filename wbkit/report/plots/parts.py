"""A whole and its parts: bars divided among answers, and the pyramid of support."""

from collections.abc import Mapping, Sequence
from typing import Unpack

import pandas as pd
from matplotlib.patches import Polygon

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label
from wbkit.messages import _, listing, number
from wbkit.report.plots.alt_text import opening
from wbkit.report.plots.bar_rows import names_of
from wbkit.report.plots.headings import Finding, most_agreed, most_often
from wbkit.report.plots.page import MARGIN, Look, Page, Plan, between, draws_table, open_page
from wbkit.report.plots.style import CM, SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import COUNT, INK, PAPER, REST, RULE, SOFT, STRENGTH, TRACK, ink_on
from wbkit.table.count_layouts import SHOWN, STATES, whole_percentage
from wbkit.table.table import Figure, Table
from wbkit.table.words import Worded

THICK, BETWEEN, WIDEST_NAMES, GAP_NAMES = 0.3, 0.1, 0.36, 0.12
PAD, MOST_PARTS = 0.05, 6
COLOURS = {2: (COUNT, STRENGTH[0]), 3: (COUNT, STRENGTH[0], PAPER), 4: STRENGTH[::-1]}
Together = Sequence[tuple[str | Mapping[str, str], Sequence[str]]]
LAYER, STEP, ROUND, MOST_ROUNDS = 0.42, 0.15, 0.06, 5
BROAD, SMALL_TOP = 4.6 * CM, 1.4 * CM  # widths of the pyramid at its foot and its top


@draws_table
def plot_parts(
    table: Table, *, together: Together = (), **look: Unpack[Look]
) -> Figure:
    """Draw each whole as one bar, divided among its answers.

    Of two items against each other there is one bar of four parts: who agrees with both, with
    one of them, with neither. A slope between two questions would read as a change; this does not.

    Parameters
    ----------
    table
        A frequency Table of items with one answer for each unit, or a crosstab of two items of
        opinion with shares of the total.
    together
        Answers of a frequency Table that are added up: pairs of your words (or words by language,
        ``{"nl": …, "en": …}``) and the answers. In this order, the first is darkest. What is in
        none of them is drawn by itself, behind them.
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
        If the Table is of another kind, one unit can have several of the answers, anything of it
        is hidden, `together` names an answer that it lacks, or there are more than six parts.
    """
    shown = table.show(look.get("language"))
    parts, notes = _parts(shown, together)
    finding = _finding(shown, parts)
    page = _parts_page(shown, parts, notes, finding)
    return page.figure(table, " ".join([_in_words(shown, parts), *notes]),
                       ("plot_parts", *(one for __, some in together for one in some)))


def _parts(table: Worded, together: Together) -> tuple[pd.DataFrame, list[str]]:
    """Return row, part, n and base of each part, and what has to be said of them."""
    if table.kind not in ("frequency", "crosstab") or not table.adds_up \
            or table.data["state"].isin(STATES).any() or table.data.empty:
        raise DataError(_(
            "{title}: plot_parts draws wholes of which every answer is shown and each unit gave "
            "one. Use plot_bars.",
            title=table.title))
    if table.kind == "crosstab":
        return _four_parts(table)
    parts = _added_up(table, [(_words(table, words), some) for words, some in together])
    if parts["part"].nunique() > MOST_PARTS:
        raise DataError(_(
            "{title}: there are {n} parts, and plot_parts draws at most {most}. Add some up "
            "(together=…), or use plot_bars.",
            title=table.title, n=parts["part"].nunique(), most=MOST_PARTS))
    return parts, []


def _words(table: Worded, words: str | Mapping[str, str]) -> str:
    return words if isinstance(words, str) else words[table.language]


def _added_up(table: Worded, together: Sequence[tuple[str, Sequence[str]]]) -> pd.DataFrame:
    data = table.data
    where = {value: words for words, values in together for value in values}
    strange = [one for one in where if one not in set(data["value"])]
    if strange:
        raise DataError(_(
            "{title}: together={value!r} is not one of the answers of this Table ({known}). Use "
            "one of these.",
            title=table.title, value=strange[0], known=", ".join(dict.fromkeys(data["value"]))))
    keys = [one for one in ("item", *table.dimensions) if data[one].nunique() > 1] or ["item"]
    named = data.assign(row=names_of(table, data, keys), part=[
        where.get(row["value"]) or table.words("value", row["value"], item=row["item"])
        for _, row in data.iterrows()])
    order = dict.fromkeys([*(words for words, __ in together), *named["part"]])
    sums = named.groupby(["row", "part"], sort=False).agg(
        n=("n", "sum"), base=("base", "first")).reset_index()
    place = sums.assign(row_at=pd.factorize(sums["row"])[0],
                        part_at=[list(order).index(one) for one in sums["part"]])
    first = place[place["part_at"] == 0].set_index("row")
    share = (first["n"] / first["base"]).to_dict()
    return place.assign(size=[-share.get(one, 0.0) for one in place["row"]]).sort_values(
        ["size", "row_at", "part_at"], kind="stable").reset_index(drop=True)


def _four_parts(table: Worded) -> tuple[pd.DataFrame, list[str]]:
    """Divide two opinions in four: agrees with both, the first, the second, neither."""
    data, (down, across) = table.data, table.dimensions[:2]
    if data["base"].nunique() != 1:
        raise DataError(_(
            "{title}: plot_parts needs shares of the total. Make it with crosstab(…, "
            "share=\"total\").",
            title=table.title))
    yes = {name: _agreeing(table, name) for name in (down, across)}
    both, first, last = (data[down].isin(yes[down]) & data[across].isin(yes[across]),
                         data[down].isin(yes[down]) & ~data[across].isin(yes[across]),
                         ~data[down].isin(yes[down]) & data[across].isin(yes[across]))
    words = [label("parts_both", table.language),
             *(label("parts_only", table.language, item=table.short(name))
               for name in (down, across)), label("parts_neither", table.language)]
    which = [both, first, last, ~(both | first | last)]
    parts = pd.DataFrame({"row": "", "part": words, "n": [data.loc[one, "n"].sum()
                                                         for one in which],
                          "base": data["base"].iloc[0]})
    answers = dict.fromkeys(table.words(name, one) for name, some in yes.items() for one in some)
    said = listing([f"‘{one}’" for one in answers], table.language, last="or")
    return parts, [label("parts_note", table.language, answers=said)]


def _agreeing(table: Worded, name: str) -> list[str]:
    """Return the answers that agree: as the item says, or those behind its middle."""
    item, values = table.names.item(name), list(dict.fromkeys(table.data[name]))
    if item and item.agree:
        return list(item.agree)
    middle = values.index(item.neutral) + 1 if item and item.neutral in values \
        else (len(values) + 1) // 2
    return values[middle:]


def _finding(table: Worded, parts: pd.DataFrame) -> Finding:
    """Name the largest of the parts; of several bars where the first part is largest."""
    if table.kind == "frequency" and table.dimensions:
        return Finding()
    if parts["row"].nunique() == 1:
        whole = parts.assign(row_words=parts["part"], share=parts["n"] / parts["base"], state=SHOWN,
                             low=float("nan"), high=float("nan"), rest=False)
        return most_often(table, whole)
    first = parts[parts["part"] == parts["part"].iloc[0]]
    rows = [(row["row"], row["n"], row["base"]) for _, row in first.iterrows()]
    return most_agreed(table, rows, [parts["part"].iloc[0]])


def _parts_page(
    table: Worded, parts: pd.DataFrame, notes: Sequence[str], finding: Finding
) -> Page:
    above, rows = paper().above, list(dict.fromkeys(parts["row"]))
    room = paper().width - 2 * MARGIN if above else min(
        max(map(text_width, rows)), WIDEST_NAMES * paper().width)
    names = [wrap(row, room) if row else "" for row in rows]
    left = MARGIN if above or not any(rows) else MARGIN + room + GAP_NAMES
    right = max(text_width(_n(table, base), SMALL) for base in parts["base"]) + GAP_NAMES + MARGIN
    heights = [text_height(name) * bool(name) + THICK if above else max(
        text_height(name) * bool(name), THICK) for name in names]
    order = list(dict.fromkeys(parts["part"]))
    colours = dict(zip(order, _colours(len(order)), strict=True))
    page = open_page(Plan(
        table, sum(heights) + between(BETWEEN) * len(rows), left, right, notes=notes,
        legend=list(colours.items()), finding=finding.words))
    page.axes.set_xlim(0, 1)
    page.axes.set_xticks([])
    y = 0.0
    for row, name, height in zip(rows, names, heights, strict=True):
        middle = y + height - THICK / 2 if above else y + height / 2
        page.write(MARGIN, y + text_height(name) / 2 if above else middle, name)
        _draw_whole(page, table, parts[parts["row"] == row], (middle, left, right), colours)
        y += height + between(BETWEEN)
    return page


def _colours(n: int) -> Sequence[str]:
    return COLOURS.get(n) or (*STRENGTH[::-1], PAPER, REST)[:n]


def _n(table: Worded, base: float) -> str:
    return label("n_equals", table.language, n=number(base, table.language))


def _draw_whole(
    page: Page, table: Worded, parts: pd.DataFrame, places: tuple[float, float, float],
    colours: Mapping[str, str],
) -> None:
    middle, left, right = places
    room, start = page.width - left - right, 0.0
    for __, part in parts.iterrows():
        share = part["n"] / part["base"] if part["base"] else 0.0
        colour = colours[part["part"]]
        page.axes.barh(middle, share, left=start, height=THICK, color=colour, linewidth=0.6,
                       edgecolor=RULE if colour == PAPER else PAPER)
        for words in _inside(table, part):
            if text_width(words, SMALL, weight="bold") + 2 * PAD <= share * room:
                page.write(left + (start + share / 2) * room, middle, words, size=SMALL,
                           ha="center", color=ink_on(colour))
                break
        start += share
    page.write(page.width - MARGIN, middle, _n(table, parts["base"].iloc[0]), size=SMALL,
               ha="right", color=SOFT)


def _inside(table: Worded, part: pd.Series) -> list[str]:
    """Return the words of a part, the longest first."""
    n = number(part["n"], table.language)
    if part["base"] < SMALLEST_BASE:
        return [n]
    share = whole_percentage(part["n"] / part["base"], part["base"], table.language)
    return [f"{n} ({share})", n]


def _in_words(table: Worded, parts: pd.DataFrame) -> str:
    said = [opening("parts_chart", table)]
    for row, part in parts.groupby("row", sort=False):
        counts = ", ".join(f"{one['part']} {_inside(table, one)[0]}" for _, one in part.iterrows())
        said.append(f"{row}: {counts}." if row else f"{counts}.")
    return " ".join(said)


@draws_table
def plot_pyramid(table: Table, **look: Unpack[Look]) -> Figure:
    """Draw the layers of support as a pyramid: what is there for everyone at its foot.

    Parameters
    ----------
    table
        A frequency Table of one item by layers, of which the first is the foot; or of the layers
        themselves.
    look
        ``language``: ``nl`` or ``en``; that of the study when left out. ``title``: ``finding``,
        what the Table shows, where it shows something, or ``question``. ``size``: ``a4``,
        ``slide`` or ``phone``.

    Returns
    -------
    Figure
        A pyramid of which each layer has its number, beside it what the item says of that layer,
        a round for each unit where there are few; the Table, and words that state the data.

    Raises
    ------
    DataError
        If the Table is of another kind, of several items, or by more than one group.
    """
    shown = table.show(look.get("language"))
    if shown.kind != "frequency" or len(shown.dimensions) > 1 or shown.data.empty \
            or shown.data["item"].nunique() > 1:
        raise DataError(_(
            "{title}: plot_pyramid draws the frequency of one item by the layers of the pyramid. "
            "Use frequency(responses, item, by=…).",
            title=shown.title))
    page = _pyramid_page(shown)
    return page.figure(table, _pyramid_in_words(shown), ("plot_pyramid",))


def _layers(table: Worded) -> dict[str, tuple[str, str, pd.DataFrame]]:
    """Return name, number and rows of each layer, from top to foot."""
    data, column = table.data, table.dimensions[0] if table.dimensions else "value"
    item, found = data["item"].iloc[0], {}
    for key in reversed(list(dict.fromkeys(data[column]))):
        rows = data[data[column] == key]
        n = rows["base"].iloc[0] if table.dimensions else rows["n"].iloc[0]
        words = label("state_hidden", table.language) if pd.isna(n) else number(n, table.language)
        found[key] = (table.words(column, key, item=item), words, rows)
    return found


def _pyramid_page(table: Worded) -> Page:
    layers = _layers(table)
    broad = min(BROAD, 0.34 * paper().width)
    names = max(text_width(words) for words, _, _ in layers.values())
    names = min(names, 0.26 * paper().width)
    left = MARGIN + names + GAP_NAMES
    columns = list(dict.fromkeys(table.data["value"])) if table.dimensions \
        and not paper().above else []
    item = table.data["item"].iloc[0]
    start = left + broad + 0.15
    wide = (paper().width - start - MARGIN) / max(len(columns), 1)
    heads = [wrap(table.words("value", one, item=item), wide - PAD, SMALL) for one in columns]
    top = max((text_height(head, SMALL) for head in heads), default=0.0) + PAD * bool(heads)
    said = {key: wrap(_counts(table, rows), wide, SMALL)
            for key, (__, __, rows) in layers.items() if table.dimensions and not columns}
    high = max([LAYER, *(text_height(words, SMALL) + PAD for words in said.values()),
                *(text_height(wrap(words, names)) + PAD for words, *__ in layers.values())])
    page = open_page(Plan(table, top + high * len(layers), MARGIN, MARGIN))
    page.axes.set_xlim(MARGIN, page.width - MARGIN)
    page.axes.set_xticks([])
    for place, head in enumerate(heads):
        page.write(start + (place + 0.5) * wide, top - PAD - text_height(head, SMALL) / 2, head,
                   size=SMALL, ha="center", fontweight="bold")
    for place, (key, (words, n, rows)) in enumerate(layers.items()):
        middle = top + (place + 0.5) * high
        _draw_layer(page, (left + broad / 2, middle, high), place / len(layers),
                    1 / len(layers), broad)
        page.write(MARGIN, middle, wrap(words, names))
        page.write(left + broad / 2, middle, n, ha="center", fontweight="bold")
        page.write(start, middle, said.get(key, ""), size=SMALL)
        for at, (__, row) in enumerate(rows.iterrows() if columns else ()):
            _draw_count(page, table, row, (start + (at + 0.5) * wide, middle), wide)
    return page


def _counts(table: Worded, rows: pd.DataFrame) -> str:
    """Write what is in a layer, for a page too narrow for columns."""
    said = [f"{table.words('value', row['value'], item=row['item'])}\N{NO-BREAK SPACE}"
            + (label(f"state_{row['state']}", table.language) if row["state"] in STATES
               else number(row["n"], table.language))
            for _, row in rows.iterrows() if row["state"] in STATES or row["n"]]
    return ", ".join(said)


def _draw_layer(
    page: Page, place: tuple[float, float, float], begin: float, part: float, broad: float
) -> None:
    """Draw one slice, wider towards the foot, with a thin line of paper above it."""
    middle, y, high = place[0], place[1] - place[2] / 2, place[2]
    narrow = min(SMALL_TOP, broad / 3)
    top, foot = (narrow + (broad - narrow) * at for at in (begin, begin + part))
    page.axes.add_patch(Polygon(
        [(middle - top / 2, y + 0.02), (middle + top / 2, y + 0.02), (middle + foot / 2, y + high),
         (middle - foot / 2, y + high)], facecolor=STRENGTH[0], edgecolor="none"))
    page.axes.hlines(y + high, middle + foot / 2, page.width - MARGIN, color=TRACK, linewidth=0.8,
                     zorder=0)


def _draw_count(
    page: Page, table: Worded, row: pd.Series, place: tuple[float, float], wide: float
) -> None:
    """Draw a round for each unit where they are few, and else the number."""
    x, y = place
    if row["state"] in STATES:
        page.write(x, y, label(f"state_{row['state']}", table.language), size=SMALL, ha="center",
                   color=SOFT)
    elif 0 < row["n"] <= MOST_ROUNDS and STEP * row["n"] <= wide - PAD:
        for at in range(int(row["n"])):
            page.round(x + (at - (row["n"] - 1) / 2) * STEP, y, ROUND, facecolor=COUNT,
                       edgecolor="none")
    else:
        page.write(x, y, number(row["n"], table.language), size=SMALL, ha="center",
                   color=INK if row["n"] else SOFT)


def _pyramid_in_words(table: Worded) -> str:
    said = [opening("pyramid_chart", table)]
    item = table.data["item"].iloc[0]
    for words, n, rows in reversed(list(_layers(table).values())):
        counts = [f"{table.words('value', row['value'], item=item)} "
                  + (label("not_shown", table.language) if row["state"] in STATES
                     else number(row["n"], table.language)) for _, row in rows.iterrows()]
        said.append(f"{words}: {n} ({', '.join(counts)})." if table.dimensions
                    else f"{words}: {n}.")
    return " ".join(said)
