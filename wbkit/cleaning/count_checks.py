"""Whether the counts of an administration can be right: cells, parts and totals."""

from collections.abc import Iterator

import pandas as pd

from wbkit.cleaning.answers import read_answers
from wbkit.cleaning.unknown_answers import refuse_unknown
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses
from wbkit.errors import DataError
from wbkit.study.source import Source
from wbkit.text.normalise import listed, tidy


def check_counts(responses: Responses, raw: Raw) -> None:
    """Refuse counts that cannot be right."""
    faults = [fault for find in (_cells, _numbers, _parts) for fault in find(responses)]
    faults = faults or list(_totals(responses, raw))
    if faults:
        source = responses.source
        raise DataError(
            f"{source.name} ({source.file}): these counts cannot be right.\n  "
            + "\n  ".join(faults)
            + "\nAsk who delivered the file; leave a count empty when it was not delivered."
        )


def _cells(responses: Responses) -> Iterator[str]:
    names = responses.data[list(responses.source.counts.cells)]
    bare = names.index[names.isna().any(axis=1)]
    if len(bare):
        yield f"rows {listed(bare)}: {', '.join(names)} must all be filled in"
    for key, rows in names.dropna().astype(str).groupby(list(names), sort=False):
        if len(rows) > 1:
            yield f"rows {listed(rows.index)}: the same cell ({', '.join(key)})"


def _numbers(responses: Responses) -> Iterator[str]:
    rules, data = responses.source.counts, responses.data
    for name in rules.counted:
        known = data[name].dropna()
        for row, number in known[(known < 0) | (known % 1 != 0)].items():
            yield f"row {row}, {name}: {number:g} is no count"
    for name in rules.parts:
        alone = data.index[data[name].notna() != data[rules.base].notna()]
        for row in alone:
            yield f"row {row}: only one of {name} and {rules.base} was delivered"


def _parts(responses: Responses) -> Iterator[str]:
    rules, data = responses.source.counts, responses.data
    for name in rules.parts:
        for row, cell in data[data[name] > data[rules.base]].iterrows():
            yield (f"row {row}: {name} ({cell[name]:g}) is larger than {rules.base} "
                   f"({cell[rules.base]:g})")


def _totals(responses: Responses, raw: Raw) -> Iterator[str]:
    """Set each total beside the sum of its cells; a total with an empty cell is not checked."""
    rules, source = responses.source.counts, responses.source
    if not rules.totals:
        return
    names = _written(raw, source, rules.cells)
    over = pd.DataFrame({name: names[name] == tidy(word) for name, word in rules.totals.items()})
    stated = _stated(raw, source)
    for row in over.index[over.any(axis=1)]:
        kept = [name for name in rules.cells if name not in over or not over.loc[row, name]]
        cells = responses.data[kept].astype(str)
        part = responses.data[(cells == names.loc[row, kept]).all(axis=1)]
        for name in rules.counted:
            total, found = stated.loc[row, name], part[name].sum(skipna=False)
            if pd.notna(total) and pd.notna(found) and total != found:
                yield f"row {row}, {name}: the total is {total:g}, its cells add up to {found:g}"


def _written(raw: Raw, source: Source, names: tuple[str, ...]) -> pd.DataFrame:
    columns = {name: tidy(source.items[name].column or name) for name in names}
    return pd.DataFrame({name: raw.data[column].map(tidy) for name, column in columns.items()})


def _stated(raw: Raw, source: Source) -> pd.DataFrame:
    """Return the numbers of every row of the file, also of the totals."""
    read = [read_answers(source.items[name], raw.data[tidy(source.items[name].column or name)])
            for name in source.counts.counted]
    refuse_unknown(read, f"{source.name} ({source.file})")
    return pd.DataFrame({one.item.name: one.values for one in read}, index=raw.data.index)
