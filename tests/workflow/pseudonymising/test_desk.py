"""Replacing names in JupyterLab: the decisions are those of the sheet, and each turn is read."""

import json
import re
import subprocess

import pytest
from builders.review_sheets import TALKS, decide, make_private_study, sheet_of
from builders.studies import make_study

import wbkit as wb
from wbkit.privacy.review import KEEP, REPLACE, Decision
from wbkit.privacy.review_sheet import read_review
from wbkit.study.study import load_study
from wbkit.text.identifying import identifiers_in
from wbkit.widgets.content import widget_words
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising.desk import WORDS, PseudonymDesk, doubtful
from wbkit.workflow.pseudonymising.reviewing import pseudonymise

MORE = {**TALKS, "gesprek_02": TALKS["gesprek_02"].replace(
    "zij luistert goed.", "zij luistert goed in lokaal 4021 van het Atrium.")}


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))


@pytest.fixture
def study(tmp_path):
    return load_study(make_private_study(tmp_path / "s", talks=MORE))


def send(desk, *decide, number=1, sender="tab"):
    """What a browser sends, and what it hears."""
    out = []
    desk.send = out.append
    desk._receive(desk, {"kind": "edit", "sender": sender, "number": number, "shown": "",
                         "move": "do", "decide": [[json.dumps(key), said] for key, said in decide],
                         "entry": {"decide": []}}, [])
    return out[0]


def words_of(desk):
    return {one["word"]: one for one in desk._now()["list"]}


def everything(desk, choice="replace"):
    return [(["word", one["key"], 0], [choice, one["kind"], ""]) for one in desk._now()["list"]]


def turns(desk, name, *which):
    (document,) = [one for one in desk._now()["documents"] if one["id"] == name]
    return [(["turn", name, nth], ["yes"]) for nth in which or range(document["turns"])]


def shown(text):
    """What the finder and the desk show together."""
    found = identifiers_in(text)
    return [text[one.start:one.end] for one in sorted(
        [*found, *doubtful(text, found)], key=lambda one: one.start)]


@pytest.mark.parametrize(("text", "found"), [
    ("Ik zit in lokaal 4021 met het Team.", ["4021", "Team"]),
    ("Dat zei NOVA ook. Het was 999 of 12345.", ["NOVA", "12345"]),
    ("Dat was fijn. Toen ging ik weg. Ik kom terug, dacht ik.", []),
    ("Wat?\nMaar nee! ‘Dat kan’, zei de man.", []),
    ("Toen zei [Zelzo Dornveld] dat.", []),
])
def test_capitals_in_mid_sentence_and_long_digits_are_shown(text, found):
    assert shown(text) == found


def test_every_word_is_shown_once_and_none_is_decided(study):
    desk = PseudonymDesk(study)
    words = words_of(desk)
    assert {"petra van den berg", "Fatima", "Raalte", "06-12345678", "4021", "Atrium"} <= {*words}
    assert {one["choice"] for one in words.values()} == {""}
    assert not sheet_of(study.file).exists()


def test_a_decision_stands_on_the_sheet_when_it_is_answered(study):
    desk = PseudonymDesk(study)
    answer = send(desk, (["word", "raalte", 0], ["replace", "PLAATS", ""]),
                  (["word", "atrium", 0], ["keep", "NAAM", ""]))
    assert answer["kind"] == "saved"
    review = read_review(study.private_folder)
    assert review.decision("Raalte") == Decision("Raalte", REPLACE, "PLAATS")
    assert review.decision("Atrium").choice == KEEP


def test_the_same_message_twice_is_kept_once(study):
    desk = PseudonymDesk(study)
    for nth in (1, 1):
        send(desk, (["word", "raalte", 0], ["replace", "PLAATS", ""]), number=nth)
    assert [one.word for one in read_review(study.private_folder).decisions if one.choice] == [
        "Raalte"]


def test_what_was_decided_in_excel_meanwhile_stays(study):
    pseudonymise(study)
    desk = PseudonymDesk(study)
    decide(study.file, only={"Fatima"}, read=False)
    send(desk, (["word", "raalte", 0], ["keep", "PLAATS", ""]))
    review = read_review(study.private_folder)
    assert review.decision("Fatima").choice == REPLACE
    assert review.decision("Raalte").choice == KEEP


def test_digits_of_which_nobody_says_what_they_are_become_a_number(study):
    desk = PseudonymDesk(study)
    send(desk, (["word", "4021", 0], ["replace", "NAAM", ""]))
    assert read_review(study.private_folder).decision("4021").pseudonym == "[nummer]"


def test_a_name_of_somebody_real_as_pseudonym_is_refused_and_the_sheet_stays(study):
    study.private_folder.mkdir(exist_ok=True)
    (study.private_folder / "names.csv").write_text("Karel Appel\n", encoding="utf-8")
    desk = PseudonymDesk(study)
    send(desk, (["word", "raalte", 0], ["keep", "PLAATS", ""]))
    before = sheet_of(study.file).read_bytes()
    answer = send(desk, (["word", "fatima", 0], ["replace", "NAAM", "Karel"]), number=2)
    assert answer["kind"] == "refused"
    assert "a real name would come" in answer["words"]
    assert sheet_of(study.file).read_bytes() == before


