"""docs/requirements.md names every requirement once, and only what is there."""

import re
from pathlib import Path

import pytest
import typer

import wbkit as wb
from wbkit.cli import app

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|\n").split("|")]
        for line in TEXT.splitlines() if line.startswith("| RQ")]
STATES = {"works", "partly", "not yet"}
FIELDS = {"joint", "sensitivity"}  # values and keys of study.toml
NAMED = re.compile(r"`([^`]+)`")


def test_each_of_the_92_requirements_has_one_row():
    assert [row[0] for row in ROWS] == [f"RQ{n:03}" for n in range(1, 93)]


def test_each_has_one_of_three_states_and_says_where_or_what_is_missing():
    for number, _, state, words in ROWS:
        assert state in STATES, number
        assert words or state == "not yet", number


def test_a_row_that_works_in_part_says_what_is_missing():
    for number, _, state, words in ROWS:
        assert state != "partly" or re.search(r"\bno\b|\bnot\b", words), number


@pytest.mark.parametrize("name", sorted(set(NAMED.findall(TEXT))))
def test_what_is_named_exists(name):
    commands = set(typer.main.get_command(app).commands)
    words = name.split()
    known = (name.split("(")[0] in wb.__all__ or (ROOT / name).exists()
             or (ROOT / "notebooks" / f"{name}.ipynb").exists()
             or any((ROOT / "data" / "expected").rglob(f"{name}.csv"))
             or words[0] == "wbkit" and words[1] in commands)
    assert known or name in FIELDS, name


def test_each_page_that_is_named_exists():
    for page in re.findall(r"docs/[\w/-]+\.md", TEXT):
        assert (ROOT / page).is_file(), page
