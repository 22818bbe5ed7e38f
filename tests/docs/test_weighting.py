"""docs/weighting.md is true: its study can be read, and every line it shows is printed."""

import re
from pathlib import Path

import pytest
from builders.studies import contents

from wbkit.study.study import load_study
from wbkit.workflow.preparing import prepare

PAGE = Path(__file__).parents[2] / "docs" / "weighting.md"
BLOCK = re.compile(r"^```(\w+)\n(.+?)^```", re.M | re.S)
BLOCKS = BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def words(text):
    return " ".join(text.split())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Write the file and the study of the page, and clean them."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    places = {"csv": "raw/klassen.csv", "toml": "study.toml"}
    for kind, text in BLOCKS:
        if kind in places:
            (tmp_path / "data" / places[kind]).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    prepare(load_study())
    return tmp_path


def test_every_line_of_the_page_is_printed(folder):
    names, shown, checked = {}, "", 0
    for kind, text in BLOCKS:
        if kind == "python":
            *before, last = re.split(r"\n(?=\S)(?!\))", text.rstrip())
            exec("\n".join(before), names)
            shown = words(repr(eval(last, names)))
        for line in text.splitlines() if kind == "text" else ():
            assert words(line) in shown
            checked += 1
    assert checked >= 6
    assert {"tables/gezien_gewogen.csv", "tables/gezien_gewogen.xlsx"} <= set(
        contents(folder / "results"))
