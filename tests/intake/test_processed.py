"""Cleaned answers and texts come back from data/processed as they went in, or not at all."""

import pandas as pd
import pytest
from builders import transcripts
from builders.files import digest
from builders.responses import answers
from builders.workbooks import write_forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wbkit as wb
from wbkit.cleaning.open_text import open_answers
from wbkit.data.cleaning_log import log_in_words
from wbkit.data.documents import Documents
from wbkit.data.raw import Raw
from wbkit.errors import DataError
from wbkit.intake.documents import read_documents
from wbkit.intake.processed import read_texts, write_processed, write_texts
from wbkit.study.study import load_study

TOML = """
title = "Proef"
[sources.students]
file = "raw/students.xlsx"
format = "ms-forms"
unit = "student"
synthetic = true
[sources.students.items.gezien]
column = "Gezien?"
kind = "ordinal"
values = ["oneens", "neutraal", "eens"]
missing = ["weet ik niet"]
[sources.students.items.wie]
kind = "multiple"
values = ["coach", "ouder"]
other = "Anders"
[sources.students.items.cijfer]
kind = "numeric"
[sources.students.items.idee]
kind = "open"
"""
HEADINGS = ["Gezien?", "wie", "cijfer", "idee"]
ROWS = [["eens", "coach;oma;", "7,5", 'zei: "ja; nee"\nen meer'],
        ["weet ik niet", "", "", ""], ["oneens", "Anders;ouder;", 0.1, " "]]


@pytest.fixture
def folder(tmp_path):
    write_forms(tmp_path / "raw/students.xlsx", HEADINGS, ROWS)
    (tmp_path / "study.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def prepare(folder):
    raw = wb.read_source(wb.load_study(folder).source("students"))
    cleaned = wb.clean(raw)
    return cleaned, write_processed(cleaned, raw, folder / "processed")


def test_read_is_what_clean_returned(folder):
    cleaned, _ = prepare(folder)
    back = wb.read_responses(wb.load_study(folder), "students")
    pd.testing.assert_frame_equal(back.data, cleaned.data)
    pd.testing.assert_frame_equal(back.log, log_in_words(cleaned.log, "nl"))
    pd.testing.assert_frame_equal(back.reasons, cleaned.reasons)
    assert back.source == cleaned.source
    assert back.raw_rows == cleaned.raw_rows == 3


def test_four_whole_files_are_written_and_nothing_else(folder):
    before = digest(folder / "raw/students.xlsx")
    prepare(folder)
    assert sorted(path.name for path in (folder / "processed").iterdir()) == [
        "students.csv", "students.json", "students.log.csv", "students.reasons.csv"]
    assert digest(folder / "raw/students.xlsx") == before


@pytest.mark.parametrize(("language", "words"), [
    ("nl", ["eigen woorden bij ‘anders’", "decimale komma gelezen"]),
    ("en", ["own words behind ‘other’", "decimal comma read"])])
def test_the_log_comes_in_the_language_of_the_study(folder, language, words):
    prepare(folder)
    assert "decimale komma gelezen" in (folder / "processed/students.log.csv").read_text("utf-8")
    back = wb.read_responses(wb.load_study(folder, language=language), "students")
    assert back.log["rule"].tolist() == words


def test_writing_twice_gives_the_same_bytes(folder):
    _, files = prepare(folder)
    first = [digest(path) for path in files]
    _, files = prepare(folder)
    assert [digest(path) for path in files] == first


def test_without_cleaned_answers_it_says_to_run_prepare(folder):
    with pytest.raises(wb.DataError, match=r"there are no cleaned answers .* Run `wbkit prepare`"):
        wb.read_responses(wb.load_study(folder), "students")


def test_another_raw_file_is_noticed(folder):
    prepare(folder)
    write_forms(folder / "raw/students.xlsx", HEADINGS, ROWS[:2])
    with pytest.raises(wb.DataError, match=r"students.xlsx has changed since .*`wbkit prepare`"):
        wb.read_responses(wb.load_study(folder), "students")


def test_another_description_is_noticed(folder):
    prepare(folder)
    changed = TOML.replace('kind = "numeric"', 'kind = "numeric"\nrange = [1, 10]')
    (folder / "study.toml").write_text(changed, encoding="utf-8")
    with pytest.raises(wb.DataError, match=r"study.toml has changed since .*`wbkit prepare`"):
        wb.read_responses(wb.load_study(folder), "students")


def test_another_label_makes_no_data_stale(folder):
    prepare(folder)
    changed = TOML.replace('kind = "numeric"', 'kind = "numeric"\nlabel = "Een cijfer"')
    (folder / "study.toml").write_text(changed, encoding="utf-8")
    read = wb.read_responses(wb.load_study(folder), "students")
    assert read.source.items["cijfer"].words("nl") == "Een cijfer"


def test_a_key_as_it_always_is_makes_no_data_stale(folder):
    prepare(folder)
    changed = TOML.replace('kind = "numeric"', 'kind = "numeric"\nguessed = false')
    (folder / "study.toml").write_text(changed, encoding="utf-8")
    assert len(wb.read_responses(wb.load_study(folder), "students").data) == 3


@pytest.mark.parametrize("name", ["students.csv", "students.log.csv", "students.reasons.csv"])
def test_a_half_file_is_not_taken_for_a_result(folder, name):
    prepare(folder)
    path = folder / "processed" / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(wb.DataError, match=rf"{name}: is not there, or not as wbkit wrote it"):
        wb.read_responses(wb.load_study(folder), "students")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"rows": 1}'])
