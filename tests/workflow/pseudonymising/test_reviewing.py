"""The way from real words to quotes: review, decide, read, pseudonymise, show."""

import json
import re
import subprocess

import pytest
from builders.review_sheets import (
    STUDY,
    TALKS,
    decide,
    make_private_study,
    sheet_of,
    words_on,
)
from builders.studies import make_study, wbkit

import wbkit as wb
from wbkit.study.study import load_study
from wbkit.workflow.checking import check
from wbkit.workflow.preparing import prepare
from wbkit.workflow.pseudonymising.reviewing import pseudonymise

SECRETS = ("petra", "fatima", "raalte", "06-12345678", "yilmaz", "kevin", "daan", "berg")


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("WBKIT_CONFIG", str(tmp_path / "config"))


def secrets_in(folder):
    """Return the made-up names that stand in files of a folder."""
    content = b" ".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    words = content.decode(errors="replace").casefold()  # a pseudonym may end in -berg
    return [one for one in SECRETS if re.search(rf"\b{one}\b", words)]


def store_of(file):
    return wb.CodingStore(file.parent / "coding")


def test_from_raw_export_to_a_quoted_excerpt(tmp_path):
    file = make_private_study(tmp_path / "s")
    study = load_study(file)
    prepare(study)
    texts = wb.read_texts(study, "interviews")
    with pytest.raises(wb.DisclosureError, match="Give wbkit pseudonymise"):
        wb.excerpts(texts)
    with store_of(file) as store:
        store.add_documents(texts, privacy="real")
        at = texts.text("gesprek_01").index("[naam] is echt lief")
        store.add("gesprek_01", at, at + len("[naam] is echt lief"), "coach", coder="anna",
                  memo="petra dus")
        store.consider("gesprek_01", ["coach"], coder="anna")
        store.add_memo("Vraag Fatima ernaar", coder="anna", kind="theory")
    with pytest.raises(wb.DisclosureError, match="Give wbkit pseudonymise"):
        wb.read_memos(study)
    pseudonymise(study)
    decide(file)
    table = pseudonymise(study)
    assert table.data["undecided"].tolist() == [0, 0, 0]
    shown = wb.excerpts(wb.read_texts(study, "interviews")).data["quote"].tolist()
    first, last = shown[0].split("[")[1].split("]")[0].split()
    assert shown[0] == f"mijn coach [{first} {last}] is echt lief, ze belt altijd terug."
    assert f"en [{first}] is ook mijn coach" in shown[2]
    answers = wb.open_answers(wb.read_responses(study, "students"), "tip")
    assert wb.excerpts(answers).data["quote"][0] == f"laat [{first}] dit altijd doen"
    (coding,) = store_of(file).codings()
    assert (coding.quote, coding.status) == (f"[{first} {last}] is echt lief", "accepted")
    assert coding.memo == f"[{first}] dus"
    book = wb.Codebook.model_validate(
        {"codes": {"coach": {"label": "Coach", "definition": "Over de coach."}}})
    codings = wb.read_codings(study, "interviews", codebook=book)
    assert wb.coded_segments(codings, "coach").data["quote"].tolist() == [coding.quote]
    path = wb.export_codings(codings, tmp_path / "segments.docx", shape="segments")
    assert path.is_file()
    assert "Fatima" not in wb.read_memos(study).data["text"][0]
    assert secrets_in(file.parent / "processed") == []
    assert secrets_in(file.parent / "coding") == []


def test_before_anybody_decides_nothing_that_was_found_is_written(tmp_path):
    file = make_private_study(tmp_path / "s")
    prepare(load_study(file))
    assert secrets_in(file.parent / "processed") == []
    about = json.loads((file.parent / "processed" / "interviews.texts.json").read_text())
    assert about["privacy"] == "real"


def test_each_different_word_is_asked_once_the_most_frequent_first(tmp_path):
    file = make_private_study(tmp_path / "s")
    pseudonymise(load_study(file))
    words = words_on(file)
    assert words[0].casefold() == "petra"
    assert len({one.casefold() for one in words}) == len(words) == 5


def test_nothing_is_pseudonymised_while_a_word_is_undecided(tmp_path):
    file = make_private_study(tmp_path / "s")
    study = load_study(file)
    pseudonymise(study)
    decide(file, only={"Fatima"})
    table = pseudonymise(study)
    done = table.data.set_index("document")["undecided"]
    assert done["gesprek_02"] == 1
    assert wb.read_texts(study, "interviews").privacy == "real"


def test_nothing_is_pseudonymised_before_it_was_read(tmp_path):
    file = make_private_study(tmp_path / "s")
    study = load_study(file)
    pseudonymise(study)
    decide(file, read=False)
    table = pseudonymise(study)
    assert set(table.data["read"]) == {"no"}
    assert wb.read_texts(study, "interviews").privacy == "real"


