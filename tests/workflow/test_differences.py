"""A changed Table is named down to the cell."""

import pytest

from wbkit.workflow.verifying import table_changes

BEFORE = "item,team,value,n,base,share,state\ngezien,zorg,eens,12,20,0.6,shown\n"


def changes(folder, before, after):
    (folder / "before.csv").write_text(before, encoding="utf-8")
    (folder / "after.csv").write_text(after, encoding="utf-8")
    return table_changes(folder / "before.csv", folder / "after.csv")


def test_the_same_table_has_no_changes(tmp_path):
    assert changes(tmp_path, BEFORE, BEFORE) == []


def test_a_changed_number_is_named_with_its_address(tmp_path):
    assert changes(tmp_path, BEFORE, BEFORE.replace(",12,", ",13,")) == [
        "item=gezien; team=zorg; value=eens, n: 12 -> 13"
    ]


@pytest.mark.parametrize(("after", "same"), [("0.6000000001", True), ("0.600001", False)])
def test_numbers_are_compared_to_six_decimals(tmp_path, after, same):
    assert (changes(tmp_path, BEFORE, BEFORE.replace("0.6", after)) == []) is same


def test_a_number_that_became_hidden_is_named(tmp_path):
    found = changes(tmp_path, BEFORE, BEFORE.replace("12,20,0.6,shown", ",20,,hidden"))
    assert found == [
        "item=gezien; team=zorg; value=eens, n: 12 -> empty",
        "item=gezien; team=zorg; value=eens, share: 0.6 -> empty",
        "item=gezien; team=zorg; value=eens, state: shown -> hidden",
    ]


def test_rows_and_columns_that_are_gone_or_new_are_named(tmp_path):
    found = changes(tmp_path, "value,n,share\na,1,1\n", "value,n,low\nb,2,0\n")
    assert found == ["column share: is gone", "column low: is new",
                     "value=a: is gone (n 1, share 1)", "value=b: is new (n 2, low 0)"]


def test_rows_with_the_same_address_are_compared_in_order(tmp_path):
    found = changes(tmp_path, "value,n\na,1\na,2\n", "value,n\na,1\na,3\n")
    assert found == ["value=a #2, n: 2 -> 3"]


def test_a_table_without_ids_is_compared_by_row(tmp_path):
    assert changes(tmp_path, "n,base\n1,2\n", "n,base\n2,2\n") == ["row 1, n: 1 -> 2"]
