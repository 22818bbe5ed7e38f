"""Layouts of counts: which ids become rows, which become columns."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from wbkit.labels import FINE_BASE, SMALLEST_BASE, label, percentage
from wbkit.messages import number
from wbkit.study.informants import IN_WORDS
from wbkit.table.statements.identifying import Proposed
from wbkit.table.words import Worded

SHOWN, HIDDEN, NOT_ASKED, ABSENT = "shown", "hidden", "not_asked", "absent"
STATES = (HIDDEN, NOT_ASKED, ABSENT, *IN_WORDS)
SHARES = ("share", "share_top", "low", "high", "coverage", "share_population")
COARSE = FINE_BASE - 1  # up to this base a percentage has no decimals
GIVEN = ("given_by_all", "given_by_some")  # measures that are a number of units
BETWEEN = 3  # letters of room between two columns
SHORT = 15  # letters that stay on one line where they can
RAGGED = 4  # letters of a line that stay empty, as the next word does not fit
FEW_MORE = 1.04  # lines, when a table does not fit yet
BESIDE = {"alpha_masi": "alpha"}  # stands in the column of the measure of which it is a kind


@dataclass(frozen=True)
class Grid:
    """Printed words in rows and columns; the first `stub` columns name the row.

    The first `text` columns hold words and stand to the left, the others numbers.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    stub: int = 1
    text: int = 0

    def is_text(self, place: int) -> bool:
        """Whether this column holds words."""
        return place < max(self.stub, self.text)

    @property
    def least_letters(self) -> int:
        """How many letters wide it is at least: the longest word of each column."""
        return sum(map(_longest_word, self._columns))

    def shares(self, room: int) -> list[float]:
        """Return the part of the width that each column gets where so many letters fit.

        Every column has room for its longest word. Numbers stay on one line where they can; the
        longest cells of the columns of words get about as many lines each, so that no column
        is narrow and long beside wide and empty ones.
        """
        words, every = range(max(self.stub, self.text)), range(len(self.header))
        for wrapped, short in ((words, SHORT), (words, 0), (every, 0)):
            widths = self._widths(wrapped, room, short)
            if sum(widths) <= room:
                break
        return [one / sum(widths) for one in widths]

    def _widths(self, wrapped: Sequence[int], room: int, short: int) -> list[float]:
        """Return the letters of each column, those of `wrapped` on as few lines as fit.

        A name of a row of at most `short` letters is not wrapped.
        """
        whole = [BETWEEN + max(map(len, column)) for column in self._columns]
        least = [all_of_it if at < self.stub and all_of_it <= BETWEEN + short
                 else _longest_word(column)
                 for at, (column, all_of_it) in enumerate(zip(self._columns, whole, strict=True))]
        lines = 1.0
        while True:
            widths = [max(low, _part(all_of_it, lines if at in wrapped else 1.0))
                      for at, (low, all_of_it) in enumerate(zip(least, whole, strict=True))]
            if sum(widths) <= room or all(widths[at] == least[at] for at in wrapped):
                return widths
            lines *= FEW_MORE

    def lines(self, room: int) -> int:
        """Return about how many lines it takes where so many letters fit beside each other."""
        widths = [room * share - BETWEEN - RAGGED for share in self.shares(room)]
        return sum(max(math.ceil(len(cell) / max(width, 1))
                       for cell, width in zip(row, widths, strict=True))
                   for row in (self.header, *self.rows))

    @property
    def _columns(self) -> list[tuple[str, ...]]:
        return list(zip(self.header, *self.rows, strict=True))


def _part(letters: float, lines: float) -> float:
    """Return how wide a text has to be to take so many lines."""
    return min(letters, letters / lines + RAGGED) if lines > 1 else letters


def _longest_word(column: Sequence[str]) -> int:
    return BETWEEN + max((len(word) for cell in column for word in cell.split()), default=1)


def values(table: Worded) -> Grid:
    """Lay out counts: values beside each other when there are several items or groups."""
    return _wide(table) if _is_wide(table) else _single(table)


def share_words(row: pd.Series, language: str) -> str:
    """Write the count of a cell with its percentage and interval, or why there is none."""
    if row["state"] in STATES:
        return label(f"state_{row['state']}", language)
    count = number(row["n"], language)
    share = percentage(row["share"], row["base"], language)
    interval = interval_words(row, language)
    raw = percentage(row.get("share_raw", float("nan")), row["base"], language)
    beside = label("share_raw_words", language, share=raw) if raw else ""
    parts = "; ".join(filter(None, (share, interval, beside)))
    return f"{count} ({parts})" if parts else count


