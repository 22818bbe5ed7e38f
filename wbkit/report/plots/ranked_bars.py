"""Rankings as bars: how often each option came first, and how often near it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wbkit.labels import SMALLEST_BASE, label
from wbkit.messages import number
from wbkit.report.plots.alt_text import opening
from wbkit.report.plots.bar_rows import check_drawn, chosen_rows, names_of
from wbkit.report.plots.page import MARGIN, Page, Plan, open_page
from wbkit.report.plots.style import SMALL, paper, text_height, text_width, wrap
from wbkit.report.style import COUNT, SOFT, STRENGTH, ink_on
from wbkit.table.count_layouts import place_words
from wbkit.table.statements.survey import Ranked
from wbkit.table.words import Worded

FIRST, NEAR = COUNT, STRENGTH[1]  # one hue: the first place, and those behind it
THICK, BETWEEN, BEFORE_HEAD, UNDER_HEAD = 0.2, 0.09, 0.08, 0.05
WIDEST_NAMES = 0.38  # of the page
BESIDE, PAD = 0.08, 0.04
BELOW = 0.33
COLUMN = 0.75  # inches for the mean places
HEADING = 0.3  # inches above them


@dataclass(frozen=True)
class RankedSketch:
    """Everything inside the frame of the chart; places in inches from its top.

    ``rows`` has a row for each option: y, name, first, near, words, mean.
    """

    rows: pd.DataFrame
    heads: tuple[tuple[float, str], ...]
    height: float
    left: float


def ranked_page(
    table: Worded, values: Sequence[str] | None, notes: Sequence[str], *, shares: bool
) -> tuple[Page, str]:
    """Draw a ranking, a bar for each option; give the page and what it shows in words."""
    check_drawn(table)
    found = _sorted(table, values)
    shares = shares and bool((found["base"] >= SMALLEST_BASE).any())
    sketch = _sketch(table, _measured(found, table, shares=shares))
    key = f"ranked_bars_{'shares' if shares else 'counts'}"
    behind = table.heading("top" if "top" in found else "n")
    lines = [*notes, label(key, table.language, behind=behind)]
    page = open_page(Plan(table, sketch.height, sketch.left, MARGIN + COLUMN, below=BELOW,
                          legend=_legend(table, found), notes=lines))
    _scale(page, sketch, table, found, shares=shares)
    _draw(page, sketch, table)
    return page, _in_words(table, found)


def _sorted(table: Worded, values: Sequence[str] | None) -> pd.DataFrame:
    """Put what came first most often on top, in one order for all groups; hidden ones last."""
    frame = chosen_rows(table, values)
    counts = [one for one in ("n", "top") if one in frame]
    order = frame.groupby("value", sort=False)[counts].sum(min_count=1).sort_values(
        counts, ascending=False, na_position="last", kind="stable")
    place = {value: at for at, value in enumerate(order.index)}
    groups = frame[table.dimensions[0]] if table.dimensions else pd.Series("", index=frame.index)
    block = {one: at for at, one in enumerate(dict.fromkeys(groups))}
    ranks = pd.DataFrame({"block": groups.map(block).astype(int),
                          "value": frame["value"].map(place).astype(int)})
    return frame.assign(block=groups).loc[ranks.sort_values(["block", "value"]).index]


def _measured(found: pd.DataFrame, table: Worded, *, shares: bool) -> pd.DataFrame:
    """Give each option the lengths of its bar, and the words behind it."""
    language, near = table.language, "top" in found
    columns = ("share", "share_top") if shares else ("n", "top")
    first, top = (100 ** shares * found.get(one, pd.Series(float("nan"), index=found.index))
                  for one in columns)
    drawn = first.notna() & ((found["base"] >= SMALLEST_BASE) | (not shares))
    first = first.where(drawn, 0.0)
    words = [_behind(row, table, drawn=bool(here), near=near)
             for here, (_, row) in zip(drawn, found.iterrows(), strict=True)]
    means = [place_words(row, "mean", language) for _, row in found.iterrows()]
    return found.assign(
        name=names_of(table, found, ["value"]), first=first,
        near=(top - first).where(drawn, 0.0).fillna(0.0), words=words, mean_words=means)


def _behind(row: pd.Series, table: Worded, *, drawn: bool, near: bool) -> str:
    """Return the words behind a bar: how often near the first; without a bar all that is known."""
    words = {one: place_words(row, one, table.language) for one in ("n", *["top"] * near)}
    if drawn or len(set(words.values())) == 1:
        return list(words.values())[-1]
    return "; ".join(f"{table.heading(one)}: {word}" for one, word in words.items())


def _sketch(table: Worded, rows: pd.DataFrame) -> RankedSketch:
    """Give every bar its place, from the top down."""
    room = min(max(map(text_width, rows["name"])), WIDEST_NAMES * paper().width)
    heads, places, names, y = [], {}, {}, HEADING
    for block, part in rows.groupby("block", sort=False):
        if block:
            head = wrap(_head(table, block, part["base"].iloc[0]),
                        paper().width - 2 * MARGIN - COLUMN, weight="bold")
            y += BEFORE_HEAD if heads else 0.0
            heads.append((y + text_height(head) / 2, head))
            y += text_height(head) + UNDER_HEAD
        for at, name in part["name"].items():
            names[at] = wrap(name, room)
            height = max(text_height(names[at]), THICK)
            places[at] = y + height / 2
            y += height + BETWEEN
    rows = rows.assign(y=pd.Series(places), name=pd.Series(names))
    return RankedSketch(rows, tuple(heads), y, MARGIN + room + BESIDE)


def _head(table: Worded, block: str, base: float) -> str:
    words = table.words(table.dimensions[0], block)
    return words if pd.isna(base) else label(
        "with_n", table.language, words=words, n=number(base, table.language))


def _legend(table: Worded, found: pd.DataFrame) -> list[tuple[str, str]]:
    top = table.contents.found(Ranked)[0].top
    near = [(label(f"places_near_{top}", table.language), NEAR)] if "top" in found else []
    return [(table.heading("n"), FIRST), *near]


def _scale(
    page: Page, sketch: RankedSketch, table: Worded, found: pd.DataFrame, *, shares: bool
) -> None:
    """Make the axis so long that the words behind the longest bar fit on the page."""
    room = page.axes.get_position().width * paper().width
    lengths = sketch.rows["first"] + sketch.rows["near"]
    taken = (sketch.rows["words"].map(text_width) + 2 * BESIDE) / room
    longest = (lengths / (1 - taken.clip(upper=0.9))).max()
    page.axes.set_xlim(0, longest if longest > 0 else 1)
    page.axes.set_xticks([])
    bases = found["base"].dropna().unique()
    key = ("axis_share_groups" if table.dimensions else "axis_share_n") if shares else "axis_n"
    base = number(bases[0], table.language) if len(bases) else ""
    page.axes.set_xlabel(label(key, table.language, base=base, units=table.units[1]),
                         fontsize=SMALL, color=SOFT, loc="left", labelpad=3, visible=True)


def _draw(page: Page, sketch: RankedSketch, table: Worded) -> None:
    axes, rows = page.axes, sketch.rows
    scale = axes.get_position().width * paper().width / axes.get_xlim()[1]
    for _, part in rows.groupby("block", sort=False):
        ends = part["y"].min() - 0.65 * THICK, part["y"].max() + 0.65 * THICK
        axes.vlines(0, *ends, color=SOFT, linewidth=0.8, zorder=3)
    for _, row in rows.iterrows():
        left = 0.0
        for length, colour in ((row["first"], FIRST), (row["near"], NEAR)):
            axes.barh(row["y"], length, left=left, height=THICK, color=colour, edgecolor="white",
                      linewidth=0.5)
            inside = number(length, table.language)
            if length > 0 and text_width(inside, SMALL) + 2 * PAD <= length * scale:
                page.write(sketch.left + (left + length / 2) * scale, row["y"], inside,
                           size=SMALL, ha="center", color=ink_on(colour))
            left += length
        page.write(sketch.left + left * scale + BESIDE, row["y"], row["words"], size=SMALL)
        page.write(MARGIN, row["y"], row["name"])
        page.write(paper().width - MARGIN, row["y"], row["mean_words"], ha="right")
    heading = wrap(table.heading("mean"), COLUMN, SMALL)
    page.write(paper().width - MARGIN, text_height(heading, SMALL) / 2, heading, size=SMALL,
               color=SOFT, ha="right")
    for y, head in sketch.heads:
        page.write(MARGIN, y, head, fontweight="bold")


def _in_words(table: Worded, found: pd.DataFrame) -> str:
    """State the data of the chart."""
    language, parts = table.language, [opening("bar_chart", table)]
    columns = [one for one in ("n", "top", "mean") if one in found]
    for block, part in found.groupby("block", sort=False):
        options = []
        for name, (_, row) in zip(names_of(table, part, ["value"]), part.iterrows(), strict=True):
            numbers = "; ".join(f"{table.heading(one)}: {_spoken(row, one, language)}"
                                for one in columns)
            options.append(f"{name} ({numbers})")
        start = f"{table.words(table.dimensions[0], block)}: " if block else ""
        base = part["base"].iloc[0]
        known = "" if pd.isna(base) else label(
            "alt_base", language, base=number(base, language), units=table.units[int(base != 1)])
        parts.append(f"{start}{', '.join(options)}. {known}".strip())
    return " ".join(parts)


def _spoken(row: pd.Series, column: str, language: str) -> str:
    words = place_words(row, column, language)
    return label("not_shown", language) if words == label("state_hidden", language) else words
