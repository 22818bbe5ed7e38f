"""A report as a Word document: headings, contents, captions, real tables, words for pictures."""

import io
from functools import singledispatchmethod
from itertools import count
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from wbkit.files import word_bytes
from wbkit.labels import label
from wbkit.report.pages.content import (
    Contents,
    Drawing,
    Heading,
    Points,
    Report,
    TablePart,
    Words,
)
from wbkit.table.word import (
    NOTE,
    add_caption,
    add_captioned_table,
    add_field,
    element,
    new_document,
    turn,
)

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

BOX = "\N{BALLOT BOX}"
LOGO_CM = 1.4
DPI = 200


def word_report(report: Report) -> bytes:
    """Return the report as a Word document, in the template of the school where there is one."""
    writer = _Writer(report)
    for one in report.parts:
        writer.part(one)
    return word_bytes(writer.document)


class _Writer:
    """Writes the parts of one report into a document."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.numbers = count(1)  # of bookmarks
        self.document = new_document(report.language, title=report.title, author=report.author,
                                     template=report.style.template)
        if not report.style.template:
            self._foot()
            self._logo()

    def _foot(self) -> None:
        """Write what stands below each page, with its number."""
        style = self.document.styles["Footer"]
        for old in style.element.findall(f".//{qn('w:tabs')}"):
            old.getparent().remove(old)  # the template's own stops would catch the tab first
        section = self.document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        paragraph = section.footer.paragraphs[0]
        paragraph.paragraph_format.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{self.report.foot}\t")
        add_field(paragraph, "PAGE", "1")

    def _logo(self) -> None:
        style = self.report.style
        if style.logo and style.logo_type != ".svg":  # Word takes no svg without a png beside it
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_TAB_ALIGNMENT.RIGHT
            paragraph.add_run().add_picture(io.BytesIO(style.logo), height=Cm(LOGO_CM))
            _describe(paragraph, style.school, style.school)

    def _upright(self) -> None:
        """End a page that was turned."""
        last = self.document.sections[-1]
        if last.orientation == WD_ORIENT.LANDSCAPE:
            added = self.document.add_section(WD_SECTION.NEW_PAGE)
            added.orientation = WD_ORIENT.PORTRAIT
            added.page_width, added.page_height = last.page_height, last.page_width

    def _turned(self) -> None:
        if self.document.sections[-1].orientation != WD_ORIENT.LANDSCAPE:
            turn(self.document.add_section(WD_SECTION.NEW_PAGE))

    @singledispatchmethod
    def part(self, part: object) -> None:
        """Add one part."""
        raise NotImplementedError(type(part).__name__)

    @part.register
    def _(self, part: Heading) -> None:
        self._upright()
        self._mark(self.document.add_heading(part.text, part.level), part.anchor)

    @part.register
    def _(self, part: Words) -> None:
        self._upright()
        quiet = part.role in ("note", "origin")
        paragraph = self.document.add_paragraph(style=NOTE if quiet else None)
        run = paragraph.add_run(f"{part.text} " if part.links else part.text)
        run.bold = part.role == "kicker" or None
        for place, (words, anchor) in enumerate(part.links):
            paragraph.add_run(", " if place else "")
            _link(paragraph, words, _bookmark(anchor))
        if part.links:
            paragraph.add_run(".")
        if part.role in ("answer", "banner"):
            colours = self.report.style.colours
            _shade(paragraph, colours["wash"],
                   colours["count" if part.role == "answer" else "mark"])

    @part.register
    def _(self, part: Points) -> None:
        self._upright()
        for line in part.lines:
            if part.kind == "boxes":
                self.document.add_paragraph(f"{BOX} {line}")
            else:
                self.document.add_paragraph(line, style="List Bullet")

    @part.register
    def _(self, part: Contents) -> None:
        """Add the contents: a field that Word renews, and links until it does."""
        self.document.add_paragraph().add_run(part.text).bold = True
        lines = [one for one in self.report.headings if one.anchor]
        for place, one in enumerate(lines):
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            if place == 0:
                _field_part(paragraph, "begin", 'TOC \\o "2-2" \\h \\z')
            _link(paragraph, one.text, _bookmark(one.anchor))
            if place == len(lines) - 1:
                _field_part(paragraph, "end")

    @part.register
    def _(self, part: TablePart) -> None:
        if part.is_turned:
            self._turned()
        else:
            self._upright()
        caption = add_captioned_table(
            self.document, part.grid, title=part.title, notes=list(part.notes),
            language=self.report.language, number=part.number)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = part.followed
        if caption is not None:
            self._mark(caption, part.anchor)
        cells = self.document.tables[-1]._tbl.tr_lst[1:] if part.anchors else []
        for anchor, row in zip(part.anchors, cells, strict=True):
            self._mark_element(row.tc_lst[0].p_lst[0], anchor)

    @part.register
    def _(self, part: Drawing) -> None:
        self._upright()
        section = self.document.sections[-1]
        room = section.page_width - section.left_margin - section.right_margin
        caption = add_caption(self.document, "figure", part.number, part.title,
                              self.report.language)
        self._mark(caption, part.anchor)
        subtitle = [self.document.add_paragraph(part.subtitle, style=NOTE)] if part.subtitle else []
        picture = self.document.add_paragraph()
        picture.add_run().add_picture(
            io.BytesIO(part.figure.png(dpi=DPI, bare=True)), width=room)
        picture.paragraph_format.space_after = Pt(2)
        _describe(picture, label("report_figure", self.report.language), part.figure.alt)
        notes = [self.document.add_paragraph(line, style=NOTE) for line in part.notes]
        together = [caption, *subtitle, picture, *notes]
        for one in together if part.followed else together[:-1]:
            one.paragraph_format.keep_with_next = True

    def _mark(self, paragraph: "Paragraph", anchor: str) -> None:
        if anchor:
            self._mark_element(paragraph._p, anchor)

    def _mark_element(self, paragraph: Any, anchor: str) -> None:
        """Put a bookmark around a paragraph, so that links lead there."""
        number = str(next(self.numbers))
        paragraph.append(element("w:bookmarkStart", id=number, name=_bookmark(anchor)))
        paragraph.append(element("w:bookmarkEnd", id=number))


def _bookmark(anchor: str) -> str:
    """Return the name of a bookmark: letters, digits and _."""
    return anchor.replace("-", "_")


def _link(paragraph: "Paragraph", words: str, bookmark: str) -> None:
    link = element("w:hyperlink", anchor=bookmark, history="1")
    run = paragraph.add_run(words)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _field_part(paragraph: "Paragraph", kind: str, code: str = "") -> None:
    """Begin or end a field that runs over several paragraphs."""
    def bound(name: str) -> None:
        paragraph.add_run()._r.append(element("w:fldChar", fldCharType=name))

    bound(kind)
    if code:
        words = element("w:instrText")
        words.text = f" {code} "
        paragraph.add_run()._r.append(words)
        bound("separate")


def _shade(paragraph: "Paragraph", fill: str, line: str) -> None:
    """Give a paragraph a ground, and a thick line to its left."""
    properties = paragraph._p.get_or_add_pPr()
    border = element("w:pBdr")
    border.append(element("w:left", val="single", sz="24", space="8", color=line.lstrip("#")))
    shade = element("w:shd", val="clear", color="auto", fill=fill.lstrip("#"))
    for one in (border, shade):
        properties.append(one)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(8)


def _describe(paragraph: "Paragraph", title: str, words: str) -> None:
    """Give a picture its alternative text."""
    shape = paragraph._p.find(f".//{qn('wp:docPr')}")
    shape.set("descr", words)
    shape.set("title", title)
