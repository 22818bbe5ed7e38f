"""Texts of pages are mended: line numbers, page heads, broken words; and it is counted."""

import pytest
from builders import transcripts
from builders.pdfs import pdf

from wbkit.errors import DataError
from wbkit.intake.documents import read_documents
from wbkit.intake.transcripts.lines import plain_lines
from wbkit.intake.transcripts.pages import Width, joined, text_contents, width_of

WRAPPED = """I: Hoe is de sfeer in de klas?
R: Daarna ging het stukje bij beetje
beter. Van de vertrouwenspersoon had
ik nog nooit gehoord. Als ik in- en
uitstroom zie, dan ga ik weg. Ik wil
graag eerder weten wanneer de toet-
sen zijn in Noord-
Holland.
I: Bij wie klop je aan als het niet
lukt?
R: Nee hoor."""


def read(folder, name, content):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_documents(transcripts.source(
        folder=folder, file=name, format=name.rpartition(".")[2],
        texts={"interviewers": ["I"], "roles": {"R": "student"}}))


def said(documents):
    text = documents.text("a")
    return [(turn.speaker, text[turn.start:turn.end]) for turn in documents.turns.itertuples()]


TURNS = [
    ("I", "Hoe is de sfeer in de klas?"),
    ("R", "Daarna ging het stukje bij beetje beter. Van de vertrouwenspersoon had ik nog nooit "
          "gehoord. Als ik in- en uitstroom zie, dan ga ik weg. Ik wil graag eerder weten wanneer "
          "de toetsen zijn in Noord-Holland."),
    ("I", "Bij wie klop je aan als het niet lukt?"), ("R", "Nee hoor.")]


def left(documents):
    reading = documents.reading
    return reading[reading["part"] == "left_out"].set_index("what")["words"].to_dict()


def test_lines_broken_on_paper_are_joined_and_words_made_whole(tmp_path):
    documents = read(tmp_path, "a.txt", WRAPPED)
    assert said(documents) == TURNS
    mended = documents.reading[documents.reading["part"] == "repaired"]
    assert mended[["what", "pieces"]].to_numpy().tolist() == [["broken word", 1]]
    words = documents.reading.groupby("part")["words"].sum()
    assert words["file"] == words["turns"] + words["left_out"]


def test_a_number_before_each_line_is_left_out(tmp_path):
    numbered = "\n".join(f"{at:03d} {line}" for at, line in enumerate(WRAPPED.split("\n"), 1))
    documents = read(tmp_path, "a.txt", numbered)
    assert said(documents) == TURNS
    assert left(documents)["line number"] == 11


@pytest.mark.parametrize("between", ["\n{n}\nInterview 4 - vertrouwelijk\n",
                                     "\nTranscript 12, klas 4b\nPagina {n} van 2\n",
                                     "\n- {n} -\n", "\nInterview 4\n{n}\n\f"])
def test_page_heads_and_numbers_are_left_out(tmp_path, between):
    lines = WRAPPED.split("\n")
    content = "\n".join(lines[:2]) + between.format(n=1) + "\n".join(lines[2:5]) + between.format(
        n=2) + "\n".join(lines[5:])
    documents = read(tmp_path, "a.txt", content)
    assert said(documents) == TURNS
    assert left(documents)["page head"] == len(between.replace("{n}", "1").split()) * 2


def test_numbers_that_somebody_says_are_kept():
    text = "I: Hoeveel?\nR: Dat waren er\n3\nI: En toen?\nR: Zeg maar\n1\n"
    assert text_contents(text, "a.txt").lines == tuple(plain_lines(text))
    text = "R: Dit zijn de vakken.\n1 rekenen\n2 taal\nI: En?\nR: Meer niet.\nI: Goed."
    assert text_contents(text, "a.txt").lines == tuple(plain_lines(text))


def test_lines_that_were_typed_are_not_joined():
    lines = plain_lines("I: Hoe gaat het?\nR: Goed.\nEn thuis ook.\nI: Mooi.\nR: Ja.\nI: Dag.")
    assert not width_of(lines).wrapped
    assert joined(["toet-", "sen"], width_of(lines), "\n") == ("toet-\nsen", 0)


def test_a_pdf_is_read_as_its_text_and_it_is_said(tmp_path):
    pytest.importorskip("pypdf")
    lines = WRAPPED.split("\n")
    documents = read(tmp_path, "a.pdf", pdf([
        ["Interview 4", *lines[:4], "1"], ["Interview 4", *lines[4:8], "2"],
        ["Interview 4", *lines[8:], "3"]]))
    assert said(documents) == TURNS
    assert left(documents)["page head"] == 9
    assert documents.found == (
        f"a.pdf: {len(WRAPPED.split()) + 9} words were read from 3 pages of a PDF, which keeps no "
        "paragraphs. Compare the text with the file, or use the document it was made of.",)


def test_a_pdf_with_columns_is_told(tmp_path):
    pytest.importorskip("pypdf")
    content = pdf([[(f"links nummer {at}", f"rechts nummer {at}") for at in range(8)]])
    found = read(tmp_path, "a.pdf", content).found
    assert any("pages 1 seem to have columns" in one for one in found)


def test_a_pdf_of_too_many_pages_is_refused(tmp_path, monkeypatch):
    pytest.importorskip("pypdf")
    monkeypatch.setattr("wbkit.intake.transcripts.pages.MOST_PAGES", 1)
    with pytest.raises(DataError, match="has 2 pages, more than 1. A transcript is shorter"):
        read(tmp_path, "a.pdf", pdf([["een"], ["twee"]]))


@pytest.mark.parametrize(("content", "words"), [
    (b"%PDF-1.4 niets", "is damaged or no PDF"), (b"zomaar tekst", "is damaged or no PDF"),
    (pdf([[]]), "holds no text, only pictures of 1 pages"),
    (pdf([["geheim"]], password="x"), "is protected with a password"),
])
def test_a_pdf_that_cannot_be_read_is_refused(tmp_path, content, words):
    pytest.importorskip("pypdf")
    with pytest.raises(DataError, match=words):
        read(tmp_path, "a.pdf", content)


def test_a_dash_at_the_end_of_a_line_breaks_no_word():
    text, mended = joined(["op dinsdag - en soms op vrijdag -", "van huis"], Width(34), "\n")
    assert (text, mended) == ("op dinsdag - en soms op vrijdag - van huis", 0)
