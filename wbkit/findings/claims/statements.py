"""What Tables state: each count, share and mean, with the words by which a sentence names it."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from wbkit.findings.claims.words import NOT, TAKERS, load_lexicon, tokens
from wbkit.study.item import NO, NO_ANSWER, OTHER, YES
from wbkit.table.render import Shown

COUNTED = ("frequency", "ranking", "coverage", "trend", "estimate", "matrix", "crosstab")
CONDITION = re.compile(r" – (?!naar )(.+)$")
BY = re.compile(r" – naar .+$")
SIDE_BY_SIDE = re.compile(r": \d+ vragen naast elkaar")
BEHIND = "behind"
SHARES = {"coverage": "coverage"}
BASES = {"coverage": "population", "estimate": "n"}


@dataclass(frozen=True)
class Statement:
    """One number of a Table, or the sum of several answers, and its words.

    Parameters
    ----------
    table
        The name of the Table.
    kind
        The kind of the Table.
    item, values
        Which question, and which answers are added up.
    group
        Column and id of each group.
    names
        The words of the row, as a cell is told.
    about, asked, said, grouped, condition
        Stems of the subject, of the question alone, of the answers, of each group, and of the part
        that is looked at.
    unit
        What is counted.
    n, base, share, mean
        The numbers; absent ones are NaN.
    default
        Whether a sentence that names no answer means this one.
    ranks
        Whether it has a place among the others: "something else" and "none" have not.
    """

    table: str
    kind: str
    item: str
    values: tuple[str, ...]
    group: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    about: tuple[str, ...]
    asked: tuple[str, ...]
    said: tuple[str, ...]
    grouped: tuple[tuple[str, ...], ...]
    condition: tuple[str, ...]
    unit: str
    n: float = math.nan
    base: float = math.nan
    share: float = math.nan
    mean: float = math.nan
    default: bool = False
    ranks: bool = True

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All stems by which it can be named."""
        return (*self.about, *self.said, *self.condition,
                *(one for group in self.grouped for one in group))

    @property
    def cell(self) -> str:
        """The address in words, without the column."""
        return " & ".join(dict.fromkeys(filter(None, self.names)))

    @property
    def absent(self) -> bool:
        """Whether the number was not delivered."""
        return math.isnan(self.n) and math.isnan(self.mean)


def statements(tables: Mapping[str, Shown]) -> list[Statement]:
    """Return what Tables state of this study.

    Figures that others published state nothing here, nor do hits of key words and weighted
    shares; made-up data state nothing beside real ones. A Table without a source, as one of
    recommendations, is of neither: it does not silence made-up data.
    """
    used = {name: shown for name, shown in tables.items() if shown.kind in COUNTED
            and not _weighted(shown.data) and not _hits(shown) and not _published(shown)}
    real = {name: shown for name, shown in used.items()
            if shown.sources and not shown.synthetic}
    return [one for name, shown in (real or used).items() for one in _of_table(name, shown)]


def _weighted(data: pd.DataFrame) -> bool:
    return "share_raw" in data and bool(data["share_raw"].notna().any())


def _hits(shown: Shown) -> bool:
    return "zoekwoord" in f"{shown.title} {shown.base}".casefold()


def _published(shown: Shown) -> bool:
    """Whether it counts a list that others published, not the units of this study."""
    return any(one.kind == "list" and one.public for one in shown.sources)


def _of_table(name: str, shown: Shown) -> list[Statement]:
    rows = [_of_row(name, shown, row) for row in shown.data.to_dict("records")]
    rows = [one for one in rows if one is not None]
    by_item: dict[tuple, list[Statement]] = {}
    for one in rows:
        by_item.setdefault((one.item, one.group, one.unit), []).append(one)
    found = [one for same in by_item.values() for one in _with_sums(same, shown)]
    return [*found, *_of_takers(found, shown)] if shown.kind == "coverage" else found


def _of_takers(rows: list[Statement], shown: Shown) -> list[Statement]:
    """Return what a Table of coverage states of those who took part, instead of everyone."""
    everyone = next((one.n for one in rows if one.item == "total"), math.nan)
    shares = dict(zip(zip(shown.data["margin"], shown.data["value"], strict=True),
                      shown.data["share"], strict=True))
    return [replace(one, kind="takers", item=f"{one.item} {TAKERS}", base=everyone,
                    condition=(TAKERS,), share=float(shares[one.item, one.values[0]]))
            for one in rows if one.item != "total"]


