"""Count the answers in a raw file again, without wbkit: pandas, openpyxl and the words of toml."""

import csv
import io
import tomllib
import unicodedata
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd


class Unreadable(Exception):
    """The simple reader cannot read this file."""


def recount(folder: Path) -> tuple[int, int, dict[str, dict[str, int]]]:
    """Return rows in the file, rows that count, and n by item and value."""
    study = tomllib.loads((folder / "study.toml").read_text(encoding="utf-8-sig"))
    (source,) = study["sources"].values()
    frame = read_frame(folder / source["file"])
    items = source.get("items", {})
    kept = frame[kept_rows(frame, source, items)]
    counts = {name: count(name, items, kept) for name, item in items.items()
              if item["kind"] in ("nominal", "ordinal", "multiple")}
    return len(frame), len(kept), counts


def plain(text: str) -> str:
    invisible = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter for letter in text if letter not in invisible).split())


def read_frame(path: Path) -> pd.DataFrame:
    lines = read_workbook(path) if path.suffix == ".xlsx" else read_lines(path)
    if not lines:
        raise Unreadable
    headings, *body = lines
    headings = [plain(name) for name in headings]
    width = len(headings)
    body = [line + [""] * (width - len(line)) for line in body if any(line)]
    if any(len(line) > width and any(line[width:]) for line in body):
        raise Unreadable
    return pd.DataFrame([line[:width] for line in body], columns=headings, dtype=object)


def read_workbook(path: Path) -> list[list[str]]:
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as fault:
        raise Unreadable from fault
    filled = [sheet for sheet in book.worksheets if sheet.max_row > 1 or sheet["A1"].value]
    if len(filled) != 1:
        raise Unreadable
    return [[written(cell) for cell in row] for row in filled[0].iter_rows(values_only=True)]


def written(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def read_lines(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    for codec in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else (
            "utf-8-sig", "cp1252"):
        try:
            text = content.decode(codec)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable
    mark = max(";,\t|", key=text.split("\n")[0].count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def column_of(name: str, item: dict) -> str:
    return plain(item.get("column", name))


def asked(items: dict) -> dict[str, dict]:
    return {name: item for name, item in items.items()
            if not {"recode", "any_of", "none_of", "both"} & set(item)}


def kept_rows(frame: pd.DataFrame, source: dict, items: dict) -> pd.Series:
    kept = pd.Series(True, index=frame.index)
    columns = {name: column_of(name, item) for name, item in asked(items).items()}
    for rule in source.get("set_aside", ()):
        matched = kept.copy()
        for name, value in rule["where"].items():
            matched &= frame[columns.get(name, plain(name))].map(plain) == str(value)
        kept &= ~matched
    answers = frame[[column for name, column in columns.items()
                     if items[name].get("sensitivity") != "identifier"]]
    kept &= answers.map(str.strip).ne("").any(axis=1)
    rule = source.get("duplicates")
    if rule and rule.get("keep", "all") != "all":
        again = frame.loc[kept, list(columns.values())].duplicated(keep=rule["keep"])
        kept &= ~again.reindex(frame.index, fill_value=False)
    return kept


def corrected(item: dict, text: str) -> str:
    known = {plain(before): after for before, after in item.get("corrections", {}).items()}
    own = [plain(value) for value in item["values"]] if item["values"] != "any" else []
    form = plain(text)
    return form if form in own else known.get(form, form)


def answers(name: str, items: dict, frame: pd.DataFrame) -> pd.Series:
    """Return the set of values of each row; empty for no answer or not asked."""
    item = items[name]
    if "recode" in item:
        mapping = item["recode"]["map"]
        parent = answers(item["recode"]["item"], items, frame)
        found = parent.map(lambda values: {mapping[one] for one in values})
    else:
        found = frame[column_of(name, item)].map(lambda text: values_of(item, text))
    for parent, wanted in item.get("asked_if", {}).items():
        fits = answers(parent, items, frame).map(lambda values, w=wanted: bool(values & set(w)))
        found = found.where(fits, found.map(lambda _: set()))
    return found


def values_of(item: dict, text: str) -> set[str]:
    parts = text.split(";") if item["kind"] == "multiple" else [text]
    known = {plain(one): one for one in item["values"]} if item["values"] != "any" else None
    found = set()
    for part in parts:
        form = corrected(item, part)
        if form and form not in map(plain, item.get("missing", ())):
            found.add(form if known is None else known.get(form, "other"))
    alone = set(item.get("exclusive", ()))
    return found - alone if found - alone else found


def count(name: str, items: dict, frame: pd.DataFrame) -> dict[str, int]:
    found = answers(name, items, frame)
    return pd.Series([one for values in found for one in values], dtype=object
                     ).value_counts().to_dict()
