"""Text files with separators: which separator, encoding and decimal mark, found by evidence."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from wbkit.errors import DataError
from wbkit.intake.layout import CountHeads, Grid, Layout
from wbkit.messages import _, counted, mark
from wbkit.text.normalise import cut, listed, tidy

SEPARATORS = {";": mark("semicolon"), ",": mark("comma"), "\t": mark("tab"),
              "|": mark("vertical bar")}
WHOLE = re.compile(r"[+-]?\d+[.,]0+")
COMMA_NUMBER = re.compile(r"[+-]?\d+(,\d+)?")
MULTIBYTE = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2[\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}")
EXCEL_LINE = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)  # Excel hides this first line
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
NA, LEAST_NA = "NA", 2  # columns of numbers that hold it
SAMPLE = 200
INSIDE_WORD = re.compile(  # signs that no word has behind a small letter: capitals, bullets
    "(?<=[a-z])(?:[\u00c0-\u00de\u0160\u017d\u0178\u0152\u2020-\u2022\u2030\u02c6\u02dc\ufffd]|"
    "[\u2018\u00a0-\u00bf](?=[a-z]))")
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": ("utf-8-sig", mark("UTF-8 with byte order mark")),
         b"\xff\xfe": ("utf-16", "UTF-16"), b"\xfe\xff": ("utf-16", "UTF-16")}
CSV_FAULTS = {  # what the csv module says of a line
    "unexpected end": mark("a double quote has no end"),
    "expected after": mark("something stands behind the double quote that ends a cell"),
    "field limit": mark("a cell is too long; a double quote may have no end"),
    "new-line": mark("a line ends in a way that no program writes"),
}
MOST_HEADS = 5  # rows of headings
MOST_BYTES = 50_000_000
LOOKED_AT, STRAY = 10_000, 2
ORDINARY = "\t\n\r\x0b\x0c"


def read_delimited(
    content: bytes, where: str, expected: Collection[str], layout: Layout, count: CountHeads
) -> Grid:
    """Read the cells of a text file with separators.

    Empty rows are left out; numbers written 2.0 throughout a column become 2.
    """
    records, found = read_records(content, where, expected)
    first = layout.heading_row or 1
    if first > len(records):
        raise DataError(_(
            "{where}: heading_row = {row}, and the file has {rows}. Correct heading_row in "
            "study.toml.",
            where=where, row=first, rows=counted(len(records), "row", "rows")))
    records = records[first - 1:]
    _refuse_empty_heading(records[0], where)
    n = count(records[:MOST_HEADS])
    heads = [list(row) for row in records[:n]]
    width = max(map(len, heads))
    numbers, rows = _even(records[n:], width, where, first + n)
    columns = [*zip(*rows, strict=True)] if rows else [()] * width
    columns, more = _without_na(columns)
    columns, whole = _plain_numbers(heads[0], columns)
    empty = len(records) - n - len(rows)
    skipped = (counted(empty, "empty row was skipped", "empty rows were skipped"),) if empty else ()
    return Grid(heads, tuple(columns), numbers, (*found, *skipped, *more, *whole))


def read_records(
    content: bytes, where: str, headings: Collection[str]
) -> tuple[list[list[str]], tuple[str, ...]]:
    """Read the rows of a text file with separators, those of its headings included."""
    text, encoding, found = _decoded(content, where)
    said = EXCEL_LINE.match(text)
    text = text[said.end():] if said else text
    separator = said[1] if said else _separator(text, headings)
    return _records(text, separator, where), (
        _(encoding), _("separator {separator}", separator=_(SEPARATORS[separator])), *found)


def _refuse_empty_heading(row: Sequence[str], where: str) -> None:
    if not any(row):
        raise DataError(_(
            "{where}: its first row is empty. It should hold the headings. Remove the empty rows "
            "above them in a copy, or export it again.",
            where=where))


def _decoded(content: bytes, where: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the text, its encoding, and what was found: which bytes could not be read."""
    damaged = _utf8_with_bad_bytes(content)
    if damaged:
        return damaged
    found = text_in(content)
    if found is None:
        raise DataError(_(
            "{where}: is not a text file. It should be a csv file in UTF-8 or Windows-1252. "
            "Export it again as csv, or write the right format in study.toml.",
            where=where))
    return *found, ()


