"""Any Table of counts as strips: one bar for each, with the words that stand around it."""

from collections.abc import Callable, Sequence

import pandas as pd

from wbkit.errors import DataError
from wbkit.labels import SMALLEST_BASE, label, percentage
from wbkit.messages import _, number
from wbkit.study.item import OTHER
from wbkit.table.count_layouts import HIDDEN, STATES
from wbkit.table.statements.coding import Given
from wbkit.table.table import Table
from wbkit.table.words import REASONS, Worded

NUMBERS = ["n", "base", "share", "low", "high", "state"]
MOST_SERIES = 3
REST_CODE = "rest"  # how a codebook calls what falls under none of its codes


def strips(table: Worded, values: Sequence[str] | None = None) -> pd.DataFrame:
    """Turn a Table into strips: block, series and row of each bar, then its numbers.

    These three are ids, since two can have the same words. ``named``: the base stands with the
    group, so not with each bar; ``whole``: all bars have one base; ``rest``: it is "something
    else", "none of these" or no answer; ``by_size``: its row has no order of its own.
    """
    check_drawn(table)
    return READERS[table.kind](table, chosen_rows(table, values)).reset_index(drop=True)


def check_drawn(table: Worded) -> None:
    """Refuse a Table that plot_bars does not draw, or one without rows."""
    if table.kind not in (*READERS, "ranking"):
        raise DataError(_(
            "{title}: this is a {kind} Table; plot_bars draws {kinds}. Draw the frequency of the "
            "item instead.",
            title=table.title, kind=table.kind, kinds=", ".join((*READERS, "ranking"))))
    if table.data.empty:
        raise DataError(_(
            "{title}: the Table has no rows, so there is nothing to draw. Look at the condition "
            "or the items it was made with.",
            title=table.title))


def chosen_rows(table: Worded, values: Sequence[str] | None) -> pd.DataFrame:
    """Keep the rows of these values, in the order of the Table."""
    if values is None:
        return table.data
    known = list(table.data["value"].unique()) if table.kind in ("frequency", "ranking") else []
    strange = [value for value in values if value not in known]
    if strange or not list(values):
        raise DataError(_(
            "{title}: values={values} is not a choice from the values of this Table ({known}). "
            "Use one or more of these.",
            title=table.title, values=list(values),
            known=", ".join(map(str, known)) or _("it has none")))
    return table.data[table.data["value"].isin(list(values))]


def _frequency(table: Worded, frame: pd.DataFrame) -> pd.DataFrame:
    keys = [name for name in ("item", *table.dimensions) if frame[name].nunique() > 1]
    whole = not set(keys) - {"item"} and frame["base"].nunique() == 1
    rows = "value"
    if frame["value"].nunique() == 1 and keys:
        rows = keys.pop()
    series = keys.pop() if keys and _beside(frame, keys, rows) else None
    found = _strip(table, frame, blocks=keys, series=series, rows=rows)
    if rows == "value":
        found = found.assign(rest=[_is_rest(table, row) for _, row in frame.iterrows()],
                             by_size=[_is_nominal(table, item) for item in frame["item"]])
    return found.assign(whole=whole, by_size=found["by_size"] | (rows == "item"))


def _is_rest(table: Worded, row: pd.Series) -> bool:
    """Whether an answer is none of the others: something else, nothing, not known."""
    item = table.names.item(row["item"])
    own = (item.other, *item.exclusive, *item.missing) if item else ()
    return row["value"] in (*own, *REASONS, OTHER, REST_CODE)


def _is_nominal(table: Worded, name: str) -> bool:
    """Whether the answers have no order of their own: options, or codes."""
    item = table.names.item(name)
    if item is None:
        return bool(table.contents.found(Given))
    return item.kind in ("nominal", "multiple")


def check_sort(table: Worded, sort: str | None) -> None:
    """Refuse an order that a plot does not know."""
    if sort not in (None, "size", "asked"):
        raise DataError(_(
            "{title}: sort={sort!r} is unknown. Use size or asked.", title=table.title, sort=sort))


def arranged(found: pd.DataFrame, sort: str | None) -> pd.DataFrame:
    """Put rows by size where they have no order of their own, or as asked; the rest stands last.

    What is hidden stands behind what is shown, in the order of the Table.
    """
    by_size = sort == "size" or (sort is None and bool(found["by_size"].all()))
    size = found["share"] if found["share"].notna().any() else found["n"]
    rows = found.assign(size=size).groupby(["block", "row"], sort=False)["size"].sum(min_count=1)
    sizes = pd.Series([rows[key] for key in zip(found["block"], found["row"], strict=True)],
                      index=found.index)
    places = pd.DataFrame({
        "block": pd.factorize(found["block"])[0], "rest": found["rest"] & (sort != "asked"),
        "size": -sizes if by_size else 0.0,
        "row": pd.factorize(found["row"])[0], "at": range(len(found))})
    order = places.sort_values(["block", "rest", "size", "row", "at"], na_position="last").index
    return found.loc[order].reset_index(drop=True)


def _beside(frame: pd.DataFrame, keys: list[str], rows: str) -> bool:
    """Whether the last key is a small dimension with the same rows in each category."""
    *others, last = keys
    lists = frame.groupby([*others, last], sort=False)[rows].agg(tuple)
    same = lists.groupby(level=others).nunique().eq(1).all() if others else lists.nunique() == 1
    return last != "item" and frame[last].nunique() <= MOST_SERIES and bool(same)


