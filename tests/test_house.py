"""The files around wbkit agree with one another, and a set-up that cannot work says why."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import wbkit

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

REQUIREMENT_LINE = re.compile(r"([a-z0-9-]+)==(\S+)( ; [^\\]+)? \\")
HASH_LINE = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
ABSOLUTE_PATH = re.compile(rb"(?<![\w.~/>-])/(?:work|home|root|Users)(?![\w-])|[A-Z]:\\{1,2}Users")
REGISTRY = re.compile(
    rb"pypi[.]org|python[h]osted|npmjs[.](?:org|com)|(?:conda|repo)[.]anaconda|anaconda[.]org"
)
PERMISSIVE = re.compile(r"\b(MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|HPND|Zlib)\b")
COPYLEFT = re.compile(r"\b[AL]?GPL|General Public|EUPL|CeCILL|SSPL", re.IGNORECASE)


def locked_versions(lock):
    found = (REQUIREMENT_LINE.fullmatch(line) for line in lock.splitlines())
    return {match[1]: match[2] for match in found if match}


def lock_faults(lock):
    """Say which lines are not a package with its hashes."""
    faults, before = [], "hash"
    for number, line in enumerate(lock.splitlines(), start=1):
        kind = ("package" if REQUIREMENT_LINE.fullmatch(line)
                else "hash" if HASH_LINE.fullmatch(line) else "other")  # fmt: skip
        if kind == "other" or (kind == before == "package"):
            faults.append(number)
        before = kind
    return faults


def direct_requirements():
    groups = [PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"]]
    groups += PROJECT["project"]["optional-dependencies"].values()
    return [Requirement(text) for group in groups for text in group]


def disagreements(requirements, lock):
    """Name the requirements that the lock leaves out or meets with another version."""
    locked = locked_versions(lock)
    versions = [locked.get(canonicalize_name(r.name)) for r in requirements]
    pairs = zip(requirements, versions, strict=True)
    return [str(r) for r, version in pairs if version is None or version not in r.specifier]


def needed_by(names):
    """Give every installed package that the packages `names` need to run, and themselves."""
    found, waiting = set(), [Requirement(name) for name in names]
    while waiting:
        requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in found:
            continue
        found.add(key)
        for text in metadata.requires(requirement.name) or []:
            inner = Requirement(text)
            extras = requirement.extras or {""}
            if not inner.marker or any(inner.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(inner)
    return sorted({name for name, _ in found})


def licence_of(name):
    about = metadata.metadata(name)
    classifiers = [c for c in about.get_all("Classifier", []) if c.startswith("License ::")]
    said = [about.get("License-Expression"), *classifiers]
    return " | ".join(word for word in said if word) or about.get("License", "")


def tracked_files():
    if not (ROOT / ".git").exists():
        pytest.skip("this folder is not a git checkout, so there are no tracked files to read")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def content(path):
    """Read a file, also the files inside a workbook or document."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def test_every_line_of_the_lock_is_a_package_or_its_hash():
    assert lock_faults(LOCK) == []


def test_a_line_without_hash_or_with_an_address_is_found():
    good = f"numpy==2.0 \\\n    --hash=sha256:{'0' * 64}\n"
    assert lock_faults(good + "pandas==3.0 \\\nscipy==1 \\\n" + good) == [4, 5]
    assert lock_faults("--index-url x\n" + good) == [1]


def test_the_lock_holds_every_direct_requirement():
    assert disagreements(direct_requirements(), LOCK) == []


def test_a_requirement_that_the_lock_does_not_meet_is_found():
    lock = f"numpy==2.0 \\\n    --hash=sha256:{'0' * 64}\n"
    wanted = [Requirement(text) for text in ("numpy>=2", "numpy>=3", "pandas")]
    assert disagreements(wanted, lock) == ["numpy>=3", "pandas"]


def test_what_the_requirements_need_is_in_the_lock():
    direct = {str(requirement) for requirement in direct_requirements()}
    assert set(needed_by(direct)) - set(locked_versions(LOCK)) == set()


def test_conda_users_get_the_versions_of_the_lock():
    python, pip, through_pip = CONDA["dependencies"]
    assert python == f"python{PROJECT['project']['requires-python']}"
    assert (pip, through_pip) == ("pip", {"pip": ["-r requirements.lock"]})
    assert (CONDA["name"], CONDA["channels"]) == (PROJECT["project"]["name"], ["conda-forge"])


