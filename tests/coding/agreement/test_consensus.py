"""What coders decide is kept as codings of consensus; their own files stay as they are."""

import pandas as pd
import pytest
from builders.coded_texts import coded_by_two, talk

import wbkit as wb
from wbkit.coding.agreement.consensus import Compared, Decision
from wbkit.coding.store.store import CodingStore


@pytest.fixture
def study(tmp_path):
    """Two coders who differ on four units and codes, and agree on one."""
    return coded_by_two(tmp_path)


def compared(study):
    return Compared(wb.read_codings(study, "talks", documents=talk(study)))


def decide(study, **said):
    """Decide, by code of the difference."""
    found = compared(study)
    with CodingStore(study.folder / "coding") as store:
        keys = {key[3]: key for key in found.decisions(store)}
        found.keep(store, {keys[code]: Decision(*one) for code, one in said.items()})
    return {key[3]: one for key, one in compared(study).decisions(store).items()}


def standing(study):
    data = wb.read_codings(study, "talks", documents=talk(study)).data
    data = data[(data["coder"] == "consensus").to_numpy()]
    return sorted(data[["start", "end", "code", "status", "decided_by", "memo"]].itertuples(
        index=False, name=None))


def test_differences_are_those_that_disagreements_lists(study):
    table = wb.disagreements(compared(study).codings).data
    rows = compared(study).differences
    names = ["document", "start", "end", "code", "given", "not_given"]
    pd.testing.assert_frame_equal(rows[names], table[names])
    text = talk(study).text("gesprek")
    assert [text[a:b] for a, b in zip(rows["first"], rows["last"], strict=True)] == [
        *table["quote"]]


def test_what_is_kept_is_what_reconcile_makes_of_the_decisions(study):
    decide(study, mentor=("yes", "staat er letterlijk", "anna, bram"), steun=("no", "", "anna"))
    found = compared(study)
    table = wb.disagreements(found.codings).data.assign(decision="", decided_by="", memo="")
    said = {"mentor": ["yes", "anna, bram", "staat er letterlijk"], "steun": ["no", "anna", ""]}
    for code, one in said.items():
        table.loc[table["code"] == code, ["decision", "decided_by", "memo"]] = one
    together = wb.reconcile(found.codings, table).data
    expected = sorted(together[["start", "end", "code", "status", "decided_by", "memo"]]
                      .itertuples(index=False, name=None))
    assert standing(study) == expected
    assert {one[2]: one[3] for one in expected if one[2] != "druk"} == {
        "geld": "review", "mentor": "accepted"}


def test_a_decision_is_read_back_with_its_reason_and_who_made_it(study):
    read = decide(study, mentor=("yes", "ja", "anna"), steun=("no", "nee", "bram"))
    assert read["mentor"] == Decision("yes", "ja", "anna")
    assert read["steun"] == Decision("no", "nee", "bram")
    assert read["geld"] == Decision()


def test_a_decision_changes_and_goes_as_often_as_people_wish(study):
    for one in (("no", "a", "anna"), ("no", "b", "anna"), ("no", "a", "anna"), ("yes", "", "anna"),
                ("", "", ""), ("no", "a", "anna"), ("yes", "", "anna"), ("yes", "c", "bram")):
        assert decide(study, steun=one)["steun"] == Decision(*one)


def test_the_same_decision_twice_changes_no_byte(study):
    decide(study, steun=("no", "nee", "bram"), geld=("yes", "", "bram"))
    file = study.folder / "coding" / "codings" / "consensus" / "gesprek.jsonl"
    before = file.read_bytes()
    decide(study, steun=("no", "nee", "bram"), geld=("yes", "", "bram"))
    assert file.read_bytes() == before


def test_the_files_of_the_coders_stay_byte_for_byte_as_they_are(study):
    files = [*(study.folder / "coding" / "codings").rglob("*.jsonl")]
    before = {file: file.read_bytes() for file in files}
    decide(study, steun=("no", "nee", "bram"), geld=("yes", "", "bram"))
    assert {file: file.read_bytes() for file in files} == before
    assert len(before) == 2


def test_agreement_does_not_count_what_was_decided(study):
    before = wb.agreement(compared(study).codings).data
    decide(study, mentor=("yes", "", "anna"), steun=("yes", "", "anna"))
    pd.testing.assert_frame_equal(wb.agreement(compared(study).codings).data, before)


def test_what_coders_agreed_on_is_open_again_when_one_of_them_takes_it_back(study):
    decide(study, mentor=("yes", "", "anna"))
    with CodingStore(study.folder / "coding") as store:
        (coding,) = [one for one in store.codings() if one.quote == "veel stress"]
        store.withdraw(coding, coder="bram")
    with CodingStore(study.folder / "coding") as store:
        found = [(key, one) for key, one in compared(study).decisions(store).items()
                 if key[3] == "druk"]
    assert len(found) == 2
    assert {one for _, one in found} == {Decision()}
