"""Days in the consent register are read as people and Excel write them."""

import pytest

from wbkit.data.consent import read_consent
from wbkit.errors import DataError


@pytest.mark.parametrize(("written", "day"), [
    ("2026-02-01", "2026-02-01"), ("1-2-2026", "2026-02-01"), ("01/02/2026", "2026-02-01"),
])
def test_a_day_of_dutch_excel_is_read(tmp_path, written, day):
    (tmp_path / "consent.csv").write_text(f"who;withdrawn\n7;{written}\n", encoding="utf-8")
    assert read_consent(tmp_path)[0].withdrawn == day


@pytest.mark.parametrize("written", ["31-2-2026", "februari", "2026-2"])
def test_what_is_no_day_is_refused_with_its_line(tmp_path, written):
    (tmp_path / "consent.csv").write_text(f"who;withdrawn\n7;{written}\n", encoding="utf-8")
    with pytest.raises(DataError, match="consent.csv, line 2: withdrawn is"):
        read_consent(tmp_path)
