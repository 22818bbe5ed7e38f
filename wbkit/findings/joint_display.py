"""The same themes in several sources, side by side and never added up."""

from collections.abc import Mapping, Sequence

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import label
from wbkit.messages import LANGUAGES, _, counted, number
from wbkit.study.item import OTHER
from wbkit.study.source import Source
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.count_layouts import HIDDEN, NOT_ASKED
from wbkit.table.facts import (
    Bases,
    Counted,
    Fact,
    JointBase,
    MissingUnits,
    Overlapping,
    Part,
    Subject,
    Ticks,
)
from wbkit.table.render import Shown
from wbkit.table.table import Table

KINDS = ("frequency", "matrix")
COLUMNS = ["theme", "source", "unit", "item", "value", "n", "base", "state"]
Themes = Mapping[str, str | Sequence[str]]


def joint_display(tables: Sequence[Table], *, theme: str | Themes) -> Table:
    """Set themes beside each other for several sources, each with its own unit and base.

    Counts of different units are never added, and shares are not compared.

    Parameters
    ----------
    tables
        Frequency Tables without groups, or matrix Tables of codes; at least two columns together.
    theme
        The name of what the values of all Tables are about (``"hulpvragen"``): each value is a
        theme, apart from "something else", which differs by source. Or theme = the values that
        stand for it, where sources use other words; a value can be written as ``item:value``
        when a Table holds several items. The id of a theme, value or item is printed in words.

    Returns
    -------
    Table
        One row for each theme and source.

        - ``theme``, ``source``: ids; the source of a second item is ``source: item``, and that of
          a part of the units ``source: item: condition``
        - ``unit``: what is counted; ``item``, ``value``: where the count comes from
        - ``n``: units with the theme; ``base``: units of that source that were asked and answered
        - ``state``: ``shown``, ``hidden``, or ``not_asked`` where a source was not asked about it

    Raises
    ------
    DataError
        If there are fewer than two columns, a Table has groups or another kind, real data stand
        beside made-up data, a theme is in no Table, or has two counts in one of them.
    """
    tables = list(tables)
    _check(tables)
    columns = [column for table in tables for column in _columns(table)]
    names = _names(columns)
    themes = _themes(columns, theme)
    rows = [_row(key, values, name, column, table) for key, values in themes.items()
            for name, (table, column) in zip(names, columns, strict=True)]
    data = pd.DataFrame(rows, columns=COLUMNS).astype({"n": float, "base": float})
    _check_themes(data)
    sources = {source.name: source for table in tables for source in table.data_sets}
    subject = Subject("joint" if isinstance(theme, str) else "joint_themes",
                      (theme,) if isinstance(theme, str) else ())
    facts = (subject, *_units(sources), JointBase(tuple(sources)),
             *(_bases(table) for table in tables), *_missing(sources))
    spoken = _vocabularies(tables, columns, names, list(themes),
                           grouped=not isinstance(theme, str))
    return Table(data, "joint", ("theme", "source"), facts, (*sources.values(), *spoken))


def _units(sources: Mapping[str, Source]) -> list[Fact]:
    """State that counts of different units are counts of units in general."""
    return [Counted("unit"), Overlapping()] if len({one.unit for one in sources.values()}) > 1 \
        else [Overlapping()]


def _missing(sources: Mapping[str, Source]) -> list[Fact]:
    return [MissingUnits()] if any(one.missing_units for one in sources.values()) else []


def _bases(table: Table) -> Bases:
    """State the base and the notes of one Table; what holds for all of them is said once."""
    own = tuple(one for one in table.facts
                if one.place in ("base", "notes", "title", "units")
                and not isinstance(one, MissingUnits | Ticks))
    return Bases(tuple(one.name for one in table.data_sets), table.kind, own)


def _check(tables: Sequence[Table]) -> None:
    for table in tables:
        if table.kind not in KINDS:
            raise DataError(_(
                "{title}: this is a {kind} Table; a joint display takes frequency Tables without "
                "groups and matrix Tables. Make one of these.",
                title=table.show().title, kind=table.kind))
        if table.kind == "frequency" and table.dimensions:
            raise DataError(_(
                "{title}: this is divided into groups; a joint display takes frequency Tables "
                "without groups and matrix Tables. Leave by out.",
                title=table.show().title))
    if not tables or sum(len(_columns(table)) for table in tables) < 2:
        raise DataError(_(
            "A joint display sets sources beside each other; it was given {tables}. Give at "
            "least two.",
            tables=counted(len(tables), "Table", "Tables")))
    made_up = {source.synthetic for table in tables for source in table.data_sets}
    if len(made_up) > 1:
        raise DataError(_(
            "Real and made-up (synthetic) data may not stand beside each other, so that nobody "
            "takes one for proof of the other. Make two displays."))


def _columns(table: Table) -> list[tuple[Table, pd.DataFrame]]:
    """Return what becomes one column each: a Table of counts, or each row of a matrix."""
    if table.kind == "frequency":
        return [(table, table.data)]
    return [(table, part) for _, part in table.data.groupby("row", sort=False)]


