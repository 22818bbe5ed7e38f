"""The folder for Windows laptops: what is in it, and scripts without the traps of cmd.exe."""

import importlib.util
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOL = ROOT / "tools" / "windows_folder.py"
SCRIPTS = ("start.cmd", "wbkit.cmd")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

QUOTED = re.compile(r'"[^"]*"')
VARIABLE = re.compile(r"%(?!%)([A-Za-z_]+)[^%\s]*%|%~?\d|%\*|%~dp0")
UNQUOTED = {"OPTION", "~2", "MARK", "errorlevel", "*"}  # no paths: options of py, our own mark
NO_VALUES = ("rem ", "call ", "for ", 'set "STUDY')  # the rule for call looks at its own lines
PROGRAM = re.compile(r' -m (?:venv|pip|wbkit) | -c ')
ENDS = re.compile(r"\|\| (?:goto :\w+|exit /b \d)$")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("windows_folder", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tool, tmp_path_factory):
    return tool.make_folder(tmp_path_factory.mktemp("map (1) & één") / "wbkit-windows",
                            ("3.12", "3.11"))


# What cmd.exe does not forgive


def faults(script):
    """Say which lines of a script cmd.exe would read in another way than they were meant."""
    lines = [line.strip() for line in script.splitlines()]
    labels = [line for line in lines if line.startswith(":")]
    found = [f"{label} is there twice" for label in set(labels) if labels.count(label) > 1]
    for line in lines:
        found += [f"{words}: {line}" for words, wrong in RULES.items() if wrong(line)]
        found += [f"goes to {goal}, which is not there: {line}"
                  for goal in re.findall(r"(?:goto|call) (:\w+)", line) if goal not in labels]
    return found + _falls_through(lines)


def _falls_through(lines):
    """Find a message or a step of its own that the lines above it run into."""
    named = {goal for line in lines for goal in re.findall(r"(?:call|\|\| goto) (:\w+)", line)}
    told = [(before, line) for before, line in zip(lines, lines[1:], strict=False) if line in named]
    filled = [(next((one for one in reversed(lines[:lines.index(line)]) if one), ""), line)
              for _, line in told]
    return [f"runs into {line} after {before!r}" for before, line in filled
            if not re.match(r"goto :|exit /b", before)]


def bare(line):
    """Return a line without what stands in quotes, and without the list of a for."""
    return re.sub(r"^for %%V in \([\w. ]+\) do ", "for ", QUOTED.sub('""', line))


def outside_quotes(line):
    return [match[1] or match[0].lstrip("%") for match in VARIABLE.finditer(bare(line))]


def _said(line):
    return QUOTED.sub("", line.removeprefix("echo ")) if line.startswith("echo ") else ""


