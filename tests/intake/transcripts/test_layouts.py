"""One conversation gives the same turns, however a program or a person writes it down."""

import pytest
from builders import transcripts
from builders.conversations import ANSWERS, ASKS, LAYOUTS, STARTS, TALK, hms, txt

from wbkit.intake.documents import read_documents
from wbkit.intake.transcripts.layouts import find_turn_layout
from wbkit.intake.transcripts.lines import plain_lines
from wbkit.study.source_kinds import TextRules


def read(folder, name, content, **rules):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_documents(transcripts.source(
        folder=folder, file=name, format=name.rpartition(".")[2], texts=rules))


def said(documents):
    text = dict(zip(documents.texts["document"], documents.texts["text"], strict=True))
    return [(turn.speaker, turn.role, " ".join(text[turn.document][turn.start:turn.end].split()))
            for turn in documents.turns.itertuples() if turn.role != "note"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_turns(tmp_path, layout):
    name, content, asks, timed = LAYOUTS[layout]
    documents = read(tmp_path, name, content, interviewers=[asks])
    turns = said(documents)
    assert [words for _who, _role, words in turns] == [words for _who, words in TALK]
    assert [role for _who, role, _words in turns] == ["interviewer", "participant"] * 5
    assert len({who for who, _role, _words in turns}) == 2
    shown = documents.texts.to_csv() + documents.turns.to_csv() + documents.reading.to_csv()
    assert not any(name in shown for name in ("Marit", "Öztürk"))
    assert [one for one in documents.found if "UTF-8" not in one and "1252" not in one] == []
    if timed:
        spoken = documents.turns[documents.turns["role"] != "note"]
        assert spoken["time"].tolist() == [hms(at) for at in STARTS]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_word_of_a_file_is_accounted_for(tmp_path, layout):
    name, content, asks, _timed = LAYOUTS[layout]
    documents = read(tmp_path, name, content, interviewers=[asks])
    words = documents.reading.groupby("part")["words"].sum()
    assert words["file"] == words["turns"] + words.get("notes", 0) + words.get("left_out", 0)
    spoken = documents.turns[documents.turns["role"] != "note"]
    text = documents.text("a")
    assert words["turns"] == sum(len(text[first:last].split()) for first, last
                                 in zip(spoken["start"], spoken["end"], strict=True))


def test_the_layout_its_score_and_the_speakers_are_reported(tmp_path):
    reading = read(tmp_path, *LAYOUTS["Otter"][:2], interviewers=[ASKS]).reading
    file = reading[reading["part"] == "file"].iloc[0]
    assert (file["what"], file["score"]) == ("label and time on one line", 1.0)
    turns = reading[reading["part"] == "turns"]
    assert turns[["what", "pieces"]].to_numpy().tolist() == [["interviewer 1", 5], ["spreker 1", 5]]
    left = reading[reading["part"] == "left_out"].set_index("what")["words"]
    assert left.to_dict() == {"labels and times": 35, "words of the program": 3}


def test_a_speaker_who_speaks_once_is_a_speaker(tmp_path):
    once = txt("{who}: {said}\n") + "Noor Vlinder: Mag ik storen?\n" + txt("{who}: {said}\n")
    turns = said(read(tmp_path, "a.txt", once, interviewers=[ASKS]))
    assert turns[10] == ("spreker 2", "participant", "Mag ik storen?")
    assert [words for *_, words in turns[:10] + turns[11:]] == [words for _, words in TALK] * 2


@pytest.mark.parametrize("rules", [{"interviewers": ["I"], "roles": {"R": "student"}},
                                   {"interviewers": ["I"]}])
def test_words_with_a_colon_stay_with_who_says_them(tmp_path, rules):
    content = ("I: Hoe gaat het?\nR: Goed.\nLet op: dit is belangrijk.\nI: En?\nR: Ik dacht:\n"
               "Let op: niet doen.\nNB: niet nu.\nConclusie: klaar.\n")
    documents = read(tmp_path, "a.txt", content, **rules)
    assert [words for *_, words in said(documents)] == [
        "Hoe gaat het?", "Goed. Let op: dit is belangrijk.", "En?",
        "Ik dacht: Let op: niet doen. NB: niet nu. Conclusie: klaar."]
    asked = any("may be a label ('Let op' 2×" in one for one in documents.found)
    assert asked is ("roles" not in rules)


def test_a_declared_label_wins_over_what_it_looks_like(tmp_path):
    content = "let op: Hoe gaat het?\nde wolk: Goed.\nlet op: En?\nde wolk: Ook."
    turns = said(read(tmp_path, "a.txt", content, interviewers=["Let op"],
                      roles={"De Wolk": "student"}))
    assert [(role, words) for _who, role, words in turns] == [
        ("interviewer", "Hoe gaat het?"), ("student", "Goed."), ("interviewer", "En?"),
        ("student", "Ook.")]


def test_sloppy_forms_of_a_label_are_one_speaker(tmp_path):
    content = "I: Een?\nR : Ja.\ni : Twee?\nR.: Nee.\nI.: Drie?\nR: Hm.\n"
    documents = read(tmp_path, "a.txt", content, interviewers=["I"])
    assert [who for who, *_ in said(documents)] == ["I", "R"] * 3


@pytest.mark.parametrize("content", [
    "[10:22] Docent vraagt iets.\nIk denk: meer.\nDocent: 'Wie?'\n[10:40] Pauze.\n"
    "Let op: stil.\nLet op: achterin.\n",
    "- planning: pas later\n- let op: weinig\n- coach: vaste dag\n- let op: veel\n",
    "Maandag: school.\nDinsdag: stage.\nMaandag: weer school.\n",
    "Niemand spreekt.\n\nHet gaat over school: dat is leuk.\n",
])
def test_notes_without_speakers_have_no_turns_and_no_finding(tmp_path, content):
    documents = read(tmp_path, "a.txt", content)
    assert documents.turns.empty
    assert documents.text("a") == content.strip()
    assert documents.found == ("a.txt: UTF-8",)


def test_a_speaker_who_is_declared_and_never_speaks_is_told(tmp_path):
    found = read(tmp_path, "a.txt", txt("{who}: {said}\n"), interviewers=["Piet"]).found
    assert "none of the interviewers in study.toml speaks in it" in found[1]
    assert ANSWERS not in " ".join(found)
    found = read(tmp_path, "a.txt", "Alleen een opstel.", interviewers=["Piet"]).found
    assert "no speaker was found, and study.toml names speakers" in found[1]


def test_a_conversation_without_an_interviewer_is_asked_about(tmp_path):
    content = txt("{who}: {said}\n", asks="R1", answers="R2")
    assert "no speaker is an interviewer" in read(tmp_path, "a.txt", content).found[1]
    assert read(tmp_path, "a.txt", content, interviewers=[]).found == ("a.txt: UTF-8",)
    content = txt("{who}: {said}\n", asks="Interviewer1", answers="Student 2")
    documents = read(tmp_path, "a.txt", content)
    assert {role for _who, role, _words in said(documents)} == {"interviewer", "participant"}
    assert documents.found == ("a.txt: UTF-8",)


def test_labels_that_recur_in_a_text_without_turns_are_named(tmp_path):
    content = "\n".join([*["Een zin zonder label."] * 12, "TL: een", "TL: twee", "Een zin.",
                         "Dr. Oude Kip: drie", "Dr. Oude Kip: vier"])
    documents = read(tmp_path, "a.txt", content)
    assert documents.turns.empty
    assert "may be a label of a speaker ('TL' 2×, ••• 2×)" in documents.found[1]


def test_columns_of_a_table_may_be_the_speakers(tmp_path):
    content = transcripts.docx(table=[("Vraag", "Antwoord"), ("Hoe gaat het?", "Goed, dank je."),
                                      ("En thuis?", "Ook goed.")])
    documents = read(tmp_path, "a.docx", content, interviewers=["Vraag"])
    assert said(documents) == [
        ("Vraag", "interviewer", "Hoe gaat het?"), ("Antwoord", "participant", "Goed, dank je."),
        ("Vraag", "interviewer", "En thuis?"), ("Antwoord", "participant", "Ook goed.")]
    assert "the columns of a table were taken for speakers" in documents.found[0]


def test_the_surest_of_equal_layouts_is_taken():
    lines = plain_lines("Anna\n0:01\nHoi.\n\nBert\n0:02\nDag.\n\nAnna\n0:03\nZo.\n")
    assert find_turn_layout(lines, TextRules()).name == "time and label on lines of their own"


BRACKETED = [("[I]", "[R]"), ("<Int.>", "<Resp.>"), ("(Docent A)", "(Yara Blom)")]


@pytest.mark.parametrize("labels", BRACKETED)
def test_a_label_in_brackets_needs_no_colon(tmp_path, labels):
    words = ["Hoe gaat het?", "(lacht) Ja.", "En dan?", "Nou.", "Nog meer?", "Niets. Of ja: dat."]
    lines = [f"{labels[at % 2]} {said_}" for at, said_ in enumerate(words)]
    documents = read(tmp_path, "a.txt", "\n".join(lines), interviewers=[labels[0][1:-1]])
    assert [turn[1] for turn in said(documents)] == ["interviewer", "participant"] * 3
    assert [turn[2] for turn in said(documents)] == words


def test_what_happened_and_questions_of_a_guide_in_brackets_are_no_speakers():
    lines = plain_lines("[L1] Goed.\n(lacht) Ja.\n[L2] Nee.\n(lacht) Nee.\n[L1] Zo.\n(stil) Tja.")
    assert find_turn_layout(lines, TextRules()).heads == ()


@pytest.mark.parametrize("stamp", [
    "[12-03-2024 10:15:22] ", "[12-03-2024, 10:15:22] ", "12/03/2024 10:15 - ",
    "2024-03-12 10:15:22 "])
def test_a_message_with_a_day_and_a_time_has_a_speaker(tmp_path, stamp):
    lines = [f"{stamp}{who}: {words}" for who, words in TALK]
    turns = said(read(tmp_path, "a.txt", "\n".join(lines), interviewers=[TALK[0][0]]))
    assert [words for _who, _role, words in turns] == [words for _who, words in TALK]
    assert len({who for who, _role, _words in turns}) == 2


@pytest.mark.parametrize("words", ["op: dit is mijn mening.", "ja: dat klopt.", "We: ik en zij."])
def test_a_small_word_at_the_beginning_of_a_line_is_no_speaker(tmp_path, words):
    text = "\n".join(f"{who}: {said_}" for who, said_ in TALK)
    documents = read(tmp_path, "a.txt", f"{text}\n{words}", interviewers=[TALK[0][0]])
    assert len({who for who, _role, _words in said(documents)}) == 2
    assert words in documents.text("a")


def test_a_heading_above_and_the_end_of_the_recording_are_no_doubt(tmp_path):
    talk = "\n".join(f"{who}: {said_}" for who, said_ in TALK)
    documents = read(tmp_path, "a.txt", f"Datum: 12 maart\nPlaats: Delft\n\n{talk}\n\nEinde opname",
                     interviewers=[TALK[0][0]])
    assert [one for one in documents.found if "UTF-8" not in one] == []
    assert [words for _who, _role, words in said(documents)] == [words for _who, words in TALK]
    doubtful = read(tmp_path, "b.txt", f"{talk}\nPlaats: daar gaat het om.", interviewers=["Marit"])
    assert any("label" in one for one in doubtful.found)


def test_a_dash_in_what_is_said_is_no_part_of_a_label(tmp_path):
    words = ["Wanneer werk je thuis?", "Op dinsdag - en soms op vrijdag - als het kan.",
             "En dan?", "Dan - nou ja - rust."]
    lines = [f"{('Interviewer', 'Student')[at % 2]} - {one}" for at, one in enumerate(words)]
    documents = read(tmp_path, "a.txt", "\n".join(lines), interviewers=["Interviewer"])
    assert [words_ for _who, _role, words_ in said(documents)] == words
