from dataclasses import replace

import pandas as pd
import pytest
from builders.tables import IDS, NAN, SCALE, frequencies, source
from hypothesis import given
from hypothesis import strategies as st

from wbkit.errors import DataError
from wbkit.study.item import Item
from wbkit.study.vocabulary import Vocabulary
from wbkit.table.facts import Overlapping, Part
from wbkit.table.table import Table

COUNTS = [4, 12, 31, 101, 50]  # of 198


def groups(**counts):
    return frequencies({("gezien", name): numbers for name, numbers in counts.items()},
                       dimensions=["leerweg"])


def test_dimensions_are_the_columns_that_divide_into_groups():
    assert groups(bol=COUNTS).dimensions == ("leerweg",)
    assert frequencies({"gezien": COUNTS}).dimensions == ()


def test_a_table_is_made_up_when_one_of_its_sources_is():
    real = source(synthetic=False)
    assert frequencies({"gezien": COUNTS}, sources=(real, source())).synthetic
    assert not frequencies({"gezien": COUNTS}, sources=(real,)).synthetic


def test_every_number_has_an_address():
    cells = groups(bbl=COUNTS).cells
    assert list(cells.columns) == ["source", "moment", "item", "measure", "cell", "number"]
    row = cells[(cells["measure"] == "n") & cells["cell"].str.contains("v4")].iloc[0]
    assert row[["source", "item", "cell", "number"]].tolist() == [
        "students", "gezien", "leerweg=bbl; value=v4", 101]


def test_no_two_numbers_have_the_same_address():
    cells = groups(bol=COUNTS, bbl=COUNTS).cells
    assert not cells.duplicated(["source", "moment", "item", "measure", "cell"]).any()
    assert len(cells) == 10 * 5 + 1  # n, base, share, low, high; and all who were looked at
    assert cells["measure"].tolist()[-1] == "base.looked"


def test_the_fingerprint_is_the_same_in_both_languages():
    dutch, english = (frequencies({"gezien": COUNTS}, language=one) for one in ("nl", "en"))
    assert dutch.fingerprint == english.fingerprint
    assert len(dutch.fingerprint) == 12


def test_one_respondent_more_changes_the_fingerprint():
    one = frequencies({"gezien": COUNTS})
    other = frequencies({"gezien": [4, 12, 31, 101, 51]})
    assert one.fingerprint != other.fingerprint


def test_a_hidden_number_leaves_no_trace_in_the_fingerprint():
    table = frequencies({"gezien": [None, None, 31, 101, 50]}, base=198)
    marked = table.data.assign(n=table.data["n"].mask(table.data["state"] == "hidden"))
    assert replace(table, data=marked).fingerprint == table.fingerprint
    assert frequencies({"gezien": [3, None, 31, 101, 50]}, base=198).fingerprint != (
        table.fingerprint)


@given(st.floats(-1e-7, 1e-7))
def test_noise_behind_the_sixth_decimal_does_not_change_the_fingerprint(noise):
    table = frequencies({"gezien": [50, 50, 50, 50, 0]})  # shares of a quarter, and 0
    noisy = table.data.assign(share=table.data["share"] + noise)
    assert replace(table, data=noisy).fingerprint == table.fingerprint


def test_a_comma_in_a_value_does_not_make_two_tables_the_same():
    def listed(first, second):
        data = pd.DataFrame({"value": [first], "code": [second]})
        return Table(data=data, kind="listing")

    assert listed("a,b", "c").fingerprint != listed("a", "b,c").fingerprint


def test_words_of_an_id_are_the_id_where_it_has_none():
    table = frequencies({"gezien": COUNTS})
    assert table.words("value", "v1") == "helemaal oneens"
    assert table.words("value", "v9") == "v9"


def test_a_sentence_has_count_base_and_percentage():
    assert frequencies({"gezien": COUNTS}).sentence("v4") == (
        "101 van de 198 studenten (51,0 %) gaven bij ‘Ik voel mij gezien door mijn coach’ "
        "het antwoord ‘eens’."
    )
    assert frequencies({"gezien": COUNTS}, language="en").sentence("v4") == (
        "101 of the 198 students (51.0%) answered ‘agree’ to ‘I feel seen by my coach’."
    )


def test_a_sentence_about_one_unit_is_singular():
    assert frequencies({"gezien": [1, 11, 31, 7, 50]}).sentence("v1").startswith(
        "1 van de 100 studenten (1,0 %) gaf bij")


