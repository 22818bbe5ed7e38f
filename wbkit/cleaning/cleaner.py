"""From the text of a raw file to typed answers, with a log of every change."""

import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import numpy as np
import pandas as pd

from wbkit.cleaning.answers import Answers, read_answers, refuse_unknown
from wbkit.cleaning.log import Change, log_frame, masked, reason_frame
from wbkit.cleaning.open_text import linked, mask_personal
from wbkit.cleaning.option_columns import read_columns, with_own_words
from wbkit.cleaning.set_aside import rows_listed, set_aside_rows
from wbkit.data.cleaning_log import BACKWARDS, DECIMAL_COMMA, OUTSIDE_MOMENTS, SET_ASIDE
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses, after_cleaning, asked_items, with_columns
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.messages import _, counted, mark
from wbkit.study.item import NO, YES, Item
from wbkit.study.source import Source
from wbkit.study.source_kinds import MINUTES, MOMENT
from wbkit.text.normalise import heading, listed, tidy
from wbkit.text.person_cells import given, holds_names, personal_form, share

DIRECT = ("email", "name")
NAMING = frozenset({
    "e-mail", "email", "e-mailadres", "emailadres", "mailadres", "email address", "naam", "name",
    "voornaam", "achternaam", "first name", "last name", "telefoon", "telefoonnummer", "phone",
    "studentnummer", "student number", "leerlingnummer", "bsn", "burgerservicenummer",
})
HELD = {  # what may not be carried on, in the words of a message
    "email": mark("e-mail addresses"), "phone": mark("telephone numbers"),
    "iban": mark("numbers of bank accounts"), "bsn": mark("citizen service numbers"),
}
ANY_OF_THESE = mark("names, addresses or numbers of persons")
SHOWING = 4  # answers that can show that they were chosen from a list
LONG_NUMBER = re.compile(r"\d{4}")
HALF = 0.5


def clean(raw: Raw, source: Source | None = None) -> Responses:
    """Turn the text of a raw file into typed answers, as the source describes them.

    Nothing is dropped in silence: every change, every row that is set aside and every suspected
    double stands in the log; open answers and names are masked there. In the own words of real
    people an e-mail address, a phone number, an address, a student number and a name of the file
    itself become a mark such as ``[naam]``.

    Parameters
    ----------
    raw
        A raw file, from `read_source`.
    source
        Another description of the file; the one it was read with when left out.

    Returns
    -------
    Responses
        One row for each unit that counts; the index is the row number that Excel shows.
        Identifiers are left out, or are a code when they have ``link``; ``minutes`` is added when
        the file holds times.

    Raises
    ------
    DataError
        If answers are not in study.toml (all at once), or a rule does not fit the data.
    """
    need(raw, Raw, "clean", _("Give what read_source returned."))
    source = with_columns(source or raw.source, raw.parts, set(raw.data))
    _check_columns(raw, source)
    _check_direct(raw, source)
    kept, changes = set_aside_rows(raw, source)
    _check_rows(raw, kept, changes, source)
    rows = raw.data.index[kept]
    commas = any(getattr(words, "msgid", words).startswith(DECIMAL_COMMA) for words in raw.found)
    cells = raw.data.loc[kept]
    ready = {item.name: _read(item, cells, commas) for item in asked_items(source)}
    ready = linked(mask_personal(ready, raw, source), raw, source)
    if source.moments:
        ready[MOMENT] = moments(source, raw, rows)
    known = work_out(source, ready, f"{source.name} ({source.file})")
    cleaned = after_cleaning(source, times=_has_times(raw))
    if MINUTES in cleaned.items and MINUTES not in source.items:
        known[MINUTES] = minutes(raw, rows, cleaned.items[MINUTES])
    responses = together(cleaned, known, rows, changes, raw_rows=len(raw.data))
    if cleaned.counts:
        check_counts(responses, raw)
    return responses


def _read(item: Item, cells: pd.DataFrame, commas: bool) -> Answers:
    """Read one item, in one column or in several."""
    if item.columns:
        return read_columns(item, cells)
    answers = read_answers(item, cells[heading(item.column or item.name)], commas=commas)
    return with_own_words(answers, cells[heading(item.other_column)]) if item.other_column \
        else answers


