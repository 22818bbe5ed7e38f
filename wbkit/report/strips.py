"""Any Table of counts as strips: one bar for each, with the words that stand around it."""

from collections.abc import Callable, Sequence

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import label, number, percentage
from wbkit.nouns.layout import STATES
from wbkit.nouns.table import Table

STRIP = ["block", "series", "row", "n", "base", "share", "low", "high", "state"]
MOST_SERIES = 3
FEW = 10  # under this base nothing is a percentage


def strips(table: Table, values: Sequence[str] | None = None) -> pd.DataFrame:
    """Turn a Table into strips: words of block, series and row, then the numbers.

    Parameters
    ----------
    table
        A frequency, crosstab, coverage or nonresponse Table.
    values
        Only these answers of a frequency Table.

    Returns
    -------
    pandas.DataFrame
        One row for each bar, in the order of the Table. Blocks stand below each other, series
        beside each other in one row.

    Raises
    ------
    DataError
        If the Table is of another kind, is empty, or does not have these values.
    """
    if table.kind not in READERS:
        raise DataError(
            f"{table.title}: this is a {table.kind} Table; plot_bars draws "
            f"{', '.join(READERS)}. Draw the frequency of the item instead."
        )
    found = READERS[table.kind](table, _chosen(table, values))
    if found.empty:
        raise DataError(f"{table.title}: the Table has no rows, so there is nothing to draw.")
    return found.reset_index(drop=True)


def _chosen(table: Table, values: Sequence[str] | None) -> pd.DataFrame:
    """Keep the rows of these values, in this order of the Table."""
    frame = table.data
    if values is None:
        return frame
    known = list(frame["value"].unique()) if "value" in frame else []
    strange = [value for value in values if value not in known]
    if strange:
        raise DataError(
            f"{table.title}: {strange[0]!r} is not one of the values of this Table "
            f"({', '.join(map(str, known)) or 'it has none'}). Use one or more of these."
        )
    return frame[frame["value"].isin(list(values))]


def _frequency(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    keys = [name for name in ("item", *table.dimensions) if frame[name].nunique() > 1]
    rows = "value"
    if frame["value"].nunique() == 1 and keys:
        rows = keys.pop()
    series = keys.pop() if keys and _beside(frame, keys, rows) else None
    return _strip(table, frame, blocks=keys, series=series, rows=rows)


def _beside(frame: pd.DataFrame, keys: list[str], rows: str) -> bool:
    """Whether the last key is a small dimension with the same rows in each category."""
    *others, last = keys
    lists = frame.groupby([*others, last], sort=False)[rows].agg(tuple)
    same = lists.groupby(level=others).nunique().eq(1).all() if others else lists.nunique() == 1
    return last != "item" and frame[last].nunique() <= MOST_SERIES and bool(same)


def _crosstab(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    down, across = table.dimensions[:2]
    by_column = frame.groupby(across)["base"].nunique().le(1).all()
    by_row = frame.groupby(down)["base"].nunique().le(1).all()
    group, rows = (across, down) if by_column and not by_row else (down, across)
    few = frame[group].nunique() <= MOST_SERIES
    return _strip(table, frame, blocks=[] if few else [group], series=group if few else None,
                  rows=rows)


def _coverage(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.assign(base=frame["population"], share=frame["coverage"])
    found = _strip(table, frame, blocks=["margin"], series=None, rows="value")
    return found.assign(block=found["block"].mask(frame["margin"] == frame["value"], ""))


def _nonresponse(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    group = table.dimensions[0]
    parts = [
        _strip(table, frame.assign(n=frame[count], base=frame[base],
                                   share=frame[count] / frame[base].where(frame[base] > 0)),
               blocks=[], series=None, rows=group)
        .assign(block=label(f"col_{count}", table.language))
        for count, base in (("broke_off", "n"), ("skipped", "base"))
    ]
    return pd.concat(parts)


READERS: dict[str, Callable[[Table, pd.DataFrame], pd.DataFrame]] = {
    "frequency": _frequency,
    "crosstab": _crosstab,
    "coverage": _coverage,
    "nonresponse": _nonresponse,
}


def _strip(
    table: Table, frame: pd.DataFrame, *, blocks: list[str], series: str | None, rows: str
) -> pd.DataFrame:
    """Name each bar, and keep its numbers."""
    words = {name: frame[name].map(lambda key, name=name: table.words(name, key))
             for name in {*blocks, rows, *([series] if series else [])}}
    joined = [" – ".join(names) for names in zip(*(words[one] for one in blocks), strict=True)]
    numbers = frame.reindex(columns=STRIP[3:])
    return numbers.assign(
        block=joined if blocks else "",
        series=words[series] if series else "",
        row=words[rows],
        n=numbers["n"].astype(float),
        base=numbers["base"].astype(float),
    )[STRIP]


def measured(found: pd.DataFrame, language: str, *, shares: bool) -> pd.DataFrame:
    """Give each strip its length and the words beside it.

    Parameters
    ----------
    found
        What `strips` returns.
    language
        ``nl`` or ``en``.
    shares
        Whether a length is a percentage; then a base under 10 has no length.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``length``, ``low`` and ``high`` on the axis, and ``words``.
    """
    bases = found.groupby(["block", "series"], sort=False)["base"].transform("nunique")
    words = [strip_words(strip, language, same_base=same)
             for (_, strip), same in zip(found.iterrows(), bases <= 1, strict=True)]
    drawn = ~found["state"].isin(STATES) & ((found["base"] >= FEW) | (not shares))
    lengths = 100 * found["share"] if shares else found["n"]
    ends = {end: (100 * found[end].astype(float)).where(drawn & shares) for end in ("low", "high")}
    return found.assign(words=words, length=lengths.where(drawn, 0.0).fillna(0.0), **ends)


def strip_words(strip: pd.Series, language: str, *, same_base: bool) -> str:
    """Return the words beside a bar: ``151 (76,3 %)``, ``5 van 7`` or a dash.

    Parameters
    ----------
    strip
        One row of `strips`.
    language
        ``nl`` or ``en``.
    same_base
        Whether the base is named elsewhere, for all bars of the group.

    Returns
    -------
    str
        The words.
    """
    if strip["state"] in STATES:
        return label(f"state_{strip['state']}", language)
    n, base = number(strip["n"], language), number(strip["base"], language)
    alone = same_base and strip["base"] >= FEW
    count = n if alone else label("n_of_base", language, n=n, base=base)
    share = percentage(strip["share"], strip["base"], language)
    return f"{count} ({share})" if share else count


def with_base(words: str, part: pd.DataFrame, language: str) -> str:
    """Return the words of a group with the n on which all its bars stand, if it is one n.

    Parameters
    ----------
    words
        The name of the group.
    part
        Its strips, of one or more series.
    language
        ``nl`` or ``en``.

    Returns
    -------
    str
        ``bol (n = 189)``; the words alone where the bars have a base each.
    """
    bases = part.dropna(subset="base").groupby("series", sort=False)["base"].unique()
    if bases.empty or (bases.map(len) > 1).any():
        return words
    every = {float(one[0]) for one in bases}
    if len(every) == 1:
        return label("with_n", language, words=words, n=number(every.pop(), language))
    each = [label("series_n", language, words=name, n=number(one[0], language))
            for name, one in bases.items()]
    return f"{words} ({'; '.join(each)})"
