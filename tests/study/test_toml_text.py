"""The text of a TOML file that cannot be read: which line, what is wrong, what to do."""

import re
import tomllib
from pathlib import Path

import pytest

from wbkit.study.toml_text import FAULTS, TomlError, loaded_toml

FAULTY = {
    "a": ("Expected '=' after a key in a key/value pair (at end of document)",
          "na een naam hoort een = (aan het eind van het bestand)"),
    "a = 1\nb = x": ("Invalid value (at line 2, column 5)",
                     "deze waarde klopt niet (regel 2, kolom 5)"),
    "[a.c]\n[a.c]": ("Cannot declare a.c twice (at line 2, column 5)",
                     "a.c staat er twee keer (regel 2, kolom 5)"),
    "a = {b=1, b=2}": ("Duplicate inline table key 'b' (at line 1, column 14)",
                       "de naam 'b' staat twee keer tussen { } (regel 1, kolom 14)"),
    "a = " + "9" * 5000: ("a number or a date in it is too large to be read",
                          "er staat een getal of een datum in die te groot is om te lezen"),
    "a = " + "[" * 5000: ("lists or tables stand too deep in each other",
                          "er staan te veel lijsten of tabellen in elkaar"),
}


@pytest.mark.parametrize("text", FAULTY)
@pytest.mark.parametrize(("place", "language"), [(0, "en"), (1, "nl")])
def test_a_fault_says_what_is_wrong_and_where(monkeypatch, text, place, language):
    monkeypatch.setenv("WBKIT_MESSAGES", language)
    with pytest.raises(TomlError) as error:
        loaded_toml(text)
    assert str(error.value) == FAULTY[text][place]


@pytest.mark.parametrize(("text", "advice"), [
    ("a = “x”", "krullende aanhalingstekens"), ("a = \"c:\\q\"", "schrijf / tussen mappen"),
    ("[a]\n[a]", "staat er twee keer"), ("a = [1", "er ontbreekt een aanhalingsteken"),
])
def test_the_advice_is_about_what_stands_in_the_line(monkeypatch, text, advice):
    monkeypatch.setenv("WBKIT_MESSAGES", "nl")
    with pytest.raises(TomlError) as error:
        loaded_toml(text)
    assert advice in error.value.advice


def test_everything_that_tomllib_says_is_known():
    source = Path(tomllib.__file__).with_name("_parser.py").read_text(encoding="utf-8")
    said = re.findall(r'suffixed_err\(\s*src,\s*\w+,\s*f?("(?:[^"\\]|\\.)*")', source)
    shapes = {re.sub(r"\{.*?\}", "{}", fault) for fault in FAULTS}
    assert said
    assert {re.sub(r"\{.*?\}", "{}", one[1:-1].replace(r"\\", "\\")) for one in said} <= shapes


@pytest.mark.parametrize(("language", "fault", "advice"), [
    ("nl", "de tekst in deze regel eindigt niet (regel 1,", "aan het eind van de regel ontbreekt"),
    ("en", "Illegal character '\\n' (at line 1,", "the quote at the end of the line is missing"),
])
def test_a_line_that_lacks_its_last_quote_is_called_so(monkeypatch, language, fault, advice):
    monkeypatch.setenv("WBKIT_MESSAGES", language)
    with pytest.raises(TomlError) as error:
        loaded_toml('title = "Proef\nunit = "student"\n')
    assert str(error.value).startswith(fault)
    assert advice in error.value.advice
