"""The parts of an infographic as values for its template: words and numbers out of Tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wbkit.errors import DataError
from wbkit.findings.slots import Filler
from wbkit.labels import label, percentage
from wbkit.messages import _, number
from wbkit.report.infographics.sheets import INFOGRAPHICS, Block
from wbkit.report.infographics.teams import Team, teams_of
from wbkit.report.style import OPINION, STRENGTH, ink_on
from wbkit.study.item import OTHER, Item
from wbkit.table.count_layouts import STATES
from wbkit.table.render import Shown
from wbkit.table.table import Table

Content = dict[str, Any]
NARROWEST = 0.06  # a part of a bar that is smaller has no room for its number
QUOTED, SHORTEST = "quote", 20  # letters; less than that tells nothing


@dataclass(frozen=True)
class Made:
    """What the parts of one page are made from.

    Parameters
    ----------
    name
        The name of the sheet, for messages.
    tables
        All Tables of the run, by name.
    language
        ``nl`` or ``en``.
    team
        The id of the team whose page it is; empty for a page of all.
    """

    name: str
    tables: Mapping[str, Table]
    language: str
    team: str = ""

    @property
    def place(self) -> str:
        """Where the sheet stands, for messages."""
        return f"{INFOGRAPHICS}, {self.name}"

    def table(self, name: str) -> Shown:
        """Return a Table in words; refuses one that was not saved."""
        if name not in self.tables:
            raise DataError(_(
                "{place}: needs the Table {table}, and no notebook saved it. Save it with "
                "save(…, {table!r}), or take its part out of the page.",
                place=self.place, table=name))
        return self.tables[name].show(self.language)

    def words(self, text: Any) -> str:
        """Return words of people with their slots filled, and the name of the team."""
        written = text.text(self.language) or ""
        return Filler(self.tables, self.language, self.place).fill(
            written.replace("{team}", self.team))

    def say(self, key: str, **values: object) -> str:
        """Return words of the label table."""
        return label(f"graphic_{key}", self.language, **values)

    def number(self, n: float) -> str:
        """Write a number."""
        return number(n, self.language)

    def teams(self, table: Shown) -> list[Team]:
        """Return the teams of a Table; on the page of one team only that one."""
        found = teams_of(table)
        return [one for one in found if one.key == self.team] if self.team else found


def headed(block: Block, made: Made, form: str, **more: Any) -> Content:
    """Return a part with its heading."""
    return {"form": form, "heading": made.words(block.heading), "sub": made.words(block.sub),
            "width": block.part, **more}


def text(block: Block, made: Made) -> Content:
    """Words of people, one paragraph a line."""
    return headed(block, made, "text", lines=[made.words(one) for one in block.lines])


def ask(block: Block, made: Made) -> Content:
    """Questions to talk about, or boxes to tick."""
    return headed(block, made, "ask", ticks=block.form == "boxes",
                  lines=[made.words(one) for one in block.lines])


# Words of people


def quotes(block: Block, made: Made) -> Content:
    """Quotations of one voice, each in a box of its own."""
    table = made.table(block.table)
    rows = table.data
    for column, value in block.where.items():
        rows = rows[rows[column].astype(str) == value]
    if made.team and table.dimensions:
        rows = rows[rows[table.dimensions[0]].astype(str) == made.team]
    letters = rows[QUOTED].astype(str).str.len()
    rows = rows[letters.between(SHORTEST, block.longest)].head(block.most)
    found = [{"who": _voice(block, made, table, row), "words": str(row[QUOTED])}
             for __, row in rows.iterrows()]
    return headed(block, made, "quotes", across=block.across, quotes=found)


def _voice(block: Block, made: Made, table: Shown, row: pd.Series) -> str:
    written = block.voice.text(made.language) or ""
    for column in table.data.columns:
        if f"{{{column}}}" in written:
            written = written.replace(f"{{{column}}}", table.words(column, row[column]))
    return written


# Bars


def stacks(block: Block, made: Made) -> Content:
    """One bar for each item, divided over its answers."""
    table = made.table(block.table)
    rows = list(_of_items(block, table))
    values = list(rows[0][1]["value"])
    words = [table.words("value", one, item=rows[0][1]["item"].iloc[0]) for one in values]
    colours = scale_of(len(values))
    return headed(block, made, "stacks", **{
        "legend": [{"words": one, "colour": colour}
                   for one, colour in zip(words, colours, strict=True)],
        "label-width": 9,
        "rows": [_stack(item, part, words, block, made, table) for item, part in rows]})


def scale_of(length: int) -> list[str]:
    """Return colours from little to much, or from against to in favour; all of one if many."""
    if length == len(OPINION):
        return list(OPINION)
    steps = len(STRENGTH) - 1
    return [STRENGTH[round(place * steps / max(length - 1, 1))] for place in range(length)]


def _of_items(block: Block, table: Shown) -> list[tuple[str, pd.DataFrame]]:
    found = [(str(item), rows) for item, rows in table.data.groupby("item", sort=False)]
    return [pair for pair in found if not block.items or pair[0] in block.items]


def _stack(item: str, rows: pd.DataFrame, words: list[str], block: Block, made: Made,
           table: Shown) -> Content:
    colours = scale_of(len(rows))
    hidden = rows["state"].isin(STATES).any() or not rows["base"].iloc[0] > 0
    parts = [] if hidden else [
        {"share": n / base, "colour": colour, "ink": ink_on(colour),
         "words": made.number(n) if n / base >= NARROWEST else ""}
        for n, base, colour in zip(rows["n"], rows["base"], colours, strict=True)]
    told = ", ".join(f"{one} {made.number(n)}" for one, n in zip(words, rows["n"], strict=True))
    return {"label": _item_words(item, block, made, table), "parts": parts,
            "alt": made.say("hidden") if hidden else told,
            "base": made.say("of", base=made.number(rows["base"].iloc[0]))}


def _item_words(item: str, block: Block, made: Made, table: Shown) -> str:
    return made.words(block.labels[item]) if item in block.labels else table.words("item", item)


def people(block: Block, made: Made) -> Content:
    """Ten people for each item, of whom the part that agrees is coloured."""
    table = made.table(block.table)
    found = []
    for item, rows in _of_items(block, table):
        known = table.names.item(item)
        agreed = rows[rows["value"].isin(_agreeing(known, rows))]
        if agreed["state"].isin(STATES).any():
            continue
        n, base = agreed["n"].sum(), rows["base"].iloc[0]
        found.append({
            "label": _item_words(item, block, made, table), "on": item in block.mark,
            "share": n / base if base else 0, "n": made.number(n),
            "base": made.say("of", base=made.number(base)),
            "alt": made.say("agreed", n=made.number(n), base=made.number(base))})
    return headed(block, made, "people", rows=found)


def _agreeing(item: Item | None, rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the answers that agree; the last one where people did not say which."""
    return item.agree if item and item.agree else (str(rows["value"].iloc[-1]),)


def bar_cell(rows: pd.DataFrame, value: str, made: Made, least: float) -> Content:
    """Return the bar of one answer; `least` is the smallest count that stands out."""
    row = rows[rows["value"] == value]
    if row.empty or row["state"].iloc[0] in STATES:
        return {"words": made.say("hidden") if len(row) else made.say("not_asked"), "quiet": True}
    n, base, share = (row[name].iloc[0] for name in ("n", "base", "share"))
    return {"share": n / base if base else 0, "n": made.number(n), "on": bool(n >= max(least, 1)),
            "percent": percentage(share, base, made.language), "quiet": value == OTHER}

