"""A Table as a Word table: caption, a header row that returns, words read aloud, and notes."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from wbkit.errors import DataError
from wbkit.files import CREATED, word_bytes
from wbkit.labels import label
from wbkit.messages import _
from wbkit.table.count_layouts import Grid
from wbkit.table.render import caption_lines, laid_out
from wbkit.table.words import Worded

INK, SOFT, LINE = "17262E", "46555D", "C9D1D5"
FONT = "Arial"  # the only one of Word that other programs have in the same measures
REGIONS = {"nl": "nl-NL", "en": "en-GB"}
STYLE = "wbkit"  # of tables; says which row and column are headings
SIZES = {"Title": (24, 0, True), "Heading 1": (19, 18, True), "Heading 2": (14, 16, True),
         "Heading 3": (11.5, 12, True), "Caption": (10, 10, True)}  # points, above, bold
THEMED = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
WIDTH_CM, WIDE_CM = 15.4, 24.7  # of the text on A4, upright and turned
LETTERS = 92, 146  # that fit beside each other on A4, upright and turned
KEPT_TOGETHER = 15  # rows; a longer table may run over pages
NOTE, CELL, TIGHT = "wbkit note", "wbkit cell", "wbkit tight cell"  # styles of paragraphs
POINTS = {NOTE: 9, CELL: 9, TIGHT: 7.5}
EMU_A_TWENTIETH = 635  # of a point; Word counts in both
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def table_document(shown: Worded) -> bytes:
    """Return a Word document that holds one Table."""
    document = new_document(shown.language, title=shown.title)
    grid = laid_out(shown)
    if is_wide(grid):
        turn(document.sections[-1])
    add_captioned_table(document, grid, title=shown.title, notes=caption_lines(shown),
                        language=shown.language)
    return word_bytes(document)


def new_document(
    language: str, *, title: str, author: str = "", template: Path | None = None,
) -> WordDocument:
    """Open a Word document: that of a school keeps its own styles, another one gets ours."""
    document = _open(template) if template else Document()
    about = document.core_properties
    about.title, about.author, about.comments = title, author, ""
    about.language, about.created, about.modified = REGIONS[language], CREATED, CREATED
    _speak(document, REGIONS[language])
    _add_styles(document, own=template is None)
    if template:
        _empty(document)
        return document
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - WIDTH_CM) / 2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    return document


def _open(template: Path) -> WordDocument:
    try:
        return Document(str(template))
    except (PackageNotFoundError, KeyError, ValueError):
        raise DataError(_(
            "{file}: is no Word document, so it cannot be a template. Save it in Word as .docx.",
            file=template.name)) from None


def _empty(document: WordDocument) -> None:
    """Take out what stands in a template; paper, heads and feet stay."""
    body = document.element.body
    for one in list(body):
        if not one.tag.endswith("}sectPr"):
            body.remove(one)


def _speak(document: WordDocument, region: str) -> None:
    """Set the language in which Word checks spelling and a screen reader speaks."""
    for one in list(document.styles.element.iter(qn("w:lang"))):
        one.getparent().remove(one)
    for properties in document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        properties.append(element("w:lang", val=region, eastAsia=region, bidi="ar-SA"))


def _add_styles(document: WordDocument, *, own: bool) -> None:
    """Give a document the styles that it lacks; in a document of our own also their looks."""
    for name in (*SIZES, *POINTS, "List Bullet"):
        style = _style(document, name)
        if own and name in SIZES:
            _look(style, name)
    if own:
        _plain(document)
    for name in POINTS:
        _small(document, name)
    _add_table_style(document)


def _style(document: WordDocument, name: str) -> ParagraphStyle:
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name not in POINTS)
    return document.styles[name]


def _plain(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    normal.font.color.rgb = RGBColor.from_string(INK)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(7), 1.2


def _look(style: ParagraphStyle, name: str) -> None:
    size, above, bold = SIZES[name]
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(INK if bold else SOFT)
    for key in THEMED:  # the font of the theme would win over the name
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{key}"), None)
    for line in style.element.findall(f".//{qn('w:pBdr')}"):
        line.getparent().remove(line)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(above), Pt(4), True


def _small(document: WordDocument, name: str) -> None:
    style = document.styles[name]
    style.base_style, style.font.size = document.styles["Normal"], Pt(POINTS[name])
    if name == NOTE:
        style.font.color.rgb = RGBColor.from_string(SOFT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(2 if name == NOTE else 0), Pt(0)
    shape.line_spacing = 1.0


def _add_table_style(document: WordDocument) -> None:
    """Ship the style that says which row and which column of a table are headings."""
    style = element("w:style", type="table", customStyle="1", styleId=STYLE)
    style.append(element("w:name", val=STYLE))
    for kind, bold in (("firstRow", True), ("firstCol", False)):
        part = element("w:tblStylePr", type=kind)
        letters = element("w:rPr")
        letters.append(element("w:b", **({} if bold else {"val": "0"})))
        part.append(letters)
        style.append(part)
    document.styles.element.append(style)


def element(tag: str, **attributes: str) -> Any:
    """Return an element of Word, with attributes of its own namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def is_wide(grid: Grid) -> bool:
    """Whether a table fits only on a page that is turned."""
    return grid.least_letters > LETTERS[0] * POINTS[CELL] / POINTS[TIGHT]