def _names(columns: Sequence[tuple[Table, pd.DataFrame]]) -> list[str]:
    """Return an id for each column: its source, with the item where that occurs twice."""
    own = [part["row"].iloc[0] if "row" in part else table.data_sets[0].name
           for table, part in columns]
    names = [name if own.count(name) == 1 else f"{name}: {part['item'].iloc[0]}"
             for name, (_, part) in zip(own, columns, strict=True)]
    names = [name if names.count(name) == 1 else name + _looked_at(table)
             for name, (table, _) in zip(names, columns, strict=True)]
    double = [name for name in names if names.count(name) > 1]
    if double:
        raise DataError(_("{name} is given twice. Give each Table once.", name=double[0]))
    return names


def _looked_at(table: Table) -> str:
    """Return the ids of the part that a Table looks at, empty for everyone."""
    parts = "; ".join(f"{one.item}={'|'.join(one.values)}" for one in table.found(Part))
    return f": {parts}" if parts else ""


def _themes(
    columns: Sequence[tuple[Table, pd.DataFrame]], theme: str | Themes
) -> dict[str, list[str]]:
    if isinstance(theme, str):
        return {value: [value] for _, part in columns for value in part["value"]
                if value != OTHER}
    return {key: [values] if isinstance(values, str) else list(values)
            for key, values in theme.items()}


def _row(
    key: str, values: Sequence[str], name: str, part: pd.DataFrame, table: Table
) -> tuple:
    """Find the one count of a theme in a column."""
    named = part["item"] + ":" + part["value"]
    found = part[part["value"].isin(values) | named.isin(values)]
    if len(found) > 1:
        raise DataError(_(
            "{title}: {theme!r} has {n} counts ({values}). Units can have several, so counts "
            "cannot be added. Make a derived item with any_of, or name one value.",
            title=table.show().title, theme=key, n=len(found), values=", ".join(found["value"])))
    unit = part["unit"].iloc[0] if "unit" in part else table.data_sets[0].unit
    if found.empty:
        return (key, name, unit, "", "", None, None, NOT_ASKED)
    one = found.iloc[0]
    return (key, name, unit, one["item"], one["value"], one["n"], one["base"], one["state"])


def _check_themes(data: pd.DataFrame) -> None:
    for key, part in data.groupby("theme", sort=False):
        if (part["state"] == NOT_ASKED).all():
            raise DataError(_(
                "The theme {theme!r} stands in none of the Tables. Name values as they stand in "
                "the column value of the Tables.",
                theme=key))


def _vocabularies(
    tables: Sequence[Table], columns: Sequence[tuple[Table, pd.DataFrame]], names: Sequence[str],
    themes: Sequence[str], *, grouped: bool,
) -> list[Vocabulary]:
    """Take over the words that the Tables have for values, themes and sources."""
    spoken = {language: _spoken(tables, columns, names, themes, language, grouped=grouped)
              for language in LANGUAGES}
    return [Vocabulary(column=column, words={one: spoken[one][column] for one in LANGUAGES})
            for column in ("theme", "source", "head", "value")]


def _spoken(
    tables: Sequence[Table], columns: Sequence[tuple[Table, pd.DataFrame]], names: Sequence[str],
    themes: Sequence[str], language: str, *, grouped: bool,
) -> dict[str, dict[str, str]]:
    shown = {id(table): table.show(language) for table in tables}
    values = {row.value: shown[id(table)].words("value", row.value, item=row.item)
              for table, part in reversed(columns) for row in reversed([*part.itertuples()])}
    known = {key: words.text(language) for table in tables for source in table.data_sets
             for key, words in source.setting.themes.items()} if grouped else {}
    items = {key: item.words(language, short=True) for table in reversed(tables)
             for source in table.data_sets for key, item in source.items.items()} \
        if grouped else {}
    pairs = [(name, shown[id(table)], part)
             for name, (table, part) in zip(names, columns, strict=True)]
    heads = {name: _head(one, part) for name, one, part in pairs}
    return {
        "theme": {key: values.get(key, known.get(key, items.get(key, key))) for key in themes},
        "source": {name: _column_words(one, part) for name, one, part in pairs},
        "head": {name: head for name, head in heads.items() if head},
        "value": values,
    }


def _column_words(table: Shown, part: pd.DataFrame) -> str:
    """Name the source of a column; say of hits of a dictionary that they are no more than that."""
    words = table.words("row", part["row"].iloc[0]) if "row" in part else \
        table.sources[0].words(table.language)
    found = label("keywords_item", table.language).lower()
    words = f"{words} – {table.part}" if table.part else words
    return f"{words} ({found})" if table.names.by_keywords else words


def _head(table: Shown, part: pd.DataFrame) -> str:
    """Write how many of which unit a column counts, and how many did not take part."""
    bases, language = part["base"].dropna().unique(), table.language
    if len(bases) != 1 or (part["state"] == HIDDEN).all():
        return ""
    unit = part["unit"].iloc[0] if "unit" in part else table.sources[0].unit
    source = next((one for one in table.sources if one.unit == unit), table.sources[0])
    head = f"{number(bases[0], language)} {source.units(bases[0], language)}"
    missing = len(source.missing_units)
    absent = label("joint_missing", language, n=missing) if missing else ""
    return f"{head}; {absent}" if absent else head
