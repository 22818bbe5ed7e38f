"""What is not accounted for is told: a check on the reader itself."""

import pandas as pd
from builders import transcripts

from wbkit.data.documents import READING_COLUMNS, no_rows
from wbkit.intake.documents import read_documents
from wbkit.intake.transcripts.account import Account, findings
from wbkit.intake.transcripts.lines import Left
from wbkit.intake.transcripts.turns import Talk


def test_words_that_are_nowhere_are_told():
    told = Talk("drie woorden hier", no_rows(("speaker",)), said=3)
    account = Account.of("a", told, 5, [Left("page head", 1)])
    assert account.missing == 2
    assert list(findings(told, transcripts.source(), account)) == [
        "2 words of the file are in no turn and in no note. Compare it with its text."]
    whole = Account.of("a", told, 3, [Left("page head", 1)])
    assert list(findings(told, transcripts.source(), whole)) == []


def test_an_account_has_a_row_for_each_part():
    told = Talk("drie woorden hier", no_rows(("speaker",)), said=3, mended=1,
                left=(Left("line number", 2, 2),))
    data = Account.of("a", told, 5, [Left("page head", 1)]).data
    assert tuple(data.columns) == READING_COLUMNS
    assert data[["part", "what", "words", "pieces"]].to_numpy().tolist() == [
        ["file", "none", 6, 1], ["turns", "", 3, 0], ["left_out", "line number", 2, 2],
        ["left_out", "page head", 1, 1], ["repaired", "broken word", 0, 1]]
    assert data["score"].tolist()[:1] == [0.0]
    assert pd.isna(data["score"][1:]).all()


def test_a_file_in_which_an_interviewer_speaks_by_another_label_has_no_finding(tmp_path):
    talk = "Interviewer: Hoe gaat het?\nR: Goed.\nInterviewer: En nu?\nR: Beter.\n"
    for name, words in (("a", talk), ("b", talk.replace("Interviewer", "AB"))):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    source = transcripts.source(folder=tmp_path, file="*.txt", format="txt",
                                texts={"interviewers": ["AB"]})
    assert [one for one in read_documents(source).found if "UTF-8" not in one] == []
    lone = transcripts.source(folder=tmp_path, file="b.txt", format="txt",
                              texts={"interviewers": ["XY"]})
    assert any("none of the interviewers" in one for one in read_documents(lone).found)
