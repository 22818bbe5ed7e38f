"""What the workflow says is Dutch when the study is, in lines that begin in the same column."""

import errno
import re

import pytest
from builders.files import write_text
from builders.studies import RAW, make_notebook, make_study

from wbkit.errors import StudyError, WbkitError
from wbkit.messages import MESSAGES_VARIABLE, Told, _, counted
from wbkit.study.study import load_study
from wbkit.workflow.checking import NAMES, Point, check, point_line
from wbkit.workflow.describe.merging import take_over
from wbkit.workflow.describe.sheet_fields import chosen
from wbkit.workflow.describe.study_file import QUESTION, ask_design, read_document
from wbkit.workflow.describe.update import compare_export, update_lines
from wbkit.workflow.executing import execute, place_for
from wbkit.workflow.files import file_fault, in_command, reason
from wbkit.workflow.preparing import account_line, prepare, unchanged_accounts
from wbkit.workflow.verifying import STATES, Comparison, comparison_line


@pytest.fixture(autouse=True)
def _dutch(monkeypatch):
    monkeypatch.setenv(MESSAGES_VARIABLE, "nl")


@pytest.fixture
def study(tmp_path):
    return load_study(make_study(tmp_path))


def test_lines_of_check_begin_in_the_same_column():
    lines = [point_line(Point("raw data", "x", ok=ok)) for ok in (True, False)]
    assert lines == ["ok       ruwe gegevens: x", "NIET OK  ruwe gegevens: x"]


def test_every_point_of_check_has_printed_words(study, tmp_path):
    make_notebook(tmp_path, "1 + 1")
    points = check(study)
    assert {point.name for point in points} <= set(NAMES)
    lines = [point_line(point) for point in points]
    assert "ok       ruwe gegevens: raw/enquete.csv: 12 rijen, 11 behouden" in lines
    assert "ok       notebooks: 1, nog niet uitgevoerd; dat doet wbkit run" in lines
    assert any(line.startswith("NIET OK  opgeschoond: ") for line in lines)


def test_a_study_without_sources_is_told_where_to_add_one(tmp_path):
    point = check(load_study(write_text(tmp_path / "study.toml", 'title = "x"\n')))[0]
    assert point_line(point) == ("NIET OK  onderzoek: study.toml: geen bronnen, "
                                 "0 onderzoeksvragen. Zet een bron onder [sources.…].")


def test_lines_of_verify_begin_in_the_same_column():
    lines = [comparison_line(Comparison("table", "t", state)) for state in STATES]
    assert lines == ["gelijk  tabel t", "anders  tabel t", "weg     tabel t", "nieuw   tabel t"]


def test_lines_about_an_export_begin_in_the_same_column(study):
    text = RAW.replace("leerweg", "leerroute").replace("oneens", "wie weet")
    file = write_text(study.folder / "raw" / "later.csv", text)
    lines = update_lines(compare_export(file, study.source("students")), study.source("students"))
    assert "WEG      items.leerweg: 'leerweg' staat niet in het bestand." in lines or any(
        line.startswith("ANDERS   items.leerweg: 'leerweg'") for line in lines)
    assert any(line.startswith("ANTWOORD items.gezien: 'wie weet' (2 keer) is onbekend.")
               for line in lines)
    assert ("RIJEN    12 rijen: evenveel als in het bestand dat in study.toml staat. Wil je dit "
            'bestand gebruiken, schrijf dan file = "raw/later.csv" bij de bron.') in lines


def test_what_became_of_the_rows_is_one_line(study):
    account, = prepare(study)
    assert account_line(account) == ("raw/enquete.csv: 12 rijen = 11 behouden + 1 apart gezet; "
                                     "1 regel in het logboek")


def test_a_source_is_not_cleaned_again_because_messages_are_in_another_language(
        study, monkeypatch):
    prepare(study)
    monkeypatch.setenv(MESSAGES_VARIABLE, "en")
    assert list(unchanged_accounts(study)) == ["students"]


