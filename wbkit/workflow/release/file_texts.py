"""The words in a file of any kind, and where each stands: cells, comments, outputs, properties."""

import csv
import gzip
import io
import json
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path, PurePath
from typing import Any

import nbformat
import numpy as np
from python_calamine import CalamineWorkbook

from wbkit.files import MOST_BYTES
from wbkit.messages import _

PNG = b"\x89PNG\r\n\x1a\n"
PACKAGES = (".xlsx", ".xlsm", ".docx", ".odt", ".ods", ".pptx", ".qdpx", ".zip")
WITHOUT_WORDS = (  # pictures, fonts, and what was made of texts that are read themselves
    ".jpg", ".jpeg", ".gif", ".ico", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".emf", ".wmf",
    ".ttf", ".otf", ".eot", ".woff", ".woff2", ".odttf", ".fntdata", ".mo", ".pyc")
PRINTER = re.compile(r"printerSettings\d*\.bin$")  # Excel puts one in a workbook
WIDE = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = bytes(set(range(32)) - set(b"\a\b\t\n\v\f\r\x1a\x1b"))
MOST_CONTROLS = 0.02  # of a text in which some slipped; of packed or encrypted bytes 9 %
ENDS = re.compile(r"</(?:[\w]+:)?(?:p|h|si|comment|row|tr|td|th|li|div|caption|title|text)\b[^>]*>"
                  r"|<br\s*/?>")
STYLES = re.compile(rb"<style>.*?</style>", re.DOTALL)
TAG = re.compile(r"<([^>]+)>")
ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
ELEMENT = re.compile(r"/?(?:[a-z][a-z0-9-]*|[\w-]+:[\w.-]+)\s*/?")
WORDLESS = re.compile(  # attributes of shapes, fonts and numbers by which parts are tied together
    r"(?:[\w-]+:)?(?:style|class|d|points|transform|viewBox|rsid\w*|typeface|font[\w-]*|ascii|"
    r"hAnsi|cs|eastAsia|(?!user)\w*[iI]d)|xmlns(?::[\w-]+)?")
PACKED = re.compile(r"data:[^,]*;base64,")
LETTERS = ("theme/", "fontTable.xml")  # parts of documents whose attributes name fonts
DATA = re.compile(r"<sheetData.*?</sheetData>", re.DOTALL)
COMMENT = re.compile(r'<(?:\w+:)?(?:comment|threadedComment)\b[^>]*?\bref="(\w+)"[^>]*>(.*?)'
                     r"</(?:\w+:)?(?:comment|threadedComment)>", re.DOTALL)
HASHES = ("fingerprint", "sha256", "execution_count")  # keys of what no person wrote
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError,
          ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Unreadable(Exception):
    """A file into which nobody can look: damaged, or closed with a password."""


@dataclass(frozen=True)
class Piece:
    """Words of a file.

    Parameters
    ----------
    place
        Where they stand in it, worded.
    text
        The words.
    """

    place: str
    text: str


def pieces(name: str, content: bytes) -> list[Piece]:
    """Return the words of a file, those in its properties and comments included.

    A photograph or a font has none. Raises Unreadable where nobody can look into a file: it can
    hold words.
    """
    ending = PurePath(name).suffix.casefold()
    readers: dict[str, Callable[[bytes], Iterator[Piece]]] = {
        ".ipynb": _notebook, ".json": _json, ".png": _picture, ".pdf": _pages,
        ".npz": _arrays, ".svg": _drawing, ".html": _drawing,
        ".csv": _cells_of_lines, ".tsv": _cells_of_lines,
        ".gz": partial(_unpacked, PurePath(name).stem),
        **{one: partial(_answers, one) for one in (".sav", ".zsav", ".dta")}}
    reader = readers.get(ending, _package if ending in PACKAGES else _lines)
    if ending in WITHOUT_WORDS or PRINTER.search(name):
        return []
    try:
        return [piece for piece in reader(content) if piece.text.strip()]
    except BROKEN as fault:
        raise Unreadable(name) from fault


