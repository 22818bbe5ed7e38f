"""Lines without a label are given to nobody by chance: declared, asked, or kept as a note."""

import io

import pytest
from builders import transcripts
from builders.conversations import ASKS, word
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from wbkit.intake.documents import read_documents


def read(folder, name, content, **rules):
    fields = {"synthetic": rules.pop("synthetic", False)}
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_documents(transcripts.source(
        folder=folder, file=name, format=name.rpartition(".")[2], texts=rules, **fields))


def told(documents):
    text = documents.text("a")
    return [(turn.speaker, turn.role, text[turn.start:turn.end])
            for turn in documents.turns.itertuples()]


ONLY = "MODERATOR: Denk hardop.\n\nIk had stress.\n\nVeel stress.\n\nMODERATOR: En nu?\n\nNee.\n"


@pytest.mark.parametrize(("rule", "speaker", "role"), [
    ({}, "antwoord", "participant"), ({"unlabelled": "participant"}, "antwoord", "participant"),
    ({"unlabelled": "note"}, "", "note"),
])
def test_answers_without_a_label_are_not_the_interviewers(tmp_path, rule, speaker, role):
    documents = read(tmp_path, "a.txt", ONLY, interviewers=["MODERATOR"], **rule)
    answers = [one for one in told(documents) if one[0] != "MODERATOR"]
    assert {one[:2] for one in answers} == {(speaker, role)}
    assert "\n".join(one[2] for one in answers) == "Ik had stress.\nVeel stress.\nNee."
    asked = any("only the interviewer has a label" in one for one in documents.found)
    assert asked is (not rule)


def test_unlabelled_lines_are_the_speakers_before_when_that_is_declared(tmp_path):
    documents = read(tmp_path, "a.txt", ONLY, interviewers=["MODERATOR"], unlabelled="speaker")
    assert told(documents) == [("MODERATOR", "interviewer",
                                "Denk hardop.\nIk had stress.\nVeel stress.\nEn nu?\nNee.")]


def test_bold_questions_without_labels_are_the_interviewers_and_it_is_asked(tmp_path):
    content = word(*((None, [(words, bold)]) for words, bold in (
        ("Hoe gaat het?", True), ("Goed, dank je wel.", False), ("En thuis?", True),
        ("Ook goed, maar wel druk.", False))))
    documents = read(tmp_path, "a.docx", content)
    assert told(documents) == [
        ("vraag", "interviewer", "Hoe gaat het?"),
        ("antwoord", "participant", "Goed, dank je wel."),
        ("vraag", "interviewer", "En thuis?"),
        ("antwoord", "participant", "Ook goed, maar wel druk.")]
    assert "no speaker has a label. Paragraphs in bold" in documents.found[0]
    assert read(tmp_path, "a.docx", content, unlabelled="participant").found == ()


def test_questions_without_a_label_are_not_the_participants(tmp_path):
    content = "Hoe gaat het?\n\nR: Goed.\n\nEn thuis?\n\nR: Ook.\n\nEn nu?\n\nR: Zo.\n"
    documents = read(tmp_path, "a.txt", content, roles={"R": "student"})
    assert [one for one in told(documents) if one[0]] == [
        ("R", "student", "Goed."), ("R", "student", "Ook."), ("R", "student", "Zo.")]
    assert any("2 lines without a speaker were kept as notes" in one for one in documents.found)


def test_a_second_paragraph_is_of_the_speaker_where_speakers_do_so(tmp_path):
    content = "I: Een?\nR: Ja.\nEn ook dit.\nI: Twee?\nR: Nee.\nEn dat.\n"
    documents = read(tmp_path, "a.txt", content, interviewers=["I"])
    assert [words for *_, words in told(documents)] == [
        "Een?", "Ja.\nEn ook dit.", "Twee?", "Nee.\nEn dat."]
    assert documents.found == ("a.txt: UTF-8",)


def test_a_paragraph_after_the_last_turn_is_a_note_where_turns_have_one(tmp_path):
    content = "".join(f"Anna Smit  0:{at:02d}\nEen zin.\n\nBert Bos  0:{at + 5}\nJa.\n\n"
                      for at in (10, 20, 30)) + "Slotwoord van niemand.\n"
    documents = read(tmp_path, "a.txt", content, interviewers=["Anna Smit"])
    assert told(documents)[-1] == ("", "note", "Slotwoord van niemand.")
    assert any("1 line without a speaker were kept" in one for one in documents.found)
    documents = read(tmp_path, "a.txt", content, interviewers=["Anna Smit"], unlabelled="speaker")
    assert told(documents)[-1] == ("spreker 1", "participant", "Ja.\nSlotwoord van niemand.")


