"""A reviewer's first hour: a fresh clone, an empty home folder, make run, make test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOOPBACK = """
import fcntl, socket, struct
with socket.socket() as s:  # 0x8914 is SIOCSIFFLAGS, 1 is IFF_UP
    fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 1))
"""
ALONE = ["unshare", "--map-root-user", "--net"]

pytestmark = pytest.mark.proof


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of the last commit, in a folder with a space in its name."""
    folder = tmp_path_factory.mktemp("reviewer") / "my wbkit"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


@pytest.fixture(scope="module")
def make(clone, tmp_path_factory):
    """Run make in the clone with an empty home folder and give what it printed."""
    strange = ("WBKIT", "PYTEST", "VIRTUAL_ENV", "MAKE", "MFLAGS", "UV", "PYTHON")
    home = {"HOME": str(tmp_path_factory.mktemp("home"))}
    environment = {k: v for k, v in os.environ.items() if not k.startswith(strange)} | home
    shared = os.environ.get("WBKIT_SHARED", str(ROOT.parent / "shared"))

    def run(*command):
        done = subprocess.run(
            command, cwd=clone, env=environment | {"WBKIT_SHARED": shared},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="module")
def first_run(make):
    """Set up and run everything once."""
    return make("make", "run")


def changes(clone):
    command = ["git", "status", "--porcelain"]
    return subprocess.run(command, cwd=clone, capture_output=True, text=True, check=True).stdout


def test_make_run_sets_up_and_changes_no_tracked_file(clone, first_run):
    assert "Set-up done." in first_run
    assert changes(clone) == ""


def test_a_second_run_gives_the_same_manifest_without_set_up(clone, make, first_run):
    manifest = (clone / "results" / "manifest.json").read_bytes()
    assert "Setting up" not in make("make", "run")
    assert (clone / "results" / "manifest.json").read_bytes() == manifest
    assert changes(clone) == ""


def test_a_fresh_run_equals_the_accepted_results(make, first_run):
    make("make", "verify")


def test_make_test_passes_without_network(clone, make, first_run):
    if not shutil.which("unshare") or subprocess.run([*ALONE, "true"], check=False).returncode:
        pytest.skip("this system does not let a test make its own network")
    up = [sys.executable, "-c", LOOPBACK]
    make(*ALONE, "sh", "-c", '"$@" && make test', "sh", *up)
    assert changes(clone) == ""


def test_a_moved_folder_is_set_up_anew(clone, make, first_run, tmp_path):
    moved = shutil.move(clone, tmp_path / "moved")
    try:
        asked = subprocess.run(["make", "-n", "setup"], cwd=moved, capture_output=True, check=True)
    finally:
        shutil.move(moved, clone)
    assert b"tools/setup.sh" in asked.stdout
