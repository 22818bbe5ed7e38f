"""Messages: English in the code, Dutch in one catalogue, worded when they are shown."""

import pickle
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
import typer.rich_utils
from builders.catalogue import catalogue

import wbkit as wb
from wbkit import messages
from wbkit.errors import DataError
from wbkit.messages import (
    LANGUAGE_VARIABLE,
    MESSAGES_VARIABLE,
    Told,
    _,
    counted,
    speak,
    spoken,
)

DUTCH = catalogue.read_catalogue()


def fields(text):
    """Return the values that a message names, with how each is written."""
    return {(name, conversion or "", form or "")
            for __, name, form, conversion in string.Formatter().parse(text) if name is not None}


def test_every_message_has_dutch_and_none_is_stale():
    known = {entry.id for entry in catalogue.entries(DUTCH)}
    inside = {entry.id for entry in catalogue.entries(catalogue.extracted())}
    assert inside - known == set(), "give: python tools/catalogue.py, and translate these"
    assert known - inside == set(), "give: python tools/catalogue.py"
    assert [entry.id for entry in catalogue.untranslated(DUTCH)] == []
    assert [entry.id for entry in catalogue.entries(DUTCH) if entry.fuzzy] == []


def test_every_way_of_handing_over_a_sentence_is_found():
    assert list(catalogue.sentences("""
A = mark("a constant")
@command(app)
def run():
    \"""Run it.\"""
    raise DataError(_("in two "
                      "pieces, {n}", n=n))
    say(f"{_('inside')} {counted(n, 'row', 'rows')}" + _(A))
""")) == ["a constant", "Run it.", "in two pieces, {n}", "inside", ("row", "rows")]


def test_a_message_without_dutch_is_found():
    made = catalogue.read_catalogue(Path("there is no such file"))
    made.add("{n} rows are left", "")
    made.add(("row", "rows"), ("rij", ""))
    made.add("all is well", "alles is in orde")
    assert [entry.id for entry in catalogue.untranslated(made)] == [
        "{n} rows are left", ("row", "rows")]


def test_the_compiled_catalogue_is_that_of_the_text():
    assert catalogue.PO.with_suffix(".mo").read_bytes() == catalogue.as_mo(DUTCH)
    assert catalogue.PO.read_bytes() == catalogue.as_po(catalogue.renewed(DUTCH))


def test_dutch_names_the_same_values_as_english():
    assert [entry.id for entry in catalogue.entries(DUTCH)
            if not isinstance(entry.id, tuple) and "{" in entry.id
            and fields(entry.string) != fields(entry.id)] == []


def test_numbers_and_plurals_are_right_in_both_languages():
    row = counted(1, "row", "rows"), counted(2, "row", "rows"), counted(0, "row", "rows")
    assert list(row) == ["1 row", "2 rows", "0 rows"]
    assert [one.again("nl") for one in row] == ["1 rij", "2 rijen", "0 rijen"]


def test_a_number_that_is_written_out_has_the_marks_of_the_language(monkeypatch):
    told = Told("{share:.2f} of {n:,}, {raw}, {code!r}", {
        "share": 0.25, "n": 12345, "raw": 0.5, "code": "a.b"})
    assert told.again("en") == "0.25 of 12,345, 0.5, 'a.b'"
    assert told.again("nl") == "0,25 of 12.345, 0.5, 'a.b'"


def test_a_path_is_shown_from_the_folder_where_the_command_is_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside, outside = tmp_path / "data" / "raw", tmp_path.parent / "x.csv"
    assert Told("{path}", {"path": inside}) == str(Path("data", "raw"))
    assert Told("{path}", {"path": outside}) == str(outside)


def test_a_link_to_itself_is_shown_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    assert Told("{path}", {"path": loop}) == "loop.csv"


def test_what_is_told_inside_a_message_is_worded_with_it():
    told = Told("[{rows}]", {"rows": counted(2, "row", "rows")})
    assert (told.again("en"), told.again("nl")) == ("[2 rows]", "[2 rijen]")


def test_an_error_keeps_its_sentence_and_is_worded_when_it_is_shown(monkeypatch):
    with pytest.raises(DataError) as raised:
        wb.share_interval(3, 2)
    error, told = raised.value, raised.value.args[0]
    assert told.msgid.startswith("share_interval: {n} of {base} is no share.")
    assert told.values == {"n": 3, "base": 2}
    assert str(error).startswith("share_interval: 3 of 2 is no share.")
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")
    assert str(error).startswith("share_interval: 3 van 2 is geen aandeel.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_message_without_values_keeps_its_braces():
    assert _("answers = {{ … }}") == "answers = {{ … }}"
    assert _("answers = { … }") == "answers = { … }"


@pytest.mark.parametrize(("asked", "study", "setting", "system", "expected"), [
    ("en", "nl", "nl", "nl_NL.UTF-8", "en"),
    ("", "nl", "en", "en_GB.UTF-8", "en"),
    ("", "nl", "", "en_GB.UTF-8", "nl"),
    ("", "", "nl", "en_GB.UTF-8", "nl"),
    ("", "", "", "nl_NL.UTF-8", "nl"),
    ("", "", "", "nl_BE@euro", "nl"),
    ("", "", "", "Dutch_Netherlands.1252", "nl"),
    ("", "", "", "en_GB.UTF-8", "en"),
    ("", "", "", "C", "nl"),
    ("", "", "", "C.UTF-8", "nl"),
    ("", "", "", "POSIX", "nl"),
    ("", "", "", "", "nl"),
    ("", "", "", "cs_CZ.UTF-8", "en"),
    ("fr", "", "fr", "fr_FR", "en"),
])
def test_the_language_is_that_of_the_study_unless_somebody_asks(
    asked, study, setting, system, expected, monkeypatch
):
    monkeypatch.setattr(messages, "_last", [study])
    for name, value in ((MESSAGES_VARIABLE, asked), (LANGUAGE_VARIABLE, setting),
                        ("LC_ALL", system), ("LC_MESSAGES", ""), ("LANG", "")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(messages.locale, "getlocale", lambda: (None, None))
    assert spoken() == expected


def test_to_load_a_study_is_to_speak_its_language(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "_last", ["en"])
    monkeypatch.setenv(MESSAGES_VARIABLE, "")
    file = tmp_path / "study.toml"
    file.write_text('title = "Proef"\nlanguage = "nl"\nquestions = 3\n', encoding="utf-8")
    with pytest.raises(wb.StudyError, match="questions"):
        wb.load_study(file)
    assert spoken() == "nl"
    file.write_text('title = "Proef\nlanguage = "en"\n', encoding="utf-8")
    with pytest.raises(wb.StudyError, match="is not valid TOML"):
        wb.load_study(file)
    speak("nl")


def test_what_typer_says_in_its_help_is_in_the_catalogue():
    text = Path(typer.rich_utils.__file__).read_text(encoding="utf-8")
    shown = {"Arguments", "Options", "Commands", "[default: {}]", "[required]"}
    assert shown <= set(re.findall(r'_\("([^"]+)"\)', text))
    assert shown <= {entry.id for entry in catalogue.entries(DUTCH)}


def test_the_command_line_speaks_dutch_before_a_study_is_loaded(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "wbkit", "rnu"], cwd=tmp_path, capture_output=True, check=False,
        text=True, encoding="utf-8", env={"WBKIT_LANGUAGE": "nl", "PYTHONUTF8": "1"})
    assert done.returncode == 2
    assert "Bedoel je 'run'?" in done.stderr
    assert "There is" not in done.stderr
