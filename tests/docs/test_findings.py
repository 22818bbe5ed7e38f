"""The pictures of the docs are not stale; docs/findings.md names what is there."""

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = re.findall(r"^\| (.+?) \| `(\w+)` \| `(\w+)` \|$",
                  (ROOT / "docs" / "findings.md").read_text(encoding="utf-8"), re.MULTILINE)
IMAGES = ROOT / "docs" / "images"
INDEX = list(csv.DictReader((ROOT / "data" / "expected" / "index.csv").read_text(
    encoding="utf-8").splitlines()))


def names_in(name):
    text = (ROOT / "tests" / "example" / name).read_text(encoding="utf-8")
    return set(re.findall(r"^def (test_\w+)", text, re.MULTILINE))


def test_every_table_of_the_list_is_an_accepted_result():
    assert len(ROWS) > 30
    tables = {row["name"] for row in INDEX if row["what"] == "table"}
    assert {table for _, table, _ in ROWS} - tables == set()


def test_every_test_of_the_list_is_there_and_every_number_is_listed():
    numbers = names_in("test_planted_findings.py")
    listed = {test for _, _, test in ROWS}
    assert listed - numbers - names_in("test_planted_contradictions.py") == set()
    assert numbers - listed == {"test_158_students_wrote_an_answer"}


def test_a_result_is_saved_under_one_name():
    prints = Counter((row["what"], row["fingerprint"]) for row in INDEX)
    assert [key for key, times in prints.items() if times > 1] == []

def test_the_pictures_of_the_docs_show_the_accepted_results():
    kept = list(csv.DictReader((IMAGES / "index.csv").read_text(encoding="utf-8").splitlines()))
    accepted = {row["name"]: row["fingerprint"] for row in INDEX if row["what"] == "figure"}
    assert {row["name"]: row["fingerprint"] for row in kept} == {
        row["name"]: accepted.get(row["name"]) for row in kept}
    assert {f"{row['name']}.png" for row in kept} == {path.name for path in IMAGES.glob("*.png")}


def test_every_picture_is_shown_and_small():
    pages = "".join(page.read_text(encoding="utf-8") for page in (
        ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "nl").glob("*.md")))
    shown = {Path(name).name for name in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", pages)}
    assert shown == {path.name for path in IMAGES.rglob("*.png")}
    assert max(path.stat().st_size for path in IMAGES.rglob("*.png")) < 120_000