def work_out(
    source: Source, ready: Mapping[str, Answers], where: str, *, described_in: str = "study.toml"
) -> dict[str, Answers]:
    """Add derived items and apply the routing, each item after those that it depends on."""
    refuse_unknown(ready.values(), where, described_in=described_in)
    known: dict[str, Answers] = {}
    for item in in_order(source):
        answers = derive(item, known) if item.derived else ready[item.name]
        known[item.name] = routed(answers, known)
    refuse_unknown(known.values(), where, described_in=described_in)
    return {name: known[name] for name in source.items}


def together(
    source: Source, known: Mapping[str, Answers], rows: pd.Index, changes: Iterable[Change], *,
    raw_rows: int
) -> Responses:
    """Join the answers to all items into Responses."""
    columns = {name: column for item in source.items
               for name, column in known[item].columns().items()}
    edits = [change for one in known.values() for change in _masked(one)]
    reasons = [(row, name, reason) for name in source.items for row, reason in _why(known[name])]
    return Responses(
        data=pd.DataFrame(columns, index=rows),
        source=source,
        log=log_frame([*changes, *edits], list(known)),
        reasons=reason_frame(reasons, list(source.items)),
        raw_rows=raw_rows,
    )


def _why(answers: Answers) -> list[tuple[int, str]]:
    known = np.flatnonzero(answers.reason != "")
    return list(zip(answers.rows[known].tolist(), answers.reason[known].tolist(), strict=True))


def _masked(answers: Answers) -> Iterable[Change]:
    """Mask what was written and what it became, for an item that could name somebody."""
    item = answers.item
    if item.sensitivity != "identifier":
        return answers.changes
    return [change._replace(before=masked(item, change.before), after=masked(item, change.after))
            for change in answers.changes]


def _has_times(raw: Raw) -> bool:
    return not raw.started.empty and not raw.completed.empty


def _check_columns(raw: Raw, source: Source) -> None:
    absent = [item.name for item in asked_items(source)
              if not set(item.headings) <= set(raw.data)]
    if absent:
        raise DataError(_(
            "{source}: {file} was read without a column for {absent}. Read it with "
            "read_source(source), which says which headings are there.",
            source=source.name, file=raw.source.file, absent=listed(absent)))


def _check_direct(raw: Raw, source: Source) -> None:
    """Refuse an item that would carry names, addresses or numbers of people on."""
    direct = {raw.ids[role] for role in DIRECT if role in raw.ids}
    asked = asked_items(source)
    if asked and all(item.sensitivity == "identifier" for item in asked):
        raise DataError(_(
            "{source}: each of its items is an identifier, so no row would have an answer left. "
            "Correct sensitivity of the items that point to nobody.",
            source=source.name))
    for item in asked_items(source):
        if item.sensitivity == "identifier":
            continue
        for one in item.headings:
            held = ANY_OF_THESE if one in direct else _held(item, raw.data[one], source)
            if not held:
                continue
            raise DataError(_(
                "{source}, items.{item}: its column {heading!r} holds {held}. Write sensitivity = "
                '"identifier", so that it never leaves the raw file, or remove the item.',
                source=source.name, item=item.name, heading=one, held=_(held)))


def _held(item: Item, column: pd.Series, source: Source) -> str:
    """Return what a column shows of persons; a heading is evidence, cells decide."""
    cells = column.tolist()
    form = personal_form(cells)
    if form in HELD and (form == "email" or not source.public):
        return HELD[form]
    if source.kind != "survey" or str(column.name).casefold() not in NAMING:
        return ""
    filled = given(cells)
    shown = holds_names(filled) or share(filled, LONG_NUMBER.search) >= HALF
    described = item.kind == "numeric" or (item.closed and item.values != "any")
    chosen = len(filled) >= SHOWING and len(set(filled)) <= HALF * len(filled)
    return ANY_OF_THESE if shown or not (described or chosen) else ""


