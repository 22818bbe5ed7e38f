"""Files of SPSS and Stata: values as the words of their label, user-missing values too."""

import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from wbkit.errors import DataError
from wbkit.intake.sheet import Hint, Sheet, tidy_headings
from wbkit.messages import _
from wbkit.text.normalise import heading, listed, tidy

STARTS = {"spss": (b"$FL2", b"$FL3"),
          "stata": (b"<stata_dta>", *(bytes([n, order]) for n in range(102, 116)
                                       for order in (1, 2)))}  # release, and order of bytes
NAMES = {"spss": "SPSS", "stata": "Stata"}
ENDINGS = {"spss": ".sav", "stata": ".dta"}
NOTHING = ("null", "na", "nan", "none")  # what other programs write for a label that is not there
PERIODS = ("QYR", "MOYR", "WKYR")
SPSS_START = date(1582, 10, 14)  # the first day of the Gregorian calendar
MOST_VALUES = 200  # value labels in a file; more is a list of codes
NO_FILE = (UnicodeDecodeError, ValueError, OverflowError, MemoryError, KeyError, IndexError,
           TypeError, OSError, AttributeError)


def read_labelled(content: bytes, where: str, kind: str) -> Sheet:
    """Read a file of SPSS (.sav, .zsav) or Stata (.dta)."""
    if not content.startswith(STARTS[kind]):
        raise DataError(_(
            "{where}: is no {program} file. It should be a {ending} file as {program} saves it. "
            "Save it again there, or write the right format in study.toml.",
            where=where, program=NAMES[kind], ending=ENDINGS[kind]))
    columns, meta = _opened(content, where, kind)
    columns = {name: _dates(cells) if _is_period(meta, name) else cells
               for name, cells in columns.items()}
    names = tidy_headings(list(meta.column_names), where)
    sets = _sets(meta)
    words = {name: _words(meta, name, columns[name]) for name in meta.column_names}
    written = [_texts(columns[name], words[name]) for name in meta.column_names]
    hints = [_hint(meta, name, cells, words[name]) for name, cells in
             zip(meta.column_names, written, strict=True)]
    hints = [_in_set(hint, name, sets) for hint, name in zip(hints, meta.column_names, strict=True)]
    rows = range(2, 2 + len(written[0]))
    return Sheet(names, tuple(written), rows, _found(meta),
                 dict(zip(names, hints, strict=True)))


def _opened(content: bytes, where: str, kind: str) -> tuple[dict[str, Sequence[Any]], Any]:
    """Read a file with pyreadstat; dates it cannot turn into days stay numbers."""
    import pyreadstat  # noqa: PLC0415 - only a file of SPSS or Stata needs it

    read = pyreadstat.read_sav if kind == "spss" else pyreadstat.read_dta
    faults = (*NO_FILE, pyreadstat.ReadstatError, pyreadstat.PyreadstatError)
    options: dict[str, Any] = {"output_format": "dict", "user_missing": True}
    for more in ({}, {"disable_datetime_conversion": True}):
        try:
            return read(io.BytesIO(content), **options, **more)
        except faults:
            continue
    raise DataError(_(
        "{where}: is damaged: its variables cannot be read. Open it in {program} and save it again "
        "as {ending}, or save it there as csv.",
        where=where, program=NAMES[kind], ending=ENDINGS[kind]))


def _is_period(meta: Any, name: str) -> bool:
    """Whether SPSS shows a variable as a quarter, a month or a week of a year."""
    return str(meta.original_variable_types.get(name, "")).upper().startswith(PERIODS)


def _dates(cells: Sequence[Any]) -> list[Any]:
    """Return the first day of each period: SPSS keeps seconds since the first day of its calendar.

    pyreadstat gives these numbers; a quarter would be counted as 13631500800.
    """
    return [SPSS_START + timedelta(seconds=cell) if _known(cell) else cell for cell in cells]


