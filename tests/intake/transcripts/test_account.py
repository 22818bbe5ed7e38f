"""What is not accounted for is told: a check on the reader itself."""

import pandas as pd
from builders import transcripts

from wbkit.data.documents import READING_COLUMNS, no_rows
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