def test_a_damaged_description_is_not_taken_for_one(folder, content):
    prepare(folder)
    (folder / "processed/students.json").write_text(content, encoding="utf-8")
    with pytest.raises(wb.DataError, match=r"is not as wbkit wrote it. Run `wbkit prepare`"):
        wb.read_responses(wb.load_study(folder), "students")


def test_identifiers_are_never_written(folder):
    extra = '[sources.students.items.mail]\ncolumn = "E-mail"\nkind = "open"\n'
    (folder / "study.toml").write_text(TOML + extra + 'sensitivity = "identifier"\n')
    _, files = prepare(folder)
    assert all(b"anonymous" not in path.read_bytes() for path in files)
    assert "mail" not in wb.read_responses(wb.load_study(folder), "students").source.items


def test_a_raw_file_that_is_gone_is_named(folder):
    prepare(folder)
    (folder / "raw/students.xlsx").unlink()
    with pytest.raises(wb.DataError, match=r"students \(raw/students.xlsx\): there is no such"):
        wb.read_responses(wb.load_study(folder), "students")


CELLS = st.lists(st.tuples(
    st.sampled_from(["eens", "oneens", "weet ik niet", ""]),
    st.lists(st.sampled_from(["coach", "ouder", "Anders"]) | st.text(max_size=5), max_size=3),
    st.floats(allow_nan=False, allow_infinity=False).map(repr) | st.just(""),
    st.text(st.characters(codec="utf-8")),
), min_size=1, max_size=6)