RULES = {
    "a quote that is not closed": lambda line: not line.startswith(("rem ", 'set "STUDY=%STUDY:"'))
    and line.count('"') % 2,
    "a bracket outside quotes": lambda line: not line.startswith(("rem ", "echo "))
    and set("()") & set(bare(line)),
    "a sign that cmd.exe obeys in what is said": lambda line: set("&|<>^()!") & set(_said(line)),
    "delayed expansion": lambda line: re.search(r"(?i)enabledelayedexpansion|![a-z]+!", line),
    "a path outside quotes": lambda line: not line.startswith(NO_VALUES)
    and set(outside_quotes(line)) - UNQUOTED,
    "a path handed to call, which reads it twice":
    lambda line: re.match(r"call |for .* call ", line) and VARIABLE.search(line),
    "a backslash before the quote that ends an argument": lambda line: PROGRAM.search(line)
    and '\\"' in line,
    "a program of which nobody looks how it ended": lambda line: PROGRAM.search(line)
    and not line.startswith("rem ") and not ENDS.search(line) and not line.endswith("%*"),
    "a code page": lambda line: re.match(r"@?chcp", line),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_hold_no_trap_of_cmd(folder, name):
    assert faults((folder / name).read_bytes().decode("ascii")) == []


@pytest.mark.parametrize(("script", "words"), [
    ("goto :nowhere", "goes to :nowhere, which is not there"),
    ("call :a || goto :b\nexit /b 0\n:a\nexit /b 0", "goes to :b, which is not there"),
    (":a\nexit /b 0\n:a", ":a is there twice"),
    ('if exist "a" (\ngoto :a\n)\n:a', "a bracket outside quotes"),
    ('mkdir %PLACE%', "a path outside quotes"),
    ('if exist %~1 exit /b 0', "a path outside quotes"),
    ('echo klaar>%PLACE%', "a path outside quotes"),
    ('call :try "%PLACE%"\n:try', "a path handed to call"),
    ('"%PYTHON%" -m venv "%PLACE%\\"', "a backslash before the quote"),
    ('"%PYTHON%" -m pip install x', "a program of which nobody looks how it ended"),
    ('"%PYTHON%" -c "import wbkit" >nul', "a program of which nobody looks how it ended"),
    ('echo Kies ja & druk op Enter', "a sign that cmd.exe obeys"),
    ('echo Kies (ja)', "a sign that cmd.exe obeys"),
    ('set "A=b', "a quote that is not closed"),
    ("setlocal EnableDelayedExpansion", "delayed expansion"),
    ("chcp 65001", "a code page"),
    ("a || goto :b\nmkdir x\n\n:b\necho Fout", "runs into :b after 'mkdir x'"),
])
def test_a_trap_is_found(script, words):
    assert [one for one in faults(script) if words in one]


def test_a_second_start_installs_nothing(folder):
    first, study = (folder / "start.cmd").read_text(encoding="ascii").split("\n:study\n")
    head = first.split("Stap 1 van 3")[0]
    assert head.count("call :is_ready && goto :study") == 2
    assert "pip install" not in head + study
    assert "-m venv" not in head + study
    marked = first.rindex(">\"%PLACE%\\ready-%MARK%.txt\"")
    assert marked > first.rindex("pip install")


def test_every_message_says_what_to_do_and_waits(folder):
    text = (folder / "start.cmd").read_text(encoding="ascii")
    told = set(re.findall(r"goto :((?:no|not)_\w+)", text))
    parts = {name: text.split(f"\n:{name}\n")[1].split("\n\n")[0] for name in told}
    assert len(parts) == 7
    assert [name for name, words in parts.items() if not words.endswith("\ngoto :failed")
            or not re.search("Doe |Dubbelklik|Verbeter", words)] == []
    assert text.endswith("\n:failed\necho.\npause\nexit /b 1\n")


def test_wbkit_stands_outside_onedrive(folder):
    for name in SCRIPTS:
        text = (folder / name).read_text(encoding="ascii")
        places = re.findall(r'set "(?:PLACE|PYTHON)=(%(?!PLACE)\w+%)', text)
        assert set(places) == {"%LOCALAPPDATA%", "%USERPROFILE%"}


# What is in the folder


def test_the_folder_holds_what_a_laptop_needs(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["LEESMIJ.txt", "LICENSE.txt", "requirements.lock", "start.cmd", "wbkit.cmd",
         next(folder.glob("wbkit-*.whl")).name])
    assert (folder / "requirements.lock").read_text(encoding="utf-8") == LOCK


def test_the_wheel_holds_the_files_that_are_no_code(folder):
    names = zipfile.ZipFile(next(folder.glob("*.whl"))).namelist()
    assert {"wbkit/labels.toml", "wbkit/workflow/describe/template/gitignore",
            "wbkit/workflow/jupyter/nl/labconfig/default_setting_overrides.json"} <= set(names)


@pytest.mark.parametrize("name", [*SCRIPTS, "LEESMIJ.txt"])
def test_texts_are_plain_ascii_with_the_line_ends_of_windows(folder, name):
    content = (folder / name).read_bytes()
    text = content.decode("ascii")
    assert content.count(b"\n") == content.count(b"\r\n") > 10
    assert not re.search("@[A-Z]+@", text)
    assert max(map(len, text.splitlines())) < 8191  # what a line of cmd.exe may hold


def test_the_scripts_name_the_wheel_the_mark_and_the_pythons(folder):
    text = (folder / "start.cmd").read_text(encoding="ascii")
    assert f'"%HERE%{next(folder.glob("*.whl")).name}"' in text
    assert re.search(r'set "MARK=\d+\.\d+\.\d+-[0-9a-f]{12}"', text)
    assert "in (3.12 3.11) do call :try py -%%V" in text
    assert "in (Python312 Python311) do call :try_folder %%V" in text


@pytest.mark.parametrize(("version", "platform", "ends"), [
    ((3, 12, 4), "win-amd64", 0), ((3, 11, 0), "win-amd64", 0), ((3, 13, 0), "win-amd64", 1),
    ((3, 10, 9), "win-amd64", 1), ((3, 12, 4), "win32", 1), ((3, 12, 4), "win-arm64", 1),
])
def test_only_a_python_with_wheels_is_taken(folder, monkeypatch, version, platform, ends):
    text = (folder / "start.cmd").read_text(encoding="ascii")
    monkeypatch.setattr(sys, "version_info", version)
    monkeypatch.setattr(sysconfig, "get_platform", lambda: platform)
    with pytest.raises(SystemExit) as ended:
        exec(re.search(r'set "CHECK=(.+)"$', text, re.MULTILINE)[1], {})
    assert int(ended.value.code) == ends


def test_another_lock_or_another_wbkit_is_installed_again(tool, tmp_path):
    wheel = tmp_path / "wbkit-1.2.0-py3-none-any.whl"
    wheel.write_bytes(b"a")
    marks = [tool.mark_of(wheel, "x"), tool.mark_of(wheel, "y")]
    wheel.write_bytes(b"b")
    marks.append(tool.mark_of(wheel, "x"))
    assert len(set(marks)) == 3
    assert all(mark.startswith("1.2.0-") for mark in marks)


def test_somebody_elses_folder_stays(tool, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(SystemExit, match="holds files that this command did not make. Give ano"):
        tool.make_folder(tmp_path, ("3.12",))
    assert (tmp_path / "a.txt").read_text() == "a"


# The wheels


SMALL = """a==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:1 \\
    --hash=sha256:2
b==2.0 ; sys_platform != 'win32' \\
    --hash=sha256:3
c==3.0 ; python_full_version < '3.12' \\
    --hash=sha256:4
d==4.0 \\
    --hash=sha256:5
"""


@pytest.mark.parametrize(("version", "names"), [("3.11", ["a", "c", "d"]), ("3.12", ["a", "d"])])
def test_the_packages_are_those_of_windows_and_not_of_this_machine(tool, version, names):
    lines = list(tool.locked_for(SMALL, version))
    assert [line.partition("==")[0] for line in lines if "==" in line] == names
    assert lines[:3] == ["a==1.0 \\", "    --hash=sha256:1 \\", "    --hash=sha256:2"]
    assert "    --hash=sha256:3" not in lines


def test_the_lock_gives_windows_its_own_packages(tool):
    names = {line.partition("==")[0] for line in tool.locked_for(LOCK, "3.12") if "==" in line}
    assert {"colorama", "pywinpty", "pandas"} <= names
    assert not {"pexpect", "appnope", "ptyprocess"} & names


def test_wheels_are_fetched_for_windows_and_checked_by_hash(tool, tmp_path, monkeypatch):
    asked = []

    def run(words, check):
        wanted = Path(words[words.index("--requirement") + 1]).read_text(encoding="utf-8")
        asked.append((words, wanted))
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(tool.subprocess, "run", run)
    tool.download_wheels(SMALL, "3.12", tmp_path / "wheels")
    (words, wanted), = asked
    assert {"--require-hashes", "--only-binary=:all:", "win_amd64", "3.12", "--no-deps"} <= {*words}
    assert wanted == "\n".join(tool.locked_for(SMALL, "3.12")) + "\n"
    assert list((tmp_path / "wheels").iterdir()) == []


def test_a_fetch_that_fails_says_what_it_needs(tool, tmp_path, monkeypatch):
    monkeypatch.setattr(tool.subprocess, "run",
                        lambda words, check: subprocess.CompletedProcess(words, 1))
    with pytest.raises(SystemExit, match="pip download did not end well.* needs the internet"):
        tool.download_wheels(SMALL, "3.12", tmp_path / "wheels")


@pytest.mark.parametrize(("words", "versions", "download"), [
    ([], ("3.12", "3.11", "3.13"), False), (["--download"], ("3.12",), True),
    (["--download", "--python", "3.11"], ["3.11"], True),
])
def test_the_command_makes_what_is_asked(
    tool, tmp_path, monkeypatch, capsys, words, versions, download,
):
    made = []

    def make(folder, versions, *, download):
        made.append((versions, download))
        folder.mkdir()
        return folder

    monkeypatch.setattr(tool, "make_folder", make)
    tool.main([*words, "--out", str(tmp_path / "map")])
    assert made == [(versions, download)]
    assert "Next: give it to somebody with Windows" in capsys.readouterr().out


def test_the_readme_in_the_folder_says_whether_internet_is_needed(tool):
    texts = {offline: tool.fill("wbkit-1.whl", SMALL, ("3.12",), mark="1-a", offline=offline)
             for offline in (True, False)}
    assert "Het installeren gaat zonder internet." in texts[True]["LEESMIJ.txt"]
    assert "tools/windows_folder.py --download" in texts[False]["LEESMIJ.txt"]
    for filled in texts.values():
        assert "Wij hebben dit niet op Windows kunnen proberen." in filled["LEESMIJ.txt"]
