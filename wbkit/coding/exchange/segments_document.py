"""Coded segments in a Word document, grouped by code: what a researcher takes to a meeting."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from wbkit.coding.units import in_turns
from wbkit.data.codings import REVIEW, Codings
from wbkit.data.documents import UNQUOTED
from wbkit.files import CREATED, word_bytes
from wbkit.messages import Told, _, counted
from wbkit.text.normalise import frozen

CONTEXT = 120  # signs before and after, within the turn
GREY, SMALL = RGBColor(0x59, 0x59, 0x59), Pt(9)
INDENT, WIDTHS = Pt(18), (Cm(10), Cm(2.5), Cm(2.5))  # of a passage; of the overview
DEEPEST = 9  # levels of headings in Word
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
    making = _Making(replace(codings, data=codings.data[codings.counting]))
    tree = list(_in_tree(making.codings))
    making.head(len(codings.data) - len(making.codings.data))
    making.overview(tree)
    making.footer()
    for code, depth in tree:
        making.code(code, depth)
    return word_bytes(making.word)


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

    def head(self, apart: int) -> None:
        """Say what these segments are, and what they are not; `apart` codings are not here."""
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
        if apart:
            self.word.add_paragraph(self._words(_(
                "Left out: {codings} of a training round, or by search terms or a program beside "
                "those of people.",
                codings=counted(apart, "coding", "codings"))))
        if self.source.synthetic:
            self.word.add_paragraph(self._words(_("These texts are made up (synthetic).")))

    def overview(self, tree: Sequence[tuple[str, int]]) -> None:
        """Count the segments and texts of each code, so that a meeting sees what is coming."""
        table = self.word.add_table(1, len(WIDTHS), "Light List Accent 1")
        table.autofit = False
        for cell, words in zip(table.rows[0].cells, (_("Code"), _("Segments"), _("Texts")),
                               strict=True):
            cell.text = self._words(words)
        again = OxmlElement("w:tblHeader")  # on each page
        table.rows[0]._tr.get_or_add_trPr().append(again)
        for name, depth in tree:
            own, cells = self._segments.get(name, []), table.add_row().cells
            cells[0].text = self.codings.codebook.code(name).words(self.language)
            cells[0].paragraphs[0].paragraph_format.left_indent = INDENT * depth
            cells[1].text, cells[2].text = str(len(own)), str(len({one.document for one in own}))
        for row in table.rows:
            for cell, width in zip(row.cells, WIDTHS, strict=True):
                cell.width = width
            for cell in row.cells[1:]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def footer(self) -> None:
        """Number the pages."""
        line = self.word.sections[0].footer.paragraphs[0]
        self._small(line, f"{self.source.words(self.language)} · ")
        _in_field(line, "PAGE")
        self._small(line, " / ")
        _in_field(line, "NUMPAGES")

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
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(6), Pt(0)
        self._small(line, " · ".join(filter(None, about)))
        before, quote, after = self._in_context(one)
        passage = self.word.add_paragraph()
        passage.paragraph_format.left_indent = INDENT
        passage.paragraph_format.keep_together = True
        _bar(passage)
        for words, grey in ((before, True), (quote, False), (after, True)):
            run = passage.add_run(words)
            if grey:
                run.font.color.rgb = GREY
        for memo in one.memos:
            self._small(self.word.add_paragraph(), self._words(_("Memo: {memo}", memo=memo)))

    def _in_context(self, one: Segment) -> tuple[str, str, str]:
        text = self._texts[one.document]
        if one.document in self.codings.documents.unquoted:
            return "", UNQUOTED, ""
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


def _in_field(paragraph: Paragraph, name: str) -> None:
    """Add a number that Word fills in."""
    field, run = OxmlElement("w:fldSimple"), paragraph.add_run("1")
    field.set(qn("w:instr"), name)
    run.font.size, run.font.color.rgb = SMALL, GREY
    run._r.addprevious(field)
    field.append(run._r)


def _bar(paragraph: Paragraph) -> None:
    """Draw a line down the left of a passage: what somebody said, not what we say of it."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "9AA5B1")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


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