@settings(derandomize=True, max_examples=50, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_writing_and_reading_is_identity(folder, cells):
    source = wb.load_study(folder).source("students")
    rows = [(one, ";".join(two), three, four) for one, two, three, four in cells]
    data = pd.DataFrame(rows, columns=HEADINGS, dtype="str")
    data.index = pd.Index(range(2, len(data) + 2), dtype="int64")
    raw = Raw(data, source, digest(source.path))
    cleaned = wb.clean(raw)
    write_processed(cleaned, raw, folder / "processed")
    back = wb.read_responses(wb.load_study(folder), "students")
    pd.testing.assert_frame_equal(back.data, cleaned.data)
    pd.testing.assert_frame_equal(back.log, log_in_words(cleaned.log, "nl"))
    pd.testing.assert_frame_equal(back.reasons, cleaned.reasons)


STUDY = """
title = "Proef"
[sources.leiders]
files = "raw/leider_*.txt"
format = "txt"
unit = "interview"
synthetic = true
texts = { interviewers = ["Anna Bos"], guide = "raw/guide.csv" }
"""
HULP = {"kind": "open", "label": "Hulp"}
TEAM = {"kind": "nominal", "values": ["zorg", "media"]}
NAAM = {"kind": "nominal", "values": "any", "sensitivity": "identifier"}


@pytest.fixture
def study(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "guide.csv").write_text("id,topic\nL1,Start\n", encoding="utf-8")
    (tmp_path / "raw" / "leider_a.txt").write_text(
        '# team: "x";\nAnna Bos: Hé, 😀 wat?\n## L1\nCor: =1+1, "ja"\nen meer\nAnna Bos: Zo.\n'
        "Cor: NA", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return load_study(tmp_path)


def prepared(study):
    documents = read_documents(study.source("leiders"))
    return documents, write_texts(documents, study.folder / "processed")


def test_texts_are_read_as_they_were_written(study):
    documents, _ = prepared(study)
    back = read_texts(study, "leiders")
    for part in ("texts", "turns", "guide"):
        pd.testing.assert_frame_equal(getattr(back, part), getattr(documents, part))
    assert (back.found, back.source) == (documents.found, documents.source)


def test_names_of_speakers_are_not_written(study):
    documents, files = prepared(study)
    assert documents.names[("leider_a", "Anna Bos")] == "interviewer 1"
    assert not [file for file in files if "Anna" in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("change", ["raw/leider_a.txt", "raw/guide.csv",
                                    "processed/leiders.texts.csv", "processed/leiders.turns.csv",
                                    "processed/leiders.texts.json"])
def test_texts_are_stale_when_something_behind_them_changed(study, change):
    prepared(study)
    with (study.folder / change).open("a", encoding="utf-8") as file:
        file.write("\nx")
    with pytest.raises(DataError, match="leiders: data/processed is not what the raw texts"):
        read_texts(study, "leiders")


def test_texts_are_stale_when_the_study_says_something_else(study):
    prepared(study)
    file = study.folder / "study.toml"
    file.write_text(STUDY.replace('["Anna Bos"]', '["Cor"]'), encoding="utf-8")
    with pytest.raises(DataError, match="Run `wbkit prepare`"):
        read_texts(load_study(study.folder), "leiders")


def test_texts_that_were_not_prepared_are_asked_for(study):
    with pytest.raises(DataError, match=r"not in data/processed. Run `wbkit prepare`"):
        read_texts(study, "leiders")


def students(**fields):
    return answers({"hulp": ["rust", "", None, "rust ", "geld"],
                    "team": ["zorg", "zorg", "media", None, "media"],
                    "naam": ["a", "b", "c", "d", "e"]},
                   items={"hulp": HULP, "team": TEAM, "naam": NAAM}, **fields)


def test_an_open_answer_is_a_text_of_its_unit():
    documents = open_answers(students(), "hulp")
    assert documents.texts[["document", "text", "unit", "team"]].values.tolist() == [
        ["2", "rust", "2", "zorg"], ["5", "rust ", "5", ""], ["6", "geld", "6", "media"]]
    assert repr(documents) == "studenten: 3 studenten, 3 teksten"


def test_identifiers_are_no_attributes():
    assert open_answers(students(), "hulp").attributes == ("team",)


def test_only_the_part_that_is_looked_at_is_taken():
    documents = open_answers(students().where(team="media"), "hulp")
    assert documents.texts["document"].tolist() == ["6"]


def test_words_behind_a_free_option_are_texts():
    item = {"kind": "multiple", "values": ["rooster"], "other": "Anders"}
    data = {"last:rooster": [True, False], "last:other": [False, True],
            "last:other_text": ["", "mijn oude klas"]}
    documents = open_answers(answers(data, items={"last": item}), "last")
    assert documents.texts["text"].tolist() == ["mijn oude klas"]


def test_a_closed_item_holds_no_texts():
    with pytest.raises(DataError, match="team is nominal without a free option"):
        open_answers(students(), "team")


def test_two_documents_with_one_id_are_refused():
    data = pd.DataFrame({"document": ["a", "a"], "text": ["x", "y"]})
    with pytest.raises(DataError, match="1 document with the id of another one"):
        Documents.of(data, transcripts.source())


def test_a_health_item_does_not_stand_beside_an_open_answer():
    items = {"hulp": HULP, "team": TEAM, "moe": TEAM | {"sensitivity": "health"}}
    given = answers({"hulp": ["rust"], "team": ["zorg"], "moe": ["zorg"]}, items=items)
    assert open_answers(given, "hulp").attributes == ("team",)
