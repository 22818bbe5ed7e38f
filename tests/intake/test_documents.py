"""Files of conversations become texts, turns and labels, whatever wrote them."""

import pytest
from builders import transcripts
from builders.transcripts import RULES, SPOKEN, SRT, VTT

from wbkit.errors import DataError
from wbkit.intake.documents import read_documents


def read(folder, name, content, **fields):
    content = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(content)
    made = {"file": name, "format": name.rpartition(".")[2], "texts": RULES} | fields
    return read_documents(transcripts.source(folder=folder, **made))


def told(documents):
    text = documents.texts.set_index("document")["text"]
    return [(turn.speaker, turn.role, turn.question, text[turn.document][turn.start:turn.end])
            for turn in documents.turns.itertuples()]


TURNS = [("I1", "interviewer", "", "Hoe gaat het?"), ("TL", "teamleider", "L3", "Goed.\nEn druk."),
         ("I1", "interviewer", "L3", "Let op: de klok."), ("TL", "teamleider", "L5", "Ja."),
         ("TL", "teamleider", "L3", "Nee.")]


@pytest.mark.parametrize(("name", "content"), [
    ("leider.docx", transcripts.docx(*SPOKEN)),
    ("leider.odt", transcripts.odt(*SPOKEN)),
    ("leider.txt", "\n".join(SPOKEN)),
    ("leider.txt", "\r\n\r\n".join(SPOKEN).encode("utf-16")),
])
def test_every_format_gives_the_same_turns(tmp_path, name, content):
    documents = read(tmp_path, name, content)
    assert told(documents) == TURNS
    assert documents.texts["team"].tolist() == ["zorg"]


