"""The Word document for a meeting: segments in their context, grouped by code."""

from dataclasses import replace

import pandas as pd
import pytest
from builders.transcripts import codebook, source
from docx import Document
from docx.oxml.ns import qn

import wbkit as wb
from wbkit.data.codings import Codings
from wbkit.data.documents import TURN_COLUMNS, Documents

TEXT = "Hoe gaat het?\nGoed, maar de toets was zwaar. Dat weet ik.\nEn verder?\nNiets."
TURNS = pd.DataFrame(
    [("a", 1, 0, 13, "I1", "interviewer", "L1", ""),
     ("a", 2, 14, 57, "TL", "participant", "L1", ""),
     ("a", 3, 58, 68, "I1", "interviewer", "L2", ""),
     ("a", 4, 69, 75, "TL", "participant", "L2", "")], columns=list(TURN_COLUMNS))
BOOK = codebook(druk={"label": "Druk", "definition": "Het is te veel."},
                toets={"label": "Toets", "definition": "Over toetsen.", "parents": ["druk"]},
                rust={"label": "Rust", "definition": "Kalm."})


def coded(code, quote, coder, *, text=TEXT, **rest):
    start = text.index(quote)
    return {"document": "a", "revision": "x", "start": start, "end": start + len(quote),
            "code": code, "coder": coder, "origin": "manual", "status": "accepted", "term": "",
            "memo": ""} | rest


def codings(*rows, turns=TURNS, text=TEXT, **fields):
    texts = Documents.of({"a": text}, source(**{"language": "en"} | fields), turns=turns)
    return Codings(pd.DataFrame(rows), texts, BOOK)


def lines(path):
    return [one.text for one in Document(path).paragraphs]


def test_segments_stand_under_their_code_with_id_role_and_context(tmp_path):
    made = codings(coded("toets", "toets was zwaar", "bas", memo="welke?"),
                   coded("toets", "toets was zwaar", "anna"), coded("druk", "Niets", "anna"))
    path = wb.export_codings(made, tmp_path / "overleg.docx")
    assert lines(path) == [
        "Coded segments: leiders",
        "3 codings in 1 text. Each segment stands in its context, with the id of its text.",
        "These texts are made up (synthetic).",
        "Druk", "Het is te veel.", "1 segment in 1 text.",
        "a · participant · L2 · anna", "Niets.",
        "Toets", "Over toetsen.", "1 segment in 1 text.",
        "a · participant · L1 · anna, bas", "Goed, maar de toets was zwaar. Dat weet ik.",
        "Memo: welke?"]
    heads = {one.text: one.style.name for one in Document(path).paragraphs
             if one.style.name.startswith("Heading")}
    assert heads == {"Druk": "Heading 1", "Toets": "Heading 2"}


def test_the_document_begins_with_the_counts_of_each_code_and_numbers_its_pages(tmp_path):
    made = codings(coded("toets", "toets was zwaar", "anna"), coded("toets", "Niets", "anna"))
    word = Document(wb.export_codings(made, tmp_path / "overleg.docx"))
    (table,) = word.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Code", "Segments", "Texts"], ["Druk", "0", "0"], ["Toets", "2", "1"]]
    footer = word.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("leiders · ")
    assert [part.get(qn("w:instr")) for part in footer._p.iter(qn("w:fldSimple"))] == [
        "PAGE", "NUMPAGES"]


def test_codings_of_a_machine_beside_people_are_told_and_not_shown(tmp_path):
    made = codings(coded("rust", "Niets", "anna"), coded("druk", "Goed", "gpt", origin="machine"))
    found = lines(wb.export_codings(made, tmp_path / "a.docx"))
    assert found[1:3] == [
        "1 coding in 1 text. Each segment stands in its context, with the id of its text.",
        "Left out: 1 coding of a training round, or by search terms or a program beside those "
        "of people."]
    assert "Druk" not in found


def test_words_of_people_who_were_pseudonymised_may_be_taken_to_a_meeting(tmp_path):
    made = codings(coded("rust", "Niets", "anna"), synthetic=False)
    known = Codings(made.data, replace(made.documents, privacy="pseudonymised"), BOOK)
    assert "Niets." in lines(wb.export_codings(known, tmp_path / "a.docx"))


def test_in_a_dutch_study_the_document_is_dutch(tmp_path):
    made = codings(coded("toets", "toets", "anna"), coded("rust", "Niets", "bas"), language="nl")
    found = lines(wb.export_codings(made, tmp_path / "a.docx"))
    assert found[:3] == [
        "Gecodeerde fragmenten: leiders",
        "2 coderingen in 1 tekst. Elk fragment staat in zijn context, met de id van de tekst.",
        "Deze teksten zijn verzonnen (synthetisch)."]
    assert "a · deelnemer · L2 · bas" in found


def test_a_long_context_is_cut_and_stays_within_the_turn(tmp_path):
    text = "woord " * 60 + "DAAR " + "woord " * 60
    made = codings(coded("rust", "DAAR", "anna", text=text), turns=TURNS.iloc[:0], text=text)
    passage = lines(wb.export_codings(made, tmp_path / "a.docx"))[-1]
    assert passage == f"… {'woord ' * 20}DAAR {'woord ' * 20}…".replace(" …", " …")
    assert lines(wb.export_codings(codings(coded("rust", "Niets", "a")), tmp_path / "b.docx"))[
        -1] == "Niets."


def test_hits_of_a_dictionary_say_that_nobody_read_them(tmp_path):
    made = codings(coded("rust", "Niets", "dictionary", origin="dictionary", status="review"))
    found = lines(wb.export_codings(made, tmp_path / "a.docx"))
    assert "Found with search terms: nobody has read these passages one by one." in found
    assert "a · participant · L2 · dictionary · waits for a reader" in found


def test_words_of_real_people_do_not_leave_in_word(tmp_path):
    real = codings(coded("rust", "Niets", "anna"), synthetic=False)
    with pytest.raises(wb.DisclosureError, match="leave the store once they are pseudonymised"):
        wb.export_codings(real, tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()


def test_the_same_codings_give_the_same_document(tmp_path):
    made = codings(coded("rust", "Niets", "anna"))
    one, two = (wb.export_codings(made, tmp_path / name) for name in ("a.docx", "b.docx"))
    assert one.read_bytes() == two.read_bytes()


def test_segments_need_a_document_and_rows_a_spreadsheet(tmp_path):
    made = codings(coded("rust", "Niets", "anna"))
    with pytest.raises(wb.CodingError, match="a.xlsx: ends with '.xlsx'; it may be .docx"):
        wb.export_codings(made, tmp_path / "a.xlsx", shape="segments")
    with pytest.raises(wb.CodingError, match="a.docx: ends with '.docx'; it may be .csv or .xlsx"):
        wb.export_codings(made, tmp_path / "a.docx", shape="rows")
