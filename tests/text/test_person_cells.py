"""What cells show of a person: numbers that add up, addresses, and what is written as a name."""

import pytest

from wbkit.text.person_cells import (
    given,
    holds_names,
    is_bsn,
    is_iban,
    is_ip,
    is_name,
    is_ordinary,
    may_be_name,
    may_hold_names,
    personal_form,
)


@pytest.mark.parametrize(("cell", "right"), [
    ("111222333", True), ("123456782", True),  # examples of the tax office, which nobody has
    ("111222334", False), ("123456789", False), ("000000000", False), ("12345678", False),
])
def test_a_bsn_passes_the_eleven_test(cell, right):
    assert is_bsn(cell) is right


@pytest.mark.parametrize(("cell", "right"), [
    # The examples of ISO 13616 for the Netherlands, Germany and the United Kingdom.
    ("NL91 ABNA 0417 1643 00", True), ("DE89370400440532013000", True),
    ("GB29NWBK60161331926819", True), ("NL91ABNA0417164301", False), ("NL91", False),
])
def test_an_iban_leaves_one(cell, right):
    assert is_iban(cell) is right


@pytest.mark.parametrize(("cell", "right"), [
    ("145.90.12.3", True), ("2001:db8::1", True), ("1.0.2.1", False), ("300.1.1.1", False),
])
def test_an_internet_address_is_no_number_of_a_version(cell, right):
    assert is_ip(cell) is right


@pytest.mark.parametrize("cell", [
    "Ada Bedenksel", "Sanne de Vries", "Vries, Sanne de", "Bakker, K.", "S. de Vries",
    "J.P. Jansen", "mevr. Bakker", "dhr. Özdemir", "Juf Els", "Youssef El Amrani", "fatima", "Mark",
    "Noor", "Anne-Marie Smit", "Lotte Vermaas ZK1A", "Lotte Vermaas (17)",
])
def test_what_is_written_as_a_name_is_one(cell):
    assert is_name(cell) and may_be_name(cell) | any(map(str.isdigit, cell))


@pytest.mark.parametrize("cell", [
    "Verpleegkunde", "Sociaal Werk", "Deltion College", "kok", "groen", "mark", "Utrecht", "ZK1A",
    "Docent Nederlands", "de lessen zijn leuk", "", "7", "Teams",
])
def test_a_word_of_school_is_no_name(cell):
    assert not is_name(cell)


def test_a_name_that_nobody_knows_may_be_one_where_a_name_was_asked():
    assert may_be_name("Kwestro") and may_be_name("van Xylo")
    assert not may_be_name("techniek") and not may_be_name("Techniek")
    assert not may_be_name("Ik heb geen coach op deze school")
    assert is_ordinary("Team Zorg") and not is_ordinary("Frans Zorgman")


def test_a_column_of_names_holds_names_and_a_column_of_months_does_not():
    assert holds_names(["Sanne", "Bilal", "Daan", "Kwestro"])
    assert not holds_names(["Jan", "Feb", "Mrt", "Apr", "Mei"])
    assert may_hold_names(["Kwestro", "Xylo", "geen"]) and not may_hold_names(["", "geen"])


@pytest.mark.parametrize(("cells", "form"), [
    (["0612345678", "+31 6 1234 5679", "geen"], "phone"), (["a@x.nl", "", "nee"], "email"),
    (["1234 AB", "8021CD 12"], "postcode"), (["2023 AB", "2024 BC"], ""), (["1234", "8021"], ""),
    (["111222333", "123456782"], "bsn"), (["111222333", "111222334"], ""), (["", ""], ""),
    (["52.09123, 5.12142"], "coordinate"), (["R_a85884086226abc"], "panel_id"),
    (["meer groen", "bel 0612345678"], ""),
])
def test_most_cells_decide_what_a_column_is(cells, form):
    assert personal_form(cells) == form


def test_who_gives_nothing_is_not_counted():
    assert given([" a ", "", "Anonymous", "weet ik niet.", "n.v.t."]) == ["a"]
