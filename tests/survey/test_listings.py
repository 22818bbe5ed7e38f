"""Lists that hold no people."""

import pytest
from builders.responses import answers

import wbkit as wb

ITEMS = {"naam": {"kind": "open", "label": {"nl": "Naam", "en": "Name"}},
         "soort": {"kind": "nominal", "values": ["a", "b"], "value_labels": {"nl": ["A!", "B!"]}}}
DATA = {"naam": ["een", "twee"], "soort": ["a", "b"]}


def made(**fields):
    fields = {"kind": "list", "public": True, "synthetic": False, "design": None} | fields
    return answers(DATA, items=ITEMS, **fields)


def test_a_list_is_shown_as_it_stands_with_its_words():
    table = wb.listing(made(), ["naam", "soort"])
    assert list(table.data["naam"]) == ["een", "twee"]
    assert "B!" in repr(table) and table.base == "2 studenten."


def test_a_part_of_a_list_says_which_part_it_is():
    table = wb.listing(made().where(soort="b"), ["naam"])
    assert list(table.data["naam"]) == ["twee"]
    assert table.base == "1 student. Alleen soort: B!."


def test_counts_of_a_list_do_not_speak_of_asking():
    table = wb.frequency(made(), "soort")
    assert table.base == "Basis: 2 van de 2 studenten." and table.basis == ""
    assert table.sentence("a") == "Bij 1 van de 2 studenten staat bij ‘soort’: ‘A!’."


@pytest.mark.parametrize("fields", [{"kind": "survey"}, {"public": False}])
def test_rows_of_people_are_never_shown(fields):
    with pytest.raises(wb.DisclosureError, match="rows of people are never shown"):
        wb.listing(made(**fields), ["naam"])


def test_a_list_without_columns_is_refused():
    with pytest.raises(wb.DataError, match="no item cannot be a column of a list"):
        wb.listing(made(), [])
