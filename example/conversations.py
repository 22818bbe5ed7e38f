"""Write interviews, group conversations and note sheets in the formats that schools have."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
from docx import Document

MADE = dt.datetime(2023, 6, 1, 9, 0, 0)  # fixed, so that the same texts give the same bytes
ABOUT = "SYNTHETISCH: met de hand verzonnen voor dit project. MBO De Linde bestaat niet."
HEADING = "## "
CUE = re.compile(r"\[(\d\d:\d\d:\d\d)\] ([^:]+): (.*)")
SHEET = "=== blad"
FACT = re.compile(r"(tafel|ronde|stelling|herkend door tafel): ")
CALL = "5f0c1d7e-31a5-4a43-9d52-0b1f6f0b7c11"  # Teams names each cue after the call
LAST_CUE = dt.timedelta(seconds=4)
MIME = "mimetype"
ODT = "application/vnd.oasis.opendocument.text"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def write_conversations(inputs: Path, folder: Path) -> None:
    """Write all texts and guides into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(inputs.glob("interview_*.txt")):
        (folder / f"{path.stem}.docx").write_bytes(docx_bytes(_lines(path)))
    (folder / "sterc.vtt").write_bytes(vtt_text(_lines(inputs / "sterc.txt")).encode())
    (folder / "sab.odt").write_bytes(odt_bytes(_lines(inputs / "sab.txt")))
    sheets = sheets_text(_lines(inputs / "worldcafe.txt"))
    (folder / "worldcafe.txt").write_bytes(sheets.encode())
    for path in sorted(inputs.glob("guide_*.csv")):
        guide = pd.read_csv(path, dtype=str, keep_default_na=False).assign(synthetic="yes")
        (folder / path.name).write_bytes(guide.to_csv(index=False, lineterminator="\n").encode())


def docx_bytes(lines: Iterable[str]) -> bytes:
    """Return a Word file: one paragraph for each line, the guide as headings."""
    document = Document()
    about = document.core_properties
    about.title, about.comments, about.keywords = "Interview (SYNTHETISCH)", ABOUT, "synthetisch"
    about.created = about.modified = MADE
    about.author = about.last_modified_by = "MBO De Linde (fictief)"
    for line in filter(None, lines):
        style = "Heading 2" if line.startswith(HEADING) else None
        document.add_paragraph(line.removeprefix(HEADING), style=style)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def vtt_text(lines: list[str]) -> str:
    """Return a transcript as Microsoft Teams writes it: an id, times and a voice for each cue."""
    notes = [f"NOTE {line.removeprefix('# ')}" for line in lines if line.startswith("# ")]
    cues = [match.groups() for match in map(CUE.fullmatch, lines) if match]
    starts = [dt.datetime.strptime(start, "%H:%M:%S") for start, _, _ in cues]
    ends = [*starts[1:], starts[-1] + LAST_CUE]
    written = [
        f"{CALL}/{number}-0\n{start:%H:%M:%S}.000 --> {end:%H:%M:%S}.000\n"
        f"<v {voice}>{escape(words)}</v>"
        for number, (start, end, (_, voice, words)) in enumerate(
            zip(starts, ends, cues, strict=True), start=7)
    ]
    return "\n\n".join(["WEBVTT", *notes, *written]) + "\n"


def odt_bytes(lines: Iterable[str]) -> bytes:
    """Return an OpenDocument text: one paragraph for each line."""
    words = "".join(f"<text:p>{escape(line)}</text:p>" for line in filter(None, lines))
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    parts = {
        MIME: ODT,
        "content.xml": _xml("office:document-content", f"<office:body><office:text>{words}"
                            "</office:text></office:body>"),
        "meta.xml": _xml("office:document-meta", "<office:meta><dc:title>Groepsinterview "
                         f"(SYNTHETISCH)</dc:title><dc:description>{ABOUT}</dc:description>"
                         f"<dc:date>{MADE:%Y-%m-%dT%H:%M:%S}</dc:date></office:meta>"),
        "META-INF/manifest.xml": _xml("manifest:manifest", "".join(
            entry.format(*one) for one in (("/", ODT), ("content.xml", "text/xml"),
                                           ("meta.xml", "text/xml")))),
    }
    return packed({name: text.encode() for name, text in parts.items()})


def sheets_text(lines: Iterable[str]) -> str:
    """Return the note sheets with what is known of each sheet on top of it."""
    sheets = "\n".join(lines).split(f"\n{SHEET}")
    return f"\n{SHEET}".join([sheets[0], *map(_sheet, sheets[1:])])


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip file that does not depend on the clock or the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.create_system = 0
            # OpenDocument wants its first entry uncompressed.
            entry.compress_type = zipfile.ZIP_STORED if name == MIME else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def _sheet(sheet: str) -> str:
    number, *lines = sheet.splitlines()
    facts = [f"# {line.replace(' door tafel', '')}" for line in lines if FACT.match(line)]
    notes = [line for line in lines if not FACT.match(line)]
    return "\n".join([number, *facts, *filter(None, notes)]) + "\n"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _xml(root: str, inside: str) -> str:
    spaces = {"office": f"{OASIS}:office:1.0", "text": f"{OASIS}:text:1.0",
              "manifest": f"{OASIS}:manifest:1.0", "dc": "http://purl.org/dc/elements/1.1/"}
    names = " ".join(f'xmlns:{short}="{full}"' for short, full in spaces.items())
    version = f'{root.partition(":")[0]}:version="1.3"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {names} {version}>{inside}</{root}>\n'