def test_this_python_is_one_that_wbkit_supports():
    running = ".".join(map(str, sys.version_info[:3]))
    assert running in SpecifierSet(PROJECT["project"]["requires-python"])


def test_version_is_the_same_everywhere():
    assert CITATION["version"] == PROJECT["project"]["version"] == wbkit.__version__


def test_citation_has_what_the_format_asks_for():
    assert {"cff-version", "message", "title", "authors"} <= set(CITATION)
    assert (CITATION["cff-version"], CITATION["type"]) == ("1.2.0", "software")
    assert CITATION["authors"] == PROJECT["project"]["authors"]
    assert CITATION["license"] == PROJECT["project"]["license"]


def test_licences_of_direct_requirements_are_permissive():
    names = [Requirement(text).name for text in PROJECT["project"]["dependencies"]]
    assert {n: licence_of(n) for n in names if not PERMISSIVE.search(licence_of(n))} == {}


def test_no_package_wbkit_runs_on_is_copyleft():
    names = needed_by(PROJECT["project"]["dependencies"])
    said = {name: licence_of(name) for name in names}
    assert {n: words for n, words in said.items() if not words or COPYLEFT.search(words)} == {}


@pytest.mark.parametrize("words", ["GPL-3.0-or-later", "LGPLv3", "GNU General Public License"])
def test_copyleft_is_recognised(words):
    assert COPYLEFT.search(words)


def test_no_tracked_file_holds_an_absolute_path():
    assert [str(p) for p in tracked_files() if ABSOLUTE_PATH.search(content(p))] == []


def test_no_tracked_file_names_a_package_registry():
    assert [str(p) for p in tracked_files() if REGISTRY.search(content(p))] == []


@pytest.mark.parametrize("text", ["see /" + "home/ann/a.csv", "'/" + "work'", "C:" + r"\Users\ann"])
def test_an_absolute_path_is_recognised(text):
    assert ABSOLUTE_PATH.search(text.encode())


@pytest.mark.parametrize("text", ["a/home/b", "https://school.nl/home", "home/work"])
def test_other_paths_are_no_absolute_paths(text):
    assert not ABSOLUTE_PATH.search(text.encode())


def test_notebook_outputs_are_compared_as_they_are():
    text = (ROOT / "tests" / "nbval_sanitize.cfg").read_bytes().decode("ascii")
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []


def test_what_is_made_stays_out_of_git():
    tracked_files()
    made = [".venv/x", "results/a.csv", "data/processed/a.csv", "uv.lock", "data/coding/.journal/a"]
    kept = ["data/processed/.gitkeep", "data/raw/a.xlsx", "data/coding/a/codings/b.jsonl"]
    ignored = subprocess.run(
        ["git", "check-ignore", *made, *kept], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ignored.stdout.split() == made


def set_up(folder, python_answers):
    """Run the set-up in `folder` with a stand-in for Python; give its complaint."""
    if not shutil.which("sh"):
        pytest.skip("there is no sh here; Windows users set wbkit up with the README's commands")
    (folder / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "setup.sh", folder / "tools")
    stand_in = folder / "my python"
    stand_in.write_text(f'#!/bin/sh\ncase "$2" in {python_answers} esac\n', encoding="utf-8")
    stand_in.chmod(0o755)
    done = subprocess.run(
        ["sh", "tools/setup.sh"], cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(stand_in), "UV": "no"},
    )  # fmt: skip
    assert done.returncode != 0
    assert not (folder / ".venv" / "ready").exists()
    return done.stderr


def test_a_python_that_is_too_old_is_named(tmp_path):
    complaint = set_up(tmp_path, "*print*) echo 3.9.18;; *) exit 1;;")
    assert "wbkit needs Python 3.11 or newer. Found:" in complaint
    assert "my python is Python 3.9.18" in complaint


def test_a_python_that_is_not_there_is_named(tmp_path):
    assert "no Python called" in set_up(tmp_path, "*) exit 127;;")


def test_a_python_without_venv_is_named(tmp_path):
    complaint = set_up(tmp_path, "*print*) echo 3.12.1;; *ensurepip*) exit 1;;")
    assert "has no venv module" in complaint
