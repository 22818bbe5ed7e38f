"""What pages say holds: the steps of coding.md work, data.md has every kind of Table."""

import ast
import re
import shutil
from pathlib import Path

import pytest

import wbkit as wb
from wbkit.table.kinds import KINDS

ROOT = Path(__file__).parents[2]
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


def kinds_of(module):
    """Give the kinds of the Tables that a module makes: the second argument, by place or name."""
    for call in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Table":
            given = [*call.args[1:2], *(one.value for one in call.keywords if one.arg == "kind")]
            yield from (one.value for one in given if isinstance(one, ast.Constant))


def test_the_page_on_data_has_a_row_for_every_kind_of_table():
    made = {kind for module in (ROOT / "wbkit").rglob("*.py") for kind in kinds_of(module)}
    page = (ROOT / "docs" / "data.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|", page.partition("| kind | columns |")[2], re.MULTILINE)
    assert len(made) > 10
    assert sorted(made) == sorted(KINDS) == sorted(rows)
