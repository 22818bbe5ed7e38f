"""Word and OpenDocument files are zip archives; only a whole and honest one is opened."""

import io
import re
import zipfile
import zlib

from wbkit.errors import DataError

MOST_PARTS, MOST_UNPACKED, MOST_XML = 5_000, 300_000_000, 30_000_000
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0"
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
          ValueError, KeyError)


def checked_parts(content: bytes, where: str, needed: str) -> dict[str, bytes]:
    """Return the xml parts of an archive, after looking at their size and their declarations.

    Parameters
    ----------
    content
        The bytes of the file.
    where
        Words for the file in a message.
    needed
        The part that holds the text: ``word/document.xml``.

    Returns
    -------
    dict
        Name of a part = its bytes.

    Raises
    ------
    DataError
        If it is no archive, damaged, protected, far too large, or declares entities.
    """
    if content.startswith(OLD_OFFICE_START):
        raise DataError(f"{where}: is an old .doc file or protected with a password. It should be "
                        "a .docx or .odt file that opens without one. Save it so.")
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
    if needed not in parts:
        raise DataError(f"{where}: holds no {needed}. It should be a document with text. "
                        "Correct format in study.toml, or save the file again.")
    for part in parts.values():
        if DECLARATION.search(part.replace(b"\0", b"")):
            raise DataError(f"{where}: declares entities, as no word processor does. "
                            "Do not open it; ask for the file again.")
    return parts


def damaged(where: str) -> DataError:
    """Return the message for a file that is not whole."""
    return DataError(f"{where}: is damaged or no such file. It should be one as Word or "
                     "LibreOffice saves it. Save it again, or correct format in study.toml.")


def _check_size(archive: zipfile.ZipFile, where: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    xml = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or xml > MOST_XML:
        raise DataError(
            f"{where}: unpacks to {len(parts)} parts and {unpacked // 1_000_000} MB, the largest "
            f"text to {xml // 1_000_000} MB; at most {MOST_PARTS}, {MOST_UNPACKED // 1_000_000} "
            f"and {MOST_XML // 1_000_000}. This is no transcript; do not open it."
        )
