"""An OpenDocument text is read whole: every word once, asides as notes, deletions left out."""

from builders import transcripts

from wbkit.intake.transcripts.opendocument import odt_contents

NAMES = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
                 for short, name in (("office", "office"), ("text", "text"), ("table", "table"),
                                     ("draw", "drawing"), ("style", "style"),
                                     ("fo", "xsl-fo-compatible")))
BOLD = '<office:automatic-styles><style:style style:name="T1"><style:text-properties ' \
       'fo:font-weight="bold"/></style:style></office:automatic-styles>'


def read(body, **parts):
    content = f"<office:document-content {NAMES}>{BOLD}<office:body><office:text>{body}" \
              "</office:text></office:body></office:document-content>"
    return odt_contents(transcripts.packed({"content.xml": content} | {
        f"{name}.xml": f"<office:document-styles {NAMES}>{part}</office:document-styles>"
        for name, part in parts.items()}), "bron (a.odt)")


def words(contents):
    return [line.text for line in contents.lines if line.text and not line.aside]


def test_words_around_a_frame_stay_together_and_the_frame_is_a_note():
    contents = read("<text:p>R: Ik mis een <draw:frame><draw:text-box><text:p>Foto van het lokaal"
                    "</text:p></draw:text-box></draw:frame>plek.</text:p>")
    assert words(contents) == ["R: Ik mis een plek."]
    assert [(line.aside, line.text) for line in contents.lines if line.aside] == [
        ("text box", "Foto van het lokaal")]
    assert contents.found == ("1 text box, kept as a note in the text",)


def test_footnotes_and_remarks_are_notes_and_deletions_are_left_out():
    contents = read("<text:tracked-changes><text:changed-region><text:deletion><text:p>Piet "
                    "zei het.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
                    "<text:p>R: Goed<text:note><text:note-citation>1</text:note-citation>"
                    "<text:note-body><text:p>Ze lacht.</text:p></text:note-body></text:note> dan"
                    "<office:annotation><text:p>Navragen.</text:p></office:annotation>.</text:p>")
    assert words(contents) == ["R: Goed dan."]
    assert [(line.aside, line.text) for line in contents.lines if line.aside] == [
        ("footnote", "Ze lacht."), ("comment", "Navragen.")]
    assert {one.what: one.words for one in contents.left} == {"deleted text": 3}


def test_lists_tables_and_spaces_are_read():
    contents = read("<text:list><text:list-item><text:p>een<text:s text:c='2'/>twee</text:p>"
                    "</text:list-item></text:list><table:table><table:table-row><table:table-cell>"
                    "<text:p>I</text:p></table:table-cell><table:table-cell><text:p>Hoe?</text:p>"
                    "<table:table><table:table-row><table:table-cell><text:p>zo</text:p>"
                    "</table:table-cell></table:table-row></table:table></table:table-cell>"
                    "</table:table-row></table:table>")
    assert words(contents) == ["een  twee", "I\tHoe?\nzo"]
    assert contents.found == ()


def test_bold_words_and_page_heads_are_known():
    contents = read("<text:p><text:span text:style-name='T1'>Anna</text:span> Goed.</text:p>",
                    styles="<style:header><text:p>Interview 4</text:p></style:header>")
    assert [line.marked for line in contents.lines] == [4]
    assert {one.what: one.words for one in contents.left} == {"page head": 2}
