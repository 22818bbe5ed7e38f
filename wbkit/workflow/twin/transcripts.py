"""Made-up conversations in the format of the original files."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
from docx import Document

from wbkit.data.documents import INTERVIEWER, NOTE, Documents
from wbkit.errors import DataError
from wbkit.messages import _
from wbkit.privacy.twin.sentences import Sentences
from wbkit.study.source import Source

PLAIN_KEYS = ("language", "kind", "interpreter")  # attributes that say nothing about a person
WORDS = 12  # of a sentence: a turn of 60 words becomes 5 sentences
MOST = 8  # sentences in a turn
SECONDS = 5  # that a made-up sentence takes
ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""


@dataclass(frozen=True)
class Turn:
    """What one speaker says; a line of a note sheet has no speaker."""

    speaker: str
    text: str


@dataclass(frozen=True)
class MadeUp:
    """One document: its attributes and its turns."""

    attributes: Mapping[str, str]
    turns: tuple[Turn, ...]


def made_up_documents(
    documents: Documents, sentences: Sentences, rng: np.random.Generator
) -> dict[str, MadeUp]:
    """Make as many documents as there are, with as many turns about the same questions."""
    attributes = _attributes(documents, rng)
    return {name: MadeUp(attributes[name], _turns(documents, name, sentences, rng))
            for name in documents.texts["document"]}


def _attributes(documents: Documents, rng: np.random.Generator) -> dict[str, dict[str, str]]:
    """Give out the answers that study.toml knows, each as often; other attributes stay away."""
    names, items = list(documents.texts["document"]), documents.source.items
    found: dict[str, dict[str, str]] = {name: {} for name in names}
    for column in documents.attributes:
        if column in items and items[column].categories:
            values = items[column].categories
            dealt = np.resize(np.array(values, dtype=object), len(names))
            dealt = rng.permutation(dealt)
        elif column in PLAIN_KEYS and documents.texts[column].nunique() == 1:
            dealt = [documents.texts[column].iloc[0]] * len(names)
        else:
            continue
        for name, value in zip(names, dealt, strict=True):
            found[name][column] = str(value)
    for name in names:
        found[name]["synthetic"] = "yes"
    return found


def _turns(
    documents: Documents, name: str, sentences: Sentences, rng: np.random.Generator
) -> tuple[Turn, ...]:
    turns = documents.turns[documents.turns["document"] == name]
    text = documents.texts.set_index("document").loc[name, "text"]
    if turns.empty:
        lines = max(len([line for line in text.splitlines() if line.strip()]), 1)
        return tuple(Turn("", one.text) for one in sentences.draw(lines, rng))
    guide = documents.guide.set_index("id")["question"] if len(documents.guide) else pd.Series()
    made, asked = [], ""
    for turn in turns.to_dict("records"):
        if turn["role"] == NOTE:
            continue
        words = len(text[turn["start"]:turn["end"]].split())
        said = " ".join(one.text for one in sentences.draw(
            int(np.clip(round(words / WORDS), 1, MOST)), rng))
        if turn["role"] == INTERVIEWER:
            question, new = turn["question"], turn["question"] != asked
            asked = question
            said = f"[{question}] {guide.get(question, '')}".strip() if question and new else \
                "Kun je daar meer over vertellen?"
        made.append(Turn(_label(turn["speaker"]), said))
    return tuple(made)


def _label(speaker: str) -> str:
    return speaker[:1].upper() + speaker[1:]


def text_files(
    source: Source, made: Mapping[str, MadeUp], files: Sequence[Path]
) -> dict[Path, bytes]:
    """Write the documents in as many files as there were, under the same names."""
    documents = list(made.values())
    if source.texts and source.texts.sheets is not None:
        lines = ["# synthetic: yes", ""]
        for at, one in enumerate(documents, start=1):
            lines += [f"{source.texts.sheets} {at:02d}", *_head(one),
                      *(f"- {turn.text}" for turn in one.turns), ""]
        return {files[0]: written(source.format, lines, ())}
    return {file: written(source.format, _head(one), one.turns)
            for file, one in zip(files, documents, strict=True)}


def _head(one: MadeUp) -> list[str]:
    return [f"# {key}: {value}" for key, value in one.attributes.items()]


def written(kind: str, head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    """Write one document in a format."""
    writers: dict[str, Callable[[Sequence[str], Sequence[Turn]], bytes]] = {
        "docx": _docx, "odt": _odt, "txt": _txt, "vtt": _vtt, "srt": _srt, "json": _json,
        "tsv": _tsv}
    if kind not in writers:
        raise DataError(_(
            "a twin cannot be written as {format}. Export the texts as docx or txt, and correct "
            "format of the source in study.toml.",
            format=kind))
    return writers[kind](head, turns)


def _lines(head: Sequence[str], turns: Sequence[Turn]) -> list[str]:
    return [*head, *(f"{one.speaker}: {one.text}" if one.speaker else one.text for one in turns)]


def _txt(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    return ("\n".join(_lines(head, turns)) + "\n").encode()


def _docx(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    document, stream = Document(), io.BytesIO()
    document.core_properties.title = "oefenversie met verzonnen gegevens"
    for line in _lines(head, turns):
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def _odt(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in _lines(head, turns))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", ODT.format(body=body))
    return stream.getvalue()


def _clock(seconds: int, mark: str) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}000"


def _vtt(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    notes = [f"NOTE {line.removeprefix('# ')}\n" for line in head]
    cues = [f"{_clock(at * SECONDS, '.')} --> {_clock((at + 1) * SECONDS, '.')}\n"
            f"<v {one.speaker}>{escape(one.text)}</v>\n" for at, one in enumerate(turns)]
    return "\n".join(["WEBVTT\n", *notes, *cues]).encode()


def _srt(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    cues = [f"{at + 1}\n{_clock(at * SECONDS, ',')} --> {_clock((at + 1) * SECONDS, ',')}\n"
            f"{one.speaker}: {one.text}\n" for at, one in enumerate(turns)]
    return "\n".join(cues).encode()


def _json(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    pieces = [{"start": at * SECONDS, "end": (at + 1) * SECONDS, "speaker": one.speaker,
               "text": one.text} for at, one in enumerate(turns)]
    return json.dumps({"segments": pieces}, ensure_ascii=False, indent=1).encode()


def _tsv(head: Sequence[str], turns: Sequence[Turn]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE,
                        escapechar="\\")
    writer.writerow(["start", "end", "speaker", "text"])
    writer.writerows([at * SECONDS, (at + 1) * SECONDS, one.speaker, one.text]
                     for at, one in enumerate(turns))
    return stream.getvalue().encode()
