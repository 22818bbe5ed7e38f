"""Answers that the study does not know."""

import pytest
from builders.raw import E3, raw

import wbkit as wb

FIELDS = {"gezien": E3}


def message(cells, *, items=None):
    with pytest.raises(wb.DataError) as error:
        wb.clean(raw({"gezien": cells}, items or FIELDS))
    return str(error.value)


def test_only_the_first_rows_are_listed():
    assert "'ja' 5 times, rows 2, 3, 4 and 2 more." in message(["ja"] * 5)


def test_more_than_40_different_answers_are_only_counted():
    text = message([f"antwoord {number}" for number in range(41)])
    assert "41 different answers, 41 times, rows 2, 3, 4 and 38 more: is this an open" in text
    assert "antwoord 7" not in text


def test_a_long_answer_is_not_shown():
    text = message(["ik wil hier graag iets heel persoonlijks vertellen over wat er thuis speelt"])
    assert "••• (75 characters) once, row 2." in text
    assert "persoonlijks" not in text


def test_an_answer_is_cut_at_40_characters():
    assert f"'{'x' * 39}…' once" in message(["x" * 50])


def test_values_of_an_identifier_are_not_shown():
    items = {"gezien": E3 | {"sensitivity": "identifier"}, "klas": {"kind": "open"}}
    with pytest.raises(wb.DataError) as error:
        wb.clean(raw({"gezien": ["Jo"], "klas": ["a"]}, items))
    assert "1 different answer, 1 time, row 2" in str(error.value)
    assert "Jo" not in str(error.value)


def test_own_words_behind_anders_never_stop_and_never_show():
    items = {"hulp": {"kind": "multiple", "values": ["plannen"], "other": "Anders"}, "gezien": E3}
    with pytest.raises(wb.DataError) as error:
        wb.clean(raw({"hulp": ["mijn moeder is ziek"], "gezien": ["ja"]}, items))
    assert "'ja' once, row 2" in str(error.value)
    assert "moeder" not in str(error.value)


def test_a_correction_to_something_unknown_is_named():
    assert "'een" in message(["eensch"], items={"gezien": E3 | {"corrections": {"eensch": "een"}}})


def test_an_empty_correction_removes_an_answer():
    items = {"gezien": E3 | {"corrections": {"?": ""}}, "klas": {"kind": "open"}}
    cleaned = wb.clean(raw({"gezien": ["?"], "klas": ["a"]}, items))
    assert cleaned.state("gezien").tolist() == ["no_answer"]
    assert cleaned.log.iloc[0].tolist() == [2, "gezien", "?", "", "correction"]


def test_advice_can_be_pasted_into_study_toml():
    assert r'corrections = { "\"eens\\" = "eens" }' in message(['"eens\\'])


@pytest.mark.parametrize("kind", ["nominal", "ordinal"])
def test_a_band_of_which_excel_made_a_date_is_recognised(kind):
    items = {"gezien": {"kind": kind, "values": ["0", "1-2", "3-5", "6 of meer"]}}
    text = message(["0", "2026-02-01", "2026-05-03"], items=items)
    assert ("'2026-02-01' once, row 3. Excel made a date of it: was it 1-2? "
            'If so: corrections = { "2026-02-01" = "1-2" }.') in text
    assert "was it 3-5?" in text
    assert "Excel" not in message(["2026-02-01"])


def test_own_words_in_a_closed_item_are_not_shown():
    items = {"gezien": E3}
    words = "vraag het maar aan Fatima de Vries"
    with pytest.raises(wb.DataError) as caught:
        wb.clean(raw({"gezien": [words, "eenz"]}, items))
    assert "Fatima" not in str(caught.value) and "'eenz'" in str(caught.value)
