"""The parts of a .docx or .odt file, looked at before anything is unpacked or parsed."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from wbkit.errors import DataError
from wbkit.intake.excel import OLD_OFFICE_START
from wbkit.intake.transcripts.lines import Line
from wbkit.messages import _, counted

DEEPEST = 250
MOST_PARTS, MOST_UNZIPPED, MOST_XML = 5_000, 300_000_000, 30_000_000
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
          ValueError, KeyError)


def checked_parts(content: bytes, where: str, needed: str) -> dict[str, bytes]:
    """Return the xml parts of an archive, after looking at their size and their declarations."""
    if content.startswith(OLD_OFFICE_START):
        raise DataError(_(
            "{where}: is an old .doc file or protected with a password. It should be a .docx or "
            ".odt file that opens without one. Save it so.",
            where=where))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(archive, where)
            names = [one.filename for one in archive.infolist()
                     if one.filename.endswith((".xml", ".rels"))]
            parts = {name: archive.read(name) for name in names}
    except DataError:
        raise
    except BROKEN:
        raise damaged(where) from None
    stem = needed.removesuffix(".xml")  # Word on the web writes document2.xml
    if not any(re.fullmatch(rf"{re.escape(stem)}\d*\.xml", name) for name in parts):
        raise DataError(_(
            "{where}: holds no {part}. It should be a document with text. Correct format in "
            "study.toml, or save the file again.",
            where=where, part=needed))
    for part in parts.values():
        if DECLARATION.search(part.replace(b"\0", b"")):
            raise DataError(_(
                "{where}: declares entities, as no word processor does. Do not open it; ask for "
                "the file again.",
                where=where))
    return parts


def damaged(where: str) -> DataError:
    """Return the message for a file that is not whole."""
    return DataError(_(
        "{where}: is damaged or no such file. It should be one as Word or LibreOffice saves it. "
        "Save it again, or correct format in study.toml.",
        where=where))


def _check_size(archive: zipfile.ZipFile, where: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNZIPPED or xml > MOST_XML:
        raise DataError(_(
            "{where}: unpacks to {parts} and {size} MB, the largest text to {text} MB; at most "
            "{most_parts}, {most_size} and {most_text}. This is no transcript; do not open it.",
            where=where, parts=counted(len(parts), "part", "parts"),
            size=unpacked // 1_000_000, text=xml // 1_000_000, most_parts=MOST_PARTS,
            most_size=MOST_UNZIPPED // 1_000_000, most_text=MOST_XML // 1_000_000))


def tree_of(part: bytes, where: str) -> etree._Element:
    """Parse one part; nothing outside it is looked up."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        if "xcessive depth" in str(error):
            raise DataError(_(
                "{where}: is nested {levels} levels deep, as no document is. Save it again with "
                "LibreOffice or Word.",
                where=where, levels=DEEPEST)) from None
        raise damaged(where) from None
    except (LookupError, ValueError):
        raise damaged(where) from None


def archive_findings(lines: Iterable[Line], missed: int) -> Iterator[str]:
    """Say what stands beside the running text, and whether words were missed."""
    n = Counter(line.aside for line in lines)
    if n["footnote"]:
        yield counted(n["footnote"], "footnote, kept as a note in the text",
                      "footnotes, kept as notes in the text")
    if n["text box"]:
        yield counted(n["text box"], "text box, kept as a note in the text",
                      "text boxes, kept as notes in the text")
    if missed:
        yield _("{n} words of the file were not read. Compare the file with its text.", n=missed)
