"""Files of SPSS: values as the words of their label, user-missing values too."""

import io
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from wbkit.errors import DataError
from wbkit.intake.export_columns import Part, merge
from wbkit.intake.platforms import joined
from wbkit.intake.sheet import Hint, Sheet, tidy_headings
from wbkit.study.item import Item
from wbkit.text.normalise import listed, tidy

STARTS = (b"$FL2", b"$FL3")
MOST_VALUES = 200  # value labels in a file; more is a list of codes
NO_FILE = (UnicodeDecodeError, ValueError, OverflowError, MemoryError, KeyError, IndexError,
           TypeError, OSError, AttributeError)


def read_spss(content: bytes, where: str, items: Mapping[str, Item]) -> Sheet:
    """Read a .sav or .zsav file."""
    if not content.startswith(STARTS):
        raise DataError(
            f"{where}: is no SPSS file. It should be a .sav file as SPSS saves it. "
            "Save it again in SPSS, or write the right format in study.toml."
        )
    columns, meta = _opened(content, where)
    names = tidy_headings(list(meta.column_names), where)
    written = {name: _texts(columns[name], _labels(meta, name)) for name in meta.column_names}
    rows = range(2, 2 + len(next(iter(written.values()))))
    sheet = Sheet(names, tuple(written.values()), rows, _found(meta))
    parts = _parts(meta, columns, written, set(items))
    merged = joined(merge(parts, items, where), sheet)
    own = {tidy(name): _hint(meta, name, written[name]) for name in meta.column_names}
    hints = {name: merged.hints.get(name, own.get(name, Hint())) for name in merged.headings}
    return Sheet(merged.headings, merged.columns, rows, merged.found, hints)


def _opened(content: bytes, where: str) -> tuple[dict[str, Sequence[Any]], Any]:
    """Read a file with pyreadstat; dates it cannot turn into days stay numbers."""
    import pyreadstat  # noqa: PLC0415 - only a file of SPSS needs it

    faults = (*NO_FILE, pyreadstat.ReadstatError, pyreadstat.PyreadstatError)
    options: dict[str, Any] = {"output_format": "dict", "user_missing": True}
    for more in ({}, {"disable_datetime_conversion": True}):
        try:
            return pyreadstat.read_sav(io.BytesIO(content), **options, **more)
        except faults:
            continue
    raise DataError(
        f"{where}: is damaged: its variables cannot be read. "
        "Open it in SPSS and save it again as .sav, or save it there as csv."
    )


def _labels(meta: Any, name: str) -> dict[Any, str]:
    """Return value = words; a value without words has none."""
    known = meta.variable_value_labels.get(name, {})
    return {value: tidy(words) for value, words in known.items() if tidy(words)}


def _texts(cells: Sequence[Any], labels: Mapping[Any, str]) -> list[str]:
    return [labels.get(cell, "") or _text(cell) if _known(cell) else _text(cell) for cell in cells]


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


def _hint(meta: Any, name: str, cells: Sequence[str]) -> Hint:
    """Return what the file says of a variable; numbers between labelled steps are values too."""
    labels = _labels(meta, name)
    missing = tuple(dict.fromkeys(
        text for value, text in _every(labels, cells).items() if _is_missing(meta, name, value)))
    values = tuple(dict.fromkeys(
        text for value, text in sorted(_every(labels, cells).items(), key=_place)
        if text not in missing)) if set(labels.values()) - set(missing) else ()
    return Hint(
        label=tidy(meta.column_names_to_labels.get(name) or ""),
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
            if str(value).rstrip() == str(low).rstrip():
                return True
        elif low <= value <= high:
            return True
    return False


def _parts(
    meta: Any, columns: Mapping[str, Sequence[Any]], written: Mapping[str, Sequence[str]],
    apart: set[str],
) -> list[Part]:
    """Return the variables, those of a multiple response set as options of one question."""
    sets = {name: (code.lstrip("$"), about) for code, about in _sets(meta).items()
            for name in about["variable_list"] if not apart & set(about["variable_list"])}
    parts = []
    for name in meta.column_names:
        if name not in sets:
            parts.append(Part(tidy(name), tidy(name), written[name]))
            continue
        question, about = sets[name]
        words = tidy(meta.column_names_to_labels.get(name) or name)
        ticks = ["1" if _text(cell) == _counted(about) else "" for cell in columns[name]]
        parts.append(Part(tidy(name), question, ticks, words, tidy(about["label"]), words))
    return parts


def _sets(meta: Any) -> dict[str, Any]:
    """Return the sets of variables that hold one option each, with one value for a tick."""
    return {code: about for code, about in (meta.mr_sets or {}).items()
            if about["is_dichotomy"] and set(about["variable_list"]) <= set(meta.column_names)}


def _counted(about: Mapping[str, Any]) -> str:
    return _text(_number(str(about["counted_value"])))


def _found(meta: Any) -> tuple[str, ...]:
    missing = [name for name in meta.column_names if meta.missing_ranges.get(name)]
    words = (f"encoding {meta.file_encoding}",) if meta.file_encoding else ()
    return (*words, *((f"user-missing values in {listed(missing)}",) if missing else ()))
