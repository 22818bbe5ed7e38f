"""Codings for other programs: one row for each coding, or a 0/1 matrix of texts by codes."""

import io
from pathlib import Path
from typing import Literal

import pandas as pd

from wbkit.data.codings import Codings
from wbkit.errors import CodingError, DisclosureError
from wbkit.files import new_workbook, write_whole
from wbkit.messages import _, counted, listing, spoken

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet computes what begins with one of these
MOST_SIGNS, MOST_ROWS = 32_767, 1_048_575  # of a cell and a sheet in Excel
QUOTED = ("quote", "memo", "term", "rule")
SPREADSHEETS = (".csv", ".xlsx")


def export_codings(
    codings: Codings, path: str | Path, *, shape: Literal["rows", "matrix"] = "rows"
) -> Path:
    """Write codings for a spreadsheet or another program.

    Parameters
    ----------
    codings
        Codings of one source.
    path
        A file that ends with ``.csv`` or ``.xlsx``; the same bytes for the same codings.
    shape
        ``rows``: one row for each coding, with its quote; ``matrix``: one row for each text, also
        without codings, and one column for each code that was looked for, 1 where the text has
        it and 0 where it has not.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DisclosureError
        For rows, if the source is neither synthetic nor public: quotes are words of people.
    CodingError
        If there is no such shape, the path has another ending, or Excel cannot hold so many rows
        or signs.
    """
    if shape == "matrix":
        return _write(_matrix(codings), Path(path))
    if shape != "rows":
        raise CodingError(_("shape={shape!r} is unknown. Use rows or matrix.", shape=shape))
    source = codings.documents.source
    if not (source.synthetic or source.public):
        raise DisclosureError(_(
            '{source}: quotes of real people do not leave the store. Use shape="matrix", which '
            "holds no words.",
            source=source.name))
    return _write(codings.data.reset_index(drop=True), Path(path))


def _matrix(codings: Codings) -> pd.DataFrame:
    found = set(zip(codings.data["document"].tolist(), codings.data["code"].tolist(),
                    strict=True))
    names = codings.documents.texts["document"].tolist()
    columns = {code: [int((name, code) in found) for name in names] for code in codings.codes}
    return pd.DataFrame({"document": pd.Series(names, dtype="str")} | columns)


def _write(frame: pd.DataFrame, path: Path) -> Path:
    if path.suffix.lower() not in SPREADSHEETS:
        raise CodingError(_(
            "{file}: ends with {ending!r}; it may be {endings}. Choose one of these.",
            file=path.name, ending=path.suffix,
            endings=listing(list(SPREADSHEETS), spoken(), last="or")))
    content = _csv(frame) if path.suffix.lower() == ".csv" else _xlsx(frame, path.name)
    return write_whole(path, content)


def _csv(frame: pd.DataFrame) -> bytes:
    """Write words that a spreadsheet would compute with an apostrophe before them."""
    guarded = frame.assign(**{name: frame[name].astype("str").map(_guarded)
                              for name in frame if name in QUOTED})
    return guarded.to_csv(index=False, lineterminator="\n").encode()


def _guarded(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words


def _xlsx(frame: pd.DataFrame, name: str) -> bytes:
    _check_fits(frame, name)
    stream = io.BytesIO()
    with new_workbook(stream) as book:
        sheet = book.add_worksheet("codings")
        sheet.write_row(0, 0, list(frame.columns), book.add_format({"bold": True}))
        for place, column in enumerate(frame.columns):
            numbers = pd.api.types.is_numeric_dtype(frame[column])
            write = sheet.write_number if numbers else sheet.write_string
            for row, value in enumerate(frame[column].tolist(), start=1):
                write(row, place, value if numbers else str(value))
        sheet.freeze_panes(1, 1)
    return stream.getvalue()


def _check_fits(frame: pd.DataFrame, name: str) -> None:
    longest = max((int(frame[column].str.len().max()) for column in frame
                   if column in QUOTED and len(frame)), default=0)
    if len(frame) > MOST_ROWS or longest > MOST_SIGNS:
        raise CodingError(_(
            "{file}: has {rows} and a passage of {signs}; Excel holds {most_rows} rows and "
            "{most_signs} signs. Write a .csv file.",
            file=name, rows=counted(len(frame), "row", "rows"),
            signs=counted(longest, "sign", "signs"), most_rows=MOST_ROWS, most_signs=MOST_SIGNS))
