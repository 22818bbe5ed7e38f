"""What is written is valid, the same each time, and read back as it was."""

import unicodedata
import zipfile
from dataclasses import replace

import pytest
from builders import refi_projects as rf
from builders.transcripts import codebook
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_files import shared

import wbkit as wb
from wbkit.coding.refi.model import (
    Author,
    Case,
    Given,
    Link,
    Note,
    RefiCode,
    RefiSet,
    RefiSource,
    Selection,
    User,
    Value,
    Variable,
)
from wbkit.coding.refi.project import RefiProject
from wbkit.coding.refi.writing import write_project
from wbkit.coding.store.store import CodingStore

BY = Author(rf.guid("u"), "2026-01-05T09:00:00Z", rf.guid("u"), "2026-01-06T09:00:00.5+01:00")
TEXT = "Onze coach 👩‍👩‍👧‍👦 luistert écht goed.\nHet is rustig & fijn < hier >.\n" * 3


def full_project():
    """Make a project with every kind of part."""
    one = Given(rf.guid("c"), rf.guid("k2"), Author(BY.creator, BY.created), (rf.guid("n"),))
    places = ((5, 10), (19, 27), (0, 4))
    return RefiProject(
        'De "proef" <1>', "wbkit", BY, "Regel een\nregel twee",
        (User(rf.guid("u"), "Anna B.", "ab"),),
        (RefiCode(rf.guid("k1"), "steun", "hulp & zorg", "", "#FF0000", False),
         RefiCode(rf.guid("k2"), "coach", "", rf.guid("k1"), notes=(rf.guid("n"),))),
        (Variable(rf.guid("v"), "team", "Text", "het team"),
         Variable(rf.guid("w"), "leeftijd", "Integer")),
        (Case(rf.guid("ca"), "groep", "wie", (rf.guid("k1"),),
              (Value(rf.guid("v"), "Text", "groen"), Value(rf.guid("w"), "Integer", "17")),
              (rf.guid("s"),), (rf.guid("x0"),)),),
        (RefiSource(rf.guid("s"), "gesprek", TEXT, author=BY, notes=(rf.guid("n"),),
                    selections=tuple(
            Selection(rf.guid(f"x{at}"), start, end, TEXT[start:end], TEXT[start:end], "let op", BY,
                      (replace(one, guid=rf.guid(f"c{at}")),), (rf.guid("n"),), (start, end))
            for at, (start, end) in enumerate(places))),
         RefiSource(rf.guid("t"), "zonder tekst", description="weg")),
        (Note(rf.guid("n"), "memo", "  Denk:\n\n👍 a < b\n", BY),),
        (Link(rf.guid("l"), "zie", "OneWay", "#00ff00", rf.guid("x0"), rf.guid("x1"),
              (rf.guid("n"),)),),
        (RefiSet(rf.guid("z"), "eerste", "x", (rf.guid("k1"),), (rf.guid("s"),), (rf.guid("n"),)),),
        (rf.guid("n"),))


def same(project):
    return replace(project, counted=(), warnings=(), lost=())


def test_a_project_comes_back_as_it_was_and_is_written_the_same(tmp_path):
    first = write_project(full_project(), tmp_path / "a.qdpx")
    assert first.lost == ()
    again = wb.read_refi(first.path)
    assert same(again) == full_project()
    assert again.warnings == ()
    second = write_project(again, tmp_path / "b.qdpx")
    assert second.path.read_bytes() == first.path.read_bytes()


def validated(path, schema, part=None):
    etree = pytest.importorskip("lxml.etree")
    content = zipfile.ZipFile(path).read(part) if part else path.read_bytes()
    rules = etree.XMLSchema(etree.parse(str(shared("refi", schema))))
    rules.assertValid(etree.fromstring(content))


def test_what_is_written_is_valid(tmp_path):
    write_project(full_project(), tmp_path / "a.qdpx")
    validated(tmp_path / "a.qdpx", "refitools_Project.xsd", "project.qde")
    write_project(RefiProject(""), tmp_path / "b.qdpx")
    validated(tmp_path / "b.qdpx", "refitools_Project.xsd", "project.qde")
    lost = write_project(full_project(), tmp_path / "a.qdc").lost
    validated(tmp_path / "a.qdc", "refitools_Codebook.xsd")
    assert "sources: 2" in lost
    book = wb.read_refi(tmp_path / "a.qdc")
    assert [one.name for one in book.codes] == ["steun", "coach"]
    assert book.sets[0].codes == (rf.guid("k1"),)
    sample = wb.read_refi(shared("refi", "atlasti_sample.qdpx"))
    written = write_project(sample, tmp_path / "c.qdpx")
    validated(tmp_path / "c.qdpx", "refitools_Project.xsd", "project.qde")
    assert "selections without a place in a text: 8" in written.lost
    assert "selections without a place" in repr(written)


