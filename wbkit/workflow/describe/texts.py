"""Draft a source of texts: its files, their format, and who asks, which a person says."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import relpath
from pathlib import Path
from typing import TextIO

import tomlkit

from wbkit.data.documents import Documents
from wbkit.errors import DataError
from wbkit.intake.delimited import text_in
from wbkit.intake.documents import read_documents
from wbkit.intake.draft.toml import title_of, toml_value
from wbkit.intake.source_files import read_bytes
from wbkit.intake.transcripts.bodies import UNLABELLED
from wbkit.messages import _, counted, mark, message
from wbkit.study.source import Source
from wbkit.study.source_kinds import TEXT_FORMATS, TextRules
from wbkit.text.normalise import as_id, listed
from wbkit.workflow.describe.line_headings import ask

MAYBE_TABLES = ("txt", "tsv")  # endings that tables of answers have as well
LAYOUT_WORDS = {
    "none": mark("nobody speaks"), "voices": mark("the file names who speaks"),
    "table": mark("a table with a column of speakers"),
    "time and label on lines of their own": mark("time and label on lines of their own"),
    "label and time on one line": mark("label and time on one line"),
    "label and colon": mark("label and colon"), "label and dash": mark("label and dash"),
    "label in brackets": mark("label in brackets"),
    "label in bold": mark("label in bold"),
    "label on a line of its own": mark("label on a line of its own"),
    "declared label without a colon": mark("label without a colon"),
    "questions in bold": mark("questions in bold"),
}
OWNERS = {"1": "participant", "2": "speaker", "3": "note", "": None}


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks in the texts: as written there, turns, those that ask, files."""

    name: str
    turns: int
    asks: int
    files: int


@dataclass(frozen=True)
class TextDraft:
    """A draft of one source of texts.

    Parameters
    ----------
    name
        Id of the source.
    file, format
        Its files from the data folder, as a pattern when there are several, and their format.
    interviewers
        Who asks the questions, as a person said; None when nobody was asked.
    unlabelled
        Whose the answers without a label are, as a person said.
    documents
        What was read with that.
    """

    name: str
    file: str
    format: str
    documents: Documents
    interviewers: tuple[str, ...] | None = None
    unlabelled: str | None = None

    @property
    def toml(self) -> str:
        """The block ``[sources.<name>]`` for study.toml; names no participant."""
        document, table, rules = tomlkit.document(), tomlkit.table(), tomlkit.table()
        language = self.documents.source.language
        table["label"] = title_of(self.file.replace("/*.", "."))
        table["files" if "*" in self.file else "file"] = self.file
        table["format"], table["unit"] = self.format, "interview"
        table["synthetic"] = toml_value(False).comment(message("draft_synthetic", language))
        if self.interviewers is None:
            rules.add(tomlkit.comment(_("ASK: who asks the questions? Write the labels as they "
                                        "stand in the file: interviewers = [\"I\"]")))
        else:
            rules["interviewers"] = toml_value(list(self.interviewers))
        if self.unlabelled:
            rules["unlabelled"] = self.unlabelled
        table["texts"] = rules
        document["sources"] = tomlkit.table(is_super_table=True)
        document["sources"][self.name] = table
        return tomlkit.dumps(document)


def holds_texts(path: Path) -> bool:
    """Say whether a folder or file holds texts, and not a table of answers."""
    if path.is_dir():
        return True
    kind = path.suffix.lower().lstrip(".")
    if kind not in TEXT_FORMATS or not path.is_file():
        return False
    return kind not in MAYBE_TABLES or not _is_table(path)


def _is_table(path: Path) -> bool:
    """Say whether a text file has the same number of several cells on nearly every line."""
    found = text_in(read_bytes(path, path.name))
    lines = [line for line in (found[0] if found else "").splitlines() if line.strip()][:200]
    for separator in ("\t", ";", ","):
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=separator))
        width, n = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
        if width > 1 and n >= 0.9 * len(rows) and len(rows) > 1:
            return not (width <= 4 and lines[0].casefold().startswith(("start", "begin")))
    return False


