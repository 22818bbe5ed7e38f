"""The parts of an infographic that are rows and columns: answers, teams, tasks, moments."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from wbkit.report.infographics.blocks import Content, Made, bar_cell, headed
from wbkit.report.infographics.sheets import Block, SourceColumn, TeamRow
from wbkit.report.infographics.teams import Team, many, said, teams_of
from wbkit.study.item import OTHER
from wbkit.table.render import Shown

FRONT = 2  # so many first places stand out
Head = dict[str, str]


def _grid(block: Block, made: Made, heads: Sequence[Head], widths: Sequence[float],
          groups: Sequence[Content], **more: Any) -> Content:
    """Return rows under heads; the first width is that of the names of the rows."""
    return headed(block, made, "rows", **{
        "heads": list(heads), "widths": list(widths), "groups": list(groups),
        "steps": block.steps, "note": made.words(block.note), "group-width": 24, "middle": True,
        "marks": False, "pad": 1.7, **more})


def _row(words: str, cells: Sequence[Content], *, sub: str = "", on: bool = False) -> Content:
    return {"label": words, "cells": list(cells), "sub": sub, "on": on}


def _head(words: str, sub: str = "") -> Head:
    return {"words": words, "sub": sub}


# Answers beside each other for several sources


def compare(block: Block, made: Made) -> Content:
    """Answers below each other, a column for each source, each in its own unit."""
    tables = {one.table: made.table(one.table) for one in block.columns}
    first = tables[block.columns[0].table]
    values = [value for group in block.groups.values() for value in group] \
        or _values(first)
    groups = block.groups or {"": tuple(values)}
    columns = [_column(one, tables[one.table], values, made) for one in block.columns]
    made_groups = []
    for name, members in groups.items():
        placed = sorted(members, key=lambda value: -_size(first, value))
        made_groups.append({"name": name, "rows": [_row(
            _value_words(first, value, block, made), [column[value] for column in columns],
            on=bool(columns[0][value].get("on"))) for value in placed]})
    heads = [_head(made.words(one.head), made.words(one.sub)) for one in block.columns]
    return _grid(block, made, heads, [1.3, *(one.width for one in block.columns)], made_groups)


def _values(table: Shown) -> list[str]:
    """Return the answers of a Table by size; "something else" last, what nobody chose left out."""
    column = "theme" if table.kind == "joint" else "value"
    rows = table.data.drop_duplicates(column)
    found = [str(value) for value in rows[column] if str(value)]
    return sorted(found, key=lambda value: (value == OTHER, -_size(table, value)))


def _size(table: Shown, value: str) -> float:
    column = "theme" if table.kind == "joint" else "value"
    rows = table.data[table.data[column].astype(str) == value]
    if "n" in rows:
        return 0 if rows.empty or pd.isna(rows["n"].iloc[0]) else float(rows["n"].iloc[0])
    return float((rows["state"] == "shown").sum())


def _value_words(table: Shown, value: str, block: Block, made: Made) -> str:
    if value in block.labels:
        return made.words(block.labels[value])
    column = "theme" if table.kind == "joint" else "value"
    rows = table.data[table.data[column].astype(str) == value]
    item = rows["item"].iloc[0] if len(rows) and "item" in rows else None
    return table.words(column, value, item=item)


def _column(
    column: SourceColumn, table: Shown, values: Sequence[str], made: Made
) -> dict[str, Content]:
    if column.form == "bar":
        sizes = (_size(table, value) for value in values if value != OTHER)
        counts = sorted(sizes, reverse=True)
        least = counts[min(FRONT, len(counts)) - 1] if counts else 0
        return {value: bar_cell(table.data, value, made, least) for value in values}
    if column.form == "teams":
        most = max((_size(table, value) for value in values), default=0)
        return {value: _pips(table, value, most, made) for value in values}
    if column.form == "count":
        return {value: _counted(table, value, made) for value in values}
    rows = table.data[table.data["source"] == column.source].set_index("theme")
    return {value: _named(rows, value, made) for value in values}


def _counted(table: Shown, value: str, made: Made) -> Content:
    n = int(_size(table, value))
    most = max(_size(table, one) for one in _values(table))
    return _dots(n, on=n == most > 1, made=made)


def _pips(table: Shown, value: str, most: float, made: Made) -> Content:
    """Return a round for each team, filled for those that gave this answer."""
    on = _size(table, value) == most > 1
    pips, named = [], []
    for team in made.teams(table):
        yes = value in said(table, team)
        named += [team.name] if yes else []
        pips.append({"letter": team.letter, "on": on, "name": team.name,
                     "state": "absent" if team.absent else "yes" if yes else "no"})
    alt = made.say("named_by", teams=", ".join(named)) if named else made.say("named_by_none")
    return {"pips": pips, "n": str(len(named)), "on": on, "alt": alt}


def _named(rows: pd.DataFrame, value: str, made: Made) -> Content:
    if value not in rows.index or rows.loc[value, "state"] != "shown":
        return {"words": made.say("not_asked"), "quiet": True}
    named = rows.loc[value, "n"] > 0
    return {"words": made.say("yes" if named else "no"), "quiet": not named}


def key(block: Block, made: Made) -> Content | None:
    """Return what each round stands for, where a part draws rounds; None where it does not."""
    column = next((one for one in block.columns if one.form == "teams"), None)
    if column is None:
        return None
    teams = [{"letter": team.letter, "on": False, "state": "absent" if team.absent else "yes",
              "name": made.say("absent", team=team.name) if team.absent else team.name}
             for team in made.teams(made.table(column.table))]
    return {"form": "key", "heading": "", "sub": "", "width": 1, "teams": teams}


# Teams


def _team_head(team: Team, made: Made) -> Head:
    if team.absent:
        return _head(team.name, made.say("left_out"))
    people = made.say("people", n=made.number(team.people)) if team.people else ""
    return _head(team.name, people)


def teams(block: Block, made: Made) -> Content:
    """What each team answered to each item, as words in colour."""
    table = made.table(block.table)
    found = made.teams(table)
    items = [one for one in dict.fromkeys(table.data["item"].astype(str))
             if not block.items or one in block.items]
    names = {item: made.words(block.labels[item]) if item in block.labels
             else table.names.title_of(item, short=True) for item in items}
    cells = {(item, team.key): _badge(table, item, team, made, block)
             for item in items for team in found}
    heads = [_team_head(team, made) for team in found]
    if block.turned:
        rows = [_row(head["words"], [cells[item, team.key] for item in items], sub=head["sub"])
                for head, team in zip(heads, found, strict=True)]
        heads = [_head(names[item]) for item in items]
    else:
        rows = [_row(names[item], [cells[item, team.key] for team in found]) for item in items]
    return _grid(block, made, heads, [1.5, *(1.0 for __ in heads)], [{"name": "", "rows": rows}],
                 pad=1.0)


def _badge(table: Shown, item: str, team: Team, made: Made, by: Block | TeamRow) -> Content:
    """Return the answer of a team, in the colour of how far it is from the best one."""
    if team.absent:
        return {"badge": "–", "tone": "plain"}
    answers = said(table, team, item)
    if not answers:
        return {"badge": made.say("no_answer"), "tone": "plain"}
    words = ", ".join(table.words("value", one, item=item) for one in answers)
    tone = "marked" if answers[0] in by.mark else _tone(table, item, answers[0], by.good)
    return {"badge": words, "tone": tone}


def _tone(table: Shown, item: str, answer: str, good: str) -> str:
    """Return ``good`` for the best answer, ``bad`` for the one at the other end of the scale."""
    known = table.names.item(item)
    order = list(known.values) if known and known.kind == "ordinal" else []
    if good not in order or answer not in order:
        return "calm"
    other = order[-1] if good == order[0] else order[0]
    return "good" if answer == good else "bad" if answer == other else "half"


def team_columns(block: Block, made: Made) -> Content:
    """One column for each team, in a fixed order; a missing team keeps its place."""
    found = made.teams(made.table(block.rows[0].table))
    rows = []
    for at, row in enumerate(block.rows):
        table = made.table(row.table)
        cells = [_absent(at, made) if team.absent else _team_cell(row, table, team, made)
                 for team in found]
        rows.append(_row(made.words(row.head), cells, sub=made.words(row.sub), on=True))
    heads = [_team_head(team, made) for team in found]
    return _grid(block, made, heads, [1.15, *(0.7 if team.absent else 1.6 for team in found)],
                 [{"name": "", "rows": rows}], middle=False, pad=2.6)


def _absent(at: int, made: Made) -> Content:
    return {"absent": made.say("empty_means") if at == 0 else "–"}


def _team_cell(row: TeamRow, table: Shown, team: Team, made: Made) -> Content:
    if row.form == "quotes":
        return {"lines": _quotes(table, team), "numbered": False}
    if row.form == "badge" and row.column:
        return _noted(row, table, team)
    if row.form == "badge":
        return _badge(table, str(table.data["item"].iloc[0]), team, made, row)
    words = [table.words("value", one["value"], item=one["item"])
             for __, one in _rows_of(table, team).iterrows()]
    if row.form == "ranked":
        return {"lines": words, "numbered": True}
    return {"words": ", ".join(words)}


def _noted(row: TeamRow, table: Shown, team: Team) -> Content:
    """Return what stands beside the words of a team in a list."""
    answers = [str(one) for one in _rows_of(table, team)[row.column]]
    if not answers:
        return {"badge": "–", "tone": "plain"}
    return {"badge": table.words(row.column, answers[0]),
            "tone": _tone(table, row.column, answers[0], row.good)}


def _rows_of(table: Shown, team: Team) -> pd.DataFrame:
    rows = table.data[table.data[table.dimensions[0]].astype(str) == team.key]
    return rows[rows["state"] == "shown"] if "state" in rows else rows


def _quotes(table: Shown, team: Team) -> list[str]:
    return [str(one) for one in _rows_of(table, team)["quote"] if str(one)]


# How many teams


def spread(block: Block, made: Made) -> Content:
    """How many teams gave each answer to each item: a dot is a team."""
    table = made.table(block.table)
    items, values = _items(table), _answers(table)
    names = [table.names.title_of(item, short=True) for item in items]
    rows = [_row(table.words("value", value, item=items[0]),
                 [_dots(many(table, item, value), value in block.mark, made) for item in items],
                 on=value in block.mark) for value in values]
    return _grid(block, made, [_head(one) for one in names], [1.5, *(1.0 for __ in names)],
                 [{"name": "", "rows": rows}], pad=1.0, marks=True)


def _items(table: Shown) -> list[str]:
    return list(dict.fromkeys(table.data["item"].astype(str)))


def _answers(table: Shown) -> list[str]:
    """Return the answers that some team gave, in the order of study.toml."""
    given = set(table.data.loc[table.data["state"] == "shown", "value"].astype(str))
    known = table.names.item(_items(table)[0])
    order = list(known.categories) if known else []
    return [*(one for one in order if one in given), *sorted(given - set(order))]


def _dots(n: int, on: bool, made: Made) -> Content:
    return {"dots": made.number(n), "many": n, "on": on}


def pair(block: Block, made: Made) -> Content:
    """Who does each task, now above and ideally below: a dot is a team."""
    now, ideal = made.table(block.table), made.table(block.ideal)
    pairs = list(zip(_items(now), _items(ideal), strict=True))
    values = list(dict.fromkeys([*_answers(now), *_answers(ideal)]))
    known = now.names.item(pairs[0][0])
    order = list(known.categories) if known else values
    values = sorted(values, key=lambda value: order.index(value) if value in order else len(order))
    rows = []
    for first, second in pairs:
        counts = [(many(now, first, value), many(ideal, second, value)) for value in values]
        rows.append(_row(now.names.title_of(first, short=True), [
            {"now": one, "ideal": other, "now-words": made.say("now", n=one),
             "ideal-words": made.say("ideal", n=other)} for one, other in counts]))
    heads = [_head(now.words("value", value, item=pairs[0][0])) for value in values]
    return _grid(block, made, heads, [1.5, *(1.0 for __ in heads)],
                 [{"name": "", "rows": rows}], pad=1.3)


# How many conversations


def voices(block: Block, made: Made) -> Content:
    """In how many conversations people spoke of something: all, most, some, one."""
    table = made.table(block.table)
    rows = table.data
    for column, value in block.where.items():
        rows = rows[rows[column].astype(str) == value]
    rows = rows[rows["n"] > 0].sort_values("n", ascending=False, kind="stable").head(block.most)
    lines = [_row(table.words("code", code), [
        _dots(int(n), on=False, made=made), {"words": _how_many(n, base, made)}])
        for code, n, base in zip(rows["code"], rows["n"], rows["base"], strict=True)]
    return _grid(block, made, [_head(made.say("voices")), _head("")], [1.6, 1.3, 1.4],
                 [{"name": "", "rows": lines}], pad=1.2)


def _how_many(n: float, base: float, made: Made) -> str:
    key = "all" if n == base else "most" if n > base / 2 else "one" if n == 1 else "some"
    return made.say(key, n=made.number(n), base=made.number(base))


def roster(table: Shown) -> list[str]:
    """Return the ids of the teams that took part."""
    return [team.key for team in teams_of(table) if not team.absent]