def test_another_reader_sees_the_same(tmp_path):
    pyrefiqda = pytest.importorskip("pyrefiqda")
    write_project(full_project(), tmp_path / "a.qdpx")
    seen = pyrefiqda.RefiProject.load(tmp_path / "a.qdpx", extract_dir=str(tmp_path / "out"))
    full = full_project()
    (steun,) = seen.code_book.codes.code
    assert [steun.name, steun.description, steun.code[0].name] == ["steun", "hulp & zorg", "coach"]
    assert [(one.guid, one.name) for one in seen.users.user] == [(rf.guid("u"), "Anna B.")]
    assert [one.name for one in seen.variables.variable] == ["team", "leeftijd"]
    (case,) = seen.cases.case
    assert [one.text_value or one.integer_value for one in case.variable_value] == ["groen", 17]
    assert seen.notes.note[0].plain_text_content == full.notes[0].text
    places = seen.sources.text_source[0].plain_text_selection
    assert [(one.start_position, one.end_position) for one in places] == [
        (one.start, one.end) for _, one in full.selections()]
    assert str(places[0].coding[0].creation_date_time) == BY.created
    kept = (tmp_path / "out" / "Sources" / f"{rf.guid('s')}.txt").read_bytes().decode()
    assert [kept[one.start_position:one.end_position] for one in places] == [
        one.quote for _, one in full.selections()]


def test_what_the_schema_forbids_is_left_out_and_said(tmp_path):
    odd = replace(full_project(), author=Author("nobody", "gisteren"), links=(
        Link(rf.guid("l"), direction="Sideways", color="red", origin="x"),), cases=(
        Case(rf.guid("ca"), values=(Value(rf.guid("w"), "Integer", "zeventien"),),
             sources=(rf.guid("nowhere"),)),), variables=(Variable(rf.guid("w"), "", "Odd"),))
    written = write_project(odd, tmp_path / "a.qdpx")
    validated(tmp_path / "a.qdpx", "refitools_Project.xsd", "project.qde")
    told = "\n".join(written.lost)
    for words in ("times that", "colours that", "directions", "values that do not fit",
                  "references (SourceRef)", "types of variables", "GUIDs of users"):
        assert words in told


def test_a_path_with_another_ending_is_refused(tmp_path):
    with pytest.raises(wb.CodingError, match=r"\.qdpx .a project. or \.qdc"):
        write_project(full_project(), tmp_path / "a.zip")
    with pytest.raises(wb.CodingError, match="codebook without codes"):
        write_project(RefiProject("x"), tmp_path / "a.qdc")


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@settings(derandomize=True, max_examples=80, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_any_words_are_valid_and_written_the_same_again(tmp_path_factory, name, told, memo):
    folder = tmp_path_factory.mktemp("refi")
    full = full_project()
    odd = replace(full, name=name, description=told, notes=(Note(rf.guid("n"), name, memo),),
                  codes=(replace(full.codes[0], name=name, description=told), full.codes[1]))
    write_project(odd, folder / "a.qdpx")
    validated(folder / "a.qdpx", "refitools_Project.xsd", "project.qde")
    write_project(wb.read_refi(folder / "a.qdpx"), folder / "b.qdpx")
    assert (folder / "a.qdpx").read_bytes() == (folder / "b.qdpx").read_bytes()


# The store and projects

def coded_store(folder):
    store = CodingStore(folder)
    text = "Onze coach 👩‍👩‍👧‍👦 luistert goed.\nHet café is gezellig en de les is druk."
    store.add_document("leider1", text, privacy="synthetic", attributes={"team": "groen"})
    for code, quote, coder in (("steun", "coach 👩‍👩‍👧‍👦 luistert", "anna"),
                               ("druk", "de les is druk", "bas"), ("steun", "gezellig", "anna")):
        start = text.index(quote)
        store.add("leider1", start, start + len(quote), code, coder=coder,
                  time="2026-01-05T09:00:00Z", memo=f"over {quote}", rule="x" * (coder == "bas"))
    store.close()
    return store


def test_a_store_goes_out_and_comes_back(tmp_path):
    store = coded_store(tmp_path / "one")
    book = codebook(steun=["x"], druk=["y"])
    written = wb.write_refi(store, book, tmp_path / "a.qdpx")
    validated(tmp_path / "a.qdpx", "refitools_Project.xsd", "project.qde")
    assert written.lost == ("search terms of codes: 2",
                            "the rule or term that led to a coding: 1")
    project = wb.read_refi(tmp_path / "a.qdpx")
    assert list(project.codebook.codes) == ["steun", "druk"]
    with CodingStore(tmp_path / "two") as other:
        assert other.add_refi(project, privacy="synthetic").left_out == project.left_out == ()
        kept = [(one.document, one.quote, one.code, one.coder, one.time, one.memo)
                for one in other.codings()]
        assert {one.origin for one in other.codings()} == {"import"}
        assert other.documents()["leider1"].attributes == {"team": "groen"}
    columns = ["document", "quote", "code", "coder", "time", "memo"]
    assert sorted(kept) == sorted(project.codings[columns].itertuples(index=False, name=None))
    assert kept == [(one.document, one.quote, one.code, one.coder, one.time, one.memo)
                    for one in store.codings()]


def test_an_imported_project_keeps_names_that_look_alike_apart(tmp_path):
    codes = "".join(f'<Code guid="{rf.guid(name)}" name="{name}" isCodable="true"/>'
                    for name in ("Druk!", "druk", "Coke::diet", "1e", "Ré"))
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(codes=codes))
    assert list(wb.read_refi(path).codebook.codes) == [
        "druk", "druk_2", "coke_diet", "code_1e", "re"]


