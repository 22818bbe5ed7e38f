"""Texts come back from data/processed as they went in, or not at all."""

import pandas as pd
import pytest
from builders import transcripts
from builders.responses import answers

from wbkit.cleaning.open_text import open_answers
from wbkit.data.documents import Documents
from wbkit.errors import DataError
from wbkit.intake.documents import read_documents
from wbkit.intake.processed import read_texts, write_texts
from wbkit.study.study import load_study

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
    with pytest.raises(DataError, match="1 documents have the id of another one"):
        Documents.of(data, transcripts.source())


def test_a_health_item_does_not_stand_beside_an_open_answer():
    items = {"hulp": HULP, "team": TEAM, "moe": TEAM | {"sensitivity": "health"}}
    given = answers({"hulp": ["rust"], "team": ["zorg"], "moe": ["zorg"]}, items=items)
    assert open_answers(given, "hulp").attributes == ("team",)
