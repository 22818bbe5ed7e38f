"""Own words: real people's are masked, and what is known of a text becomes an answer."""

from dataclasses import replace

import pandas as pd
import pytest
from builders import transcripts
from builders.raw import raw

import wbkit as wb
from wbkit.cleaning.open_text import document_variables
from wbkit.data.documents import Documents
from wbkit.errors import DataError, StudyError
from wbkit.study.item import SPECIAL
from wbkit.study.study import load_study
from wbkit.survey.frequency import frequency

ITEMS = {"idee": {"kind": "open"},
         "hulp": {"kind": "nominal", "values": ["coach"], "other": "Anders"},
         "naam": {"kind": "open", "column": "Hoe heet je?", "sensitivity": "identifier"}}
COLUMNS = {"idee": ["vraag Fatima maar: f@linde.nl", "meer groen", "Bel 06-12345678 of 0612345679"],
           "hulp": ["Anders: mijn buurvrouw Fatima", "coach", "Anders: niemand"],
           "Hoe heet je?": ["Fatima el Amrani", "Bo", "Cas"]}


def cleaned(**fields):
    return wb.clean(raw(COLUMNS, ITEMS, **({"synthetic": False} | fields)))


def lines(responses):
    mine = responses.log[responses.log["rule"].str.contains("masked")]
    return mine[["row", "item", "before", "after", "rule"]].to_numpy().tolist()


def test_open_answers_and_words_behind_a_list_are_masked():
    given = cleaned()
    assert given.data["idee"].tolist() == [
        "vraag [naam] maar: [e-mailadres]", "meer groen",
        "Bel [telefoonnummer] of [telefoonnummer]"]
    assert given.data["hulp:other_text"].tolist() == ["mijn buurvrouw [naam]", "", "niemand"]


def test_each_mask_has_a_line_in_the_log_that_shows_nothing():
    assert lines(cleaned()) == [
        [2, "idee", "•••", "•••", "e-mail address masked"],
        [2, "idee", "•••", "•••", "name masked"],
        [2, "hulp", "•••", "•••", "name masked"],
        [4, "idee", "•••", "•••", "phone number masked"],
        [4, "idee", "•••", "•••", "phone number masked"],
    ]


def test_made_up_data_stay_and_the_log_says_what_was_seen():
    given = cleaned(synthetic=True)
    assert given.data["idee"].tolist() == COLUMNS["idee"]
    assert {line[4] for line in lines(given)} == {"points to a person, not masked in made-up data"}


def test_published_data_stay():
    given = cleaned(public=True)
    assert given.data["idee"].tolist() == COLUMNS["idee"]
    assert lines(given) == []


def test_the_column_of_names_that_an_export_adds_says_which_names_count():
    answers = {"idee": ["Noor helpt mij"], "Naam": ["Noor Bakker"]}
    items = {"idee": {"kind": "open"}}
    given = wb.clean(raw(answers, items, ids={"name": "Naam"}, synthetic=False))
    assert given.data["idee"].tolist() == ["[naam] helpt mij"]


def test_an_answer_to_choose_from_is_no_name_and_half_of_the_answers_stays():
    answers = {"Naam": ["Techniek", "Sara", "Zorg", "Lunapark"], "team": ["Lunapark"] * 4,
               "idee": ["Bij Techniek duren lessen lang", "Met Sara is het leuk",
                        "Meer Zorg voor elkaar", "Ik zit bij Lunapark"]}
    items = {"naam": {"kind": "open", "column": "Naam", "sensitivity": "identifier"},
             "idee": {"kind": "open"}, "team": {"kind": "nominal", "values": ["Lunapark"]}}
    assert wb.clean(raw(answers, items, synthetic=False)).data["idee"].tolist() == [
        "Bij Techniek duren lessen lang", "Met [naam] is het leuk", "Meer Zorg voor elkaar",
        "Ik zit bij Lunapark"]


def test_a_name_that_nobody_knows_is_masked_unless_the_texts_use_it_as_a_word():
    answers = {"Naam": ["Kwestro", "Rooster"], "idee": ["Vraag het Kwestro", "Zo een rooster"]}
    items = {"naam": {"kind": "open", "column": "Naam", "sensitivity": "identifier"},
             "idee": {"kind": "open"}}
    assert wb.clean(raw(answers, items, synthetic=False)).data["idee"].tolist() == [
        "Vraag het [naam]", "Zo een rooster"]


LINKED = {"nr": {"kind": "open", "sensitivity": "identifier", "link": "hash"},
          "idee": {"kind": "open"}}


def codes(numbers, key=b"k" * 32):
    given = raw({"nr": numbers, "idee": ["a"] * len(numbers)}, LINKED, synthetic=False)
    return wb.clean(replace(given, key=key))