def interval_words(row: pd.Series, language: str, end: str = "") -> str:
    """Write an interval of a share in percent, empty without one or under a base of 10."""
    if pd.isna(row.get(f"low{end}")) or row["base"] < SMALLEST_BASE:
        return ""
    low, high = (percentage(row[f"{name}{end}"], row["base"], language) for name in ("low", "high"))
    return f"{low.rstrip(' %')}–{high}"


def _is_wide(table: Worded) -> bool:
    pairs = zip(table.data["item"], table.data["value"], strict=True)
    named = [(value, table.words("value", value, item=item)) for item, value in pairs]
    groups = table.data.assign(value=named).groupby(["item", *table.dimensions], sort=False)
    lists, bases = groups["value"].agg(tuple), groups["base"].nunique()
    return len(lists) > 1 and lists.nunique() == 1 and bool((bases <= 1).all()) \
        and "_deff2" not in interval_ends(table.data)


def _single(table: Worded) -> Grid:
    """One row for each value; numbers beside each other."""
    frame, language = table.data, table.language
    stub = [name for name in ("item", *table.dimensions) if frame[name].nunique() > 1] + ["value"]
    several = frame["base"].nunique() > 1 or bool(table.dimensions)
    ends = interval_ends(frame)
    raw, shares = "share_raw" in frame, not table.names.by_keywords
    header = [table.heading(name) for name in (*stub, "n")]
    header += [label("col_base", language)] if several else []
    header += [label("col_share", language)] if shares else []
    header += [label("col_share_raw", language)] if raw else []
    header += [label(f"col_interval{end}", language) for end in ends]
    rows = []
    for _, row in frame.iterrows():
        kept = row if shares else row.drop("share")
        cells = _count_cells(kept, language, base=several, ends=ends)
        names = (table.words(name, row[name], item=row["item"]) for name in stub)
        rows.append((*names, *cells))
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub))


def interval_ends(frame: pd.DataFrame) -> list[str]:
    """Return the endings of the columns that hold intervals."""
    found = {name.removeprefix("low") for name in frame if frame[name].notna().any()}
    return [end for end in ("", "_deff2") if end in found]


def _count_cells(row: pd.Series, language: str, *, base: bool, ends: list[str]) -> list[str]:
    hidden = row["state"] in STATES
    count = label(f"state_{row['state']}", language) if hidden else number(row["n"], language)
    shares = [name for name in ("share", "share_raw") if name in row.index]
    cells = [count]
    cells += [number(row["base"], language)] if base else []
    cells += ["" if hidden else percentage(row[name], row["base"], language) for name in shares]
    cells += [interval_words(row, language, end) for end in ends]
    return cells


def _wide(table: Worded) -> Grid:
    """One row for each item and group, one column for each value, the base last."""
    frame, language = table.data, table.language
    keys = [name for name in ("item", *table.dimensions) if frame[name].nunique() > 1]
    values = list(dict.fromkeys(frame["value"]))
    rows = []
    for key, part in frame.groupby(keys, sort=False, observed=True):
        cells = [share_words(row, language) for _, row in part.iterrows()]
        names = [table.words(name, one) for name, one in zip(keys, key, strict=True)]
        rows.append((*names, *cells, number(part["base"].iloc[0], language)))
    header = [table.heading(name) for name in keys]
    header += [table.words("value", value, item=frame["item"].iloc[0]) for value in values]
    return Grid((*header, label("col_base", language)), without_repeats(rows, len(keys) - 1),
                len(keys))


def places(table: Worded) -> Grid:
    """One row for each option of a ranking: first, near the first, and its mean place."""
    frame, language = table.data, table.language
    stub = [*table.dimensions, "value"]
    ends, several = interval_ends(frame), bool(table.dimensions)
    columns = [name for name in ("n", "top", "mean", "ranked") if name in frame]
    columns += ["base"] if several else []
    header = [table.heading(name) for name in (*stub, *columns)]
    header += [label(f"col_interval{end}", language) for end in ends]
    rows = []
    for _, row in frame.iterrows():
        names = (table.words(name, row[name], item=row["item"]) for name in stub)
        cells = (place_words(row, name, language) for name in columns)
        rows.append((*names, *cells, *(interval_words(row, language, end) for end in ends)))
    return Grid(tuple(header), without_repeats(rows, len(stub) - 1), len(stub))