def _of_row(name: str, shown: Shown, row: dict) -> Statement | None:
    item = str(row.get("item", row.get("margin", "")))
    value = "" if "value" not in row or row["value"] is None else str(row["value"])
    if value in (NO_ANSWER, BEHIND):  # people behind a joint answer are no observations
        return None
    dims = [one for one in shown.dimensions if one in row]
    told = shown.words("value", row["value"], item=item) if value else ""
    groups = [(one, str(row[one])) for one in dims]
    spoken = [_group_words(shown, one, str(row[one])) for one in dims]
    condition = CONDITION.search(shown.title)
    kind = shown.kind
    numbers = {key: _number(row, column) for key, column in (
        ("n", "n"), ("base", BASES.get(kind, "base")), ("share", SHARES.get(kind, "share")),
        ("mean", "estimate"))}
    return Statement(
        name, kind, item, (value,) if value else (), tuple(groups),
        (*(_row_words(shown, one, str(row[one])) for one in dims), told or value),
        tuple(tokens(_subject(shown, item))), tuple(tokens(" ".join(_question(shown, item)))),
        tuple(tokens(told)),
        tuple(tuple(tokens(one)) for one in spoken),
        tuple(tokens(condition[1])) if condition else (), _unit(shown, row),
        **numbers, default=not value or (item == value == "total"))


def _number(row: dict, column: str) -> float:
    value = row.get(column)
    return math.nan if value is None or pd.isna(value) else float(value)


def _unit(shown: Shown, row: dict) -> str:
    return str(row.get("unit") or (shown.sources[0].unit if shown.sources else ""))


def _row_words(shown: Shown, column: str, key: str) -> str:
    return shown.words(column, key)


def _group_words(shown: Shown, column: str, key: str) -> str:
    """Return the words of a group; of yes and no those of the question."""
    words = shown.words(column, key)
    if key in (YES, NO):
        return f"{shown.heading(column)}{' niet' if key == NO else ''}"
    return f"{words} {shown.heading(column)}" if words.isdigit() else words


def _subject(shown: Shown, item: str) -> str:
    """Return the words that say what a row is about."""
    title = SIDE_BY_SIDE.sub("", BY.sub("", CONDITION.sub("", shown.title)))
    groups = [shown.heading(one) for one in shown.dimensions]
    about = load_lexicon()["about"].get(shown.kind, "")
    return " ".join([*_question(shown, item), *groups, title, about])


def _question(shown: Shown, item: str) -> list[str]:
    own = [shown.words("item", item), shown.short(item)] if item and shown.names.item(item) else []
    return [*own, item.replace("_", " ")]


def _with_sums(rows: list[Statement], shown: Shown) -> list[Statement]:
    """Add what is told as one: agreement, disagreement, every yes, and numbers up to another."""
    first = rows[0]
    item = shown.names.item(first.item)
    if item is not None:
        rest = {OTHER, *item.exclusive}
        rows = [replace(one, ranks=not rest.intersection(one.values)) for one in rows]
    if first.kind != "frequency" or item is None or len(rows) < 2 or item.kind == "multiple":
        return rows
    sums = []
    if item.agree:
        sums.append(_sum([one for one in rows if one.values[0] in item.agree], default=True))
        against = [one for one in rows if "oneens" in one.values[0]]
        sums += [_sum(against, said=tuple(tokens("oneens")))] if against else []
        return [*rows, *filter(None, sums)]
    yes = [one for one in rows if _answer(one) == YES]
    if yes:
        rows = [replace(one, default=True, said=(NOT, "nee")) if one.values == (NO,) else one
                for one in rows if not (one in yes and len(yes) == 1)]
        sums.append(_sum(yes, default=True))
    return [*rows, *filter(None, sums)]


def _answer(one: Statement) -> str:
    return one.values[0].split(",")[0]


def _sum(rows: list[Statement], *, default: bool = False,
         said: tuple[str, ...] | None = None) -> Statement | None:
    if not rows:
        return None
    n, first = sum(one.n for one in rows), rows[0]
    words = said if said is not None else \
        first.said if len(rows) == 1 else tuple(tokens("eens")) if default else ()
    groups = [one.names[:-1] for one in rows]
    names = " + ".join(" & ".join([*group, one.names[-1]])
                       for group, one in zip(groups, rows, strict=True))
    return replace(first, values=tuple(one.values[0] for one in rows), names=(names,),
                   said=words, n=n, share=n / first.base if first.base else math.nan,
                   default=default)


def summed(rows: Iterable[Statement], keep: set[str]) -> Statement | None:
    """Add up the answers of one question that a sentence asks for together."""
    return _sum([one for one in rows if len(one.values) == 1 and one.values[0] in keep], said=())