def test_decisions_stay_when_the_sheet_is_written_again(tmp_path):
    file = make_private_study(tmp_path / "s")
    study = load_study(file)
    pseudonymise(study)
    decide(file, keep={"Raalte"}, own={"Fatima": "student A"})
    pseudonymise(study)
    texts = " ".join(wb.read_texts(study, "interviews").texts["text"])
    assert "Ik woon in Raalte" in texts
    assert "bij [student A] in de klas" in texts
    assert pseudonymise(study).data["undecided"].tolist() == [0, 0, 0]


def test_a_word_that_was_seen_while_reading_can_be_added(tmp_path):
    talks = TALKS | {"gesprek_03": "Interviewer: Ja?\nStudent: snorremans weet het wel.\n"}
    file = make_private_study(tmp_path / "s", talks=talks)
    study = load_study(file)
    pseudonymise(study)
    decide(file, words=["snorremans"])
    pseudonymise(study)
    assert "snorremans" not in " ".join(wb.read_texts(study, "interviews").texts["text"])


def test_what_was_prepared_before_a_decision_is_refused(tmp_path):
    file = make_private_study(tmp_path / "s")
    study = load_study(file)
    pseudonymise(study)
    decide(file)
    with pytest.raises(wb.DataError, match=r"have changed since.*wbkit prepare"):
        wb.read_texts(study, "interviews")
    with pytest.raises(wb.DataError, match="have changed since"):
        wb.read_responses(study, "students")


def test_a_file_named_after_a_person_is_refused_without_saying_who(tmp_path):
    talks = {"gesprek_petra": "Petra: ja hoor.\nInterviewer: Goed.\nPetra: prima dan.\n"}
    file = make_private_study(tmp_path / "s", talks=talks)
    with pytest.raises(wb.DataError, match=r"the name of a file.*text 1 of 1") as fault:
        pseudonymise(load_study(file))
    assert "petra" not in str(fault.value)


def test_a_study_without_real_words_has_nothing_to_pseudonymise(tmp_path):
    with pytest.raises(wb.DataError, match="nothing to pseudonymise"):
        pseudonymise(load_study(make_study(tmp_path)))


def test_the_same_person_has_the_same_pseudonym_a_year_later(tmp_path):
    quotes = []
    for year in ("2025", "2026"):
        file = make_private_study(tmp_path / year)
        study = load_study(file)
        pseudonymise(study)
        decide(file)
        pseudonymise(study)
        quotes.append(wb.read_texts(study, "interviews").texts["text"].tolist())
    assert quotes[0] == quotes[1]


def test_the_command_says_what_is_left_and_what_comes_next(tmp_path):
    file = make_private_study(tmp_path / "s")
    first = wbkit("pseudonymise", "--study", str(file))
    assert "undecided" in first.output
    assert "review.xlsx" in first.output
    decide(file)
    assert "every text is pseudonymised" in wbkit("pseudonymise", "--study", str(file)).output


def test_a_folder_that_git_keeps_is_refused(tmp_path):
    file = make_private_study(tmp_path / "s")
    subprocess.run(["git", "init", "-q", str(tmp_path / "s")], check=True)
    with pytest.raises(wb.DisclosureError, match=r"git would keep this file.*private/"):
        pseudonymise(load_study(file))
    (tmp_path / "s" / ".gitignore").write_text("data/private/\n")
    pseudonymise(load_study(file))
    assert sheet_of(file).is_file()


def test_another_folder_can_be_named_in_the_study(tmp_path):
    study = STUDY.replace('language = "nl"', 'language = "nl"\nprivate = "../../veilig"')
    file = make_private_study(tmp_path / "s", study=study)
    pseudonymise(load_study(file))
    assert (tmp_path / "veilig" / "review.xlsx").is_file()


def test_pseudonyms_that_a_person_wrote_are_kept_once_they_said_so(tmp_path):
    talks = {"gesprek_01": "Student: [Sanne] helpt mij, en [Sanne] belt terug.\n",
             "gesprek_02": "Student: ik ken Sanne uit de klas.\n"}
    file = make_private_study(tmp_path / "s", talks=talks)
    study = load_study(file)
    pseudonymise(study)
    assert {"[Sanne]", "Sanne"} <= set(words_on(file))
    decide(file, keep=("[Sanne]",))
    pseudonymise(study)
    texts = wb.read_texts(study, "interviews")
    assert texts.text("gesprek_01") == "[Sanne] helpt mij, en [Sanne] belt terug."
    assert "Sanne" not in texts.text("gesprek_02")
    with store_of(file) as store:
        store.add_documents(texts)
    assert store_of(file).check() == []


def test_a_claim_by_hand_is_not_in_order_for_check(tmp_path):
    file = make_private_study(tmp_path / "s")
    study = load_study(file)
    pseudonymise(study)
    (file.parent / "coding").mkdir()
    (file.parent / "coding" / ".gitignore").write_text("*\n")
    with store_of(file) as store:
        store.add_document("gesprek_01", "mijn coach petra", privacy="real", source="interviews")
    toml = file.parent / "coding" / "documents" / "gesprek_01.toml"
    toml.write_text(toml.read_text().replace('"real"', '"pseudonymised"'))
    (point,) = [one for one in check(study) if one.name == "coding"]
    assert (point.ok, "somebody wrote privacy" in point.words) == (False, True)
