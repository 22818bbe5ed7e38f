"""Codings for others: a row for each coding, a 0/1 matrix of texts by codes, segments in Word."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from wbkit.coding.exchange.segments_document import segments_document
from wbkit.coding.presence import chosen_codes, presence
from wbkit.data.codings import Codings
from wbkit.errors import CodingError, DisclosureError
from wbkit.files import new_workbook, write_whole
from wbkit.messages import _, counted, listing, spoken

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet computes what begins with one of these
MOST_SIGNS, MOST_ROWS = 32_767, 1_048_575  # of a cell and a sheet in Excel
QUOTED = ("quote", "memo", "term", "rule")
SPREADSHEETS, WORD = (".csv", ".xlsx"), ".docx"
SHAPES = {"rows": SPREADSHEETS, "matrix": SPREADSHEETS, "segments": (WORD,)}  # and their endings


def export_codings(
    codings: Codings, path: str | Path, *,
    shape: Literal["rows", "matrix", "segments"] | None = None,
) -> Path:
    """Write codings for a spreadsheet, for another program, or for a meeting.

    Parameters
    ----------
    codings
        Codings of one source.
    path
        A file that ends with ``.csv`` or ``.xlsx``, or with ``.docx`` for segments; the same
        bytes for the same codings.
    shape
        ``rows``: one row for each coding, with its quote. ``matrix``: one row for each text, also
        without codings, and one column for each code that was looked for and each code above it:
        1 where the text has it, 0 where it has not, and nothing where nobody looked for it; a
        code above others has what they have, as in `code_frequency`. ``segments``: a Word
        document with the passages of each code in their context, with role and id. Left out:
        segments for ``.docx``, else rows.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    DisclosureError
        For rows and segments of real people whose words were not pseudonymised.
    CodingError
        If there is no such shape, the path has another ending, or Excel cannot hold so many rows
        or signs.
    """
    path = Path(path)
    shape = shape or ("segments" if path.suffix.lower() == WORD else "rows")
    if shape not in SHAPES:
        raise CodingError(_(
            "shape={shape!r} is unknown. Use {shapes}.",
            shape=shape, shapes=listing(list(SHAPES), spoken(), last="or")))
    _check_ending(path, SHAPES[shape])
    if shape == "matrix":
        return write_whole(path, _spreadsheet(_matrix(codings), path))
    _refuse_real(codings)
    if shape == "segments":
        return write_whole(path, segments_document(codings))
    rows = codings.documents.with_consent(codings.data).reset_index(drop=True)
    return write_whole(path, _spreadsheet(rows, path))


def _refuse_real(codings: Codings) -> None:
    if not codings.documents.may_be_shown:
        raise DisclosureError(_(
            "{source}: quotes of real people leave the store once they are pseudonymised. Give "
            "wbkit pseudonymise, decide on the words in its sheet, and read the codings again; "
            'or use shape="matrix", which holds no words.',
            source=codings.documents.source.name))


def _check_ending(path: Path, endings: Sequence[str]) -> None:
    if path.suffix.lower() not in endings:
        raise CodingError(_(
            "{file}: ends with {ending!r}; it may be {endings}. Choose one of these.",
            file=path.name, ending=path.suffix,
            endings=listing(list(endings), spoken(), last="or")))


def _matrix(codings: Codings) -> pd.DataFrame:
    """Return 1, 0 or nothing for each text and code."""
    codes = chosen_codes([codings], None)
    there = presence(codings, codes)
    found = set(zip(there["document"].tolist(), there["code"].tolist(), strict=True))
    names = codings.documents.texts["document"].tolist()
    looked = {code: _looked_for(codings, code) for code in codes}
    columns = {code: pd.array([1 if (name, code) in found else 0 if name in looked[code] else None
                               for name in names], dtype="Int64") for code in codes}
    return pd.DataFrame({"document": pd.Series(names, dtype="str")} | columns)


def _looked_for(codings: Codings, code: str) -> set[str]:
    """Return the texts in which somebody looked for a code, or for one under it.

    Where nobody noted what was looked for, all texts were read, as in `code_frequency`.
    """
    if codings.considered.empty:
        return set(codings.documents.texts["document"])
    below = set(codings.codebook.descendants(code))
    considered = codings.considered[codings.counts(codings.considered)]
    return {document for document, codes in zip(
        considered["document"], considered["codes"], strict=True)
        if below & set(codes)}


def _spreadsheet(frame: pd.DataFrame, path: Path) -> bytes:
    return _csv(frame) if path.suffix.lower() == ".csv" else _xlsx(frame, path.name)


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
                if value is not pd.NA:
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
