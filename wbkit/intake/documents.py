"""Read the texts of a source: interviews, group conversations, note sheets."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from wbkit.data.documents import (
    GUIDE_COLUMNS,
    TEXT_COLUMNS,
    TOPICS,
    TURN_COLUMNS,
    Documents,
    no_rows,
)
from wbkit.data.source_data import need
from wbkit.errors import DataError
from wbkit.files import read_regular
from wbkit.intake.delimited import csv_fault, decoded
from wbkit.intake.transcripts.account import Account, findings
from wbkit.intake.transcripts.captions import srt_contents, vtt_contents
from wbkit.intake.transcripts.lines import Contents, Left, Line, left_out, words_in
from wbkit.intake.transcripts.opendocument import odt_contents
from wbkit.intake.transcripts.pages import pdf_contents, text_contents
from wbkit.intake.transcripts.recognition import json_contents, tsv_contents
from wbkit.intake.transcripts.turns import Talk, talk
from wbkit.intake.transcripts.word import docx_contents
from wbkit.messages import _
from wbkit.study.source import Source
from wbkit.study.source_kinds import TextRules
from wbkit.text.normalise import frozen

BINARY = {"docx": docx_contents, "odt": odt_contents, "pdf": pdf_contents}
PLAIN = {"txt": text_contents, "vtt": vtt_contents, "srt": srt_contents, "json": json_contents,
         "tsv": tsv_contents}
KEY = re.compile(r"^#\s*([^\W\d_][\w .-]{0,39}):\s*(\S.*)$")
MOST_FILES = 10_000


def read_documents(source: Source) -> Documents:
    """Read the files of a source of texts.

    How a file says who speaks is found by evidence. Lines ``# key: value`` at the top of a file
    or sheet become attributes. Labels and names of speakers are taken out of the text; a name is
    kept only in ``documents.names``. Every word of a file is in a turn, in a note, or counted in
    ``documents.reading``; what a person has to look at stands in ``documents.found``.

    Parameters
    ----------
    source
        A source whose format is docx, odt, txt, vtt, srt, json, tsv or pdf.

    Returns
    -------
    Documents
        One row for each file, or for each sheet when the source declares ``sheets``; one row
        for each turn where people speak.

    Raises
    ------
    DataError
        If a file is not there, is damaged, or holds no text.
    """
    need(source, Source, "read_documents", _("Give study.source(…), with the id of the source."))
    if not source.holds_texts:
        raise DataError(_(
            "{source}: its format {format} is a table of answers. Use read_source, or open_answers "
            "for an open question.",
            source=source.name, format=source.format))
    rules = source.texts or TextRules()
    guide = read_guide(source)
    topics = dict(zip(guide["id"], guide["topic"], strict=True))
    rows, turns, names, found, accounts = [], [], {}, [], []
    for path in _files(source):
        where = f"{source.name} ({path.name})"
        contents, encoding = _read_contents(path, source.format, where)
        found += [f"{path.name}: {one}" for one in (_(encoding), *contents.found) if one]
        beside = _beside_sheets(contents, rules)
        for document, attributes, part in _sheets(contents.lines, rules, path.stem, where):
            told = talk(replace(contents, lines=tuple(part)), rules, topics)
            _check_text(told, f"{where}, {document}")
            account = Account.of(document, told, words_in(part), beside)
            rows.append({"document": document, "text": told.text} | _kept(attributes, source)
                        | rules.attributes.get(document, {}))
            turns.append(told.turns.assign(document=document))
            names |= {(document, name): label for name, label in told.names.items()}
            found += [f"{document}: {one}" for one in findings(told, source, account)]
            accounts.append(account.data)
            beside = ()
    frame = pd.concat(turns)[[*TURN_COLUMNS]] if any(map(len, turns)) else no_rows(TURN_COLUMNS)
    texts = pd.DataFrame(rows, dtype=object).fillna("").astype("str")
    return Documents.of(texts, source, turns=frame.reset_index(drop=True), guide=guide,
                        found=tuple(found), names=names,
                        reading=pd.concat(accounts, ignore_index=True))


def _beside_sheets(contents: Contents, rules: TextRules) -> tuple[Left, ...]:
    """Return what a file holds outside its documents: attributes, marks of sheets, a title."""
    lines = list(contents.lines)
    _attributes, rest = _header(lines)
    left = [*contents.left, *_attributes_left(lines, rest)]
    if rules.sheets is not None:
        starts = [at for at, line in enumerate(rest)
                  if line.text.strip().startswith(rules.sheets)]
        left += left_out("mark of a sheet", [rest[at].text for at in starts])
        left += left_out("above the first sheet", [line.text for line in rest[:starts[0]]]
                         if starts else [])
        for first, last in zip(starts, [*starts[1:], len(rest)], strict=True):
            left += _attributes_left(rest[first + 1:last], _header(rest[first + 1:last])[1])
    return tuple(left)


def _attributes_left(lines: Sequence[Line], rest: Sequence[Line]) -> tuple[Left, ...]:
    n = words_in(lines) - words_in(rest)
    return (Left("attributes", n),) if n else ()


def read_guide(source: Source) -> pd.DataFrame:
    """Read the guide of the conversations.

    Gives one row for each question: id, topic, question, and the topic in other languages where
    the file has it (``topic_en``); no rows without a guide.
    """
    if source.texts is None or source.texts.guide is None:
        return no_rows(GUIDE_COLUMNS)
    where = f"{source.name} ({source.texts.guide})"
    text, __ = decoded(_read_bytes(source.setting.folder / source.texts.guide, where), where)
    text = frozen(text)
    separator = max(";,\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise DataError(_(
            "{where}: {fault}. Save it again as csv.",
            where=where, fault=csv_fault(error))) from None
    if not rows or not {"id", "topic"} <= set(rows[0]):
        raise DataError(_(
            "{where}: has these columns: {columns}. It should have id, topic and question. Correct "
            "its first row.",
            where=where, columns=", ".join(rows[0]) if rows else _("none")))
    columns = [*GUIDE_COLUMNS, *(name for name in TOPICS if name in rows[0])]
    guide = pd.DataFrame(rows, dtype=object).reindex(columns=columns, fill_value="")
    return guide.fillna("").astype("str")


def _files(source: Source) -> list[Path]:
    """Return the files of a source in the order of their names."""
    pattern, folder = source.file, source.setting.folder
    if not any(sign in pattern for sign in "*?["):
        return [source.path]
    try:
        files = sorted(path for path in folder.glob(pattern)
                       if path.is_file() and not path.name.startswith(("~$", ".")))
    except (NotImplementedError, ValueError):
        files = []
    if not files or len(files) > MOST_FILES:
        raise DataError(_(
            "{source}: {n} files look like {pattern!r} in {folder}. It should be 1 to {most}. Put "
            "the texts there, or correct files of this source in study.toml.",
            source=source.name, n=len(files), pattern=pattern, folder=folder, most=MOST_FILES))
    return files


def _read_bytes(path: Path, where: str) -> bytes:
    try:
        content = read_regular(path)
    except FileNotFoundError:
        raise DataError(_(
            "{where}: there is no such file in {folder}. Put it there, or correct its name in "
            "study.toml.",
            where=where, folder=path.parent)) from None
    except OSError as error:
        raise DataError(_(
            "{where}: cannot be read. It should be a file that you may open. Close it in other "
            "programs ({reason}).",
            where=where, reason=error.strerror)) from None
    if not content.strip():
        raise DataError(_("{where}: is empty. It should hold text. Export it again.", where=where))
    return content


def _read_contents(path: Path, kind: str, where: str) -> tuple[Contents, str]:
    """Return what a file holds, and its encoding when that had to be found out."""
    content = _read_bytes(path, where)
    if kind in BINARY:
        return BINARY[kind](content, where), ""
    text, encoding = decoded(content, where)
    pages = [frozen(page) for page in text.split("\f")]  # frozen makes a new page a new line
    return PLAIN[kind]("\f".join(pages), where), encoding


def _sheets(
    lines: Sequence[Line], rules: TextRules, stem: str, where: str
) -> Iterable[tuple[str, dict[str, str], list[Line]]]:
    """Yield id, attributes and lines of each document in a file."""
    shared, rest = _header(lines)
    if rules.sheets is None:
        yield shared.pop("id", _id(stem)), shared, rest
        return
    starts = [at for at, line in enumerate(rest) if line.text.strip().startswith(rules.sheets)]
    if not starts:
        raise DataError(_(
            "{where}: no line begins with {mark!r}, the mark of a sheet. Put it above each "
            "sheet, or correct sheets in study.toml.",
            where=where, mark=rules.sheets))
    for number, (first, last) in enumerate(zip(starts, [*starts[1:], len(rest)], strict=True), 1):
        own, words = _header(rest[first + 1:last])
        attributes = shared | own
        yield attributes.pop("id", f"{_id(stem)}_{number:02d}"), attributes, words


def _header(lines: Sequence[Line]) -> tuple[dict[str, str], list[Line]]:
    """Take the lines ``# key: value`` off the top."""
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        match = KEY.match(line.text.strip())
        if match:
            found[_id(match[1])] = frozen(match[2]).strip()
        elif line.text.strip():
            return found, list(lines[at:])
    return found, []


def _id(words: str) -> str:
    return re.sub(r"\W+", "_", words.strip().lower()).strip("_") or "document"


def _kept(attributes: Mapping[str, str], source: Source) -> dict[str, str]:
    """Leave out attributes that identify somebody or bear the name of another column."""
    secret = {item.name for item in source.items.values() if item.sensitivity == "identifier"}
    return {name: value for name, value in attributes.items()
            if name not in secret and name not in TEXT_COLUMNS}


def _check_text(told: Talk, where: str) -> None:
    if not told.text.strip():
        raise DataError(_(
            "{where}: holds no text. It should hold what was said or written. Open it to see, and "
            "take an empty file or sheet out.",
            where=where))