def _lines(content: bytes) -> Iterator[Piece]:
    """Read a text."""
    for number, line in enumerate(_decoded(content).splitlines(), 1):
        place = _("line {number}", number=number)
        yield Piece(place, unescape(TAG.sub(" ", line)))
        yield Piece(place, words_in_tags(line))


def _drawing(content: bytes) -> Iterator[Piece]:
    """Read the words of an SVG or a page; the font inside it is no text."""
    yield from _lines(STYLES.sub(b"", content))


def _cells_of_lines(content: bytes) -> Iterator[Piece]:
    """Read a table of text by cell, so that what stands there often is looked at once."""
    text = _decoded(content)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    try:
        for row in reader:
            place = _("line {number}", number=reader.line_num)
            yield from (Piece(place, cell) for cell in row)
    except csv.Error:
        yield from _lines(content)


def _unpacked(name: str, content: bytes) -> Iterator[Piece]:
    with gzip.open(io.BytesIO(content)) as file:
        inside = file.read(MOST_BYTES + 1)
    if len(inside) > MOST_BYTES:
        raise ValueError
    yield from pieces(name, inside)


def _decoded(content: bytes) -> str:
    """Return the letters of a text; raises ValueError for what is no text."""
    wide = content.startswith(WIDE)
    if not wide and (b"\0" in content or len(content.translate(None, CONTROLS)) < (
            1 - MOST_CONTROLS) * len(content)):
        raise ValueError
    for encoding in ("utf-8-sig", "utf-16" if wide else "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _json(content: bytes) -> Iterator[Piece]:
    try:
        yield from _values(json.loads(content.decode("utf-8-sig")), "")
    except ValueError:
        yield from _lines(content)


def _values(value: Any, place: str) -> Iterator[Piece]:
    """Give each string with the keys that lead to it; a key can be words as well."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield Piece(place or _("a key"), str(key))
            if key not in HASHES:
                yield from _values(one, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for one in value:
            yield from _values(one, place)
    elif isinstance(value, str | int):
        yield Piece(place or _("line {number}", number=1), str(value))


def _notebook(content: bytes) -> Iterator[Piece]:
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    for number, cell in enumerate(notebook.cells, 1):
        yield Piece(_("cell {number}", number=number), cell.source)
        yield from _values(cell.get("attachments", {}), _("cell {number}", number=number))
        yield from _values(cell.metadata, _("cell {number}, its properties", number=number))
        for output in cell.get("outputs", ()):
            yield from output_pieces(output, _("cell {number}, its output", number=number))
    yield from _values(notebook.metadata, _("properties of the notebook"))


def output_pieces(output: Any, place: str) -> Iterator[Piece]:
    """Give the words of one output of a notebook; of its pictures those in their properties."""
    for text in (output.get("text"), output.get("evalue"), "\n".join(output.get("traceback", ()))):
        if text:
            yield Piece(place, text)
    for kind, value in output.get("data", {}).items():
        if kind == "text/html":
            yield Piece(place, without_tags(value))
            yield Piece(place, words_in_tags(value))
        elif isinstance(value, str) and not kind.startswith("image/"):
            yield Piece(place, value)
        elif kind == "image/svg+xml" or not isinstance(value, str):
            yield from _values(value, place)


def without_tags(text: str) -> str:
    """Return the words of HTML or XML, each paragraph, cell and row on its own line."""
    return unescape(TAG.sub("", ENDS.sub("\n", text)))


def words_in_tags(text: str) -> str:
    """Return what stands between < and > and is no markup: alternative texts, titles, addresses.

    Each on its own line. "Name <mail>" and a comment are no markup either.
    """
    return "\n".join(unescape(words) for tag in TAG.findall(text) for words in _words_in(tag))


def _words_in(tag: str) -> Iterator[str]:
    attributes = ATTRIBUTE.findall(tag)
    for name, *values in attributes:
        value = "".join(values)
        if not WORDLESS.fullmatch(name) and not PACKED.match(value):
            yield value
    rest = ATTRIBUTE.sub("", tag).strip()
    if not ELEMENT.fullmatch(rest) and (not attributes or " " in rest):
        yield rest


def _picture(content: bytes) -> Iterator[Piece]:
    """Read the words in the properties of a PNG."""
    if not content.startswith(PNG):
        raise ValueError
    at = len(PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        data = content[at + 8:at + 8 + length]
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            key, __, rest = data.partition(b"\0")
            words = zlib.decompress(rest[1:]) if kind == b"zTXt" else _international(kind, rest)
            yield Piece(_("property {name} of the picture", name=key.decode("latin-1")),
                        words.decode("utf-8", "replace"))
        at += 12 + length


def _international(kind: bytes, rest: bytes) -> bytes:
    if kind == b"tEXt":
        return rest
    words = rest[2:].split(b"\0", 2)[-1]
    return zlib.decompress(words) if rest[:1] == b"\1" else words


def _pages(content: bytes) -> Iterator[Piece]:
    import pypdf  # noqa: PLC0415 - only a PDF needs it

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield from _values({key: str(value) for key, value in (reader.metadata or {}).items()},
                           _("properties of the document"))
        for number, page in enumerate(reader.pages, 1):
            yield Piece(_("page {number}", number=number), page.extract_text())
    except pypdf.errors.PyPdfError as fault:
        raise ValueError from fault


def _answers(ending: str, content: bytes) -> Iterator[Piece]:
    """Read a file of SPSS or Stata."""
    import pyreadstat  # noqa: PLC0415 - only a file of SPSS or Stata needs it

    read = pyreadstat.read_dta if ending == ".dta" else pyreadstat.read_sav
    with tempfile.TemporaryDirectory() as folder:  # pyreadstat reads from a path only
        file = Path(folder) / f"data{ending}"
        file.write_bytes(content)
        try:
            frame, about = read(str(file))
        except pyreadstat.ReadstatError as fault:
            raise ValueError from fault
    for words in (about.file_label, *filter(None, about.column_labels), *about.notes):
        yield Piece(_("properties of the document"), words or "")
    for name in frame.select_dtypes(include=["object", "string"]):
        for row, cell in enumerate(frame[name], 1):
            if isinstance(cell, str):
                yield Piece(_("row {row}, {name}", row=row, name=name), cell)


def _package(content: bytes) -> Iterator[Piece]:
    """Read a workbook, a document or an archive: everything in it that is words."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(one.file_size for one in package.infolist()) > MOST_BYTES:
            raise ValueError
        workbook = any(name.startswith("xl/") for name in package.namelist())
        if workbook:
            yield from _cells(content)
        for name in package.namelist():
            part = package.read(name)
            if name.endswith((".xml", ".rels")):
                yield from _xml(name, _decoded(part), workbook=workbook)
            elif not name.endswith("/"):
                for piece in pieces(name, part):
                    yield Piece(f"{name}, {piece.place}", piece.text)


def _arrays(content: bytes) -> Iterator[Piece]:
    """Read the words in a file of Cells."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        for name in file.files:
            words = file[name]
            for text in np.unique(words) if words.dtype.kind == "U" else ():
                whole = str(text)
                yield from _json(whole.encode()) if whole.startswith("{") else [Piece(name, whole)]


def _cells(content: bytes) -> Iterator[Piece]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in book.sheet_names:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for row, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                whole = isinstance(cell, float) and cell.is_integer()
                text = str(int(cell)) if whole else str(cell)
                yield Piece(_("sheet {sheet}, cell {cell}", sheet=sheet,
                              cell=f"{_letters(column)}{row}"), text)


def _letters(column: int) -> str:
    """Return the letters that Excel shows above a column."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _xml(name: str, text: str, *, workbook: bool) -> Iterator[Piece]:
    for cell, words in COMMENT.findall(text):
        yield Piece(_("comment at cell {cell}", cell=cell), without_tags(words))
    if workbook and name == "xl/sharedStrings.xml":
        return  # read by cell
    for line in without_tags(DATA.sub("", COMMENT.sub("", text))).splitlines():
        yield Piece(name, line)
    if not any(part in name for part in LETTERS):
        yield Piece(name, words_in_tags(DATA.sub("", text)))