def _words(meta: Any, name: str, cells: Sequence[Any]) -> dict[Any, str]:
    """Return value = words; a value without words has none.

    Two values with the same words are told apart by their code: "geen (2)" and "geen (9)". Were
    one of them missing, the other would be lost with it.
    """
    known = meta.variable_value_labels.get(name, {})
    known = {value: tidy(words) for value, words in known.items() if tidy(words)}
    if known and set(map(type, known)) == {str}:  # a code of text may be padded in the file
        known = {value.rstrip(): words for value, words in known.items()}
        known |= {cell: known[cell.rstrip()] for cell in dict.fromkeys(cells)
                  if isinstance(cell, str) and cell.rstrip() in known}
    codes: dict[str, set[str]] = {}
    for value, words in known.items():
        codes.setdefault(words, set()).add(_text(value).rstrip())
    return {value: f"{words} ({_text(value).rstrip()})" if len(codes[words]) > 1 else words
            for value, words in known.items()}


def _texts(cells: Sequence[Any], words: Mapping[Any, str]) -> list[str]:
    return [words.get(cell, "") or _text(cell) if _known(cell) else _text(cell) for cell in cells]


def _known(cell: Any) -> bool:
    return isinstance(cell, str | int | float) and cell == cell


def _text(cell: Any) -> str:
    """Write a value as text: 7.0 as 7, a date as ISO, an absent one as nothing."""
    if cell is None or cell != cell:  # nan and NaT differ from themselves
        return ""
    if isinstance(cell, float) and math.isfinite(cell) and cell.is_integer():
        return str(int(cell))
    writer = AS_TEXT.get(type(cell))
    return writer(cell) if writer else str(cell).rstrip()


AS_TEXT: dict[type, Callable[[Any], str]] = {
    float: repr,
    datetime: lambda cell: cell.isoformat(sep=" ", timespec="seconds"),
    date: date.isoformat,
    time: time.isoformat,
}


def _hint(meta: Any, name: str, cells: Sequence[str], words: Mapping[Any, str]) -> Hint:
    """Return what the file says of a variable; numbers between labelled steps are values too."""
    every = _every(words, cells)
    missing = tuple(dict.fromkeys(
        text for value, text in every.items() if _is_missing(meta, name, value)))
    values = tuple(dict.fromkeys(
        text for value, text in sorted(every.items(), key=_place)
        if text not in missing)) if set(words.values()) - set(missing) else ()
    label = heading(meta.column_names_to_labels.get(name) or "")
    return Hint(
        label="" if label.casefold() in NOTHING else label,
        values=values if len(values) <= MOST_VALUES else (),
        missing=missing, measure=str(meta.variable_measure.get(name, "")).replace("unknown", ""),
    )


def _every(labels: Mapping[Any, str], cells: Sequence[str]) -> dict[Any, str]:
    """Return value = text for the values with words, and the plain numbers that occur."""
    words = set(labels.values())
    found = {text: text for text in dict.fromkeys(cells) if text and text not in words}
    return {**labels, **{_number(text): text for text in found}}


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _place(pair: tuple[Any, str]) -> tuple[bool, float, str]:
    value = pair[0]
    number = isinstance(value, int | float)
    return (not number, value if number else 0.0, "" if number else str(value))


def _is_missing(meta: Any, name: str, value: Any) -> bool:
    for part in meta.missing_ranges.get(name, ()):
        low, high = part["lo"], part["hi"]
        if type(low) is str or type(value) is str:
            if _text(value).rstrip() == str(low).rstrip():
                return True
        elif low <= value <= high:
            return True
    return False


def _sets(meta: Any) -> dict[str, tuple[str, str, bool]]:
    """Return variable = name, words and kind of the multiple-response set that it belongs to.

    Both kinds: a tick in each variable (MDGROUP), or an option in each (MCGROUP).
    """
    found = {}
    for code, about in (getattr(meta, "mr_sets", None) or {}).items():
        for name in about["variable_list"]:
            found[name] = code.lstrip("$"), heading(about["label"]), bool(about["is_dichotomy"])
    return found


def _in_set(hint: Hint, name: str, sets: Mapping[str, tuple[str, str, bool]]) -> Hint:
    if name not in sets:
        return hint
    group, words, ticks = sets[name]
    return replace(hint, group=group, stem=words or group, part=hint.label or name, ticks=ticks,
                   mentions=not ticks)


def _found(meta: Any) -> tuple[str, ...]:
    missing = [name for name in meta.column_names if meta.missing_ranges.get(name)]
    words = [_("encoding {encoding}", encoding=meta.file_encoding)] if meta.file_encoding else []
    words += [_("user-missing values in {columns}", columns=listed(missing))] if missing else []
    return tuple(words)