def place_words(row: pd.Series, column: str, language: str) -> str:
    """Write one number of an option of a ranking, or why there is none."""
    absent = pd.isna(row[column]) and row["state"] in STATES
    if absent or (pd.isna(row[column]) and has_small(row)):
        return label(f"state_{row['state'] if absent else HIDDEN}", language)
    if column == "n":
        return share_words(row.drop(["low", "high"]), language)
    if column == "top":
        share = percentage(row["share_top"], row["base"], language)
        return f"{number(row['top'], language)}{f' ({share})' if share else ''}"
    if column == "mean":
        return number(row["mean"], language, decimals=1)
    return number(row[column], language)


def has_small(rows: pd.DataFrame | pd.Series) -> pd.Series | bool:
    """Whether a number of an option of a ranking is too small to show."""
    numbers = [one for one in ("n", "top", "mean", "ranked") if one in rows]
    absent = rows[numbers].isna().any(axis=rows.ndim - 1)
    return absent & (rows["base"] > 0) & (rows["ranked"] != 0)


def crossed(table: Worded) -> Grid:
    """One row and one column for each category of two items, the base at the end of its line."""
    frame, language = table.data, table.language
    down, across = table.dimensions[:2]
    numbers = frame.drop(columns=[down, across])  # a group can be called low
    cells = frame.assign(shown=[share_words(row, language) for _, row in numbers.iterrows()])
    rows = [(table.words(down, key), *part["shown"])
            for key, part in cells.groupby(down, sort=False, observed=True)]
    header = [f"{table.heading(down)} \\ {table.heading(across)}",
              *(table.words(across, one) for one in dict.fromkeys(frame[across]))]
    base = label("col_base", language)
    if _base_of(frame, down):
        bases = frame.drop_duplicates(down)["base"]
        rows = [(*row, number(n, language)) for row, n in zip(rows, bases, strict=True)]
        header.append(base)
    elif _base_of(frame, across):
        bases = frame.drop_duplicates(across)["base"]
        rows.append((base, *(number(n, language) for n in bases)))
    return Grid(tuple(header), tuple(rows))


def _base_of(frame: pd.DataFrame, line: str) -> bool:
    """Whether every row, or every column, has a base of its own."""
    several = frame["base"].nunique() > 1
    return several and bool((frame.groupby(line)["base"].nunique() <= 1).all())


def matrix(table: Worded) -> Grid:
    """One row for each code, one column for each source, text or group, its base on top."""
    frame, language = table.data, table.language
    columns = list(dict.fromkeys(frame["row"]))
    several = (frame["base"] != 1).any()
    own = frame.groupby("row")["base"].nunique() > 1  # not every code was looked for everywhere
    cells = {(row["value"], row["row"]): _of_own_base(row, language) if own[row["row"]]
             else _mark(row, language, several=several) for _, row in frame.iterrows()}
    codes = list(dict.fromkeys(frame["value"]))
    rows = [(table.words("value", code), *(cells.get((code, one), "") for one in columns))
            for code in codes]
    bases = frame.drop_duplicates("row").set_index("row")
    header = [_column_head(table, one, bases.loc[one], several=several and not own[one])
              for one in columns]
    return Grid((label("col_code", language), *header), tuple(rows))


def estimated_shares(table: Worded) -> Grid:
    """One row for each code: its estimated share, what was found, what a person read."""
    frame, language = table.data, table.language
    remarks = bool((frame["reason"] != "").any())
    header = [table.heading(name) for name in ("value", "share", "found", "n", "more")]
    header.insert(2, label("col_interval", language))
    rows = []
    for _, row in frame.iterrows():
        hidden = row["state"] in STATES
        cells = [label(f"state_{row['state']}", language) if hidden else
                 whole_percentage(row["share"], row["base"], language),
                 interval_words(row.where(row.index != "base", min(row["base"], COARSE)), language),
                 number(row["found"], language), "" if hidden else _of_own_base(row, language),
                 number(row["more"], language)]
        cells += [table.words("reason", row["reason"])] if remarks else []
        rows.append((table.words("value", row["value"], item=row["item"]), *cells))
    return Grid((*header, *([label("col_reason", language)] if remarks else [])), tuple(rows))


