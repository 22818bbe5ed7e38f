import shutil
import subprocess
import sys
from pathlib import PureWindowsPath

import pytest
from builders.release_rules import SmallRules
from builders.studies import REAL, REAL_RAW, make_notebook, make_study, wbkit

from wbkit.coding.store.store import CodingStore
from wbkit.errors import DataError
from wbkit.study.study import load_study
from wbkit.workflow.release import hook
from wbkit.workflow.release import rules as own
from wbkit.workflow.release.copies import note_copies
from wbkit.workflow.release.hook import install_hook, people_in_commit, script, staged_files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(folder, *words):
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@x.nl", *words],
        capture_output=True, text=True, check=False)


@pytest.fixture
def study(tmp_path):
    git(tmp_path, "init", "-q")
    return load_study(make_study(tmp_path / "mijn onderzoek", study=REAL, raw=REAL_RAW))


def test_the_hook_runs_this_python_in_sh_with_the_path_in_quotes(study, tmp_path):
    file = install_hook(study)
    assert file.resolve() == (tmp_path / ".git/hooks/pre-commit").resolve()
    text = file.read_text(encoding="utf-8")
    assert text.startswith("#!/bin/sh\n")
    assert f"PYTHON='{sys.executable}'" in text
    assert "check --staged --study 'mijn onderzoek/data/study.toml'" in text
    assert "\r" not in text
    assert install_hook(study) == file  # again: renewed


WINDOWS = r"C:\Program Files\Python 3\d'Arc\python.exe"


def test_on_windows_the_path_of_python_has_slashes_and_quotes_that_sh_reads():
    text = script(PureWindowsPath(WINDOWS), "mijn onderzoek/data/study.toml")
    (line,) = [line for line in text.splitlines() if line.startswith("PYTHON=")]
    assert line == r"PYTHON='C:/Program Files/Python 3/d'\''Arc/python.exe'"
    assert "\r" not in text
    told = subprocess.run(["sh", "-c", f'{line}; printf %s "$PYTHON"'], capture_output=True,
                          text=True, check=True).stdout
    assert told == "C:/Program Files/Python 3/d'Arc/python.exe"
    used = text.replace(line, f"PYTHON={shutil.which('printf')}").replace(" -m ", " '<%s>' -m ")
    shown = subprocess.run(["sh", "-c", used], capture_output=True, text=True, check=True).stdout
    assert shown == ("<-m><wbkit><check><--staged><--study>"
                     "<mijn onderzoek/data/study.toml>")  # what sh hands on to that Python


def test_a_hook_of_somebody_else_stays(study, tmp_path):
    theirs = tmp_path / ".git/hooks/pre-commit"
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("#!/bin/sh\nmake test\n", encoding="utf-8")
    with pytest.raises(DataError, match="pre-commit: somebody made this hook.*Add this line to it"):
        install_hook(study)
    assert theirs.read_text(encoding="utf-8") == "#!/bin/sh\nmake test\n"


def test_without_git_the_message_says_so(tmp_path):
    study = load_study(make_study(tmp_path))
    with pytest.raises(DataError, match="is not in a folder of git. Give git init there first"):
        install_hook(study)


def test_what_is_staged_is_read_from_the_index_not_from_the_disk(study, tmp_path):
    file = tmp_path / "mijn onderzoek" / "één notitie.md"
    file.write_text("eerst", encoding="utf-8")
    git(tmp_path, "add", ".")
    file.write_text("daarna", encoding="utf-8")
    assert dict(staged_files(study))["mijn onderzoek/één notitie.md"] == b"eerst"


def test_a_commit_with_a_phone_number_is_refused_by_git_itself(study, tmp_path, monkeypatch):
    install_hook(study)
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    folder = tmp_path / "mijn onderzoek"
    (folder / "notitie.md").write_text("bel 06-12345678", encoding="utf-8")
    git(folder, "add", "notitie.md")
    done = git(folder, "commit", "-m", "x")
    assert done.returncode == 1
    assert "mijn onderzoek/notitie.md, line 1: a phone number" in done.stdout + done.stderr
    assert "12345678" not in done.stdout + done.stderr
    (folder / "notitie.md").write_text("bel ons", encoding="utf-8")
    git(folder, "add", "notitie.md")
    assert git(folder, "commit", "-m", "x").returncode == 0