def test_words_that_somebody_saw_while_reading_are_replaced_wherever_they_stand(study):
    desk = PseudonymDesk(study)
    answer = send(desk, (["word", "belt altijd terug", 0], ["replace", "NAAM", "doet iets"]))
    assert answer["kind"] == "saved"
    desk._open("gesprek_01")
    assert words_of(desk)["belt altijd terug"]["choice"] == "replace"
    assert "belt altijd terug" in [key for *_, key in desk._content()["hits"]]


def test_words_that_stand_nowhere_are_refused_without_repeating_them(study):
    answer = send(PseudonymDesk(study), (["word", "koekoek", 0], ["replace", "NAAM", ""]))
    assert answer["kind"] == "refused"
    assert "stand in none of the texts" in answer["words"]
    assert "koekoek" not in answer["words"]


def test_a_text_counts_as_read_when_each_of_its_turns_is_confirmed(study):
    desk = PseudonymDesk(study)
    send(desk, *turns(desk, "gesprek_01", 0, 1, 3))
    review = read_review(study.private_folder)
    assert "gesprek_01" not in review.read
    again = PseudonymDesk(study)
    (document,) = [one for one in again._now()["documents"] if one["id"] == "gesprek_01"]
    assert document["read"] == [0, 1, 3]
    send(again, *turns(again, "gesprek_01", 2))
    assert "gesprek_01" in read_review(study.private_folder).read
    send(again, (["turn", "gesprek_01", 1], [""]), number=2)
    assert "gesprek_01" not in read_review(study.private_folder).read


def test_texts_become_pseudonymised_when_all_is_decided_and_read_and_not_before(study):
    prepare(study)
    desk = PseudonymDesk(study)
    send(desk, *everything(desk))
    send(desk, *turns(desk, "gesprek_01"), *turns(desk, "gesprek_02", 0), number=2)
    desk.apply()
    assert wb.read_texts(study, "interviews").privacy != "pseudonymised"
    send(desk, *turns(desk, "gesprek_02", 1), number=3)
    desk.apply()
    texts = wb.read_texts(study, "interviews")
    assert texts.privacy == "pseudonymised"
    said = " ".join(texts.texts["text"])
    assert not re.search("petra|fatima|raalte|4021|atrium|06-1", said.casefold())
    assert "[nummer]" in said


def test_the_answers_to_an_open_question_are_read_one_by_one(study):
    desk = PseudonymDesk(study)
    desk._open("students.tip")
    content = json.loads(desk._as_json())
    assert [one["text"] for one in content["answers"]] == [
        "laat petra dit altijd doen", "meer rust graag"]
    send(desk, *turns(desk, "students.tip"))
    assert "students.tip" in read_review(study.private_folder).read


def test_the_notebook_gets_counts_and_no_words(study):
    desk = PseudonymDesk(study)
    send(desk, (["word", "raalte", 0], ["keep", "PLAATS", ""]))
    data = str(desk._repr_mimebundle_())
    assert "woorden nog open, 0 van 3 teksten klaar" in data
    assert not re.search("raalte|petra|coach", data.casefold())


def test_a_folder_that_git_keeps_is_refused(tmp_path):
    file = make_private_study(tmp_path / "s")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    with pytest.raises(wb.DisclosureError, match="git would keep"):
        PseudonymDesk(load_study(file))


def test_a_study_without_real_words_has_nothing_to_replace(tmp_path):
    study = load_study(make_study(tmp_path))
    with pytest.raises(wb.DataError, match="nothing to pseudonymise"):
        PseudonymDesk(study)


def test_a_text_that_is_not_there_is_named(study):
    with pytest.raises(wb.CodingError, match="no text 'x' among 3 documents"):
        PseudonymDesk(study)._open("x")


OF_JAVASCRIPT = {"containing", "dataset", "length", "replace", "replaceChildren", "style", "trim",
                 "trimStart"}  # asked of words, and no words themselves


def test_every_word_that_the_browser_uses_is_there_and_no_other():
    code, words = PseudonymDesk._esm, {*widget_words("nl", WORDS)}
    used = set(re.findall(r"words\.([a-z_]+)\b", code)) - OF_JAVASCRIPT
    used |= {f"do_{name}" for name in re.findall(r"^ {6}([a-z_]+): \(\) =>", code, re.MULTILINE)}
    used |= {f"is_{one}" for one in ("open", "replace", "keep", "capital")}
    used |= {"was_read", "not_read"}
    of_python = {"text_column", "open_column", "read_column", "turns_column"}
    assert used - words == set()
    assert words - {*widget_words("nl")} - used - of_python == set()
