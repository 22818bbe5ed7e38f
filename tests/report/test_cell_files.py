"""Cells that are written are those that are read, and real people are not written."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from builders.responses import people
from oracles.reference_data import raalte

import wbkit as wb


@pytest.mark.parametrize("given", [
    raalte(), wb.weight(raalte()), wb.assume(raalte(kind="convenience"), "random within strata"),
    raalte().where(leerweg="bol"),
], ids=["plain", "weighted", "assumed", "part"])
def test_what_is_read_gives_the_tables_of_what_was_written(given, tmp_path):
    made = wb.count_cells(given, ["hulp", "who5"], by="team")
    wb.write_cells(made, tmp_path / "wave.npz")
    read = wb.read_cells(tmp_path / "wave.npz")
    assert read.source == made.source
    for call in (lambda one: wb.frequency(one, "hulp", by="team"),
                 lambda one: wb.estimate(one, "who5", by="team")):
        assert call(read).fingerprint == call(made).fingerprint
    pd.testing.assert_frame_equal(read.units, made.units)
    assert (read + made).n == 2 * made.n


def test_sums_are_read_as_they_were_to_the_last_digit(tmp_path):
    made = wb.count_cells(wb.weight(raalte()), ["who5", "hulp_a"])
    wb.write_cells(made, tmp_path / "wave.npz")
    read = wb.read_cells(tmp_path / "wave.npz").moments_of(["who5", "hulp_a"])
    assert np.array_equal(read.w2xx, made.moments_of(["who5", "hulp_a"]).w2xx)


def test_cells_of_real_people_are_written_in_the_results_only(tmp_path):
    setting = {"results": tmp_path / "results"}
    real, other = (wb.count_cells(people(["eens"] * 9, synthetic=False, setting=setting),
                                  ["gezien"]) for _ in "AB")
    for cells in (real, wb.pool_cells({"A": real, "B": other})):
        with pytest.raises(wb.DisclosureError, match=(
                r"these Cells count real students.*study.results / \"cells\" / \"wave.npz\"")):
            wb.write_cells(cells, tmp_path / "wave.npz")
        wb.write_cells(cells, tmp_path / "results/cells/wave.npz")
    assert [path.name for path in tmp_path.rglob("*.npz")] == ["wave.npz"]


def test_cells_of_real_people_are_not_written_where_git_keeps_the_results(tmp_path):
    git = shutil.which("git") or pytest.skip("needs git")
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    made = wb.count_cells(people(["eens"] * 9, synthetic=False,
                                 setting={"results": tmp_path / "results"}), ["gezien"])
    with pytest.raises(wb.DisclosureError, match="not written here"):
        wb.write_cells(made, tmp_path / "results/cells/wave.npz")
    (tmp_path / ".gitignore").write_text("results/\n", encoding="utf-8")
    wb.write_cells(made, tmp_path / "results/cells/wave.npz")


def test_cells_of_data_that_were_published_before_are_written_anywhere(tmp_path):
    made = wb.count_cells(people(["eens"] * 9, synthetic=False, public=True), ["gezien"])
    wb.write_cells(made, tmp_path / "wave.npz")
    assert wb.read_cells(tmp_path / "wave.npz").n == 9


@pytest.mark.parametrize(("content", "message"), [
    (None, "there is no such file"), (b"", "does not hold Cells"), (b"a,b", "does not hold Cells"),
])
def test_a_file_without_cells_is_refused(content, message, tmp_path):
    file = tmp_path / "wave.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(wb.DataError, match=message):
        wb.read_cells(file)
