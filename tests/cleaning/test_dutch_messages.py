"""What cleaning says in the language of a Dutch study."""

import pandas as pd
import pytest
from builders.raw import E3, raw
from builders.register import changed, register

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE, _


@pytest.fixture(autouse=True)
def in_dutch(monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")


def refused(act, *given, **named):
    with pytest.raises(wb.DataError) as error:
        act(*given, **named)
    return str(error.value)


def test_all_unknown_answers_are_named_with_where_they_stand_and_what_could_be_meant():
    items = {"gezien": E3, "cijfer": {"kind": "numeric", "range": [1, 10], "missing": ["99"]}}
    given = raw({"gezien": ["eensch", "eens", "eensch"], "cijfer": ["8+", "7", "6"]}, items)
    assert refused(wb.clean, given) == (
        "students (raw/students.xlsx): 2 verschillende antwoorden bij 2 vragen staan niet in "
        "study.toml.\n"
        "  items.gezien: hier mag staan: 'oneens', 'neutraal', 'eens'.\n"
        "    'eensch' 2 keer, rijen 2, 4. "
        'Is het een typefout? Schrijf dan: corrections = { "eensch" = "eens" }.\n'
        "  items.cijfer: hier mag staan: een getal van 1 tot en met 10, of '99'.\n"
        "    '8+' 1 keer, rij 2.\n"
        "Zet voor elk antwoord, bij de vraag in study.toml, het goede antwoord in corrections. "
        "Of voeg het toe aan values, of aan missing als het geen antwoord is."
    )


def test_one_unknown_answer_is_named_as_one():
    assert refused(wb.clean, raw({"gezien": ["ja"]}, {"gezien": E3})).startswith(
        "students (raw/students.xlsx): 1 antwoord staat niet in study.toml.\n")


def test_an_answer_that_could_be_own_words_is_not_shown():
    text = refused(wb.clean, raw({"gezien": ["ik wil hier graag iets vertellen over thuis"]},
                                 {"gezien": E3}))
    assert "••• (43 tekens) 1 keer, rij 2." in text


@pytest.mark.parametrize(("rows", "words"), [
    (changed(1, weg="bol"), "  rijen 2, 3: dezelfde cel (2019, zorg, bol)\n"),
    (changed(0, team=""), "  rij 2: jaar, team, weg moeten allemaal zijn ingevuld\n"),
    (changed(0, traag="10,5"), "  rij 2, traag: 10,5 is geen aantal\n"),
    (changed(2, traag="9"), "  rij 4: traag (9) is groter dan alle (8)\n"),
])
def test_counts_that_cannot_be_right_are_refused(rows, words):
    assert words in refused(wb.clean, register(rows=rows))


def test_a_decimal_comma_that_the_whole_file_uses_is_no_change():
    found = (_("decimal comma in {columns}", columns="cijfer"),)
    assert found == ("decimale komma in cijfer",)
    given = raw({"cijfer": ["7,5"]}, {"cijfer": {"kind": "numeric"}}, found=found)
    assert wb.clean(given).log.empty


def test_a_column_that_points_to_a_person_is_refused():
    given = raw({"contact": ["a@b.nl", "c@d.nl"]}, {"contact": {"kind": "open"}})
    assert "in de kolom 'contact' staan e-mailadressen. Schrijf sensitivity" in refused(
        wb.clean, given)


@pytest.mark.parametrize(("items", "words"), [
    ({"gezien": E3}, "er is geen kolom 'gezien' voor de vraag gezien. Wel zijn er: h:a. Kies een"),
    ({"h": {"kind": "multiple", "values": ["a"]}}, "kolom 'h:a': 1 cel is niet waar en niet onw"),
])
def test_a_dataframe_that_does_not_fit_is_refused(items, words):
    assert words in refused(wb.responses, pd.DataFrame({"h:a": ["misschien"]}), unit="student",
                            items=items)