def test_quotes_from_twelve_conventions_reach_the_store(tmp_path):
    places = rf.selections(rf.TEXT, rf.QUOTES, "utf16", bom="counted", breaks="one", inclusive=True)
    path = rf.qdpx(tmp_path / "a.qdpx", rf.project(rf.source(places)),
                   {"Sources/gesprek.txt": ("\ufeff" + rf.TEXT).encode()})
    with CodingStore(tmp_path / "coding") as store:
        store.add_refi(wb.read_refi(path), privacy="synthetic")
        assert sorted(one.quote for one in store.codings()) == sorted(
            unicodedata.normalize("NFC", quote) for quote in rf.QUOTES)
        assert {one.coder for one in store.codings()} == {"anna_b"}


def test_what_has_no_place_in_a_store_is_said(tmp_path):
    assert full_project().left_out == (
        "sources without text: 1", "colours of codes: 1",
        "codes, passages and descriptions of cases: 3", "descriptions of variables: 1",
        "who changed something last, and when: 5", "links: 1", "sets: 1")
    with pytest.raises(wb.CodingError, match="the project has no codes"):
        _ = RefiProject("leeg").codebook
    assert RefiProject("leeg").codings.empty


def test_codes_that_nobody_described_do_not_leave(tmp_path):
    with CodingStore(tmp_path / "coding") as store:
        store.add_document("a", "Ik had stress.", privacy="synthetic")
        store.add("a", 0, 2, "drukk", coder="anna")
    with pytest.raises(wb.CodebookError, match="document 'a', coder anna: the coding .* 'drukk'"):
        wb.write_refi(store, codebook(druk=["x"]), tmp_path / "a.qdpx")
    assert not (tmp_path / "a.qdpx").exists()


def test_memos_and_what_they_are_about_come_back(tmp_path):
    book = codebook(steun=["x"], druk=["y"])
    with coded_store(tmp_path / "one") as store:
        coding = store.codings()[0]
        at = {"coder": "anna", "time": "2026-01-05T10:00:00Z"}
        store.add_memo("Wat is steun?", code="steun", title="vraag", kind="theory", **at)
        store.add_memo("Een druk gesprek.", document="leider1", kind="method", **at)
        store.add_memo("Let hierop.", coding=coding.id, kind="code", **at)
        store.add_memo("Los idee.", coder="carla", kind="theory", time="2026-01-06T10:00:00Z")
        before = {(one.text, one.coder, one.kind, one.title, one.document, one.code, one.time)
                  for one in store.memos()}
    written = wb.write_refi(store, book, tmp_path / "a.qdpx")
    validated(tmp_path / "a.qdpx", "refitools_Project.xsd", "project.qde")
    assert not any("memo" in line for line in written.lost)
    project = wb.read_refi(tmp_path / "a.qdpx")
    with CodingStore(tmp_path / "two") as other:
        done = other.add_refi(project, privacy="synthetic")
        assert (done.memos, done.left_out) == (4, ())
        assert {(one.text, one.coder, one.kind, one.title, one.document, one.code, one.time)
                for one in other.memos()} == before
        (about,) = [one.coding for one in other.memos() if one.coding]
        assert [(one.quote, one.memo) for one in other.codings() if one.id == about] == [
            (coding.quote, coding.memo)]


def test_own_passages_with_white_space_at_their_edges_come_back(tmp_path):
    text = "Eerste regel. \n- tweede, 👍🏽 ja.\n"
    with CodingStore(tmp_path / "one") as store:
        store.add_document("a", text, privacy="synthetic")
        for start, end in ((0, 15), (13, 17), (15, len(text)), (3, 5), (14, 16)):
            store.add("a", start, end, "steun", coder="anna")
    wb.write_refi(store, codebook(steun=["x"]), tmp_path / "a.qdpx")
    again = wb.read_refi(tmp_path / "a.qdpx")
    assert again.codings["quote"].tolist() == [one.quote for one in store.codings()]
    assert again.counted[0].convention == "code points, end exclusive"
