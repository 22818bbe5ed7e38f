"""The command line: exit codes, never a traceback, and plain signs where a console needs them."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from builders.studies import STUDY, make_study, wbkit
from typer.testing import CliRunner

import wbkit as library
from wbkit import cli
from wbkit.console import READABLE
from wbkit.files import InUse
from wbkit.messages import LANGUAGE_VARIABLE, MESSAGES_VARIABLE
from wbkit.workflow import running, verifying
from wbkit.workflow.files import sign_fault

COMMANDS = ("check", "prepare", "run", "verify", "accept", "notebooks")


def test_the_version_is_shown():
    done = wbkit("--version")
    assert (done.exit_code, done.output) == (0, f"wbkit {library.__version__}\n")


def test_help_names_every_command():
    output = wbkit("--help").output
    assert [name for name in COMMANDS if name not in output] == []


@pytest.mark.parametrize("words", [
    ("rum",), ("run", "--fast"), ("run", "--seconds", "0"), ("run", "--language", "fr"),
    ("run", "--seconds", "many"), (),
])
def test_wrong_use_ends_with_2(words, tmp_path):
    study = ("--study", make_study(tmp_path)) if words[:1] == ("run",) else ()
    done = CliRunner().invoke(cli.app, [*map(str, (*words, *study))])
    assert done.exit_code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_study_that_is_not_there_ends_with_1(command, tmp_path):
    done = wbkit(command, "--study", tmp_path / "study.toml")
    assert done.exit_code == 1
    assert "there is no such file. Give the study.toml of your study" in done.output


@pytest.mark.parametrize("command", COMMANDS)
def test_a_study_that_is_wrong_ends_with_1_and_says_where(command, tmp_path):
    study = make_study(tmp_path, study=STUDY.replace('kind = "ordinal"', 'kind = "ordnal"'))
    done = wbkit(command, "--study", study)
    assert done.exit_code == 1
    assert "study.toml, sources.students.items.gezien.kind" in done.output


@pytest.mark.parametrize(("fault", "words"), [
    (PermissionError(13, "Permission denied", "a.xlsx"), "a.xlsx: Permission denied. Close the"),
    (PermissionError(13, "Permission denied", ".s.csv.7.part", None, "s.csv"),
     "s.csv: Permission denied. Close the program that has it open (Excel?)"),
    (InUse(13, "another program has it open (Excel, OneDrive?)", "s.csv"),
     "s.csv: another program has it open (Excel, OneDrive?). Close it in Excel, or wait until One"),
    (FileNotFoundError(2, "No such file", "a" * 300 + ".csv"),
     "signs, and Windows takes 259. Move the study to a folder with a shorter name"),
    (OSError(36, "File name too long", "b" * 300), "signs, and Windows takes 259. Move the study"),
    (OSError(28, "No space left on device", "c" * 300), "No space left on device. Look whether"),
    (FileNotFoundError(2, "No such file", "a.csv"), "a.csv: No such file. Put it there, or"),
    (OSError(28, "No space left on device", "a.csv"), "a.csv: No space left on device. Look"),
    (OSError("strange"), "a file: strange. Look whether the disk is full"),
    (KeyboardInterrupt(), "Stopped. Earlier results are as they were"),
])
def test_a_fault_of_the_machine_is_a_message(fault, words, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(running, "prepare", fail)
    done = wbkit("run", "--study", make_study(tmp_path))
    assert done.exit_code == 1
    assert words in done.output
    assert not list(tmp_path.glob(".results-*"))


def test_a_results_folder_that_cannot_be_written_is_a_message(tmp_path):
    (tmp_path / "file").write_text("x")
    done = wbkit("run", "--study", make_study(tmp_path), "--out", tmp_path / "file" / "results")
    assert done.exit_code == 1
    assert "Give a folder, not a file, and give the command again." in done.output


def test_a_package_that_is_not_there_is_named_and_not_a_module_of_wbkit(monkeypatch):
    monkeypatch.delitem(sys.modules, "wbkit.workflow.executing", raising=False)
    monkeypatch.setitem(sys.modules, "nbclient", None)
    with pytest.raises(ModuleNotFoundError, match="nbclient"):
        cli._step("executing")
    with pytest.raises(ModuleNotFoundError, match="No module named 'wbkit.workflow.executin'"):
        cli._step("executin")


def test_answers_with_brackets_are_printed_as_they_are(capsys):
    cli.say("values [bold] and [/x]")
    assert capsys.readouterr().out == "values [bold] and [/x]\n"


def test_a_run_says_what_was_made_where_and_what_next(tmp_path, monkeypatch):
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = wbkit("run")
    assert done.exit_code == 0
    last = done.output.splitlines()[-1]
    assert last.startswith("Made: 4 tables and ")
    assert "Next: open results/00_overzicht.html and look at it; wbkit accept keeps" in last
    assert wbkit("accept", "--yes").exit_code == 0
    assert wbkit("run").output.splitlines()[-1].endswith("00_overzicht.html, then wbkit verify.")


def test_a_path_that_is_not_there_is_named_without_a_word_about_a_source(tmp_path, monkeypatch):
    monkeypatch.chdir(make_study(tmp_path).parent)
    done = wbkit("describe", "raw\\enquete.csv" if os.sep == "/" else "weg\\enquete.csv")
    assert (done.exit_code, "there is no such file or folder." in done.output) == (1, True)
    assert ("Write / between folders." in done.output) == (os.sep == "/")
    assert "source" not in done.output
    assert "Did you mean 'enquete.csv'?" in wbkit("describe", "raw/enqueet.csv", "--update").output


def test_the_module_is_the_same_command_also_on_a_console_without_accents(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "wbkit", "prepare", "--study", str(make_study(tmp_path))],
        env={"PYTHONIOENCODING": "ascii", "PATH": "", MESSAGES_VARIABLE: "en"},
        capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "11 kept + 1 set aside" in done.stdout


@pytest.mark.parametrize(("option", "word"), [("nl", "Gebruik:"), ("en", "Usage:")])
def test_a_language_that_is_asked_for_counts_more_than_the_environment(option, word, tmp_path):
    other = {"nl": "en", "en": "nl"}[option]
    done = subprocess.run(
        [sys.executable, "-m", "wbkit", "run", "--language", option, "--help"], cwd=tmp_path,
        env={**os.environ, LANGUAGE_VARIABLE: other, MESSAGES_VARIABLE: ""},
        capture_output=True, text=True, check=False)
    assert word in done.stdout, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another fault on Windows")
def test_a_command_of_which_nobody_reads_on_stops_without_a_word(tmp_path):
    reads, writes = os.pipe()
    os.close(reads)
    done = subprocess.run(
        [sys.executable, "-m", "wbkit", "prepare", "--study", str(make_study(tmp_path))],
        stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(("text", "plain"), [
    ("Enquête: één ‘anders’ … •••", "Enquete: een 'anders' ... ***"),
    ("range → 10 – 12", "range -> 10 - 12"),
    ("日", "?"),
    ("plain", "plain"),
])
def test_signs_that_ascii_lacks_stay_readable(text, plain):
    assert text.encode("ascii", READABLE).decode() == plain


def test_what_the_console_can_show_stays():
    assert "é …".encode("latin-1", READABLE).decode("latin-1") == "é ..."


@pytest.mark.parametrize(("page", "shown"), [
    ("cp437", "Enquête: één 'anders' ... 10 - 12 ? -> EUR"),
    ("cp850", "Enquête: één 'anders' ... 10 - 12 ? -> EUR"),
    ("cp1252", "Enquête: één ‘anders’ … 10 – 12 ? -> €"),
])
def test_the_code_pages_of_windows_keep_what_they_have(page, shown):
    text = "Enquête: één ‘anders’ … 10 – 12 日 → €"
    assert text.encode(page, READABLE).decode(page) == shown


def test_a_console_of_ascii_gets_plain_signs_and_no_traceback(tmp_path):
    point = make_study(tmp_path, study=STUDY.replace("Ik voel mij gezien", "Ik voel mij geziên"))
    done = ascii_console("check", point)
    assert "Traceback" not in done
    assert "items.gezien: 'Ik voel mij gezien' is not there" in done


def ascii_console(command, file):
    done = subprocess.run(
        [sys.executable, "-m", "wbkit", command, "--study", str(file)], capture_output=True,
        check=False, env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii",
                                       "PYTHONUTF8": "0"})
    assert done.returncode == 1
    return (done.stdout + done.stderr).decode("ascii")


def test_a_fault_in_a_text_does_not_show_the_text():
    words = sign_fault(UnicodeEncodeError("utf-8", "Anna zei \ud800", 9, 10, "surrogate"))
    assert words.startswith("a name or text: holds '\\ud800'")
    assert "Anna" not in words


@pytest.mark.parametrize("command", ["check", "prepare"])
def test_a_file_name_that_the_console_cannot_write_is_a_message(tmp_path, command):
    study = STUDY.replace("enquete.csv", "enquête.csv")
    file = make_study(tmp_path, study=study)
    (file.parent / "raw/enquete.csv").rename(file.parent / "raw/enquête.csv")
    output = ascii_console(command, file)
    assert "Traceback" not in output
    assert "and this console is set to ascii, which has no such letter" in output
    assert "PYTHONUTF8=1" in output


@pytest.mark.parametrize("name", ["con", "AUX", "nul.txt"])
def test_a_study_in_a_folder_that_windows_cannot_hold_is_refused(tmp_path, name):
    done = wbkit("new", tmp_path / name)
    assert (done.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "is a name that Windows keeps for a device. Give the folder another" in done.output


def test_a_study_stands_in_a_folder_of_onedrive_with_strange_signs(tmp_path, monkeypatch):
    folder = tmp_path / "OneDrive - ROC (mbo) & één" / "mijn onderzoek %TEMP% 100%"
    make_study(folder)
    monkeypatch.chdir(folder)
    done = wbkit("prepare")
    assert done.exit_code == 0, done.output
    assert (folder / "data" / "processed" / "students.csv").is_file()


def test_every_part_that_a_command_loads_is_there():
    text = Path(cli.__file__).read_text(encoding="utf-8")
    parts = set(re.findall(r'_step\("([a-z_.]+)"\)', text))
    assert len(parts) > 4
    for part in parts:
        import_module(f"wbkit.workflow.{part}")


def test_of_very_many_results_those_that_differ_are_shown(tmp_path, monkeypatch):
    found = [verifying.Comparison("table", f"t{n}", verifying.SAME) for n in range(1500)]
    found.append(verifying.Comparison("table", "last", verifying.MISSING))
    monkeypatch.setattr(verifying, "verify", lambda *_, **__: found)
    done = wbkit("verify", "--study", make_study(tmp_path))
    lines = done.output.splitlines()
    assert done.exit_code == 1
    assert lines[0].endswith("table last")
    assert "… and 501 more that are not shown." in lines
    assert sum(line.startswith("same") for line in lines) == cli.MOST_COMPARED - 1