def _utf8_with_bad_bytes(content: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """Read UTF-8 in which a few bytes are of Windows-1252, as when somebody pasted in a line.

    Gives None for a file that is whole UTF-8, or that is no UTF-8 at all: then the signs that
    take several bytes there would be nonsense.
    """
    whole = MULTIBYTE.findall(content)
    if not whole or b"\0" in content[:LOOKED_AT]:
        return None
    bad: list[int] = []

    def replaced(error: UnicodeDecodeError) -> tuple[str, int]:
        bad.append(error.start)
        byte = error.object[error.start:error.start + 1]
        return byte.decode("cp1252", errors="replace"), error.start + 1

    codecs.register_error("wbkit-bad-byte", replaced)
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="wbkit-bad-byte")
    if not bad or len(bad) > len(whole):
        return None
    lines = sorted({content.count(b"\n", 0, place) + 1 for place in bad})
    words = _(
        "1 byte in line {lines} is no UTF-8 and read as Windows-1252: look whether the letters are "
        "right there", lines=lines[0]) if len(bad) == 1 else _(
        "{n} bytes in line {lines} are no UTF-8 and read as Windows-1252: look whether the letters "
        "are right there", n=len(bad), lines=listed(lines))
    return text, "UTF-8", (words,)


def _separator(text: str, headings: Collection[str]) -> str:
    """Choose the separator that shows most headings of the study, then the most even rows."""
    known = set(map(tidy, headings))
    return max(SEPARATORS, key=lambda separator: _evidence(text, separator, known))


def _evidence(text: str, separator: str, known: set[str]) -> tuple[int, float, int]:
    records = []
    try:
        for record in _reader(text, separator):
            records.append(record)
            if len(records) > SAMPLE:
                break
    except csv.Error:
        pass
    records = [record for record in records if any(record)]
    if not records:
        return 0, 0.0, 0
    width = len(records[0])
    even = sum(len(record) == width for record in records) / len(records)
    return len(known & set(map(tidy, records[0]))), even if width > 1 else 0.0, width


def _reader(text: str, separator: str):  # noqa: ANN202 - the class of a csv reader is private
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _records(text: str, separator: str, where: str) -> list[list[str]]:
    reader = _reader(text, separator)
    try:
        records = list(reader)
    except csv.Error as error:
        raise DataError(_(
            "{where}, line {line}: {fault}. A cell that starts with a double quote must end with "
            'one, and a double quote inside it is written "". Correct that line.',
            where=where, line=reader.line_num, fault=csv_fault(error))) from None
    if not records:
        raise DataError(_(
            "{where}: is empty. It should hold headings and answers. Export it again.",
            where=where))
    return records


def csv_fault(error: csv.Error) -> str:
    """Say in words what makes a file no csv."""
    return next((_(words) for sign, words in CSV_FAULTS.items() if sign in str(error)), str(error))


def _even(
    records: Sequence[Sequence[str]], width: int, where: str, first: int
) -> tuple[list[int], list[list[str]]]:
    """Return row numbers and rows without the empty ones; refuse rows of another width."""
    numbers, rows, uneven = [], [], {}
    for number, record in enumerate(records, start=first):
        if not any(record):
            continue
        cells = [*record[:width]]
        if len(record) < width or any(record[width:]):
            uneven[number] = len(record)
        numbers.append(number)
        rows.append(cells)
    if uneven:
        raise _refused_width(uneven, width, where, every=len(uneven) == len(rows) > 1)
    return numbers, rows


def _refused_width(uneven: Mapping[int, int], width: int, where: str, *, every: bool) -> DataError:
    """Return the refusal of rows with more or fewer cells than headings."""
    rows = listed(_("row {row} has {n}", row=row, n=n) for row, n in uneven.items())
    cells = counted(width, "cell", "cells")
    if every:
        return DataError(_(
            "{where}: the headings make {cells}, but {rows}. Every row should have as many cells "
            "as there are headings. Put a cell that holds the separator or a line break between "
            "double quotes, or export the file again. Is the first row a title? Then remove the "
            "rows above the headings in a copy, and name the copy in file in study.toml.",
            where=where, cells=cells, rows=rows))
    return DataError(_(
        "{where}: the headings make {cells}, but {rows}. Every row should have as many cells as "
        "there are headings. Put a cell that holds the separator or a line break between double "
        "quotes, or export the file again.",
        where=where, cells=cells, rows=rows))


