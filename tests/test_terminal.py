"""What a console cannot show comes in plain signs."""

import os
import subprocess
import sys

import pytest
from builders.studies import STUDY, make_study

from wbkit.cli import READABLE
from wbkit.workflow.files import sign_fault


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
