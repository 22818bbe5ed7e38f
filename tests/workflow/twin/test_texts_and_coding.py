"""Made-up conversations and coding work: as many, about the same questions, nobody's words."""

import pytest
from builders.review_sheets import make_private_study

import wbkit as wb
from wbkit.intake.documents import read_documents
from wbkit.study.study import load_study
from wbkit.workflow.twin.transcripts import Turn, written

STUDY = '''title = "Gesprekken"
[sources.leiders]
files = "raw/leider_*.{kind}"
format = "{kind}"
unit = "interview"
synthetic = false
design = {{ kind = "census", population = 2 }}
[sources.leiders.texts]
guide = "raw/gids.csv"
interviewers = ["I1"]
roles = {{ TL = "teamleider", I1 = "interviewer" }}
'''
CODEBOOK = '''[codes.druk]
label = "Druk"
definition = "Werkdruk."
example = "Het rooster barst uit zijn voegen dit jaar."
[codes.sfeer]
label = "Sfeer"
definition = "Sfeer."
example = "De koffie smaakt hier altijd naar gezelligheid."
'''
GUIDE = "id,topic,question\nL1,Druk,Hoe druk is het?\nL2,Sfeer,Hoe is de sfeer?\n"
SAID = "Wij hadden vorig jaar vier zieken in het team van Joost."
SHEETS = '''title = "Vellen"
[sources.vellen]
file = "raw/vellen.txt"
format = "txt"
unit = "sheet"
synthetic = false
[sources.vellen.texts]
sheets = "=== blad"
[sources.vellen.items.stelling]
kind = "nominal"
values = ["W1", "W2"]
'''


def spoken(kind, teller="TL"):
    """Write one conversation in this format."""
    turns = [("I1", "[L1] Hoe druk is het?"), (teller, SAID), ("I1", "[L2] Hoe is de sfeer?"),
             (teller, "Best goed, dank je.")] * 2
    if kind == "txt":
        return "\n".join(f"{who}: {what}" for who, what in turns)
    cues = "\n".join(f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n<v {who}>{what}</v>\n"
                     for at, (who, what) in enumerate(turns))
    return f"WEBVTT\n\n{cues}"


def talks(folder, kind="txt"):
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    (folder / "data" / "study.toml").write_text(STUDY.format(kind=kind), encoding="utf-8")
    (folder / "data" / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    (raw / "gids.csv").write_text(GUIDE, encoding="utf-8")
    for at in (1, 2):
        (raw / f"leider_{at}.{kind}").write_text(spoken(kind), encoding="utf-8")
    return wb.load_study(folder / "data")


@pytest.mark.parametrize("kind", ["txt", "vtt"])
def test_a_conversation_has_as_many_turns_about_the_same_questions(kind, tmp_path):
    study = talks(tmp_path, kind)
    twin = wb.twin(study)
    one, other = (wb.read_documents(part.source("leiders")) for part in (study, twin))
    assert list(one.texts["document"]) == list(other.texts["document"])
    for column in ("speaker", "role", "question"):
        assert one.turns[column].tolist() == other.turns[column].tolist()


def test_nobody_s_words_recur_and_the_report_says_so(tmp_path):
    study = talks(tmp_path)
    twin = wb.twin(study)
    assert not wb.read_documents(twin.source("leiders")).texts["text"].str.contains("Joost").any()
    table = wb.compare_twin(study, twin).data.set_index("original")
    assert table.loc["leiders", ["rows", "same_texts"]].tolist() == [2, 0]
    itself = wb.compare_twin(study, study).data.set_index("original")
    assert itself.loc["leiders", "same_texts"] == 8


@pytest.mark.parametrize("kind", ["docx", "odt", "srt", "json", "tsv"])
def test_every_format_that_is_read_iswritten(kind):
    content = written(kind, ["# language: nl"], [Turn("I1", "Hoe gaat het?"), Turn("TL", "Goed.")])
    assert len(content) > 40


def test_a_pdf_is_refused_with_what_to_do():
    with pytest.raises(wb.DataError, match="cannot be written as pdf. Export the texts as docx"):
        written("pdf", [], [])


def test_note_sheets_keep_their_number_and_each_statement_is_there(tmp_path):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (tmp_path / "data" / "study.toml").write_text(SHEETS, encoding="utf-8")
    (raw / "vellen.txt").write_text("".join(
        f"=== blad {at}\n# stelling: W1\n- iets van tafel {at}\n- nog iets\n\n"
        for at in range(1, 5)), encoding="utf-8")
    twin = wb.twin(wb.load_study(tmp_path / "data"))
    sheets = wb.read_documents(twin.source("vellen"))
    assert len(sheets.texts) == 4
    assert sorted(sheets.texts["stelling"]) == ["W1", "W1", "W2", "W2"]
    assert not sheets.texts["text"].str.contains("tafel").any()


def test_coders_looked_at_the_same_texts_for_the_same_codes(tmp_path):
    study = talks(tmp_path)
    (tmp_path / ".gitignore").write_text("data/coding/\n")
    source = study.source("leiders").model_copy(update={"synthetic": True})
    with wb.CodingStore(study.folder / "coding") as store:
        store.add_documents(wb.read_documents(source))
        for coder in ("anke", "bram"):
            store.consider("leider_1", ["druk", "sfeer"], coder=coder, blind=True)
        text = store.text("leider_1")
        start = text.index(SAID)
        store.add("leider_1", start, start + len(SAID), "druk", coder="anke")
        store.add_memo("Joost was er niet.", coder="anke", kind="method")
    twin = wb.twin(study)
    codings = wb.read_codings(twin, "leiders")
    assert sorted(set(codings.considered["coder"])) == ["anke", "bram"]
    assert set(codings.considered["document"]) == {"leider_1"}
    assert set(codings.data["code"]) <= {"druk", "sfeer"}
    assert not codings.data["quote"].str.contains("Joost").any()
    assert wb.read_memos(twin, kind="method").data["text"].tolist() == [
        "Verzonnen notitie: niemand schreef dit. Deze notitie hoort bij de oefenversie."]
    assert wb.agreement(codings).data["n"].notna().any()


def test_a_conversation_of_somebody_who_withdrew_has_no_twin(tmp_path):
    talk = "# id: {}\nInterviewer: Hoe gaat het?\nStudent: Best goed.\n"
    file = make_private_study(tmp_path, talks={
        f"gesprek_{at}": talk.format(name) for at, name in enumerate(("a7", "b8"))})
    study = load_study(file)
    study.private_folder.mkdir()
    (study.private_folder / "consent.csv").write_text(
        "who;source;withdrawn\na7;interviews;2026-02-01\n")
    made = wb.twin(study)
    assert len(read_documents(made.source("interviews")).texts) == 1