@pytest.mark.parametrize(("codec", "words"), [
    ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with byte order mark"),
    ("cp1252", "Windows-1252 (cp1252)"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
])
def test_the_encoding_is_found_and_reported(tmp_path, codec, words):
    documents = read(tmp_path, "a.txt", "Dit is één tekst zonder sprekers.".encode(codec),
                     texts=None)
    assert documents.text("a") == "Dit is één tekst zonder sprekers."
    assert documents.found == (f"a.txt: {words}",)


def test_a_label_counts_when_it_occurs_twice(tmp_path):
    documents = read(tmp_path, "a.txt", "Let op: dit is geen spreker.\nEn dit ook niet.")
    assert documents.turns.empty
    assert documents.text("a").startswith("Let op: dit")


def test_names_of_speakers_stay_out_of_text_and_turns(tmp_path):
    documents = read(tmp_path, "a.vtt", VTT, texts={"interviewers": ["Anna de Vries"]})
    assert told(documents) == [
        ("interviewer 1", "interviewer", "", "Hoe gaat het met jullie & het team?"),
        ("spreker 1", "participant", "", "Best. Echt."),
        ("interviewer 1", "interviewer", "", "Mooi."),
    ]
    assert documents.turns["time"].tolist() == ["00:00:01", "00:00:06", "00:00:06"]
    assert documents.texts["team"].tolist() == ["sterc"]
    assert documents.names == {("a", "Anna de Vries"): "interviewer 1",
                               ("a", "Joost Bakker"): "spreker 1"}
    shown = repr(documents) + documents.texts.to_csv() + documents.turns.to_csv()
    assert "Anna" not in shown
    assert "Bakker" not in shown


def test_cues_of_one_speaker_are_joined_also_in_windows_1252(tmp_path):
    documents = read(tmp_path, "a.srt", SRT.encode("cp1252"))
    assert [words for *_, words in told(documents)] == [
        "Hoe gaat het hiér?", "Goed hoor.", "Ja.", "Ja."]
    assert documents.found == ("a.srt: Windows-1252 (cp1252)",)


def test_a_table_in_a_word_file_is_read_row_by_row(tmp_path):
    content = transcripts.docx("Verslag", table=[("I1", "Hoe gaat het?"), ("TL", "Goed."),
                                           ("I1", "Fijn."), ("TL", "Ja.")])
    documents = read(tmp_path, "a.docx", content)
    assert told(documents)[:3] == [("", "note", "", "Verslag"),
                                   ("I1", "interviewer", "", "Hoe gaat het?"),
                                   ("TL", "teamleider", "", "Goed.")]


def test_a_file_with_sheets_gives_a_document_for_each(tmp_path):
    content = ("# kind: worldcafe\n=== vel\n# tafel: 1\n# id: w1_t1\neen notitie\nnog een\n"
               "=== vel\n# tafel: 2\ntweede vel")
    documents = read(tmp_path, "vellen.txt", content, unit="sheet", texts={"sheets": "=== vel"})
    assert documents.texts["document"].tolist() == ["w1_t1", "vellen_02"]
    assert documents.texts["text"].tolist() == ["een notitie\nnog een", "tweede vel"]
    assert documents.texts["tafel"].tolist() == ["1", "2"]
    assert set(documents.texts["kind"]) == {"worldcafe"}


def test_a_heading_names_a_question_by_id_or_topic(tmp_path):
    (tmp_path / "guide.csv").write_text("id;topic;question\nL3;Sfeer;Hoe is de sfeer?\n",
                                        encoding="utf-8")
    content = "## Sfeer\nI1: Hoe?\nTL: Goed [L9].\n## Pauze\nI1: Zo.\nTL: Ja."
    documents = read(tmp_path, "a.txt", content, texts=RULES | {"guide": "guide.csv"})
    assert [(question, words) for _, _, question, words in told(documents)] == [
        ("L3", "Hoe?"), ("L3", "Goed [L9]."), ("", "Zo."), ("", "Ja.")]
    assert "a: 1 heading names no question of the guide" in documents.found


def test_several_files_are_read_in_the_order_of_their_names(tmp_path):
    for name in ("leider_b.txt", "leider_a.txt", "~$leider_a.txt", "guide.csv"):
        (tmp_path / name).write_text(f"tekst van {name}", encoding="utf-8")
    documents = read_documents(transcripts.source(folder=tmp_path, file="leider_*.txt"))
    assert documents.texts["document"].tolist() == ["leider_a", "leider_b"]


def test_a_decomposed_letter_is_frozen_in_one_form(tmp_path):
    documents = read(tmp_path, "a.txt", "\ufeffe\u0301e\u0301n\r\ntwee\x0b\x07drie")
    assert documents.text("a") == "één\ntwee\ndrie"


NESTED = ("<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '" + "&b;" * 50 + "'>]>"
          + transcripts.CONTENT.format(body="<text:p>&c;</text:p>").partition("?>")[2])
DEEP = transcripts.CONTENT.format(body="<text:p>" + "<text:span>" * 10_000 + "x"
                            + "</text:span>" * 10_000 + "</text:p>")
MALFORMED = [
    ("a.docx", transcripts.docx("TL: een")[:-200], "damaged or no such file"),
    ("a.docx", b"PK\x03\x04 niets", "damaged or no such file"),
    ("a.docx", transcripts.odt("een"), "holds no word/document.xml"),
    ("a.odt", transcripts.docx("een"), "holds no content.xml"),
    ("a.docx", b"\xd0\xcf\x11\xe0 oud", "old .doc file or protected"),
    ("a.odt", transcripts.odt(body=NESTED), "declares entities"),
    ("a.docx", transcripts.packed({"word/document.xml": NESTED}), "declares entities"),
    ("a.odt", transcripts.odt(body=DEEP), "nested 250 levels deep"),
    ("a.docx", transcripts.packed({"word/document.xml": DEEP}), "nested 250 levels deep"),
    ("a.odt", transcripts.packed({"content.xml": b"0" * 400_000_000}),
     "unpacks to 1 part and 400 MB"),
    ("a.txt", b"een\0twee", "is not a text file"),
    ("a.txt", b" \n ", "is empty"),
    ("a.vtt", b"geen kop", "does not start with WEBVTT"),
    ("a.vtt", b"WEBVTT\n\n00:00:01.000 --> 00:0\nwoorden\n", "cannot be read"),
    ("a.srt", b"zomaar tekst", "holds nothing that was said at a time"),
    ("a.odt", transcripts.odt(""), "holds no text"),
]


@pytest.mark.parametrize(("name", "content", "words"), MALFORMED)
def test_a_malformed_file_is_refused_with_a_message(tmp_path, name, content, words):
    with pytest.raises(DataError, match=words):
        read(tmp_path, name, content)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match=r"leider.txt\): there is no such file"):
        read_documents(transcripts.source(folder=tmp_path))
    with pytest.raises(DataError, match="0 files look like"):
        read_documents(transcripts.source(folder=tmp_path, file="leider_*.txt"))


def test_a_source_of_answers_is_no_source_of_texts():
    with pytest.raises(DataError, match="Use read_source"):
        read_documents(transcripts.source(format="csv"))


def test_rules_for_texts_belong_to_a_format_of_texts():
    with pytest.raises(ValueError, match="Remove texts, or correct the format"):
        transcripts.source(format="csv", texts={"guide": "a.csv"})
