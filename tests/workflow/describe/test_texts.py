"""wbkit describe drafts sources of texts: who asks is asked, and whose bare answers are."""

import io

import pytest
from builders import transcripts
from builders.conversations import ANSWERS, ASKS, LAYOUTS, QUESTIONS, REPLIES, txt
from typer.testing import CliRunner

from wbkit import cli
from wbkit.errors import DataError
from wbkit.intake.documents import read_documents
from wbkit.intake.transcripts.heads import LAYOUTS as FORMS
from wbkit.study.study import load_study
from wbkit.workflow.describe import texts
from wbkit.workflow.describe.study_file import add_source

SIX = {"teams.docx": LAYOUTS["Teams now"][1], "tabel.docx": LAYOUTS["NVivo"][1],
       "zoom.vtt": LAYOUTS["Zoom captions"][1].encode(), "otter.txt": LAYOUTS["Otter"][1].encode(),
       "herkend.json": LAYOUTS["Amberscript json"][1].encode(),
       "kaal.txt": "".join(f"{ASKS}: {ask}\n\n{reply}\n\n" for ask, reply in zip(
           QUESTIONS, REPLIES, strict=True)).encode()}


class Terminal(io.StringIO):
    """Somebody at the keyboard."""

    def isatty(self):
        return True


class Person:
    """Answers what is asked, and remembers it."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, question, **_settings):
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text('title = "t"\nlanguage = "nl"\n', encoding="utf-8")
    folder = tmp_path / "raw" / "gesprekken"
    folder.mkdir(parents=True)
    for name, content in SIX.items():
        (folder / name).write_bytes(content)
    return tmp_path / "study.toml"


def place_of(drafts, name):
    """Give the number under which somebody is listed."""
    return str([one.name for one in texts.speakers_of(drafts)].index(name) + 1)


def test_a_folder_of_six_layouts_takes_two_questions(study):
    drafts = texts.read_text_drafts(study.parent / "raw" / "gesprekken", study=study)
    person = Person(place_of(drafts, ASKS), "1")
    asks = texts.ask_interviewers(drafts, Terminal(), person)
    drafts = texts.read_again(drafts, interviewers=asks)
    owner = texts.ask_unlabelled(drafts, Terminal(), person)
    for draft in texts.read_again(drafts, interviewers=asks, unlabelled=owner):
        add_source(draft, study)
    assert len(person.asked) == 2
    assert f"1  {ASKS}: 30 turns, 30 end with a question mark" in person.asked[0]
    assert person.asked[1].startswith("In kaal only who asks has a label")
    written = study.read_text(encoding="utf-8")
    assert ANSWERS not in written
    assert 'files = "raw/gesprekken/*.txt"' in written
    loaded = load_study(study)
    assert list(loaded.sources) == [f"gesprekken_{kind}" for kind in ("docx", "json", "txt", "vtt")]
    for source in loaded.sources.values():
        documents = read_documents(source)
        for document in documents.texts["document"]:
            own = documents.turns[(documents.turns["document"] == document)
                                  & (documents.turns["role"] != "note")]
            text = documents.text(document)
            said = [" ".join(text[first:last].split())
                    for first, last in zip(own["start"], own["end"], strict=True)]
            assert said == [one for pair in zip(QUESTIONS, REPLIES, strict=True) for one in pair]
            assert own["role"].tolist() == ["interviewer", "participant"] * 5


def test_nobody_is_asked_where_nobody_sits(study):
    drafts = texts.read_text_drafts(study.parent / "raw" / "gesprekken" / "otter.txt", study=study)
    assert texts.ask_interviewers(drafts, io.StringIO(), Person()) is None
    draft, = texts.read_again(drafts, interviewers=None)
    add_source(draft, study)
    written = study.read_text(encoding="utf-8")
    assert "# ASK: who asks the questions?" in written
    assert ASKS not in written
    assert 'file = "raw/gesprekken/otter.txt"' in written


def test_a_wrong_answer_is_asked_again(study):
    drafts = texts.read_text_drafts(study.parent / "raw" / "gesprekken" / "otter.txt", study=study)
    person = Person("3", "Marit", "1, 2")
    assert set(texts.ask_interviewers(drafts, Terminal(), person)) == {ASKS, ANSWERS}
    assert person.asked[1] == "Type numbers from 1 to 2 with commas between"
    drafts = texts.read_text_drafts(study.parent / "raw" / "gesprekken" / "kaal.txt", study=study)
    drafts = texts.read_again(drafts, interviewers=(ASKS,))
    person = Person("9", "3")
    assert texts.ask_unlabelled(drafts, Terminal(), person) == "note"
    assert person.asked[1] == "Type 1, 2 or 3, or press Enter"


def test_what_was_found_is_said_without_names(study):
    drafts = texts.read_text_drafts(study.parent / "raw" / "gesprekken", study=study)
    lines = texts.text_lines(texts.read_again(drafts, interviewers=(ASKS,)))
    assert lines[0].startswith("tabel: a table with a column of speakers, 95 % of 110 words")
    assert any(one.startswith("ASK  kaal: only the interviewer has a label") for one in lines)
    assert not any(ASKS in one or ANSWERS in one for one in lines)


@pytest.mark.parametrize(("name", "content", "answer"), [
    ("a.docx", transcripts.docx("I: een"), True), ("a.vtt", b"WEBVTT", True),
    ("a.txt", txt("{who}: {said}\n").encode(), True), ("a.csv", b"a;b\n1;2\n", False),
    ("a.txt", b"gezien;hulp\nja;nee\nnee;ja\n", False),
    ("a.tsv", b"gezien\thulp\nja\tnee\nnee\tja\n", False),
    ("a.tsv", b"start\tend\ttext\n0\t100\tHoi\n100\t200\tDag\n", True),
    ("a.xlsx", b"PK", False),
])
def test_texts_are_told_from_tables(tmp_path, name, content, answer):
    (tmp_path / name).write_bytes(content)
    assert texts.holds_texts(tmp_path / name) is answer


def test_each_layout_has_words():
    assert set(texts.LAYOUT_WORDS) == {"none", "questions in bold", *FORMS}


def test_a_folder_without_texts_is_refused(study):
    (study.parent / "raw" / "leeg").mkdir()
    with pytest.raises(DataError, match="leeg: holds no text. A text ends in .docx"):
        texts.read_text_drafts(study.parent / "raw" / "leeg", study=study)


def test_the_command_drafts_a_folder_of_texts(study):
    folder = study.parent / "raw" / "gesprekken"
    done = CliRunner().invoke(cli.app, ["describe", str(folder), "--study", str(study)])
    assert done.exit_code == 0
    assert "Made: a draft of 4 sources of texts in" in done.output
    assert "kaal: label and colon, 100 % of" in done.output
    assert list(load_study(study).sources) == [
        f"gesprekken_{kind}" for kind in ("docx", "json", "txt", "vtt")]


def test_what_stands_in_the_folder_and_is_no_text_is_named(study):
    folder = study.parent / "raw" / "gesprekken"
    (folder / "oud.doc").write_bytes(b"oud")
    (folder / "meer").mkdir()
    (folder / "~$tabel.docx").write_bytes(b"open in Word")
    drafts = texts.read_text_drafts(folder, study=study)
    (line,) = texts.skipped_lines(folder, drafts)
    assert line.startswith("gesprekken: not read: meer, oud.doc. A text ends in .docx, ")
    assert texts.skipped_lines(folder / "zoom.vtt", drafts) == []