def _crosstab(table: Worded, frame: pd.DataFrame) -> pd.DataFrame:
    down, across = table.dimensions[:2]
    by_column = frame.groupby(across)["base"].nunique().le(1).all()
    by_row = frame.groupby(down)["base"].nunique().le(1).all()
    group, rows = (across, down) if by_column and not by_row else (down, across)
    few = frame[group].nunique() <= MOST_SERIES
    found = _strip(table, frame, blocks=[] if few else [group], series=group if few else None,
                   rows=rows)
    whole = frame["base"].nunique() == 1 and frame["n"].sum() <= frame["base"].max()
    return found.assign(whole=whole)


def _coverage(table: Worded, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.assign(base=frame["population"], share=frame["coverage"])
    found = _strip(table, frame, blocks=["margin"], series=None, rows="value")
    lone = frame.groupby("margin")["value"].transform("size") == 1
    return found.assign(block_words=found["block_words"].mask(lone, ""), named=False)


def _nonresponse(table: Worded, frame: pd.DataFrame) -> pd.DataFrame:
    group = table.dimensions[0]
    parts = [
        _strip(table, frame.assign(n=frame[count], base=frame[base],
                                   state=frame["state"].mask(frame[count].isna(), HIDDEN),
                                   share=frame[count] / frame[base].where(frame[base] > 0)),
               blocks=[], series=None, rows=group)
        .assign(block=count, block_words=label(f"col_{count}", table.language), named=False)
        for count, base in (("broke_off", "n"), ("skipped", "base"))
    ]
    return pd.concat(parts)


def _anonymity(table: Worded, frame: pd.DataFrame) -> pd.DataFrame:
    """Draw who is alone above who is in a small group."""
    parts = [
        _strip(table, frame.assign(n=frame[count], share=frame[count] / frame["base"].where(
            frame["base"] > 0)), blocks=[], series=None, rows="without")
        .assign(block=count, block_words=label(f"col_{count}", table.language), whole=True)
        for count in ("alone", "few")
    ]
    return pd.concat(parts)


READERS: dict[str, Callable[[Table, pd.DataFrame], pd.DataFrame]] = {
    "frequency": _frequency,
    "crosstab": _crosstab,
    "coverage": _coverage,
    "nonresponse": _nonresponse,
    "anonymity": _anonymity,
}


def _strip(
    table: Worded, frame: pd.DataFrame, *, blocks: list[str], series: str | None, rows: str
) -> pd.DataFrame:
    """Name each bar, and keep its numbers."""
    places = {"block": blocks, "series": [series] if series else [], "row": [rows]}
    ids = {place: frame[columns].astype(str).agg("\n".join, axis=1) if columns else ""
           for place, columns in places.items()}
    words = {f"{place}_words": names_of(table, frame, columns)
             for place, columns in places.items()}
    numbers = frame.reindex(columns=NUMBERS).astype({"n": float, "base": float})
    found = numbers.assign(**ids, **words)
    bases = found.groupby(["block", "series"], sort=False)["base"].transform("nunique")
    return found.assign(named=bases <= 1, whole=False, rest=False, by_size=False)


def names_of(
    table: Worded, frame: pd.DataFrame, columns: Sequence[str], *, short: bool = False
) -> list[str]:
    """Return the printed words of each row for these columns."""
    holder = next((one for one in ("item", "margin") if one in frame), None)
    items = frame[holder] if holder else [None] * len(frame)
    return [
        " – ".join((table.short(key) if short else table.words(column, key)) if column == "item"
                   else table.words(column, key, item=item)
                   for column, key in zip(columns, keys, strict=True))
        for item, keys in zip(items, frame[list(columns)].astype(str).itertuples(index=False),
                              strict=True)
    ]


def measured(found: pd.DataFrame, language: str, *, shares: bool) -> pd.DataFrame:
    """Give each strip its length and the words beside it."""
    words = [strip_words(strip, language) for _, strip in found.iterrows()]
    drawn = ~found["state"].isin(STATES) & ((found["base"] >= SMALLEST_BASE) | (not shares))
    lengths = 100 * found["share"] if shares else found["n"]
    ends = {end: (100 * found[end].astype(float)).where(drawn & shares) for end in ("low", "high")}
    return found.assign(words=words, length=lengths.where(drawn, 0.0).fillna(0.0), **ends)


def strip_words(strip: pd.Series, language: str) -> str:
    """Return the words beside a bar: ``151 (76,3 %)``, ``5 van 7`` or a dash."""
    if strip["state"] in STATES:
        return label(f"state_{strip['state']}", language)
    n, base = number(strip["n"], language), number(strip["base"], language)
    alone = strip["named"] and strip["base"] >= SMALLEST_BASE
    count = n if alone else label("n_of_base", language, n=n, base=base)
    share = percentage(strip["share"], strip["base"], language)
    return f"{count} ({share})" if share else count


def with_base(words: str, part: pd.DataFrame, language: str) -> str:
    """Return the words of a group with its n, unless all bars of the figure have one n.

    Gives ``bol (n = 189)``; the words alone where the bars have a base each.
    """
    known = part.dropna(subset="base")
    bases = known.groupby("series", sort=False)["base"].unique()
    if bases.empty or part["whole"].any() or (bases.map(len) > 1).any():
        return words
    every = {float(one[0]) for one in bases}
    if len(every) == 1:
        return label("with_n", language, words=words, n=number(every.pop(), language))
    names = known.drop_duplicates("series")["series_words"]
    each = [label("series_n", language, words=name, n=number(one[0], language))
            for name, one in zip(names, bases, strict=True)]
    return f"{words} ({'; '.join(each)})"
