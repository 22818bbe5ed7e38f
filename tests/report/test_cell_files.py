"""Cells that are written are those that are read, and real people are not written."""

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


def test_cells_of_real_people_are_not_written(tmp_path):
    real, other = (wb.count_cells(people(["eens"] * 9, synthetic=False), ["gezien"]) for _ in "AB")
    with pytest.raises(wb.DisclosureError, match=r"these Cells count real students.*not written"):
        wb.write_cells(real, tmp_path / "wave.npz")
    with pytest.raises(wb.DisclosureError, match="not written"):
        wb.write_cells(wb.pool_cells({"A": real, "B": other}), tmp_path / "wave.npz")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("content", "message"), [
    (None, "there is no such file"), (b"", "does not hold Cells"), (b"a,b", "does not hold Cells"),
])
def test_a_file_without_cells_is_refused(content, message, tmp_path):
    file = tmp_path / "wave.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(wb.DataError, match=message):
        wb.read_cells(file)