def test_a_linked_number_becomes_a_code_that_another_key_does_not_give():
    # printf s123 | openssl dgst -sha256 -mac HMAC -macopt hexkey:6b...6b (32 times)
    given = codes(["S 123", "s123", "124", "", "geen"])
    first, same, other, *none = given.data["nr"].tolist()
    assert first == same == "27ca99bc31e7c02f" and other != first and none == ["", ""]
    assert codes(["s123"], b"x" * 32).data["nr"].tolist() != [first]
    assert given.source.items["nr"].sensitivity == "none"


def test_a_linked_number_stands_in_no_log():
    given = codes([" 4711"])
    assert "4711" not in given.log.to_string() + given.data.to_string()


def test_a_linked_number_without_a_key_is_refused():
    with pytest.raises(DataError, match=r'items.nr: link = "hash" needs the key .*read_source'):
        codes(["1"], b"")


def test_only_an_identifier_is_linked():
    with pytest.raises(ValueError, match=r'link = "hash" is for an open item that is'):
        raw({"nr": ["1"]}, {"nr": {"kind": "open", "link": "hash"}})


def test_somebody_elses_name_is_masked_too():
    answers = {"Wie is jouw coach?": ["Petra Smit", "Hans"], "idee": ["Petra helpt", "niks"]}
    items = {"coach": {"kind": "open", "column": "Wie is jouw coach?",
                       "sensitivity": "identifier"}, "idee": {"kind": "open"}}
    given = wb.clean(raw(answers, items, synthetic=False))
    assert given.data.to_numpy().tolist() == [["[naam] helpt"], ["niks"]]
    assert "Petra" not in given.log.to_string()


@pytest.mark.parametrize("category", SPECIAL)
def test_a_special_category_never_stands_beside_own_words(category):
    answers = {"idee": ["meer groen"], "team": ["Zorg"], "gevoelig": ["ja"]}
    closed = {"kind": "nominal", "values": "any"}
    items = {"idee": {"kind": "open"}, "team": closed,
             "gevoelig": closed | {"sensitivity": category}}
    assert wb.open_answers(wb.clean(raw(answers, items)), "idee").attributes == ("team",)


def test_a_declared_student_number_is_masked():
    answers, items = {"idee": ["ik ben 0961234"]}, {"idee": {"kind": "open"}}
    given = wb.clean(raw(answers, items, synthetic=False, personal_number="[0-9]{7}"))
    assert given.data["idee"].tolist() == ["ik ben [studentnummer]"]


def test_a_sweeping_pattern_is_refused_with_its_place(tmp_path):
    (tmp_path / "study.toml").write_text(
        'title = "Proef"\n[sources.s]\nfile = "a.csv"\nformat = "csv"\nunit = "student"\n'
        'synthetic = false\npersonal_number = "[0-9]+"\n')
    with pytest.raises(StudyError, match=r"sources.s.personal_number: .* also fits ordinary"):
        load_study(tmp_path)


def test_a_message_about_an_unknown_answer_shows_no_address():
    items = {"hulp": {"kind": "nominal", "values": ["coach"]}}
    with pytest.raises(DataError, match=r"••• \(10 characters\) once, row 2") as fault:
        wb.clean(raw({"hulp": ["f@linde.nl", "coach", "coach"]}, items))
    assert "linde.nl" not in str(fault.value)


KNOWN = {"herkend": {"name": "herkend", "kind": "ordinal", "values": ["nee", "ja"]}}


def sheets(*recognised, unit=None, **fields):
    data = pd.DataFrame({"document": [str(at) for at in range(1, len(recognised) + 1)],
                         "text": "x", "herkend": list(recognised)})
    data = data.assign(**({"unit": unit} if unit else {}))
    return Documents.of(data, transcripts.source(**{"unit": "sheet", "items": KNOWN} | fields))


def test_texts_are_counted_by_what_is_known_of_them():
    table = frequency(document_variables(sheets("ja", "", "nee", "ja")), "herkend")
    assert table.data[["value", "n", "base"]].values.tolist() == [["nee", 1, 3], ["ja", 2, 3]]


def test_an_unknown_value_is_refused():
    with pytest.raises(DataError, match="'misschien', which is not one of its values"):
        document_variables(sheets("misschien"))


def test_attributes_have_to_be_described():
    with pytest.raises(DataError, match="there is no attribute of its texts that is described"):
        document_variables(sheets("ja", items={}))
    tafel = {"tafel": {"name": "tafel", "kind": "nominal", "values": ["A"]}}
    with pytest.raises(DataError, match="tafel is no attribute.*the texts have herkend"):
        document_variables(sheets("ja", items=tafel))


def test_a_unit_with_two_texts_is_refused():
    with pytest.raises(DataError, match="several texts are of one sheet"):
        document_variables(sheets("ja", "nee", unit=["a", "a"]))
