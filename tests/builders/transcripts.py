"""Small texts, codebooks and files, made in memory, for tests that a reader can check by hand."""

import io
import zipfile
from xml.sax.saxutils import escape

from docx import Document

from wbkit.data.documents import Documents
from wbkit.study.codebook import Codebook
from wbkit.study.source import Source

CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""

SPOKEN = ["# team: zorg", "I1: Hoe gaat het?", "## L3 Sfeer", "TL: Goed.", "En druk.",
          "I1: Let op: de klok.", "TL: [L5] Ja. [L3] Nee."]
VTT = """\ufeffWEBVTT

NOTE team: sterc

a1
00:00:01.000 --> 00:00:03.000
<v Anna de Vries>Hoe gaat het met</v>

a2
00:00:03.000 --> 00:00:05.000
<v Anna de Vries>jullie &amp; het team?</v>

00:00:06.000 --> 00:00:09.000
<v Joost Bakker>Best. <i>Echt</i>.</v>
<v Anna de Vries>Mooi.</v>
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nI1: Hoe gaat het hiér?\r\n\r\n2\r\n" \
      "00:00:02,500 --> 00:00:04,000\r\nTL: Goed\r\n\r\n3\r\n00:00:05,000 --> 00:00:07,000\r\n" \
      "hoor.\r\n\r\n4\r\n00:00:08,000 --> 00:00:09,000\r\nI1: Ja.\r\n\r\n5\r\n" \
      "00:00:10,000 --> 00:00:11,000\r\nTL: Ja.\r\n"
RULES = {"interviewers": ["I1"], "roles": {"TL": "teamleider"}}


def source(**fields):
    """Make a source of interviews."""
    fields = {"name": "leiders", "file": "leider.txt", "format": "txt", "unit": "interview",
              "synthetic": True} | fields
    folder = fields.pop("folder", None)
    setting = {"language": fields.pop("language", "nl")} | ({"folder": folder} if folder else {})
    return Source.model_validate(fields | {"setting": setting})


def documents(*texts, **fields):
    """Make Documents of texts without turns, numbered from 1."""
    made = source(**fields)
    return Documents.of({str(at): text for at, text in enumerate(texts, start=1)}, made)


def codebook(**codes):
    """Make a codebook: code = terms, or = its fields."""
    made = {name: {"label": name, "definition": "test"}
            | (code if isinstance(code, dict) else {"terms": code})
            for name, code in codes.items()}
    return Codebook.model_validate({"codes": made})


def docx(*paragraphs, table=()):
    """Make a Word file; a paragraph that starts with # is a heading."""
    document = Document()
    for words in paragraphs:
        if words.startswith("## "):
            document.add_heading(words[3:], level=2)
        else:
            document.add_paragraph(words)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, words in zip(made.add_row().cells, row, strict=True):
                cell.text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt(*paragraphs, body=None):
    """Make an OpenDocument text; a paragraph that starts with ## is a heading."""
    lines = [f"<text:h text:outline-level='2'>{escape(words[3:])}</text:h>"
             if words.startswith("## ") else f"<text:p>{escape(words)}</text:p>"
             for words in paragraphs]
    return packed({"mimetype": "application/vnd.oasis.opendocument.text",
                   "content.xml": body or CONTENT.format(body="".join(lines))})


def packed(parts):
    """Make a zip archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(content):
    """Give the parts of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