def _check_rows(raw: Raw, kept: np.ndarray, changes: list[Change], source: Source) -> None:
    aside = {change.row for change in changes if change.after == SET_ASIDE}
    if len(raw.data) != kept.sum() + len(aside):
        raise DataError(_(
            "{source}: {file} holds {rows}, but {kept} are kept and {aside} set aside. These must "
            "add up; this is a fault in wbkit, report it.",
            source=source.name, file=source.file, rows=counted(len(raw.data), "row", "rows"),
            kept=kept.sum(), aside=len(aside)))


def in_order(source: Source) -> list[Item]:
    """Return the items so that each comes after those that it depends on."""
    needs = {name: {*item.parents, *item.asked_if} for name, item in source.items.items()}
    try:
        return [source.items[name] for name in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise DataError(_(
            "{source}: items depend on each other in a circle: {circle}. Each may depend on "
            "earlier questions only. Correct asked_if or the derived item.",
            source=source.name, circle=circle)) from None


def routed(answers: Answers, known: Mapping[str, Answers]) -> Answers:
    """Remove the answers of units that were not asked."""
    if not answers.item.asked_if:
        return answers
    asked = np.ones(len(answers.rows), dtype=bool)
    for name, wanted in answers.item.asked_if.items():
        asked &= known[name].has(wanted)
    return answers.without(~asked)


def check_counts(responses: Responses, raw: Raw) -> None:
    """Refuse counts that cannot be right."""
    faults = [fault for find in (_cells, _numbers, _parts) for fault in find(responses)]
    faults = faults or list(_totals(responses, raw))
    if faults:
        source = responses.source
        raise DataError(_(
            "{source} ({file}): these counts cannot be right.\n"
            "{faults}\n"
            "Ask who delivered the file; leave a count empty when it was not delivered.",
            source=source.name, file=source.file, faults="\n".join(f"  {one}" for one in faults)))


def _cells(responses: Responses) -> Iterator[str]:
    names = responses.data[list(responses.source.counts.cells)]
    bare = names.index[names.isna().any(axis=1)]
    if len(bare):
        yield _("{rows}: {columns} must all be filled in", rows=rows_listed(bare),
                columns=", ".join(names))
    for key, rows in names.dropna().astype(str).groupby(list(names), sort=False):
        if len(rows) > 1:
            yield _("{rows}: the same cell ({cell})", rows=rows_listed(rows.index),
                    cell=", ".join(key))


def _numbers(responses: Responses) -> Iterator[str]:
    rules, data = responses.source.counts, responses.data
    for name in rules.counted:
        known = data[name].dropna()
        for row, number in known[(known < 0) | (known % 1 != 0)].items():
            yield _("row {row}, {item}: {number:g} is no count", row=row, item=name, number=number)
    for name in rules.parts:
        alone = data.index[data[name].notna() != data[rules.base].notna()]
        for row in alone:
            yield _("row {row}: only one of {part} and {base} was delivered", row=row, part=name,
                    base=rules.base)


def _parts(responses: Responses) -> Iterator[str]:
    rules, data = responses.source.counts, responses.data
    for name in rules.parts:
        for row, cell in data[data[name] > data[rules.base]].iterrows():
            yield _("row {row}: {part} ({count:g}) is larger than {base} ({whole:g})", row=row,
                    part=name, count=cell[name], base=rules.base, whole=cell[rules.base])


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
                yield _("row {row}, {item}: the total is {total:g}, its cells add up to {sum:g}",
                        row=row, item=name, total=total, sum=found)


def _written(raw: Raw, source: Source, names: tuple[str, ...]) -> pd.DataFrame:
    columns = {name: heading(source.items[name].column or name) for name in names}
    return pd.DataFrame({name: raw.data[column].map(tidy) for name, column in columns.items()})


def _stated(raw: Raw, source: Source) -> pd.DataFrame:
    """Return the numbers of every row of the file, also of the totals."""
    read = [read_answers(source.items[name], raw.data[heading(source.items[name].column or name)])
            for name in source.counts.counted]
    refuse_unknown(read, f"{source.name} ({source.file})")
    return pd.DataFrame({one.item.name: one.values for one in read}, index=raw.data.index)


def derive(item: Item, known: Mapping[str, Answers]) -> Answers:
    """Work out a derived item; it is absent where what it is made from is absent."""
    _check(item, known)
    parents = [known[name] for name in item.parents]
    values, unknown = _recoded(item, parents[0]) if item.recode else (_yes_or_no(item, parents), {})
    values[~np.logical_and.reduce([parent.filled for parent in parents])] = None
    reason = np.full(len(values), "", dtype=object)
    for parent in reversed(parents):
        reason = np.where(parent.reason != "", parent.reason, reason)
    nothing = np.full(len(values), "", dtype=object)
    return Answers(item, parents[0].rows, values, reason, nothing, unknown=unknown)


def moments(source: Source, raw: Raw, rows: pd.Index) -> Answers:
    """Say at which declared moment each unit answered."""
    if raw.started.empty:
        raise DataError(_(
            "{source}, moments: {file} does not say when each row was started. Remove moments "
            "from study.toml, or export the file with its times.",
            source=source.name, file=source.file))
    started = raw.started.loc[rows]
    values = np.full(len(rows), None, dtype=object)
    for name, moment in source.moments.items():
        start, end = (pd.Timestamp(time).tz_localize(None) for time in (moment.start, moment.end))
        values[((started >= start) & (started < end)).to_numpy()] = name
    outside = started[(values == None) & started.notna().to_numpy()]  # noqa: E711 - elementwise
    changes = tuple(Change(row, MOMENT, str(time), "", OUTSIDE_MOMENTS)
                    for row, time in outside.items())
    nothing = np.full(len(rows), "", dtype=object)
    return Answers(source.items[MOMENT], rows.to_numpy(), values, nothing, nothing, changes)


def minutes(raw: Raw, rows: pd.Index, item: Item) -> Answers:
    """Say how many minutes each unit took."""
    took = (raw.completed.loc[rows] - raw.started.loc[rows]).dt.total_seconds() / 60
    backwards = took[took < 0]
    changes = tuple(Change(row, MINUTES, f"{length:g}", "", BACKWARDS)
                    for row, length in backwards.items())
    nothing = np.full(len(rows), "", dtype=object)
    values = took.mask(took < 0).to_numpy(dtype="float64")
    return Answers(item, rows.to_numpy(), values, nothing, nothing, changes)


def _recoded(item: Item, parent: Answers) -> tuple[np.ndarray, dict[str, list[int]]]:
    """Return the merged answers, and those about which the rule says nothing."""
    rule = {value: value for value in item.categories} | item.recode.map
    unknown: dict[str, list[int]] = {}
    values = np.full(len(parent.values), None, dtype=object)
    for value in pd.unique(parent.values[parent.filled]):
        which = parent.values == value
        if value in rule:
            values[which] = rule[value]
        else:
            unknown[value] = parent.rows[which].tolist()
    return values, unknown


def _yes_or_no(item: Item, parents: list[Answers]) -> np.ndarray:
    if item.both:
        yes = np.logical_and.reduce([parent.has((YES,)) for parent in parents])
    else:
        rule = item.any_of or item.none_of
        yes = parents[0].has(rule.values)
        yes = ~yes if item.none_of else yes
    return np.where(yes, YES, NO).astype(object)


def _check(item: Item, known: Mapping[str, Answers]) -> None:
    parents = [known[name].item for name in item.parents]
    if item.kind not in ("nominal", "ordinal"):
        raise DataError(_(
            "items.{item}: a derived item is nominal or ordinal; this one is {kind}. Correct its "
            "kind in study.toml.",
            item=item.name, kind=item.kind))
    for parent in parents:
        if item.recode and (not parent.closed or parent.kind == "multiple"):
            raise DataError(_(
                "items.{item}: is made from {parent}, which is {kind}. recode needs a nominal or "
                "ordinal item. Correct study.toml.",
                item=item.name, parent=parent.name, kind=parent.kind))
        if not parent.closed:
            raise DataError(_(
                "items.{item}: is made from {parent}, which is {kind}. It needs a closed item. "
                "Correct study.toml.",
                item=item.name, parent=parent.name, kind=parent.kind))
        if item.both and YES not in parent.categories:
            raise DataError(_(
                "items.{item}: both needs items with the value {yes!r}; {parent} has "
                "{categories}. Make a yes-or-no item of it with any_of.",
                item=item.name, yes=YES, parent=parent.name,
                categories=", ".join(parent.categories)))