@pytest.mark.parametrize(("fault", "words"), [
    (FileNotFoundError(errno.ENOENT, "No such file or directory", "a.csv"),
     "a.csv: dit bestand of deze map is er niet. Zet het daar neer, of verbeter het pad, en"),
    (PermissionError(errno.EACCES, "Permission denied", "a.csv"),
     "a.csv: je hebt geen toegang. Sluit het programma"),
    (OSError(errno.ENOSPC, "No space left on device", "a.csv"), "a.csv: de schijf is vol. Kijk"),
])
def test_what_the_system_says_of_a_file_is_dutch_too(fault, words):
    assert file_fault(fault).startswith(words)


def test_what_was_worded_where_it_was_raised_stays():
    assert reason(OSError(errno.EINVAL, "dit is geen bestand", "a.csv")) == "dit is geen bestand"


@pytest.mark.parametrize(("name", "written"), [("1b", "1b"), ("hoe gaat het", '"hoe gaat het"')])
def test_a_name_with_spaces_is_quoted_in_a_command(name, written):
    assert in_command(name) == written


def test_a_cell_that_fails_is_named_in_dutch(study, tmp_path):
    path = make_notebook(tmp_path, "1 / 0")
    with place_for(study, tmp_path / "results", path.parent) as place, \
            pytest.raises(WbkitError, match=(
                r"^10_gezien.ipynb, codecel 1 \('1 / 0'\): ZeroDivisionError: .*\n"
                "Open het notebook in JupyterLab, verbeter die cel")):
        execute([path], place)


def test_somebody_is_asked_in_dutch_how_the_people_came_in():
    class Terminal:
        def isatty(self):
            return True

    asked = []

    def prompt(words, **_):
        asked.append(words)
        return "5" if len(asked) == 1 else "2"

    assert ask_design(Terminal(), prompt) == "srs"
    assert asked[0].startswith("Wie staan er in dit bestand?\n  1  iedereen is uitgenodigd")
    assert asked[1] == "Typ 1, 2, 3 of 4, of druk op Enter"
    assert asked[0].count("\n") == QUESTION.count("\n")


def test_an_error_about_a_cell_is_worded_again_in_another_language(monkeypatch):
    with pytest.raises(StudyError, match="^er staat 'wit'. Het mag zijn: ") as fault:
        chosen("sheet", ("yes", "no"), "wit")
    monkeypatch.setenv(MESSAGES_VARIABLE, "en")
    assert str(fault.value).startswith("there is 'wit'. It may be ")
    assert isinstance(fault.value.args[0], Told)


def test_a_study_file_that_is_no_toml_is_refused_in_its_own_language(tmp_path, monkeypatch):
    monkeypatch.delenv(MESSAGES_VARIABLE)
    file = write_text(tmp_path / "study.toml", 'language = "nl"\ntitle = "x\n')
    with pytest.raises(StudyError, match=r"study\.toml"):
        read_document(file)


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    study = write_text(tmp_path / "study.toml", 'title = "x"\n')
    with pytest.raises(StudyError, match="vragen.xlsx: dit bestand is er niet. Geef het Excel-"):
        take_over(tmp_path / "vragen.xlsx", study)


@pytest.mark.parametrize("n", [1, 26])
@pytest.mark.parametrize("words", [
    "Not committed: {places} can point to a person. Take that out of the files, give git add "
    "again, and commit.",
    "{places} can point to a person, so nothing was published. Take it out of the data, "
    "study.toml or the notebook, give wbkit run, and publish again.",
    "{numbers} can be worked out from these Tables together with earlier releases, so nothing was "
    "published. Leave a Table out (wbkit publish --without NAME), merge its groups or answers, or "
    "wait with a new release until more people took part."])
def test_one_place_and_many_have_a_verb_that_fits(words, n):
    told = str(_(words, places=counted(n, "place", "places"),
                 numbers=counted(n, "number", "numbers")))
    said = told.split(". ")[0]
    assert str(counted(n, "place", "places")) in said or "kun je" in said
    assert not any(f"{one} kan " in said for one in ("plaats", "plaatsen"))
    assert not re.search(r"\bis \d+", said)