def read_text_drafts(
    path: Path, *, study: Path, name: str | None = None, language: str = "nl"
) -> list[TextDraft]:
    """Read a file or a folder of texts: one draft for each format in it.

    Raises
    ------
    DataError
        If the folder holds no text, or one of them cannot be read.
    """
    folder = study.parent.resolve()
    kinds = sorted({_kind(one) for one in _members(path)} & set(TEXT_FORMATS))
    if not kinds:
        raise DataError(_(
            "{folder}: holds no text. A text ends in {endings}. Put the transcripts there, or "
            "give the path of one file.",
            folder=path.name, endings=", ".join(f".{one}" for one in TEXT_FORMATS)))
    place = Path(relpath(path.resolve(), folder)).as_posix()
    drafts = []
    for kind in kinds:
        stem = as_id(name or path.stem)
        own = stem if len(kinds) == 1 else f"{stem}_{kind}"
        file = f"{place}/*.{kind}" if path.is_dir() else place
        source = _source(own, file, kind, (folder, language), TextRules())
        drafts.append(TextDraft(own, file, kind, read_documents(source)))
    return drafts


def _members(path: Path) -> list[Path]:
    return [path] if path.is_file() else [
        one for one in sorted(path.iterdir())
        if one.is_file() and not one.name.startswith(("~$", "."))]


