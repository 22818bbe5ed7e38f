"""Projects of other programs are read with proof of their places, and written back."""

import itertools

import pytest
from builders import refi_projects as rf
from shared_files import shared

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE

MARK = "\ufeff"


def quotes(project):
    return [one.quote for _, one in project.selections()]


TWELVE = list(itertools.product(("points", "utf16", "utf8"), ("as is", "one"), (False, True)))


@pytest.mark.parametrize("bom", ["none", "counted", "not counted"])
@pytest.mark.parametrize(("unit", "breaks", "inclusive"), TWELVE)
def test_identical_quotes_from_every_way_of_counting(tmp_path, unit, breaks, inclusive, bom):
    places = rf.selections(rf.TEXT, rf.QUOTES, unit, bom=bom, breaks=breaks, inclusive=inclusive)
    content = (MARK * (bom != "none") + rf.TEXT).encode()
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": content})
    project = wb.read_refi(path)
    assert quotes(project) == rf.frozen_quotes(rf.QUOTES)
    (counted,) = project.counted
    words = {"points": "code points", "utf16": "UTF-16 units", "utf8": "UTF-8 bytes"}[unit]
    assert counted.convention.startswith(words)
    assert ("CRLF as 1" in counted.convention) == (breaks == "one")
    assert ("end inclusive" in counted.convention) == inclusive
    assert ("not counted" in counted.convention) == (bom == "not counted")
    assert counted.fits == len(rf.QUOTES) > counted.runner_up


def test_line_ends_that_were_counted_as_two_are_found(tmp_path):
    text = rf.TEXT.replace("\r\n", "\n")
    places = rf.selections(text, rf.QUOTES[:2] + rf.QUOTES[3:], "utf16", breaks="two")
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": text.encode()})
    assert quotes(wb.read_refi(path)) == rf.frozen_quotes(rf.QUOTES[:2] + rf.QUOTES[3:])


def test_text_in_utf_16_and_text_inside_the_project_are_read(tmp_path):
    places = rf.selections(rf.TEXT, rf.QUOTES, "points", bom="counted")
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": rf.TEXT.encode("utf-16")})
    assert quotes(wb.read_refi(path)) == rf.frozen_quotes(rf.QUOTES)
    inside = '<TextSource guid="{}" name="a"><PlainTextContent>De coach luistert.' \
             '</PlainTextContent>{}</TextSource>'
    one = f'<PlainTextSelection guid="{rf.guid("s")}" startPosition="3" endPosition="8"/>'
    path = rf.qdpx(tmp_path / "b.qdpx", rf.project(inside.format(rf.guid("a"), one)))
    assert quotes(wb.read_refi(path)) == ["coach"]


def doubtful(tmp_path, *more):
    """Make a project in which both ends fit: behind every passage stands a full stop."""
    text = "Ja.\nNee.\nGoed.\n"
    one = rf.source([(0, 2), (4, 7)], name="doubt", path="internal://doubt.txt")
    return rf.qdpx(tmp_path / "a.qdpx", rf.project(one, *more),
                   {"Sources/doubt.txt": text.encode(), "Sources/gesprek.txt": rf.TEXT.encode()})


def test_two_ways_that_fit_as_well_are_asked_with_their_quotes_side_by_side(tmp_path):
    path = doubtful(tmp_path)
    with pytest.raises(wb.CodingError, match="'doubt': it is not certain how") as caught:
        wb.read_refi(path)
    assert str(caught.value).splitlines()[1:] == [
        "'code points, end exclusive': [Ja] | [Nee]",
        "'code points, end inclusive': [Ja.] | [Nee.]"]
    assert quotes(wb.read_refi(path, convention="code points, end inclusive")) == ["Ja.", "Nee."]


def test_a_doubtful_source_follows_the_others_of_its_project(tmp_path):
    path = doubtful(tmp_path, rf.source(rf.selections(rf.TEXT, rf.QUOTES, "points")))
    project = wb.read_refi(path)
    assert quotes(project)[:2] == ["Ja", "Nee"]
    assert "as in the other sources" in project.counted[0].convention


def test_a_text_that_is_not_the_one_that_was_coded_is_refused(tmp_path):
    places = [(at * 7 + 2, at * 7 + 9) for at in range(12)]
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": ("woordenlang " * 30).encode()})
    with pytest.raises(wb.CodingError, match="no way of counting fits"):
        wb.read_refi(path)


def test_names_that_repeat_the_quote_decide(tmp_path):
    text = "👍 (goed zo nu!) en dat was het."
    for names, found in ((["goed zo nu!"], ["goed zo nu!"]), (["(goed zo nu"], ["(goed zo nu"])):
        path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source([(3, 14)], names=names)),
                       {"sources/GESPREK.TXT": text.encode()})
        assert quotes(wb.read_refi(path)) == found
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source([(3, 14)])),
                   {"sources/GESPREK.TXT": text.encode()})
    with pytest.raises(wb.CodingError, match="it is not certain how the program counted"):
        wb.read_refi(path)


