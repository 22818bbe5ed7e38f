"""Numbers and addresses are known by their form, and dates, years and amounts are not touched."""

import re

import pytest

from wbkit.text.identifying import certain_in, with_marks
from wbkit.text.identifying_numbers import checked_number, numbers_in


def masked(text, own=None):
    hits = certain_in(text, own=own)
    return with_marks(text, hits), len(hits)


@pytest.mark.parametrize(("text", "after"), [
    ("mail jan.devries@student.linde.nl even", "mail [e-mailadres] even"),
    ("Bel 06-12345678.", "Bel [telefoonnummer]."),
    ("Bel 06 12 34 56 78", "Bel [telefoonnummer]"),
    ("Bel 0612 345 678", "Bel [telefoonnummer]"),
    ("+31 6 1234 5678 is van mij", "[telefoonnummer] is van mij"),
    ("thuis (020) 123 45 67", "thuis [telefoonnummer]"),
    ("0345-123456", "[telefoonnummer]"),
    ("ik woon op 1234 AB 12", "ik woon op [adres]"),
    ("op 1234ab, 12a", "op [adres]"),
    ("Lange Kerkstraat 12, 1234 AB in Utrecht", "[adres], [postcode] in Utrecht"),
    ("bij Kerkstraat 12", "bij [adres]"),
    ("bij Dam 12, 1234 AB", "bij [adres]"),
    ("op de Hoofdweg 12345", "op de [adres]"),
    ("Mail (AT) jan(at)linde.nl", "Mail (AT) [e-mailadres]"),
    ("op JAN(AT)LINDE.NL", "op [e-mailadres]"),
    ("..jan@linde.nl", "[e-mailadres]"),
    ("06 12 34 56 78 2022", "[telefoonnummer] 2022"),
    ("+31612345678 8 keer", "[telefoonnummer] 8 keer"),
    ("06-12-203456", "[telefoonnummer]"),
    ("Kerkstraat 12 s.r@linde.nl", "[adres] [e-mailadres]"),
    ("leerlingnr. 4711", "leerlingnr. [studentnummer]"),
    ("mijn studentnummer is 0961234", "mijn studentnummer is [studentnummer]"),
])
def test_plain_forms_become_a_mark(text, after):
    assert masked(text) == (after, after.count("["))


@pytest.mark.parametrize("text", [
    "", "op 06-05-2022 om 12 uur", "van 2019 tot 2022 en 3 keer", "een 8,5 van de 10",
    "Onderweg 2 uur in de trein", "de helpdesk: 14 020", "ik heb 12345 stappen gezet",
    "@docent luister eens", "12:30 tot 13:45", "10 000 000 000", "bedrag 1.234.567.890",
])
def test_dates_years_and_amounts_stay(text):
    assert masked(text) == (text, 0)


def test_what_needs_a_word_around_it_is_left_to_a_person():
    text = "bel 123456 op 12 maart 2005, kenteken 12-ab-34"
    assert masked(text) == (text, 0)
    assert {one.kind for one in numbers_in(text)} == {"TEL", "DATUM", "KENTEKEN"}


def test_a_declared_number_is_masked():
    own = re.compile(r"\b(?:[0-9]{7})\b")
    assert masked("ik ben 0961234, niet 12", own) == ("ik ben [studentnummer], niet 12", 1)
    assert masked("bel 020-1234567", own) == ("bel [telefoonnummer]", 1)


@pytest.mark.parametrize("pattern", [".*", "[0-9]+", "[0-9]{2,4}", "[a-z]+"])
def test_a_pattern_that_fits_ordinary_text_is_refused(pattern):
    with pytest.raises(ValueError, match=r"also fits ordinary words .* Write \[0-9\]\{7\}"):
        checked_number(pattern)


def test_a_pattern_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"is no pattern: .* Write \[0-9\]\{7\}"):
        checked_number("[0-9")
