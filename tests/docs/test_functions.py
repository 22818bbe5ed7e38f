"""docs/functions.md holds every public name, docs/data.md every key of study.toml."""

import re
from pathlib import Path

import pytest

import wbkit as wb
from wbkit.study.source_kinds import CountRules, TextRules
from wbkit.study.study import Question

DOCS = Path(__file__).parents[2] / "docs"
NOT_WRITTEN = {"name", "setting", "calibration", "file", "results"}  # the id, or set by wbkit
KEYS = {"data.md": (wb.Study, Question, wb.Source, wb.Design, wb.Item, CountRules, TextRules),
        "instruments.md": (wb.Scale,)}


def test_every_public_name_stands_in_the_list_once():
    listed = re.findall(r"^\| `(\w+)` \|", (DOCS / "functions.md").read_text(encoding="utf-8"),
                        re.M)
    assert sorted(listed) == wb.__all__


@pytest.mark.parametrize("page", KEYS)
def test_every_key_of_study_toml_is_explained(page):
    text = re.sub(r"^```.*", "", (DOCS / page).read_text(encoding="utf-8"), flags=re.M)
    explained = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`|^\w+ =", text, re.M))))
    keys = {key for model in KEYS[page] for key in model.model_fields} - NOT_WRITTEN
    assert keys - explained == set()