def test_a_table_without_a_source_speaks_of_answers():
    words = Vocabulary.of("value", lambda language: dict(zip(IDS, SCALE[language], strict=True)))
    assert "het antwoord ‘v4’" in frequencies({"gezien": COUNTS}, sources=()).sentence("v4")
    told = frequencies({"gezien": COUNTS}, sources=(words,))
    assert "het antwoord ‘eens’" in told.sentence("v4")
    assert "answered ‘agree’" in told.sentence("v4", language="en")


def test_a_sentence_adds_values_up():
    said = frequencies({"gezien": COUNTS}).sentence(["v4", "v5"])
    assert said.startswith("151 van de 198 studenten (76,3 %)")
    assert said.endswith("het antwoord ‘eens’ of ‘helemaal eens’.")


def test_a_sentence_without_a_value_is_about_the_most_frequent_one():
    assert "‘eens’" in frequencies({"gezien": COUNTS}).sentence()


def test_a_sentence_about_a_group_names_it():
    said = groups(bol=COUNTS, bbl=[0, 0, 1, 4, 2]).sentence("v4", leerweg="bbl")
    assert said == ("vooral op het werk: 4 van de 7 studenten gaven bij ‘Ik voel mij gezien door "
                    "mijn coach’ het antwoord ‘eens’.")


def test_a_sentence_names_the_part_that_is_looked_at():
    level = Item(name="niveau", kind="ordinal", values=("2", "3", "4"))
    said = frequencies({"gezien": COUNTS}, items=[level], facts=[Part("niveau", ("2", "3"))])
    assert said.sentence("v4").startswith("niveau: 2 of 3: 101 van de 198")


def test_a_sentence_about_a_hidden_count_says_so():
    table = frequencies({"gezien": [None, None, 31, 101, 50]}, base=198)
    assert table.sentence("v1").startswith("Dit aantal wordt niet getoond")
    assert table.sentence(["v2", "v4"]).startswith("Dit aantal wordt niet getoond")


def test_a_sentence_about_nobody_has_no_percentage():
    said = frequencies({"gezien": [0, 0, 0, 0, 0]}).sentence("v4")
    assert said.startswith("0 van de 0 studenten gaven")


@pytest.mark.parametrize(("value", "more", "words"), [
    ("v9", {}, r"'v9' is not one of the values of this Table \(v1, v2, v3, v4, v5\)"),
    (None, {"item": "tijd"}, "there is no item 'tijd'. There is gezien"),
    (None, {"niveau": "2"}, "there is no niveau '2'. There is leerweg"),
    (None, {"leerweg": "vavo"}, "there is no leerweg 'vavo'. There is bol, bbl"),
    ("v1", {}, r"the Table holds several: bol, bbl. Say which one: sentence\(..., leerweg='bol'"),
])
def test_a_sentence_that_cannot_be_written_says_why(value, more, words):
    table = frequencies({"gezien": COUNTS}) if value == "v9" else groups(bol=COUNTS, bbl=COUNTS)
    with pytest.raises(DataError, match=words):
        table.sentence(value, **more)


def test_a_sentence_about_a_group_of_a_table_without_groups_says_that_it_has_none():
    table = frequencies({"gezien": COUNTS})
    with pytest.raises(DataError, match="no groups, so there is no leerweg 'bol'. Make it with by"):
        table.sentence("v1", leerweg="bol")


def test_answers_of_which_a_unit_can_have_several_are_not_added_up():
    table = frequencies({"gezien": COUNTS}, facts=[Overlapping()])
    with pytest.raises(DataError, match="cannot be added up. Write a sentence for each, or make"):
        table.sentence(["v1", "v2"])


def test_a_sentence_needs_a_frequency_table():
    table = frequencies({"gezien": COUNTS}, kind="crosstab")
    with pytest.raises(DataError, match=r"this is a crosstab. Use frequency\(...\)"):
        table.sentence("v1")


def test_a_table_that_was_made_cannot_be_changed():
    with pytest.raises(AttributeError):
        frequencies({"gezien": COUNTS}).kind = "listing"


def test_an_absent_number_is_written_as_nothing():
    data = pd.DataFrame({"item": ["cijfer"], "estimate": [NAN], "n": [0]})
    table = Table(data=data, kind="estimate")
    assert "nan" not in repr(table).lower()