def _without_na(
    columns: Sequence[Sequence[str]]
) -> tuple[list[Sequence[str]], tuple[str, ...]]:
    """Empty the cells in which R writes NA: it stands in columns of numbers, where nobody types it.

    A column of numbers with empty cells beside NA shows that somebody did type it.
    """
    numbers = [column for column in columns if NA in column and all(
        cell == NA or NUMBER.fullmatch(cell.strip()) or not cell for cell in column)
        and any(cell and cell != NA for cell in column)]
    if len(numbers) < LEAST_NA or any("" in column for column in numbers):
        return [*columns], ()
    n = sum(cell == NA for column in columns for cell in column)
    plain = [["" if cell == NA else cell for cell in column] for column in columns]
    return plain, (counted(n, "cell holds NA, as R writes an empty cell: read as empty",
                           "cells hold NA, as R writes an empty cell: read as empty"),)


def _plain_numbers(
    names: Sequence[str], columns: Sequence[Sequence[str]]
) -> tuple[list[Sequence[str]], tuple[str, ...]]:
    """Write 2.0 as 2 in a column of such numbers; report that, and decimal commas."""
    plain, whole, commas = [], [], []
    for name, column in zip([*names, *([""] * len(columns))], columns, strict=False):
        values = Counter(column)
        filled = [value.strip() for value in values if value.strip()]
        if filled and all(map(WHOLE.fullmatch, filled)):
            whole.append(name)
            column = [_without_fraction(value) for value in column]
        elif filled and "," in "".join(filled) and all(map(COMMA_NUMBER.fullmatch, filled)):
            commas.append(name)
        plain.append(column)
    found = [_("decimal comma in {columns}", columns=listed(map(cut, commas)))] if commas else []
    found += [_("2.0 read as 2 in {columns}", columns=listed(map(cut, whole)))] if whole else []
    return plain, tuple(found)


def _without_fraction(value: str) -> str:
    return re.split("[.,]", value.strip(), maxsplit=1)[0]


def decoded(content: bytes, where: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding."""
    if len(content) > MOST_BYTES:
        raise DataError(_(
            "{where}: is larger than {most} MB. A transcript is smaller; divide the file.",
            where=where, most=MOST_BYTES // 1_000_000))
    found = text_in(content)
    if found is None:
        raise DataError(_(
            "{where}: is not a text file. It should be text in UTF-8 or Windows-1252. Save it "
            "again as text, or write the right format in study.toml.",
            where=where))
    return found


def text_in(content: bytes) -> tuple[str, str] | None:
    """Return the text that bytes hold and the name of its encoding."""
    marked = [found for mark, found in BYTE_ORDER_MARKS.items() if content.startswith(mark)]
    for codec, words in (*marked, ("utf-8", "UTF-8"), *_without_mark(content),
                         *_of_a_mac(content), ("cp1252", "Windows-1252 (cp1252)")):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, words
    return None


def _of_a_mac(content: bytes) -> list[tuple[str, str]]:
    """Recognise the code page in which Excel on a Mac saves csv: its words are whole there.

    Read as Windows-1252, an é of a Mac is a Ž, and its hard space an Ê behind a small letter.
    """
    if content.isascii() or b"\0" in content[:LOOKED_AT]:
        return []
    mac, windows = (len(INSIDE_WORD.findall(content.decode(codec, errors="replace")))
                    for codec in ("mac_roman", "cp1252"))
    return [("mac_roman", "Mac Roman")] if mac < windows else []


def _is_text(text: str) -> bool:
    beginning = text[:LOOKED_AT]
    strange = sum(sign < " " and sign not in ORDINARY for sign in beginning)
    return "\0" not in text and strange <= max(STRAY, len(beginning) // 100)


def _without_mark(content: bytes) -> list[tuple[str, str]]:
    """Recognise UTF-16 without a mark: every other byte of Latin text is zero."""
    half = max(1, len(content) // 2)
    share = {codec: content[first::2].count(0) / half
             for codec, first in (("utf-16-le", 1), ("utf-16-be", 0))}
    return [(codec, "UTF-16") for codec, zeros in share.items()
            if zeros > 0.5 and len(content) % 2 == 0]
