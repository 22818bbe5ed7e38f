"""Every quotation in a report stands in a text, or the table says what differs."""

import pytest
from builders import transcripts

from wbkit.coding.quote_check import check_quotes
from wbkit.errors import CodingError

TEXT = ("TL: Bij ons coacht iedereen. Punt. Dat is, zeg ik altijd, van iedereen.\n"
        "TL: Voor corona stonden er bij de opening altijd vaders en moeders in de gang. "
        "Nu niemand.")


def finding(report, text=TEXT, **fields):
    table = check_quotes(report, transcripts.documents("niets te zien hier", text, **fields))
    return [[row.state_of_quote, row.document, table.words("differences", row.differences)]
            for row in table.data.itertuples()]


@pytest.mark.parametrize(("report", "expected"), [
    ("“Bij ons coacht iedereen. Punt.”", ["exact", "2", ""]),
    ("'bij ons coacht iedereen'", ["exact", "2", ""]),
    ('"Bij ons  coacht\niedereen, punt."', ["exact", "2", ""]),
    ("> Voor corona stonden er bij de opening\n> altijd vaders", ["exact", "2", ""]),
    ("“Voor corona stonden er […] vaders en moeders in de gang”", ["marked", "2", ""]),
    ("“Voor corona stonden er [elke keer] vaders en moeders”", ["marked", "2", ""]),
    ("„Nu niemand … bij ons coacht iedereen”", ["moved", "2", ""]),
    ("“Voor corona stonden er altijd vaders en moeders in de gang”",
     ["changed", "2", "zonder teken weggelaten: bij de opening"]),
    ("“Voor corona stonden er bij de deur altijd vaders en moeders”",
     ["changed", "2", "deur → opening"]),
    ("“Bij ons coacht bijna iedereen. Punt.”", ["changed", "2", "toegevoegd: bijna"]),
    ("“De school heeft daar geen geld voor over”", ["absent", "", ""]),
])
def test_a_quotation_is_looked_up(report, expected):
    assert finding(report) == [expected]


def test_terms_between_quotation_marks_are_not_looked_up():
    report = "Dit heet ‘coachrol’. “Bij ons coacht iedereen.”"
    table = check_quotes(report, transcripts.documents(TEXT))
    assert len(table.data) == 1
    assert "1 citaten van minder dan 4 woorden" in table.show().base


def test_the_line_of_the_report_is_given():
    table = check_quotes("Eerst dit.\n\n“Bij ons coacht iedereen.”", transcripts.documents(TEXT))
    assert table.data["line"].tolist() == [3]


def test_words_of_real_people_are_not_repeated():
    assert finding("“Bij ons coacht bijna iedereen. Punt.”", synthetic=False) == [
        ["changed", "2", "1 plaatsen verschillen"]]


def test_what_differs_is_said_in_both_languages():
    table = check_quotes("“Bij ons coacht bijna iedereen. Punt.”", transcripts.documents(TEXT))
    assert table.data["differences"].tolist() == ["bijna →"]
    assert "toegevoegd: bijna" in repr(table.show("nl"))
    assert "added: bijna" in repr(table.show("en"))


def test_a_report_without_documents_gets_a_message():
    with pytest.raises(CodingError, match="at least one Documents"):
        check_quotes("“a b c d”", [])
