"""A Word file is read whole: every word once, asides as notes, deletions left out."""

import pytest
from builders import transcripts

from wbkit.intake.transcripts.word import docx_contents

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' \
       'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' \
       'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>'
NOTES = '<w:{0}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' \
        '<w:{0} w:id="-1" w:type="separator"><w:p/></w:{0}>' \
        '<w:{0} w:id="2"><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:{0}></w:{0}s>'


def run(words, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(*inside):
    return f"<w:p>{''.join(inside)}</w:p>"


def row(*cells):
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def read(body, **parts):
    packed = {"word/document.xml": f"{HEAD}{body}</w:body></w:document>"} | {
        f"word/{name}.xml": part for name, part in parts.items()}
    return docx_contents(transcripts.packed(packed), "bron (a.docx)")


def words(contents):
    return [line.text for line in contents.lines if line.text and not line.aside]


def asides(contents):
    return [(line.aside, line.text) for line in contents.lines if line.aside]


def left(contents):
    return {one.what: one.words for one in contents.left}


@pytest.mark.parametrize("body", [
    par(run("I: "), "<w:sdt><w:sdtContent>", run("Hoe gaat het?"), "</w:sdtContent></w:sdt>"),
    "<w:sdt><w:sdtContent>" + par(run("I: Hoe gaat het?")) + "</w:sdtContent></w:sdt>",
    par(run("I: "), "<w:fldSimple>", run("Hoe gaat het?"), "</w:fldSimple>"),
    par(run("I: "), "<w:hyperlink>", run("Hoe "), "</w:hyperlink>", run("gaat het?")),
    par(run("I: "), "<w:smartTag>", run("Hoe gaat "), "</w:smartTag>", run("het?")),
    par(run("I: Hoe "), "<w:ins>", run("gaat "), "</w:ins>", "<w:moveTo>", run("het?"),
        "</w:moveTo>"),
    par(run("I: "), "<w:r><w:instrText> DATE </w:instrText></w:r>", run("Hoe gaat het?")),
])
def test_words_in_controls_fields_links_and_insertions_are_read(body):
    contents = read(body)
    assert words(contents) == ["I: Hoe gaat het?"]
    assert contents.found == ()


def test_a_row_in_a_content_control_is_a_row():
    contents = read("<w:tbl>" + row(par(run("I")), par(run("Hoe?"))) + "<w:sdt><w:sdtContent>"
                    + row(par(run("R")), par(run("Zo."))) + "</w:sdtContent></w:sdt></w:tbl>")
    assert [line.cells for line in contents.lines] == [("I", "Hoe?"), ("R", "Zo.")]


def test_a_table_inside_a_cell_is_read_once():
    inner = "<w:tbl>" + row(par(run("stress")), par(run("twee"))) + "</w:tbl>"
    cell = par(run("Goed.")) + inner + par()
    contents = read("<w:tbl>" + row(par(run("Vraag")), cell) + "</w:tbl>")
    assert words(contents) == ["Vraag\tGoed.\nstress\ntwee"]
    assert contents.found == ()


def test_deletions_are_left_out_and_counted():
    contents = read(par(run("R: Goed"), "<w:del><w:r><w:delText> en heel slecht</w:delText></w:r>"
                        "</w:del>", run(".")))
    assert words(contents) == ["R: Goed."]
    assert left(contents) == {"deleted text": 3}


def test_a_text_box_is_one_note_behind_its_paragraph():
    box = "<w:txbxContent>" + par(run("Kader: drie minuten")) + "</w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}" \
           "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    contents = read(par(run("R: Goed."), both) + par(run("I: En?")))
    assert words(contents) == ["R: Goed.", "I: En?"]
    assert asides(contents) == [("text box", "Kader: drie minuten")]
    assert contents.found == ("1 text box, kept as a note in the text",)


def test_footnotes_and_comments_are_notes_behind_their_paragraph():
    body = par(run("R: Goed."), '<w:r><w:footnoteReference w:id="2"/></w:r>',
               '<w:r><w:commentReference w:id="2"/></w:r>')
    contents = read(body, footnotes=NOTES.format("footnote", "Ze lacht."),
                    comments=NOTES.format("comment", "Navragen bij Jan."))
    assert asides(contents) == [("footnote", "Ze lacht."), ("comment", "Navragen bij Jan.")]
    assert left(contents) == {}
    assert contents.found == ("1 footnote, kept as a note in the text",)


def test_page_heads_of_a_file_are_counted_and_left_out():
    part = HEAD.replace("document", "hdr").replace("<w:body>", "") + par(run("Vertrouwelijk 4"))
    contents = read(par(run("R: Goed.")), header1=part + "</w:hdr>")
    assert words(contents) == ["R: Goed."]
    assert left(contents) == {"page head": 2}


@pytest.mark.parametrize("look", ["<w:b/>", "<w:i/>", '<w:u w:val="single"/>',
                                  '<w:color w:val="FF0000"/>', '<w:rStyle w:val="Zwaar"/>'])
def test_what_looks_unlike_the_rest_is_marked(look):
    contents = read(par(run("Anna Smit", look), run(" Goed dan.")) + par(run("Een lange zin.")))
    assert [line.marked for line in contents.lines] == [9, 0]


def test_what_looks_usual_is_not_marked():
    contents = read(par(run("Alles is vet", "<w:b/>")) + par(run("ook dit", "<w:b/>")))
    assert [line.marked for line in contents.lines] == [0, 0]
    contents = read(par(run("Niet vet", '<w:b w:val="0"/>')) + par(run("Nee")))
    assert [line.marked for line in contents.lines] == [0, 0]


def test_lines_of_a_paragraph_and_signs_are_kept():
    contents = read(par(run("Anna 0:03"), "<w:r><w:br/><w:t>Wel</w:t><w:noBreakHyphen/><w:t>eens"
                        "</w:t><w:tab/><w:t>!</w:t></w:r>"))
    assert words(contents) == ["Anna 0:03", "Wel-eens\t!"]


def test_words_that_would_be_read_twice_are_told():
    contents = read(par("<w:r>", par(run("twee woorden")), "</w:r>"))
    assert contents.found == ("2 words of the file were not read. Compare the file with its text.",)


def test_a_document_that_word_on_the_web_wrote_is_found():
    packed = transcripts.packed({"word/document2.xml": f"{HEAD}{par(run('Goed.'))}</w:body>"
                                                       "</w:document>"})
    assert words(docx_contents(packed, "bron (a.docx)")) == ["Goed."]
