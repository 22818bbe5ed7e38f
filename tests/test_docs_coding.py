"""The steps of docs/coding.md work as they stand there, on a copy of the example."""

import re
import shutil
from pathlib import Path

import pytest

import wbkit as wb

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def places(store):
    return {(one.start, one.end, one.quote, one.before, one.after, one.coder)
            for one in store.codings()}


@pytest.mark.usefixtures("processed")
def test_every_step_works_from_top_to_bottom(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WBKIT_STUDY", raising=False)
    names: dict[str, object] = {}
    for block in BLOCK.findall((ROOT / "docs" / "coding.md").read_text("utf-8")):
        exec(block, names)
    assert names["coding"].quote == "Ik had stress"
    assert set(names["together"].data["status"]) == {"accepted", "review"}
    texts = wb.CodingStore("data/coding").documents().values()
    assert {one.text for one in wb.read_refi("linde.qdpx").sources} == {one.text for one in texts}
    assert wb.CodingStore("data/coding").check() == []
    imported = wb.CodingStore("data/imported")
    assert imported.check(names["taken_over"].codes) == []
    assert places(imported) == places(wb.CodingStore("data/coding"))
    assert "Opgegaan in" in capsys.readouterr().out
