"""Coded segments in a Word document, grouped by code: what a researcher takes to a meeting."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from wbkit.coding.units import in_turns
from wbkit.data.codings import REVIEW, Codings
from wbkit.messages import Told, _, counted
from wbkit.text.normalise import frozen

CONTEXT = 120  # signs before and after, within the turn
GREY, SMALL = RGBColor(0x59, 0x59, 0x59), Pt(9)
DEEPEST = 9  # levels of headings in Word
CREATED, LONG_AGO = datetime(2020, 1, 1), (1980, 1, 1, 0, 0, 0)  # the same bytes each time
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


class Segment(NamedTuple):
    """A coded passage, once for all coders who gave it the code."""

    document: str
    start: int
    end: int
    role: str
    question: str
    coders: tuple[str, ...]
    memos: tuple[str, ...]
    waits: bool  # for a reader


def segments_document(codings: Codings) -> bytes:
    """Return a Word document with the passages of each code, in the order of the codebook."""
    making = _Making(codings)
    making.head()
    for code, depth in _in_tree(codings):
        making.code(code, depth)
    return _packed(making.word)


class _Making:
    """A document in the making, in the language of the source."""

    def __init__(self, codings: Codings) -> None:
        self.codings, self.source = codings, codings.documents.source
        self.language = self.source.language
        self.word: Word = Document()
        self._texts = codings.documents.texts.set_index("document")["text"].to_dict()
        self._edges = {}
        self._segments = self._by_code()
        self._roles = codings.documents.role_words(self.language)
        self._set_language()

    def head(self) -> None:
        """Say what these segments are, and what they are not."""
        data = self.codings.data
        self.word.add_heading(self._words(_(
            "Coded segments: {source}", source=self.source.words())), 0)
        self.word.add_paragraph(self._words(_(
            "{codings} in {documents}. Each segment stands in its context, with the id of its "
            "text.",
            codings=counted(len(data), "coding", "codings"),
            documents=counted(data["document"].nunique(), "text", "texts"))))
        if self.codings.from_dictionary:
            self.word.add_paragraph(self._words(_(
                "Found with search terms: nobody has read these passages one by one.")))
        if self.source.synthetic:
            self.word.add_paragraph(self._words(_("These texts are made up (synthetic).")))

    def code(self, name: str, depth: int) -> None:
        """Write a code, what it means and its segments."""
        code, own = self.codings.codebook.code(name), self._segments.get(name, [])
        self.word.add_heading(code.words(self.language), min(depth + 1, DEEPEST))
        self._small(self.word.add_paragraph(), frozen(code.definition), italic=True)
        if own:
            self.word.add_paragraph(self._words(_(
                "{segments} in {documents}.",
                segments=counted(len(own), "segment", "segments"),
                documents=counted(len({one.document for one in own}), "text", "texts"))))
        for one in own:
            self._segment(one)

    def _segment(self, one: Segment) -> None:
        about = [one.document, self._roles.get(one.role, one.role), one.question,
                 ", ".join(one.coders),
                 self._words(_("waits for a reader")) if one.waits else ""]
        line = self.word.add_paragraph()
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_after = Pt(0)
        self._small(line, " · ".join(filter(None, about)))
        before, quote, after = self._in_context(one)
        passage = self.word.add_paragraph()
        passage.paragraph_format.left_indent = Pt(18)
        self._small(passage, before)
        passage.add_run(quote)
        self._small(passage, after)
        for memo in one.memos:
            self._small(self.word.add_paragraph(), self._words(_("Memo: {memo}", memo=memo)))

    def _in_context(self, one: Segment) -> tuple[str, str, str]:
        text = self._texts[one.document]
        first, last = self._edges.get((one.document, one.start), (0, len(text)))
        before = text[max(first, one.start - CONTEXT):one.start]
        after = text[one.end:max(one.end, min(last, one.end + CONTEXT))]
        return (_on_one_line(before, cut=one.start - CONTEXT > first, front=True),
                text[one.start:one.end],
                _on_one_line(after, cut=one.end + CONTEXT < last, front=False))

    def _by_code(self) -> dict[str, list[Segment]]:
        """Return the segments of each code, by text and place."""
        data, turns = self.codings.data, self.codings.documents.turns
        data = data.assign(memo=data.get("memo", ""))
        if turns.empty:
            data = data.assign(role="", question="")
        else:
            turns = turns.rename(columns={"end": "last"})
            data = in_turns(data, turns[["document", "start", "last", "role", "question"]])
            self._edges = {(row.document, row.start): (int(row.first), int(row.last))
                           for row in data.dropna(subset=["first"]).itertuples()}
            data = data.fillna({"role": "", "question": ""})
        order = {name: at for at, name in enumerate(self._texts)}
        found: dict[str, list[Segment]] = {}
        for (code, document, start, end), part in data.groupby(
                ["code", "document", "start", "end"], sort=False, observed=True):
            first = part.iloc[0]
            found.setdefault(code, []).append(Segment(
                document, int(start), int(end), str(first["role"]),
                str(first["question"]), tuple(sorted(set(part["coder"].astype("str")))),
                tuple(dict.fromkeys(frozen(str(one)) for one in part["memo"] if one)),
                bool((part["status"] == REVIEW).all())))
        return {code: sorted(every, key=lambda one: (order[one.document], one.start, one.end))
                for code, every in found.items()}

    def _words(self, told: Told) -> str:
        return told.again(self.language)

    def _small(self, paragraph: Paragraph, words: str, *, italic: bool = False) -> None:
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb, run.italic = SMALL, GREY, italic or None

    def _set_language(self) -> None:
        about = self.word.core_properties
        about.author, about.language = "wbkit", self.language
        about.created = about.modified = CREATED
        about.title = self._words(_("Coded segments: {source}", source=self.source.words()))
        for one in self.word.styles.element.iter(qn("w:lang")):
            one.set(qn("w:val"), LANGUAGES[self.language])


def _in_tree(codings: Codings) -> Iterator[tuple[str, int]]:
    """Yield the codes with segments and those above them, each once, with how deep it stands."""
    book, used = codings.codebook, set(codings.data["code"])
    shown = [code for code in book.codes if used & set(book.descendants(code))]

    def below(parent: str | None, depth: int) -> Iterator[tuple[str, int]]:
        for code in shown:
            parents = book.code(code).parents
            if (parents[0] if parents else None) == parent:
                yield code, depth
                yield from below(code, depth + 1)

    yield from below(None, 0)


def _on_one_line(words: str, *, cut: bool, front: bool) -> str:
    """Return context on one line, with dots where it goes on."""
    line = " ".join(words.split())
    if not line:
        return ""
    if front:
        return f"{'… ' if cut else ''}{line}{' ' * words[-1].isspace()}"
    return f"{' ' * words[0].isspace()}{line}{' …' if cut else ''}"


def _packed(word: Word) -> bytes:
    """Return the bytes of a document, the same for the same words."""
    stream, packed = io.BytesIO(), io.BytesIO()
    word.save(stream)
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(packed, "w") as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), made.read(name),
                             zipfile.ZIP_DEFLATED)
    return packed.getvalue()
