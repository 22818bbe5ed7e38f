"""What reading says in the language of a Dutch study."""

import pytest
from builders.files import write_text
from builders.raw import E3, source

import wbkit as wb
from wbkit.messages import MESSAGES_VARIABLE

ITEMS = {"gezien": E3, "cijfer": {"kind": "numeric"}}


@pytest.fixture(autouse=True)
def in_dutch(monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")


def described(folder, text):
    write_text(folder / "raw/s.csv", text)
    return source(ITEMS, folder=folder, file="raw/s.csv", format="csv")


def refused(given):
    with pytest.raises(wb.DataError) as error:
        wb.read_source(given)
    return str(error.value)


def test_what_was_found_is_said(tmp_path):
    raw = wb.read_source(described(tmp_path, "gezien;cijfer;klas\neens;7,5;a\n;;\noneens;6;b\n"))
    assert raw.found == ("UTF-8", "scheidingsteken puntkomma", "1 lege rij is overgeslagen",
                         "decimale komma in cijfer", "niet gebruikt, want geen vraag noemt ze: "
                         "'klas'")


def test_a_decimal_comma_that_was_found_is_no_change(tmp_path):
    assert wb.clean(wb.read_source(described(tmp_path, "gezien;cijfer\neens;7,5\n"))).log.empty


@pytest.mark.parametrize(("text", "words"), [
    ("gezien;cijfer\neens;7\noneens\n", "de koppen vormen 2 cellen, maar rij 3 heeft er 1."),
    ('gezien;cijfer\neens;"7\n', "s.csv), regel 2: een dubbel aanhalingsteken heeft geen einde."),
    ("gezien;cijfer\n", "er staan koppen in, maar geen antwoorden. Er hoort één rij te zijn per"),
    ("gezien;punt\neens;7\n", "1 kop uit study.toml staat niet in het bestand; het bestand heeft "
     "2 koppen.\n  items.cijfer: 'cijfer' staat er niet."),
    (" ", "is leeg. Er horen koppen en antwoorden in te staan. Exporteer het opnieuw."),
])
def test_what_cannot_be_read_is_refused(tmp_path, text, words):
    assert words in refused(described(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path):
    given = described(tmp_path, "x")
    given.path.unlink()
    assert refused(given) == (
        f"students (raw/s.csv): in de map {tmp_path / 'raw'} staat dit bestand niet. Zet de export "
        "daar, of verbeter file van deze bron in study.toml.")


def test_a_message_is_worded_in_the_language_that_is_spoken_when_it_is_shown(tmp_path, monkeypatch):
    with pytest.raises(wb.DataError) as error:
        wb.read_source(described(tmp_path, "gezien;cijfer\n"))
    monkeypatch.setenv(MESSAGES_VARIABLE, "en")
    assert "holds headings and no answers" in str(error.value)
