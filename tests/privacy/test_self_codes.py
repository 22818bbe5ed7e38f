"""Codes of people's own: who is linked, how often two share a code, how often one is wrong."""

import pandas as pd
import pytest

import wbkit as wb
from wbkit.privacy.self_codes import link_codes
from wbkit.study.source import Source

ITEMS = {name: {"name": name, "kind": "open"} for name in ("moeder", "dag", "huis")}


def wave(*codes, name="s", synthetic=True):
    """Make answers of codes such as "M 12 7"."""
    source = Source.model_validate({"name": name, "file": "raw/x.csv", "format": "csv",
                                    "unit": "student", "synthetic": synthetic, "items": ITEMS})
    rows = [one.split() for one in codes]
    return wb.Responses(pd.DataFrame(rows, columns=list(ITEMS), dtype="str"), source)


def counts(table):
    frame = table.data.set_index("link")
    return {key: (row["n"], row["base"]) for key, row in frame.iterrows()}


def test_each_unit_is_linked_exactly_nearly_or_not():
    before = wave("M 12 7", "A 3 9", "K 30 1", "Z 1 1")
    after = wave("M 12 7", "A 3 8", "P 5 5")
    found = counts(link_codes(before, after, list(ITEMS)))
    assert found["exact"] == (1, 3)
    assert found["near"] == (1, 3)
    assert found["none"] == (1, 3)
    assert found["mismatch"] == (1, 2)


def test_a_code_that_two_people_share_links_nobody():
    before = wave("M 12 7", "M 12 7", "A 3 9")
    after = wave("M 12 7", "A 3 9")
    found = counts(link_codes(before, after, list(ITEMS)))
    assert found["collision_before"] == (2, 3)
    assert found["collision_after"] == (0, 2)
    assert found["exact"] == (1, 2)


def test_two_candidates_with_one_part_wrong_link_nobody():
    before = wave("M 12 7", "M 12 8")
    assert counts(link_codes(before, wave("M 12 9"), list(ITEMS)))["near"] == (0, 1)
    after = wave("A 3 8", "B 3 9")
    assert counts(link_codes(wave("A 3 9"), after, list(ITEMS)))["near"] == (0, 2)


def test_a_code_in_one_part_links_exactly_only():
    found = counts(link_codes(wave("M 1 1", "A 2 2"), wave("M 3 3", "B 4 4"), "moeder"))
    assert (found["exact"], found["near"]) == ((1, 2), (0, 2))


def test_few_real_people_are_hidden():
    codes = [f"M {n} 7" for n in range(20)]
    table = link_codes(wave(*codes, synthetic=False),
                       wave(*codes[:18], "Q 77 99", "R 88 11", synthetic=False), list(ITEMS))
    data = table.data.set_index("link")
    assert data.loc[["none", "exact"], "n"].isna().any()
    assert "niet gekoppeld" in str(table.show("nl"))


def test_an_item_that_is_not_there_or_a_wave_without_codes_is_refused():
    with pytest.raises(wb.DataError, match="no item 'schoen'"):
        link_codes(wave("M 1 1"), wave("M 1 1"), "schoen")
    empty = wave("M 1 1")
    nobody = wb.Responses(empty.data.assign(dag=""), empty.source)
    with pytest.raises(wb.DataError, match="nobody gave a whole code"):
        link_codes(empty, nobody, list(ITEMS))
