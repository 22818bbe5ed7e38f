"""Projects as other coding programs would write them, made in the test."""

import io
import unicodedata
import zipfile
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import quoteattr

# Emoji family, flag, skin tone, accents that stand apart, and a line end of two signs.
SENTENCES = ("Onze coach 👩‍👩‍👧‍👦 luistert écht goed.", "De Nederlandse 🇳🇱 vlag hing uit.",
             "Het cafe\u0301 was gesloten, jammer.", "Ik voel mij gezien 👍🏽 en gehoord.",
             "Rust is nodig 𝄞 voor iedereen.", "Het laatste uur duurt lang.")
TEXT = "\r\n".join(SENTENCES * 3)
QUOTES = ("coach 👩‍👩‍👧‍👦 luistert", "Nederlandse 🇳🇱 vlag", "cafe\u0301 was", "gezien 👍🏽 en",
          "nodig 𝄞 voor iedereen", "laatste uur", "Ik voel mij gezien 👍🏽 en gehoord.", "Rust",
          "Onze coach", "De Nederlandse", "vlag hing", "voel mij", "nodig", "Het laatste")


def guid(name):
    return str(uuid5(NAMESPACE_URL, name))


def counted(text, at, unit, *, bom, breaks):
    """Count the place `at` of a text as a program would."""
    before = text[:at].replace("\r\n", "\n") if breaks == "one" else text[:at]
    before = before.replace("\n", "\r\n") if breaks == "two" else before
    width = {"points": len(before), "utf16": len(before.encode("utf-16-le")) // 2,
             "utf8": len(before.encode())}[unit]
    extra = {"points": 1, "utf16": 1, "utf8": 3}[unit]
    return width + extra * (bom == "counted")


def selections(text, quotes, unit, *, bom="none", breaks="as is", inclusive=False):
    """Give start and end of every passage; passages that come back are taken in turn."""
    found = []
    for quote in quotes:
        at = text.index(quote)
        start = counted(text, at, unit, bom=bom, breaks=breaks)
        end = counted(text, at + len(quote), unit, bom=bom, breaks=breaks)
        found.append((start, end - inclusive))
    return found


def source(places, *, name="gesprek", path="internal://gesprek.txt", names=None, inside=""):
    """Write a TextSource with a coding on every selection."""
    lines = [f'<TextSource guid="{guid(name)}" name={quoteattr(name)} plainTextPath="{path}">']
    for at, (start, end) in enumerate(places):
        told = f" name={quoteattr(names[at])}" if names else ""
        lines.append(
            f'<PlainTextSelection guid="{guid(f"{name}{at}")}"{told} startPosition="{start}" '
            f'endPosition="{end}"><Coding guid="{guid(f"{name}c{at}")}" creatingUser="{guid("u")}" '
            f'creationDateTime="2026-01-05T09:00:00Z"><CodeRef targetGUID="{guid("code")}"/>'
            "</Coding></PlainTextSelection>")
    return "\n".join([*lines, inside, "</TextSource>"])


def inside(name, xml):
    """Put an element around others."""
    return f"<{name}>{xml}</{name}>"


def project(*sources, more="", codes=None):
    """Write the xml of a project."""
    user = f'<User guid="{guid("u")}" name="Anna B."/>'
    codes = codes or f'<Code guid="{guid("code")}" name="steun" isCodable="true"/>'
    return ('<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" '
            f'name="proef">{inside("Users", user)}'
            f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{''.join(sources)}</Sources>"
            f"{more}</Project>")


def qdpx(path, xml, parts=None, *, qde="project.qde"):
    """Pack a project; parts are bytes by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(qde, xml)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path


def frozen_quotes(quotes):
    return [unicodedata.normalize("NFC", quote) for quote in quotes]