def test_many_words_before_the_first_label_are_told(tmp_path):
    content = "woord " * 61 + "\nI: Een?\nR: Ja.\nI: Twee?\nR: Nee.\n"
    found = read(tmp_path, "a.txt", content, interviewers=["I"]).found
    assert "61 words stand before the first label of a speaker" in found[1]


def test_a_cue_without_a_label_is_nobodys_where_cues_have_one(tmp_path):
    cues = [f"{who}: zin {at}" for at in range(5) for who in ("I", "R")]
    cues[4] = "zin zonder label"
    content = "WEBVTT\n\n" + "".join(
        f"00:00:{at:02d}.000 --> 00:00:{at + 1:02d}.000\n{one}\n\n" for at, one in enumerate(cues))
    documents = read(tmp_path, "a.vtt", content, interviewers=["I"])
    assert ("", "note", "zin zonder label") in told(documents)
    assert any("1 line without a speaker" in one for one in documents.found)


def test_a_note_stands_behind_the_turn_it_hangs_on(tmp_path):
    body = "<text:p>I: Een?</text:p><text:p>R: Ja<text:note><text:note-body><text:p>Ze lacht." \
           "</text:p></text:note-body></text:note>.</text:p><text:p>En meer.</text:p>" \
           "<text:p>I: Twee?</text:p><text:p>R: Nee.</text:p>"
    documents = read(tmp_path, "a.odt", transcripts.odt(
        body=transcripts.CONTENT.format(body=body)), interviewers=["I"])
    assert [(role, words) for _who, role, words in told(documents)] == [
        ("interviewer", "Een?"), ("participant", "Ja.\nEn meer."), ("note", "Ze lacht."),
        ("interviewer", "Twee?"), ("participant", "Nee.")]


def test_a_name_that_is_said_is_told_and_a_name_in_a_note_is_hidden(tmp_path):
    content = f"Gesprek met Marit\n{ASKS}: Wat vind jij, Yusuf?\nYusuf Kaya: Goed, Marit.\n" * 2
    documents = read(tmp_path, "a.txt", content, interviewers=[ASKS])
    assert told(documents)[0] == ("", "note", "Gesprek met interviewer 1")
    assert "names of speakers stand in what is said: 5 places" in documents.found[1]
    documents = read(tmp_path, "a.txt", content, interviewers=[ASKS], synthetic=True)
    assert documents.found == ("a.txt: UTF-8",)


WORDS = st.text(alphabet="abcdefgh ", min_size=1, max_size=40).filter(str.strip).map(
    lambda text: " ".join(text.split()))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=4, max_size=12), st.sampled_from([
    "{who}: {said}\n", "{who}: {said}\n\n", "[00:00:{at:02d}] {who}: {said}\n",
    "{who}  0:{at:02d}\n{said}\n\n", "{who}:\n{said}\n\n", "{who} (00:00:{at:02d})\n{said}\n\n"]))
def test_what_is_written_in_a_layout_is_read_back(tmp_path_factory, sayings, form):
    written = [("I" if at % 2 == 0 else "R1", said) for at, said in enumerate(sayings)]
    content = "".join(form.format(who=who, said=said, at=at)
                      for at, (who, said) in enumerate(written))
    documents = read(tmp_path_factory.mktemp("a"), "a.txt", content, interviewers=["I"])
    assert [(who, words) for who, _role, words in told(documents)] == written


def commented(*paragraphs):
    document = Document()
    for at, words in enumerate(paragraphs):
        run = document.add_paragraph().add_run(words)
        if at == 1:
            document.add_comment(run, text="Navragen bij de tweede codeur.", author="a")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_comment_is_a_note_behind_its_turn_and_counted(tmp_path):
    documents = read(tmp_path, "a.docx", commented("I: Hoe gaat het?", "R: Goed.", "I: En nu?"),
                     interviewers=["I"])
    assert told(documents) == [
        ("I", "interviewer", "Hoe gaat het?"), ("R", "participant", "Goed."),
        ("", "note", "Navragen bij de tweede codeur."), ("I", "interviewer", "En nu?")]
    assert "a: 1 comment in the margin, kept as a note behind its turn" in documents.found
    words = documents.reading.groupby("part")["words"].sum()
    assert words["notes"] == 5
    assert words["file"] == words["turns"] + words["notes"] + words["left_out"]


def test_a_comment_beside_a_text_without_speakers_is_left_out_and_told(tmp_path):
    documents = read(tmp_path, "a.docx", commented("Het was druk.", "Iedereen liep rond."))
    assert documents.text("a") == "Het was druk.\nIedereen liep rond."
    assert "a: 1 comment in the margin, left out of the text" in documents.found
    left = documents.reading[documents.reading["part"] == "left_out"]
    assert left[["what", "words"]].to_numpy().tolist() == [["comment", 5]]