def test_the_answers_of_real_people_are_never_committed(study, tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Rules", SmallRules)
    git(tmp_path, "add", "mijn onderzoek/data")
    done = wbkit("check", "--staged", "--study", study.file)
    assert done.exit_code == 1
    assert ("mijn onderzoek/data/raw/enquete.csv: holds answers of real people, and git keeps "
            "everything. Take it out with git restore --staged") in done.output
    assert "study.toml" not in done.output


def staged(study, tmp_path, files):
    """Stage files by their names in the folder of the study; give what check says."""
    home = tmp_path / "mijn onderzoek"
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
        git(tmp_path, "add", "-f", str(home / name))
    return wbkit("check", "--staged", "--study", study.file).output


@pytest.mark.parametrize("name", [
    "data/private/consent.csv", "data/private/oud/klas.txt", "link.key", "data/pseudonyms.csv"])
def test_what_tells_who_is_who_is_never_committed(study, tmp_path, monkeypatch, name):
    monkeypatch.setattr(own, "Rules", SmallRules)
    told = staged(study, tmp_path, {name: "12;nee"})
    assert f"mijn onderzoek/{name}: tells who took part or who is who, and git keeps" in told


def test_a_private_folder_elsewhere_is_known_by_study_toml(study, tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Rules", SmallRules)
    moved = 'private = "../geheim"\n' + study.file.read_text(encoding="utf-8")
    told = staged(study, tmp_path, {"data/study.toml": moved, "geheim/review.xlsx.csv": "a",
                                    "data/private/a.csv": "a"})
    assert "mijn onderzoek/geheim/review.xlsx.csv: tells who took part" in told
    assert "data/private/a.csv" not in told


def test_a_private_folder_that_holds_the_study_leaves_the_rest_to_be_looked_at(
        study, tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Rules", SmallRules)
    moved = 'private = "."\n' + study.file.read_text(encoding="utf-8")
    told = staged(study, tmp_path, {"data/study.toml": moved, "data/consent.csv": "12;nee"})
    assert "data/consent.csv: tells who took part" in told
    assert "study.toml" not in told


@pytest.mark.parametrize(("privacy", "refused"), [("real", True), ("synthetic", False)])
def test_a_coding_store_with_words_of_real_people_is_never_committed(
        study, tmp_path, monkeypatch, privacy, refused):
    monkeypatch.setattr(own, "Rules", SmallRules)
    store = tmp_path / "mijn onderzoek/data/coding"
    (tmp_path / ".gitignore").write_text("coding/\n", encoding="utf-8")
    CodingStore(store).add_document("i1", "Ik slaap slecht.", privacy=privacy)
    told = staged(study, tmp_path, {"data/coding/memos/a.md": "slaapt slecht",
                                    "data/coding/documents/i1.txt": "Ik slaap slecht."})
    for name in ("documents/i1.txt", "memos/a.md"):
        line = f"mijn onderzoek/data/coding/{name}: repeats words of real people"
        assert (line in told) == refused


def test_a_coding_store_that_cannot_be_read_is_kept_out(study, tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Rules", SmallRules)
    told = staged(study, tmp_path, {"data/coding/documents/i1.toml": "privacy = ",
                                    "data/coding/documents/i1.txt": "Ik slaap slecht."})
    assert "data/coding/documents/i1.txt: repeats words of real people" in told


def test_where_a_file_may_not_go_is_looked_up_once(study, tmp_path, monkeypatch):
    staged(study, tmp_path, {f"data/plan/{n}.md": "plan" for n in range(5)})
    asked = []
    monkeypatch.setattr(hook, "_never", lambda study: asked.append(study) or {})
    assert people_in_commit(study, SmallRules()) == []
    assert len(asked) == 1


def test_a_notebook_with_rows_of_real_people_is_not_committed(study, tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Rules", SmallRules)
    folder = tmp_path / "mijn onderzoek"
    path = make_notebook(folder, "x")
    path.write_text(path.read_text(encoding="utf-8").replace(
        '"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": '
        '"0  bol  eens\\n1  bbl  eens\\n"}]'), encoding="utf-8")
    git(folder, "add", "notebooks")
    done = wbkit("check", "--staged", "--study", study.file)
    assert "10_gezien.ipynb, code cell 1: shows rows of data. Show a Table of wbkit" in done.output
    assert "Not committed: 1 place can point to a person." in done.output


def test_what_publish_made_may_be_committed_until_somebody_changes_it(
        study, tmp_path, monkeypatch):
    monkeypatch.setattr(own, "Rules", SmallRules)
    folder = tmp_path / "mijn onderzoek"
    path = make_notebook(folder, "x")
    shown = path.read_text(encoding="utf-8").replace(
        '"outputs": []', '"outputs": [{"output_type": "stream", "name": "stdout", "text": '
        '"0  bol  eens\\n1  bbl  eens\\n"}]')
    (folder / "publish" / "notebooks").mkdir(parents=True)
    copy = folder / "publish" / "notebooks" / path.name
    copy.write_text(shown, encoding="utf-8")
    note_copies(folder / "publish")
    git(folder, "add", "publish")
    assert people_in_commit(study, SmallRules()) == []
    copy.write_text(shown.replace("bbl  eens", "bbl  oneens"), encoding="utf-8")
    git(folder, "add", "publish")
    (line,) = people_in_commit(study, SmallRules())
    assert "publish/notebooks/10_gezien.ipynb, code cell 1: shows rows of data" in line


@pytest.mark.parametrize("name", ["fatima.txt", "gesprek Fatima.md", "map van fatima/a.txt"])
def test_a_file_that_is_called_after_a_person_is_named(study, tmp_path, name):
    file = tmp_path / "mijn onderzoek" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("niets", encoding="utf-8")
    git(tmp_path, "add", "mijn onderzoek/" + name)
    assert any("its name: a name of the project's list" in line
               for line in people_in_commit(study, SmallRules()))
