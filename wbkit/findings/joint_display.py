"""The same themes in several sources, side by side and never added up."""

from collections.abc import Mapping, Sequence

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import label, listing, number, unit_words
from wbkit.study.item import OTHER
from wbkit.study.source import Source
from wbkit.table.layout import HIDDEN, NOT_ASKED
from wbkit.table.old_table import OldTable
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

        - ``theme``, ``source``: ids; the source of a second item is ``source: item``
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
    language = tables[0].language
    sources = {source.name: source for table in tables for source in table.sources}
    units = {source.unit: source.units(2) for source in sources.values()}
    return OldTable(
        data=data,
        kind="joint",
        title=_title(tables, theme, len(sources)),
        units=tables[0].units if len(units) == 1 else unit_words("unit", language),
        base=label("joint_base", language, units=listing(list(units.values()), language)),
        notes=_notes(tables, sources),
        sources=tuple(sources.values()),
        labels=_labels(tables, columns, names, themes, grouped=not isinstance(theme, str)),
        language=language,
        adds_up=False,
    )


def _check(tables: Sequence[Table]) -> None:
    for table in tables:
        if table.kind not in KINDS or table.kind == "frequency" and table.dimensions:
            what = f"a {table.kind} Table" if table.kind not in KINDS else "divided into groups"
            raise DataError(f"{table.title}: this is {what}; a joint display takes frequency "
                            "Tables without groups and matrix Tables. Leave by out.")
    if not tables or sum(len(_columns(table)) for table in tables) < 2:
        raise DataError(f"A joint display sets sources beside each other; there are {len(tables)} "
                        "Tables. Give at least two.")
    made_up = {source.synthetic for table in tables for source in table.sources}
    if len(made_up) > 1:
        raise DataError("Real and made-up (synthetic) data may not stand beside each other, so "
                        "that nobody takes one for proof of the other. Make two displays.")


def _columns(table: Table) -> list[tuple[Table, pd.DataFrame]]:
    """Return what becomes one column each: a Table of counts, or each row of a matrix."""
    if table.kind == "frequency":
        return [(table, table.data)]
    return [(table, part) for _, part in table.data.groupby("row", sort=False)]


def _names(columns: Sequence[tuple[Table, pd.DataFrame]]) -> list[str]:
    """Return an id for each column: its source, with the item where that occurs twice."""
    own = [part["row"].iloc[0] if "row" in part else table.sources[0].name
           for table, part in columns]
    names = [name if own.count(name) == 1 else f"{name}: {part['item'].iloc[0]}"
             for name, (_, part) in zip(own, columns, strict=True)]
    double = [name for name in names if names.count(name) > 1]
    if double:
        raise DataError(f"{double[0]} is given twice. Give each Table once.")
    return names


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
        raise DataError(
            f"{table.title}: {key!r} has {len(found)} counts ({', '.join(found['value'])}). Units "
            "can have several, so counts cannot be added. Make a derived item with any_of, or "
            "name one value."
        )
    unit = part["unit"].iloc[0] if "unit" in part else table.sources[0].unit
    if found.empty:
        return (key, name, unit, "", "", None, None, NOT_ASKED)
    one = found.iloc[0]
    return (key, name, unit, one["item"], one["value"], one["n"], one["base"], one["state"])


def _check_themes(data: pd.DataFrame) -> None:
    for key, part in data.groupby("theme", sort=False):
        if (part["state"] == NOT_ASKED).all():
            raise DataError(f"The theme {key!r} stands in none of the Tables. Name values as they "
                            "stand in the column value of the Tables.")


def _title(tables: Sequence[Table], theme: str | Themes, n: int) -> str:
    language = tables[0].language
    end = "" if n > 1 else "_one"
    if not isinstance(theme, str):
        return label(f"joint_themes{end}", language, n=n)
    known = tables[0].sources[0].setting.themes.get(theme)
    return label(f"joint_title{end}", language, n=n,
                 theme=known.text(language) if known else theme)


def _notes(tables: Sequence[Table], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Give each source one line with its base and notes; then the units that are missing."""
    missing = [line for source in sources.values() for line in source.missing_words()]
    left_out = {*missing, label("ticks_note", tables[0].language)}
    lines = []
    for table in tables:
        own = [note for note in table.notes if note not in left_out]
        words = " ".join(filter(None, [table.base, *own]))
        alone = len(table.sources) == 1 and words
        lines += [f"{table.sources[0].words()}. {words}"] if alone else own
    return tuple(dict.fromkeys([*lines, *missing]))


def _labels(
    tables: Sequence[Table], columns: Sequence[tuple[Table, pd.DataFrame]], names: Sequence[str],
    themes: Mapping[str, Sequence[str]], *, grouped: bool,
) -> dict[str, dict[str, str]]:
    language = tables[0].language
    values = {key: words for table in reversed(tables)
              for key, words in table.labels.get("value", {}).items()}
    known = {key: words.text(language) for table in tables for source in table.sources
             for key, words in source.setting.themes.items()} if grouped else {}
    items = {key: item.words(language, short=True) for table in reversed(tables)
             for source in table.sources for key, item in source.items.items()} if grouped else {}
    heads = {name: _head(table, part) for name, (table, part) in zip(names, columns, strict=True)}
    return {
        "theme": {key: values.get(key, known.get(key, items.get(key, key))) for key in themes},
        "source": {name: _column_words(table, part)
                   for name, (table, part) in zip(names, columns, strict=True)},
        "head": {name: head for name, head in heads.items() if head},
        "value": values,
        "column": {"theme": label("col_theme", language)},
    }


def _column_words(table: Table, part: pd.DataFrame) -> str:
    return table.words("row", part["row"].iloc[0]) if "row" in part else table.sources[0].words()


def _head(table: Table, part: pd.DataFrame) -> str:
    """Write how many of which unit a column counts, and how many did not take part."""
    bases, language = part["base"].dropna().unique(), table.language
    if len(bases) != 1 or (part["state"] == HIDDEN).all():
        return ""
    unit = part["unit"].iloc[0] if "unit" in part else table.sources[0].unit
    source = next((one for one in table.sources if one.unit == unit), table.sources[0])
    head = f"{number(bases[0], language)} {source.units(bases[0])}"
    missing = len(source.missing_units)
    absent = label("joint_missing", language, n=missing) if missing else ""
    return f"{head}; {absent}" if absent else head