def _kind(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _source(
    name: str, file: str, kind: str, place: tuple[Path, str], rules: TextRules
) -> Source:
    folder, language = place
    return Source.model_validate({
        "name": name, "file": file, "format": kind, "unit": "interview", "synthetic": False,
        "texts": rules, "setting": {"folder": folder, "language": language}})


def speakers_of(drafts: Sequence[TextDraft]) -> list[Speaker]:
    """Return who speaks in the texts, those who ask most first."""
    turns: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    for draft in drafts:
        written = {(document, label): who
                   for (document, who), label in draft.documents.names.items()}
        texts = dict(zip(draft.documents.texts["document"], draft.documents.texts["text"],
                         strict=True))
        for turn in draft.documents.turns.itertuples():
            who = written.get((turn.document, turn.speaker), turn.speaker)
            if who and who != UNLABELLED:
                turns[who] += 1
                asks[who] += texts[turn.document][turn.start:turn.end].rstrip().endswith("?")
                files.setdefault(who, set()).add(turn.document)
    found = [Speaker(who, n, asks[who], len(files[who])) for who, n in turns.items()]
    return sorted(found, key=lambda one: (-(one.asks / one.turns), -one.turns))


def ask_interviewers(
    drafts: Sequence[TextDraft], terminal: TextIO, prompt: Callable[..., str]
) -> tuple[str, ...] | None:
    """Ask who asks the questions; a computer never decides it.

    Gives their labels as they stand in the files; None when nobody was asked.
    """
    speakers = speakers_of(drafts)
    if not terminal.isatty() or not speakers:
        return None
    rows = [_("  {number}  {name}: {turns}, {asks} end with a question mark", number=number,
              name=one.name, turns=counted(one.turns, "turn", "turns"), asks=one.asks)
            for number, one in enumerate(speakers, start=1)]
    question = "\n".join([_("Who asks the questions? The others are participants."), *rows,
                          _("Type the numbers with commas between, or press Enter for nobody")])
    answer = prompt(question, default="", show_default=False)
    while not _are_places(answer, len(speakers)):
        answer = prompt(_("Type numbers from 1 to {n} with commas between", n=len(speakers)),
                        default="", show_default=False)
    return tuple(speakers[int(one) - 1].name for one in answer.replace(",", " ").split())


def _are_places(answer: str, n: int) -> bool:
    parts = answer.replace(",", " ").split()
    return all(one.isdecimal() and 1 <= int(one) <= n for one in parts)


def ask_unlabelled(
    drafts: Sequence[TextDraft], terminal: TextIO, prompt: Callable[..., str]
) -> str | None:
    """Ask whose the answers without a label are, where there are any."""
    bare = [draft.documents for draft in drafts
            if (draft.documents.turns["speaker"] == UNLABELLED).any()]
    if not terminal.isatty() or not bare:
        return None
    names = listed(dict.fromkeys(
        one for documents in bare
        for one in documents.turns.loc[documents.turns["speaker"] == UNLABELLED, "document"]))
    question = _("In {documents} only who asks has a label. Whose are the other paragraphs?\n"
                 "  1  of the participants\n  2  of who spoke before\n  3  of nobody: notes\n"
                 "Your answer, or Enter when you do not know yet", documents=names)
    answer = prompt(question, default="", show_default=False).strip()
    while answer not in OWNERS:
        answer = prompt(_("Type 1, 2 or 3, or press Enter"), default="",
                        show_default=False).strip()
    return OWNERS[answer]


def read_again(
    drafts: Sequence[TextDraft], *, interviewers: tuple[str, ...] | None,
    unlabelled: str | None = None,
) -> list[TextDraft]:
    """Read the texts of drafts with what a person said about their speakers."""
    made = []
    for draft in drafts:
        rules: dict[str, object] = {"unlabelled": unlabelled} if unlabelled else {}
        own = interviewers
        if interviewers is not None:
            all_of_them = replace(draft, documents=_read(draft, {"interviewers": interviewers}))
            here = {one.name for one in speakers_of([all_of_them])}
            own = tuple(one for one in interviewers if one in here)
            rules["interviewers"] = own
        bare = (draft.documents.turns["speaker"] == UNLABELLED).any()
        made.append(replace(draft, documents=_read(draft, rules), interviewers=own,
                            unlabelled=unlabelled if bare else None))
    return made


def _read(draft: TextDraft, rules: Mapping[str, object]) -> Documents:
    source = draft.documents.source
    place = source.setting.folder, source.language
    return read_documents(_source(draft.name, draft.file, draft.format, place,
                                  TextRules(**rules)))


def text_lines(drafts: Sequence[TextDraft]) -> list[str]:
    """Say how each file says who speaks, and what a person has to look at; no name of anybody."""
    lines = []
    for draft in drafts:
        reading, turns = draft.documents.reading, draft.documents.turns
        for row in reading[reading["part"] == "file"].itertuples():
            own = turns[turns["document"] == row.document]
            people = listed(dict.fromkeys(filter(None, own["speaker"])), most=8)
            lines.append(_("{document}: {layout}, {share:.0f} % of {n} with a speaker{people}",
                           document=row.document, layout=_(LAYOUT_WORDS[row.what]),
                           share=100 * row.score, n=counted(row.words, "word", "words"),
                           people=f" ({people})" if people else ""))
        lines += [ask(one) for one in draft.documents.found if not _is_encoding(one)]
    return lines


def skipped_lines(path: Path, drafts: Sequence[TextDraft]) -> list[str]:
    """Name what stands in the folder and was not read: other kinds of files, folders."""
    if path.is_file():
        return []
    read = {one.resolve() for draft in drafts for one in _matches(draft)}
    left = [one.name for one in sorted(path.iterdir())
            if not one.name.startswith(("~$", ".")) and one.resolve() not in read]
    return [_("{folder}: not read: {names}. A text ends in {endings}, in small letters. Save it as "
              "one of these, or take it out; give each folder to wbkit describe itself.",
              folder=path.name, names=listed(left, most=8),
              endings=", ".join(f".{one}" for one in TEXT_FORMATS))] if left else []


def _matches(draft: TextDraft) -> list[Path]:
    return list(draft.documents.source.setting.folder.glob(draft.file))


def _is_encoding(words: str) -> bool:
    said = words.rpartition(": ")[2]
    return any(name in said for name in ("UTF-", "Windows-1252", "Mac Roman"))

