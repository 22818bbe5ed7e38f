"""From the text of a raw file to typed answers, with a log of every change."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

import numpy as np
import pandas as pd

from wbkit.cleaning.answers import Answers, read_answers
from wbkit.cleaning.count_checks import check_counts
from wbkit.cleaning.derived_items import derive, minutes, moments
from wbkit.cleaning.log import Change, log_frame, masked, reason_frame
from wbkit.cleaning.open_text import mask_personal
from wbkit.cleaning.set_aside import set_aside_rows
from wbkit.cleaning.unknown_answers import refuse_unknown
from wbkit.data.cleaning_log import SET_ASIDE
from wbkit.data.raw import Raw
from wbkit.data.responses import Responses, after_cleaning, asked_items
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.study.source import Source
from wbkit.study.source_kinds import MINUTES, MOMENT
from wbkit.text.normalise import listed, tidy

DIRECT = ("email", "name")
NAMING = frozenset({
    "e-mail", "email", "e-mailadres", "emailadres", "mailadres", "email address", "naam", "name",
    "voornaam", "achternaam", "first name", "last name", "telefoon", "telefoonnummer", "phone",
    "studentnummer", "student number", "leerlingnummer", "bsn", "burgerservicenummer",
})
ADDRESS = r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*"
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
        Identifiers are left out; ``minutes`` is added when the file holds times.

    Raises
    ------
    DataError
        If answers are not in study.toml (all at once), or a rule does not fit the data.
    """
    need(raw, Raw, "clean", "Give what read_source returned.")
    source = source or raw.source
    _check_columns(raw, source)
    _check_direct(raw, source)
    kept, changes = set_aside_rows(raw, source)
    _check_rows(raw, kept, changes, source)
    rows = raw.data.index[kept]
    written = {item.name: raw.data.loc[kept, tidy(item.column or item.name)]
               for item in asked_items(source)}
    commas = any(words.startswith("decimal comma") for words in raw.found)
    ready = {item.name: read_answers(item, written[item.name], commas=commas)
             for item in asked_items(source)}
    ready = mask_personal(ready, raw, source)
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
              if tidy(item.column or item.name) not in raw.data]
    if absent:
        raise DataError(
            f"{source.name}: {raw.source.file} was read without a column for {listed(absent)}. "
            "Read it with read_source(source), which says which headings are there."
        )


def _check_direct(raw: Raw, source: Source) -> None:
    """Refuse an item that would carry names or e-mail addresses on."""
    direct = {raw.ids[role] for role in DIRECT if role in raw.ids}
    for item in asked_items(source):
        heading = tidy(item.column or item.name)
        if item.sensitivity == "identifier":
            continue
        named = source.kind == "survey" and heading.lower() in NAMING
        if heading in direct or named or _addresses(raw.data[heading]):
            raise DataError(
                f"{source.name}, items.{item.name}: its column {item.column or item.name!r} holds "
                'e-mail addresses or names. Write sensitivity = "identifier", so that it never '
                "leaves the raw file, or remove the item."
            )


def _addresses(column: pd.Series) -> bool:
    """Whether most of what stands in a column is an e-mail address."""
    filled = column[column != ""]
    return len(filled) > 0 and bool(filled.str.fullmatch(ADDRESS).mean() > HALF)


def _check_rows(raw: Raw, kept: np.ndarray, changes: list[Change], source: Source) -> None:
    aside = {change.row for change in changes if change.after == SET_ASIDE}
    if len(raw.data) != kept.sum() + len(aside):
        raise DataError(
            f"{source.name}: {source.file} holds {len(raw.data)} rows, but {kept.sum()} are kept "
            f"and {len(aside)} set aside. These must add up; this is a fault in wbkit, report it."
        )


def in_order(source: Source) -> list[Item]:
    """Return the items so that each comes after those that it depends on."""
    needs = {name: {*item.parents, *item.asked_if} for name, item in source.items.items()}
    try:
        return [source.items[name] for name in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise DataError(
            f"{source.name}: items depend on each other in a circle: {circle}. "
            "Each may depend on earlier questions only. Correct asked_if or the derived item."
        ) from None


def routed(answers: Answers, known: Mapping[str, Answers]) -> Answers:
    """Remove the answers of units that were not asked."""
    if not answers.item.asked_if:
        return answers
    asked = np.ones(len(answers.rows), dtype=bool)
    for name, wanted in answers.item.asked_if.items():
        asked &= known[name].has(wanted)
    return answers.without(~asked)