def whole_percentage(share: float, base: float, language: str) -> str:
    """Write an estimated share without decimals, whatever it is estimated from."""
    return percentage(share, min(base, COARSE), language)


def _mark(row: pd.Series, language: str, *, several: bool) -> str:
    if several or row["state"] in STATES:
        return share_words(row, language)
    return number(row["mentions"], language) if row["mentions"] else "·"


def _of_own_base(row: pd.Series, language: str) -> str:
    if row["state"] in STATES:
        return label(f"state_{row['state']}", language)
    return label("n_of_base", language, n=number(row["n"], language),
                 base=number(row["base"], language))


def _column_head(table: Worded, one: str, row: pd.Series, *, several: bool) -> str:
    name = table.words("row", one)
    if not several or pd.isna(row["base"]):
        return name
    return label("of_base", table.language, name=name, n=number(row["base"], table.language),
                 units=table.units_of(row["unit"], row["base"]))


def listed(table: Worded) -> Grid:
    """Every row and column as it stands."""
    frame = table.data
    left_out = {"state", *(["share"] if table.names.by_keywords else []),
                *(["quote"] if any(one.hidden for one in table.contents.found(Proposed)) else [])}
    columns = [name for name in frame.columns
               if name not in left_out
               and (frame.empty or frame[name].notna().any())]
    header = tuple(table.heading(name) for name in columns)
    rows = tuple(tuple(_cell(table, name, row) for name in columns) for _, row in frame.iterrows())
    texts = [not pd.api.types.is_numeric_dtype(frame[name]) for name in columns]
    text = [*texts, False].index(False)
    return Grid(header, rows, max(1, min(text, 2)), text)


def _cell(table: Worded, column: str, row: pd.Series) -> str:
    value, language = row[column], table.language
    if pd.isna(value):
        hidden = row.get("state") in STATES and column == "n"
        return label(f"state_{row['state']}", language) if hidden else ""
    if column in SHARES and not isinstance(value, str):
        return percentage(value, row.get("base", row.get("population", 100)), language)
    if isinstance(value, float):
        return number(value, language, decimals=0 if value == round(value) else 2)
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value, language)
    return table.words(column, value, item=row.get("item", row.get("margin")))


def without_repeats(rows: list[tuple[str, ...]], columns: int) -> tuple[tuple[str, ...], ...]:
    """Leave out a name that stands in the row above already."""
    tidy, above = [], ()
    for row in rows:
        same = 0
        while same < columns and above[:same + 1] == row[:same + 1]:
            same += 1
        tidy.append(("",) * same + row[same:])
        above = row
    return tuple(tidy)


def by_code(table: Worded) -> Grid:
    """One row for each code: its measures with their interval, n, what to read with care."""
    frame, language = table.data, table.language
    columns = [one for one in dict.fromkeys(frame["measure"]) if one not in BESIDE]
    columns += [one for one in dict.fromkeys(map(BESIDE.get, frame["measure"])) if one
                and one not in columns]
    rows = tuple(_row(table, code, part, columns)
                 for code, part in frame.groupby("code", sort=False))
    header = (label("col_code", language), *(table.words("measure", one) for one in columns),
              "n", label("col_reason", language))
    return Grid(header, rows)


def estimate_words(row: Mapping[str, object], language: str) -> str:
    """Write an estimate with its interval, or that it is hidden."""
    if row.get("state") == HIDDEN:
        return label("state_hidden", language)
    estimate = number(row["estimate"], language, decimals=2)
    if pd.isna(row["low"]):
        return estimate
    low, high = (number(row[end], language, decimals=2) for end in ("low", "high"))
    return label("estimate_interval", language, estimate=estimate, low=low, high=high)


def _row(table: Worded, code: str, part: pd.DataFrame, columns: list[str]) -> tuple[str, ...]:
    language = table.language
    cells = {BESIDE.get(row["measure"], row["measure"]):
             number(row["n"], language) if row["measure"] in GIVEN and row.get("state") != HIDDEN
             else estimate_words(row, language) for _, row in part.iterrows()}
    reasons = [one for one in dict.fromkeys(part["reason"]) if one]
    remark = table.words("reason", max(reasons, key=len)) if reasons else ""
    return (table.words("code", code), *(cells.get(one, "") for one in columns),
            number(part["n"].max(), language), remark)