def test_what_is_odd_is_reported_and_nothing_is_lost(tmp_path):
    places = rf.selections(rf.TEXT, rf.QUOTES, "points")
    good = rf.source(places, path="gesprek.txt").replace(
        f'targetGUID="{rf.guid("code")}"', f'targetGUID="{{{rf.guid("code").upper()}}}"', 2)
    good = good.replace(f'targetGUID="{rf.guid("code")}"', f'targetGUID="{rf.guid("gone")}"', 1)
    good = good.replace(rf.guid("gesprek1"), rf.guid("gesprek0"))
    missing = rf.source([(0, 4)], name="weg", path="internal://weg.txt")
    outside = rf.source([], name="ver", path="absolute:///etc/passwd")
    more = (f'<Links><Link guid="{rf.guid("l")}" originGUID="{rf.guid("x")}"/></Links>'
            '<Graphs><Graph guid="q"/></Graphs>')
    outside = outside.replace("<TextSource", '<TextSource richTextPath="internal://a.docx"')
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(good, missing, outside, more=more),
                   {"SOURCES/Gesprek.txt": rf.TEXT.encode()}, qde="Mijn Project.QDE")
    project = wb.read_refi(path)
    told = "\n".join(project.warnings)
    for words in ("lacks internal://", "used twice", "'weg': its text is not in the project",
                  "'weg': 1 selection without a place", "'ver': its text lies outside",
                  "1 coding with a code that is not in the codebook", "Graphs: not kept (1 part)",
                  "to the end of a link that is not there"):
        assert words in told
    assert quotes(project) == [*rf.frozen_quotes(rf.QUOTES), ""]
    assert {"parts of the kind Graphs: 1", "texts with lay-out: 1", "sources without text: 2",
            "selections without a place: 1", "links: 1"} <= set(project.left_out)
    assert sum(len(one.codings) for _, one in project.selections()) == len(rf.QUOTES) + 1
    assert project.codes[-1].name == f"unknown code {rf.guid('gone')}"


def test_what_is_no_text_is_counted_among_what_is_left_out(tmp_path):
    picture = (f'<PictureSource guid="{rf.guid("p")}" name="foto"><TextDescription '
               f'guid="{rf.guid("d")}" name="d"><PlainTextContent>Een klas.</PlainTextContent>'
               f'</TextDescription><PictureSelection guid="{rf.guid("s")}"/></PictureSource>')
    sound = (f'<AudioSource guid="{rf.guid("a")}" name="geluid">' + "".join(
        f'<Transcript guid="{rf.guid(name)}" name="{name}"><PlainTextContent>Ja.'
        f'</PlainTextContent><SyncPoint guid="{rf.guid(name + "s")}" position="0"/></Transcript>'
        for name in ("eerste", "tweede")) + "</AudioSource>")
    note = (f'<Notes><Note guid="{rf.guid("n")}"><PlainTextContent>Denk.</PlainTextContent>'
            f'<Coding guid="{rf.guid("c")}"/></Note></Notes>')
    project = wb.read_refi(rf.qdpx(tmp_path / "a.qdpx", rf.project(picture, sound, more=note)))
    assert project.left_out == (
        "selections in picture, sound or on a page: 1", "recordings and pictures: 2",
        "further transcripts of a source: 1", "times in transcripts: 2",
        "selections, codes and values of notes: 1")


def test_the_sample_of_a_program_is_read_with_its_warnings():
    project = wb.read_refi(shared("refi", "atlasti_sample.qdpx"))
    assert (len(project.users), len(project.codes), len(project.sources)) == (3, 14, 12)
    assert sum("its text is not in the project" in line for line in project.warnings) > 5
    assert {one.name for one in project.sets} >= {"Breakfast food", "positive feelings"}
    assert all(one.start == -1 and one.raw[0] >= 0 for _, one in project.selections())
    assert "its text" in repr(project)


def test_a_selection_never_parts_an_accent_from_its_letter(tmp_path):
    text = "Het cafe\u0301 is open en de koffie is warm."
    places = [(4, 8), (*rf.selections(text, ["koffie"], "points")[0],), (0, 3), (13, 17)]
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": text.encode()})
    assert quotes(wb.read_refi(path)) == ["café", "koffie", "Het", "open"]


def test_what_is_odd_is_told_in_dutch(tmp_path, monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    missing = rf.source([(0, 4)], name="weg", path="internal://weg.txt")
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(missing), {})
    told = "\n".join(wb.read_refi(path).warnings)
    assert "bron 'weg': de tekst zit niet in het project." in told
    assert "bron 'weg': 1 selectie zonder plaats, omdat de tekst hier niet is." in told