def turn(section: Section) -> None:
    """Lay a page on its side."""
    if section.orientation != WD_ORIENT.LANDSCAPE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width


def add_captioned_table(
    document: WordDocument, grid: Grid, *, title: str, notes: list[str], language: str,
    number: int = 1,
) -> Paragraph | None:
    """Add caption, table and the lines below it; gives the caption, which number 0 leaves out."""
    caption = add_caption(document, "table", number, title, language) if number else None
    add_table(document, grid, title=title, description=notes[0] if notes else title,
              noted=bool(notes))
    lines = [document.add_paragraph(line, style=NOTE) for line in notes or [""]]  # Word joins
    for one in lines[:-1]:  # two tables with nothing in between
        one.paragraph_format.keep_with_next = True
    return caption


def add_caption(
    document: WordDocument, kind: str, number: int, text: str, language: str
) -> Paragraph:
    """Add a caption with a number that Word renews (F9)."""
    words = label(f"report_{kind}", language)
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run(f"{words}\N{NO-BREAK SPACE}").bold = True
    add_field(paragraph, f"SEQ {words} \\* ARABIC", str(number), bold=True)
    paragraph.add_run(f"  {text}")
    return paragraph


def add_field(paragraph: Paragraph, code: str, shown: str, *, bold: bool = False) -> None:
    """Add a field: what Word computes, and what stands there until it does."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        run.bold = bold or None
        if kind == "code":
            words = element("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = f" {code} "
            run._r.append(words)
        elif kind != "shown":
            run._r.append(element("w:fldChar", fldCharType=kind))


def add_table(
    document: WordDocument, grid: Grid, *, title: str, description: str, noted: bool = False
) -> None:
    """Add a table: its first row returns on each page, and a description is read aloud.

    Where lines about it follow, a short table stays with them.
    """
    section = document.sections[-1]
    shares, tight = column_shares(grid, turned=section.page_width > section.page_height)
    wide = section.page_width - section.left_margin - section.right_margin
    widths = [int(wide / EMU_A_TWENTIETH * share) for share in shares]
    style, lines = TIGHT if tight else CELL, [grid.header, *grid.rows]
    together = len(grid.rows) <= KEPT_TOGETHER
    rows = [_row([_cell(words, width, style, left=grid.is_text(at), bold=place == 0,
                        keep=(together and (noted or place < len(lines) - 1)) or place == 0)
                  for at, (words, width) in enumerate(zip(cells, widths, strict=True))],
                 first=place == 0)
            for place, cells in enumerate(lines)]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    document.element.body.sectPr.addprevious(parse_xml(
        f"<w:tbl {nsdecls('w')}>{_properties(title, description)}"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"))


def column_shares(grid: Grid, *, turned: bool) -> tuple[list[float], bool]:
    """Return the part of the width of each column, and whether it needs small letters."""
    room = LETTERS[turned]
    tight = grid.least_letters > room
    return grid.shares(int(room * POINTS[CELL] / POINTS[TIGHT]) if tight else room), tight


def _properties(title: str, description: str) -> str:
    """Write the properties of a table, in the order that the format asks for."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 2, LINE)))
    margins = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in
                      (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)))
    return (
        f'<w:tblPr><w:tblStyle w:val="{STYLE}"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(_readable(title))}/>"
        f"<w:tblDescription w:val={quoteattr(_readable(description))}/></w:tblPr>")


def _row(cells: Sequence[str], *, first: bool) -> str:
    head = "<w:tblHeader/>" if first else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(words: str, width: int, style: str, *, left: bool, bold: bool, keep: bool) -> str:
    kept = "<w:keepNext/>" if keep else ""
    side = "left" if left else "right"
    letters = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{kept}<w:jc w:val="{side}"/>'
        f'</w:pPr><w:r>{letters}<w:t xml:space="preserve">{escape(_readable(words))}</w:t></w:r>'
        "</w:p></w:tc>")


def _readable(words: str) -> str:
    """Leave out signs that no XML can hold."""
    return UNREADABLE.sub("", words)
